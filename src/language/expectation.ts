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

/** What people write who know other languages. */
const foreign: ReadonlyMap<string, string> = /* @__PURE__ */ new Map([
  ['&', 'and'],
  ['|', 'or'],
  ['!', 'not'],
])

/** What was probably meant by a token, of all that could stand in its place. */
export function nearestExpected(token: Token, expected: readonly Expectation[]): string | undefined {
  if (token.kind === 'bad') return foreign.get(token.written)
  if (token.kind !== 'word' && token.kind !== 'name') return undefined
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
  const nearest = nearestName(String(token.value), byText.keys())
  return nearest === undefined ? undefined : byText.get(nearest)
}
