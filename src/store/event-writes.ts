import { FewMap } from '../base/few-map.js'
import { compareEvents, type HeldEvent } from '../contacts/event.js'

/**
 * Which of a contact's events of a type came and which went in a draft. What was there before follows from that and from what
 * is there, so it is put together only when somebody asks.
 */
export class EventWrites {
  /** By arrival, which tells events apart. */
  readonly #came = new FewMap<number, HeldEvent>()
  #went: FewMap<number, HeldEvent> | undefined

  /** The events that came and are there. */
  get came(): Iterable<HeldEvent> {
    return this.#came.values()
  }

  /** The events that were there and went. */
  get went(): Iterable<HeldEvent> {
    return this.#went?.values() ?? none
  }

  /** Notes that an event came. */
  add(event: HeldEvent): void {
    this.#came.set(event.arrival, event)
  }

  /** Notes that an event went; one that had only come is as if it had never been. */
  remove(event: HeldEvent): void {
    if (this.#came.delete(event.arrival)) return
    this.#went ??= new FewMap<number, HeldEvent>()
    this.#went.set(event.arrival, event)
  }

  /** How many more events there are than before with `from ≤ at < to`; fewer where it is below 0. */
  gainBetween(from: number, to: number): number {
    let gain = 0
    for (const { at } of this.#came.values()) if (from <= at && at < to) gain += 1
    for (const { at } of this.went) if (from <= at && at < to) gain -= 1
    return gain
  }

  /** The events before, in order, from those that are there. */
  before(now: readonly HeldEvent[]): readonly HeldEvent[] {
    const stayed = now.filter(({ arrival }) => !this.#came.has(arrival))
    return this.#went === undefined ? stayed : [...stayed, ...this.#went.values()].sort(compareEvents)
  }
}

const none: readonly never[] = Object.freeze([])
