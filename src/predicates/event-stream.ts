import type { DueQueue } from '../base/due-queue.js'
import { SortedLog } from '../base/sorted-log.js'
import type { ContactView } from '../contacts/contact.js'
import { EdgeCursor, instantScale } from './edge-cursor.js'
import type { EventEdge } from './event-edges.js'
import type { EventMoves } from './field-index.js'

/*
 * The events of one type of all contacts in the order of their instants, and a cursor for each edge that they pass. All
 * conditions with one edge share its cursor, however many there are: "no purchase in 60 days" and "at least three in 60 days"
 * wait for the same instants. A contact stands in the log once for an instant, however many events it has then.
 *
 * Costs twelve bytes an event of a type that a condition is over; an event that comes or goes is a search in the log and a
 * comparison for each cursor, one that passes an edge a search in the log.
 */

/** One edge, who is to be asked when events pass it, and where it stands. */
export interface WatchedEdge<T> {
  readonly cursor: EdgeCursor<EdgeTargets<T>>
  readonly targets: EdgeTargets<T>
}

/** Who is to be asked when an event, or a date, passes an edge. */
export type EdgeTargets<T> = Set<T>

/** The events of one type, and the edges that they pass. */
export class EventStream<T> {
  readonly #type: string
  readonly #log = new SortedLog()
  readonly #edges = new Map<string, WatchedEdge<T>>()
  readonly #queue: DueQueue<EdgeCursor<EdgeTargets<T>>>

  constructor(type: string, queue: DueQueue<EdgeCursor<EdgeTargets<T>>>) {
    this.#type = type
    this.#queue = queue
  }

  get isUnused(): boolean {
    return this.#edges.size === 0
  }

  /** Asks `target` whenever an event passes an edge. */
  watch({ key, edge }: EventEdge, target: T, now: number): void {
    let watched = this.#edges.get(key)
    if (watched === undefined) {
      const targets = new Set<T>()
      watched = { targets, cursor: new EdgeCursor(targets, edge, this.#log, instantScale, this.#queue) }
      watched.cursor.find(now)
      this.#edges.set(key, watched)
    }
    watched.targets.add(target)
  }

  unwatch({ key }: EventEdge, target: T): void {
    const watched = this.#edges.get(key)
    if (watched?.targets.delete(target) !== true || watched.targets.size > 0) return
    watched.cursor.stop()
    this.#edges.delete(key)
  }

  /** Events of a contact came and went; `after` is the contact as it is, undefined where it is gone. */
  changed(ordinal: number, { came, went }: EventMoves, after: ContactView | undefined, now: number): void {
    for (const { at } of went) this.#remove(ordinal, at, after, now)
    for (const { at } of came) this.#add(ordinal, at, now)
  }

  /** Events before an instant are gone, having passed every edge long since. */
  forgetBefore(instant: number): void {
    const gone: [number, number][] = []
    this.#log.forEachBetween(-Infinity, instant, (key, ordinal) => {
      gone.push([key, ordinal])
    })
    for (const [key, ordinal] of gone) this.#log.remove(key, ordinal)
  }

  #add(ordinal: number, at: number, now: number): void {
    if (!this.#log.add(at, ordinal)) return
    for (const { cursor } of this.#edges.values()) cursor.added(at, now)
  }

  #remove(ordinal: number, at: number, after: ContactView | undefined, now: number): void {
    if (after !== undefined && after.countEvents(this.#type, at, at + 1) > 0) return
    if (!this.#log.remove(at, ordinal)) return
    for (const { cursor } of this.#edges.values()) cursor.removed(at, now)
  }
}
