import type { TimeZone } from '../base/time-zone.js'
import { FIRST_INSTANT, LAST_INSTANT } from '../base/zone-offsets.js'
import { epochDay, isDay, isInstant, type Value } from '../contacts/value.js'
import type { NumberRange } from './number-scan.js'

/*
 * Conditions on dates as ranges of the whole numbers that columns keep: milliseconds of instants, days since 1970 of days.
 * Starts of local days never go back as days go on, so every such condition is one range, also where an instant is asked about
 * a day or the other way round.
 */

/** The two types of dates. */
export type DateType = 'instant' | 'day'

/** The dates of a type that are neither before nor after a given one; those before end below it, those after begin above it. */
export function datesOn(type: DateType, date: Value, zone: TimeZone): NumberRange | undefined {
  if (isInstant(date)) {
    if (type === 'instant') return { low: date.instant, high: date.instant }
    const next = firstDayAfter(date.instant, zone)
    return { low: next - 1, high: next - 1 }
  }
  if (!isDay(date)) return undefined
  const day = epochDay(date)
  return type === 'day' ? { low: day, high: day } : { low: zone.startOfDay(day), high: zone.startOfDay(day + 1) - 1 }
}

/** The dates of a type that stand for instants `from <= t < to`; a day stands for its start. */
export function datesBetween(type: DateType, { from, to }: Interval, zone: TimeZone): NumberRange {
  if (type === 'instant') return { low: from, high: to - 1 }
  return { low: firstDayAfter(from - 1, zone), high: firstDayAfter(to - 1, zone) - 1 }
}

interface Interval {
  readonly from: number
  readonly to: number
}

/** The first day that starts after an instant; infinite where all do, or none. */
function firstDayAfter(instant: number, zone: TimeZone): number {
  if (instant < FIRST_INSTANT) return -Infinity
  if (instant > LAST_INSTANT) return Infinity
  let day = zone.dayOf(instant) + 1
  // Days may be empty: then several start at one instant.
  while (zone.startOfDay(day) <= instant) day += 1
  while (zone.startOfDay(day - 1) > instant) day -= 1
  return day
}
