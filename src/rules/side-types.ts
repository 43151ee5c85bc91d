import type { Path } from '../base/errors.js'
import { report, type Reading } from '../contacts/reading.js'
import type { ValueType } from '../contacts/value.js'

/*
 * Which types an operand can have. Of an attribute without a schema it is every type; what is known narrows it, and an
 * operand of which no type is left is refused.
 */

/** All types there are. */
export const everyType: readonly ValueType[] = Object.freeze(['text', 'number', 'boolean', 'instant', 'day', 'list'])

/** The types of dates. */
export const dateTypes: readonly ValueType[] = Object.freeze(['instant', 'day'])

/** The types that are in both. */
export function commonTypes(a: readonly ValueType[], b: readonly ValueType[]): readonly ValueType[] {
  return a.filter((type) => b.includes(type))
}

/** Whether a date is among the types. */
export function mayBeDate(types: readonly ValueType[]): boolean {
  return types.some((type) => dateTypes.includes(type))
}

/** The types that can be compared with these: the same ones, and any date with a date where the comparison has a zone. */
export function comparableTypes(types: readonly ValueType[], mixesDates: boolean): readonly ValueType[] {
  if (!mixesDates || !mayBeDate(types)) return types
  return everyType.filter((type) => types.includes(type) || dateTypes.includes(type))
}

/** Whether an operand can be of one of the types that are allowed; reports where it cannot. */
export function checkTypes(
  types: readonly ValueType[],
  allowed: readonly ValueType[],
  reading: Reading,
  path: Path,
): boolean {
  if (types.some((type) => allowed.includes(type))) return true
  const expected = allowed.join(' or ')
  const received = types.join(' or ')
  report(reading, {
    code: 'TYPE_MISMATCH',
    path,
    message: `It is of type ${received}, not ${expected}`,
    expected,
    received,
  })
  return false
}
