import { OrdinalSet } from '../base/ordinal-set.js'
import type { HeldTag } from '../contacts/tag.js'

/** Who has which tag: by contact with its holders, and by tag as a set of ordinals. */
export class TagStore {
  readonly #byContact = new Map<number, Map<string, HeldTag>>()
  readonly #byTag = new Map<string, OrdinalSet>()
  /** The tags whose sets somebody holds. */
  readonly #held = new Set<string>()

  /** The contacts that have a tag, for those who ask again and again: it stays the same, also while nobody has it. */
  contactsWith(tag: string): OrdinalSet {
    this.#held.add(tag)
    return this.#setOf(tag)
  }

  /** The contacts that have a tag now; undefined where nobody has it. */
  contactsNow(tag: string): OrdinalSet | undefined {
    return this.#byTag.get(tag)
  }

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
    for (const [tag, { count }] of this.#byTag) if (count > 0) yield { tag, count }
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
    this.#setOf(tag).add(ordinal)
  }

  #setOf(tag: string): OrdinalSet {
    let contacts = this.#byTag.get(tag)
    if (contacts === undefined) this.#byTag.set(tag, (contacts = new OrdinalSet()))
    return contacts
  }

  #delete(ordinal: number, tag: string): void {
    const tags = this.#byContact.get(ordinal)
    if (tags?.delete(tag) !== true) return
    if (tags.size === 0) this.#byContact.delete(ordinal)
    const contacts = this.#byTag.get(tag)
    if (contacts?.delete(ordinal) === true && contacts.count === 0 && !this.#held.has(tag)) this.#byTag.delete(tag)
  }
}
