/*
 * Laws, for every period and weekday:
 * 1. A day lies in firstDay to endDay just when Temporal's calendar says that it belongs to the period.
 * 2. Neither end goes back when today goes forward.
 * 3. The last n and the next n units without the current one, and the current one, adjoin.
 */
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import * as names from '../../src/base/calendar-names.js'
import {
  endDay,
  firstDay,
  LARGEST_COUNT,
  WEEKDAYS,
  type CalendarPeriod,
  type CalendarUnit,
  type Weekday,
} from '../../src/base/calendar-period.js'
import { formatDay, readDay } from '../../src/base/civil.js'
import { isCoterieError } from '../../src/base/errors.js'
import { runs } from '../runs.js'
import { anyPeriod, temporalPeriod } from './periods.js'
import { epochDayOfPlain, plainDate } from './zones.js'

const day = (text: string): number => readDay(text) ?? NaN
const spanOf = (period: CalendarPeriod, today: string, weekStartsOn: Weekday = 'monday'): string =>
  `${formatDay(firstDay(period, day(today), weekStartsOn))}/${formatDay(endDay(period, day(today), weekStartsOn))}`

const anyToday = fc.oneof(
  fc.integer({ min: 18_000, max: 22_000 }),
  fc.integer({ min: -700_000, max: 2_900_000 }),
  fc
    .tuple(fc.integer({ min: 1890, max: 2110 }), fc.constantFrom(-2, -1, 0, 1))
    .map(([year, by]) => epochDayOfPlain(Temporal.PlainDate.from({ year, month: 1, day: 1 })) + by),
)
const anyWeekday = fc.constantFrom(...WEEKDAYS)
const anyUnit = fc.constantFrom<CalendarUnit>('day', 'week', 'month', 'quarter', 'year')

describe('calendar periods', () => {
  // 2026-11-23 is a Monday.
  it.each<[string, CalendarPeriod, string]>([
    ['today', names.today, '2026-11-23/2026-11-24'],
    ['yesterday', names.yesterday, '2026-11-22/2026-11-23'],
    ['tomorrow', names.tomorrow, '2026-11-24/2026-11-25'],
    ['this week', names.thisWeek, '2026-11-23/2026-11-30'],
    ['last week', names.lastWeek, '2026-11-16/2026-11-23'],
    ['next week', names.nextWeek, '2026-11-30/2026-12-07'],
    ['this month', names.thisMonth, '2026-11-01/2026-12-01'],
    ['last month', names.lastMonth, '2026-10-01/2026-11-01'],
    ['next month', names.nextMonth, '2026-12-01/2027-01-01'],
    ['this quarter', names.thisQuarter, '2026-10-01/2027-01-01'],
    ['last quarter', names.lastQuarter, '2026-07-01/2026-10-01'],
    ['next quarter', names.nextQuarter, '2027-01-01/2027-04-01'],
    ['this year', names.thisYear, '2026-01-01/2027-01-01'],
    ['last year', names.lastYear, '2025-01-01/2026-01-01'],
    ['next year', names.nextYear, '2027-01-01/2028-01-01'],
    ['the last 7 days with today', names.lastDays(7, { current: true }), '2026-11-17/2026-11-24'],
    ['the last 7 days before today', names.lastDays(7, { current: false }), '2026-11-16/2026-11-23'],
    ['the next 7 days with today', names.nextDays(7, { current: true }), '2026-11-23/2026-11-30'],
    ['the next 7 days after today', names.nextDays(7, { current: false }), '2026-11-24/2026-12-01'],
    ['the last 2 weeks with this', names.lastWeeks(2, { current: true }), '2026-11-16/2026-11-30'],
    ['the last 2 weeks before this', names.lastWeeks(2, { current: false }), '2026-11-09/2026-11-23'],
    ['the next 2 weeks with this', names.nextWeeks(2, { current: true }), '2026-11-23/2026-12-07'],
    ['the next 2 weeks after this', names.nextWeeks(2, { current: false }), '2026-11-30/2026-12-14'],
    ['the last 12 months with this', names.lastMonths(12, { current: true }), '2025-12-01/2026-12-01'],
    ['the last 12 months before this', names.lastMonths(12, { current: false }), '2025-11-01/2026-11-01'],
    ['the next 2 months with this', names.nextMonths(2, { current: true }), '2026-11-01/2027-01-01'],
    ['the next 2 months after this', names.nextMonths(2, { current: false }), '2026-12-01/2027-02-01'],
    ['on a day', names.onDay('2024-02-29'), '2024-02-29/2024-03-01'],
    ['in a month', names.inMonth(2026, 12), '2026-12-01/2027-01-01'],
    ['in a quarter', names.inQuarter(2026, 4), '2026-10-01/2027-01-01'],
    ['in a year', names.inYear(2026), '2026-01-01/2027-01-01'],
  ])('%s', (_, period, expected) => {
    expect(spanOf(period, '2026-11-23')).toBe(expected)
    expect(Object.isFrozen(period)).toBe(true)
  })

  it('begin weeks on the weekday that is said', () => {
    expect(spanOf(names.thisWeek, '2026-11-23', 'sunday')).toBe('2026-11-22/2026-11-29')
    expect(spanOf(names.thisWeek, '2026-11-23', 'tuesday')).toBe('2026-11-17/2026-11-24')
    expect(spanOf(names.lastWeek, '2026-11-22', 'sunday')).toBe('2026-11-15/2026-11-22')
    expect(spanOf(names.lastWeek, '2026-11-22', 'monday')).toBe('2026-11-09/2026-11-16')
  })

  it('hold the days that Temporal gives them', () => {
    fc.assert(
      fc.property(anyPeriod, anyToday, anyWeekday, (period, today, weekStartsOn) => {
        const { from, to } = temporalPeriod(period, plainDate(today), weekStartsOn)
        expect(firstDay(period, today, weekStartsOn)).toBe(from && epochDayOfPlain(from))
        expect(endDay(period, today, weekStartsOn)).toBe(to && epochDayOfPlain(to))
      }),
      { numRuns: runs(2000) },
    )
  })

  it('never go back, and are never empty', () => {
    fc.assert(
      fc.property(anyPeriod, anyToday, fc.nat(400), anyWeekday, (period, today, later, weekStartsOn) => {
        const first = firstDay(period, today, weekStartsOn)
        const end = endDay(period, today, weekStartsOn)
        expect(first).toBeLessThan(end)
        expect(firstDay(period, today + later, weekStartsOn)).toBeGreaterThanOrEqual(first)
        expect(endDay(period, today + later, weekStartsOn)).toBeGreaterThanOrEqual(end)
      }),
      { numRuns: runs(1000) },
    )
  })

  it('adjoin', () => {
    fc.assert(
      fc.property(
        anyUnit,
        fc.integer({ min: 1, max: 60 }),
        anyToday,
        anyWeekday,
        (unit, count, today, weekStartsOn) => {
          const now: CalendarPeriod = { period: 'this', unit }
          const ends = (period: CalendarPeriod) => [
            firstDay(period, today, weekStartsOn),
            endDay(period, today, weekStartsOn),
          ]
          const [start, end] = ends(now)
          expect(ends({ period: 'last', unit, count, current: false })[1]).toBe(start)
          expect(ends({ period: 'next', unit, count, current: false })[0]).toBe(end)
          expect(ends({ period: 'last', unit, count, current: true })[1]).toBe(end)
          expect(ends({ period: 'next', unit, count, current: true })[0]).toBe(start)
          expect(ends({ period: 'last', unit, count: 1, current: true })).toEqual([start, end])
          expect(start).toBeLessThanOrEqual(today)
          expect(end).toBeGreaterThan(today)
        },
      ),
      { numRuns: runs(500) },
    )
  })
})

describe('what is no period', () => {
  const refused = (code: string, make: () => CalendarPeriod): void => {
    try {
      make()
      expect.unreachable()
    } catch (error) {
      expect(isCoterieError(error) && error.code).toBe(code)
      expect(error).toMatchObject({ received: expect.any(String) as string, expected: expect.any(String) as string })
    }
  }

  it.each([0, -1, 1.5, NaN, Infinity, LARGEST_COUNT.day + 1])('refuses %d days', (count) => {
    refused('RULE_INVALID', () => names.lastDays(count, { current: true }))
    refused('RULE_INVALID', () => names.nextDays(count, { current: false }))
  })

  it('refuses to guess whether the current unit counts', () => {
    refused('RULE_INVALID', () => names.lastDays(7, undefined as unknown as names.CurrentUnit))
    refused('RULE_INVALID', () => names.lastWeeks(7, {} as unknown as names.CurrentUnit))
    refused('RULE_INVALID', () => names.lastMonths(7, { current: 1 } as unknown as names.CurrentUnit))
  })

  it.each(['2025-02-29', '2026-1-5', 'today', '', null])('refuses the day %j', (text) => {
    refused('DATE_INVALID', () => names.onDay(text as string))
    const written: CalendarPeriod = { period: 'day', day: text as string }
    expect(() => firstDay(written, 0, 'monday')).toThrow()
    expect(() => endDay(written, 0, 'monday')).toThrow()
  })

  it('refuses months, quarters and years that do not exist', () => {
    refused('DATE_INVALID', () => names.inMonth(2026, 0))
    refused('DATE_INVALID', () => names.inMonth(2026, 13))
    refused('DATE_INVALID', () => names.inMonth(2026.5, 1))
    refused('DATE_INVALID', () => names.inQuarter(2026, 5))
    refused('DATE_INVALID', () => names.inQuarter(10_000, 1))
    refused('DATE_INVALID', () => names.inYear(-1))
    refused('DATE_INVALID', () => names.inYear(NaN))
  })
})
