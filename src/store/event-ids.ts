import type { Runs } from './runs.js'

/*
 * The ids of the events of a table, by row. There is no list of them until an event has one. A contact's few events are looked
 * through for an id; for one with many, an index of its ids is kept from the first look-up on.
 */

/** A contact with more events than this gets an index. */
const few = 48

/** The ids by row; null where no event has one. */
export type SavedEventIds = readonly (string | null)[] | null

/** The ids that events of one type have, unique within each contact. */
export class EventIds {
  readonly #runs: Runs
  #ids: (string | undefined)[] | undefined
  #count = 0
  /** By contact: those of its ids that are in this table. Where each is follows from a look through, which is rare. */
  readonly #indexed = new Map<number, Set<string>>()

  constructor(runs: Runs) {
    this.#runs = runs
  }

  /** The id of the event at a row; `undefined` where it has none. */
  at(row: number): string | undefined {
    return this.#ids?.[row]
  }

  /** The row of a contact's event with an id. */
  rowOf(ordinal: number, id: string): number | undefined {
    if (this.#ids === undefined) return undefined
    const count = this.#runs.countOf(ordinal)
    if (count > few && !this.#indexOf(ordinal).has(id)) return undefined
    const start = this.#runs.startOf(ordinal)
    for (let row = start + count - 1; row >= start; row -= 1) if (this.#ids[row] === id) return row
    return undefined
  }

  /** Writes the id of the event at a row. */
  add(ordinal: number, row: number, id: string): void {
    this.#ids ??= []
    reach(this.#ids, row)
    this.#ids[row] = id
    this.#count += 1
    this.#indexed.get(ordinal)?.add(id)
  }

  /** Forgets the id of the event at a row, if it has one. */
  delete(ordinal: number, row: number): void {
    const id = this.#ids?.[row]
    if (this.#ids === undefined || id === undefined) return
    this.#ids[row] = undefined
    this.#count -= 1
    const index = this.#indexed.get(ordinal)
    if (index?.delete(id) === true && index.size === 0) this.#indexed.delete(ordinal)
    if (this.#count === 0) this.#ids = undefined
  }

  /** Moves the ids of rows, which may overlap. */
  moveRows(from: number, to: number, count: number): void {
    const ids = this.#ids
    if (ids === undefined) return
    reach(ids, Math.max(from, to) + count)
    const moved = ids.slice(from, from + count)
    for (let place = 0; place < count; place += 1) ids[from + place] = undefined
    for (let place = 0; place < count; place += 1) ids[to + place] = moved[place]
  }

  /** Puts the rows in another order: for each from then on where it stood. */
  arrange(rows: Uint32Array): void {
    const ids = this.#ids
    if (ids !== undefined) this.#ids = Array.from(rows, (row) => ids[row])
  }

  /** All ids by row, for a snapshot; null where no event has one. */
  save(): SavedEventIds {
    return this.#ids === undefined ? null : this.#ids.map((id) => id ?? null)
  }

  /** Takes over what was saved; nothing may be here yet. */
  load(ids: SavedEventIds): void {
    if (ids === null) return
    this.#ids = ids.map((id) => id ?? undefined)
    this.#count = ids.filter((id) => id !== null).length
  }

  #indexOf(ordinal: number): Set<string> {
    let index = this.#indexed.get(ordinal)
    if (index !== undefined) return index
    index = new Set<string>()
    const start = this.#runs.startOf(ordinal)
    for (let row = start; row < start + this.#runs.countOf(ordinal); row += 1) {
      const id = this.#ids?.[row]
      if (id !== undefined) index.add(id)
    }
    this.#indexed.set(ordinal, index)
    return index
  }
}

/** Makes a list long enough without a gap in it, which would make it a slow one. */
function reach(ids: (string | undefined)[], length: number): void {
  while (ids.length < length) ids.push(undefined)
}
