import { endDay, firstDay, type CalendarUnit, type Weekday } from '../base/calendar-period.js'
import { civilOf } from '../base/civil.js'
import { timeZone } from '../base/time-zone.js'

/** A stretch of whole local days, from its first instant to that of the next. */
export interface Period {
  readonly from: number
  readonly to: number
  /** The first day, `YYYY-MM-DD`. */
  readonly label: string
}

/** The periods that instants from one to another lie in, in order and without gaps; none where `to` is before `from`. */
export function periodsOf(
  unit: CalendarUnit,
  from: number,
  to: number,
  zoneName: string,
  weekStartsOn: Weekday,
): readonly Period[] {
  const zone = timeZone(zoneName)
  const periods: Period[] = []
  const last = zone.dayOf(to)
  for (let day = firstDay({ period: 'this', unit }, zone.dayOf(from), weekStartsOn); from <= to && day <= last;) {
    const next = endDay({ period: 'this', unit }, day, weekStartsOn)
    periods.push({ from: zone.startOfDay(day), to: zone.startOfDay(next), label: dayLabel(day) })
    day = next
  }
  return periods
}

/** The place of the period that an instant lies in; -1 before the first, their number after the last. */
export function placeOfPeriod(periods: readonly Period[], instant: number): number {
  let low = 0
  let high = periods.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((periods[middle]?.to ?? Infinity) <= instant) low = middle + 1
    else high = middle
  }
  return low === 0 && instant < (periods[0]?.from ?? Infinity) ? -1 : low
}

function dayLabel(epochDay: number): string {
  const { year, month, day } = civilOf(epochDay)
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}
