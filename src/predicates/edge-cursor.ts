import type { DueQueue, DueToken } from '../base/due-queue.js'
import type { SortedLog } from '../base/sorted-log.js'
import type { Edge } from '../base/window.js'

/*
 * One edge of one window over the dates of one stream. The edge moves forward with the clock and dates cross it in their
 * order, so one place in that order is all there is to keep: the first date that has not crossed yet. It stands in the
 * queue at the instant at which that date will cross. A date that comes in costs a comparison, one that crosses a search.
 *
 * That place is a function of the dates and the clock alone (the least date that the edge has not passed), so it can be
 * found anew at any time, and late, early or corrected dates need no special case.
 */

/** How the keys of a stream stand for instants: they are instants, or days that start in the window's zone. */
export interface KeyScale {
  instantOf(key: number): number
  /** The least key whose instant is not below `instant`. */
  firstKeyFrom(instant: number): number
}

/** The scale of keys that are instants. */
export const instantScale: KeyScale = Object.freeze({
  instantOf: (key: number) => key,
  firstKeyFrom: (instant: number) => instant,
})

/** The place of a window's edge in a stream of dates, and who is to be asked when one crosses it. */
export class EdgeCursor<T> {
  readonly target: T
  readonly #edge: Edge
  readonly #log: SortedLog
  readonly #scale: KeyScale
  readonly #queue: DueQueue<EdgeCursor<T>>
  #next: number | undefined
  #dueAt = Infinity
  #token: DueToken | undefined

  constructor(target: T, edge: Edge, log: SortedLog, scale: KeyScale, queue: DueQueue<EdgeCursor<T>>) {
    this.target = target
    this.#edge = edge
    this.#log = log
    this.#scale = scale
    this.#queue = queue
  }

  /** A date came in. */
  added(key: number, now: number): void {
    if (this.#next !== undefined && key >= this.#next) return
    const dueAt = this.#crossing(key)
    if (dueAt > now) this.#wait(key, dueAt)
  }

  /** A date went away. */
  removed(key: number, now: number): void {
    if (key === this.#next) this.find(now)
  }

  /** Finds the first date that has not crossed at `now`. */
  find(now: number): void {
    const bound = this.#scale.firstKeyFrom(this.#edge.boundAt(now))
    const key = this.#log.firstAbove(bound - 1)
    this.#wait(key, key === undefined ? Infinity : this.#crossing(key))
  }

  /** Visits the contacts whose dates cross up to `at`, which was taken from the queue, and waits for the next. */
  cross(at: number, visit: (ordinal: number) => void): void {
    this.#token = undefined
    let key = this.#next
    while (key !== undefined && this.#crossing(key) <= at) {
      this.#log.forEachAt(key, visit)
      key = this.#log.firstAbove(key)
    }
    this.#wait(key, key === undefined ? Infinity : this.#crossing(key))
  }

  /** Waits for nothing any more. */
  stop(): void {
    if (this.#token !== undefined) this.#queue.remove(this.#token)
    this.#token = undefined
  }

  #crossing(key: number): number {
    return this.#edge.crossing(this.#scale.instantOf(key))
  }

  #wait(key: number | undefined, dueAt: number): void {
    if (key === this.#next && dueAt === this.#dueAt && this.#token !== undefined) return
    this.stop()
    this.#next = key
    this.#dueAt = dueAt
    if (dueAt !== Infinity) this.#token = this.#queue.add(dueAt, this)
  }
}
