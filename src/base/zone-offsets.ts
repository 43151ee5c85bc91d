/**
 * A zone's offsets from UTC, found by asking `Intl`.
 *
 * The idea: `Intl` answers only for one instant, in about a microsecond. So a stretch of time is probed once a day, and
 * between two probes with different offsets a bisection finds the change, to the second.
 * Why it is right: the zone data have changes at whole seconds, and no two of them within a day (the closest pair, in
 * Freetown in 1939, is four days apart), so a day whose ends agree has none inside.
 *
 * An offset is read off the day of the month and the time alone: no year, so no era and no calendar reform can come
 * between, and seconds, so that the local mean times of the 19th century come out exactly.
 */

import { civilOf, DAY } from './civil.js'

/** The earliest instant there is, in milliseconds since 1970: 20 April of the year −271821. */
export const FIRST_INSTANT = -8.64e15

/** The latest instant there is: 13 September of the year 275760. */
export const LAST_INSTANT = 8.64e15

/** The instants `from <= t < to`, throughout which local time is ahead of UTC by `offset` milliseconds. */
export interface OffsetSpan {
  readonly from: number
  readonly to: number
  readonly offset: number
}

/** The offsets of one zone. Nothing is kept: whoever asks keeps the answer. */
export interface ZoneOffsets {
  /**
   * The spans of constant offset from one instant to another, in order and without gaps. Both must be midnights in UTC,
   * or `to` may be the end of time, a millisecond after the last instant.
   */
  spansBetween(from: number, to: number): readonly OffsetSpan[]
}

const SECOND = 1000

/** The offsets of the zone that `Intl` knows by this name; undefined where it knows none. */
export function zoneOffsets(name: string): ZoneOffsets | undefined {
  let clock: Intl.DateTimeFormat
  try {
    clock = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  } catch {
    return undefined
  }
  if (clock.resolvedOptions().timeZone === 'UTC') return { spansBetween: (from, to) => [{ from, to, offset: 0 }] }
  return { spansBetween: (from, to) => probe(clock, from, to) }
}

function probe(clock: Intl.DateTimeFormat, start: number, end: number): readonly OffsetSpan[] {
  const spans: OffsetSpan[] = []
  let from = start
  let offset = offsetAt(clock, start)
  for (let day = start; day < end; day += DAY) {
    const dayEnd = Math.min(day + DAY - SECOND, LAST_INSTANT)
    const endOffset = offsetAt(clock, dayEnd)
    if (endOffset === offset) continue
    const change = changeAfter(clock, Math.max(day - SECOND, start), dayEnd, offset)
    spans.push({ from, to: change, offset })
    from = change
    offset = endOffset
  }
  spans.push({ from, to: end, offset })
  return spans
}

/** The first second in `(before, after]` with another offset than the one at `before`. */
function changeAfter(clock: Intl.DateTimeFormat, before: number, after: number, offset: number): number {
  let low = before / SECOND
  let high = after / SECOND
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetAt(clock, middle * SECOND) === offset) low = middle
    else high = middle
  }
  return high * SECOND
}

/** The offset at a whole second. */
function offsetAt(clock: Intl.DateTimeFormat, instant: number): number {
  const [day, hour, minute, second] = (clock.format(instant).match(/\d+/g) ?? []).map(Number)
  if (day === undefined || hour === undefined || minute === undefined || second === undefined) {
    throw new RangeError(`Intl gives no local time for ${String(instant)}`)
  }
  const utcDay = Math.floor(instant / DAY)
  let daysAhead = day - civilOf(utcDay).day
  // From the end of one month to the start of the next the day of the month falls, and the other way round.
  if (daysAhead > 1) daysAhead = -1
  else if (daysAhead < -1) daysAhead = 1
  const localTime = ((hour * 60 + minute) * 60 + second) * SECOND
  return daysAhead * DAY + localTime - (instant - utcDay * DAY)
}
