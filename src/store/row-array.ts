import { grown, roomAfter } from '../base/grown.js'
import { noRow, type Runs } from './runs.js'

type Numbers = Float64Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Int32Array<ArrayBuffer>

/** A number for each row of a table, which grows with the table's {@link Runs} and goes where its rows go. */
export class RowArray<T extends Numbers> {
  #make: (length: number) => T
  readonly #runs: Runs
  #numbers: T

  constructor(runs: Runs, make: (length: number) => T) {
    this.#make = make
    this.#runs = runs
    this.#numbers = make(0)
  }

  /** The numbers, by row. Replaced as the table grows. */
  get all(): T {
    return this.#numbers
  }

  /** A copy of all of them, for a snapshot. */
  save(): T {
    return this.#numbers.slice(0, this.#runs.end) as T
  }

  /** Takes over what was saved. */
  load(numbers: T): void {
    this.#numbers = numbers
  }

  /** Keeps the numbers in an array of another kind from now on, which must hold all of them. */
  keepIn(make: (length: number) => T): void {
    this.#make = make
    this.#numbers = grown(this.#numbers, make(this.#numbers.length))
  }

  at(row: number): number {
    return this.#numbers[row] as number
  }

  set(row: number, value: number): void {
    this.#makeRoom()
    this.#numbers[row] = value
  }

  /** Moves what stands in rows; they may overlap. */
  moveRows(from: number, to: number, count: number): void {
    this.#makeRoom()
    this.#numbers.copyWithin(to, from, from + count)
  }

  /** Puts the rows in another order: for each from then on where it stood. */
  arrange(rows: Uint32Array): void {
    const numbers = this.#make(rows.length)
    for (let row = 0; row < rows.length; row += 1) {
      const source = rows[row] as number
      if (source !== noRow) numbers[row] = this.#numbers[source] as number
    }
    this.#numbers = numbers
  }

  #makeRoom(): void {
    const { end } = this.#runs
    const has = this.#numbers.length
    if (end > has) this.#numbers = grown(this.#numbers, this.#make(roomAfter(has, Math.max(end, 32))))
  }
}
