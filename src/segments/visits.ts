import type { Saved } from '../base/saved.js'

/*
 * The visits of a segment's contacts: how many each has made, and since when the one that lasts does. An open hash table
 * over typed arrays, probed in steps of one, at most three quarters full: 16 bytes an entry, some 21 to 43 with the room
 * between, where a Map of objects takes over a hundred. An entry that is taken out is closed up by moving back those behind
 * it that belong further to the front, so no marks are left and the table never has to be swept.
 */

const nobody = -1

/** The table as it is: how many there are, and by place whose, how many visits, and since when. */
export type SavedVisits = Saved<
  number,
  readonly [ordinals: Int32Array<ArrayBuffer>, counts: Uint32Array<ArrayBuffer>, since: Float64Array<ArrayBuffer>]
>

/** Counts and beginnings of visits, by ordinal. */
export class Visits {
  #ordinals = new Int32Array(8).fill(nobody)
  #counts = new Uint32Array(8)
  #since = new Float64Array(8)
  #size = 0

  /** How many contacts ever were here, and are still there. */
  get size(): number {
    return this.#size
  }

  /** Begins a visit, and says the how many-th it is. */
  begin(ordinal: number, now: number): number {
    return this.set(ordinal, this.countOf(ordinal) + 1, now)
  }

  /** How many visits a contact has made, one that lasts included. */
  countOf(ordinal: number): number {
    return this.#counts[this.#placeOf(ordinal)] ?? 0
  }

  /** When a contact's last visit began, in ms; `undefined` where it never was here. */
  sinceOf(ordinal: number): number | undefined {
    const place = this.#placeOf(ordinal)
    return this.#ordinals[place] === nobody ? undefined : this.#since[place]
  }

  /** Writes what is known of a contact; returns the count. */
  set(ordinal: number, count: number, since: number): number {
    let place = this.#placeOf(ordinal)
    if (this.#ordinals[place] === nobody) {
      if (this.#size * 4 >= this.#ordinals.length * 3) {
        this.#grow()
        place = this.#placeOf(ordinal)
      }
      this.#ordinals[place] = ordinal
      this.#size += 1
    }
    this.#counts[place] = count
    this.#since[place] = since
    return count
  }

  /** Forgets a contact. */
  delete(ordinal: number): void {
    const mask = this.#ordinals.length - 1
    let gap = this.#placeOf(ordinal)
    if (this.#ordinals[gap] === nobody) return
    this.#size -= 1
    for (let next = (gap + 1) & mask; this.#ordinals[next] !== nobody; next = (next + 1) & mask) {
      const home = placeFor(this.#ordinals[next] as number, mask)
      // What stands between its home and here may not jump before its home.
      if (((next - home) & mask) < ((next - gap) & mask)) continue
      this.#move(next, gap)
      gap = next
    }
    this.#counts[gap] = 0
    this.#ordinals[gap] = nobody
  }

  /** Visits all contacts that ever were here and are still there, in no order. */
  forEach(visit: (ordinal: number, count: number, since: number) => void): void {
    for (let place = 0; place < this.#ordinals.length; place++) {
      const ordinal = this.#ordinals[place] as number
      if (ordinal !== nobody) visit(ordinal, this.#counts[place] as number, this.#since[place] as number)
    }
  }

  /** All of them, for a snapshot. */
  save(): SavedVisits {
    return { json: this.#size, arrays: [this.#ordinals.slice(), this.#counts.slice(), this.#since.slice()] }
  }

  /** Takes over what was saved, in place of all there is. */
  load({ json: size, arrays: [ordinals, counts, since] }: SavedVisits): void {
    this.#size = size
    this.#ordinals = ordinals
    this.#counts = counts
    this.#since = since
  }

  /** Where a contact stands, or would. */
  #placeOf(ordinal: number): number {
    const mask = this.#ordinals.length - 1
    let place = placeFor(ordinal, mask)
    while (this.#ordinals[place] !== nobody && this.#ordinals[place] !== ordinal) place = (place + 1) & mask
    return place
  }

  #move(from: number, to: number): void {
    this.#ordinals[to] = this.#ordinals[from] as number
    this.#counts[to] = this.#counts[from] as number
    this.#since[to] = this.#since[from] as number
  }

  #grow(): void {
    const [ordinals, counts, since] = [this.#ordinals, this.#counts, this.#since]
    const room = ordinals.length * 2
    this.#ordinals = new Int32Array(room).fill(nobody)
    this.#counts = new Uint32Array(room)
    this.#since = new Float64Array(room)
    for (let i = 0; i < ordinals.length; i++) {
      const ordinal = ordinals[i] as number
      if (ordinal === nobody) continue
      const place = this.#placeOf(ordinal)
      this.#ordinals[place] = ordinal
      this.#counts[place] = counts[i] as number
      this.#since[place] = since[i] as number
    }
  }
}

/** Spreads neighbouring ordinals (Fibonacci hashing: Knuth, The Art of Computer Programming 3, 6.4). */
function placeFor(ordinal: number, mask: number): number {
  const mixed = Math.imul(ordinal, 0x9e3779b1)
  return (mixed ^ (mixed >>> 16)) & mask
}
