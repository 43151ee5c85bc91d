import type { ContactRecord } from '../../contacts/record.js'
import { contactAt, removeContact, update } from './contact-writes.js'
import type { Effects } from './effects.js'
import { mergeSlots } from './slots.js'
import type { ModelState } from './state.js'
import { makeWay, writeTag } from './tag-writes.js'
import { byAge, heldByBoth } from './tags.js'

/** Makes two contacts one. */
export function merge(state: ModelState, from: number, into: number, effects: Effects): void {
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
    writeTag(state, into, tag, heldByBoth(own, held), effects)
  }
  const added = old.events.filter(({ id }) => id === undefined || !kept.eventIds.has(id))
  update(state, into, {
    attributes: new Map([...old.attributes, ...kept.attributes]),
    events: [...kept.events, ...added],
    eventIds: new Set([...kept.eventIds, ...old.eventIds]),
    records: withAllRecords(old.records, kept.records),
  })
  for (const segment of state.segments.values()) mergeSlots(state, segment, from, into)
  for (const [name, serial] of state.names) if (serial === from) state.names.set(name, into)
  for (const [key, serial] of state.identities) if (serial === from) state.identities.set(key, into)
  removeContact(state, from)
}

type Records = ReadonlyMap<string, ReadonlyMap<string, ContactRecord>>

function withAllRecords(from: Records, into: Records): Records {
  const names = new Set([...from.keys(), ...into.keys()])
  return new Map([...names].map((name) => [name, new Map([...(from.get(name) ?? []), ...(into.get(name) ?? [])])]))
}
