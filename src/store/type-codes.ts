import type { ValueType } from '../contacts/value.js'

/** Stands in a column for a value that is missing. */
export const missingCode = 0

/** What stands in a column for the type of a value. */
export const typeCodes: Readonly<Record<ValueType, number>> = Object.freeze({
  text: 1,
  number: 2,
  boolean: 3,
  instant: 4,
  day: 5,
  list: 6,
})

/** The types by their codes; at 0, the code of what is missing, there is none. */
export const typesByCode: readonly (ValueType | undefined)[] = Object.freeze([
  undefined,
  'text',
  'number',
  'boolean',
  'instant',
  'day',
  'list',
])
