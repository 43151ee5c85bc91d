import { formatDay, readDay } from '../../base/civil.js'
import type { Sentence } from '../sentence.js'
import { spanOf, type Span, type Token } from '../token.js'
import { absoluteTree, type AbsoluteStart } from '../words/window-words.js'
import { durationLength } from './parse-durations.js'
import { nodeOf, type SaidField } from './nodes.js'

/*
 * Windows of events and records with ends that stand still. They hold instants and are half open; a written day is its
 * beginning, or where its end is meant the beginning of the next one.
 */

/** The window that begins here; undefined, and nothing taken, where none does. */
export function parseAbsoluteWindow(sentence: Sentence): SaidField | undefined {
  const from = sentence.token
  const mark = sentence.mark()
  const start = sentence.phrase(absoluteTree)
  const window =
    start === undefined || isLimit(start, sentence) ? parseBetweenDates(sentence) : windowOf(start, from, sentence)
  if (window === undefined) sentence.back(mark)
  return window === undefined ? undefined : ['window', nodeOf(sentence, spanOf(from, sentence.last), window)]
}

/** `after 1 hour` and `from the start` are limits of a step. */
function isLimit(start: AbsoluteStart, sentence: Sentence): boolean {
  return (start === 'after' && durationLength(sentence) > 0) || (start === 'from' && sentence.token.lower === 'the')
}

function windowOf(start: AbsoluteStart, from: Span, sentence: Sentence): readonly SaidField[] {
  const first = parseDate(sentence)
  switch (start) {
    case 'since':
      return absolute(['from', first.value, first])
    case 'before':
      return absolute(['to', first.value, first])
    case 'after':
      return absolute(['from', dayAfter(first, sentence), first])
    case 'on':
      return [
        ['window', 'inCalendar'],
        ['period', { period: 'day', day: dayOf(first, sentence) }, spanOf(from, first)],
      ]
    case 'from': {
      if (!sentence.say('to')) return absolute(['from', first.value, first])
      const second = parseDate(sentence)
      return absolute(['from', first.value, first], ['to', second.value, second])
    }
  }
}

/** `between 2026-01-01 and 2026-01-31`, both days included. */
function parseBetweenDates(sentence: Sentence): readonly SaidField[] | undefined {
  if (sentence.token.lower !== 'between' || !isDate(sentence.ahead(1))) return undefined
  sentence.need('between')
  const first = parseDate(sentence)
  sentence.need('and')
  const second = parseDate(sentence)
  return absolute(['from', first.value, first], ['to', dayAfter(second, sentence), second])
}

function absolute(...ends: readonly SaidField[]): readonly SaidField[] {
  return [['window', 'absolute'], ...ends]
}

function isDate({ kind, value }: Token): boolean {
  return kind === 'day' || kind === 'instant' || (kind === 'value' && typeof value === 'object')
}

function parseDate(sentence: Sentence): Token {
  sentence.hope('a date, such as `2026-01-31`')
  if (!isDate(sentence.token)) sentence.fail()
  return sentence.take()
}

/** Only a day has an end. */
function dayOf(token: Token, sentence: Sentence): string {
  if (token.kind === 'day') return token.written
  const message = 'An instant has no end: say `since` it, or name the day'
  sentence.fail({ message, expected: 'a day, such as `2026-01-31`', received: token.written }, token)
}

function dayAfter(token: Token, sentence: Sentence): string {
  const text = dayOf(token, sentence)
  const day = readDay(text)
  // What is no day is the reader's to refuse.
  return day === undefined ? text : formatDay(day + 1)
}
