import { lowerCase } from '../base/text.js'
import type { SuggestionKind } from './expectation.js'
import type { KnownNames } from './known-names.js'
import type { LanguageOptions } from './language-options.js'
import { parseSentence } from './parse-rule.js'
import { quote } from './quoted.js'
import type { Sentence } from './sentence.js'
import type { Token } from './token.js'
import { tokenize } from './tokenize.js'
import { writtenName } from './words/reserved-words.js'

/** Something that can stand at a place in a text. */
export interface Suggestion {
  /** What to put in the place of the text from `start` to `end`, quotes and backticks included. */
  readonly text: string
  readonly kind: SuggestionKind
}

/** What can stand at a place in a text. */
export interface Completions {
  /** The place that a suggestion takes: what was begun there, in UTF-16 code units from 0. */
  readonly start: number
  readonly end: number
  readonly suggestions: readonly Suggestion[]
}

/** No more suggestions are made than this. */
const mostSuggestions = 200

/** Values come first, then names, as there is no guessing these, then words. */
const order: readonly SuggestionKind[] = [
  ...(['text', 'boolean', 'tag', 'segment'] as const),
  ...(['property', 'attribute', 'event', 'records', 'word'] as const),
]

/**
 * What can stand at a place in a text that is a rule in the making: words of the language, names of the schema, tags and
 * segments, and the texts that a field can hold, as far as they go on with what was begun. What comes after the place
 * does not count.
 *
 * The text up to there is parsed, and what the parser would have taken at its end is what is suggested.
 *
 * @throws CoterieError for wrong options: `OPTION_INVALID`.
 */
export function completeRule(text: string, cursor = text.length, options: LanguageOptions = {}): Completions {
  const end = Math.max(0, Math.min(cursor, text.length))
  const tokens = tokenize(text.slice(0, end))
  const last = tokens.at(-1)
  const begun = last?.end === end && isBegun(last) ? last : undefined
  const whole = begun === undefined ? tokens : tokens.slice(0, -1)
  const [sentence] = parseSentence(whole, end, options)
  const start = begun?.start ?? end
  return { start, end, suggestions: sentence.reachedEnd ? suggestionsOf(sentence, begun) : [] }
}

/** A word may go on, and so may what has no closing quote. */
function isBegun({ kind, written }: Token): boolean {
  return kind === 'word' || (kind === 'bad' && /^["'“`]/.test(written))
}

function suggestionsOf(sentence: Sentence, begun: Token | undefined): readonly Suggestion[] {
  const found = new Map<string, Suggestion>()
  for (const kind of order) {
    for (const expectation of sentence.expected) {
      if (expectation.kind !== kind) continue
      const { texts, usual = texts } = expectation
      for (const name of begun === undefined ? usual() : texts()) {
        const text = writtenAs(kind, name, sentence.names)
        if (!found.has(text) && goesOn(begun, name, text)) found.set(text, { text, kind })
        if (found.size >= mostSuggestions) return [...found.values()]
      }
    }
  }
  return [...found.values()]
}

function writtenAs(kind: SuggestionKind, name: string, names: KnownNames): string {
  switch (kind) {
    case 'attribute':
    case 'property':
    case 'records':
      return writtenName(name)
    case 'event':
      return names.attribute(name) === undefined ? writtenName(name) : `event ${writtenName(name)}`
    case 'tag':
    case 'segment':
    case 'text':
      return quote(name)
    case 'boolean':
    case 'word':
      return name
  }
}

/** Whether what was begun can become a suggestion. */
function goesOn(begun: Token | undefined, name: string, text: string): boolean {
  if (begun === undefined) return true
  const isQuoted = begun.kind === 'bad'
  if (isQuoted && text === name) return false
  const typed = lowerCase(isQuoted ? begun.written.slice(1) : begun.written)
  return lowerCase(name).startsWith(typed) || (!isQuoted && lowerCase(text).startsWith(typed))
}
