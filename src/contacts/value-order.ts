import { compareText } from '../base/text.js'
import { epochDay, isInstant, isList, typeOf, type Scalar, type Value, type ValueType } from './value.js'

/** The types that have an order, in the order in which one is chosen where values are of several: the others are passed over. */
const ordered: readonly ValueType[] = ['number', 'instant', 'day']

/** The least of values, or with `sign` 1 the greatest; undefined where none of them is a number or a date. */
export function extreme(values: readonly Value[], sign: 1 | -1): Value | undefined {
  const type = ordered.find((each) => values.some((value) => typeOf(value) === each))
  let found: Scalar | undefined
  for (const value of values) {
    if (isList(value) || typeOf(value) !== type) continue
    if (found === undefined || sign * compareSame(value, found) > 0) found = value
  }
  return found
}

/** The order of two values of one type: false before true, texts by code point. Lists have none. */
export function compareSame(a: Scalar, b: Scalar): number {
  return typeof a === 'string' && typeof b === 'string' ? compareText(a, b) : placeOf(a) - placeOf(b)
}

function placeOf(value: Scalar): number {
  if (typeof value !== 'object') return Number(value)
  return isInstant(value) ? value.instant : epochDay(value)
}
