/** A place in a text: offsets in UTF-16 code units from 0, the end not included. */
export interface Span {
  readonly start: number
  readonly end: number
}

/**
 * What a text is cut into.
 *
 * - `word`: letters, digits, `_` and `$`, beginning with no digit; a word of the language or a name
 * - `name`: a name in backticks, which is never a word of the language
 * - `text`, `number`, `day`, `instant`: literals; `day` and `instant` are written dates, not yet read
 * - `ordinal`: `2nd`; `duration`: `60d`
 * - `value`: what a template put in
 * - `symbol`: `=`, `(` and their like
 * - `bad`: what is none of these, with a {@link BadToken} in `value`
 * - `end`: the end of the text
 */
export type TokenKind =
  'word' | 'name' | 'text' | 'number' | 'day' | 'instant' | 'ordinal' | 'duration' | 'value' | 'symbol' | 'bad' | 'end'

/** Why a token is `bad`: a sign that is none, a quote that does not close, an escape that is none. */
export type BadToken = 'sign' | 'quote' | 'escape'

/** A token. Of a word, `lower` is what it is compared by; words of the language are in any case. */
export interface Token extends Span {
  readonly kind: TokenKind
  /** As it is written. */
  readonly written: string
  /** What it says: a text without its quotes, a number, or what a template put in. */
  readonly value: unknown
  readonly lower: string
}

/** From the start of one place to the end of another. */
export function spanOf(from: Span, to: Span): Span {
  return { start: from.start, end: Math.max(from.end, to.end) }
}
