import type { CalendarPeriod, Weekday } from '../../base/calendar-period.js'
import type { DurationText } from '../../base/duration.js'
import { quote } from '../quoted.js'
import { countedUnit, months, unitWord } from '../words/unit-words.js'
import { absoluteStarts, windowStarts } from '../words/window-words.js'
import type { Printing } from './printing.js'

/** A window of time, as a node has it. */
export type PrintedWindow =
  | { readonly op: 'inLast' | 'notInLast' | 'inNext' | 'moreThanAgo'; readonly duration: DurationText }
  | { readonly op: 'betweenAgo'; readonly from: DurationText; readonly to: DurationText }
  | { readonly op: 'inCalendar'; readonly period: CalendarPeriod }

/** The words of a window, without zone and first day of the week. */
export function printWindow(window: PrintedWindow): string {
  switch (window.op) {
    case 'inLast':
      return `${windowStarts.inLast[0]} ${printDuration(window.duration)}`
    case 'notInLast':
      return `not ${windowStarts.inLast[0]} ${printDuration(window.duration)}`
    case 'inNext':
      return `${windowStarts.inNext[0]} ${printDuration(window.duration)}`
    case 'moreThanAgo':
      return `${windowStarts.moreThan[0]} ${printDuration(window.duration)} ago`
    case 'betweenAgo':
      return `${windowStarts.between[0]} ${printAgos(window.from, window.to)} ago`
    case 'inCalendar':
      return printPeriod(window.period)
  }
}

/** A duration: `60 days`. */
export function printDuration(duration: DurationText): string {
  const { count, unit } = countedUnit(duration)
  return `${String(count)} ${unitWord(count, unit)}`
}

function printAgos(from: DurationText, to: DurationText): string {
  const isOneUnit = countedUnit(from).unit === countedUnit(to).unit
  return `${isOneUnit ? String(countedUnit(from).count) : printDuration(from)} and ${printDuration(to)}`
}

function printPeriod(period: CalendarPeriod): string {
  switch (period.period) {
    case 'this':
      return period.unit === 'day' ? windowStarts.today[0] : `${windowStarts.this[0]} ${period.unit}`
    case 'last':
    case 'next':
      return printCounted(period)
    case 'day':
      return `${windowStarts.onDay[0]} ${period.day}`
    case 'month':
      return `${windowStarts.in[0]} ${String(months[period.month - 1])} ${String(period.year)}`
    case 'quarter':
      return `${windowStarts.in[0]} Q${String(period.quarter)} ${String(period.year)}`
    case 'year':
      return `${windowStarts.in[0]} year ${String(period.year)}`
  }
}

function printCounted({ period, unit, count, current }: Extract<CalendarPeriod, { period: 'last' | 'next' }>): string {
  const isLast = period === 'last'
  if (count === 1 && !current) {
    if (unit === 'day') return (isLast ? windowStarts.yesterday : windowStarts.tomorrow)[0]
    return `${windowStarts[period][0]} ${unit}`
  }
  const start = (isLast ? windowStarts.inLast : windowStarts.inNext)[0]
  const including = current ? ` including ${unit === 'day' ? 'today' : 'this one'}` : ''
  return `${start} ${String(count)} calendar ${unit}${count === 1 ? '' : 's'}${including}`
}

/** A window whose ends stand still, in ms. */
export function printAbsolute(from: number | undefined, to: number | undefined): string {
  if (to === undefined) return `${absoluteStarts.since[0]} ${printInstant(from ?? 0)}`
  if (from === undefined) return `${absoluteStarts.before[0]} ${printInstant(to)}`
  return `${absoluteStarts.from[0]} ${printInstant(from)} to ${printInstant(to)}`
}

/** An instant in UTC; one whose year has not four digits in milliseconds. */
export function printInstant(ms: number): string {
  const year = new Date(ms).getUTCFullYear()
  if (!(year >= 0 && year <= 9999)) return `instant ${String(ms)}`
  return new Date(ms).toISOString().replace('.000Z', 'Z')
}

interface Dated {
  readonly timeZone?: string
  readonly weekStartsOn?: Weekday
}

/** The zone and the first day of the week of a node, where it has them and they are not those of the reader. */
export function printDateSuffixes({ timeZone, weekStartsOn }: Dated, printing: Printing): string {
  const weeks =
    weekStartsOn === undefined || weekStartsOn === printing.weekStartsOn ? '' : ` with weeks from ${weekStartsOn}`
  const zone = timeZone === undefined || timeZone === printing.timeZone ? '' : ` in time zone ${quote(timeZone)}`
  return weeks + zone
}
