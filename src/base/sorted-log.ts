import { blockCapacity, SortedBlock } from './sorted-block.js'

/** Neighbours that hold no more than this together become one. Half of a full block, so that none splits again soon. */
const mergedSize = blockCapacity / 2

/**
 * Pairs of a key (a double, never NaN) and an ordinal (a whole number from 0 to 2³² − 1), in order of key and then of
 * ordinal, none twice. Serves as an index of values, instants and window edges.
 *
 * The pairs stand in a list of blocks of at most 512, each two typed arrays; all pairs of a block are before those of
 * the next. A pair is found by a binary search over the blocks' first pairs, then one within the block, O(log n). To
 * put one in or take one out moves at most one block's pairs; a full block is split in halves (or, when the pair goes
 * after the last of all, followed by a new one, so that pairs that come in order fill their blocks), and neighbours
 * that have become small are joined, so that on average blocks stay a quarter full or better. The list of blocks,
 * n/256 references, is moved only when a block comes or goes.
 *
 * Visitors must not change the log.
 */
export class SortedLog {
  readonly #blocks: SortedBlock[] = []
  #size = 0

  /** How many pairs there are. */
  get size(): number {
    return this.#size
  }

  /** Puts a pair in, and says whether it was new. */
  add(key: number, ordinal: number): boolean {
    const index = this.#blockOf(key, ordinal)
    const block = this.#blocks[index] ?? this.#insertBlock(0, new SortedBlock())
    const place = block.placeOf(key, ordinal)
    if (block.isAt(place, key, ordinal)) return false
    this.#size++
    if (block.size < blockCapacity) {
      block.insert(place, key, ordinal)
    } else if (place === block.size && index === this.#blocks.length - 1) {
      this.#insertBlock(index + 1, new SortedBlock()).insert(0, key, ordinal)
    } else {
      const half = this.#insertBlock(index + 1, block.split())
      if (place <= block.size) block.insert(place, key, ordinal)
      else half.insert(place - block.size, key, ordinal)
    }
    return true
  }

  /** Takes a pair out, and says whether it was there. */
  remove(key: number, ordinal: number): boolean {
    const index = this.#blockOf(key, ordinal)
    const block = this.#blocks[index]
    if (block === undefined) return false
    const place = block.placeOf(key, ordinal)
    if (!block.isAt(place, key, ordinal)) return false
    block.removeAt(place)
    this.#size--
    if (block.size === 0) this.#blocks.splice(index, 1)
    else if (block.size < mergedSize) this.#joinAround(index)
    return true
  }

  /** The least key above `key`, or undefined where there is none. */
  firstAbove(key: number): number | undefined {
    const index = this.#blockOf(key, Infinity)
    const block = this.#blocks[index]
    if (block === undefined) return undefined
    const place = block.placeOf(key, Infinity)
    return place < block.size ? block.keyAt(place) : this.#blocks[index + 1]?.keyAt(0)
  }

  /** Visits the ordinals at exactly `key`, in order. */
  forEachAt(key: number, visit: (ordinal: number) => void): void {
    this.#forEachFrom(key, (there, ordinal) => {
      if (there !== key) return false
      visit(ordinal)
      return true
    })
  }

  /** Visits the pairs with `from ≤ key < to`, in order. */
  forEachBetween(from: number, to: number, visit: (key: number, ordinal: number) => void): void {
    this.#forEachFrom(from, (key, ordinal) => {
      if (!(key < to)) return false
      visit(key, ordinal)
      return true
    })
  }

  /** How many pairs have a key below `key`. Adds up the sizes of the blocks before, n/256 or so of them. */
  countBelow(key: number): number {
    const index = this.#blockOf(key, -1)
    let count = this.#blocks[index]?.placeOf(key, -1) ?? 0
    for (let i = 0; i < index; i++) count += (this.#blocks[i] as SortedBlock).size
    return count
  }

  /** Visits pairs in order, from the first whose key is not below `key`, until the visitor says false. */
  #forEachFrom(key: number, visit: (key: number, ordinal: number) => boolean): void {
    let index = this.#blockOf(key, -1)
    let place = this.#blocks[index]?.placeOf(key, -1) ?? 0
    for (; index < this.#blocks.length; index++) {
      const block = this.#blocks[index] as SortedBlock
      for (; place < block.size; place++) {
        if (!visit(block.keyAt(place), block.ordinalAt(place))) return
      }
      place = 0
    }
  }

  /** The last block that begins at or before the given pair, or the first; it is where the pair is or belongs. */
  #blockOf(key: number, ordinal: number): number {
    let low = 0
    let high = this.#blocks.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      const block = this.#blocks[middle] as SortedBlock
      if (block.isBefore(0, key, ordinal) || block.isAt(0, key, ordinal)) low = middle
      else high = middle - 1
    }
    return low
  }

  #insertBlock(index: number, block: SortedBlock): SortedBlock {
    this.#blocks.splice(index, 0, block)
    return block
  }

  /** Joins the block with a neighbour where both together are small. */
  #joinAround(index: number): void {
    for (const first of [index - 1, index]) {
      const block = this.#blocks[first]
      const following = this.#blocks[first + 1]
      if (block === undefined || following === undefined || block.size + following.size > mergedSize) continue
      block.append(following)
      this.#blocks.splice(first + 1, 1)
      return
    }
  }
}
