import { readDuration } from '../../base/duration.js'
import type { Sentence } from '../sentence.js'
import { spanOf, type Span, type Token } from '../token.js'
import { durationText, durationUnits } from '../words/unit-words.js'

/** A duration as the reader of rules takes it, and where it stands. */
export interface SaidDuration extends Span {
  readonly text: string
}

/** How many tokens so far ahead say a duration; 0 where they say none. */
export function durationLength(sentence: Sentence, ahead = 0): number {
  const { kind, value } = sentence.ahead(ahead)
  if (kind === 'duration') return 1
  if ((kind === 'word' || kind === 'value') && isWritten(value)) return 1
  return isCount(sentence.ahead(ahead)) && durationUnits.has(sentence.ahead(ahead + 1).lower) ? 2 : 0
}

function isWritten(value: unknown): boolean {
  return typeof value === 'string' && readDuration(value) !== undefined
}

/** Notes that a unit can stand after a number that is so far ahead, where none does. */
export function expectUnit(sentence: Sentence, ahead = 0): void {
  if (!isCount(sentence.ahead(ahead)) || durationUnits.has(sentence.ahead(ahead + 1).lower)) return
  sentence.expect('a unit of time, such as `days`', 'word', () => durationUnits.keys(), ahead + 1)
}

/** A duration: `60 days`, `a year`, `60d`, or `P1M`; where an article stands before it, also `month`. Fails where there is none. */
export function parseDuration(sentence: Sentence, canBeUnit = false): SaidDuration {
  const { token } = sentence
  if (durationLength(sentence) === 1) {
    sentence.take()
    return { text: String(token.value), start: token.start, end: token.end }
  }
  sentence.hope('a duration, such as `60 days`')
  const isCounted = isCount(token)
  if (isCounted) sentence.take()
  else if (!canBeUnit) sentence.fail()
  // `in the last days` says no number of them.
  const words = isCounted ? [...durationUnits.keys()] : [...durationUnits.keys()].filter((word) => !word.endsWith('s'))
  sentence.expect(`a unit of time, such as \`${isCounted ? 'days' : 'month'}\``, 'word', () => words)
  const unit = durationUnits.get(sentence.token.lower)
  if (unit === undefined || !words.includes(sentence.token.lower)) sentence.fail()
  const { start, end } = spanOf(token, sentence.take())
  return { text: durationText(isCounted ? countOf(token) : '1', unit), start, end }
}

/** Whether a token is a number, or `a` in the place of `1`. */
export function isCount({ kind, value, lower }: Token): boolean {
  return kind === 'number' || (kind === 'value' && typeof value === 'number') || articles.has(lower)
}

/** The number that {@link isCount} found, in digits. */
export function countOf({ kind, value }: Token): string {
  return kind === 'word' ? '1' : String(value)
}

const articles: ReadonlySet<string> = /* @__PURE__ */ new Set(['a', 'an', 'one'])
