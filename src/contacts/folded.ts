import type { EventPlace } from './event.js'
import type { Value } from './value.js'

/*
 * What is left of events that were folded away: not they, but what they came to. Such totals are kept only for what live
 * rules asked at the time, each under a key that says which events it is over and which value of them.
 */

/** The first or the last of folded events. */
export interface FoldedEnd {
  /** When it happened, in ms. */
  readonly at: number
  /** The value of it that the total is over; left out where it had none. */
  readonly value?: Value
}

/** What folded events came to. */
export interface FoldedTotal {
  readonly count: number
  /** Left out, as `last`, where there were none. */
  readonly first?: FoldedEnd
  readonly last?: FoldedEnd
  /** How many values were numbers. */
  readonly numbers?: number
  /** The exact sum of those, as a decimal numeral. */
  readonly sum?: string
  readonly minimum?: Value
  readonly maximum?: Value
}

/** What is left of a contact's events of one type. */
export interface FoldedEvents {
  /** Those from this instant on, in ms, are there themselves. */
  readonly before: number
  /** How many were folded away. */
  readonly events: number
  /** By key; what has none was not kept. */
  readonly totals: Readonly<Record<string, FoldedTotal>>
}

/** The same as rules see it. */
export interface FoldedView {
  readonly before: number
  /** The total of a key; undefined where it was not kept. */
  total(key: string): FoldedTotal | undefined
}

/** The total of no events. */
export const emptyTotal: FoldedTotal = Object.freeze({ count: 0 })

/** The first or the last of folded events, with what tells it from those of its instant. */
export interface HeldEnd extends FoldedEnd, EventPlace {
  readonly at: number
}

/** A total that can go on: as what holds it keeps it. */
export interface HeldTotal extends FoldedTotal {
  readonly first?: HeldEnd
  readonly last?: HeldEnd
}
