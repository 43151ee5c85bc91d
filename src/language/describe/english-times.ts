import type { CalendarPeriod, Weekday } from '../../base/calendar-period.js'
import { civilOf, DAY, readDay } from '../../base/civil.js'
import { durationOf, type DurationText } from '../../base/duration.js'
import { isTimeZone, timeZone as zoneOf } from '../../base/time-zone.js'
import { countedUnit, months, unitWord } from '../words/unit-words.js'
import type { Telling } from './wording.js'

/** `60 days`, with the zone where days of a calendar are meant. */
export function englishDuration(duration: DurationText, timeZone: string | undefined, telling: Telling): string {
  const { count, unit } = countedUnit(duration)
  const zone = durationOf(duration).kind === 'calendar' ? inZone(timeZone, telling) : ''
  return `${String(count)} ${unitWord(count, unit)}${zone}`
}

/** ` (Europe/Berlin time)`, where that is another zone than the reader's. */
export function inZone(timeZone: string | undefined, telling: Telling): string {
  return timeZone === undefined || timeZone === telling.timeZone ? '' : ` (${timeZone} time)`
}

/** A period of the calendar, with what stands before it: `in January 1997`, `today`. */
export function englishPeriod(period: CalendarPeriod, weekStartsOn: Weekday | undefined): string {
  const isOfWeeks = 'unit' in period && period.unit === 'week'
  const weeks = isOfWeeks && weekStartsOn !== undefined && weekStartsOn !== 'monday'
  return `${periodWords(period)}${weeks ? ` (weeks beginning on ${capital(weekStartsOn)})` : ''}`
}

function periodWords(period: CalendarPeriod): string {
  switch (period.period) {
    case 'this':
      return period.unit === 'day' ? 'today' : `in this ${period.unit}`
    case 'last':
    case 'next':
      return countedWords(period)
    case 'day':
      return `on ${englishDay(period.day)}`
    case 'month':
      return `in ${String(months[period.month - 1])} ${String(period.year)}`
    case 'quarter':
      return `in quarter ${String(period.quarter)} of ${String(period.year)}`
    case 'year':
      return `in ${String(period.year)}`
  }
}

function countedWords({ period, unit, count, current }: Extract<CalendarPeriod, { period: 'last' | 'next' }>): string {
  if (count === 1 && !current && unit === 'day') return period === 'last' ? 'yesterday' : 'tomorrow'
  const units = count === 1 ? unit : `${String(count)} whole ${unit}s`
  const including = current ? ` (${unit === 'day' ? 'today' : 'this one'} included)` : ''
  return `in the ${period} ${count === 1 && current ? `1 whole ${unit}` : units}${including}`
}

/** `29 March 2026`. */
export function englishDay(text: string): string {
  const day = readDay(text)
  return day === undefined ? text : civilWords(day)
}

/** `29 March 2026, 14:05`, in the zone that is told in. */
export function englishInstant(ms: number, telling: Telling): string {
  const local = ms + zoneOf(isTimeZone(telling.timeZone) ? telling.timeZone : 'UTC').offsetAt(ms)
  const day = Math.floor(local / DAY)
  const time = new Date(local - day * DAY)
    .toISOString()
    .slice(11, -1)
    .replace(/(?::00)?\.000$/, '')
  return `${civilWords(day)}, ${time}${telling.timeZone === 'UTC' ? ' UTC' : ''}`
}

function civilWords(day: number): string {
  const civil = civilOf(day)
  return `${String(civil.day)} ${String(months[civil.month - 1])} ${String(civil.year)}`
}

function capital(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`
}
