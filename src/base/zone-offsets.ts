/**
 * A zone's offsets from UTC, as `Intl` knows them.
 *
 * The idea: `Intl` answers in about a microsecond and only for one instant, so the offsets of a stretch of 512 days are
 * found once, when first asked for: one probe a day, and between two days with different offsets a bisection to the
 * second. What is kept are spans of constant offset, in time order, covering the stretch without gaps.
 * Why it is right: the zone data have transitions at whole seconds, and no two of them within a day (the closest pair,
 * in Freetown in 1939, is four days apart), so a day whose ends agree has none inside.
 * Cost: about a millisecond for a new stretch, then a map look-up and a walk over a handful of spans. At most 512
 * stretches (717 years) are kept; the one found first goes first.
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

/** The offsets of one zone. */
export interface ZoneOffsets {
  /** The span that holds an instant, which must lie between {@link FIRST_INSTANT} and {@link LAST_INSTANT}. */
  spanAt(instant: number): OffsetSpan
}

const STRETCH = 512 * DAY
const MOST_STRETCHES = 512
const SECOND = 1000

const UTC_SPAN: OffsetSpan = { from: FIRST_INSTANT, to: LAST_INSTANT + 1, offset: 0 }
const UTC_OFFSETS: ZoneOffsets = { spanAt: () => UTC_SPAN }

/** The offsets of the zone that `Intl` knows by this name; undefined where it knows none. */
export function zoneOffsets(name: string): ZoneOffsets | undefined {
  const clock = zoneClock(name)
  if (clock === undefined) return undefined
  return clock.resolvedOptions().timeZone === 'UTC' ? UTC_OFFSETS : new ProbedOffsets(clock)
}

function zoneClock(name: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', {
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
}

class ProbedOffsets implements ZoneOffsets {
  readonly #clock: Intl.DateTimeFormat
  readonly #stretches = new Map<number, readonly OffsetSpan[]>()

  constructor(clock: Intl.DateTimeFormat) {
    this.#clock = clock
  }

  spanAt(instant: number): OffsetSpan {
    const place = Math.floor(instant / STRETCH)
    const spans = this.#stretches.get(place) ?? this.#probe(place)
    for (const span of spans) if (instant < span.to) return span
    throw new RangeError(`No instant: ${String(instant)}`)
  }

  #probe(place: number): readonly OffsetSpan[] {
    const spans = this.#spansBetween(
      Math.max(place * STRETCH, FIRST_INSTANT),
      Math.min((place + 1) * STRETCH, LAST_INSTANT + 1),
    )
    if (this.#stretches.size >= MOST_STRETCHES) {
      for (const oldest of this.#stretches.keys()) {
        this.#stretches.delete(oldest)
        break
      }
    }
    this.#stretches.set(place, spans)
    return spans
  }

  #spansBetween(start: number, end: number): readonly OffsetSpan[] {
    const spans: OffsetSpan[] = []
    let from = start
    let offset = this.#offsetAt(start)
    for (let day = start; day < end; day += DAY) {
      const last = Math.min(day + DAY, end - 1)
      const lastOffset = this.#offsetAt(last)
      if (lastOffset !== offset) {
        const transition = this.#transition(day, last, offset)
        spans.push({ from, to: transition, offset })
        from = transition
        offset = lastOffset
      }
    }
    spans.push({ from, to: end, offset })
    return spans
  }

  /** The first second in `(before, after]` whose offset is not the one at `before`. */
  #transition(before: number, after: number, offset: number): number {
    let low = Math.floor(before / SECOND)
    let high = Math.ceil(after / SECOND)
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2)
      if (this.#offsetAt(middle * SECOND) === offset) low = middle
      else high = middle
    }
    return high * SECOND
  }

  #offsetAt(instant: number): number {
    const [day, hour, minute, second] = (this.#clock.format(instant).match(/\d+/g) ?? []).map(Number)
    if (day === undefined || hour === undefined || minute === undefined || second === undefined) {
      throw new RangeError(`Intl gives no local time for ${String(instant)}`)
    }
    const utcDay = Math.floor(instant / DAY)
    let daysAhead = day - civilOf(utcDay).day
    // From the end of one month to the start of the next the day of the month falls, and the other way round.
    if (daysAhead > 1) daysAhead = -1
    else if (daysAhead < -1) daysAhead = 1
    const localTime = ((hour * 60 + minute) * 60 + second) * SECOND
    const utcTime = Math.floor((instant - utcDay * DAY) / SECOND) * SECOND
    return daysAhead * DAY + localTime - utcTime
  }
}
