/**
 * The edges of windows: a window is the interval `from <= value < to` of whole milliseconds, and each of its ends is a
 * function of `now` that never goes back. Such a function can be asked both ways: where is the edge now, and when does
 * it pass a value. The second is what a clock needs, to know when a value enters or leaves without looking at it before.
 *
 * Three kinds are enough: one that keeps its distance from `now`, one that begins a local day found from today, and one
 * that stands still. All clocks and values lie between the first and the last instant; edges are held within these and
 * one millisecond more, so that every value is at or before the last edge there can be.
 */

import { FIRST_INSTANT, LAST_INSTANT } from './zone-offsets.js'
import type { TimeZone } from './time-zone.js'

/** One end of a window. */
export interface Edge {
  /** Where the edge is at `now`. It never goes back when `now` goes forward. */
  boundAt(now: number): number
  /** The least `now` at which the edge is past `value`: −Infinity where it always is, Infinity where it never is. */
  crossing(value: number): number
}

/** An edge that is always `shift` milliseconds after `now`, before it where `shift` is negative. */
export function shiftedEdge(shift: number): Edge {
  return {
    boundAt: (now) => Math.min(Math.max(now + shift, FIRST_INSTANT), LAST_INSTANT + 1),
    crossing: (value) => onClock(value - shift + 1),
  }
}

/** An edge that stands still, at an instant or at one of the infinities. */
export function fixedEdge(bound: number): Edge {
  return {
    boundAt: () => bound,
    crossing: (value) => (bound > value ? -Infinity : Infinity),
  }
}

/** An edge at the start of the local day `dayFrom(today)`; `dayFrom` must never go back, and must go on for ever. */
export function dayEdge(zone: TimeZone, dayFrom: (today: number) => number): Edge {
  // Both are asked for one day again and again, so each keeps its last answer.
  let lastToday = NaN
  let bound = NaN
  let lastTarget = NaN
  let crossing = NaN
  return {
    boundAt(now) {
      const today = zone.dayOf(now)
      if (today !== lastToday) {
        lastToday = today
        bound = zone.startOfDay(dayFrom(today))
      }
      return bound
    },
    crossing(value) {
      // A day begins after `value` just when it comes after the day that holds `value`.
      const target = zone.dayOf(value)
      if (target !== lastTarget) {
        lastTarget = target
        crossing = onClock(zone.startOfDay(leastDayBeyond(dayFrom, target)))
      }
      return crossing
    },
  }
}

/** The least day `d` with `dayFrom(d) > target`: a guess, then doubling steps to both sides of it, then bisection. */
function leastDayBeyond(dayFrom: (today: number) => number, target: number): number {
  const guess = target + (target - dayFrom(target))
  let low = guess
  for (let step = 1; dayFrom(low) > target; step *= 2) low -= step
  let high = guess + 1
  for (let step = 1; dayFrom(high) <= target; step *= 2) {
    low = high
    high += step
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (dayFrom(middle) > target) high = middle
    else low = middle
  }
  return high
}

/** An instant at which an edge crosses, as the clock sees it. */
function onClock(instant: number): number {
  if (instant <= FIRST_INSTANT) return -Infinity
  return instant > LAST_INSTANT ? Infinity : instant
}
