import { numberAfter } from '../base/next-number.js'

/*
 * Thresholds in order. Each is a cut of the number line, just below a number (`x ≥ 5` and `x < 5` are cut there) or just
 * above it (`x > 5`, `x ≤ 5`); a value has passed the cuts to its left. When a value moves, exactly the cuts between the old
 * place and the new one flip, so a move costs two binary searches and a step for each flip, however many thresholds there
 * are. A value that comes or goes flips what holds for it, which is a look at each.
 *
 * An interval is two cuts, each of which names the whole: crossing both leaves it as it was.
 */

/** A condition on a number: `low` and `high` are its ends, both included where they are not `open`. */
export interface NumberRange {
  readonly low: number
  readonly lowOpen: boolean
  readonly high: number
  readonly highOpen: boolean
}

interface Cut<T> {
  readonly at: number
  /** Whether it is just above the number, or just below it. */
  readonly above: boolean
  /** Whether the range begins here, or ends. */
  readonly begins: boolean
  readonly range: NumberRange
  readonly item: T
}

/** Whether a number lies in a range. */
export function isInRange(value: number, { low, lowOpen, high, highOpen }: NumberRange): boolean {
  return (lowOpen ? value > low : value >= low) && (highOpen ? value < high : value <= high)
}

/** Ranges of numbers, each with an item, and which of them a moving number flips. */
export class CutIndex<T> {
  readonly #cuts: Cut<T>[] = []
  /** The same side by side, to be searched: where each cut is. Made when it is first searched after a cut came or went. */
  #ats: Float64Array | undefined

  /** Puts a range in; one of its ends must be finite. */
  add(range: NumberRange, item: T): void {
    for (const cut of cutsOf(range, item)) this.#cuts.splice(this.#placeOf(cut.at, cut.above), 0, cut)
    this.#ats = undefined
  }

  delete(range: NumberRange, item: T): void {
    for (const cut of cutsOf(range, item)) {
      const first = this.#placeOf(cut.at, cut.above)
      const place = this.#cuts.findIndex(
        (other, i) => i >= first && other.item === item && other.begins === cut.begins && other.at === cut.at,
      )
      if (place >= 0) this.#cuts.splice(place, 1)
    }
    this.#ats = undefined
  }

  get size(): number {
    return this.#cuts.length
  }

  /** Visits all ranges, each once. */
  forEach(visit: (range: NumberRange, item: T) => void): void {
    for (const { begins, range, item } of this.#cuts) if (begins || range.low === -Infinity) visit(range, item)
  }

  /** Visits the items whose range holds of one of two numbers only; `undefined` is no number. */
  visitFlips(before: number | undefined, after: number | undefined, visit: (item: T, holds: boolean) => void): void {
    if (this.#cuts.length === 0) return
    if (before !== undefined && after !== undefined) this.#visitCrossed(before, after, visit)
    else if (after !== undefined) this.#visitHolding(after, true, visit)
    else if (before !== undefined) this.#visitHolding(before, false, visit)
  }

  #visitCrossed(before: number, after: number, visit: (item: T, holds: boolean) => void): void {
    const from = this.#passedBy(before)
    const to = this.#passedBy(after)
    const up = from < to
    const end = up ? to : from
    for (let place = up ? from : to; place < end; place++) {
      const { begins, range, item } = this.#cuts[place] as Cut<T>
      // Of the two cuts of an interval the other may have been crossed too.
      const holds = begins === up
      if (range.low !== -Infinity && range.high !== Infinity && isInRange(before, range) === isInRange(after, range))
        continue
      visit(item, holds)
    }
  }

  #visitHolding(value: number, holds: boolean, visit: (item: T, holds: boolean) => void): void {
    for (const { begins, range, item } of this.#cuts) {
      const isFirst = begins || range.low === -Infinity
      if (isFirst && isInRange(value, range)) visit(item, holds)
    }
  }

  /** How many cuts a value has passed. */
  #passedBy(value: number): number {
    const ats = (this.#ats ??= Float64Array.from(this.#cuts, ({ at, above }) => (above ? numberAfter(at) : at)))
    let low = 0
    let high = ats.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (value >= (ats[middle] as number)) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Where the first cut stands that is not before one. */
  #placeOf(at: number, above: boolean): number {
    let low = 0
    let high = this.#cuts.length
    while (low < high) {
      const middle = (low + high) >> 1
      const cut = this.#cuts[middle] as Cut<T>
      if (cut.at < at || (cut.at === at && !cut.above && above)) low = middle + 1
      else high = middle
    }
    return low
  }
}

function cutsOf<T>(range: NumberRange, item: T): readonly Cut<T>[] {
  const { low, lowOpen, high, highOpen } = range
  const cuts: Cut<T>[] = []
  if (low !== -Infinity) cuts.push({ at: low, above: lowOpen, begins: true, range, item })
  if (high !== Infinity) cuts.push({ at: high, above: !highOpen, begins: false, range, item })
  return cuts
}
