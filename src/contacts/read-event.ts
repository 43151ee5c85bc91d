import { show, type Path } from '../base/errors.js'
import { ContentSize } from './content-size.js'
import type { OwnProperties } from './own-properties.js'
import { propertiesOf, setOwn } from './plain-input.js'
import { readInstantInput } from './read-date.js'
import type { InstantInput } from './read-held-tag.js'
import { readId } from './read-text.js'
import { readValue, type ValueInput } from './read-value.js'
import type { Reading } from './reading.js'
import { refuse, refused, refuseUnknown, type Refused } from './refused.js'
import type { Field } from './schema.js'
import { eventShape, propertyOf, type KnownShape } from './shapes.js'
import type { Value } from './value.js'

/** An event as people write it; `null` and `undefined` mean that a property is missing. */
export interface EventInput {
  readonly type: string
  readonly at?: InstantInput
  readonly properties?: Readonly<Record<string, ValueInput>>
  /** Unique within the contact. */
  readonly id?: string
}

/** An event that was read; whoever reads it says when it happened where it does not. */
export interface ReadEvent {
  readonly type: string
  /** When it happened, in ms. */
  readonly at?: number
  readonly properties: Readonly<Record<string, Value>>
  readonly id?: string
}

const parts = ['type', 'at', 'properties', 'id']

/**
 * Reads an event, by the schema where there is one. What is given back is frozen, and reading it again gives an equal one.
 * `size` counts what is read beside others.
 */
export function readEvent(
  input: unknown,
  reading: Reading,
  path: Path,
  size: ContentSize = ContentSize.ofOne(reading.limits),
): ReadEvent | Refused {
  if (!size.admitsValues(1, reading, path)) return refused
  const given = propertiesOf(input)
  if (given === undefined) return refuse(input, 'an event: an object with a type', reading, path, 'EVENT_INVALID')
  const isKnown = onlyParts(given)
  if (!isKnown) refuseUnknown(given.keys(), parts, 'an event', 'EVENT_INVALID', reading, path)
  const type = readId(given.get('type'), 'a type of events', reading, [...path, 'type'], 'EVENT_INVALID')
  const written = given.get('at')
  const at = written === undefined ? undefined : readInstantInput(written, reading, [...path, 'at'])
  const shape = type === undefined ? undefined : eventShape(type, reading, [...path, 'type'])
  const what = (): string => `the event ${show(type)}`
  const inside = [...path, 'properties']
  const properties = readProperties(given.get('properties'), shape ?? 'any', what, reading, inside, size)
  const id = given.get('id')
  const name =
    id === undefined ? undefined : readId(id, 'the id of an event', reading, [...path, 'id'], 'EVENT_INVALID')
  if (type === undefined || shape === undefined || properties === undefined || at === refused) return refused
  if (id !== name || !isKnown) return refused
  const event: { type: string; at?: number; properties?: ReadEvent['properties']; id?: string } = { type }
  if (at !== undefined) event.at = at.instant
  event.properties = properties
  if (name !== undefined) event.id = name
  return Object.freeze(event) as ReadEvent
}

function onlyParts(given: OwnProperties): boolean {
  for (let place = 0; place < given.size; place += 1) if (!parts.includes(given.nameAt(place))) return false
  return true
}

/** Undefined where something in them was refused. */
function readProperties(
  input: unknown,
  shape: KnownShape,
  what: () => string,
  reading: Reading,
  path: Path,
  size: ContentSize,
): Readonly<Record<string, Value>> | undefined {
  if (input === undefined) return Object.freeze({})
  const given = propertiesOf(input)
  if (given === undefined) {
    refuse(input, 'an object of properties', reading, path, 'EVENT_INVALID')
    return undefined
  }
  const read: Record<string, Value> = {}
  let isWhole = true
  for (let place = 0; place < given.size; place += 1) {
    const name = given.nameAt(place)
    const at = [...path, name]
    if (!size.admitsValues(1, reading, at)) return undefined
    const field = readName(name, shape, what, reading, at)
    const written = given.valueAt(place)
    const value = field === undefined ? refused : readValue(written, field === 'any' ? undefined : field, reading, at)
    if (value === refused || (value !== undefined && !size.admitsContent(value, reading, at))) isWhole = false
    else if (value !== undefined) setOwn(read, name, value)
  }
  return isWhole ? Object.freeze(read) : undefined
}

/** The field of a property's name, `any` without a schema; undefined, and reported, where there is none. */
function readName(
  name: string,
  shape: KnownShape,
  what: () => string,
  reading: Reading,
  path: Path,
): Field | 'any' | undefined {
  if (readId(name, 'the name of a property', reading, path) === undefined) return undefined
  // The properties of events hold no records.
  return propertyOf(shape, name, what, reading, path) as Field | 'any' | undefined
}
