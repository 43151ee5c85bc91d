import { CoterieError } from '../base/errors.js'
import type { ContactIdentify, ContactMerge, ContactPatch, ContactPut, ContactRemove } from '../changes/change.js'
import type { Outcome } from '../changes/receipt.js'
import { unitedTag } from '../contacts/tag.js'
import { findContact, namedContact, needContact } from './names.js'
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
  const changed: string[] = []
  for (const [name, value] of Object.entries(change.attributes)) {
    if (transaction.draft.setAttribute(ordinal, name, value ?? undefined)) changed.push(name)
  }
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
  for (const held of store.tags.of(from)) {
    const own = store.tags.get(into, held.tag)
    draft.setTag(into, held.tag, own === undefined ? held : unitedTag(own, held))
  }
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
