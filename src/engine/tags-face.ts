import type { ContactName } from '../changes/change.js'
import type { ContactsInput, HolderInput } from '../changes/input.js'
import type { Receipt } from '../changes/receipt.js'
import type { HeldTag } from '../contacts/tag.js'
import type { Core } from './core.js'
import { Catalogue } from './tag-catalogue-face.js'
import { findContact } from './names.js'

/** The tags that contacts have. Each method that changes something makes one `Change`, and throws what `apply` throws. */
export class Tags {
  /** What is known of the tags themselves: declarations, groups, names, who reads them, and their trail. */
  readonly catalogue: Catalogue
  readonly #core: Core

  /** @internal */
  constructor(core: Core) {
    this.#core = core
    this.catalogue = new Catalogue(core)
  }

  /**
   * Puts tags on contacts, one or many of each. The receipt's outcome says for each contact what was added and what was
   * there already. `holder` is who puts them on: `person` unless given.
   */
  add(contacts: ContactsInput, tags: string | readonly string[], holder?: HolderInput): Receipt {
    return this.#core.make(() => ({
      type: 'tag.add',
      contacts,
      tags,
      ...(holder === undefined ? undefined : { holder }),
    }))
  }

  /**
   * Takes tags off contacts, whoever holds them, but for automatic rules that do; the outcome says `heldBy`. With `holder`
   * only that one lets go, and a tag that others hold stays. Other tags are not touched. `by` says for the trail who does it.
   */
  remove(
    contacts: ContactsInput,
    tags: string | readonly string[],
    holder?: HolderInput,
    options: { readonly by?: string } = {},
  ): Receipt {
    return this.#core.make(() => ({
      type: 'tag.remove',
      contacts,
      tags,
      ...(holder === undefined ? undefined : { holder }),
      ...options,
    }))
  }

  /** The tags of a contact with their holders, oldest first; none where there is no such contact. */
  of(contact: ContactName): readonly HeldTag[] {
    const { state } = this.#core
    const ordinal = findContact(state, contact)
    return ordinal === undefined ? [] : state.store.contact(ordinal).tags
  }

  /** Whether a contact has a tag. */
  has(contact: ContactName, tag: string): boolean {
    const { state } = this.#core
    const ordinal = findContact(state, contact)
    return ordinal !== undefined && state.store.tags.get(ordinal, tag) !== undefined
  }

  /** Every tag that somebody has, and how many have it. */
  counts(): readonly { readonly tag: string; readonly count: number }[] {
    return [...this.#core.state.store.tags.counts()]
  }
}
