import { readDay } from '../base/civil.js'
import type { Path } from '../base/errors.js'
import { isListInput } from '../contacts/plain-input.js'
import { dateTag } from '../contacts/read-date.js'
import { readValue } from '../contacts/read-value.js'
import { accepted, reportUnexpected } from '../contacts/refused.js'
import type { Field } from '../contacts/schema.js'
import { typeOf, type Value, type ValueType } from '../contacts/value.js'
import type { RuleReading } from './rule-reading.js'
import { checkTypes } from './side-types.js'

/** What a literal is compared with. */
export interface Counterpart {
  /** The types that the literal may have. */
  readonly allowed: readonly ValueType[]
  /** The one type of the other side, where it is known: a plain text or number is read as that. */
  readonly type?: ValueType | undefined
  /** The field of the other side, where it is an attribute that the schema knows. */
  readonly field?: Field | undefined
  /** Whether a written date without a time is a day, also where an instant is expected. */
  readonly bareDateIsDay: boolean
}

/** Reads a literal by the other side. Undefined where it was refused. */
export function readLiteral(input: unknown, other: Counterpart, reading: RuleReading, path: Path): Value | undefined {
  if (input === null || input === undefined) {
    const expected = 'a value: whether one is there, `exists` and `missing` ask'
    reportUnexpected(input, expected, reading, path, 'VALUE_INVALID')
    return undefined
  }
  const written = writtenType(input)
  const field = fieldFor(input, written, other)
  const type = field?.type ?? written
  if (type !== undefined && !checkTypes([type], other.allowed, reading, path)) return undefined
  const value = accepted(readValue(input, field, reading, path))
  return value === undefined || !isWithin(value, reading, path) ? undefined : value
}

/** The type that a literal has by itself; undefined where it is no value. */
function writtenType(input: unknown): ValueType | undefined {
  switch (typeof input) {
    case 'string':
      return 'text'
    case 'number':
      return 'number'
    case 'boolean':
      return 'boolean'
    default: {
      if (isListInput(input)) return 'list'
      const tag = dateTag(input)
      return tag === 'date' ? 'instant' : tag
    }
  }
}

const dayField: Field = Object.freeze({ type: 'day' })
const instantField: Field = Object.freeze({ type: 'instant' })

/** The field that a literal is read as; undefined where it stands for itself. */
function fieldFor(input: unknown, written: ValueType | undefined, other: Counterpart): Field | undefined {
  if (other.type === undefined || !other.allowed.includes(other.type)) return undefined
  if (written === other.type) return other.field
  if (written !== 'text' && written !== 'number') return undefined
  if (other.type === 'instant') return other.bareDateIsDay && isBareDate(input) ? dayField : instantField
  if (other.type !== 'day') return undefined
  // Against a day a comparison of dates also takes an instant, and only an instant has a time or milliseconds.
  if (other.allowed.includes('instant') && !isBareDate(input)) return instantField
  return written === 'text' ? dayField : undefined
}

function isBareDate(input: unknown): boolean {
  return typeof input === 'string' && readDay(input) !== undefined
}

/** Counts what a literal adds to the size of the rule. */
function isWithin(value: Value, reading: RuleReading, path: Path): boolean {
  switch (typeOf(value)) {
    case 'text':
      return reading.size.admitsCharacters((value as string).length, reading, path)
    case 'list': {
      const elements = value as readonly (string | number)[]
      const characters = elements.reduce<number>(
        (sum, element) => sum + (typeof element === 'string' ? element.length : 0),
        0,
      )
      return (
        reading.size.admitsElements(elements.length, reading, path) &&
        reading.size.admitsCharacters(characters, reading, path)
      )
    }
    case 'number':
    case 'boolean':
    case 'instant':
    case 'day':
      return true
  }
}
