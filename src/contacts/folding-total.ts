import { ExactSum } from '../base/exact-sum.js'
import { compareEvents, type EventPlace, type HeldEvent } from './event.js'
import type { HeldEnd, HeldTotal } from './folded.js'
import type { Value } from './value.js'
import { extreme } from './value-order.js'

/** A total that goes on: from what it was, event by event, each with the value that the total is over. */
export class FoldingTotal {
  #count = 0
  #first: HeldEnd | undefined
  #last: HeldEnd | undefined
  #numbers = 0
  readonly #sum = new ExactSum()
  #minimum: Value | undefined
  #maximum: Value | undefined

  constructor(before?: HeldTotal) {
    if (before !== undefined) this.unite(before)
  }

  /** Adds an event. */
  add(event: HeldEvent, value: Value | undefined): void {
    const { at, id, arrival } = event
    const end = Object.freeze({
      at,
      ...(id === undefined ? undefined : { id }),
      arrival,
      ...(value === undefined ? undefined : { value }),
    })
    this.#count += 1
    this.#reach(end, end)
    if (value === undefined) return
    if (typeof value === 'number') {
      this.#numbers += 1
      this.#sum.add(value)
    }
    this.#widen(value, value)
  }

  /** Adds what another total is of. */
  unite({ count, first, last, numbers = 0, sum, minimum, maximum }: HeldTotal): void {
    this.#count += count
    this.#reach(first, last)
    this.#numbers += numbers
    if (sum !== undefined) this.#sum.addText(sum)
    this.#widen(minimum, maximum)
  }

  /** The total so far. */
  get total(): HeldTotal {
    return Object.freeze({
      count: this.#count,
      ...(this.#first === undefined ? undefined : { first: this.#first }),
      ...(this.#last === undefined ? undefined : { last: this.#last }),
      ...(this.#numbers === 0 ? undefined : { numbers: this.#numbers, sum: this.#sum.text }),
      ...(this.#minimum === undefined ? undefined : { minimum: this.#minimum }),
      ...(this.#maximum === undefined ? undefined : { maximum: this.#maximum }),
    })
  }

  #reach(first: HeldEnd | undefined, last: HeldEnd | undefined): void {
    if (first !== undefined && isBefore(first, this.#first)) this.#first = first
    if (last !== undefined && !isBefore(last, this.#last ?? last)) this.#last = last
  }

  #widen(minimum: Value | undefined, maximum: Value | undefined): void {
    if (minimum !== undefined) this.#minimum = extreme(withKnown(this.#minimum, minimum), -1)
    if (maximum !== undefined) this.#maximum = extreme(withKnown(this.#maximum, maximum), 1)
  }
}

function isBefore(place: EventPlace, other: EventPlace | undefined): boolean {
  return other === undefined || compareEvents(place, other) < 0
}

function withKnown(known: Value | undefined, value: Value): readonly Value[] {
  return known === undefined ? [value] : [known, value]
}
