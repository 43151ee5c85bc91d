import type { Path } from '../base/errors.js'
import type { AutomationTrigger } from '../changes/automation-changes.js'
import type { ChangeReading } from '../changes/change-reading.js'
import { propertiesOf } from '../contacts/plain-input.js'
import { nameReader } from '../changes/read-names.js'
import { readAttributeName, readEach, readKind, readWhere } from './read-parts.js'

const readSegment = nameReader('the id of a segment')
const readTag = nameReader('a tag')

const properties: Readonly<Record<AutomationTrigger['on'], readonly string[]>> = {
  enter: ['segment'],
  exit: ['segment'],
  tagAdded: ['tag'],
  tagRemoved: ['tag'],
  event: ['event', 'where'],
  attribute: ['attribute'],
  recordPut: ['collection', 'field', 'where'],
  recordRemoved: ['collection', 'field', 'where'],
}

/** Reads one trigger or several. */
export function readTriggers(
  input: unknown,
  reading: ChangeReading,
  path: Path,
): readonly AutomationTrigger[] | undefined {
  if (propertiesOf(input) !== undefined) {
    const only = readTrigger(input, reading, path)
    return only === undefined ? undefined : Object.freeze([only])
  }
  return readEach(input, 'a list of triggers', reading, path, (element, at) => readTrigger(element, reading, at))
}

function readTrigger(input: unknown, reading: ChangeReading, path: Path): AutomationTrigger | undefined {
  const issues = reading.issues.length
  const read = readKind(input, 'on', properties, 'a trigger', reading, path)
  const trigger = read && triggerOf(read.kind, read.given, reading, path)
  return reading.issues.length > issues || trigger === undefined ? undefined : Object.freeze(trigger)
}

function triggerOf(
  on: AutomationTrigger['on'],
  given: ReadonlyMap<string, unknown>,
  reading: ChangeReading,
  path: Path,
): AutomationTrigger | undefined {
  const where = given.get('where')
  switch (on) {
    case 'enter':
    case 'exit': {
      const segment = readSegment(given.get('segment'), reading, [...path, 'segment'])
      return segment === undefined ? undefined : { on, segment }
    }
    case 'tagAdded':
    case 'tagRemoved': {
      const tag = readTag(given.get('tag'), reading, [...path, 'tag'])
      return tag === undefined ? undefined : { on, tag }
    }
    case 'event': {
      const event = given.get('event')
      const read = readWhere(where, { events: event }, reading, [...path, where === undefined ? 'event' : 'where'])
      return { on, event: event as string, ...(read === undefined ? undefined : { where: read }) }
    }
    case 'attribute': {
      const attribute = readAttributeName(given.get('attribute'), reading, [...path, 'attribute'])
      return attribute === undefined ? undefined : { on, attribute }
    }
    case 'recordPut':
    case 'recordRemoved': {
      const collection = given.get('collection')
      const of = { records: [collection] }
      const read = readWhere(where, of, reading, [...path, where === undefined ? 'collection' : 'where'])
      const field = given.get('field')
      if (field !== undefined)
        readWhere({ op: 'exists', left: { get: 'property', name: field } }, of, reading, [...path, 'field'])
      return {
        on,
        collection: collection as string,
        ...(field === undefined ? undefined : { field: field as string }),
        ...(read === undefined ? undefined : { where: read }),
      }
    }
  }
}
