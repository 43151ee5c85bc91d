import type { ChangeInput } from '../changes/input.js'
import type { Contact } from '../contacts/contact.js'
import type { ContactEvent } from '../contacts/event.js'
import type { ContactRecord } from '../contacts/record.js'
import type { Value } from '../contacts/value.js'

/** One change of a contact: as an engine takes it, and the contact as it would be. */
export interface ContactChange {
  readonly change: ChangeInput
  readonly after: Contact
  /**
   * How far it goes: of a number or a date by how much of itself it moves, up to 1; 1 for another text, another element or a
   * tag; 2 for an event or a record.
   */
  readonly distance: number
}

/** Gives an attribute a value, or takes it away. */
export function attributeSet(contact: Contact, name: string, value: Value | undefined): ContactChange {
  const others = Object.entries(contact.attributes).filter(([other]) => other !== name)
  const attributes = Object.fromEntries(value === undefined ? others : [...others, [name, value]])
  return {
    change: { type: 'contact.patch', contact: contact.id, attributes: Object.fromEntries([[name, value ?? null]]) },
    after: { ...contact, attributes },
    distance: distanceOf(Object.hasOwn(contact.attributes, name) ? contact.attributes[name] : undefined, value),
  }
}

const year = 365 * 86_400_000

function distanceOf(from: Value | undefined, to: Value | undefined): number {
  const [a, b] = [placeOf(from), placeOf(to)]
  if (a === undefined || b === undefined || typeof from !== typeof to) return 1
  // A number that is whole stays so where it can: nobody has a score of 80.00000000000001.
  if (Number.isInteger(a) && !Number.isInteger(b)) return 1
  const scale = typeof from === 'number' ? Math.max(Math.abs(a), Math.abs(b), 1) : year
  return Math.min(1, Math.abs(b / scale - a / scale))
}

/** A number or a date as a number. */
function placeOf(value: Value | undefined): number | undefined {
  if (typeof value === 'number') return value
  if (typeof value !== 'object') return undefined
  if ('instant' in value) return value.instant
  return 'day' in value ? Date.parse(value.day) : undefined
}

/** Puts a tag on, held by somebody. */
export function tagAdded(
  contact: Contact,
  tag: string,
  now: number,
  holder: { readonly kind: ContactHolder; readonly by?: string },
): ContactChange {
  const hold = { ...holder, at: now }
  const known = contact.tags.find((held) => held.tag === tag)
  const held =
    known === undefined ? { tag, since: now, holders: [hold] } : { ...known, holders: [...known.holders, hold] }
  return {
    change: { type: 'tag.add', contacts: contact.id, tags: tag, holder },
    after: { ...contact, tags: [...contact.tags.filter((other) => other.tag !== tag), held] },
    distance: 1,
  }
}

type ContactHolder = Contact['tags'][number]['holders'][number]['kind']

/** Takes a tag away from all who hold it. */
export function tagRemoved(contact: Contact, tag: string): ContactChange {
  return {
    change: { type: 'tag.remove', contacts: contact.id, tags: tag },
    after: { ...contact, tags: contact.tags.filter((other) => other.tag !== tag) },
    distance: 1,
  }
}

/** Records an event. */
export function eventRecorded(contact: Contact, event: ContactEvent): ContactChange {
  const after = [
    ...contact.events.filter(({ at }) => at <= event.at),
    event,
    ...contact.events.filter(({ at }) => at > event.at),
  ]
  return {
    change: { type: 'event.record', contact: contact.id, event },
    after: { ...contact, events: after },
    distance: 2,
  }
}

/** Takes an event away. */
export function eventRemoved(contact: Contact, event: ContactEvent & { readonly id: string }): ContactChange {
  return {
    change: { type: 'event.remove', contact: contact.id, id: event.id },
    after: { ...contact, events: contact.events.filter((other) => other !== event) },
    distance: 2,
  }
}

/** Puts a record, or replaces the one of its id. */
export function recordPut(contact: Contact, collection: string, record: ContactRecord): ContactChange {
  const others = recordsOf(contact, collection).filter(({ id }) => id !== record.id)
  const all = [...others, record].sort((a, b) => (a.id < b.id ? -1 : 1))
  return {
    change: { type: 'record.put', contact: contact.id, collection, record },
    after: withRecords(contact, collection, all),
    distance: 2,
  }
}

/** Takes a record away. */
export function recordRemoved(contact: Contact, collection: string, id: string): ContactChange {
  const rest = recordsOf(contact, collection).filter((other) => other.id !== id)
  return {
    change: { type: 'record.remove', contact: contact.id, collection, id },
    after: withRecords(contact, collection, rest),
    distance: 2,
  }
}

/** The records of a contact in a collection. */
export function recordsOf({ records }: Contact, collection: string): readonly ContactRecord[] {
  return Object.hasOwn(records, collection) ? (records[collection] ?? []) : []
}

function withRecords(contact: Contact, collection: string, all: readonly ContactRecord[]): Contact {
  const others = Object.entries(contact.records).filter(([name]) => name !== collection)
  return { ...contact, records: Object.fromEntries([...others, [collection, all]]) }
}
