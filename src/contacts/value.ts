import { readDay } from '../base/civil.js'
import { compareText } from '../base/text.js'

/** A point in time, in whole milliseconds since 1970-01-01T00:00:00Z. */
export interface InstantValue {
  readonly instant: number
}

/** A date without time or zone, `YYYY-MM-DD`: birthdays are days. */
export interface DayValue {
  readonly day: string
}

/** A single value: text, number, boolean, instant or day. */
export type Scalar = string | number | boolean | InstantValue | DayValue

/** A list of texts or of numbers that holds no element twice. */
export type ListValue = readonly string[] | readonly number[]

/** What an attribute can hold, as plain JSON. A value that is missing is `undefined`. */
export type Value = Scalar | ListValue

/** The type of a {@link Value}. */
export type ValueType = 'text' | 'number' | 'boolean' | 'instant' | 'day' | 'list'

/** The type of a value. */
export function typeOf(value: Value): ValueType {
  if (typeof value === 'string') return 'text'
  if (typeof value === 'number') return 'number'
  if (typeof value === 'boolean') return 'boolean'
  if (isList(value)) return 'list'
  return isInstant(value) ? 'instant' : 'day'
}

export function isInstant(value: Value): value is InstantValue {
  return typeof value === 'object' && 'instant' in value
}

export function isDay(value: Value): value is DayValue {
  return typeof value === 'object' && 'day' in value
}

export function isList(value: Value): value is ListValue {
  return Array.isArray(value)
}

/** The day of a {@link DayValue}, as days since 1970-01-01. */
export function epochDay(value: DayValue): number {
  return readDay(value.day) ?? Number.NaN
}

/**
 * The library's one equality. Values of different types are never equal; lists are equal when they
 * have the same elements, in whatever order.
 */
export function sameValue(a: Value, b: Value): boolean {
  if (typeof a !== 'object' || typeof b !== 'object') return a === b
  if (isList(a)) return isList(b) && sameElements(a, b)
  if (isInstant(a)) return isInstant(b) && a.instant === b.instant
  return isDay(b) && a.day === b.day
}

function sameElements(a: ListValue, b: ListValue): boolean {
  if (a.length !== b.length) return false
  const elements = new Set<string | number>(a)
  return b.every((element: string | number) => elements.has(element))
}

/**
 * A text that two values share exactly when {@link sameValue} holds for them: it carries the type, so
 * that `1`, `"1"`, `true` and a date have four keys.
 */
export function valueKey(value: Value): string {
  if (typeof value === 'string') return `t${value}`
  if (typeof value === 'number') return `n${String(value)}`
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  if (isInstant(value)) return `i${String(value.instant)}`
  if (isDay(value)) return `d${value.day}`
  return `l${JSON.stringify(sortedElements(value))}`
}

function sortedElements(list: ListValue): readonly (string | number)[] {
  return [...(list as readonly (string | number)[])].sort((a, b) =>
    typeof a === 'string' && typeof b === 'string' ? compareText(a, b) : Number(a) - Number(b),
  )
}
