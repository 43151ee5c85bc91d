/**
 * Local days and local times of a zone: look-ups in tables of 512 days, made when a day of theirs is first asked for.
 *
 * A local day begins less than a day from its midnight in UTC, so the local day of an instant is its day in UTC or one of
 * the two beside it, and two starts tell which. The table used last is tried first; the others are in a map, at most 512
 * of them (717 years, 2 MB), of which the one made first goes first. A look-up takes some ten nanoseconds.
 */

import { DAY } from './civil.js'
import { DAYS_IN_TABLE, dayTable, instantIn, offsetIn, type DayTable } from './day-table.js'
import { CoterieError, show } from './errors.js'
import { FIRST_INSTANT, LAST_INSTANT, zoneOffsets, type ZoneOffsets } from './zone-offsets.js'

const MOST_TABLES = 512
const FIRST_DAY = FIRST_INSTANT / DAY
const LAST_DAY = LAST_INSTANT / DAY

/** A time zone; made by {@link timeZone}. */
export class TimeZone {
  /** The name it was asked for by: an IANA name, or `UTC`. */
  readonly name: string
  readonly #offsets: ZoneOffsets
  readonly #tables = new Map<number, DayTable>()
  #table: DayTable

  constructor(name: string, offsets: ZoneOffsets) {
    this.name = name
    this.#offsets = offsets
    this.#table = NO_TABLE
  }

  /** How far local time is ahead of UTC at an instant, in milliseconds. */
  offsetAt(instant: number): number {
    const within = clamp(instant)
    return offsetIn(this.#tableOf(Math.floor(within / DAY)), within)
  }

  /**
   * The local day of an instant, in days since 1970-01-01: the last one that has begun. It is the local date, but for
   * the hour or so in which a clock that was set back across midnight shows the date before once more.
   */
  dayOf(instant: number): number {
    const within = clamp(instant)
    const utcDay = Math.floor(within / DAY)
    const { firstDay, starts } = this.#tableOf(utcDay)
    if (within < (starts[utcDay - firstDay] as number)) return utcDay - 1
    return within < (starts[utcDay - firstDay + 1] as number) ? utcDay : utcDay + 1
  }

  /**
   * The instant at which a local day begins: the earliest whose local date is that day or later. Days before the first
   * instant begin with it; days after the last instant begin one millisecond after it, so that it still lies before them.
   */
  startOfDay(epochDay: number): number {
    if (epochDay < FIRST_DAY) return FIRST_INSTANT
    if (epochDay > LAST_DAY) return LAST_INSTANT + 1
    const { firstDay, starts } = this.#tableOf(epochDay)
    return starts[epochDay - firstDay] as number
  }

  /**
   * The instant of a local time, `msOfDay` after the local midnight as a clock shows it. A time that comes twice is the
   * first; one that does not exist moves forward by the gap. Times beyond the first and last instant are these.
   */
  instantOf(epochDay: number, msOfDay: number): number {
    const localTime = epochDay * DAY + msOfDay
    const day = Math.min(Math.max(Math.floor(localTime / DAY), FIRST_DAY), LAST_DAY)
    const table = this.#tableOf(day)
    const start = table.starts[day - table.firstDay] as number
    const end = table.starts[day - table.firstDay + 1] as number
    // A day of 24 hours has no change of offset in it: two in one day do not happen.
    if (end - start === DAY) return clamp(start + (localTime - day * DAY))
    return clamp(instantIn(table, localTime))
  }

  /** The table that a day lies in, which must lie within time. */
  #tableOf(day: number): DayTable {
    const last = this.#table
    if (day >= last.firstDay && day < last.firstDay + DAYS_IN_TABLE) return last
    const place = Math.floor(day / DAYS_IN_TABLE)
    return (this.#table = this.#tables.get(place) ?? this.#makeTable(place))
  }

  #makeTable(place: number): DayTable {
    const table = dayTable(this.#offsets, place * DAYS_IN_TABLE)
    const [oldest] = this.#tables.size < MOST_TABLES ? [] : this.#tables.keys()
    if (oldest !== undefined) this.#tables.delete(oldest)
    this.#tables.set(place, table)
    return table
  }
}

const NO_TABLE: DayTable = { firstDay: NaN, starts: new Float64Array(0), spans: [] }

const MOST_ZONES = 1000
const known = new Map<unknown, TimeZone>()

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
  const zone = known.get(name)
  if (zone !== undefined) return zone
  // A letter first: some hosts also take offsets such as `+01:00`.
  if (typeof name !== 'string' || !/^[A-Za-z]/.test(name)) return undefined
  const offsets = zoneOffsets(name)
  if (offsets === undefined) return undefined
  if (known.size >= MOST_ZONES) known.clear()
  const found = new TimeZone(name, offsets)
  known.set(name, found)
  return found
}

function clamp(instant: number): number {
  if (instant < FIRST_INSTANT) return FIRST_INSTANT
  return instant > LAST_INSTANT ? LAST_INSTANT : instant
}
