import type { CalendarUnit } from '../../base/calendar-period.js'
import type { Sentence } from '../sentence.js'
import { spanOf, type Span } from '../token.js'
import { calendarWords, durationText, durationUnits, monthNumbers, months } from '../words/unit-words.js'
import { windowTree, type WindowStart } from '../words/window-words.js'
import { countOf, durationLength, expectUnit, isCount, parseDuration, type SaidDuration } from './parse-durations.js'

/*
 * The windows of time that a date can lie in, and events and records too. What a window begins with can also be a
 * comparison (`more than 3`, `in ("a")`): then nothing is taken.
 */

/** A window, its fields those of the operator of its name. */
export interface SaidWindow extends Span {
  readonly name: 'inLast' | 'inNext' | 'moreThanAgo' | 'betweenAgo' | 'inCalendar'
  readonly fields: { readonly [field: string]: unknown }
  /** Where the fields stand. */
  readonly places: { readonly [field: string]: Span }
}

/** The window that begins here; undefined, and nothing taken, where none does. Where one is not apt it is not expected. */
export function parseWindow(sentence: Sentence, isApt = true): SaidWindow | undefined {
  const from = sentence.token
  const mark = sentence.mark()
  const start = sentence.phrase(windowTree, () => isApt)
  const window = start === undefined ? undefined : windowOf(start, from, sentence)
  if (window === undefined) sentence.back(mark)
  return window
}

function windowOf(start: WindowStart, from: Span, sentence: Sentence): SaidWindow | undefined {
  switch (start) {
    case 'inLast':
    case 'inNext':
      return parseLastOrNext(start, true, from, sentence)
    case 'last':
    case 'next':
      return parseLastOrNext(start === 'last' ? 'inLast' : 'inNext', false, from, sentence)
    case 'this':
      return calendar({ period: 'this', unit: parseCalendarUnit(sentence) }, from, sentence)
    case 'today':
      return calendar({ period: 'this', unit: 'day' }, from, sentence)
    case 'yesterday':
      return calendar({ period: 'last', unit: 'day', count: 1, current: false }, from, sentence)
    case 'tomorrow':
      return calendar({ period: 'next', unit: 'day', count: 1, current: false }, from, sentence)
    case 'moreThan':
      return startsDuration(sentence) ? parseAgo('moreThanAgo', from, sentence) : undefined
    case 'olderThan':
      return withDuration('moreThanAgo', parseDuration(sentence), from, sentence)
    case 'lessThan':
      return startsDuration(sentence) ? parseAgo('inLast', from, sentence) : undefined
    case 'between':
      return parseBetween(from, sentence)
    case 'in':
      return parseNamedPeriod(from, sentence)
    case 'onDay':
      return parseDay(from, sentence)
  }
}

type Rolling = 'inLast' | 'inNext'

/** `7 days` and `the month` are lengths of time; `3 calendar months` and, without an article, `month` are whole ones of these. */
function parseLastOrNext(name: Rolling, hasArticle: boolean, from: Span, sentence: Sentence): SaidWindow {
  const { token } = sentence
  const isCounted = isCount(token) && sentence.ahead(1).lower === 'calendar'
  if (isCounted) {
    sentence.take()
    sentence.need('calendar')
    return parseCounted(name, Number(countOf(token)), from, sentence)
  }
  if (hasArticle || durationLength(sentence) > 0 || isCount(token)) {
    const duration = parseDuration(sentence, hasArticle)
    return withDuration(name, duration, from, sentence)
  }
  const unit = parseCalendarUnit(sentence)
  return calendar({ period: periodOf(name), unit, count: 1, current: false }, from, sentence)
}

function parseCounted(name: Rolling, count: number, from: Span, sentence: Sentence): SaidWindow {
  const unit = parseCalendarUnit(sentence)
  const current = sentence.say('including this one') || sentence.say('including today')
  return calendar({ period: periodOf(name), unit, count, current }, from, sentence)
}

function periodOf(name: Rolling): 'last' | 'next' {
  return name === 'inLast' ? 'last' : 'next'
}

function parseCalendarUnit(sentence: Sentence): CalendarUnit {
  sentence.expect('a unit of the calendar, such as `month`', 'word', () => calendarWords.keys())
  const unit = calendarWords.get(sentence.token.lower)
  if (unit === undefined) sentence.fail()
  sentence.take()
  return unit
}

/** Whether a number of units stands here, and not a number alone, or a name. */
function startsDuration(sentence: Sentence): boolean {
  sentence.hope('a duration and `ago`')
  expectUnit(sentence)
  return (sentence.token.kind !== 'word' || isCount(sentence.token)) && durationLength(sentence) > 0
}

function parseAgo(name: 'moreThanAgo' | 'inLast', from: Span, sentence: Sentence): SaidWindow {
  const duration = parseDuration(sentence)
  sentence.need('ago')
  return withDuration(name, duration, from, sentence)
}

/** `between 90 and 180 days ago`: the first number may leave its unit to the second. */
function parseBetween(from: Span, sentence: Sentence): SaidWindow | undefined {
  const first = durationLength(sentence) || (isCount(sentence.token) ? 1 : 0)
  expectUnit(sentence)
  if (first === 0 || sentence.ahead(first).lower !== 'and') return undefined
  const second = durationLength(sentence, first + 1)
  expectUnit(sentence, first + 1)
  if (second > 0) sentence.expect('`ago`', 'word', () => ['ago'], first + 1 + second)
  if (second === 0 || sentence.ahead(first + 1 + second).lower !== 'ago') return undefined
  const shorter = durationLength(sentence) > 0 ? parseDuration(sentence) : sentence.take()
  sentence.need('and')
  const unit = durationUnits.get(sentence.ahead(1).lower)
  const longer = parseDuration(sentence)
  if (!('text' in shorter) && unit === undefined) {
    const message = 'The first number has no unit of time, and takes none from the second'
    sentence.fail({ message, expected: 'a duration, such as `60 days`' }, shorter)
  }
  const text = 'text' in shorter ? shorter.text : durationText(countOf(shorter), unit ?? 'd')
  sentence.need('ago')
  const span = spanOf(from, sentence.last)
  return { name: 'betweenAgo', fields: { from: text, to: longer.text }, places: { from: shorter, to: longer }, ...span }
}

/** `in January 1997`, `in Q1 1997`, `in 1997`. */
function parseNamedPeriod(from: Span, sentence: Sentence): SaidWindow | undefined {
  const { token } = sentence
  const month = monthNumbers.get(token.lower)
  const quarter = /^q([1-4])$/.exec(token.lower)?.[1]
  sentence.expect('a month, a quarter or a year', 'word', () => [...months, 'Q1', 'Q2', 'Q3', 'Q4', 'year'])
  const isYear = token.kind === 'number' || (token.lower === 'year' && sentence.ahead(1).kind === 'number')
  if (isYear) {
    sentence.say('year')
    return calendar({ period: 'year', year: parseYear(sentence) }, from, sentence)
  }
  // A month without a year is no period, and a list can begin with a name that is that of a month.
  if ((month === undefined && quarter === undefined) || sentence.ahead(1).kind !== 'number') return undefined
  sentence.take()
  const year = parseYear(sentence)
  if (month !== undefined) return calendar({ period: 'month', year, month }, from, sentence)
  return calendar({ period: 'quarter', year, quarter: Number(quarter) }, from, sentence)
}

function parseYear(sentence: Sentence): unknown {
  sentence.hope('a year')
  return (sentence.accept('number') ?? sentence.fail()).value
}

function parseDay(from: Span, sentence: Sentence): SaidWindow {
  sentence.hope('a day, such as `2026-01-31`')
  const day = sentence.accept('day') ?? sentence.fail()
  return calendar({ period: 'day', day: day.value }, from, sentence)
}

function calendar(period: object, from: Span, sentence: Sentence): SaidWindow {
  const span = spanOf(from, sentence.last)
  return { name: 'inCalendar', fields: { period }, places: { period: span }, ...span }
}

function withDuration(
  name: 'inLast' | 'inNext' | 'moreThanAgo',
  duration: SaidDuration,
  from: Span,
  sentence: Sentence,
): SaidWindow {
  return { name, fields: { duration: duration.text }, places: { duration }, ...spanOf(from, sentence.last) }
}
