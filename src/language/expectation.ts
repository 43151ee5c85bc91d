import { nearestName } from '../base/nearest.js'
import type { Token } from './token.js'

/** What a suggestion is: words of the language, a name, or a value. */
export type SuggestionKind =
  'word' | 'attribute' | 'property' | 'event' | 'records' | 'tag' | 'segment' | 'text' | 'boolean'

/** Something that could stand where the text goes on, or goes wrong. */
export interface Expectation {
  /** What it is called in a message. */
  readonly label: string
  readonly kind: SuggestionKind
  /** What could stand there, names as they are, not as they are written; made only when it is looked at. */
  readonly texts: () => Iterable<string>
  /** Of several ways to say one thing, the usual one, where nothing was begun. */
  readonly usual?: () => Iterable<string>
}

/** So many things are listed in what was expected. */
const mostListed = 6

/** What was expected, in words. */
export function expectedWords(expected: readonly Expectation[]): string {
  const labels = [...new Set(expected.map(({ label }) => label))]
  const listed = labels.length > mostListed ? [...labels.slice(0, mostListed), 'others'] : labels
  const last = listed.at(-1) ?? 'something else'
  return listed.length < 2 ? last : `${listed.slice(0, -1).join(', ')} or ${last}`
}

const joints: ReadonlySet<string> = /* @__PURE__ */ new Set(['and', 'or'])

/** What people write who know other languages. */
const foreign: ReadonlyMap<string, string> = /* @__PURE__ */ new Map([
  ['&', 'and'],
  ['|', 'or'],
  ['!', 'not'],
])

/** What was probably meant by a token, of all that could stand in its place. */
export function nearestExpected(token: Token, expected: readonly Expectation[]): string | undefined {
  if (token.kind === 'bad') return foreign.get(token.written)
  const isWord = token.kind === 'word' || token.kind === 'name'
  return isWord && !joints.has(token.lower) ? nearestWord(String(token.value), expected) : undefined
}

/** What was probably meant by a word, of all that could stand in its place; last of all what joins conditions. */
export function nearestWord(word: string, expected: readonly Expectation[]): string | undefined {
  /** What to suggest for each text that the token is held against. */
  const byText = new Map<string, string>()
  for (const { kind, texts } of expected) {
    for (const text of texts()) {
      // Of a phrase, its first word is what went wrong.
      const key = kind === 'word' ? (text.split(' ')[0] ?? text) : text
      const known = byText.get(key)
      if (known === undefined || text.length < known.length) byText.set(key, text)
    }
  }
  if (word.length < 2) return undefined
  const words = [...byText.keys()].filter((text) => /^\p{L}/u.test(text))
  const nearest =
    nearestName(
      word,
      words.filter((text) => !joints.has(text)),
    ) ?? nearestName(word, words)
  return nearest === undefined ? undefined : byText.get(nearest)
}
