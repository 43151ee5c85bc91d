import { OrdinalSet } from '../base/ordinal-set.js'
import type { HeldTag } from '../contacts/tag.js'

/** Who has which tag: by contact with its holders, and by tag as a set of ordinals. */
export class TagStore {
  readonly #byContact = new Map<number, Map<string, HeldTag>>()
  readonly #byTag = new Map<string, OrdinalSet>()

  get(ordinal: number, tag: string): HeldTag | undefined {
    return this.#byContact.get(ordinal)?.get(tag)
  }

  /** The tags of a contact, in no order that may be relied on. */
  of(ordinal: number): Iterable<HeldTag> {
    return this.#byContact.get(ordinal)?.values() ?? []
  }

  countOf(ordinal: number): number {
    return this.#byContact.get(ordinal)?.size ?? 0
  }

  /** Every tag that somebody has, and how many have it. */
  *counts(): Iterable<{ readonly tag: string; readonly count: number }> {
    for (const [tag, contacts] of this.#byTag) yield { tag, count: contacts.count }
  }

  /** Writes what a contact holds of a tag, or takes it away with `undefined`. */
  set(ordinal: number, tag: string, held: HeldTag | undefined): void {
    if (held === undefined) this.#delete(ordinal, tag)
    else this.#put(ordinal, tag, held)
  }

  #put(ordinal: number, tag: string, held: HeldTag): void {
    let tags = this.#byContact.get(ordinal)
    if (tags === undefined) this.#byContact.set(ordinal, (tags = new Map<string, HeldTag>()))
    tags.set(tag, held)
    let contacts = this.#byTag.get(tag)
    if (contacts === undefined) this.#byTag.set(tag, (contacts = new OrdinalSet()))
    contacts.add(ordinal)
  }

  #delete(ordinal: number, tag: string): void {
    const tags = this.#byContact.get(ordinal)
    if (tags?.delete(tag) !== true) return
    if (tags.size === 0) this.#byContact.delete(ordinal)
    const contacts = this.#byTag.get(tag)
    if (contacts?.delete(ordinal) === true && contacts.count === 0) this.#byTag.delete(tag)
  }
}
