import type { Change, EventCorrect, EventData } from '../../changes/change.js'
import type { ContactRecord } from '../../contacts/record.js'
import type { Value } from '../../contacts/value.js'
import { surplus, writeCatalogue } from './catalogue.js'
import { contactAt, create, named, removeContact, update } from './contact-writes.js'
import { convertSegment, defineSegment } from './definitions.js'
import type { Effects } from './effects.js'
import { merge } from './merge.js'
import { emptySlot, fillSlot } from './slots.js'
import {
  contactsOf,
  identityKey,
  serialOf,
  withEntry,
  type ModelContact,
  type ModelSegment,
  type ModelState,
} from './state.js'
import { retagContact, writeTag, writeTags } from './tag-writes.js'

/** Writes a change, which has no problems, into the state. Memberships are settled later. */
export function write(state: ModelState, change: Change, effects: Effects): void {
  switch (change.type) {
    case 'contact.put': {
      const serial = serialOf(state, change.contact) ?? create(state, change.contact, effects)
      effects.named.add(serial)
      update(state, serial, { attributes: new Map(Object.entries(change.attributes)) })
      return
    }
    case 'contact.patch': {
      const serial = named(state, change.contact, effects)
      const attributes = Object.entries(change.attributes).reduce<ReadonlyMap<string, Value>>(
        (map, [name, value]) => withEntry(map, name, value ?? undefined),
        contactAt(state, serial).attributes,
      )
      update(state, serial, { attributes })
      return
    }
    case 'contact.remove':
      removeContact(state, named(state, change.contact, effects))
      return
    case 'contact.merge':
      merge(state, named(state, change.from, effects), named(state, change.into, effects), effects)
      return
    case 'contact.identify': {
      const serial = serialOf(state, change.contact) ?? create(state, change.contact, effects)
      state.identities.set(identityKey(change), serial)
      return
    }
    case 'tag.add':
    case 'tag.remove':
      for (const name of change.contacts) writeTags(state, named(state, name, effects), change, effects)
      return
    case 'tag.define':
    case 'tag.ungroup':
      writeCatalogue(state, change)
      return
    case 'tag.group': {
      writeCatalogue(state, change)
      for (const { serial, tags } of contactsOf(state)) {
        const group = state.groups.get(change.group)
        const lost = group?.exclusive === true ? surplus(group, tags) : []
        if (lost.length > 0) effects.named.add(serial)
        for (const tag of lost) writeTag(state, serial, tag, undefined, effects)
      }
      return
    }
    case 'tag.rename':
    case 'tag.merge':
    case 'tag.delete':
      writeCatalogue(state, change)
      for (const { serial } of contactsOf(state)) retagContact(state, serial, change, effects)
      if (change.type === 'tag.rename' && change.from !== change.to) effects.renamed.push(change)
      return
    case 'event.record':
      recordEvent(state, named(state, change.contact, effects), change.event)
      return
    case 'event.correct':
      correctEvent(state, named(state, change.contact, effects), change)
      return
    case 'event.remove': {
      const serial = named(state, change.contact, effects)
      const { events, eventIds } = contactAt(state, serial)
      const left = events.filter(({ id }) => id !== change.id)
      update(state, serial, { events: left, eventIds: new Set([...eventIds, change.id]) })
      return
    }
    case 'record.put': {
      const serial = named(state, change.contact, effects)
      const { records } = contactAt(state, serial)
      update(state, serial, { records: withRecord(records, change.collection, change.record.id, change.record) })
      return
    }
    case 'record.remove': {
      const serial = named(state, change.contact, effects)
      const { records } = contactAt(state, serial)
      update(state, serial, { records: withRecord(records, change.collection, change.id, undefined) })
      return
    }
    case 'segment.define': {
      for (const name of change.contacts ?? []) named(state, name, effects)
      const before = state.segments.get(change.id)?.holds
      defineSegment(state, change)
      const { serial, holds } = segmentAt(state, change.id)
      if (holds !== undefined && !sameJson(holds, before)) effects.begun.add(serial)
      return
    }
    case 'segment.convert':
      convertSegment(state, change)
      return
    case 'segment.remove':
      state.segments.delete(change.segment)
      return
    case 'member.include':
    case 'member.exclude': {
      const serials = change.contacts.map((name) => named(state, name, effects))
      for (const serial of serials) fillSlot(state, segmentAt(state, change.segment), serial, change)
      return
    }
    case 'member.reset': {
      const serials = change.contacts.map((name) => named(state, name, effects))
      for (const serial of serials) emptySlot(state, segmentAt(state, change.segment), serial, change.slot)
      return
    }
    case 'segment.describe':
    case 'clock.advance':
    case 'event.fold':
    case 'automation.define':
    case 'automation.remove':
    case 'automation.start':
    case 'automation.step':
    case 'automation.wait':
    case 'automation.finish':
      return
  }
}

/** The first event of an id stands; one that was taken out does not come back. */
function recordEvent(state: ModelState, serial: number, event: EventData): void {
  const { events, eventIds } = contactAt(state, serial)
  if (event.id !== undefined && eventIds.has(event.id)) return
  state.serials += 1
  const held = { ...event, at: event.at ?? state.now, arrival: state.serials }
  update(state, serial, {
    events: [...events, held],
    eventIds: event.id === undefined ? eventIds : new Set([...eventIds, event.id]),
  })
}

function correctEvent(state: ModelState, serial: number, { id, event }: EventCorrect): void {
  const events = contactAt(state, serial).events.map((held) =>
    held.id === id ? { at: held.at, ...event, id, arrival: held.arrival } : held,
  )
  update(state, serial, { events })
}

function segmentAt(state: ModelState, id: string): ModelSegment {
  const segment = state.segments.get(id)
  if (segment === undefined) throw new Error(`There is no segment ${id}`)
  return segment
}

function sameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

type Records = ModelContact['records']

function withRecord(records: Records, collection: string, id: string, record: ContactRecord | undefined): Records {
  return new Map([...records, [collection, withEntry(records.get(collection) ?? new Map(), id, record)]])
}
