import type { ContactName } from '../changes/change.js'
import type { Receipt } from '../changes/receipt.js'
import type { ContactRecord } from '../contacts/record.js'
import type { Schema } from '../contacts/schema.js'
import type { Core } from './core.js'
import { findContact } from './names.js'
import type { CollectionName, RecordOf } from './typed-attributes.js'

/** What belongs to contacts: deals, tickets, orders with their lines. Each method that changes something makes one `Change`, and throws what `apply` throws. */
export class Records<S extends Schema = Schema> {
  readonly #core: Core

  /** @internal */
  constructor(core: Core) {
    this.#core = core
  }

  /** Puts a record into a collection of a contact, or replaces the one of its id as a whole. */
  put<C extends CollectionName<S>>(contact: ContactName, collection: C, record: RecordOf<S, C>): Receipt {
    return this.#core.make(() => ({ type: 'record.put', contact, collection, record }))
  }

  /** Takes a record out. */
  remove(contact: ContactName, collection: CollectionName<S>, id: string): Receipt {
    return this.#core.make(() => ({ type: 'record.remove', contact, collection, id }))
  }

  /** The records of a collection by id in code point order; none where there is no such contact. */
  of(contact: ContactName, collection: CollectionName<S>): readonly ContactRecord[] {
    const { state } = this.#core
    const ordinal = findContact(state, contact)
    return ordinal === undefined ? [] : state.store.history.records(ordinal, collection)
  }
}
