import type { ContactName } from '../changes/change.js'
import type { Receipt } from '../changes/receipt.js'
import type { Contact } from '../contacts/contact.js'
import type { Schema } from '../contacts/schema.js'
import type { Rule } from '../rules/ast.js'
import type { Core } from './core.js'
import { findContact } from './names.js'
import { findContacts } from './questions.js'
import type { AttributesOf } from './typed-attributes.js'

/** The contacts of an engine. Each method that changes something makes one `Change`, and throws what `apply` throws. */
export class Contacts<S extends Schema = Schema> {
  readonly #core: Core

  /** @internal */
  constructor(core: Core) {
    this.#core = core
  }

  /** How many contacts there are. */
  get count(): number {
    return this.#core.state.store.directory.count
  }

  /** Puts a contact, or replaces all attributes of one that is there, and nothing else of it. */
  put(contact: { readonly id: ContactName; readonly attributes?: AttributesOf<S> }): Receipt {
    return this.#core.make(() => ({
      type: 'contact.put',
      contact: contact.id,
      attributes: contact.attributes ?? {},
    }))
  }

  /** Changes the attributes named; `null` takes one away. */
  patch(contact: ContactName, attributes: AttributesOf<S>): Receipt {
    return this.#core.make(() => ({ type: 'contact.patch', contact, attributes }))
  }

  /** Takes a contact away with all that it has; it exits from all its segments. */
  remove(contact: ContactName): Receipt {
    return this.#core.make(() => ({ type: 'contact.remove', contact }))
  }

  /** Makes two contacts one: `into` wins, its gaps are filled from `from`, whose id becomes another name of it. */
  merge(names: { readonly from: ContactName; readonly into: ContactName }): Receipt {
    return this.#core.make(() => ({ type: 'contact.merge', from: names.from, into: names.into }))
  }

  /** Ties an outside identity, unique in its channel, to a contact; it can then be named by `{ channel, id }`. */
  identify(contact: ContactName, identity: { readonly channel: string; readonly id: string }): Receipt {
    return this.#core.make(() => ({ type: 'contact.identify', contact, channel: identity.channel, id: identity.id }))
  }

  /** Whether there is such a contact. */
  has(contact: ContactName): boolean {
    return findContact(this.#core.state, contact) !== undefined
  }

  /** A copy of a contact as plain data, or `undefined` where there is none. */
  get(contact: ContactName): Contact | undefined {
    const { state } = this.#core
    const ordinal = findContact(state, contact)
    return ordinal === undefined ? undefined : state.store.contact(ordinal)
  }

  /** The outside identities of a contact; none where there is no such contact. */
  identitiesOf(contact: ContactName): readonly { readonly channel: string; readonly id: string }[] {
    const { state } = this.#core
    const ordinal = findContact(state, contact)
    return ordinal === undefined ? [] : [...state.store.directory.namesOf(ordinal).identities]
  }

  /** The ids of all contacts, in the order in which they were put. */
  ids(): readonly string[] {
    const { directory } = this.#core.state.store
    return directory.inOrder().map((ordinal) => directory.idOf(ordinal))
  }

  /** The ids of the contacts that a rule holds for now, in the order in which they were put. Throws what `segments.define` throws of a rule. */
  find(rule: Rule): readonly string[] {
    return findContacts(this.#core.state, rule)
  }
}
