import type { Path } from '../base/errors.js'
import { accepted, refuse } from '../contacts/refused.js'
import { readEvent } from '../contacts/read-event.js'
import { readRecord } from '../contacts/read-record.js'
import type { ContactRecord } from '../contacts/record.js'
import type { ChangeReading } from './change-reading.js'
import type { EventData } from './change.js'

/** Reads an event to record. */
export function readEventField(input: unknown, reading: ChangeReading, path: Path): EventData | undefined {
  return isThere(input, 'an event', reading, path) ? accepted(readEvent(input, reading, path)) : undefined
}

/** Reads what an event is to be corrected to: its id stands beside it, and stays. */
export function readCorrection(input: unknown, reading: ChangeReading, path: Path): Omit<EventData, 'id'> | undefined {
  const event = readEventField(input, reading, path)
  if (event?.id === undefined) return event
  refuse(
    event.id,
    'an event without an id: the one that is corrected keeps its own',
    reading,
    [...path, 'id'],
    'CHANGE_INVALID',
  )
  return undefined
}

/** Reads a record, by the collection that is named beside it. */
export function readRecordField(
  input: unknown,
  reading: ChangeReading,
  path: Path,
  beside?: ReadonlyMap<string, unknown>,
): ContactRecord | undefined {
  if (!isThere(input, 'a record', reading, path)) return undefined
  const collection = beside?.get('collection')
  // Where that is no name, its own reader says so.
  return typeof collection === 'string' ? accepted(readRecord(collection, input, reading, path)) : undefined
}

/** What a change lacks is the change's fault, not that of what is missing. */
function isThere(input: unknown, what: string, reading: ChangeReading, path: Path): boolean {
  if (input === undefined) refuse(input, what, reading, path, 'CHANGE_INVALID')
  return input !== undefined
}
