import fc from 'fast-check'
import { WEEKDAYS, type CalendarPeriod, type CalendarUnit, type Weekday } from '../../src/base/calendar-period.js'
import { civilOf } from '../../src/base/civil.js'
import type { DurationText } from '../../src/base/duration.js'
import { timeZone } from '../../src/base/time-zone.js'
import { dayValues } from './instants.js'
import { zones, type Stage } from './stages.js'

/** Durations, exact and of the calendar. Multiples of a quarter hour but for two. */
export const durations: fc.Arbitrary<DurationText> = fc.constantFrom(
  '1d',
  '15m',
  '1h',
  '36h',
  '2d',
  '30d',
  'P1M',
  'P1Y',
  '0ms',
  '1ms',
)

/** Durations that a day can be moved by. */
export const wholeDayDurations: fc.Arbitrary<DurationText> = fc.constantFrom('1d', '2d', '0ms', 'P1M', 'P1Y')

/** The two ends of a window between two durations ago: of one kind, the shorter first. */
export const durationPairs: fc.Arbitrary<{ readonly from: DurationText; readonly to: DurationText }> = fc.constantFrom(
  { from: '1h', to: '1d' },
  { from: '0ms', to: '15m' },
  { from: '1d', to: '2d' },
  { from: 'P0M', to: 'P1M' },
  { from: 'P1M', to: 'P1Y' },
)

/** A zone written into a rule. */
export const zoneNames: fc.Arbitrary<string> = fc.constantFrom(...zones)

export const weekdays: fc.Arbitrary<Weekday> = fc.constantFrom(...WEEKDAYS)

/** Periods of the calendar: those that move with today, and those around the stage's day. */
export function periods(stage: Stage): fc.Arbitrary<CalendarPeriod> {
  const unit = fc.constantFrom<CalendarUnit>('day', 'week', 'month', 'quarter', 'year')
  const counted = fc.record({
    period: fc.constantFrom('last' as const, 'next' as const),
    unit,
    count: fc.integer({ min: 1, max: 3 }),
    current: fc.boolean(),
  })
  const { year, month } = civilOf(timeZone(stage.timeZone).dayOf(stage.around))
  return fc.oneof<fc.MaybeWeightedArbitrary<CalendarPeriod>[]>(
    { weight: 3, arbitrary: unit.map((one) => ({ period: 'this', unit: one })) },
    { weight: 5, arbitrary: counted },
    { weight: 1, arbitrary: dayValues(stage).map(({ day }) => ({ period: 'day', day })) },
    { weight: 1, arbitrary: fc.constant({ period: 'month', year, month }) },
    { weight: 1, arbitrary: fc.constant({ period: 'quarter', year, quarter: Math.ceil(month / 3) }) },
    { weight: 1, arbitrary: fc.constant({ period: 'year', year }) },
  )
}
