import type { AutomationReason, AutomationTrigger } from '../changes/automation-changes.js'
import type { Cause } from '../changes/transition.js'
import type { HeldEvent } from '../contacts/event.js'
import { sameFields, fieldValue, innerRecords, type ContactRecord } from '../contacts/record.js'
import { sameValue } from '../contacts/value.js'
import type { Happened } from '../engine/automation-port.js'
import type { EngineState } from '../engine/state.js'
import { itemOfEvent } from '../rules/items.js'
import type { Item } from '../rules/scope.js'
import type { Touched } from '../store/touched.js'

/*
 * What happened to contacts in a transaction, in the words of triggers. It follows from what was written and from the transitions
 * alone, and no rule is asked: so it is the same when a journal is done again.
 */

/** Something that happened to a contact. */
export interface Occurrence {
  readonly ordinal: number
  readonly on: AutomationTrigger['on']
  /** The segment, tag, type of event, attribute or collection. */
  readonly subject: string
  readonly because: AutomationReason
  /** Whether it came of a definition, and nothing happened to the contact itself. */
  readonly isDefinition: boolean
  /** Of a transition: what caused it. */
  readonly cause?: Cause
  /** What a condition of a trigger is about. */
  readonly item?: Item
  /** Of records: the one that was put or taken out, and as it was before. */
  readonly record?: ContactRecord
  readonly before?: ContactRecord
}

/** Whether anybody asks for a kind of occurrence. */
export type Asked = (on: AutomationTrigger['on'], subject: string) => boolean

/**
 * What happened, as far as anybody asks: tags, then transitions, then what was written, contact by contact. Events that lie ahead
 * are left out; `isNewEvent` tells those that were recorded from those that were there under another contact or another form.
 */
export function* occurrencesOf(
  state: EngineState,
  { changes, transitions, tagEvents }: Happened,
  asked: Asked,
  isNewEvent: (event: HeldEvent) => boolean,
): Iterable<Occurrence> {
  const { directory } = state.store
  for (const { type, tag, contactId } of tagEvents) {
    const on = type === 'added' ? 'tagAdded' : 'tagRemoved'
    const ordinal = asked(on, tag) ? directory.ordinalOf(contactId) : undefined
    if (ordinal !== undefined) yield { ordinal, on, subject: tag, because: { on, tag }, isDefinition: false }
  }
  for (const { type: on, segmentId, contactId, cause } of transitions) {
    const ordinal = asked(on, segmentId) ? directory.ordinalOf(contactId) : undefined
    if (ordinal === undefined || directory.idOf(ordinal) !== contactId) continue
    const isDefinition = cause.kind === 'definition' || cause.kind === 'settle'
    yield { ordinal, on, subject: segmentId, because: { on, segment: segmentId }, isDefinition, cause }
  }
  for (const touched of changes) if (!touched.removed) yield* writtenOf(state, touched, changes, asked, isNewEvent)
}

/** That an event happens, of a contact. */
export function occurrenceOfEvent(ordinal: number, event: HeldEvent): Occurrence {
  const { type, at, id, properties } = event
  const because: AutomationReason = {
    on: 'event',
    event: type,
    at,
    ...(id === undefined ? undefined : { id }),
    ...(Object.keys(properties).length === 0 ? undefined : { properties }),
  }
  return { ordinal, on: 'event', subject: type, because, isDefinition: false, item: itemOfEvent(event) }
}

function* writtenOf(
  state: EngineState,
  touched: Touched,
  all: readonly Touched[],
  asked: Asked,
  isNewEvent: (event: HeldEvent) => boolean,
): Iterable<Occurrence> {
  const { ordinal, attributes, events, records } = touched
  const { store } = state
  for (const [type, { came }] of events) {
    if (!asked('event', type)) continue
    for (const event of came) if (event.at <= state.now && isNewEvent(event)) yield occurrenceOfEvent(ordinal, event)
  }
  for (const [attribute, before] of attributes) {
    if (!asked('attribute', attribute)) continue
    const after = store.attribute(ordinal, attribute)
    const isSame = before === undefined || after === undefined ? before === after : sameValue(before, after)
    if (isSame) continue
    yield {
      ordinal,
      on: 'attribute',
      subject: attribute,
      because: { on: 'attribute', attribute },
      isDefinition: false,
    }
  }
  for (const [collection, before] of records) {
    if (!asked('recordPut', collection) && !asked('recordRemoved', collection)) continue
    const after = store.history.records(ordinal, collection)
    yield* recordsOf(ordinal, collection, before, after, mergedRecords(state, ordinal, collection, all))
  }
}

/** Records that came to the contact with another one that became one with it: nobody put them. */
function mergedRecords(
  { store }: EngineState,
  ordinal: number,
  collection: string,
  all: readonly Touched[],
): ReadonlySet<ContactRecord> {
  const { directory, history } = store
  const merged = new Set<ContactRecord>()
  for (const { removed, ordinal: from } of all) {
    if (!removed || directory.ordinalOf(directory.idOf(from)) !== ordinal) continue
    for (const record of history.records(from, collection)) merged.add(record)
  }
  return merged
}

function* recordsOf(
  ordinal: number,
  collection: string,
  before: readonly ContactRecord[],
  after: readonly ContactRecord[],
  merged: ReadonlySet<ContactRecord>,
): Iterable<Occurrence> {
  const was = new Map(before.map((record) => [record.id, record]))
  const is = new Map(after.map((record) => [record.id, record]))
  const of = (on: 'recordPut' | 'recordRemoved', record: ContactRecord): Omit<Occurrence, 'before'> => ({
    ordinal,
    on,
    subject: collection,
    because: { on, collection, record: record.id },
    isDefinition: false,
    item: itemOfRecord(record),
    record,
  })
  for (const record of before) if (!is.has(record.id)) yield of('recordRemoved', record)
  for (const record of after) {
    const old = was.get(record.id)
    if (merged.has(record) || (old !== undefined && (old === record || sameFields(old, record)))) continue
    yield { ...of('recordPut', record), ...(old === undefined ? undefined : { before: old }) }
  }
}

/** A record as conditions see it: without a time. */
export function itemOfRecord(record: ContactRecord): Item {
  return {
    at: undefined,
    value: (name) => fieldValue(record, name),
    records: (name) => innerRecords(record, name),
  }
}

/** Whether an occurrence is one that a trigger asks for, but for its condition. */
export function answers(trigger: AutomationTrigger, { on, subject, record, before }: Occurrence): boolean {
  if (trigger.on !== on || subjectOf(trigger) !== subject) return false
  if ((trigger.on !== 'recordPut' && trigger.on !== 'recordRemoved') || trigger.field === undefined) return true
  const { field } = trigger
  const fieldsOf = (of: ContactRecord | undefined): Record<string, ContactRecord[string]> =>
    of !== undefined && Object.hasOwn(of, field) ? { [field]: of[field] as ContactRecord[string] } : {}
  return !sameFields(fieldsOf(before), fieldsOf(record)) || trigger.on === 'recordRemoved'
}

/** What a trigger is about. */
export function subjectOf(trigger: AutomationTrigger): string {
  switch (trigger.on) {
    case 'enter':
    case 'exit':
      return trigger.segment
    case 'tagAdded':
    case 'tagRemoved':
      return trigger.tag
    case 'event':
      return trigger.event
    case 'attribute':
      return trigger.attribute
    case 'recordPut':
    case 'recordRemoved':
      return trigger.collection
  }
}
