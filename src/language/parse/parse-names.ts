import { canBeName } from '../words/reserved-words.js'
import type { SuggestionKind } from '../expectation.js'
import type { Sentence } from '../sentence.js'
import { quote } from '../quoted.js'
import type { Span } from '../token.js'

/** A name or text, and where it stands. */
export interface Named extends Span {
  readonly name: string
}

/** Whether a name can stand at the token so far ahead. */
export function isName(sentence: Sentence, ahead = 0): boolean {
  const { kind, lower } = sentence.ahead(ahead)
  return kind === 'name' || (kind === 'word' && canBeName(lower))
}

/** A name, plain or in backticks; fails where there is none. `known` are those that could stand here. */
export function parseName(
  sentence: Sentence,
  label: string,
  kind: SuggestionKind,
  known: () => Iterable<string>,
): Named {
  sentence.expect(label, kind, known)
  if (!isName(sentence)) sentence.fail()
  const { value, start, end } = sentence.take()
  return { name: String(value), start, end }
}

/** A text in quotes, or a single name in its place; fails where there is neither. */
export function parseText(
  sentence: Sentence,
  label: string,
  kind: SuggestionKind,
  known: () => Iterable<string>,
): Named {
  sentence.expect(label, kind, known)
  const { kind: token, value, start, end } = sentence.token
  if (token !== 'text' && !(token === 'value' && typeof value === 'string') && !isName(sentence)) sentence.fail()
  sentence.take()
  return { name: String(value), start, end }
}

/** A tag. */
export function parseTag(sentence: Sentence): Named {
  return parseText(sentence, `a tag, such as ${quote('VIP')}`, 'tag', () => sentence.names.tags)
}

/** A name that stands in no list of names: a salt, a holder, a pattern. */
export function parseQuoted(sentence: Sentence, label: string): Named {
  return parseText(sentence, label, 'text', () => [])
}
