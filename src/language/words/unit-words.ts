import { WEEKDAYS, type CalendarUnit, type Weekday } from '../../base/calendar-period.js'
import { durationOf, type DurationText } from '../../base/duration.js'
import { PhraseTree } from '../phrase-tree.js'

/** A unit of durations, as a written duration has it: months and years are `M` and `Y`. */
export type DurationUnit = 'ms' | 's' | 'm' | 'h' | 'd' | 'w' | 'M' | 'Y'

/** Every way to say each unit. The first two are one of it, and several, as they are printed. */
const unitWords: { readonly [Unit in DurationUnit]: readonly [one: string, several: string, ...others: string[]] } = {
  ms: ['millisecond', 'milliseconds', 'ms'],
  s: ['second', 'seconds', 'sec'],
  m: ['minute', 'minutes', 'min', 'mins'],
  h: ['hour', 'hours'],
  d: ['day', 'days'],
  w: ['week', 'weeks'],
  M: ['month', 'months'],
  Y: ['year', 'years'],
}

/** The units of durations by their words. */
export const durationUnits: ReadonlyMap<string, DurationUnit> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ (Object.keys(unitWords) as DurationUnit[]).flatMap((unit) =>
    unitWords[unit].map((word) => [word, unit] as const),
  ),
)

/** A written duration of so many units. */
export function durationText(count: string, unit: DurationUnit): string {
  return unit === 'M' || unit === 'Y' ? `P${count}${unit}` : `${count}${unit}`
}

/** A number and the unit that it counts. */
export interface CountedUnit {
  readonly count: number
  readonly unit: DurationUnit
}

/** A duration as one number of the largest unit that fits: 14 months, 36 hours, 60 days. */
export function countedUnit(text: DurationText): CountedUnit {
  const duration = durationOf(text)
  if (duration.kind === 'calendar') {
    const isYears = duration.months > 0 && duration.months % 12 === 0
    return isYears ? { count: duration.months / 12, unit: 'Y' } : { count: duration.months, unit: 'M' }
  }
  const { ms } = duration
  const sizes = [['d', 86_400_000] as const, ['h', 3_600_000] as const, ['m', 60_000] as const, ['s', 1000] as const]
  const [unit, size] = sizes.find(([, length]) => ms > 0 && ms % length === 0) ?? (['ms', 1] as const)
  return { count: ms / size, unit }
}

/** What a number of a unit is called. */
export function unitWord(count: number, unit: DurationUnit): string {
  return unitWords[unit][count === 1 ? 0 : 1]
}

/** The units of the calendar, one and several. */
export const calendarWords: ReadonlyMap<string, CalendarUnit> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ (['day', 'week', 'month', 'quarter', 'year'] as const).flatMap((unit) => [
    [unit, unit] as const,
    [`${unit}s`, unit] as const,
  ]),
)

/** The months from January. */
export const months: readonly string[] = Object.freeze([
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
])

/** The months by their words, also the short ones, from 1. */
export const monthNumbers: ReadonlyMap<string, number> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ months.flatMap((month, place) => [
    [month.toLowerCase(), place + 1] as const,
    [month.slice(0, 3).toLowerCase(), place + 1] as const,
  ]),
)

export const weekdayTree = /* @__PURE__ */ new PhraseTree<Weekday>(
  'a day of the week',
  /* @__PURE__ */ WEEKDAYS.map((day) => [day, day] as const),
)
