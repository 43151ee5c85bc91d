import { addMonths, DAY, epochDayOf, formatDay } from '../base/civil.js'
import { durationOf, type DurationText } from '../base/duration.js'
import { timeZone, type TimeZone } from '../base/time-zone.js'
import { FIRST_INSTANT, LAST_INSTANT } from '../base/zone-offsets.js'
import { epochDay, isDay, isInstant, type DayValue, type InstantValue, type Value } from '../contacts/value.js'

const firstDay = epochDayOf(0, 1, 1)
const lastDay = epochDayOf(9999, 12, 31)

/** The instant that a date stands for where a window is asked for it: a day is the start of that local day. */
export function instantOfDate(value: Value, zone: TimeZone): number | undefined {
  if (isInstant(value)) return value.instant
  return isDay(value) ? zone.startOfDay(epochDay(value)) : undefined
}

/** The local day that a date stands for where anniversaries are asked for it, as days since 1970-01-01. */
export function dayOfDate(value: Value, zone: TimeZone): number | undefined {
  if (isDay(value)) return epochDay(value)
  return isInstant(value) ? zone.dayOf(value.instant) : undefined
}

/**
 * Below 0, 0 or above: `left` is before, on or after `right`. An instant is on a day from its start until the start of
 * the next, in the zone. `undefined` where one of them is no date.
 */
export function compareDates(left: Value, right: Value, zoneName: string): number | undefined {
  if (isInstant(left)) {
    if (isInstant(right)) return left.instant - right.instant
    return isDay(right) ? compareInstantWithDay(left, right, timeZone(zoneName)) : undefined
  }
  if (!isDay(left)) return undefined
  if (isDay(right)) return epochDay(left) - epochDay(right)
  return isInstant(right) ? -compareInstantWithDay(right, left, timeZone(zoneName)) : undefined
}

function compareInstantWithDay({ instant }: InstantValue, value: DayValue, zone: TimeZone): number {
  const day = epochDay(value)
  if (instant < zone.startOfDay(day)) return -1
  return instant >= zone.startOfDay(day + 1) ? 1 : 0
}

/**
 * A date moved by a duration, `sign` 1 for later and -1 for earlier. Months and years move the local date, clamped to the
 * month's end, and keep the local time; a day moves by whole days only. `undefined` where there is no such date.
 */
export function shiftedDate(value: Value, text: DurationText, sign: 1 | -1, zoneName: string): Value | undefined {
  const duration = durationOf(text)
  if (duration.kind === 'exact') return movedDate(value, sign * duration.ms)
  if (isDay(value)) return dayValue(addMonths(epochDay(value), sign * duration.months))
  return isInstant(value) ? shiftedByMonths(value, sign * duration.months, timeZone(zoneName)) : undefined
}

function shiftedByMonths(value: InstantValue, months: number, zone: TimeZone): InstantValue | undefined {
  // Reading a local time that comes twice back gives the first, so an instant in the second would move by an hour.
  if (months === 0) return value
  const local = value.instant + zone.offsetAt(value.instant)
  const day = Math.floor(local / DAY)
  const instant = zone.instantOf(addMonths(day, months), local - day * DAY)
  // What lies beyond the first or last instant comes back as these.
  return instant > FIRST_INSTANT && instant < LAST_INSTANT ? { instant } : undefined
}

/** A date moved by milliseconds; parts of one are cut off towards the past. A day moves by whole days only. */
export function movedDate(value: Value, ms: number): Value | undefined {
  // Cut off before adding: a sum of an instant and a part of a millisecond would be rounded, perhaps up.
  if (isInstant(value)) return instantValue(value.instant + Math.floor(ms))
  return isDay(value) && ms % DAY === 0 ? dayValue(epochDay(value) + ms / DAY) : undefined
}

function instantValue(instant: number): InstantValue | undefined {
  return instant >= FIRST_INSTANT && instant <= LAST_INSTANT ? { instant } : undefined
}

function dayValue(day: number): DayValue | undefined {
  return day >= firstDay && day <= lastDay ? { day: formatDay(day) } : undefined
}
