import { durationIn, formatDuration, type DurationText } from '../base/duration.js'
import type { Path } from '../base/errors.js'
import { isWellFormed } from '../base/text.js'
import { propertiesOf, setOwn } from '../contacts/plain-input.js'
import { visitAttributes } from '../contacts/read-attributes.js'
import { readInstantInput } from '../contacts/read-date.js'
import { isShort, readNamed } from '../contacts/read-text.js'
import { report } from '../contacts/reading.js'
import { refuse, refuseUnknown, refused } from '../contacts/refused.js'
import { holderKinds, type Holder } from '../contacts/tag.js'
import type { Value } from '../contacts/value.js'
import type { Rule } from '../rules/ast.js'
import { readRule } from '../rules/read-rule.js'
import type { SegmentHolds } from './change.js'
import type { ChangeReading, FieldReader } from './change-reading.js'
import { nameReader } from './read-names.js'

/*
 * The fields of changes that are no names. Each reader gives what it read, frozen and resolved, or reports why it cannot.
 */

/** Reads attributes to put: those that are missing are left out. */
export function readAttributesToPut(
  input: unknown,
  reading: ChangeReading,
  path: Path,
): Readonly<Record<string, Value>> | undefined {
  const record: Record<string, Value> = {}
  const isWhole = visitAttributes(input, reading, path, (name, value) => {
    if (value !== null) setOwn(record, name, value)
  })
  return isWhole ? Object.freeze(record) : undefined
}

/** Reads attributes to change: `null` takes one away. */
export function readAttributesToPatch(
  input: unknown,
  reading: ChangeReading,
  path: Path,
): Readonly<Record<string, Value | null>> | undefined {
  // Left out they would be none: of a patch that is forgotten, not meant.
  if (input === undefined) refuse(input, 'an object of attributes', reading, path, 'CHANGE_INVALID')
  const record: Record<string, Value | null> = {}
  const isWhole = visitAttributes(input, reading, path, (name, value) => {
    setOwn(record, name, value)
  })
  return isWhole ? Object.freeze(record) : undefined
}

const holderProperties = ['kind', 'by']
const readBy = nameReader('who holds the tag')

/** Reads who holds a tag: a kind, or a kind and a name. */
export function readHolder(input: unknown, reading: ChangeReading, path: Path): Holder | undefined {
  const given = propertiesOf(input)
  if (given === undefined) {
    const kind = readNamed(input, holderKinds, 'CHANGE_INVALID', reading, path)
    return kind === undefined ? undefined : Object.freeze({ kind })
  }
  refuseUnknown(given.keys(), holderProperties, 'a holder', 'CHANGE_INVALID', reading, path)
  const kind = readNamed(given.get('kind'), holderKinds, 'CHANGE_INVALID', reading, [...path, 'kind'])
  const written = given.get('by')
  if (written === undefined) return kind === undefined ? undefined : Object.freeze({ kind })
  const by = readBy(written, reading, [...path, 'by'])
  return kind === undefined || by === undefined ? undefined : Object.freeze({ kind, by })
}

const readHeldTag = nameReader('a tag')

/** Reads the tag that a segment holds: the tag, or that with whether it is put on once. */
export function readHolds(input: unknown, reading: ChangeReading, path: Path): SegmentHolds | undefined {
  const given = propertiesOf(input)
  if (given === undefined) {
    const tag = readHeldTag(input, reading, path)
    return tag === undefined ? undefined : Object.freeze({ tag })
  }
  refuseUnknown(given.keys(), ['tag', 'once'], 'a tag that a segment holds', 'CHANGE_INVALID', reading, path)
  const tag = readHeldTag(given.get('tag'), reading, [...path, 'tag'])
  const written = given.get('once')
  const once = written === undefined ? false : readFlag(written, reading, [...path, 'once'])
  if (tag === undefined || once === undefined) return undefined
  return Object.freeze(once ? { tag, once } : { tag })
}

/** Reads an instant, in ms. */
export function readInstantMs(input: unknown, reading: ChangeReading, path: Path): number | undefined {
  if (input === undefined) {
    refuse(input, 'an instant', reading, path, 'CHANGE_INVALID')
    return undefined
  }
  const instant = readInstantInput(input, reading, path)
  return instant === refused ? undefined : instant.instant
}

/** Reads a rule; zone and first day of the week are written into it where its author gave none. */
export function readRuleField(input: unknown, reading: ChangeReading, path: Path): Rule | undefined {
  const { schema, timeZone, weekStartsOn, limits } = reading
  const read = readRule(input, { schema, timeZone, weekStartsOn, limits })
  if (read.ok) return read.rule
  for (const issue of read.issues) report(reading, { ...issue, path: [...path, ...issue.path] })
  return undefined
}

/** Reads an exact duration, into its shortest text. */
export function readExactDuration(input: unknown, reading: ChangeReading, path: Path): DurationText | undefined {
  const duration = durationIn(input)
  if (duration?.kind === 'exact') return formatDuration(duration)
  refuse(
    input,
    "an exact duration such as '7d'; months and years are of no fixed length",
    reading,
    path,
    'DURATION_INVALID',
  )
  return undefined
}

/** Reads a text for people, which may be empty. */
export function readWords(input: unknown, reading: ChangeReading, path: Path): string | undefined {
  if (typeof input !== 'string') {
    refuse(input, 'a text', reading, path, 'CHANGE_INVALID')
  } else if (isShort(input, reading, path)) {
    if (isWellFormed(input)) return input
    refuse(input, 'a text without U+0000 and without lone surrogates', reading, path, 'CHANGE_INVALID')
  }
  return undefined
}

/** Reads true or false. */
export function readFlag(input: unknown, reading: ChangeReading, path: Path): boolean | undefined {
  if (typeof input === 'boolean') return input
  refuse(input, 'true or false', reading, path, 'CHANGE_INVALID')
  return undefined
}

/** Reads a whole number from 0. */
export function readCount(input: unknown, reading: ChangeReading, path: Path): number | undefined {
  if (typeof input === 'number' && Number.isSafeInteger(input) && input >= 0) return input + 0 // −0 is 0
  refuse(input, 'a whole number from 0', reading, path, 'CHANGE_INVALID')
  return undefined
}

/** Reads one of a few words. */
export function oneOf<N extends string>(...names: readonly N[]): FieldReader<N> {
  return (input, reading, path) => readNamed(input, names, 'CHANGE_INVALID', reading, path)
}

/** Reads what `read` does, or null. */
export function orNull<T>(read: FieldReader<T>): FieldReader<T | null> {
  return (input, reading, path, beside) => (input === null ? null : read(input, reading, path, beside))
}
