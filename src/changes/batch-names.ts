import type { Change, ContactName } from './change.js'

/** What is there before a batch. */
export interface KnownNames {
  /** The contact that a name leads to, as a number of its own, not negative; undefined where it leads to nobody. */
  contact(name: ContactName): number | undefined
  segment(id: string): boolean
}

/**
 * Which names lead somewhere while a batch is gone through: what was there before, and over it what the changes so far
 * did. Contacts are numbers; those put on the way get negative ones. A contact that is merged leads to another, and with
 * it all its names; one that is removed leads nowhere. A look costs about a step, since chains of merges are shortened
 * whenever they are walked.
 */
export class BatchNames {
  readonly #known: KnownNames
  readonly #ids = new Map<string, number>()
  readonly #identities = new Map<string, Map<string, number>>()
  readonly #mergedInto = new Map<number, number>()
  readonly #gone = new Set<number>()
  readonly #segments = new Map<string, boolean>()
  #contacts = 0
  #removals = 0

  constructor(known: KnownNames) {
    this.#known = known
  }

  /** Rises whenever a name may have stopped leading somewhere. */
  get removals(): number {
    return this.#removals
  }

  /** The contact that a name leads to. */
  contact(name: ContactName): number | undefined {
    const found = typeof name === 'string' ? this.#ids.get(name) : this.#identities.get(name.channel)?.get(name.id)
    const contact = found ?? this.#known.contact(name)
    if (contact === undefined) return undefined
    const living = this.#mergedInto.has(contact) ? this.#lastInto(contact) : contact
    return this.#gone.has(living) ? undefined : living
  }

  segment(id: string): boolean {
    return this.#segments.get(id) ?? this.#known.segment(id)
  }

  /** Notes what a change does to names. */
  apply(change: Change): void {
    switch (change.type) {
      case 'contact.put':
        this.#reach(change.contact)
        break
      case 'contact.remove': {
        const contact = this.#reach(change.contact)
        if (contact === undefined) break
        this.#gone.add(contact)
        this.#removals += 1
        break
      }
      case 'contact.merge': {
        const from = this.#reach(change.from)
        const into = this.#reach(change.into)
        if (from !== undefined && into !== undefined && from !== into) this.#mergedInto.set(from, into)
        break
      }
      case 'contact.identify': {
        const contact = this.#reach(change.contact)
        if (contact !== undefined && this.contact(change) === undefined) this.#tie(change.channel, change.id, contact)
        break
      }
      case 'segment.define':
        this.#segments.set(change.id, true)
        break
      case 'segment.remove':
        this.#segments.set(change.segment, false)
        this.#removals += 1
        break
      default:
        break
    }
  }

  /**
   * The contact that a name leads to, put where an id leads nowhere yet. For other changes than a put that is so when an
   * earlier one has created the contact, as engines do that are told to; elsewhere the batch will be refused.
   */
  #reach(name: ContactName): number | undefined {
    const contact = this.contact(name)
    if (contact !== undefined || typeof name !== 'string') return contact
    this.#contacts += 1
    this.#ids.set(name, -this.#contacts)
    return -this.#contacts
  }

  #tie(channel: string, id: string, contact: number): void {
    let ids = this.#identities.get(channel)
    if (ids === undefined) this.#identities.set(channel, (ids = new Map<string, number>()))
    ids.set(id, contact)
  }

  #lastInto(contact: number): number {
    let last = contact
    for (let into = this.#mergedInto.get(last); into !== undefined; into = this.#mergedInto.get(last)) last = into
    for (let at = contact; at !== last;) {
      const next = this.#mergedInto.get(at) ?? last
      this.#mergedInto.set(at, last)
      at = next
    }
    return last
  }
}
