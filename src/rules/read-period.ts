import { LARGEST_COUNT, type CalendarPeriod, type CalendarUnit } from '../base/calendar-period.js'
import type { Path } from '../base/errors.js'
import { readDayInput } from '../contacts/read-date.js'
import { readNamed } from '../contacts/read-text.js'
import { accepted, refuse, refuseUnknown, reportUnexpected } from '../contacts/refused.js'
import { fieldWords } from './field-words.js'
import { readFlag, readWhole } from './read-whole.js'
import { nodeProperties, type RuleReading } from './rule-reading.js'

type PeriodName = CalendarPeriod['period']

/** What a part of a period is called. */
export type PeriodPart = 'unit' | 'count' | 'current' | 'day' | 'year' | 'month' | 'quarter'

/** The parts of each kind of period besides `period`, in the order in which they are written. */
export const periodParts: Readonly<Record<PeriodName, readonly PeriodPart[]>> = Object.freeze({
  this: ['unit'],
  last: ['unit', 'count', 'current'],
  next: ['unit', 'count', 'current'],
  day: ['day'],
  month: ['year', 'month'],
  quarter: ['year', 'quarter'],
  year: ['year'],
})

/** The units of `this`, `last` and `next`. */
export const calendarUnits = Object.keys(LARGEST_COUNT) as readonly CalendarUnit[]

/** Reads a period of the calendar. Undefined where something in it was refused. */
export function readPeriod(input: unknown, reading: RuleReading, path: Path): CalendarPeriod | undefined {
  const properties = nodeProperties(input, reading, path)
  if (properties === undefined) {
    reportUnexpected(input, fieldWords.period, reading, path, 'RULE_INVALID')
    return undefined
  }
  const names = Object.keys(periodParts) as PeriodName[]
  const period = readNamed(properties.get('period'), names, 'RULE_INVALID', reading, [...path, 'period'])
  if (period === undefined) return undefined
  const parts = periodParts[period]
  refuseUnknown(properties.keys(), ['period', ...parts], `the period "${period}"`, 'RULE_INVALID', reading, path)
  const read = parts.map((part) => [part, readPart(part, properties, reading, [...path, part])] as const)
  return Object.freeze(Object.fromEntries([['period', period], ...read])) as unknown as CalendarPeriod
}

function readPart(
  part: PeriodPart,
  properties: ReadonlyMap<string, unknown>,
  reading: RuleReading,
  path: Path,
): unknown {
  const input = properties.get(part)
  switch (part) {
    case 'unit':
      return readNamed(input, calendarUnits, 'RULE_INVALID', reading, path)
    case 'count': {
      const unit = calendarUnits.find((name) => name === properties.get('unit'))
      return readWhole(input, 1, LARGEST_COUNT[unit ?? 'day'], reading, path)
    }
    case 'current':
      return readFlag(input, reading, path)
    case 'day':
      return readDayText(input, reading, path)
    case 'year':
      return readWhole(input, 0, 9999, reading, path)
    case 'month':
      return readWhole(input, 1, 12, reading, path)
    case 'quarter':
      return readWhole(input, 1, 4, reading, path)
  }
}

function readDayText(input: unknown, reading: RuleReading, path: Path): string | undefined {
  const day =
    typeof input === 'string'
      ? readDayInput(input, reading, path)
      : refuse(input, 'a day, YYYY-MM-DD', reading, path, 'DATE_INVALID')
  return accepted(day)?.day
}
