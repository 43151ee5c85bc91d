import type { Cause } from '../changes/transition.js'
import type { HeldTag, Holder } from '../contacts/tag.js'
import { sameHolder } from '../contacts/tag.js'

/*
 * Who put which tag on whom and who took it off, when and by what: the last so many of these. They stand in one ring, in
 * the order in which they happened; the oldest makes room for the newest. Each knows the one before it of the same contact,
 * so those of a contact are a chain from its last one back to where the ring was written over. With a contact that is taken
 * away its chain goes too.
 *
 * Costs a step for each holder that came or went. To ask of a contact walks its chain, of all the ring.
 */

/** A holder of a contact's tag came or went. */
export interface TagTrailEntry {
  /** `added`: the contact had not had the tag; `held`: one more holder; `released`: one less; `removed`: it has it no more. */
  readonly type: 'added' | 'held' | 'released' | 'removed'
  readonly tag: string
  readonly contactId: string
  /** When, in ms. */
  readonly at: number
  /** Who came or went. */
  readonly holder: Holder
  /** Who took it off, where the change says so. */
  readonly by?: string
  /** The tag that took its place, in an exclusive group. */
  readonly displacedBy?: string
  readonly cause: Cause
}

/** What of the trail is asked for; a part that is left out asks for all. */
export interface TagTrailFilter {
  readonly tag?: string
  /** Instants in ms; `to` is not included. */
  readonly from?: number
  readonly to?: number
  /** At most so many, the latest ones. Default 1,000. */
  readonly limit?: number
}

interface Kept {
  ordinal: number
  entry: Omit<TagTrailEntry, 'contactId'>
  /** The number of the entry of the same contact before this one; −1 where there is none. */
  before: number
}

/** A trail as plain data: the number of the next entry, and each entry with its number and its contact's ordinal. */
export interface SavedTrail {
  readonly next: number
  readonly entries: readonly (readonly [number, number, Omit<TagTrailEntry, 'contactId'>])[]
}

/** The trail of tags, bounded. Entries have numbers that rise by one; the last `capacity` of them are there. */
export class TagTrail {
  readonly #capacity: number
  readonly #ring: (Kept | undefined)[] = []
  readonly #lastOf = new Map<number, number>()
  #next = 0

  /** `capacity` is how many entries are kept; 0 keeps none. */
  constructor(capacity: number) {
    this.#capacity = capacity
  }

  get isKept(): boolean {
    return this.#capacity > 0
  }

  add(ordinal: number, entry: Omit<TagTrailEntry, 'contactId'>): void {
    if (!this.isKept) return
    const number = this.#next
    const place = number % this.#capacity
    const overwritten = this.#ring[place]
    if (overwritten !== undefined && this.#lastOf.get(overwritten.ordinal) === number - this.#capacity)
      this.#lastOf.delete(overwritten.ordinal)
    this.#ring[place] = { ordinal, entry, before: this.#lastOf.get(ordinal) ?? -1 }
    this.#lastOf.set(ordinal, number)
    this.#next += 1
  }

  /** Forgets the entries of a contact that was taken away. */
  forget(ordinal: number): void {
    for (const number of [...this.#chain(ordinal)]) this.#ring[number % this.#capacity] = undefined
    this.#lastOf.delete(ordinal)
  }

  /** Gives the entries of a contact to the one that it was merged into. */
  merge(from: number, into: number): void {
    const numbers = [...this.#chain(from), ...this.#chain(into)].sort((a, b) => a - b)
    for (const [place, number] of numbers.entries()) {
      const kept = this.#at(number)
      if (kept !== undefined) Object.assign(kept, { ordinal: into, before: numbers[place - 1] ?? -1 })
    }
    const last = numbers.at(-1)
    this.#lastOf.delete(from)
    if (last !== undefined) this.#lastOf.set(into, last)
  }

  /** Lets entries of a tag go on under its new name. */
  rename(from: string, to: string): void {
    for (const kept of this.#ring) if (kept?.entry.tag === from) kept.entry = Object.freeze({ ...kept.entry, tag: to })
  }

  /** The entries asked for, oldest first. */
  find(
    { tag, from = -Infinity, to = Infinity, limit = 1000 }: TagTrailFilter,
    ordinal: number | undefined,
    idOf: (ordinal: number) => string,
  ): readonly TagTrailEntry[] {
    const found: TagTrailEntry[] = []
    for (const number of ordinal === undefined ? this.#all() : this.#chain(ordinal)) {
      if (found.length >= limit) break
      const kept = this.#at(number)
      if (kept === undefined) continue
      const { entry } = kept
      if ((tag !== undefined && entry.tag !== tag) || entry.at < from || entry.at >= to) continue
      found.push(Object.freeze({ ...entry, contactId: idOf(kept.ordinal) }))
    }
    return Object.freeze(found.reverse())
  }

  /** Lets entries have other causes. */
  recast(causeOf: (cause: Cause) => Cause): void {
    for (const kept of this.#ring) {
      if (kept === undefined) continue
      const cause = causeOf(kept.entry.cause)
      if (cause !== kept.entry.cause) kept.entry = Object.freeze({ ...kept.entry, cause })
    }
  }

  /** All of it as plain data, for a snapshot. */
  save(): SavedTrail {
    const entries: [number, number, Omit<TagTrailEntry, 'contactId'>][] = []
    for (const number of [...this.#all()].reverse()) {
      const kept = this.#at(number)
      if (kept !== undefined) entries.push([number, kept.ordinal, kept.entry])
    }
    return { next: this.#next, entries }
  }

  /** Takes over what was saved, as far as it has room; nothing may be there yet. */
  load({ next, entries }: SavedTrail): void {
    this.#next = next
    for (const [number, ordinal, entry] of entries) {
      if (!this.isKept || number < next - this.#capacity) continue
      this.#ring[number % this.#capacity] = { ordinal, entry, before: this.#lastOf.get(ordinal) ?? -1 }
      this.#lastOf.set(ordinal, number)
    }
  }

  /** The numbers of all entries, the latest first. */
  *#all(): Iterable<number> {
    for (let number = this.#next - 1; number >= Math.max(0, this.#next - this.#capacity); number -= 1) yield number
  }

  /** The numbers of a contact's entries, the latest first. */
  *#chain(ordinal: number): Iterable<number> {
    let number = this.#lastOf.get(ordinal) ?? -1
    for (let kept = this.#at(number); kept?.ordinal === ordinal; kept = this.#at(number)) {
      const { before } = kept
      yield number
      number = before
    }
  }

  /** The entry of a number, where it was not written over. */
  #at(number: number): Kept | undefined {
    const isThere = number >= 0 && number >= this.#next - this.#capacity
    return isThere ? this.#ring[number % this.#capacity] : undefined
  }
}

/** A holder that came or went, and what that was to the contact. */
export interface HolderMove {
  readonly type: TagTrailEntry['type']
  readonly holder: Holder
}

/** What happened to the holders of a contact's tag: who went, then who came. */
export function holderMoves(before: HeldTag | undefined, after: HeldTag | undefined): readonly HolderMove[] {
  const old = before?.holders ?? nobody
  const now = after?.holders ?? nobody
  const [only] = now
  // Nearly always a tag comes with whoever puts it on.
  if (before === undefined && only !== undefined && now.length === 1)
    return [{ type: 'added', holder: plainHolder(only) }]
  const went = old.filter((hold) => !now.some((other) => sameHolder(other, hold)))
  const came = now.filter((hold) => !old.some((other) => sameHolder(other, hold)))
  return [
    ...went.map((hold, place): HolderMove => {
      const isLast = after === undefined && place === went.length - 1
      return { type: isLast ? 'removed' : 'released', holder: plainHolder(hold) }
    }),
    ...came.map((hold, place): HolderMove => {
      return { type: before === undefined && place === 0 ? 'added' : 'held', holder: plainHolder(hold) }
    }),
  ]
}

const nobody: readonly never[] = Object.freeze([])

function plainHolder({ kind, by }: Holder): Holder {
  return Object.freeze(by === undefined ? { kind } : { kind, by })
}
