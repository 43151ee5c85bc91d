import type { Sentence } from '../sentence.js'
import { spanOf, type Span } from '../token.js'
import { countOf, isCount } from './parse-durations.js'
import { ruleOf, type SaidField, type SaidRule } from './nodes.js'
import { parseDateSuffixes } from './parse-suffixes.js'
import { requireValue } from './require-value.js'

/** What comes after `anniversary of`: a date, and the days among which an anniversary of it comes. */
export function parseAnniversary(from: Span, sentence: Sentence): SaidRule {
  const left = requireValue(sentence, sentence.parsers.value(sentence))
  const days = parseDays(sentence)
  // Where anniversaries of 29 February fall in other years.
  const leapDay = sentence.say('with leap days in march') ? 'mar1' : undefined
  const suffixes = parseDateSuffixes(sentence)
  return ruleOf(
    sentence,
    from,
    'anniversaryIn',
    ['left', left.operand, left],
    ...days,
    ['leapDay', leapDay],
    ...suffixes,
  )
}

function parseDays(sentence: Sentence): readonly SaidField[] {
  const from = sentence.token
  if (sentence.say('today') || sentence.say('is today')) return daysOf(1, true, from, sentence)
  if (sentence.say('tomorrow') || sentence.say('is tomorrow')) return daysOf(1, false, from, sentence)
  sentence.say('is')
  sentence.need('in the next')
  const { token } = sentence
  if (token.kind === 'duration' && token.written.endsWith('d')) {
    sentence.take()
    return daysOf(parseInt(token.written, 10), sentence.say('including today'), token, sentence)
  }
  sentence.hope('a number of days')
  if (!isCount(token)) sentence.fail()
  sentence.take()
  if (!sentence.say('days') && !sentence.say('day')) sentence.fail()
  return daysOf(Number(countOf(token)), sentence.say('including today'), token, sentence)
}

function daysOf(count: number, current: boolean, from: Span, sentence: Sentence): readonly SaidField[] {
  return [
    ['days', count, spanOf(from, sentence.last)],
    ['current', current],
  ]
}
