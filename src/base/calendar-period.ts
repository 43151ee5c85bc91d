import { civilOf, epochDayOf, readDay, weekdayOf } from './civil.js'
import { CoterieError, show } from './errors.js'

/** What calendar periods are made of. */
export type CalendarUnit = 'day' | 'week' | 'month' | 'quarter' | 'year'

/** A day of the week. */
export type Weekday = 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday'

/**
 * A stretch of whole local days. `this` is the unit that holds today; `last` and `next` are `count` units before and
 * after it, of which it is itself the last or the first one where `current` says so. The others stand still.
 */
export type CalendarPeriod =
  | { readonly period: 'this'; readonly unit: CalendarUnit }
  | {
      readonly period: 'last' | 'next'
      readonly unit: CalendarUnit
      /** At least 1, at most `LARGEST_COUNT`. */
      readonly count: number
      readonly current: boolean
    }
  | {
      readonly period: 'day'
      /** `YYYY-MM-DD`. */
      readonly day: string
    }
  | {
      readonly period: 'month'
      readonly year: number
      /** 1 to 12. */
      readonly month: number
    }
  | {
      readonly period: 'quarter'
      readonly year: number
      /** 1 to 4. */
      readonly quarter: number
    }
  | { readonly period: 'year'; readonly year: number }

/** The weekdays in order; `monday` is the first. */
export const WEEKDAYS: readonly Weekday[] = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
]

/** The most units that a `last` or `next` period can have: 10,000 years of each. */
export const LARGEST_COUNT: Readonly<Record<CalendarUnit, number>> = {
  day: 3_652_425,
  week: 521_775,
  month: 120_000,
  quarter: 40_000,
  year: 10_000,
}

/** Whether a period moves with today; the others begin and end on the same days for ever. */
export function isMoving(
  period: CalendarPeriod,
): period is Extract<CalendarPeriod, { period: 'this' | 'last' | 'next' }> {
  return period.period === 'this' || period.period === 'last' || period.period === 'next'
}

/** The first day of a period, in days since 1970-01-01. It never goes back when `today` goes forward. */
export function firstDay(period: CalendarPeriod, today: number, weekStartsOn: Weekday): number {
  switch (period.period) {
    case 'this':
      return unitStart(period.unit, today, 0, weekStartsOn)
    case 'last':
      return unitStart(period.unit, today, period.current ? 1 - period.count : -period.count, weekStartsOn)
    case 'next':
      return unitStart(period.unit, today, period.current ? 0 : 1, weekStartsOn)
    case 'day':
      return calendarDay(period.day)
    case 'month':
      return epochDayOf(period.year, period.month, 1)
    case 'quarter':
      return epochDayOf(period.year, period.quarter * 3 - 2, 1)
    case 'year':
      return epochDayOf(period.year, 1, 1)
  }
}

/** The day after the last day of a period. It never goes back when `today` goes forward. */
export function endDay(period: CalendarPeriod, today: number, weekStartsOn: Weekday): number {
  switch (period.period) {
    case 'this':
      return unitStart(period.unit, today, 1, weekStartsOn)
    case 'last':
      return unitStart(period.unit, today, period.current ? 1 : 0, weekStartsOn)
    case 'next':
      return unitStart(period.unit, today, period.current ? period.count : period.count + 1, weekStartsOn)
    case 'day':
      return calendarDay(period.day) + 1
    case 'month':
      return monthStart(period.year * 12 + period.month)
    case 'quarter':
      return monthStart(period.year * 12 + period.quarter * 3)
    case 'year':
      return epochDayOf(period.year + 1, 1, 1)
  }
}

/** The first day of the unit that comes `shift` after the one that holds `day`. */
function unitStart(unit: CalendarUnit, day: number, shift: number, weekStartsOn: Weekday): number {
  switch (unit) {
    case 'day':
      return day + shift
    case 'week': {
      const sinceStart = (weekdayOf(day) - 1 - WEEKDAYS.indexOf(weekStartsOn) + 7) % 7
      return day - sinceStart + shift * 7
    }
    case 'month': {
      const { year, month } = civilOf(day)
      return monthStart(year * 12 + month - 1 + shift)
    }
    case 'quarter': {
      const { year, month } = civilOf(day)
      return monthStart(year * 12 + (Math.ceil(month / 3) - 1 + shift) * 3)
    }
    case 'year':
      return epochDayOf(civilOf(day).year + shift, 1, 1)
  }
}

/** The first day of a month counted from January of the year 0. */
function monthStart(monthsSinceYear0: number): number {
  const year = Math.floor(monthsSinceYear0 / 12)
  return epochDayOf(year, monthsSinceYear0 - year * 12 + 1, 1)
}

/** The day that a text names, `YYYY-MM-DD`, in days since 1970-01-01. Throws `DATE_INVALID`. */
export function calendarDay(text: string): number {
  const day = readDay(text)
  if (day === undefined) {
    throw new CoterieError('DATE_INVALID', `${show(text)} is not a day.`, {
      received: show(text),
      expected: 'a real date, YYYY-MM-DD',
    })
  }
  return day
}
