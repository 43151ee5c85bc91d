import type { CalendarUnit } from '../base/calendar-period.js'
import { DAY } from '../base/civil.js'
import type { DayFromToday, MovingEdge } from './moving-edge.js'

/*
 * The ends of windows as things that can be compared without knowing what time it is. An edge is a function of now; one
 * is never after another when that holds for every now, which for edges of one kind is seen at once, and for edges of
 * different kinds from how far each can be from now.
 *
 * What is not proved is not claimed: "the last 30 days" and "the last month" are in no order, and neither is an edge that
 * moves with one that stands, unless the clock is known to be past an instant.
 */

/**
 * Whether one edge is never after another, whatever now is; of an edge that moves and one that stands, whatever now is
 * from `since` on. False where that is not proved.
 */
export function isNeverAfter(one: MovingEdge, other: MovingEdge, since: number | undefined): boolean {
  if (one.kind === 'fixed' && (one.at === -Infinity || (other.kind === 'fixed' && one.at <= other.at))) return true
  if (other.kind === 'fixed') return other.at === Infinity
  if (one.kind === 'fixed') return since !== undefined && one.at <= earliest(other, since)
  if (one.kind === 'day' && other.kind === 'day' && one.zone === other.zone && isDayNeverAfter(one.day, other.day))
    return true
  return reach(one).most <= reach(other).least
}

/** Where an edge is at an instant at the earliest; edges never go back. */
function earliest(edge: MovingEdge, now: number): number {
  return edge.kind === 'fixed' ? edge.at : now + reach(edge).least
}

/** How long after now an edge can be, in ms, below 0 where that is before. */
interface Reach {
  readonly least: number
  readonly most: number
}

/** Clocks are less than 16 hours from UTC, and were so even when each town had its own; so a day is off by less than twice that. */
const widestTurn = 32 * 3_600_000

function reach(edge: MovingEdge): Reach {
  if (edge.kind === 'shifted') return { least: edge.shift, most: edge.shift }
  if (edge.kind === 'fixed') return { least: -Infinity, most: Infinity }
  const { least, most } = dayReach(edge.day)
  const turn = edge.zone === 'UTC' ? 0 : widestTurn
  // Of now, all of today may have gone by, or nothing of it.
  return { least: (least - 1) * DAY - turn, most: most * DAY + turn }
}

const unitDays = {
  day: { shortest: 1, longest: 1 },
  week: { shortest: 7, longest: 7 },
  month: { shortest: 28, longest: 31 },
  quarter: { shortest: 90, longest: 92 },
  year: { shortest: 365, longest: 366 },
} as const

/** How many days after today a day can be. */
function dayReach(day: DayFromToday): Reach {
  if ('months' in day) {
    const length = spanOf(day.months, unitDays.month)
    return { least: length.least + day.days, most: length.most + day.days }
  }
  const { shortest, longest } = unitDays[day.unit]
  const length = spanOf(day.shift, { shortest, longest })
  // The unit began today at the latest, and a day less than its length ago at the earliest.
  return { least: length.least - (longest - 1), most: length.most }
}

function spanOf(count: number, { shortest, longest }: { readonly shortest: number; readonly longest: number }): Reach {
  return count >= 0
    ? { least: count * shortest, most: count * longest }
    : { least: count * longest, most: count * shortest }
}

/** Whether one day found from today is never after another; only for pairs of which it is seen without looking at days. */
function isDayNeverAfter(one: DayFromToday, other: DayFromToday): boolean {
  const [a, b] = [asMonths(one), asMonths(other)]
  // A day of an earlier month is before every day of a later one, but days added can bring it there.
  if (a !== undefined && b !== undefined)
    return a.months === b.months ? a.days <= b.days : a.months < b.months && a.days <= 1
  if ('unit' in one && 'unit' in other) {
    if (one.unit === other.unit && one.weekStartsOn === other.weekStartsOn) return one.shift <= other.shift
    // Today, and so what began before it, comes before what begins after it.
    if (one.shift <= 0 && other.shift >= 1) return true
    // A unit begins before what lies in it, and ends after that.
    if (one.shift <= 0 && other.shift >= 0 && liesIn(other.unit, one.unit)) return true
    if (one.shift <= 1 && other.shift >= 1 && liesIn(one.unit, other.unit)) return true
  }
  return dayReach(one).most <= dayReach(other).least
}

/** Whether each unit of one kind lies whole in one of another kind. */
function liesIn(inner: CalendarUnit, outer: CalendarUnit): boolean {
  if (inner === 'day') return true
  return inner !== 'week' && outer !== 'week' && monthly.indexOf(inner) <= monthly.indexOf(outer)
}

const monthly: readonly CalendarUnit[] = ['month', 'quarter', 'year']

/** A day as so many months after today and some days; also today and its neighbours. */
function asMonths(day: DayFromToday): { readonly months: number; readonly days: number } | undefined {
  if ('months' in day) return day
  return day.unit === 'day' && day.shift >= 0 && day.shift <= 1 ? { months: 0, days: day.shift } : undefined
}
