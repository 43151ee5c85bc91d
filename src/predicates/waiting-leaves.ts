import { DueQueue, type DueToken } from '../base/due-queue.js'
import type { ContactView } from '../contacts/contact.js'
import { leafMovesAfter } from '../rules/moves.js'
import { FieldIndex, type ChangedFields } from './field-index.js'
import type { Watched } from './watched.js'

interface Waiting<T> {
  readonly leaf: T
  readonly ordinal: number
}

/**
 * Leaves that time moves for each contact in its own way: anniversaries, which come back, and what is over events and
 * records. Each waits per contact, in one queue, for the next instant at which it may flip; that is asked of the contact
 * again whenever it came, or something changed that the leaf reads.
 */
export class WaitingLeaves<T extends Watched> {
  readonly #timeZone: string
  readonly #tokens = new Map<T, Map<number, DueToken>>()
  readonly #byField = new FieldIndex<T>()
  readonly #queue = new DueQueue<Waiting<T>>()

  constructor(timeZone: string) {
    this.#timeZone = timeZone
  }

  /** The next instant at which one may flip for somebody, or `undefined`. */
  get nextAt(): number | undefined {
    return this.#queue.nextAt
  }

  watch(leaf: T, contacts: Iterable<{ readonly ordinal: number; readonly view: ContactView }>, now: number): void {
    this.#tokens.set(leaf, new Map<number, DueToken>())
    this.#byField.add(leaf, leaf.fields)
    for (const { ordinal, view } of contacts) this.#wait(leaf, ordinal, view, now)
  }

  unwatch(leaf: T): void {
    const tokens = this.#tokens.get(leaf)
    if (tokens === undefined) return
    for (const token of tokens.values()) this.#queue.remove(token)
    this.#tokens.delete(leaf)
    this.#byField.delete(leaf, leaf.fields)
  }

  /** Whether a leaf waits that reads any of the fields. */
  isReading(changed: ChangedFields): boolean {
    return this.#byField.isReading(changed)
  }

  /** A contact's fields changed, or all of it: it came, or it went (`after` undefined). */
  contactChanged(ordinal: number, after: ContactView | undefined, changed: ChangedFields | 'all', now: number): void {
    const wait = (leaf: T): void => {
      this.#wait(leaf, ordinal, after, now)
    }
    if (changed === 'all') for (const leaf of this.#tokens.keys()) wait(leaf)
    else this.#byField.visitReading(changed, wait)
  }

  /** Visits those that are due up to `at`; each goes on waiting for its next instant. */
  takeDue(at: number, viewOf: (ordinal: number) => ContactView, visit: (leaf: T, ordinal: number) => void): void {
    for (const { leaf, ordinal } of this.#queue.takeDue(at)) {
      this.#tokens.get(leaf)?.delete(ordinal)
      this.#wait(leaf, ordinal, viewOf(ordinal), at)
      visit(leaf, ordinal)
    }
  }

  /** Waits for the next flip of a leaf for a contact, in place of the one waited for before. */
  #wait(leaf: T, ordinal: number, contact: ContactView | undefined, now: number): void {
    const tokens = this.#tokens.get(leaf)
    const token = tokens?.get(ordinal)
    if (token !== undefined) this.#queue.remove(token)
    tokens?.delete(ordinal)
    if (contact === undefined) return
    const at = leafMovesAfter(leaf.rule, { contact, now, timeZone: this.#timeZone, inSegment: () => false })
    if (at !== Infinity) tokens?.set(ordinal, this.#queue.add(at, { leaf, ordinal }))
  }
}
