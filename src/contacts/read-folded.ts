import { show, type Path } from '../base/errors.js'
import type { ContentSize } from './content-size.js'
import type { ContactEvent } from './event.js'
import type { FoldedEnd, FoldedEvents, FoldedTotal } from './folded.js'
import { propertiesOf } from './plain-input.js'
import { readInstantInput } from './read-date.js'
import { readId, readText } from './read-text.js'
import { readValue } from './read-value.js'
import { isFull, type Reading } from './reading.js'
import { refuse, refused, refuseUnknown } from './refused.js'
import type { Value } from './value.js'

const eventsProperties = ['before', 'events', 'totals']
const totalProperties = ['count', 'first', 'last', 'numbers', 'sum', 'minimum', 'maximum']
const endProperties = ['at', 'value']

/** A decimal numeral as sums are written. */
const numeral = /^-?\d+(\.\d+)?$/

/** Reads what is left of a contact's events that were folded away; undefined where nothing is given. */
export function readFolded(
  input: unknown,
  kept: readonly ContactEvent[],
  reading: Reading,
  path: Path,
  size: ContentSize,
): Readonly<Record<string, FoldedEvents>> | undefined {
  if (input === undefined) return undefined
  const types: [string, FoldedEvents][] = []
  const earliest = new Map<string, number>()
  for (const { type, at } of kept) if (!earliest.has(type)) earliest.set(type, at)
  for (const [type, given] of objectOf(input, 'an object of types of events', reading, path)) {
    const at = [...path, type]
    if (isFull(reading) || !size.admitsValues(1, reading, at)) break
    const name = readId(type, 'a type of events', reading, at)
    const folded = readFoldedEvents(given, reading, at, size)
    if (name === undefined || folded === undefined) continue
    if ((earliest.get(name) ?? Infinity) < folded.before)
      refuse(folded.before, 'an instant that no event of the type comes before', reading, [...at, 'before'], code)
    types.push([name, folded])
  }
  return types.length === 0 ? undefined : Object.freeze(Object.fromEntries(types))
}

const code = 'CONTACT_INVALID'

function readFoldedEvents(input: unknown, reading: Reading, path: Path, size: ContentSize): FoldedEvents | undefined {
  const given = objectOf(input, 'an object of folded events', reading, path, eventsProperties)
  const before = readAt(given.get('before'), reading, [...path, 'before'])
  const events = readWhole(given.get('events'), reading, [...path, 'events'])
  const totals: [string, FoldedTotal][] = []
  const at = [...path, 'totals']
  for (const [key, total] of objectOf(given.get('totals'), 'an object of totals', reading, at)) {
    if (isFull(reading) || !size.admitsValues(1, reading, at)) break
    const read = readTotal(total, before ?? Infinity, reading, [...at, key], size)
    if (readText(key, reading, at) !== refused && read !== undefined) totals.push([key, read])
  }
  if (before === undefined || events === undefined) return undefined
  return Object.freeze({ before, events, totals: Object.freeze(Object.fromEntries(totals)) })
}

function readTotal(
  input: unknown,
  before: number,
  reading: Reading,
  path: Path,
  size: ContentSize,
): FoldedTotal | undefined {
  const given = objectOf(input, 'a total', reading, path, totalProperties)
  const count = readWhole(given.get('count'), reading, [...path, 'count'])
  if (count === undefined) return undefined
  const has = (name: string): boolean => given.get(name) !== undefined
  if (has('first') !== count > 0 || has('last') !== count > 0)
    refuse(input, 'a total with a first and a last just where there are any', reading, path, code)
  if (has('numbers') !== has('sum'))
    refuse(input, 'a total with numbers and their sum, or neither', reading, path, code)
  const first = has('first') ? readEnd(given.get('first'), before, reading, [...path, 'first'], size) : undefined
  const last = has('last') ? readEnd(given.get('last'), before, reading, [...path, 'last'], size) : undefined
  const numbers = has('numbers') ? readWhole(given.get('numbers'), reading, [...path, 'numbers']) : undefined
  const sum = has('sum') ? readSum(given.get('sum'), reading, [...path, 'sum']) : undefined
  const minimum = readAny(given.get('minimum'), reading, [...path, 'minimum'], size)
  const maximum = readAny(given.get('maximum'), reading, [...path, 'maximum'], size)
  return Object.freeze({
    count,
    ...(first === undefined ? undefined : { first }),
    ...(last === undefined ? undefined : { last }),
    ...(numbers === undefined ? undefined : { numbers }),
    ...(sum === undefined ? undefined : { sum }),
    ...(minimum === undefined ? undefined : { minimum }),
    ...(maximum === undefined ? undefined : { maximum }),
  })
}

function readEnd(
  input: unknown,
  before: number,
  reading: Reading,
  path: Path,
  size: ContentSize,
): FoldedEnd | undefined {
  const given = objectOf(input, 'an event with its instant', reading, path, endProperties)
  const at = readAt(given.get('at'), reading, [...path, 'at'])
  const value = readAny(given.get('value'), reading, [...path, 'value'], size)
  if (at === undefined) return undefined
  if (at >= before) refuse(at, 'an instant before those that are kept', reading, [...path, 'at'], code)
  return Object.freeze(value === undefined ? { at } : { at, value })
}

/** The properties of an object; none, and reported, where it is none or, with `known`, has others. */
function objectOf(
  input: unknown,
  expected: string,
  reading: Reading,
  path: Path,
  known?: readonly string[],
): ReadonlyMap<string, unknown> {
  const given = propertiesOf(input)
  if (given === undefined) refuse(input, expected, reading, path, code)
  else if (known !== undefined) refuseUnknown(given.keys(), known, expected, code, reading, path)
  return given ?? new Map<string, unknown>()
}

function readAt(input: unknown, reading: Reading, path: Path): number | undefined {
  if (input === undefined) {
    refuse(input, 'an instant', reading, path, code)
    return undefined
  }
  const instant = readInstantInput(input, reading, path)
  return instant === refused ? undefined : instant.instant
}

function readWhole(input: unknown, reading: Reading, path: Path): number | undefined {
  if (typeof input === 'number' && Number.isSafeInteger(input) && input >= 0) return input + 0
  refuse(input, 'a whole number', reading, path, code)
  return undefined
}

function readSum(input: unknown, reading: Reading, path: Path): string | undefined {
  // As long as the sum of doubles can be, and some.
  if (typeof input === 'string' && input.length <= 2_000 && numeral.test(input)) return input
  refuse(input, `a sum as a decimal numeral, such as ${show('12.5')}`, reading, path, code)
  return undefined
}

function readAny(input: unknown, reading: Reading, path: Path, size: ContentSize): Value | undefined {
  const value = readValue(input, undefined, reading, path)
  return value === refused || value === undefined || !size.admitsContent(value, reading, path) ? undefined : value
}
