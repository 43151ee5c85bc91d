import type { Path } from '../base/errors.js'
import { isWellFormed } from '../base/text.js'
import type { Limits } from './limits.js'
import { isListInput, readElements } from './plain-input.js'
import { dateTag, readDayInput, readInstantInput } from './read-date.js'
import { readChoice, readText } from './read-text.js'
import { isFull, type Reading } from './reading.js'
import { refuse, refused, type Refused } from './refused.js'
import type { Field } from './schema.js'
import type { ListValue, Value } from './value.js'

/** A value as people write it: where the schema says what a field is, a plain text or number is read as that. */
export type ValueInput = Value | Date | { readonly instant: string } | null | undefined

const numberWords = 'a finite number'
const valueWords =
  'a text, a number, true or false, a Date, {"instant": …}, {"day": …}, or a list of texts or of numbers'

/**
 * Reads a value: with a field a plain text or number is read as what the field says, without one as itself, and a `Date`
 * or a tagged value as a date. `undefined` for what is missing (null and undefined), {@link refused} for what is no value
 * or not the field's. What is given back is frozen and canonical: reading it again, even without field and zone,
 * gives the same.
 */
export function readValue(
  input: unknown,
  field: Field | undefined,
  reading: Reading,
  path: Path,
): Value | undefined | Refused {
  if (input === undefined || input === null) return undefined
  if (field === undefined) return readUntyped(input, reading, path)
  switch (field.type) {
    case 'text':
      return readChoice(input, field.oneOf, reading, path)
    case 'number':
      return readNumber(input, reading, path)
    case 'boolean':
      return typeof input === 'boolean' ? input : refuse(input, 'true or false', reading, path)
    case 'instant':
      return readInstantInput(input, reading, path)
    case 'day':
      return readDayInput(input, reading, path)
    case 'list':
      return readList(input, field, reading, path)
  }
}

/** Reads a value where a look tells that it is right for its field; undefined where it takes more than that. */
export function readSimpleValue(input: unknown, { type, oneOf }: Field, limits: Limits): Value | undefined {
  switch (type) {
    case 'number':
      return typeof input === 'number' && Number.isFinite(input) ? input + 0 : undefined // −0 is 0
    case 'boolean':
      return typeof input === 'boolean' ? input : undefined
    case 'text':
      if (typeof input !== 'string' || input.length > limits.text) return undefined
      return (oneOf === undefined ? isWellFormed(input) : oneOf.includes(input)) ? input : undefined
    default:
      return undefined
  }
}

function readUntyped(input: unknown, reading: Reading, path: Path): Value | Refused {
  if (typeof input === 'string') return readText(input, reading, path)
  if (typeof input === 'number') return readNumber(input, reading, path)
  if (typeof input === 'boolean') return input
  if (isListInput(input)) return readList(input, undefined, reading, path)
  switch (dateTag(input)) {
    case 'instant':
    case 'date':
      return readInstantInput(input, reading, path)
    case 'day':
      return readDayInput(input, reading, path)
    case undefined:
      return refuse(input, valueWords, reading, path)
  }
}

function readNumber(input: unknown, reading: Reading, path: Path): number | Refused {
  if (typeof input !== 'number' || !Number.isFinite(input)) return refuse(input, numberWords, reading, path)
  return input + 0 // −0 is 0
}

/** The elements keep their first places; without a field the first one says whether they are texts or numbers. */
function readList(input: unknown, field: Field | undefined, reading: Reading, path: Path): ListValue | Refused {
  const words = field?.of === undefined ? 'a list of texts or of numbers' : `a list of ${field.of}s`
  const elements = readElements(input, words, 'VALUE_INVALID', reading, path)
  if (elements === undefined) return refused
  const of = field?.of ?? (typeof elements[0] === 'number' ? 'number' : 'text')
  const read = new Set<unknown>()
  let isWhole = true
  for (const [place, element] of elements.entries()) {
    if (read.has(element)) continue // read before: a long text is looked through once
    if (isFull(reading)) return refused
    const at = [...path, place]
    const value = of === 'text' ? readChoice(element, field?.oneOf, reading, at) : readNumber(element, reading, at)
    if (value === refused) isWhole = false
    else read.add(value)
  }
  return isWhole ? (Object.freeze([...read]) as ListValue) : refused
}
