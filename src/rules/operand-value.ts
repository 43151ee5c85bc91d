import type { Value } from '../contacts/value.js'
import { isList } from '../contacts/value.js'
import { isLiteral, type ArithmeticOperand, type Operand } from './ast.js'
import { movedDate, shiftedDate } from './dates.js'
import { isDate } from './operator-table.js'
import type { Scope } from './scope.js'

/** What an operand is of a contact at an instant; `undefined` where it is missing. */
export function operandValue(operand: Operand, scope: Scope): Value | undefined {
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
    case 'length': {
      const list = operandValue(operand.of, scope)
      return list !== undefined && isList(list) ? list.length : undefined
    }
    case 'plus':
    case 'minus':
    case 'times':
    case 'dividedBy':
      return arithmetic(operand, scope)
    case 'later':
    case 'earlier': {
      const date = operandValue(operand.of, scope)
      if (date === undefined) return undefined
      return shiftedDate(date, operand.duration, operand.get === 'later' ? 1 : -1, operand.timeZone ?? scope.timeZone)
    }
  }
}

function arithmetic(operand: ArithmeticOperand, scope: Scope): Value | undefined {
  const left = operandValue(operand.left, scope)
  const right = operandValue(operand.right, scope)
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
