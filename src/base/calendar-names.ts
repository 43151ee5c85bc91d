import { calendarDay, LARGEST_COUNT, type CalendarPeriod, type CalendarUnit } from './calendar-period.js'
import { formatDay } from './civil.js'
import { CoterieError, show, type ErrorCode } from './errors.js'

/** Whether the unit that holds today is one of the units counted. It is always written, for people mean either. */
export interface CurrentUnit {
  readonly current: boolean
}

/** The calendar period that its name says, in the zone of the rule. */
export const today: CalendarPeriod = /* @__PURE__ */ present('day')
/** The calendar period that its name says, in the zone of the rule. */
export const yesterday: CalendarPeriod = /* @__PURE__ */ beside('last', 'day')
/** The calendar period that its name says, in the zone of the rule. */
export const tomorrow: CalendarPeriod = /* @__PURE__ */ beside('next', 'day')

/** The calendar period that its name says, in the zone of the rule. */
export const thisWeek: CalendarPeriod = /* @__PURE__ */ present('week')
/** The calendar period that its name says, in the zone of the rule. */
export const lastWeek: CalendarPeriod = /* @__PURE__ */ beside('last', 'week')
/** The calendar period that its name says, in the zone of the rule. */
export const nextWeek: CalendarPeriod = /* @__PURE__ */ beside('next', 'week')

/** The calendar period that its name says, in the zone of the rule. */
export const thisMonth: CalendarPeriod = /* @__PURE__ */ present('month')
/** The calendar period that its name says, in the zone of the rule. */
export const lastMonth: CalendarPeriod = /* @__PURE__ */ beside('last', 'month')
/** The calendar period that its name says, in the zone of the rule. */
export const nextMonth: CalendarPeriod = /* @__PURE__ */ beside('next', 'month')

/** The calendar period that its name says, in the zone of the rule. */
export const thisQuarter: CalendarPeriod = /* @__PURE__ */ present('quarter')
/** The calendar period that its name says, in the zone of the rule. */
export const lastQuarter: CalendarPeriod = /* @__PURE__ */ beside('last', 'quarter')
/** The calendar period that its name says, in the zone of the rule. */
export const nextQuarter: CalendarPeriod = /* @__PURE__ */ beside('next', 'quarter')

/** The calendar period that its name says, in the zone of the rule. */
export const thisYear: CalendarPeriod = /* @__PURE__ */ present('year')
/** The calendar period that its name says, in the zone of the rule. */
export const lastYear: CalendarPeriod = /* @__PURE__ */ beside('last', 'year')
/** The calendar period that its name says, in the zone of the rule. */
export const nextYear: CalendarPeriod = /* @__PURE__ */ beside('next', 'year')

/**
 * The `count` days up to today (`current`) or up to yesterday. Throws `RULE_INVALID` where the count is not whole, less
 * than 1 or more than 10,000 years, or where `current` is not said.
 */
export function lastDays(count: number, options: CurrentUnit): CalendarPeriod {
  return counted('last', 'day', count, options)
}

/** The `count` days from today (`current`) or from tomorrow. Throws as {@link lastDays} does. */
export function nextDays(count: number, options: CurrentUnit): CalendarPeriod {
  return counted('next', 'day', count, options)
}

/** The `count` weeks up to this one (`current`) or up to the one before. Throws as {@link lastDays} does. */
export function lastWeeks(count: number, options: CurrentUnit): CalendarPeriod {
  return counted('last', 'week', count, options)
}

/** The `count` weeks from this one (`current`) or from the one after. Throws as {@link lastDays} does. */
export function nextWeeks(count: number, options: CurrentUnit): CalendarPeriod {
  return counted('next', 'week', count, options)
}

/** The `count` months up to this one (`current`) or up to the one before. Throws as {@link lastDays} does. */
export function lastMonths(count: number, options: CurrentUnit): CalendarPeriod {
  return counted('last', 'month', count, options)
}

/** The `count` months from this one (`current`) or from the one after. Throws as {@link lastDays} does. */
export function nextMonths(count: number, options: CurrentUnit): CalendarPeriod {
  return counted('next', 'month', count, options)
}

/** One day, `YYYY-MM-DD`. Throws `DATE_INVALID` where there is no such day. */
export function onDay(day: string): CalendarPeriod {
  return Object.freeze({ period: 'day', day: formatDay(calendarDay(day)) })
}

/** One month, 1 to 12, of a year, 0 to 9999. Throws `DATE_INVALID` where there is no such month. */
export function inMonth(year: number, month: number): CalendarPeriod {
  checkRange('DATE_INVALID', 'year', year, 0, 9999)
  checkRange('DATE_INVALID', 'month', month, 1, 12)
  return Object.freeze({ period: 'month', year, month })
}

/** One quarter, 1 to 4, of a year, 0 to 9999. Throws `DATE_INVALID` where there is no such quarter. */
export function inQuarter(year: number, quarter: number): CalendarPeriod {
  checkRange('DATE_INVALID', 'year', year, 0, 9999)
  checkRange('DATE_INVALID', 'quarter', quarter, 1, 4)
  return Object.freeze({ period: 'quarter', year, quarter })
}

/** One year, 0 to 9999. Throws `DATE_INVALID` where it is none. */
export function inYear(year: number): CalendarPeriod {
  checkRange('DATE_INVALID', 'year', year, 0, 9999)
  return Object.freeze({ period: 'year', year })
}

function present(unit: CalendarUnit): CalendarPeriod {
  return Object.freeze({ period: 'this', unit })
}

function beside(period: 'last' | 'next', unit: CalendarUnit): CalendarPeriod {
  return Object.freeze({ period, unit, count: 1, current: false })
}

function counted(period: 'last' | 'next', unit: CalendarUnit, count: number, options: CurrentUnit): CalendarPeriod {
  checkRange('RULE_INVALID', `number of ${unit}s`, count, 1, LARGEST_COUNT[unit])
  const current: unknown = (options as CurrentUnit | undefined)?.current
  if (typeof current !== 'boolean') {
    throw new CoterieError('RULE_INVALID', `Say whether the current ${unit} is one of the ${unit}s.`, {
      received: show(current),
      expected: '{ current: true } or { current: false }',
    })
  }
  return Object.freeze({ period, unit, count, current })
}

function checkRange(code: ErrorCode, what: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return
  throw new CoterieError(code, `The ${what} cannot be ${show(value)}.`, {
    received: show(value),
    expected: `a whole number from ${String(least)} to ${String(most)}`,
  })
}
