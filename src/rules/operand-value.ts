import { isList, type Value } from '../contacts/value.js'
import { aggregateValue } from './aggregate.js'
import { isLiteral, type ArithmeticOperand, type Operand } from './ast.js'
import { movedDate, shiftedDate } from './dates.js'
import { isDate } from './operator-table.js'
import type { Evaluator, Scope } from './scope.js'

/** What an operand is of a contact at an instant; `undefined` where it is missing. */
export function valueOfOperand(operand: Operand, scope: Scope, evaluator: Evaluator): Value | undefined {
  if (isLiteral(operand)) return operand
  switch (operand.get) {
    case 'attribute':
      return scope.contact.attribute(operand.name)
    case 'contactId':
      return scope.contact.id
    case 'tagCount':
      return scope.contact.tagCount
    case 'tagAdded': {
      const held = scope.contact.tag(operand.tag)
      return held === undefined ? undefined : { instant: held.since }
    }
    case 'property':
      return scope.item?.value(operand.name)
    case 'length': {
      const list = evaluator.value(operand.of, scope)
      return list !== undefined && isList(list) ? list.length : undefined
    }
    case 'plus':
    case 'minus':
    case 'times':
    case 'dividedBy':
      return arithmetic(operand, evaluator.value(operand.left, scope), evaluator.value(operand.right, scope))
    case 'later':
    case 'earlier': {
      const date = evaluator.value(operand.of, scope)
      if (date === undefined) return undefined
      return shiftedDate(date, operand.duration, operand.get === 'later' ? 1 : -1, operand.timeZone ?? scope.timeZone)
    }
    default:
      return aggregateValue(operand, scope, evaluator)
  }
}

function arithmetic(operand: ArithmeticOperand, left: Value | undefined, right: Value | undefined): Value | undefined {
  if (left === undefined || typeof right !== 'number') return undefined
  if (typeof left === 'number') {
    const result = calculated(operand.get, left, right)
    return Number.isFinite(result) ? result + 0 : undefined // −0 is 0
  }
  if (!isDate(left) || operand.get === 'times' || operand.get === 'dividedBy') return undefined
  return movedDate(left, operand.get === 'plus' ? right : -right)
}

function calculated(operation: ArithmeticOperand['get'], left: number, right: number): number {
  switch (operation) {
    case 'plus':
      return left + right
    case 'minus':
      return left - right
    case 'times':
      return left * right
    case 'dividedBy':
      return left / right
  }
}
