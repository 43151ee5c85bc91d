import { formatDay } from '../base/civil.js'
import { grown, roomAfter } from '../base/grown.js'
import type { Saved } from '../base/saved.js'
import { wordsFor } from '../base/words.js'
import { epochDay, isDay, isInstant, typeOf, type ListValue, type Value } from '../contacts/value.js'
import { TextDictionary } from './text-dictionary.js'
import { missingCode, typeCodes, typesByCode } from './type-codes.js'

/*
 * One field of many rows: an attribute by the ordinals of the contacts, a property by the rows of events.
 *
 * Nearly every field holds values of one type, and then only the values are kept: codes of the dictionary for texts, four
 * bytes a row with -1 for none; for all else doubles (a number, 0 or 1, milliseconds, days since 1970) with NaN for none,
 * which no value is, so that any comparison is false of a missing value without a look at whether it is there. The first
 * value of another type adds a byte a row for the types, and moves codes among the doubles. Lists, which are rare, stand in a
 * map. No object is kept per value. The room is always for a multiple of 32 rows, so that a scan goes by words of bits.
 *
 * A column stays itself as its values come and go, and takes no room while there are none: who asks again and again may
 * hold it.
 */

/** How a column keeps its values: the code of the one type of all of them, 0 while there are none, or {@link mixed}. */
export type ColumnShape = number

/** The shape of a column whose values are of several types. */
export const mixed: ColumnShape = 7

const { text, list } = typeCodes
const noNumbers = new Float64Array(0)
const noCodes = new Int32Array(0)
const noTypes = new Uint8Array(0)
const none: readonly never[] = Object.freeze([])

/** A column as it is kept: its values, and the texts and lists among them. */
export type SavedColumn = Saved<
  {
    readonly shape: ColumnShape
    readonly count: number
    readonly lists: readonly (readonly [number, ListValue])[]
    readonly texts: readonly string[]
  },
  readonly [
    numbers: Float64Array<ArrayBuffer>,
    codes: Int32Array<ArrayBuffer>,
    types: Uint8Array<ArrayBuffer>,
    uses: Uint32Array<ArrayBuffer>,
  ]
>

/** The values of one field, by row. */
export class Column {
  /** The texts among the values, by code. */
  readonly dictionary = new TextDictionary()
  #shape: ColumnShape = missingCode
  #numbers = noNumbers
  #codes = noCodes
  #types = noTypes
  #lists: Map<number, ListValue> | undefined
  #count = 0
  #version = 0

  /** How many rows have a value here. */
  get count(): number {
    return this.#count
  }

  /** Rises whenever a value is written. */
  get version(): number {
    return this.#version
  }

  get shape(): ColumnShape {
    return this.#shape
  }

  /** By row, for a scan: the values of any shape but texts; rows beyond its end have none. Replaced as the column grows. */
  get numbers(): Float64Array {
    return this.#numbers
  }

  /** By row, for a scan: the codes of a column of texts. */
  get codes(): Int32Array {
    return this.#codes
  }

  /** By row, for a scan: the types of a mixed column. */
  get types(): Uint8Array {
    return this.#types
  }

  /** The code of the type at a row, of {@link typeCodes}; 0 where there is no value. */
  typeAt(row: number): number {
    const shape = this.#shape
    if (shape === mixed) return row < this.#types.length ? (this.#types[row] as number) : missingCode
    if (shape === text) return row < this.#codes.length && (this.#codes[row] as number) >= 0 ? text : missingCode
    if (row >= this.#numbers.length) return missingCode
    const value = this.#numbers[row] as number
    return value === value ? shape : missingCode
  }

  /** A number, 0 or 1, milliseconds, or days since 1970, by the type at the row; means nothing for texts and lists. */
  numberAt(row: number): number {
    return row < this.#numbers.length ? (this.#numbers[row] as number) : NaN
  }

  /** The code of the text at a row; -1 where there is none. */
  codeAt(row: number): number {
    if (this.#shape === text) return row < this.#codes.length ? (this.#codes[row] as number) : -1
    return this.#shape === mixed && this.#types[row] === text ? (this.#numbers[row] as number) : -1
  }

  /** The list at a row. */
  listAt(row: number): ListValue | undefined {
    return this.#lists?.get(row)
  }

  /** The value at a row, or `undefined` where it is missing. */
  get(row: number): Value | undefined {
    switch (typesByCode[this.typeAt(row)]) {
      case undefined:
        return undefined
      case 'text':
        return this.dictionary.text(this.codeAt(row))
      case 'number':
        return this.numberAt(row)
      case 'boolean':
        return this.numberAt(row) === 1
      case 'instant':
        return Object.freeze({ instant: this.numberAt(row) })
      case 'day':
        return Object.freeze({ day: formatDay(this.numberAt(row)) })
      case 'list':
        return this.listAt(row)
    }
  }

  /** Writes a value, or takes it away with `undefined`. */
  set(row: number, value: Value | undefined): void {
    this.#clear(row)
    if (value === undefined) return
    this.#version += 1
    this.#count += 1
    const type = typeCodes[typeOf(value)]
    if (this.#shape !== type) this.#take(type)
    this.#makeRoom(row + 1)
    const coded = this.#coded(row, value)
    if (this.#shape === text) this.#codes[row] = coded
    else this.#numbers[row] = coded
    if (this.#shape === mixed) this.#types[row] = type
  }

  /** Moves what stands in rows, which may overlap where it goes to; what stood there must have been taken away. */
  moveRows(from: number, to: number, count: number): void {
    this.#makeRoom(Math.max(from, to) + count)
    const lists = this.#lists === undefined ? none : this.#takeLists(this.#lists, from, count)
    if (this.#shape === text) this.#codes.copyWithin(to, from, from + count)
    else this.#numbers.copyWithin(to, from, from + count)
    if (this.#shape === mixed) this.#types.copyWithin(to, from, from + count)
    // Behind what moved on, or before what moved up, lies what was moved.
    if (to > from) this.#forget(from, Math.min(to, from + count))
    else this.#forget(Math.max(from, to + count), from + count)
    for (const [row, value] of lists) this.#lists?.set(row - from + to, value)
    this.#version += 1
  }

  /** Puts the rows in another order: for each from then on where it stood, or beyond all rows where nothing did. */
  arrange(rows: Uint32Array): void {
    const lists = this.#lists
    const size = wordsFor(rows.length) * 32
    if (this.#shape === text) this.#codes = gathered(new Int32Array(size).fill(-1), rows, this.#codes)
    else if (this.#shape !== missingCode)
      this.#numbers = gathered(new Float64Array(size).fill(NaN), rows, this.#numbers)
    if (this.#shape === mixed) this.#types = gathered(new Uint8Array(size), rows, this.#types)
    this.#version += 1
    if (lists === undefined) return
    this.#lists = new Map<number, ListValue>()
    for (const [row, from] of rows.entries()) {
      const value = lists.get(from)
      if (value !== undefined) this.#lists.set(row, value)
    }
  }

  #takeLists(lists: Map<number, ListValue>, from: number, count: number): readonly (readonly [number, ListValue])[] {
    const taken: (readonly [number, ListValue])[] = []
    for (let row = from; row < from + count; row += 1) {
      const value = lists.get(row)
      if (value !== undefined && lists.delete(row)) taken.push([row, value])
    }
    return taken
  }

  #forget(from: number, to: number): void {
    if (this.#shape === text) this.#codes.fill(-1, from, to)
    else this.#numbers.fill(NaN, from, to)
    if (this.#shape === mixed) this.#types.fill(missingCode, from, to)
  }

  #coded(row: number, value: Value): number {
    if (typeof value === 'string') return this.dictionary.retain(value)
    if (typeof value === 'number') return value
    if (typeof value === 'boolean') return value ? 1 : 0
    if (isInstant(value)) return value.instant
    if (isDay(value)) return epochDay(value)
    this.#lists ??= new Map<number, ListValue>()
    this.#lists.set(row, value)
    return 0
  }

  #clear(row: number): void {
    const type = this.typeAt(row)
    if (type === missingCode) return
    this.#version += 1
    this.#count -= 1
    if (type === text) this.dictionary.release(this.codeAt(row))
    if (type === list) this.#lists?.delete(row)
    if (this.#count === 0) this.#empty()
    else if (this.#shape === text) this.#codes[row] = -1
    else {
      this.#numbers[row] = NaN
      if (this.#shape === mixed) this.#types[row] = missingCode
    }
  }

  /** All of it as far as `rows`, for a snapshot. */
  save(rows: number): SavedColumn {
    const end = wordsFor(rows) * 32
    const texts = this.dictionary.save()
    return {
      json: { shape: this.#shape, count: this.#count, lists: [...(this.#lists ?? none)], texts: texts.json },
      arrays: [this.#numbers.slice(0, end), this.#codes.slice(0, end), this.#types.slice(0, end), ...texts.arrays],
    }
  }

  /** Takes over what was saved; nothing may be here yet. */
  load({ json: { shape, count, lists, texts }, arrays: [numbers, codes, types, uses] }: SavedColumn): void {
    this.dictionary.load({ json: texts, arrays: [uses] })
    this.#shape = shape
    this.#count = count
    this.#numbers = numbers
    this.#codes = codes
    this.#types = types
    if (lists.length > 0) this.#lists = new Map(lists.map(([row, held]) => [row, Object.freeze(held)]))
    this.#version += 1
  }

  #empty(): void {
    this.#shape = missingCode
    this.#numbers = noNumbers
    this.#codes = noCodes
    this.#types = noTypes
    this.#lists = undefined
  }

  /** Makes the column one that can hold values of a type. */
  #take(type: number): void {
    if (this.#shape === missingCode) this.#shape = type
    else if (this.#shape !== mixed) this.#mix()
  }

  #mix(): void {
    const shape = this.#shape
    const rows = Math.max(this.#numbers.length, this.#codes.length)
    const types = new Uint8Array(rows)
    for (let row = 0; row < rows; row += 1) types[row] = this.typeAt(row)
    if (shape === text) {
      this.#numbers = Float64Array.from(this.#codes, (code) => (code < 0 ? NaN : code))
      this.#codes = noCodes
    }
    this.#types = types
    this.#shape = mixed
  }

  #makeRoom(rows: number): void {
    if (this.#shape === missingCode) return
    const has = this.#shape === text ? this.#codes.length : this.#numbers.length
    if (rows <= has) return
    const size = wordsFor(roomAfter(has, rows)) * 32
    if (this.#shape === text) {
      this.#codes = grown(this.#codes, new Int32Array(size).fill(-1, has))
      return
    }
    this.#numbers = grown(this.#numbers, new Float64Array(size).fill(NaN, has))
    if (this.#shape === mixed) this.#types = grown(this.#types, new Uint8Array(size))
  }
}

/** Fills rows from those that are named, as far as they exist. */
function gathered<T extends Int32Array | Float64Array | Uint8Array>(into: T, rows: Uint32Array, from: T): T {
  for (let row = 0; row < rows.length; row += 1) {
    const source = rows[row] as number
    if (source < from.length) into[row] = from[source] as number
  }
  return into
}
