import type { Contact } from '../contacts/contact.js'
import type { ContactEvent } from '../contacts/event.js'
import type { ContactRecord } from '../contacts/record.js'
import type { Schema } from '../contacts/schema.js'
import type { Value } from '../contacts/value.js'
import type { Items, LeafRule } from '../rules/ast.js'
import type { Scope } from '../rules/scope.js'
import { intervalOf } from '../rules/windows.js'
import { itemsIn, propertiesTried, valuesAsked } from './asked-properties.js'
import {
  eventRecorded,
  eventRemoved,
  recordPut,
  recordRemoved,
  recordsOf,
  type ContactChange,
} from './contact-change.js'

/** So many events or records of one kind are tried without. */
const mostTaken = 30

/** Changes of one event or record by which a leaf may turn over: one more, one less, or one record that is otherwise. */
export function itemChanges(
  leaf: LeafRule,
  contact: Contact,
  scope: Scope,
  schema: Schema | undefined,
): readonly ContactChange[] {
  return itemsIn(leaf).flatMap(({ of, values }) =>
    'events' in of
      ? eventChanges(of, valuesAsked(leaf, of, values, scope), contact, scope, schema)
      : recordChanges(of, valuesAsked(leaf, of, values, scope), contact, scope, schema),
  )
}

function eventChanges(
  of: Extract<Items, { readonly events: string }>,
  asked: ReadonlyMap<string, readonly Value[]>,
  contact: Contact,
  scope: Scope,
  schema: Schema | undefined,
): readonly ContactChange[] {
  const { events: type, window } = of
  const shape = schema?.events !== undefined && Object.hasOwn(schema.events, type) ? schema.events[type] : undefined
  const before =
    contact.folded !== undefined && Object.hasOwn(contact.folded, type) ? contact.folded[type]?.before : undefined
  const { from, to } = window === undefined ? { from: -Infinity, to: Infinity } : intervalOf(window, scope)
  const times = [Math.min(scope.now, to - 1), from, scope.now].filter(
    (at) => Number.isFinite(at) && at <= scope.now && at >= (before ?? -Infinity),
  )
  const added = [...new Set(times)].flatMap((at) =>
    propertiesTried(asked, shape).map((properties) => eventRecorded(contact, { type, at, properties })),
  )
  const named = contact.events.filter(
    (event): event is ContactEvent & { readonly id: string } => event.type === type && event.id !== undefined,
  )
  return [...added, ...named.slice(-mostTaken).map((event) => eventRemoved(contact, event))]
}

function recordChanges(
  of: Extract<Items, { readonly records: readonly string[] }>,
  asked: ReadonlyMap<string, readonly Value[]>,
  contact: Contact,
  scope: Scope,
  schema: Schema | undefined,
): readonly ContactChange[] {
  const [collection = '', ...inner] = of.records
  const held = recordsOf(contact, collection)
  const taken = held.slice(0, mostTaken).map(({ id }) => recordRemoved(contact, collection, id))
  // What is inside of records is not made up.
  if (inner.length > 0) return taken
  const shape =
    schema?.records !== undefined && Object.hasOwn(schema.records, collection) ? schema.records[collection] : undefined
  const dates = of.by === undefined ? new Map<string, readonly Value[]>() : new Map([[of.by, datesIn(of, scope)]])
  const tries = propertiesTried(new Map([...asked, ...dates]), shape)
  const made: ContactRecord[] = tries.map((fields) => ({ ...fields, id: newId(held) }))
  const changed = held
    .slice(0, mostTaken)
    .flatMap((record) =>
      tries.slice(0, mostTaken).map((fields): ContactRecord => ({ ...record, ...fields, id: record.id })),
    )
  return [...taken, ...[...made, ...changed].map((record) => recordPut(contact, collection, record))]
}

function datesIn({ window }: Items, scope: Scope): readonly Value[] {
  const { from, to } = window === undefined ? { from: scope.now, to: scope.now + 1 } : intervalOf(window, scope)
  return [from, to - 1].filter(Number.isFinite).map((instant) => ({ instant }))
}

/** An id that no record has. */
function newId(held: readonly ContactRecord[]): string {
  let number = held.length + 1
  while (held.some(({ id }) => id === `new-${String(number)}`)) number += 1
  return `new-${String(number)}`
}
