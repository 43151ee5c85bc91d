import { grown, roomAfter } from '../base/grown.js'
import type { HeldEnd, HeldTotal } from '../contacts/folded.js'
import { Column } from './column.js'
import { missingCode } from './type-codes.js'

/*
 * What the folded events of one type came to, of all contacts, in columns: a row for each contact that had some, and for each
 * total that is kept a column for each of its parts. Nearly all totals are a count and two ends, forty bytes; a part that no
 * total has takes no room. What is read is made anew each time, so it stays as it was when the row is written again.
 */

/** What is left of a contact's events of a type. */
export interface HeldFolded {
  /** How many there were. */
  readonly events: number
  /** By key; a total that is kept and not here is of none. */
  readonly totals: ReadonlyMap<string, HeldTotal>
}

const noRow = -1

/** What is left of the folded events of one type, by ordinal. */
export class FoldedTotals {
  #rows = new Int32Array(0)
  /** Rows below the end that no contact has any more. */
  readonly #free: number[] = []
  #end = 0
  readonly #events = new Column()
  readonly #byKey = new Map<string, TotalColumns>()

  /** How many rows there are, with those that no contact has any more. */
  get rows(): number {
    return this.#end
  }

  /** How many events of a contact there were; 0 where none were folded away. */
  eventsOf(ordinal: number): number {
    const row = this.#rowOf(ordinal)
    return row === noRow ? 0 : this.#events.numberAt(row)
  }

  /** What a contact's events came to; undefined where that is nothing, or not kept. */
  total(ordinal: number, key: string): HeldTotal | undefined {
    const row = this.#rowOf(ordinal)
    return row === noRow ? undefined : this.#byKey.get(key)?.at(row)
  }

  /** All that is left of a contact's events; undefined where none were folded away. */
  get(ordinal: number): HeldFolded | undefined {
    const row = this.#rowOf(ordinal)
    if (row === noRow) return undefined
    const totals = new Map<string, HeldTotal>()
    for (const [key, columns] of this.#byKey) {
      const total = columns.at(row)
      if (total !== undefined) totals.set(key, total)
    }
    return { events: this.#events.numberAt(row), totals }
  }

  /** Writes what is left of a contact's events, or takes it away. */
  set(ordinal: number, folded: HeldFolded | undefined): void {
    if (folded === undefined) {
      this.#release(ordinal)
      return
    }
    const row = this.#rowFor(ordinal)
    this.#events.set(row, folded.events)
    for (const key of folded.totals.keys()) if (!this.#byKey.has(key)) this.#byKey.set(key, new TotalColumns())
    for (const [key, columns] of this.#byKey) columns.set(row, folded.totals.get(key))
  }

  /** Drops the totals of all other keys. */
  keepOnly(keys: ReadonlySet<string>): void {
    for (const key of this.#byKey.keys()) if (!keys.has(key)) this.#byKey.delete(key)
  }

  #rowOf(ordinal: number): number {
    return ordinal < this.#rows.length ? (this.#rows[ordinal] as number) : noRow
  }

  #rowFor(ordinal: number): number {
    const known = this.#rowOf(ordinal)
    if (known !== noRow) return known
    const has = this.#rows.length
    if (ordinal >= has) this.#rows = grown(this.#rows, new Int32Array(roomAfter(has, ordinal + 1)).fill(noRow, has))
    const row = this.#free.pop() ?? this.#end++
    this.#rows[ordinal] = row
    return row
  }

  #release(ordinal: number): void {
    const row = this.#rowOf(ordinal)
    if (row === noRow) return
    this.#events.set(row, undefined)
    for (const columns of this.#byKey.values()) columns.set(row, undefined)
    this.#rows[ordinal] = noRow
    this.#free.push(row)
  }
}

/** Totals of one key, by row. */
class TotalColumns {
  readonly #count = new Column()
  readonly #first = new EndColumns()
  readonly #last = new EndColumns()
  readonly #numbers = new Column()
  /** As numbers where those print as the same numeral, as texts where not. */
  readonly #sum = new Column()
  readonly #minimum = new Column()
  readonly #maximum = new Column()

  at(row: number): HeldTotal | undefined {
    if (this.#count.typeAt(row) === missingCode) return undefined
    const sum = this.#sum.get(row) as number | string | undefined
    const [minimum, maximum] = [this.#minimum.get(row), this.#maximum.get(row)]
    return Object.freeze({
      count: this.#count.numberAt(row),
      first: this.#first.at(row),
      last: this.#last.at(row),
      ...(sum === undefined ? undefined : { numbers: this.#numbers.numberAt(row), sum: String(sum) }),
      ...(minimum === undefined ? undefined : { minimum }),
      ...(maximum === undefined ? undefined : { maximum }),
    })
  }

  set(row: number, total: HeldTotal | undefined): void {
    this.#count.set(row, total?.count)
    this.#first.set(row, total?.first)
    this.#last.set(row, total?.last)
    this.#numbers.set(row, total?.numbers)
    this.#sum.set(row, total?.sum === undefined ? undefined : shortest(total.sum))
    this.#minimum.set(row, total?.minimum)
    this.#maximum.set(row, total?.maximum)
  }
}

/** The first or the last of the events of a total, by row. */
class EndColumns {
  readonly #at = new Column()
  readonly #id = new Column()
  readonly #arrival = new Column()
  readonly #value = new Column()

  /** The end of a total that is there: what counts any has both. */
  at(row: number): HeldEnd {
    const [code, value] = [this.#id.codeAt(row), this.#value.get(row)]
    return Object.freeze({
      at: this.#at.numberAt(row),
      ...(code < 0 ? undefined : { id: this.#id.dictionary.text(code) }),
      arrival: this.#arrival.numberAt(row),
      ...(value === undefined ? undefined : { value }),
    })
  }

  set(row: number, end: HeldEnd | undefined): void {
    this.#at.set(row, end?.at)
    this.#id.set(row, end?.id)
    this.#arrival.set(row, end?.arrival)
    this.#value.set(row, end?.value)
  }
}

function shortest(numeral: string): number | string {
  const number = Number(numeral)
  return String(number) === numeral ? number : numeral
}
