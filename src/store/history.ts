import type { HeldEvent } from '../contacts/event.js'
import type { ContactRecord } from '../contacts/record.js'
import { EventTable, type SavedEvents } from './event-table.js'

/*
 * What contacts did and what belongs to them: events in a table for each type, and records by collection in the order of their
 * ids. Lists of records are never changed, only replaced, so that the one before a change stays at hand as it was.
 */

/** What contacts have besides events, by ordinal. */
export interface SavedOthers {
  readonly records: readonly (readonly [number, readonly (readonly [string, readonly ContactRecord[]])[]])[]
  readonly removedIds: readonly (readonly [number, readonly string[]])[]
}

/** The events and records of all contacts, by ordinal. */
export class History {
  readonly #tables = new Map<string, EventTable>()
  /** The types whose tables somebody holds. */
  readonly #held = new Set<string>()
  readonly #records = new Map<number, Map<string, readonly ContactRecord[]>>()
  /** By contact: the ids of events that were taken out and must not come back. */
  readonly #removedIds = new Map<number, Set<string>>()
  /** By type, an instant that no event comes before: the oldest since they were last looked through. */
  readonly #oldest = new Map<string, number>()
  #arrivals = 0

  /** How many events there are. */
  get eventCount(): number {
    let count = 0
    for (const { size } of this.#tables.values()) count += size
    return count
  }

  /** How many numbers were given by {@link nextArrival}. */
  get arrivals(): number {
    return this.#arrivals
  }

  /** Lets {@link nextArrival} go on from where it was. */
  set arrivals(given: number) {
    this.#arrivals = given
  }

  /** A number higher than any given before. */
  nextArrival(): number {
    this.#arrivals += 1
    return this.#arrivals
  }

  /** The events of a type, for those who ask again and again: it stays the same, also while there are none. */
  table(type: string): EventTable {
    this.#held.add(type)
    return this.#tableOf(type)
  }

  /** The events of a type as they are now; undefined where there are none. */
  tableNow(type: string): EventTable | undefined {
    return this.#tables.get(type)
  }

  /** A contact's events of a type, in order. */
  events(ordinal: number, type: string): readonly HeldEvent[] {
    return this.#tables.get(type)?.eventsOf(ordinal) ?? none
  }

  /** How many events of a type a contact has. */
  countOf(ordinal: number, type: string): number {
    return this.#tables.get(type)?.countOf(ordinal) ?? 0
  }

  /** The place of the first of a contact's events of a type that is not before an instant; their number where all are. */
  placeFrom(ordinal: number, type: string, instant: number): number {
    const table = this.#tables.get(type)
    if (table === undefined || table.countOf(ordinal) === 0) return 0
    return table.rowFrom(ordinal, instant) - table.startOf(ordinal)
  }

  /** The types of which a contact has events. */
  eventTypes(ordinal: number): readonly string[] {
    return [...this.#tables].filter(([, table]) => table.countOf(ordinal) > 0).map(([type]) => type)
  }

  /** The types of which there are events. */
  types(): readonly string[] {
    return [...this.#tables].filter(([, { size }]) => size > 0).map(([type]) => type)
  }

  /** The contacts that have events of a type. */
  contactsWith(type: string): readonly number[] {
    return this.#tables.get(type)?.contacts() ?? none
  }

  /** Whether there is an event of a type before an instant. Looks through the contacts only where there may be one. */
  hasBefore(type: string, before: number): boolean {
    if ((this.#oldest.get(type) ?? Infinity) >= before) return false
    const earliest = this.#tables.get(type)?.earliest() ?? Infinity
    if (earliest === Infinity) this.#oldest.delete(type)
    else this.#oldest.set(type, earliest)
    return earliest < before
  }

  /** Puts an event in its place. */
  addEvent(ordinal: number, event: HeldEvent): void {
    this.#tableOf(event.type).add(ordinal, event)
    if (event.at < (this.#oldest.get(event.type) ?? Infinity)) this.#oldest.set(event.type, event.at)
  }

  /** Takes an event out that is there. */
  removeEvent(ordinal: number, event: HeldEvent): void {
    this.#tables.get(event.type)?.remove(ordinal, event)
    this.#dropEmpty(event.type)
  }

  /** Takes the first events of a contact out. */
  removeFirst(ordinal: number, type: string, many: number): void {
    this.#tables.get(type)?.removeFirst(ordinal, many)
    this.#dropEmpty(type)
  }

  /** The event that a contact's id stands for, or `removed` where it was taken out and must not come back. */
  eventById(ordinal: number, id: string): HeldEvent | 'removed' | undefined {
    if (this.#removedIds.get(ordinal)?.has(id) === true) return 'removed'
    for (const table of this.#tables.values()) {
      const event = table.eventById(ordinal, id)
      if (event !== undefined) return event
    }
    return undefined
  }

  /** The ids of a contact's events that were taken out. */
  removedIds(ordinal: number): Iterable<string> {
    return this.#removedIds.get(ordinal) ?? none
  }

  /** Notes that the event of an id was taken out and must not come back, or that it may. */
  setRemoved(ordinal: number, id: string, removed: boolean): void {
    let ids = this.#removedIds.get(ordinal)
    if (!removed) {
      if (ids?.delete(id) === true && ids.size === 0) this.#removedIds.delete(ordinal)
      return
    }
    if (ids === undefined) this.#removedIds.set(ordinal, (ids = new Set<string>()))
    ids.add(id)
  }

  /** A contact's records of a collection, by id. */
  records(ordinal: number, collection: string): readonly ContactRecord[] {
    return this.#records.get(ordinal)?.get(collection) ?? none
  }

  /** The collections in which a contact has records. */
  collections(ordinal: number): Iterable<string> {
    return this.#records.get(ordinal)?.keys() ?? none
  }

  setRecords(ordinal: number, collection: string, records: readonly ContactRecord[]): void {
    let own = this.#records.get(ordinal)
    if (records.length === 0) {
      if (own?.delete(collection) === true && own.size === 0) this.#records.delete(ordinal)
      return
    }
    if (own === undefined) this.#records.set(ordinal, (own = new Map<string, readonly ContactRecord[]>()))
    own.set(collection, records)
  }

  /** The events of all types, for a snapshot. */
  saveEvents(): readonly SavedEvents[] {
    return [...this.#tables.values()].filter(({ size }) => size > 0).map((table) => table.save())
  }

  /** Takes over the events of a type; there may be none of it yet. */
  loadEvents(saved: SavedEvents): void {
    const table = this.#tableOf(saved.json.type)
    table.load(saved)
    this.#oldest.set(saved.json.type, table.earliest())
  }

  /** The records of all contacts, and the ids of events that were taken out, for a snapshot. */
  saveOthers(): SavedOthers {
    return {
      records: [...this.#records].map(([ordinal, own]) => [ordinal, [...own]] as const),
      removedIds: [...this.#removedIds].map(([ordinal, ids]) => [ordinal, [...ids]] as const),
    }
  }

  /** Packs the tables, so that nothing is left of what was there before. */
  pack(): void {
    for (const table of this.#tables.values()) table.pack()
  }

  /** Forgets a contact. */
  release(ordinal: number): void {
    for (const [type, table] of this.#tables) {
      table.removeFirst(ordinal, table.countOf(ordinal))
      this.#dropEmpty(type)
    }
    this.#records.delete(ordinal)
    this.#removedIds.delete(ordinal)
  }

  #tableOf(type: string): EventTable {
    let table = this.#tables.get(type)
    if (table === undefined) this.#tables.set(type, (table = new EventTable(type)))
    return table
  }

  #dropEmpty(type: string): void {
    if (this.#tables.get(type)?.size === 0 && !this.#held.has(type)) this.#tables.delete(type)
  }
}

const none: readonly never[] = Object.freeze([])
