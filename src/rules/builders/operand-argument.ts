import type { Path } from '../../base/errors.js'
import { propertiesOf } from '../../contacts/plain-input.js'
import { readValue } from '../../contacts/read-value.js'
import { accepted, refuse } from '../../contacts/refused.js'
import { typeOf, type Value, type ValueType } from '../../contacts/value.js'
import type { ComputedOperand, Operand } from '../ast.js'
import { operands } from '../operator-table.js'
import type { RuleReading } from '../rule-reading.js'
import { checkTypes, mayBeDate } from '../side-types.js'
import { frozenCopy } from './frozen-copy.js'

/**
 * The operand that an argument means: that of an expression, or a literal, which must be of one of `types`. Where a date
 * may stand a text or a number may too, for only a schema tells whether it is one. Undefined where it was refused.
 */
export function readOperandArgument(
  input: unknown,
  types: readonly ValueType[],
  reading: RuleReading,
  path: Path,
): Operand | undefined {
  if (typeof input === 'object' && input !== null && 'operand' in input) {
    return readExpression(input.operand, reading, path)
  }
  if (input === null) {
    refuse(input, 'a value: whether one is there, exists() and missing() ask', reading, path)
    return undefined
  }
  if (typeof propertiesOf(input)?.get('instant') === 'string') {
    refuse(input, 'an instant in milliseconds: the zone of a written one is not known yet', reading, path)
    return undefined
  }
  const literal = accepted(readValue(input, undefined, reading, path))
  if (literal === undefined) return undefined
  return checkTypes(possibleTypes(literal, types), types, reading, path) ? literal : undefined
}

function possibleTypes(literal: Value, types: readonly ValueType[]): readonly ValueType[] {
  const type = typeOf(literal)
  return (type === 'text' || type === 'number') && mayBeDate(types) ? types : [type]
}

function readExpression(operand: unknown, reading: RuleReading, path: Path): ComputedOperand | undefined {
  const get: unknown = typeof operand === 'object' && operand !== null && 'get' in operand ? operand.get : undefined
  if (typeof get === 'string' && Object.hasOwn(operands, get)) {
    return frozenCopy(operand, reading, path) as ComputedOperand | undefined
  }
  refuse(operand, 'an expression', reading, path, 'RULE_INVALID')
  return undefined
}
