import type { Path } from '../base/errors.js'
import { readElements } from '../contacts/plain-input.js'
import { readId } from '../contacts/read-text.js'
import { report } from '../contacts/reading.js'
import { refuseUnknown, reportUnexpected } from '../contacts/refused.js'
import { fieldWords } from './field-words.js'
import type { EventItems, Items, ItemWindow, RecordItems, Rule } from './ast.js'
import { eventScope, propertyField, recordScope, unknownItem, type ItemScope } from './item-scope.js'
import { checkEventsPlace, checkRecordsPlace } from './node-place.js'
import { readItemWindow } from './read-item-window.js'
import { nodeProperties, type RuleReading } from './rule-reading.js'
import { checkTypes, dateTypes } from './side-types.js'

/** What items were read into, and what that says of rules and values about them. */
export interface ReadItems<I extends Items = Items> {
  /** Undefined where they were refused. */
  readonly items: I | undefined
  readonly scope: ItemScope
  /** Whether they have a time: events do, records by a date field of theirs. */
  readonly isTimed: boolean
}

const refusedItems: ReadItems<never> = Object.freeze({ items: undefined, scope: unknownItem, isTimed: true })

/** Reads what an aggregate is over; `depth` is that of the items. */
export function readItems(input: unknown, reading: RuleReading, path: Path, depth: number): ReadItems {
  const properties = itemProperties(input, fieldWords.items, reading, path, depth)
  if (properties?.get('events') !== undefined) return readEventsOf(properties, reading, path, depth)
  if (properties?.get('records') !== undefined) return readRecordsOf(properties, reading, path, depth)
  if (properties !== undefined) reportUnexpected(input, fieldWords.items, reading, path, 'RULE_INVALID')
  return refusedItems
}

/** Reads events alone. */
export function readEventItems(input: unknown, reading: RuleReading, path: Path, depth: number): ReadItems<EventItems> {
  const properties = itemProperties(input, 'events: {"events": a type}', reading, path, depth)
  return properties === undefined ? refusedItems : readEventsOf(properties, reading, path, depth)
}

/** Reads records alone. */
export function readRecordItems(
  input: unknown,
  reading: RuleReading,
  path: Path,
  depth: number,
): ReadItems<RecordItems> {
  const properties = itemProperties(input, fieldWords.recordItems, reading, path, depth)
  return properties === undefined ? refusedItems : readRecordsOf(properties, reading, path, depth)
}

function itemProperties(
  input: unknown,
  words: string,
  reading: RuleReading,
  path: Path,
  depth: number,
): ReadonlyMap<string, unknown> | undefined {
  if (!reading.size.admitsNode(depth, reading, path)) return undefined
  const properties = nodeProperties(input, reading, path)
  if (properties === undefined) reportUnexpected(input, words, reading, path, 'RULE_INVALID')
  return properties
}

function readEventsOf(
  properties: ReadonlyMap<string, unknown>,
  reading: RuleReading,
  path: Path,
  depth: number,
): ReadItems<EventItems> {
  const at = [...path, 'events']
  if (!checkEventsPlace(reading, at)) return refusedItems
  refuseUnknown(properties.keys(), ['events', 'window', 'where'], '"events"', 'RULE_INVALID', reading, path)
  const events = readId(properties.get('events'), 'a type of events', reading, at, 'RULE_INVALID')
  const scope = events === undefined ? unknownItem : eventScope(events, reading, at)
  const rest = readRest(properties, 'events', scope, reading, path, depth)
  return { items: events === undefined ? undefined : Object.freeze({ events, ...rest }), scope, isTimed: true }
}

function readRecordsOf(
  properties: ReadonlyMap<string, unknown>,
  reading: RuleReading,
  path: Path,
  depth: number,
): ReadItems<RecordItems> {
  const at = [...path, 'records']
  if (!checkRecordsPlace(reading, at)) return refusedItems
  refuseUnknown(properties.keys(), ['records', 'by', 'window', 'where'], '"records"', 'RULE_INVALID', reading, path)
  const records = readNames(properties.get('records'), reading, at)
  const scope = records === undefined ? unknownItem : recordScope(records, reading.item, reading, at)
  const isTimed = properties.get('by') !== undefined
  const by = isTimed ? readBy(properties.get('by'), scope, reading, [...path, 'by']) : undefined
  if (!isTimed && properties.get('window') !== undefined) reportTimeless('A window', reading, path)
  const rest = readRest(properties, 'records', scope, reading, path, depth)
  const ordered = by === undefined ? rest : { by, ...rest }
  return { items: records === undefined ? undefined : Object.freeze({ records, ...ordered }), scope, isTimed }
}

/** Reports that something asks records for a time that they do not have; `path` is theirs. */
export function reportTimeless(what: string, reading: RuleReading, path: Path): void {
  const message = `${what} is about time, which records have only by a date field of theirs`
  const expected = 'the name of a date field'
  report(reading, { code: 'RULE_INVALID', path: [...path, 'by'], message, expected, received: 'undefined' })
}

/** The names that lead to records. Undefined where one was refused, or there is none. */
function readNames(input: unknown, reading: RuleReading, path: Path): readonly string[] | undefined {
  const elements = readElements(input, namesWords, 'RULE_INVALID', reading, path)
  if (elements === undefined || !reading.size.admitsElements(elements.length, reading, path)) return undefined
  if (elements.length === 0) reportUnexpected(input, namesWords, reading, path, 'RULE_INVALID')
  const names = elements.map((element, place) =>
    readId(element, 'the name of a collection', reading, [...path, place], 'RULE_INVALID'),
  )
  return names.length === 0 || names.includes(undefined) ? undefined : (Object.freeze(names) as readonly string[])
}

const namesWords = 'a list of names: a collection, then records inside its records'

function readBy(input: unknown, scope: ItemScope, reading: RuleReading, path: Path): string | undefined {
  const by = readId(input, 'the name of a date field', reading, path, 'RULE_INVALID')
  const field = by === undefined ? undefined : propertyField(by, scope, reading, path)
  return field === 'any' || (field !== undefined && checkTypes([field.type], dateTypes, reading, path)) ? by : undefined
}

interface Rest {
  readonly window?: ItemWindow
  readonly where?: Rule
}

function readRest(
  properties: ReadonlyMap<string, unknown>,
  of: 'events' | 'records',
  scope: ItemScope,
  reading: RuleReading,
  path: Path,
  depth: number,
): Rest {
  const [written, condition] = [properties.get('window'), properties.get('where')]
  const window = written === undefined ? undefined : readItemWindow(written, of, reading, [...path, 'window'])
  const where =
    condition === undefined
      ? undefined
      : reading.readNode(condition, { ...reading, item: scope }, [...path, 'where'], depth + 1)
  return { ...(window === undefined ? undefined : { window }), ...(where === undefined ? undefined : { where }) }
}
