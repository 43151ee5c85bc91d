import { CoterieError } from '../base/errors.js'
import { compareText } from '../base/text.js'
import type { ContactIdentify, ContactMerge, ContactPatch, ContactPut, ContactRemove } from '../changes/change.js'
import type { Outcome } from '../changes/receipt.js'
import { unitedTag, withoutHolders, type TagHold } from '../contacts/tag.js'
import { unitedFolded } from '../store/folded-history.js'
import { findContact, namedContact, needContact } from './names.js'
import { makeWay } from './put-tag.js'
import type { EngineState } from './state.js'
import type { Transaction } from './transaction.js'

/** Puts a contact, or replaces the attributes of one that is there. */
export function putContact(state: EngineState, transaction: Transaction, change: ContactPut): Outcome {
  const { draft } = transaction
  const known = findContact(state, change.contact)
  const ordinal =
    known ?? (typeof change.contact === 'string' ? draft.create(change.contact) : needContact(state, change.contact))
  const changed: string[] = []
  for (const [name] of [...state.store.attributesOf(ordinal)]) {
    if (!Object.hasOwn(change.attributes, name) && draft.setAttribute(ordinal, name, undefined)) changed.push(name)
  }
  for (const [name, value] of Object.entries(change.attributes)) {
    if (draft.setAttribute(ordinal, name, value)) changed.push(name)
  }
  transaction.touch(ordinal, known === undefined ? 'contact' : 'attribute', change)
  return { type: change.type, contactId: state.store.directory.idOf(ordinal), created: known === undefined, changed }
}

/** Changes the attributes named. */
export function patchContact(state: EngineState, transaction: Transaction, change: ContactPatch): Outcome {
  const { ordinal, created } = namedContact(state, transaction, change.contact, 'attribute', change)
  const names = Object.keys(change.attributes)
  const changed = names.filter((name) =>
    transaction.draft.setAttribute(ordinal, name, change.attributes[name] ?? undefined),
  )
  return { type: change.type, contactId: state.store.directory.idOf(ordinal), created, changed }
}

/** Takes a contact away. */
export function removeContact(state: EngineState, transaction: Transaction, change: ContactRemove): Outcome {
  const ordinal = needContact(state, change.contact)
  transaction.touch(ordinal, 'contact', change)
  transaction.draft.remove(ordinal)
  return { type: change.type, contactId: state.store.directory.idOf(ordinal) }
}

/**
 * Ties an outside identity to a contact.
 *
 * @throws CoterieError `IDENTITY_TAKEN` where another contact has it.
 */
export function identifyContact(state: EngineState, transaction: Transaction, change: ContactIdentify): Outcome {
  const { directory } = state.store
  const known = findContact(state, change.contact)
  const ordinal = known ?? namedContact(state, transaction, change.contact, 'contact', change).ordinal
  const holder = directory.ordinalOfIdentity(change.channel, change.id)
  if (holder !== undefined && holder !== ordinal) {
    throw new CoterieError(
      'IDENTITY_TAKEN',
      `${change.channel} ${JSON.stringify(change.id)} is ${JSON.stringify(directory.idOf(holder))} already`,
      {
        path: ['id'],
        received: change.id,
        expected: 'an identity that no other contact has; contact.merge makes two contacts one',
      },
    )
  }
  if (holder === undefined) transaction.draft.identify(ordinal, change.channel, change.id)
  return {
    type: change.type,
    contactId: directory.idOf(ordinal),
    created: known === undefined,
    known: holder !== undefined,
  }
}

/**
 * Makes two contacts one.
 *
 * @throws CoterieError `MERGE_SELF` where both names lead to one contact.
 */
export function mergeContacts(state: EngineState, transaction: Transaction, change: ContactMerge): Outcome {
  const { draft } = transaction
  const { store, segments } = state
  const into = needContact(state, change.into)
  const from = needContact(state, change.from)
  const [intoId, fromId] = [store.directory.idOf(into), store.directory.idOf(from)]
  if (into === from) {
    throw new CoterieError('MERGE_SELF', `Both names lead to ${JSON.stringify(intoId)}`, {
      path: ['from'],
      received: fromId,
      expected: 'another contact',
    })
  }
  transaction.touch(into, 'merge', change)
  transaction.touch(from, 'merge', change)
  for (const [name, value] of store.attributesOf(from)) {
    if (store.attribute(into, name) === undefined) draft.setAttribute(into, name, value)
  }
  for (const whole of store.tagsByAge(from)) {
    const held = withoutHolders(whole, (hold) => !isOfSegment(state, whole.tag, hold))
    if (held === undefined) continue
    const own = store.tags.get(into, held.tag)
    if (own === undefined && makeWay(state, transaction, into, held.tag) === undefined) continue
    draft.setTag(into, held.tag, own === undefined ? held : unitedTag(own, held))
  }
  transaction.tagMoves.merge(from, into)
  mergeHistories(state, transaction, from, into)
  for (const segment of segments.all()) {
    for (const kind of ['include', 'exclude'] as const) {
      const slot = segment.slots[kind].get(from)
      if (slot !== undefined && !segment.slots[kind].has(into)) transaction.setSlot(segment, kind, into, { ...slot })
    }
  }
  const { aliases, identities } = store.directory.namesOf(from)
  draft.remove(from)
  for (const alias of [...aliases, fromId]) draft.alias(alias, into)
  for (const { channel, id } of identities) draft.identify(into, channel, id)
  return { type: change.type, contactId: intoId, from: fromId }
}

/** Whether a segment holds the tag, and will say of the united contact whether it goes on. */
function isOfSegment({ segments }: EngineState, tag: string, { kind, by = '' }: TagHold): boolean {
  return kind === 'rule' && segments.get(by)?.holds?.tag === tag
}

/**
 * The union of events and records; where an id is in both, that of `into` stands, also one that was taken out. Of what was
 * folded away the totals add up: there are no ids any more to see what was in both.
 */
function mergeHistories(state: EngineState, transaction: Transaction, from: number, into: number): void {
  const { history, folded } = state.store
  const { draft } = transaction
  for (const type of [...folded.types()]) {
    const gone = folded.get(from, type)
    const own = folded.get(into, type)
    if (gone !== undefined) draft.setFolded(into, type, own === undefined ? gone : unitedFolded(own, gone))
  }
  for (const id of history.removedIds(from)) {
    if (history.eventById(into, id) === undefined) draft.setRemoved(into, id)
  }
  for (const type of history.eventTypes(from)) {
    for (const event of history.events(from, type)) {
      if (event.id === undefined || history.eventById(into, event.id) === undefined) draft.addEvent(into, event)
    }
  }
  for (const collection of [...history.collections(from)]) {
    const own = history.records(into, collection)
    const ids = new Set(own.map(({ id }) => id))
    const added = history.records(from, collection).filter(({ id }) => !ids.has(id))
    if (added.length > 0)
      draft.setRecords(into, collection, Object.freeze([...own, ...added].sort((a, b) => compareText(a.id, b.id))))
  }
}
