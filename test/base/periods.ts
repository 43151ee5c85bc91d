import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { WEEKDAYS, type CalendarPeriod, type CalendarUnit, type Weekday } from '../../src/base/calendar-period.js'
import { formatDay } from '../../src/base/civil.js'

const anyUnit = fc.constantFrom<CalendarUnit>('day', 'week', 'month', 'quarter', 'year')
const anyYear = fc.integer({ min: 1990, max: 2040 })

export const movingPeriod: fc.Arbitrary<CalendarPeriod> = fc.oneof(
  fc.record({ period: fc.constant('this' as const), unit: anyUnit }),
  fc.record({
    period: fc.constantFrom('last' as const, 'next' as const),
    unit: anyUnit,
    count: fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 1, max: 5 }) }, fc.integer({ min: 1, max: 400 })),
    current: fc.boolean(),
  }),
)

export const anyPeriod: fc.Arbitrary<CalendarPeriod> = fc.oneof(
  { weight: 3, arbitrary: movingPeriod },
  fc.record({
    period: fc.constant('day' as const),
    day: fc.integer({ min: 7000, max: 25_000 }).map(formatDay),
  }),
  fc.record({ period: fc.constant('month' as const), year: anyYear, month: fc.integer({ min: 1, max: 12 }) }),
  fc.record({ period: fc.constant('quarter' as const), year: anyYear, quarter: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ period: fc.constant('year' as const), year: anyYear }),
)

/** The first day of a period and the day after its last, in Temporal's calendar; undefined where it has no such day. */
export function temporalPeriod(
  period: CalendarPeriod,
  today: Temporal.PlainDate,
  weekStartsOn: Weekday,
): { from: Temporal.PlainDate | undefined; to: Temporal.PlainDate | undefined } {
  switch (period.period) {
    case 'this':
    case 'last':
    case 'next': {
      const length = lengthOf(period.unit)
      const from = startOf(period.unit, today, weekStartsOn)
      const to = from.add(length)
      if (period.period === 'this') return { from, to }
      const others = period.current ? period.count - 1 : period.count
      const away = Temporal.Duration.from({
        days: (length.days ?? 0) * others,
        months: (length.months ?? 0) * others,
      })
      if (period.period === 'last') return { from: moved(from, away.negated()), to: period.current ? to : from }
      return { from: period.current ? from : to, to: moved(to, away) }
    }
    case 'day': {
      const from = Temporal.PlainDate.from(period.day)
      return { from, to: from.add({ days: 1 }) }
    }
    case 'month': {
      const from = Temporal.PlainDate.from({ year: period.year, month: period.month, day: 1 })
      return { from, to: from.add({ months: 1 }) }
    }
    case 'quarter': {
      const from = Temporal.PlainDate.from({
        year: period.year,
        month: [1, 4, 7, 10][period.quarter - 1] ?? NaN,
        day: 1,
      })
      return { from, to: from.add({ months: 3 }) }
    }
    case 'year': {
      const from = Temporal.PlainDate.from({ year: period.year, month: 1, day: 1 })
      return { from, to: from.add({ years: 1 }) }
    }
  }
}

/** A date some way off; undefined beyond the first or last day of Temporal's calendar. */
function moved(date: Temporal.PlainDate, by: Temporal.Duration): Temporal.PlainDate | undefined {
  try {
    return date.add(by)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function lengthOf(unit: CalendarUnit): { days?: number; months?: number } {
  return { day: { days: 1 }, week: { days: 7 }, month: { months: 1 }, quarter: { months: 3 }, year: { months: 12 } }[
    unit
  ]
}

function startOf(unit: CalendarUnit, today: Temporal.PlainDate, weekStartsOn: Weekday): Temporal.PlainDate {
  let start = today
  if (unit === 'week') while (WEEKDAYS[start.dayOfWeek - 1] !== weekStartsOn) start = start.subtract({ days: 1 })
  if (unit === 'month') start = start.with({ day: 1 })
  if (unit === 'quarter')
    while (start.day !== 1 || ![1, 4, 7, 10].includes(start.month)) start = start.subtract({ days: 1 })
  if (unit === 'year') start = start.with({ month: 1, day: 1 })
  return start
}
