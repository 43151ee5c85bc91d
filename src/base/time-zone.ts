/**
 * Local days and local times of a zone.
 *
 * A local day begins at the earliest instant whose local date is that day or later. That makes the days of a zone a
 * partition of time in which nothing goes back, whatever the zone does: midnight may not exist (the day begins where the
 * clock jumps to), may come twice (the first one counts, also where the clock then goes back into the evening before),
 * and a day may be empty (it begins where the next one does). `dayOf` is the day of that partition.
 *
 * The state is the span of constant offset that was asked for last. Inside a span, further than a day from its start, a
 * day begins where its midnight is at the span's offset: no offset is as large as a day, so nothing before the span can
 * have reached that date. That is the fast path, a few nanoseconds; the others walk the spans from a day before, because
 * the first span in which an instant fits holds the earliest.
 */

import { DAY } from './civil.js'
import { CoterieError, show } from './errors.js'
import { FIRST_INSTANT, LAST_INSTANT, zoneOffsets, type OffsetSpan, type ZoneOffsets } from './zone-offsets.js'

/** A time zone; made by {@link timeZone}. */
export class TimeZone {
  /** The name it was asked for by: an IANA name, or `UTC`. */
  readonly name: string
  readonly #offsets: ZoneOffsets
  #span: OffsetSpan

  constructor(name: string, offsets: ZoneOffsets) {
    this.name = name
    this.#offsets = offsets
    this.#span = NO_SPAN
  }

  /** How far local time is ahead of UTC at an instant, in milliseconds. */
  offsetAt(instant: number): number {
    return this.#spanAt(instant).offset
  }

  /**
   * The local day of an instant, in days since 1970-01-01: the last one that has begun. It is the local date, but for
   * the hour or so in which a clock that was set back across midnight shows the date before once more.
   */
  dayOf(instant: number): number {
    const last = this.#span
    if (instant >= last.from + 2 * DAY && instant < last.to) return Math.floor((instant + last.offset) / DAY)
    const within = clamp(instant)
    let day = Math.floor((within + this.#spanAt(within).offset) / DAY)
    while (this.startOfDay(day + 1) <= within) day += 1
    return day
  }

  /**
   * The instant at which a local day begins: the earliest whose local date is that day or later. Days before the first
   * instant begin with it; days after the last instant begin one millisecond after it, so that it still lies before them.
   */
  startOfDay(epochDay: number): number {
    const midnight = epochDay * DAY
    const last = this.#span
    if (midnight - DAY >= last.from && midnight - last.offset < last.to) return midnight - last.offset
    let span = this.#spanAt(midnight - DAY)
    for (;;) {
      const start = Math.max(span.from, midnight - span.offset)
      if (start < span.to) return start
      if (span.to > LAST_INSTANT) return span.to
      span = this.#spanAt(span.to)
    }
  }

  /**
   * The instant of a local time, `msOfDay` after the local midnight as a clock shows it. A time that comes twice is the
   * first; one that does not exist moves forward by the gap. Times beyond the first and last instant are these.
   */
  instantOf(epochDay: number, msOfDay: number): number {
    const local = epochDay * DAY + msOfDay
    let span = this.#spanAt(local - DAY)
    for (;;) {
      const instant = local - span.offset
      if (instant < span.to || span.to > LAST_INSTANT) return clamp(instant)
      const next = this.#spanAt(span.to)
      // At the offset before the change it is past the change, at the one after it before: it lies in the gap.
      if (local - next.offset < next.from) return instant
      span = next
    }
  }

  #spanAt(instant: number): OffsetSpan {
    const last = this.#span
    if (instant >= last.from && instant < last.to) return last
    return (this.#span = this.#offsets.spanAt(clamp(instant)))
  }
}

const NO_SPAN: OffsetSpan = { from: Infinity, to: -Infinity, offset: 0 }

const MOST_ZONES = 1000
const known = new Map<string, TimeZone>()

/**
 * The time zone of a name, `UTC` or an IANA name that the host's `Intl` knows. The same name gives the same object, so
 * what it has found out about its zone is found out once. Throws `TIME_ZONE_UNKNOWN`.
 */
export function timeZone(name: string): TimeZone {
  const zone = findZone(name)
  if (zone === undefined) {
    throw new CoterieError('TIME_ZONE_UNKNOWN', `There is no time zone ${show(name)}.`, {
      received: show(name),
      expected: "'UTC' or an IANA name that this host knows, such as 'Europe/Berlin'",
    })
  }
  return zone
}

/** Whether {@link timeZone} knows a name. */
export function isTimeZone(name: string): boolean {
  return findZone(name) !== undefined
}

function findZone(name: unknown): TimeZone | undefined {
  // A letter first: some hosts also take offsets such as `+01:00`.
  if (typeof name !== 'string' || !/^[A-Za-z]/.test(name)) return undefined
  const zone = known.get(name)
  if (zone !== undefined) return zone
  const offsets = zoneOffsets(name)
  if (offsets === undefined) return undefined
  if (known.size >= MOST_ZONES) known.clear()
  const found = new TimeZone(name, offsets)
  known.set(name, found)
  return found
}

function clamp(instant: number): number {
  return Math.min(Math.max(instant, FIRST_INSTANT), LAST_INSTANT)
}
