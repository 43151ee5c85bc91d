import type { NumberArray, Saved } from '../base/saved.js'
import { compareText } from '../base/text.js'
import { compareEvents, type HeldEvent } from '../contacts/event.js'
import type { Value } from '../contacts/value.js'
import { Column, type SavedColumn } from './column.js'
import { EventIds, type SavedEventIds } from './event-ids.js'
import { RowArray } from './row-array.js'
import { Runs, type SavedRuns } from './runs.js'

/*
 * The events of one type, of all contacts, in columns: when each was, in what order it arrived, and a column for each property
 * that any of them has. A contact's events are a run of rows in their order, so those of a window are two binary searches, and
 * an aggregate goes over neighbouring numbers. An event becomes an object only when somebody asks for it as one.
 *
 * Rows move whenever an event comes or goes; they are good until then.
 */

/** Four bytes for each event, until more arrived than can be told apart with them. */
type Arrivals = Uint32Array<ArrayBuffer> | Float64Array<ArrayBuffer>

const mostNarrowArrivals = 0xffffffff

/** Events as they are kept: a column of four arrays for each property behind the others. */
export type SavedEvents = Saved<{
  readonly type: string
  readonly size: number
  readonly end: number
  readonly ids: SavedEventIds
  readonly properties: readonly (readonly [string, SavedColumn['json']])[]
}>

type SavedEventArrays = readonly [
  ...SavedRuns['arrays'],
  instants: Float64Array<ArrayBuffer>,
  arrivals: Arrivals,
  ...columns: NumberArray[],
]

/** The events of a type. */
export class EventTable {
  readonly #type: string
  readonly #runs = new Runs()
  readonly #instants = new RowArray(this.#runs, (length) => new Float64Array(length))
  readonly #arrivals = new RowArray<Arrivals>(this.#runs, (length) => new Uint32Array(length))
  readonly #properties = new Map<string, Column>()
  readonly #held = new Set<string>()
  readonly #ids = new EventIds(this.#runs)
  #size = 0

  constructor(type: string) {
    this.#type = type
  }

  /** How many events there are. */
  get size(): number {
    return this.#size
  }

  /** When the event of each row was, in ms, for a scan. Replaced as the table grows. */
  get instants(): Float64Array {
    return this.#instants.all
  }

  /** Where the rows of each contact are, for a scan. */
  get runs(): Runs {
    return this.#runs
  }

  /** How many events a contact has. */
  countOf(ordinal: number): number {
    return this.#runs.countOf(ordinal)
  }

  /** The row of a contact's first event; the others follow in their order. Means nothing where it has none. */
  startOf(ordinal: number): number {
    return this.#runs.startOf(ordinal)
  }

  /** When the event of a row was, in ms. */
  instantAt(row: number): number {
    return this.#instants.at(row)
  }

  /** The row of the first of a contact's events that is not before an instant; the row after its last where all are. */
  rowFrom(ordinal: number, instant: number): number {
    const start = this.#runs.startOf(ordinal)
    return firstRowFrom(this.instants, start, start + this.#runs.countOf(ordinal), instant)
  }

  /** How many of a contact's events are at or after one instant and before another. */
  countBetween(ordinal: number, from: number, to: number): number {
    if (this.#runs.countOf(ordinal) === 0) return 0
    return Math.max(0, this.rowFrom(ordinal, to) - this.rowFrom(ordinal, from))
  }

  /** The values of a property by row, for those who ask again and again: it stays the same, also while no event has it. */
  property(name: string): Column {
    this.#held.add(name)
    return this.#columnOf(name)
  }

  /** The values of a property as they are now; undefined where no event has it. */
  propertyNow(name: string): Column | undefined {
    return this.#properties.get(name)
  }

  /** The contacts that have events. */
  contacts(): readonly number[] {
    const found: number[] = []
    for (let ordinal = 0; ordinal < this.#runs.counts.length; ordinal += 1)
      if (this.#runs.countOf(ordinal) > 0) found.push(ordinal)
    return found
  }

  /** The earliest instant of all; Infinity where there is no event. */
  earliest(): number {
    let earliest = Infinity
    for (let ordinal = 0; ordinal < this.#runs.counts.length; ordinal += 1)
      if (this.#runs.countOf(ordinal) > 0) earliest = Math.min(earliest, this.instantAt(this.#runs.startOf(ordinal)))
    return earliest
  }

  /** A contact's events, in order. */
  eventsOf(ordinal: number): readonly HeldEvent[] {
    const start = this.#runs.startOf(ordinal)
    return Object.freeze(Array.from({ length: this.countOf(ordinal) }, (_, place) => this.#eventAt(start + place)))
  }

  /** A contact's event with an id. */
  eventById(ordinal: number, id: string): HeldEvent | undefined {
    const row = this.#ids.rowOf(ordinal, id)
    return row === undefined ? undefined : this.#eventAt(row)
  }

  /** Puts an event in its place among those of a contact. */
  add(ordinal: number, event: HeldEvent): void {
    const place = this.#placeOf(ordinal, event)
    const row = this.#runs.insert(ordinal, place, this.#move)
    this.#instants.set(row, event.at)
    if (event.arrival > mostNarrowArrivals) this.#widenArrivals()
    this.#arrivals.set(row, event.arrival)
    if (event.id !== undefined) this.#ids.add(ordinal, row, event.id)
    for (const [name, value] of Object.entries(event.properties)) this.#columnOf(name).set(row, value)
    this.#size += 1
    if (this.#runs.isLoose) this.#pack()
  }

  /** Takes an event of a contact out. */
  remove(ordinal: number, event: HeldEvent): void {
    this.#removeRows(ordinal, this.#placeOf(ordinal, event), 1)
  }

  /** Takes the first events of a contact out. */
  removeFirst(ordinal: number, many: number): void {
    this.#removeRows(ordinal, 0, many)
  }

  #removeRows(ordinal: number, place: number, many: number): void {
    if (many === 0) return
    const from = this.#runs.startOf(ordinal) + place
    for (let row = from; row < from + many; row += 1) {
      this.#ids.delete(ordinal, row)
      for (const [name, column] of this.#properties) {
        column.set(row, undefined)
        if (column.count === 0 && !this.#held.has(name)) this.#properties.delete(name)
      }
    }
    this.#runs.remove(ordinal, place, many, this.#move)
    this.#size -= many
    if (this.#runs.isLoose) this.#pack()
  }

  /** The place of the first of a contact's events that is not before a given one. */
  #placeOf(ordinal: number, event: HeldEvent): number {
    const start = this.#runs.startOf(ordinal)
    const end = start + this.#runs.countOf(ordinal)
    let row = this.rowFrom(ordinal, event.at)
    while (row < end && this.instantAt(row) === event.at && compareEvents(this.#placeAt(row), event) < 0) row += 1
    return row - start
  }

  #placeAt(row: number): Pick<HeldEvent, 'at' | 'id' | 'arrival'> {
    const id = this.#ids.at(row)
    const place = { at: this.instantAt(row), arrival: this.#arrivals.at(row) }
    return id === undefined ? place : { ...place, id }
  }

  /** With its properties by name: columns come and go, and their order would tell of changes that were refused. */
  #eventAt(row: number): HeldEvent {
    const properties: [string, Value][] = []
    for (const [name, column] of this.#properties) {
      const value = column.get(row)
      if (value !== undefined) properties.push([name, value])
    }
    properties.sort(([a], [b]) => compareText(a, b))
    const id = this.#ids.at(row)
    return Object.freeze({
      type: this.#type,
      at: this.instantAt(row),
      properties: Object.freeze(Object.fromEntries(properties)),
      ...(id === undefined ? undefined : { id }),
      arrival: this.#arrivals.at(row),
    })
  }

  #widenArrivals(): void {
    if (this.#arrivals.all instanceof Float64Array) return
    this.#arrivals.keepIn((length) => new Float64Array(length))
  }

  #columnOf(name: string): Column {
    let column = this.#properties.get(name)
    if (column === undefined) this.#properties.set(name, (column = new Column()))
    return column
  }

  readonly #move = (from: number, to: number, count: number): void => {
    this.#instants.moveRows(from, to, count)
    this.#arrivals.moveRows(from, to, count)
    this.#ids.moveRows(from, to, count)
    for (const column of this.#properties.values()) column.moveRows(from, to, count)
  }

  /** Packs the rows, so that nothing is left of what was there before. */
  pack(): void {
    this.#pack()
  }

  /** All of it, for a snapshot. */
  save(): SavedEvents {
    const runs = this.#runs.save()
    const properties = [...this.#properties].map(([name, column]) => [name, column.save(this.#runs.end)] as const)
    return {
      json: {
        type: this.#type,
        size: this.#size,
        end: runs.json,
        ids: this.#ids.save(),
        properties: properties.map(([name, { json }]) => [name, json] as const),
      },
      arrays: [
        ...runs.arrays,
        this.#instants.save(),
        this.#arrivals.save(),
        ...properties.flatMap(([, { arrays }]) => arrays),
      ],
    }
  }

  /** Takes over what was saved; nothing may be here yet. */
  load({ json, arrays }: SavedEvents): void {
    const [starts, counts, instants, arrivals, ...columns] = arrays as SavedEventArrays
    this.#runs.load({ json: json.end, arrays: [starts, counts] })
    this.#instants.load(instants)
    if (arrivals instanceof Float64Array) this.#widenArrivals()
    this.#arrivals.load(arrivals)
    this.#ids.load(json.ids)
    this.#size = json.size
    for (const [place, [name, column]] of json.properties.entries()) {
      const own = columns.slice(place * 4, place * 4 + 4) as unknown as SavedColumn['arrays']
      this.#columnOf(name).load({ json: column, arrays: own })
    }
  }

  #pack(): void {
    const rows = this.#runs.packed()
    this.#instants.arrange(rows)
    this.#arrivals.arrange(rows)
    this.#ids.arrange(rows)
    for (const column of this.#properties.values()) column.arrange(rows)
  }
}

/** Of rows in the order of their instants, the first from `start` that is not before an instant; `end` where all are. */
export function firstRowFrom(instants: Float64Array, start: number, end: number, instant: number): number {
  let low = start
  let high = end
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((instants[middle] as number) < instant) low = middle + 1
    else high = middle
  }
  return low
}
