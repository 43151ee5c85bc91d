import type { ContactName } from '../../changes/change.js'
import type { Effects } from './effects.js'
import { emptySlot } from './slots.js'
import { serialOf, type ModelContact, type ModelState } from './state.js'

/** Takes a contact away, with its names and slots. */
export function removeContact(state: ModelState, serial: number): void {
  state.contacts.delete(serial)
  for (const names of [state.names, state.identities]) {
    for (const [name, owner] of names) if (owner === serial) names.delete(name)
  }
  for (const segment of state.segments.values()) emptySlot(state, segment, serial, undefined)
}

/** Whom a change names, created where there is nobody of that id; problems were looked for before. */
export function named(state: ModelState, name: ContactName, effects: Effects): number {
  const serial = serialOf(state, name) ?? create(state, name, effects)
  effects.named.add(serial)
  return serial
}

/** Puts a contact of an id that nobody has. */
export function create(state: ModelState, name: ContactName, effects: Effects): number {
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
    records: new Map(),
  })
  state.names.set(name, serial)
  effects.created.add(serial)
  return serial
}

/** Replaces parts of a contact. */
export function update(state: ModelState, serial: number, parts: Partial<ModelContact>): void {
  state.contacts.set(serial, { ...contactAt(state, serial), ...parts })
}

/** A contact that is there. */
export function contactAt(state: ModelState, serial: number): ModelContact {
  const contact = state.contacts.get(serial)
  if (contact === undefined) throw new Error(`There is no contact of serial ${serial}`)
  return contact
}
