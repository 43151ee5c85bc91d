import type { Change, ContactName, EventCorrect, EventData } from '../../src/changes/change.js'
import type { Retagging } from '../../src/changes/tag-changes.js'
import type { HeldTag } from '../../src/contacts/tag.js'
import type { Value } from '../../src/contacts/value.js'
import { defineSegment, convertSegment } from './naive-definitions.js'
import { emptySlot, fillSlot, mergeSlots } from './naive-slots.js'
import { goneBy, intoOf, surplus, writeCatalogue } from './naive-catalogue.js'
import { byAge, exclusiveGroupOf, heldAlso, heldByBoth, heldStill, isHeldByRule, isInGroup } from './naive-tags.js'
import {
  contactsOf,
  identityKey,
  serialOf,
  withEntry,
  type ModelContact,
  type ModelSegment,
  type ModelState,
} from './naive-state.js'

/** What a change did, as far as causes and tag events ask. */
export interface Effects {
  /** Contacts named by it, and those it created. */
  readonly named: Set<number>
  readonly created: Set<number>
  /** Tags touched, by contact, in the order in which they were. */
  readonly tags: Map<number, Set<string>>
  /** Segments that begin to put a tag on, by serial. */
  readonly begun: Set<number>
  /** Tags that only got another name. */
  readonly renamed: { readonly from: string; readonly to: string }[]
}

export function noEffects(): Effects {
  return {
    named: new Set<number>(),
    created: new Set<number>(),
    tags: new Map<number, Set<string>>(),
    begun: new Set<number>(),
    renamed: [],
  }
}

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
        for (const tag of lost) loseTag(state, serial, tag, effects)
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
      const { deals } = contactAt(state, serial)
      update(state, serial, { deals: new Map([...deals, [change.record.id, change.record]]) })
      return
    }
    case 'record.remove': {
      const serial = named(state, change.contact, effects)
      update(state, serial, { deals: withEntry(contactAt(state, serial).deals, change.id, undefined) })
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
      return
  }
}

function writeTags(
  state: ModelState,
  serial: number,
  change: Extract<Change, { readonly type: 'tag.add' | 'tag.remove' }>,
  effects: Effects,
): void {
  for (const tag of change.tags) {
    const held = contactAt(state, serial).tags.get(tag)
    if (change.type === 'tag.add' && held === undefined && !makeWay(state, serial, tag, effects)) continue
    const { tags } = contactAt(state, serial)
    const after =
      change.type === 'tag.add'
        ? heldAlso(held, tag, { ...change.holder, at: state.now })
        : heldStill(held, change.holder)
    update(state, serial, { tags: withEntry(tags, tag, after) })
    if (!sameJson(after, held)) touchTag(effects, serial, tag)
  }
}

/** Takes the others of a tag's exclusive group off a contact; says no where a rule holds one of them. */
function makeWay(state: ModelState, serial: number, tag: string, effects: Effects): boolean {
  const group = exclusiveGroupOf(state, tag)
  if (group === undefined) return true
  const others = [...contactAt(state, serial).tags.values()].filter(
    (held) => held.tag !== tag && isInGroup(group, held.tag),
  )
  if (others.some(isHeldByRule)) return false
  for (const other of others) loseTag(state, serial, other.tag, effects)
  return true
}

function loseTag(state: ModelState, serial: number, tag: string, effects: Effects): void {
  update(state, serial, { tags: withEntry(contactAt(state, serial).tags, tag, undefined) })
  touchTag(effects, serial, tag)
}

function retagContact(state: ModelState, serial: number, change: Retagging, effects: Effects): void {
  const { tags } = contactAt(state, serial)
  const into = intoOf(change)
  const lost = goneBy(change).flatMap((tag) => tags.get(tag) ?? [])
  if (lost.length === 0) return
  effects.named.add(serial)
  for (const { tag } of lost) loseTag(state, serial, tag, effects)
  if (into === undefined) return
  if (!tags.has(into) && !makeWay(state, serial, into, effects)) return
  const named = lost.map((held) => ({ ...held, tag: into }))
  const united = named.reduce<HeldTag | undefined>(heldByBoth, tags.get(into))
  update(state, serial, { tags: withEntry(contactAt(state, serial).tags, into, united) })
  touchTag(effects, serial, into)
}

function merge(state: ModelState, from: number, into: number, effects: Effects): void {
  const old = contactAt(state, from)
  const kept = contactAt(state, into)
  for (const whole of byAge(old.tags)) {
    const { tag } = whole
    const holders = whole.holders.filter(({ kind, by = '' }) => {
      return kind !== 'rule' || state.segments.get(by)?.holds?.tag !== tag
    })
    const held = { ...whole, holders }
    if (holders.length === 0) continue
    const own = contactAt(state, into).tags.get(tag)
    if (own === undefined && !makeWay(state, into, tag, effects)) continue
    update(state, into, { tags: withEntry(contactAt(state, into).tags, tag, heldByBoth(own, held)) })
    touchTag(effects, into, tag)
  }
  const added = old.events.filter(({ id }) => id === undefined || !kept.eventIds.has(id))
  update(state, into, {
    attributes: new Map([...old.attributes, ...kept.attributes]),
    events: [...kept.events, ...added],
    eventIds: new Set([...kept.eventIds, ...old.eventIds]),
    deals: new Map([...old.deals, ...kept.deals]),
  })
  for (const segment of state.segments.values()) mergeSlots(state, segment, from, into)
  for (const [name, serial] of state.names) if (serial === from) state.names.set(name, into)
  for (const [key, serial] of state.identities) if (serial === from) state.identities.set(key, into)
  removeContact(state, from)
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

function removeContact(state: ModelState, serial: number): void {
  state.contacts.delete(serial)
  for (const names of [state.names, state.identities]) {
    for (const [name, owner] of names) if (owner === serial) names.delete(name)
  }
  for (const segment of state.segments.values()) emptySlot(state, segment, serial, undefined)
}

/** Whom a change names, created where there is nobody of that id; problems were looked for before. */
function named(state: ModelState, name: ContactName, effects: Effects): number {
  const serial = serialOf(state, name) ?? create(state, name, effects)
  effects.named.add(serial)
  return serial
}

function create(state: ModelState, name: ContactName, effects: Effects): number {
  if (typeof name !== 'string') throw new Error('An identity creates nobody')
  state.serials += 1
  const serial = state.serials
  state.contacts.set(serial, {
    serial,
    id: name,
    attributes: new Map(),
    tags: new Map(),
    events: [],
    eventIds: new Set(),
    deals: new Map(),
  })
  state.names.set(name, serial)
  effects.created.add(serial)
  return serial
}

function update(state: ModelState, serial: number, parts: Partial<ModelContact>): void {
  state.contacts.set(serial, { ...contactAt(state, serial), ...parts })
}

function touchTag(effects: Effects, serial: number, tag: string): void {
  const touched = effects.tags.get(serial) ?? new Set<string>()
  effects.tags.set(serial, touched.add(tag))
}

function contactAt(state: ModelState, serial: number): ModelContact {
  const contact = state.contacts.get(serial)
  if (contact === undefined) throw new Error(`There is no contact of serial ${serial}`)
  return contact
}

function segmentAt(state: ModelState, id: string): ModelSegment {
  const segment = state.segments.get(id)
  if (segment === undefined) throw new Error(`There is no segment ${id}`)
  return segment
}

function sameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
