import { unknownScope } from '../known-names.js'
import type { Sentence } from '../sentence.js'
import type { Span } from '../token.js'
import type { ValueStart } from '../words/leading-words.js'
import { valueOf, type SaidField, type SaidValue } from './nodes.js'
import { parseItems } from './parse-items.js'
import { isName } from './parse-names.js'
import { parseDateSuffixes } from './parse-suffixes.js'
import { requireValue } from './require-value.js'

/** The values that are made of many events or records, as they begin. */
export type AggregateStart = Extract<
  ValueStart,
  'count' | 'sum' | 'average' | 'minimum' | 'maximum' | 'mostFrequent' | 'first' | 'last' | `distinct${string}`
>

/** What comes after the words that an aggregate begins with. */
export function parseAggregate(start: AggregateStart, from: Span, sentence: Sentence): SaidValue {
  switch (start) {
    case 'count': {
      const items = parseItems(sentence)
      return valueOf(sentence, from, 'count', ['of', items.items, items])
    }
    case 'first':
    case 'last':
      return parseEnd(start, [], from, sentence)
    case 'distinctDays':
      return parsePeriods('day', from, sentence)
    case 'distinctWeeks':
      return parsePeriods('week', from, sentence)
    case 'distinctMonths':
      return parsePeriods('month', from, sentence)
    default:
      return valueOf(sentence, from, start, ...parseOfItems(sentence))
  }
}

/** `amount of purchase`: a value of each, and what they are. */
function parseOfItems(sentence: Sentence): readonly SaidField[] {
  const value = sentence.about(unknownScope, () => requireValue(sentence, sentence.parsers.value(sentence)))
  sentence.need('of')
  const items = parseItems(sentence)
  return [
    ['of', items.items, items],
    ['value', value.operand, value],
  ]
}

/**
 * The first, last or `n`th, its time or a value of it: `last purchase`, `last of amount of purchase`. After its time a
 * window says when that was, so it is not one of the events; these have theirs in parentheses.
 */
export function parseEnd(
  get: 'first' | 'last' | 'nth',
  more: readonly SaidField[],
  from: Span,
  sentence: Sentence,
): SaidValue {
  const isValue = sentence.say('of') || (isName(sentence) && sentence.ahead(1).lower === 'of')
  if (isValue) return valueOf(sentence, from, get, ...parseOfItems(sentence), ...more)
  const items = parseItems(sentence, false)
  return valueOf(sentence, from, get, ['of', items.items, items], ...more)
}

/** What day a week begins on, and in which zone, stands before the events: after them it would be theirs. */
function parsePeriods(unit: 'day' | 'week' | 'month', from: Span, sentence: Sentence): SaidValue {
  const suffixes = parseDateSuffixes(sentence)
  sentence.need('of')
  const items = parseItems(sentence)
  return valueOf(sentence, from, 'distinctPeriods', ['of', items.items, items], ['unit', unit], ...suffixes)
}
