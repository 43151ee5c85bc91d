import type { Path } from '../base/errors.js'
import type { AutomationTrigger } from '../changes/automation-changes.js'
import type { ChangeReading } from '../changes/change-reading.js'
import { propertiesOf } from '../contacts/plain-input.js'
import { refuseUnknown } from '../contacts/refused.js'
import { nameReader } from '../changes/read-names.js'
import { readAttributeName, readList, readWhere, refusePart } from './read-parts.js'

const readSegment = nameReader('the id of a segment')
const readTag = nameReader('a tag')

const properties: Readonly<Record<AutomationTrigger['on'], readonly string[]>> = {
  enter: ['on', 'segment'],
  exit: ['on', 'segment'],
  tagAdded: ['on', 'tag'],
  tagRemoved: ['on', 'tag'],
  event: ['on', 'event', 'where'],
  attribute: ['on', 'attribute'],
  recordPut: ['on', 'collection', 'field', 'where'],
  recordRemoved: ['on', 'collection', 'field', 'where'],
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
  const elements = readList(input, 'a list of triggers', reading, path)
  const read = elements?.map((element, place) => readTrigger(element, reading, [...path, place]))
  return read === undefined || read.includes(undefined)
    ? undefined
    : Object.freeze(read.filter((trigger) => trigger !== undefined))
}

function readTrigger(input: unknown, reading: ChangeReading, path: Path): AutomationTrigger | undefined {
  const given = propertiesOf(input)
  const on = given?.get('on')
  if (given === undefined || typeof on !== 'string' || !Object.hasOwn(properties, on)) {
    refusePart(
      given === undefined ? input : on,
      `a trigger: { on: ${Object.keys(properties).join(' | ')} }`,
      reading,
      path,
    )
    return undefined
  }
  const kind = on as AutomationTrigger['on']
  const issues = reading.issues.length
  refuseUnknown(given.keys(), properties[kind], 'such a trigger', 'AUTOMATION_INVALID', reading, path)
  const trigger = triggerOf(kind, given, reading, path)
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
