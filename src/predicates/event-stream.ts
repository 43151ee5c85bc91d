import type { DueQueue } from '../base/due-queue.js'
import { SortedLog } from '../base/sorted-log.js'
import type { HeldEvent } from '../contacts/event.js'
import { placeFrom } from '../contacts/event.js'
import { EdgeCursor, instantScale } from './edge-cursor.js'
import type { EventEdge } from './event-edges.js'

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
  readonly #log = new SortedLog()
  readonly #edges = new Map<string, WatchedEdge<T>>()
  readonly #queue: DueQueue<EdgeCursor<EdgeTargets<T>>>

  constructor(queue: DueQueue<EdgeCursor<EdgeTargets<T>>>) {
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

  /** A contact's events of the type are others now. Both lists are in order, so that what stands at either end in both is passed over. */
  changed(ordinal: number, before: readonly HeldEvent[], after: readonly HeldEvent[], now: number): void {
    const shorter = Math.min(before.length, after.length)
    let start = 0
    while (start < shorter && before[start]?.at === after[start]?.at) start += 1
    let kept = 0
    while (kept < shorter - start && before.at(-1 - kept)?.at === after.at(-1 - kept)?.at) kept += 1
    for (let i = start; i < before.length - kept; i++) this.#remove(ordinal, before[i]?.at ?? 0, after, now)
    for (let i = start; i < after.length - kept; i++) this.#add(ordinal, after[i]?.at ?? 0, now)
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

  #remove(ordinal: number, at: number, after: readonly HeldEvent[], now: number): void {
    if (after[placeFrom(after, at)]?.at === at) return
    this.#log.remove(at, ordinal)
    for (const { cursor } of this.#edges.values()) cursor.removed(at, now)
  }
}
