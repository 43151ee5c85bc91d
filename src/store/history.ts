import { placeFrom, type HeldEvent } from '../contacts/event.js'
import type { ContactRecord } from '../contacts/record.js'

/*
 * What contacts did and what belongs to them: events by type in order, and records by collection in the order of their ids.
 * The lists are never changed, only replaced, so that the one before a change stays at hand as it was.
 */

/** The events and records of all contacts, by ordinal. */
export class History {
  readonly #events = new Map<number, Map<string, readonly HeldEvent[]>>()
  readonly #records = new Map<number, Map<string, readonly ContactRecord[]>>()
  /** By contact and id: the event, or `removed` where one was taken out and must not come back. */
  readonly #byId = new Map<number, Map<string, HeldEvent | 'removed'>>()
  /** By type, an instant that no event comes before: the oldest since they were last looked through. */
  readonly #oldest = new Map<string, number>()
  #arrivals = 0
  #eventCount = 0

  /** How many events there are. */
  get eventCount(): number {
    return this.#eventCount
  }

  /** A number higher than any given before. */
  nextArrival(): number {
    this.#arrivals += 1
    return this.#arrivals
  }

  events(ordinal: number, type: string): readonly HeldEvent[] {
    return this.#events.get(ordinal)?.get(type) ?? none
  }

  /** How many events of a type a contact has. */
  countOf(ordinal: number, type: string): number {
    return this.events(ordinal, type).length
  }

  /** When the event at a place was, in ms; the places are those of its contact's events of the type, in order. */
  instantAt(ordinal: number, type: string, place: number): number {
    return this.events(ordinal, type)[place]?.at ?? NaN
  }

  /** The place of the first of a contact's events of a type that is not before an instant; their number where all are. */
  placeFrom(ordinal: number, type: string, instant: number): number {
    return placeFrom(this.events(ordinal, type), instant)
  }

  /** The types of which a contact has events. */
  eventTypes(ordinal: number): Iterable<string> {
    return this.#events.get(ordinal)?.keys() ?? none
  }

  /** The types of which there are events, and perhaps some of which there were. */
  types(): Iterable<string> {
    return this.#oldest.keys()
  }

  /** The contacts that have events of a type. */
  contactsWith(type: string): readonly number[] {
    return [...this.#events].filter(([, byType]) => byType.has(type)).map(([ordinal]) => ordinal)
  }

  /** Whether there is an event of a type before an instant. Looks through the contacts only where there may be one. */
  hasBefore(type: string, before: number): boolean {
    if ((this.#oldest.get(type) ?? Infinity) >= before) return false
    let oldest = Infinity
    for (const byType of this.#events.values()) oldest = Math.min(oldest, byType.get(type)?.[0]?.at ?? Infinity)
    if (oldest === Infinity) this.#oldest.delete(type)
    else this.#oldest.set(type, oldest)
    return oldest < before
  }

  setEvents(ordinal: number, type: string, events: readonly HeldEvent[]): void {
    this.#eventCount += events.length - this.events(ordinal, type).length
    const at = events[0]?.at ?? Infinity
    if (at < (this.#oldest.get(type) ?? Infinity)) this.#oldest.set(type, at)
    setList(this.#events, ordinal, type, events)
  }

  eventById(ordinal: number, id: string): HeldEvent | 'removed' | undefined {
    return this.#byId.get(ordinal)?.get(id)
  }

  /** The ids that a contact's events have or had. */
  eventIds(ordinal: number): Iterable<readonly [string, HeldEvent | 'removed']> {
    return this.#byId.get(ordinal) ?? none
  }

  setEventId(ordinal: number, id: string, held: HeldEvent | 'removed' | undefined): void {
    let ids = this.#byId.get(ordinal)
    if (held === undefined) {
      if (ids?.delete(id) === true && ids.size === 0) this.#byId.delete(ordinal)
      return
    }
    if (ids === undefined) this.#byId.set(ordinal, (ids = new Map<string, HeldEvent | 'removed'>()))
    ids.set(id, held)
  }

  records(ordinal: number, collection: string): readonly ContactRecord[] {
    return this.#records.get(ordinal)?.get(collection) ?? none
  }

  /** The collections in which a contact has records. */
  collections(ordinal: number): Iterable<string> {
    return this.#records.get(ordinal)?.keys() ?? none
  }

  setRecords(ordinal: number, collection: string, records: readonly ContactRecord[]): void {
    setList(this.#records, ordinal, collection, records)
  }

  /** Forgets a contact. */
  release(ordinal: number): void {
    for (const events of this.#events.get(ordinal)?.values() ?? none) this.#eventCount -= events.length
    this.#events.delete(ordinal)
    this.#records.delete(ordinal)
    this.#byId.delete(ordinal)
  }
}

const none: readonly never[] = Object.freeze([])

function setList<T>(
  lists: Map<number, Map<string, readonly T[]>>,
  ordinal: number,
  key: string,
  list: readonly T[],
): void {
  let own = lists.get(ordinal)
  if (list.length === 0) {
    own?.delete(key)
    if (own?.size === 0) lists.delete(ordinal)
    return
  }
  if (own === undefined) lists.set(ordinal, (own = new Map<string, readonly T[]>()))
  own.set(key, list)
}
