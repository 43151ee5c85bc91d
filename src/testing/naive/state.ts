import { compareText } from '../../base/text.js'
import type { ContactName, SegmentDamping, SegmentHolds, SegmentKind } from '../../changes/change.js'
import type { ContactView } from '../../contacts/contact.js'
import { compareEvents, type HeldEvent } from '../../contacts/event.js'
import type { ContactRecord } from '../../contacts/record.js'
import type { HeldTag } from '../../contacts/tag.js'
import type { Value } from '../../contacts/value.js'
import type { Rule } from '../../rules/ast.js'

/*
 * What the naive model knows: plain maps of plain data. Contacts and segments are never written to but replaced, so that
 * a copy of the maps is a copy of the state. Each has a serial, which is never used again: a contact removed and put again
 * is another one.
 */

/** A contact of the model. */
export interface ModelContact {
  readonly serial: number
  readonly id: string
  readonly attributes: ReadonlyMap<string, Value>
  readonly tags: ReadonlyMap<string, HeldTag>
  /** In the order in which they came. */
  readonly events: readonly HeldEvent[]
  /** The ids that events have or had. */
  readonly eventIds: ReadonlySet<string>
  /** By collection, then by id; a collection that holds none may be there. */
  readonly records: ReadonlyMap<string, ReadonlyMap<string, ContactRecord>>
}

/** A static membership, or a slot of a hybrid segment. */
export interface ModelSlot {
  readonly reason: string | undefined
  readonly until: number | undefined
}

/** The visit of a member that is in the segment now. */
export interface ModelVisit {
  readonly since: number
}

/** A segment of the model. All its maps are by the serials of contacts. */
export interface ModelSegment {
  readonly serial: number
  readonly id: string
  readonly kind: SegmentKind
  /** Of dynamic, hybrid and damped ones. */
  readonly rule: Rule | undefined
  /** Of damped ones. */
  readonly damping: SegmentDamping | undefined
  /** Of damped ones: when each contact last entered or left. */
  readonly movedAt: ReadonlyMap<number, number>
  /** Of a static one whose definition is not settled yet: whom to put in then. */
  readonly snapshot: Rule | undefined
  readonly include: ReadonlyMap<number, ModelSlot>
  readonly exclude: ReadonlyMap<number, ModelSlot>
  readonly keepsVisits: boolean
  /** The tag that it puts on its members. */
  readonly holds: SegmentHolds | undefined
  /** The members as of the last settlement. */
  readonly members: ReadonlyMap<number, ModelVisit>
  /** How many visits each contact has made. */
  readonly visits: ReadonlyMap<number, number>
}

/** A group of tags. */
export interface ModelGroup {
  readonly prefix: string | undefined
  readonly tags: readonly string[]
  readonly exclusive: boolean
}

/** All that the model knows. */
export interface ModelState {
  now: number
  serials: number
  /** By serial, in the order in which they were put. */
  readonly contacts: Map<number, ModelContact>
  /** Ids and aliases. */
  readonly names: Map<string, number>
  readonly identities: Map<string, number>
  /** By id. */
  readonly segments: Map<string, ModelSegment>
  /** Tags that were declared. */
  readonly declared: Set<string>
  /** Groups of tags, by name. */
  readonly groups: Map<string, ModelGroup>
  transitions: number
}

export function emptyState(now: number): ModelState {
  return {
    now,
    serials: 0,
    contacts: new Map<number, ModelContact>(),
    names: new Map<string, number>(),
    identities: new Map<string, number>(),
    segments: new Map<string, ModelSegment>(),
    declared: new Set<string>(),
    groups: new Map<string, ModelGroup>(),
    transitions: 0,
  }
}

export function copyOf(state: ModelState): ModelState {
  return {
    ...state,
    contacts: new Map(state.contacts),
    names: new Map(state.names),
    identities: new Map(state.identities),
    segments: new Map(state.segments),
    declared: new Set(state.declared),
    groups: new Map(state.groups),
  }
}

/** The segments in the order in which they were first defined. */
export function segmentsOf(state: ModelState): ModelSegment[] {
  return [...state.segments.values()].sort((a, b) => a.serial - b.serial)
}

/** The contacts in the order in which they were put. */
export function contactsOf(state: ModelState): ModelContact[] {
  return [...state.contacts.values()].sort((a, b) => a.serial - b.serial)
}

/** The key of an outside identity. */
export function identityKey({ channel, id }: { readonly channel: string; readonly id: string }): string {
  return JSON.stringify([channel, id])
}

/** Whom a name names. */
export function serialOf(state: ModelState, name: ContactName): number | undefined {
  return typeof name === 'string' ? state.names.get(name) : state.identities.get(identityKey(name))
}

/** A contact's records of a collection, by id. */
export function recordsOf({ records }: ModelContact, collection: string): readonly ContactRecord[] {
  return [...(records.get(collection)?.values() ?? [])].sort((a, b) => compareText(a.id, b.id))
}

/** What a rule sees of a contact of the model. */
export function viewOf(contact: ModelContact): ContactView {
  return {
    id: contact.id,
    attribute: (name) => contact.attributes.get(name),
    tag: (name) => contact.tags.get(name),
    tags: () => contact.tags.values(),
    tagCount: contact.tags.size,
    events: (type) => contact.events.filter((event) => event.type === type).sort(compareEvents),
    countEvents: (type, from, to) =>
      contact.events.filter((event) => event.type === type && from <= event.at && event.at < to).length,
    records: (collection) => recordsOf(contact, collection),
    folded: () => undefined,
  }
}

/** A map with one entry more, or with another value for it; without it where the value is `undefined`. */
export function withEntry<K, V>(map: ReadonlyMap<K, V>, key: K, value: V | undefined): ReadonlyMap<K, V> {
  const copy = new Map(map)
  if (value === undefined) copy.delete(key)
  else copy.set(key, value)
  return copy
}
