import { CoterieError, show, type Path } from '../base/errors.js'
import { formatInstant } from '../base/written-date.js'
import type { EventCorrect, EventRecord, EventRemove } from '../changes/change.js'
import type { Outcome } from '../changes/receipt.js'
import { sameFields } from '../contacts/record.js'
import { checkEventKept } from './kept-history.js'
import { findContact, namedContact, needContact } from './names.js'
import type { EngineState } from './state.js'
import type { Transaction } from './transaction.js'

/** What recording an event came to. */
export type EventOutcome = Extract<Outcome, { readonly type: 'event.record' }>

/**
 * Records an event. One of an id that is there, or that was taken out, is a duplicate and changes nothing.
 *
 * @throws CoterieError `EVENT_FAR_FUTURE` where it lies further ahead than the option `maxAhead` allows, `EVENT_TOO_OLD`
 *   where older ones were folded away.
 */
export function recordEvent(state: EngineState, transaction: Transaction, change: EventRecord): EventOutcome {
  const { type, properties, id } = change.event
  const at = change.event.at ?? state.now
  if (!state.isReplaying) checkAhead(state.now, state.settings.maxAhead, at)
  const { ordinal, created } = namedContact(state, transaction, change.contact, 'event', change, at)
  const contactId = state.store.directory.idOf(ordinal)
  const duplicate = id !== undefined && state.store.history.eventById(ordinal, id) !== undefined
  if (!duplicate) {
    checkEventKept(state, type, at)
    const arrival = state.store.history.nextArrival()
    transaction.draft.addEvent(ordinal, { type, at, properties, ...(id === undefined ? undefined : { id }), arrival })
  }
  return { type: change.type, contactId, created, duplicate }
}

/** What recording an event at `now` would come to: the same outcome, the same refusals, and nothing changes. */
export function foreseeEvent(state: EngineState, change: EventRecord, now: number): EventOutcome {
  const { contact, event } = change
  const { type, id, at = now } = event
  checkAhead(now, state.settings.maxAhead, at)
  const ordinal = findContact(state, contact)
  const duplicate =
    ordinal !== undefined && id !== undefined && state.store.history.eventById(ordinal, id) !== undefined
  if (!duplicate) checkEventKept(state, type, at)
  if (ordinal === undefined && typeof contact === 'string' && state.settings.createsContacts) {
    return { type: change.type, contactId: contact, created: true, duplicate }
  }
  const contactId = state.store.directory.idOf(ordinal ?? needContact(state, contact))
  return { type: change.type, contactId, created: false, duplicate }
}

/**
 * Replaces an event by its id.
 *
 * @throws CoterieError `EVENT_UNKNOWN` where no event has it, or it was folded away; `EVENT_FAR_FUTURE`, `EVENT_TOO_OLD`.
 */
export function correctEvent(state: EngineState, transaction: Transaction, change: EventCorrect): Outcome {
  const ordinal = needContact(state, change.contact)
  const contactId = state.store.directory.idOf(ordinal)
  const before = state.store.history.eventById(ordinal, change.id)
  if (before === undefined || before === 'removed') {
    throw new CoterieError('EVENT_UNKNOWN', `Contact ${show(contactId)} has no event ${show(change.id)} to correct`, {
      path: ['id'],
      received: change.id,
      expected: state.store.folded.has(ordinal)
        ? 'the id of an event that was recorded and not folded away'
        : 'the id of an event that was recorded',
    })
  }
  const { type, properties, at = before.at } = change.event
  if (!state.isReplaying) checkAhead(state.now, state.settings.maxAhead, at)
  checkEventKept(state, type, at)
  transaction.touch(ordinal, 'event', change, at)
  const changed = type !== before.type || at !== before.at || !sameFields(properties, before.properties)
  if (changed) {
    transaction.draft.removeEvent(ordinal, before)
    transaction.draft.addEvent(ordinal, { type, at, properties, id: change.id, arrival: before.arrival })
  }
  return { type: change.type, contactId, changed }
}

/** Takes an event out and keeps its id, also where it has not come yet. */
export function removeEvent(state: EngineState, transaction: Transaction, change: EventRemove): Outcome {
  const ordinal = needContact(state, change.contact)
  const before = state.store.history.eventById(ordinal, change.id)
  const removed = before !== undefined && before !== 'removed'
  transaction.touch(ordinal, 'event', change, removed ? before.at : undefined)
  if (removed) transaction.draft.removeEvent(ordinal, before)
  transaction.draft.setRemoved(ordinal, change.id)
  const mayBeFolded = before === undefined && state.store.folded.has(ordinal)
  return {
    type: change.type,
    contactId: state.store.directory.idOf(ordinal),
    removed,
    ...(mayBeFolded ? { mayBeFolded } : undefined),
  }
}

/** Throws `EVENT_FAR_FUTURE` where an instant lies further ahead of the clock than the option `maxAhead` allows. */
export function checkAhead(now: number, maxAhead: number, at: number, path: Path = ['event', 'at']): void {
  if (at - now <= maxAhead) return
  throw new CoterieError('EVENT_FAR_FUTURE', 'The event lies too far ahead of the clock', {
    path,
    received: formatInstant(at),
    expected: `at most ${formatInstant(now + maxAhead)}; the option maxAhead allows more`,
  })
}
