import { compareText } from '../base/text.js'
import { isInstant, isList, typeOf, type Value, type ValueType } from './value.js'

/** The types that have an order, in the order in which one is chosen where values are of several: the others are passed over. */
const ordered: readonly ValueType[] = ['number', 'instant', 'day']

/** The least of values, or with `sign` 1 the greatest; undefined where none of them is a number or a date. */
export function extreme(values: readonly Value[], sign: 1 | -1): Value | undefined {
  const type = ordered.find((each) => values.some((value) => typeOf(value) === each))
  let found: Value | undefined
  for (const value of values) {
    if (typeOf(value) !== type) continue
    if (found === undefined || sign * compareSame(value, found) > 0) found = value
  }
  return found
}

/** The order of two values of one type: false before true, texts by code point. */
export function compareSame(a: Value, b: Value): number {
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b)
  if (typeof a === 'object' && typeof b === 'object') {
    if (isList(a) || isList(b)) return 0
    if (isInstant(a)) return isInstant(b) ? a.instant - b.instant : 0
    return isInstant(b) ? 0 : compareText(a.day, b.day)
  }
  return Number(a) - Number(b)
}
