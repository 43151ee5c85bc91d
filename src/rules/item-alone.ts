import { isLiteral, type Operand, type Rule } from './ast.js'
import { operators, type Shape } from './operator-table.js'
import { isLeaf, operandsOf, walkRule } from './rule-walk.js'

/*
 * Whether what is asked of an item has one answer for good: it looks at nothing but the item's own fields. What looks at the
 * contact, at the clock or at other items, or is not known here, may answer otherwise later.
 */

const shapes: readonly Shape[] = ['presence', 'binary', 'options', 'between', 'pattern']

/** Whether a condition on an item is about the item alone. */
export function isRuleOfItemAlone(rule: Rule): boolean {
  let isAlone = true
  walkRule(rule, (node) => {
    const { shape } = operators[node.op]
    if (isLeaf(node) ? !shapes.includes(shape) || !operandsOf(node).every(isPlaceAlone) : shape === 'segment')
      isAlone = false
  })
  return isAlone
}

/** Whether a value of an item is made of the item alone. */
export function isValueOfItemAlone(operand: Operand): boolean {
  if (isLiteral(operand)) return true
  switch (operand.get) {
    case 'property':
      return true
    case 'length':
    case 'later':
    case 'earlier':
      return isValueOfItemAlone(operand.of)
    case 'plus':
    case 'minus':
    case 'times':
    case 'dividedBy':
      return isValueOfItemAlone(operand.left) && isValueOfItemAlone(operand.right)
    default:
      return false
  }
}

function isPlaceAlone({ operand }: { readonly operand: Operand }): boolean {
  return isValueOfItemAlone(operand)
}
