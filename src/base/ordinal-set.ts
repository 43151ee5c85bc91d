import { countBits, forEachBit, hasBit, lowestBit } from './words.js'

/** A set of ordinals as it was when it was taken; it never changes. */
export interface OrdinalSnapshot extends Iterable<number> {
  readonly count: number
  has(ordinal: number): boolean
  /** Visits the members in ascending order. */
  forEach(visit: (ordinal: number) => void): void
}

/**
 * A set of small whole numbers, such as contacts' ordinals, as one bit each; it grows as needed, and takes the room of
 * its largest member. `has`, `add`, `delete` and `count` are O(1), visiting is O(largest member / 32 + members).
 *
 * A snapshot is the words themselves, marked as shared; the first change after it goes to a copy. So a snapshot is
 * O(1), and costs one copy at most however many are taken between two changes.
 */
export class OrdinalSet {
  #words = new Uint32Array(0)
  #count = 0
  /** The snapshot that shares the words, if there is one. */
  #snapshot: OrdinalSnapshot | undefined

  /** The set of the bits of words, which are its own from then on. */
  static ofWords(words: Uint32Array<ArrayBuffer>): OrdinalSet {
    const set = new OrdinalSet()
    set.#words = words
    set.#count = countBits(words)
    return set
  }

  get count(): number {
    return this.#count
  }

  /** One bit for each ordinal, for a scan; ordinals beyond its end are not in. Replaced as the set grows. */
  get words(): Uint32Array {
    return this.#words
  }

  has(ordinal: number): boolean {
    return hasBit(this.#words, ordinal)
  }

  /** Puts an ordinal in, and says whether it was new. */
  add(ordinal: number): boolean {
    if (hasBit(this.#words, ordinal)) return false
    this.#makeWritable(ordinal)
    const word = ordinal >>> 5
    this.#words[word] = (this.#words[word] as number) | (1 << (ordinal & 31))
    this.#count++
    return true
  }

  /** Takes an ordinal out, and says whether it was there. */
  delete(ordinal: number): boolean {
    if (!hasBit(this.#words, ordinal)) return false
    this.#makeWritable(ordinal)
    const word = ordinal >>> 5
    this.#words[word] = (this.#words[word] as number) & ~(1 << (ordinal & 31))
    this.#count--
    return true
  }

  /** A set of those members that are in another too. */
  and(other: OrdinalSet): OrdinalSet {
    return OrdinalSet.ofWords(this.#words.map((word, place) => word & (other.#words[place] ?? 0)))
  }

  /** A set of the members of both. */
  or(other: OrdinalSet): OrdinalSet {
    const [more, fewer] = this.#words.length < other.#words.length ? [other, this] : [this, other]
    return OrdinalSet.ofWords(more.#words.map((word, place) => word | (fewer.#words[place] ?? 0)))
  }

  /** A set of those members that are not in another. */
  without(other: OrdinalSet): OrdinalSet {
    return OrdinalSet.ofWords(this.#words.map((word, place) => word & ~(other.#words[place] ?? 0)))
  }

  clear(): void {
    this.#words = new Uint32Array(0)
    this.#count = 0
    this.#snapshot = undefined
  }

  /** Visits the members in ascending order. The visitor must not change the set; a snapshot may be visited instead. */
  forEach(visit: (ordinal: number) => void): void {
    forEachBit(this.#words, visit)
  }

  /** Visits the members in ascending order, as long as the visitor says true. */
  forEachWhile(visit: (ordinal: number) => boolean): void {
    for (let i = 0; i < this.#words.length; i++) {
      for (let bits = this.#words[i] as number; bits !== 0; bits &= bits - 1) if (!visit(lowestBit(i, bits))) return
    }
  }

  /** The set as it is now. O(1). */
  snapshot(): OrdinalSnapshot {
    return (this.#snapshot ??= new BitSnapshot(this.#words, this.#count))
  }

  /** Makes the words this set's own, and long enough for `ordinal`. */
  #makeWritable(ordinal: number): void {
    const needed = (ordinal >>> 5) + 1
    const { length } = this.#words
    if (needed <= length && this.#snapshot === undefined) return
    const words = new Uint32Array(needed <= length ? length : Math.max(needed, 2 * length))
    words.set(this.#words)
    this.#words = words
    this.#snapshot = undefined
  }
}

class BitSnapshot implements OrdinalSnapshot {
  readonly count: number
  readonly #words: Uint32Array

  constructor(words: Uint32Array, count: number) {
    this.#words = words
    this.count = count
  }

  has(ordinal: number): boolean {
    return hasBit(this.#words, ordinal)
  }

  forEach(visit: (ordinal: number) => void): void {
    forEachBit(this.#words, visit)
  }

  *[Symbol.iterator](): Generator<number, void, undefined> {
    for (let i = 0; i < this.#words.length; i++) {
      for (let bits = this.#words[i] as number; bits !== 0; bits &= bits - 1) yield lowestBit(i, bits)
    }
  }
}
