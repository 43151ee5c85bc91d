import { forEachBit } from './words.js'

/*
 * A set of ordinals that takes room by how many there are: 65,536 ordinals share a chunk, and a chunk is a sorted list of their
 * lower sixteen bits while it holds few, and one bit for each while it holds many. A list is two bytes a member, bits are eight
 * kilobytes a chunk, so neither takes more than twice what the better one would. `has` is a bit, or a search in a list of at
 * most 4,096; `add` and `delete` move at most eight kilobytes.
 */

const chunkSize = 65_536
/** A list of more becomes bits, which then take less; */
const mostListed = 4_096
/** and bits of fewer become a list, not at once, so that one that comes and goes moves nothing else. */
const fewestBits = 2_048

/** A set of ordinals of which there may be few or many. */
export class ChunkedSet {
  readonly #chunks: (Chunk | undefined)[] = []
  #count = 0

  get count(): number {
    return this.#count
  }

  has(ordinal: number): boolean {
    return this.#chunks[ordinal >>> 16]?.has(ordinal & 0xffff) ?? false
  }

  /** Puts an ordinal in, and says whether it was new. */
  add(ordinal: number): boolean {
    const place = ordinal >>> 16
    while (this.#chunks.length <= place) this.#chunks.push(undefined)
    const chunk = (this.#chunks[place] ??= new Chunk())
    const isNew = chunk.add(ordinal & 0xffff)
    if (isNew) this.#count += 1
    return isNew
  }

  /** Takes an ordinal out, and says whether it was there. */
  delete(ordinal: number): boolean {
    const chunk = this.#chunks[ordinal >>> 16]
    if (chunk?.delete(ordinal & 0xffff) !== true) return false
    this.#count -= 1
    if (chunk.count === 0) this.#chunks[ordinal >>> 16] = undefined
    return true
  }

  /** Visits the members in ascending order. The visitor must not change the set. */
  forEach(visit: (ordinal: number) => void): void {
    for (const [place, chunk] of this.#chunks.entries()) {
      chunk?.forEach((low) => {
        visit(place * chunkSize + low)
      })
    }
  }

  /** A bit for each ordinal up to the last chunk that has members: a copy, for a scan. */
  toWords(): Uint32Array<ArrayBuffer> {
    const words = new Uint32Array((this.#chunks.length * chunkSize) / 32)
    for (const [place, chunk] of this.#chunks.entries())
      chunk?.fill(words.subarray((place * chunkSize) / 32, ((place + 1) * chunkSize) / 32))
    return words
  }
}

/** The members of a set among 65,536 ordinals. */
class Chunk {
  #list: Uint16Array | undefined = new Uint16Array(4)
  #bits: Uint32Array | undefined
  #count = 0

  get count(): number {
    return this.#count
  }

  has(low: number): boolean {
    if (this.#bits !== undefined) return (((this.#bits[low >>> 5] as number) >>> (low & 31)) & 1) === 1
    const place = this.#placeOf(low)
    return place < this.#count && this.#list?.[place] === low
  }

  add(low: number): boolean {
    if (this.has(low)) return false
    if (this.#list !== undefined && this.#count === mostListed) this.#becomeBits()
    if (this.#bits !== undefined) this.#bits[low >>> 5] = (this.#bits[low >>> 5] as number) | (1 << (low & 31))
    else if (this.#list !== undefined) this.#insert(this.#list, low)
    this.#count += 1
    return true
  }

  delete(low: number): boolean {
    if (!this.has(low)) return false
    if (this.#bits !== undefined) this.#bits[low >>> 5] = (this.#bits[low >>> 5] as number) & ~(1 << (low & 31))
    else this.#list?.copyWithin(this.#placeOf(low), this.#placeOf(low) + 1, this.#count)
    this.#count -= 1
    if (this.#bits !== undefined && this.#count < fewestBits) this.#becomeList(this.#bits)
    return true
  }

  forEach(visit: (low: number) => void): void {
    if (this.#bits !== undefined) forEachBit(this.#bits, visit)
    else for (let place = 0; place < this.#count; place += 1) visit(this.#list?.[place] as number)
  }

  fill(words: Uint32Array): void {
    if (this.#bits !== undefined) words.set(this.#bits)
    else
      this.forEach((low) => {
        words[low >>> 5] = (words[low >>> 5] as number) | (1 << (low & 31))
      })
  }

  /** The place of the first in the list that is not below. Most ordinals come in order, so the end is tried first. */
  #placeOf(low: number): number {
    const list = this.#list
    if (list === undefined || this.#count === 0 || (list[this.#count - 1] as number) < low) return this.#count
    let from = 0
    let to = this.#count - 1
    while (from < to) {
      const middle = (from + to) >> 1
      if ((list[middle] as number) < low) from = middle + 1
      else to = middle
    }
    return from
  }

  #insert(list: Uint16Array, low: number): void {
    let into = list
    if (this.#count === list.length) {
      into = new Uint16Array(list.length + (list.length >> 1))
      into.set(list)
      this.#list = into
    }
    const place = this.#placeOf(low)
    into.copyWithin(place + 1, place, this.#count)
    into[place] = low
  }

  #becomeBits(): void {
    const bits = new Uint32Array(chunkSize / 32)
    this.fill(bits)
    this.#bits = bits
    this.#list = undefined
  }

  #becomeList(bits: Uint32Array): void {
    const list = new Uint16Array(mostListed)
    let place = 0
    forEachBit(bits, (low) => {
      list[place] = low
      place += 1
    })
    this.#list = list
    this.#bits = undefined
  }
}
