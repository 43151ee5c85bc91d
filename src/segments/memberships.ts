import { OrdinalSet, type OrdinalSnapshot } from '../base/ordinal-set.js'
import type { Saved } from '../base/saved.js'

/*
 * Who is a member of what, as one bit each, in rows by contact: a change asks about many segments of one contact, and
 * finds all answers side by side in memory. What a segment is asked, its count, stands beside; what needs all of its
 * members (iteration, set algebra) has a column, which is made from the rows when it is first asked for, and is kept up
 * to date from then on. So segments that nobody iterates cost a bit a contact and nothing more.
 *
 * A segment has a slot, its place in the rows; that of one that is taken away goes to the next. Rows grow by half when a
 * slot or an ordinal lies beyond them. Costs: `has`, `add`, `delete` and `count` O(1); the first column of a slot a look at
 * each row, later ones nothing.
 */

/** The members of one segment. */
export interface Members {
  readonly count: number
  has(ordinal: number): boolean
  /** The members as they are now, whatever changes later; in ascending order of ordinals. */
  snapshot(): OrdinalSnapshot
  /** Visits the members in ascending order. The visitor must not change them. */
  forEach(visit: (ordinal: number) => void): void
}

/** Memberships as they are kept, row by row. */
export type SavedMemberships = Saved<
  {
    readonly width: number
    readonly rows: number
    /** By slot, how many members there are. */
    readonly counts: readonly number[]
    /** The slots that nobody has; the last is given next. */
    readonly free: readonly number[]
  },
  readonly [words: Uint32Array<ArrayBuffer>]
>

/** The members of all segments. */
export class Memberships {
  #words = new Uint32Array(0)
  /** Words in a row. */
  #width = 0
  #rows = 0
  readonly #counts: number[] = []
  readonly #columns: (OrdinalSet | undefined)[] = []
  readonly #free: number[] = []

  /** All of them, for a snapshot. */
  save(): SavedMemberships {
    return {
      json: { width: this.#width, rows: this.#rows, counts: [...this.#counts], free: [...this.#free] },
      arrays: [this.#words.slice(0, this.#rows * this.#width)],
    }
  }

  /** Takes over what was saved; nobody may be a member of anything yet. */
  load({ json: { width, rows, counts, free }, arrays: [words] }: SavedMemberships): void {
    this.#width = width
    this.#rows = rows
    this.#words = words
    this.#counts.push(...counts)
    this.#columns.push(...counts.map(() => undefined))
    this.#free.push(...free)
  }

  /** A slot of which nobody is a member. */
  takeSlot(): number {
    const slot = this.#free.pop() ?? this.#counts.length
    this.#counts[slot] = 0
    this.#columns[slot] = undefined
    if (slot >>> 5 >= this.#width) this.#resize(this.#rows, Math.max((slot >>> 5) + 1, Math.ceil(this.#width * 1.5)))
    return slot
  }

  /** Gives a slot back; nobody may be a member any more. */
  releaseSlot(slot: number): void {
    this.#columns[slot] = undefined
    this.#free.push(slot)
  }

  has(slot: number, ordinal: number): boolean {
    return ordinal < this.#rows && (((this.#words[this.#place(slot, ordinal)] ?? 0) >>> (slot & 31)) & 1) === 1
  }

  /** Puts a contact in that is none of the members, or takes out one that is. */
  flip(slot: number, ordinal: number): void {
    if (ordinal >= this.#rows) this.#resize(Math.max(ordinal + 1, 16, Math.ceil(this.#rows * 1.5)), this.#width)
    const place = this.#place(slot, ordinal)
    const word = (this.#words[place] as number) ^ (1 << (slot & 31))
    this.#words[place] = word
    const entered = ((word >>> (slot & 31)) & 1) === 1
    this.#counts[slot] = (this.#counts[slot] ?? 0) + (entered ? 1 : -1)
    const column = this.#columns[slot]
    if (column === undefined) return
    if (entered) column.add(ordinal)
    else column.delete(ordinal)
  }

  count(slot: number): number {
    return this.#counts[slot] ?? 0
  }

  /** The members of a slot as a set of their own, which changes with them. */
  column(slot: number): OrdinalSet {
    return (this.#columns[slot] ??= this.#gather(slot))
  }

  /** The members of a slot as a set, for one look: it may not be written, and changes with them or does not. */
  look(slot: number): OrdinalSet {
    return this.#columns[slot] ?? this.#gather(slot)
  }

  /** Visits the slots of which a contact is a member, in ascending order. */
  forEachSlotOf(ordinal: number, visit: (slot: number) => void): void {
    if (ordinal >= this.#rows) return
    const start = ordinal * this.#width
    for (let i = 0; i < this.#width; i++) {
      for (let bits = this.#words[start + i] as number; bits !== 0; bits &= bits - 1) {
        visit((i << 5) + 31 - Math.clz32(bits & -bits))
      }
    }
  }

  #gather(slot: number): OrdinalSet {
    const column = new OrdinalSet()
    if (this.count(slot) === 0) return column
    // From above, so that the set takes its room at once.
    for (let ordinal = this.#rows - 1; ordinal >= 0; ordinal--) if (this.has(slot, ordinal)) column.add(ordinal)
    return column
  }

  #place(slot: number, ordinal: number): number {
    return ordinal * this.#width + (slot >>> 5)
  }

  #resize(rows: number, width: number): void {
    const words = new Uint32Array(rows * width)
    if (width === this.#width) words.set(this.#words)
    else {
      for (let row = 0; row < this.#rows; row++) {
        words.set(this.#words.subarray(row * this.#width, (row + 1) * this.#width), row * width)
      }
    }
    this.#words = words
    this.#rows = rows
    this.#width = width
  }
}

/** The members at a slot. */
export class SlotMembers implements Members {
  readonly slot: number
  readonly #all: Memberships

  /** At a slot of its own, or at one that it had. */
  constructor(all: Memberships, slot = all.takeSlot()) {
    this.#all = all
    this.slot = slot
  }

  get count(): number {
    return this.#all.count(this.slot)
  }

  has(ordinal: number): boolean {
    return this.#all.has(this.slot, ordinal)
  }

  /** Puts a contact in that is no member, or takes out one that is. */
  flip(ordinal: number): void {
    this.#all.flip(this.slot, ordinal)
  }

  /** The members as a set, which changes with them. */
  get set(): OrdinalSet {
    return this.#all.column(this.slot)
  }

  /** The members as a set for one look, which nothing is kept of. */
  look(): OrdinalSet {
    return this.#all.look(this.slot)
  }

  snapshot(): OrdinalSnapshot {
    return this.set.snapshot()
  }

  forEach(visit: (ordinal: number) => void): void {
    this.set.forEach(visit)
  }

  /** Gives the slot back. */
  release(): void {
    this.#all.releaseSlot(this.slot)
  }
}
