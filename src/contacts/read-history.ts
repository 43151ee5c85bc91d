import type { Path } from '../base/errors.js'
import { compareText } from '../base/text.js'
import type { ContentSize } from './content-size.js'
import { compareEvents, type ContactEvent, type HeldEvent } from './event.js'
import { propertiesOf, readElements } from './plain-input.js'
import { readEvent } from './read-event.js'
import { readRecordOf } from './read-record.js'
import { readId } from './read-text.js'
import type { Reading } from './reading.js'
import { refuse, refused, reportUnexpected } from './refused.js'
import type { ContactRecord } from './record.js'
import { collectionShape } from './shapes.js'

/*
 * The events and records of a contact as a whole. They are what would be there had they come one by one: of several events with
 * one id the first stands, of several records the last.
 */

/** Reads the events of a contact; they are given back in order. What was refused is left out. */
export function readEvents(input: unknown, reading: Reading, path: Path, size: ContentSize): readonly ContactEvent[] {
  if (input === undefined) return Object.freeze([])
  const elements = readElements(input, 'a list of events', 'CONTACT_INVALID', reading, path) ?? []
  const events: HeldEvent[] = []
  const known = new Set<string>()
  for (const [arrival, element] of elements.entries()) {
    const at = [...path, arrival]
    const event = readEvent(element, reading, at, size)
    if (event === refused) continue
    if (event.at === undefined) {
      reportUnexpected(undefined, 'an instant: when it happened', reading, [...at, 'at'], 'EVENT_INVALID')
    } else if (event.id === undefined || !known.has(event.id)) {
      events.push({ ...event, at: event.at, arrival })
    }
    if (event.id !== undefined) known.add(event.id)
  }
  return Object.freeze(events.sort(compareEvents).map(plainEvent))
}

function plainEvent({ type, at, properties, id }: HeldEvent): ContactEvent {
  return Object.freeze({ type, at, properties, ...(id === undefined ? undefined : { id }) })
}

/** Reads the records of a contact; they are given back by collection, then by id. What was refused is left out. */
export function readRecords(
  input: unknown,
  reading: Reading,
  path: Path,
  size: ContentSize,
): Readonly<Record<string, readonly ContactRecord[]>> {
  if (input === undefined) return Object.freeze({})
  const given = propertiesOf(input)
  if (given === undefined) refuse(input, 'an object of collections', reading, path, 'CONTACT_INVALID')
  const collections: [string, readonly ContactRecord[]][] = []
  for (const [collection, list] of given ?? []) {
    const at = [...path, collection]
    if (list === undefined) continue
    const name = readId(collection, 'the name of a collection', reading, at)
    const shape = name === undefined ? undefined : collectionShape(name, reading, at)
    const elements = readElements(list, 'a list of records', 'CONTACT_INVALID', reading, at)
    if (shape === undefined || elements === undefined) continue
    const byId = new Map<string, ContactRecord>()
    for (const [place, element] of elements.entries()) {
      const record = readRecordOf(shape, collection, element, reading, [...at, place], size)
      if (record !== refused) byId.set(record.id, record)
    }
    const records = [...byId.values()].sort((a, b) => compareText(a.id, b.id))
    if (records.length > 0) collections.push([collection, Object.freeze(records)])
  }
  collections.sort(([a], [b]) => compareText(a, b))
  return Object.freeze(Object.fromEntries(collections))
}
