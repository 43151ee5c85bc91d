import type { ContactName, EventRecord } from '../changes/change.js'
import type { InstantInput } from '../changes/input.js'
import type { EventInput } from '../contacts/read-event.js'
import type { Receipt } from '../changes/receipt.js'
import type { ContactEvent } from '../contacts/event.js'
import type { Schema } from '../contacts/schema.js'
import { foreseeEvent } from './apply-event.js'
import { readable } from './arguments.js'
import type { Core } from './core.js'
import { findContact } from './names.js'
import type { EventOf } from './typed-attributes.js'

/** What contacts did. Each method that changes something makes one `Change`, and throws what `apply` throws. */
export class EventLog<S extends Schema = Schema> {
  readonly #core: Core

  /** @internal */
  constructor(core: Core) {
    this.#core = core
  }

  /** How many events there are, of all contacts. */
  get count(): number {
    return this.#core.state.store.history.eventCount
  }

  /**
   * Records an event: of now, of the past, or of the future, where it counts from its instant on. One whose id the contact
   * has already is a duplicate, which the outcome says, and changes nothing. Throws `EVENT_FAR_FUTURE`, `EVENT_TOO_OLD`.
   */
  record(contact: ContactName, event: EventOf<S>): Receipt {
    return this.#core.make(() => ({ type: 'event.record', contact, event: event as EventInput }))
  }

  /**
   * What `record` would come to, without recording anything: whether the event is a duplicate, and whose it is. Throws what
   * `record` would throw.
   */
  check(
    contact: ContactName,
    event: EventOf<S>,
  ): { readonly contactId: string; readonly created: boolean; readonly duplicate: boolean } {
    const { state } = this.#core
    const change = readable('CHANGE_INVALID', 'The arguments cannot be read', () =>
      this.#core.read({ type: 'event.record', contact, event: event as EventInput }),
    ) as EventRecord
    const now = Math.max(state.now, this.#core.hostTime() ?? -Infinity)
    const { contactId, created, duplicate } = foreseeEvent(state, change, now)
    return Object.freeze({ contactId, created, duplicate })
  }

  /** Replaces an event by its id; an instant that is left out stays. Throws `EVENT_UNKNOWN`, `EVENT_FAR_FUTURE`, `EVENT_TOO_OLD`. */
  correct(contact: ContactName, id: string, event: Omit<EventOf<S>, 'id'>): Receipt {
    return this.#core.make(() => ({ type: 'event.correct', contact, id, event: event as Omit<EventInput, 'id'> }))
  }

  /** Takes an event out and keeps its id, so that a late copy does not bring it back. */
  remove(contact: ContactName, id: string): Receipt {
    return this.#core.make(() => ({ type: 'event.remove', contact, id }))
  }

  /**
   * Folds events away that happened before an instant, as far as no live rule needs them; the outcome says how far, and which
   * segments stand in the way. What is folded can be corrected no more. Throws `CHANGE_INVALID` for an instant after now.
   */
  fold(before: InstantInput): Receipt {
    return this.#core.make(() => ({ type: 'event.fold', before }))
  }

  /** The events of a contact in order, or those of one type; none where there is no such contact. */
  of(contact: ContactName, type?: string): readonly ContactEvent[] {
    const { state } = this.#core
    const ordinal = findContact(state, contact)
    if (ordinal === undefined) return []
    const { events } = state.store.contact(ordinal)
    return type === undefined ? events : events.filter((event) => event.type === type)
  }
}
