import { grown, roomAfter } from '../base/grown.js'
import type { Saved } from '../base/saved.js'

/*
 * The rows of a table, in runs: those of one owner (a contact's events of a type, its tags) lie together and in order, so that
 * what is asked of an owner is a look at some neighbouring rows, and no object is kept per owner or row. Here is only where the
 * runs are; what stands in the rows is moved by the table, which is told what goes where.
 *
 * A run has room for the next of the sizes 1, 2, 3, 4, 6, 8, 12, 16, … above its count: the room follows from the count, and is
 * kept nowhere. A run that outgrows its room moves to a larger one, and its old room waits for the next that needs that size.
 * Room that waits is wasted when all runs grow, so once it is more than a quarter of all, the table is packed: runs one after
 * the other by owner, which also puts neighbours together for a scan. That costs a copy of all rows after at least a quarter as
 * many were freed, some few row copies for each. Per owner it takes eight bytes.
 */

/** Moves what stands in rows; they may overlap. */
export type MoveRows = (from: number, to: number, count: number) => void

/** Less than this is never packed. */
const smallTable = 1_024

/** Stands among {@link Runs.packed} for a row that nothing moved to. */
export const noRow = 0xffffffff

/** The end of all runs, and by owner where its run begins and how long it is. */
export type SavedRuns = Saved<number, readonly [starts: Uint32Array<ArrayBuffer>, counts: Uint32Array<ArrayBuffer>]>

/** Where the rows of each owner are. */
export class Runs {
  #starts = new Uint32Array(0)
  #counts = new Uint32Array(0)
  readonly #free = new Map<number, number[]>()
  #freeRows = 0
  #end = 0

  /** One more than the last row that is given away. */
  get end(): number {
    return this.#end
  }

  /** The owners' number of rows, by owner; owners beyond its end have none. Replaced as owners come. */
  get counts(): Uint32Array {
    return this.#counts
  }

  /** The owners' first rows, by owner; means nothing for one that has none. */
  get starts(): Uint32Array {
    return this.#starts
  }

  /** The first row of an owner that has some. */
  startOf(owner: number): number {
    return owner < this.#starts.length ? (this.#starts[owner] as number) : 0
  }

  countOf(owner: number): number {
    return owner < this.#counts.length ? (this.#counts[owner] as number) : 0
  }

  /** Makes a row at a place among those of an owner, and returns it; what stood there moves on. */
  insert(owner: number, place: number, move: MoveRows): number {
    this.#makeRoom(owner + 1)
    const count = this.#counts[owner] as number
    const from = this.#starts[owner] as number
    const to = this.#resized(from, count, count + 1)
    if (to !== from && place > 0) move(from, to, place)
    if (place < count) move(from + place, to + place + 1, count - place)
    this.#starts[owner] = to
    this.#counts[owner] = count + 1
    if (to !== from) this.#giveBack(from, roomFor(count))
    return to + place
  }

  /** Takes rows out, from a place among those of an owner on; what comes after them moves up. */
  remove(owner: number, place: number, many: number, move: MoveRows): void {
    const count = this.countOf(owner)
    const from = this.startOf(owner)
    const left = count - many
    const to = left === 0 ? from : this.#resized(from, count, left)
    if (to !== from && place > 0) move(from, to, place)
    if (place < left) move(from + place + many, to + place, left - place)
    this.#starts[owner] = to
    this.#counts[owner] = left
    if (to !== from || left === 0) this.#giveBack(from, roomFor(count))
  }

  /** Whether so much room waits that the table should be {@link packed}. */
  get isLoose(): boolean {
    return this.#end > smallTable && this.#freeRows * 4 > this.#end
  }

  /** Puts the runs one after the other, by owner; returns for each row from then on the row where its content stood, or {@link noRow}. */
  packed(): Uint32Array {
    const rows = new Uint32Array(this.#end - this.#freeRows).fill(noRow)
    let end = 0
    for (let owner = 0; owner < this.#counts.length; owner += 1) {
      const count = this.#counts[owner] as number
      const start = this.#starts[owner] as number
      this.#starts[owner] = end
      for (let place = 0; place < count; place += 1) rows[end + place] = start + place
      end += roomFor(count)
    }
    this.#free.clear()
    this.#freeRows = 0
    this.#end = end
    return rows
  }

  /** Where all runs are, for a snapshot. */
  save(): SavedRuns {
    return { json: this.#end, arrays: [this.#starts.slice(), this.#counts.slice()] }
  }

  /** Takes over what was saved; nothing may be here yet. Room that waits is only counted, until the table is packed. */
  load({ json: end, arrays: [starts, counts] }: SavedRuns): void {
    this.#starts = starts
    this.#counts = counts
    this.#end = end
    let taken = 0
    for (let owner = 0; owner < counts.length; owner += 1) taken += roomFor(counts[owner] as number)
    this.#freeRows = end - taken
  }

  /** Where a run of another count begins: where it is, if it has the same room. */
  #resized(start: number, count: number, next: number): number {
    const room = roomFor(next)
    if (room === roomFor(count)) return start
    const free = this.#free.get(room)?.pop()
    if (free !== undefined) {
      this.#freeRows -= room
      return free
    }
    this.#end += room
    return this.#end - room
  }

  #giveBack(start: number, room: number): void {
    if (room === 0) return
    const known = this.#free.get(room)
    if (known === undefined) this.#free.set(room, [start])
    else known.push(start)
    this.#freeRows += room
  }

  #makeRoom(owners: number): void {
    const has = this.#counts.length
    if (owners <= has) return
    const size = roomAfter(has, Math.max(owners, 16))
    this.#starts = grown(this.#starts, new Uint32Array(size))
    this.#counts = grown(this.#counts, new Uint32Array(size))
  }
}

/** The room of a run of so many rows: the next of 1, 2, 3, 4, 6, 8, 12, 16, … */
function roomFor(count: number): number {
  if (count <= 4) return count
  const half = 1 << (31 - Math.clz32(count - 1))
  return count <= half + (half >> 1) ? half + (half >> 1) : half * 2
}
