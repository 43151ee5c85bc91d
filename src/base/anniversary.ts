/**
 * Anniversaries of a day: one in every year after it, the first a year after the date. A window of the next n days slides
 * over them, so whether it holds one changes only where an anniversary comes in at its far end or is left behind at its
 * near end; both are found from the next anniversary and the one after, without walking over days. Two anniversaries
 * are 365 or 366 days apart, and 366 at least once in nine years, which bounds the one loop there is.
 */

import { civilOf, epochDayOf, isLeapYear } from './civil.js'

/** Where the anniversaries of 29 February fall in other years. */
export type LeapAnniversary = 'feb28' | 'mar1'

const LONGEST_GAP = 366

/**
 * Whether an anniversary of `dateDay` lies among the next `n` days: today is the first of them where `current` says so,
 * otherwise tomorrow is. Days are days since 1970-01-01.
 */
export function anniversaryHolds(
  dateDay: number,
  today: number,
  n: number,
  current: boolean,
  leap: LeapAnniversary,
): boolean {
  const first = current ? today : today + 1
  return nextAnniversary(dateDay, first, leap) - first < n
}

/** The first day after `today` on which {@link anniversaryHolds} gives another answer, or undefined where it never does. */
export function anniversaryFlip(
  dateDay: number,
  today: number,
  n: number,
  current: boolean,
  leap: LeapAnniversary,
): number | undefined {
  if (n < 1) return undefined
  const beforeFirst = current ? 0 : 1
  const first = today + beforeFirst
  let next = nextAnniversary(dateDay, first, leap)
  if (next - first >= n) return next - n + 1 - beforeFirst
  if (n >= LONGEST_GAP) return undefined
  for (;;) {
    const following = nextAnniversary(dateDay, next + 1, leap)
    if (following - next > n) return next + 1 - beforeFirst
    next = following
  }
}

/** The first anniversary on or after a day. */
function nextAnniversary(dateDay: number, from: number, leap: LeapAnniversary): number {
  const date = civilOf(dateDay)
  const year = Math.max(date.year + 1, civilOf(from).year)
  const inYear = anniversaryIn(year, date.month, date.day, leap)
  return inYear >= from ? inYear : anniversaryIn(year + 1, date.month, date.day, leap)
}

function anniversaryIn(year: number, month: number, day: number, leap: LeapAnniversary): number {
  if (month === 2 && day === 29 && !isLeapYear(year)) {
    return leap === 'feb28' ? epochDayOf(year, 2, 28) : epochDayOf(year, 3, 1)
  }
  return epochDayOf(year, month, day)
}
