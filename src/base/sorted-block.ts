/** How many pairs a block holds at most. */
export const blockCapacity = 512

/** What a block's lists begin with; they double as it fills, since many logs stay small. */
const firstCapacity = 8

/** A run of pairs in order, by key and then by ordinal: one block of a {@link SortedLog}. Never empty while in one. */
export class SortedBlock {
  keys: Float64Array
  ordinals: Uint32Array
  size: number

  constructor(keys = new Float64Array(firstCapacity), ordinals = new Uint32Array(firstCapacity), size = 0) {
    this.keys = keys
    this.ordinals = ordinals
    this.size = size
  }

  keyAt(place: number): number {
    return this.keys[place] as number
  }

  ordinalAt(place: number): number {
    return this.ordinals[place] as number
  }

  /** Whether the pair at `place` is before the given one. */
  isBefore(place: number, key: number, ordinal: number): boolean {
    const there = this.keyAt(place)
    return there < key || (there === key && this.ordinalAt(place) < ordinal)
  }

  /** Whether the pair at `place` is the given one; false past the end. */
  isAt(place: number, key: number, ordinal: number): boolean {
    return place < this.size && this.keyAt(place) === key && this.ordinalAt(place) === ordinal
  }

  /** The place of the first pair that is not before the given one; `size` if all are. */
  placeOf(key: number, ordinal: number): number {
    let low = 0
    let high = this.size
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.isBefore(middle, key, ordinal)) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Puts a pair at its place. The block must have room. */
  insert(place: number, key: number, ordinal: number): void {
    if (this.size === this.keys.length) this.#widen(Math.min(blockCapacity, 2 * this.size))
    this.keys.copyWithin(place + 1, place, this.size)
    this.ordinals.copyWithin(place + 1, place, this.size)
    this.keys[place] = key
    this.ordinals[place] = ordinal
    this.size++
  }

  removeAt(place: number): void {
    this.keys.copyWithin(place, place + 1, this.size)
    this.ordinals.copyWithin(place, place + 1, this.size)
    this.size--
  }

  /** Takes away the second half, and returns it as a block of its own. */
  split(): SortedBlock {
    const from = this.size >> 1
    const half = new SortedBlock(
      new Float64Array(this.keys.length),
      new Uint32Array(this.keys.length),
      this.size - from,
    )
    half.keys.set(this.keys.subarray(from, this.size))
    half.ordinals.set(this.ordinals.subarray(from, this.size))
    this.size = from
    return half
  }

  /** Adds all pairs of the block that follows. Both together must fit into one, and there is room: this one was full once. */
  append(following: SortedBlock): void {
    this.keys.set(following.keys.subarray(0, following.size), this.size)
    this.ordinals.set(following.ordinals.subarray(0, following.size), this.size)
    this.size += following.size
  }

  #widen(capacity: number): void {
    const keys = new Float64Array(capacity)
    const ordinals = new Uint32Array(capacity)
    keys.set(this.keys.subarray(0, this.size))
    ordinals.set(this.ordinals.subarray(0, this.size))
    this.keys = keys
    this.ordinals = ordinals
  }
}
