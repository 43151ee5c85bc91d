import { lowerCase } from '../base/text.js'
import { unquote } from './quoted.js'
import type { BadToken, Token, TokenKind } from './token.js'

/*
 * Cuts a text into tokens. Each pattern is tried where the last token ended and never looks back, so the cost is linear
 * in the length of the text.
 */

const blank = /\s+/y
const word = /[\p{L}\p{M}_$][\p{L}\p{M}\p{N}_$]*/uy
/** What makes `does not` of `doesn`, and so for the other verbs. */
const contracted = /['’]t(?![\p{L}\p{N}_$])/uy
const verbs: ReadonlySet<string> = /* @__PURE__ */ new Set([
  'does',
  'is',
  'was',
  'are',
  'were',
  'has',
  'have',
  'do',
  'did',
])

const literals: readonly (readonly [TokenKind, RegExp])[] = [
  ['instant', /\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)?/y],
  ['day', /\d{4}-\d\d-\d\d(?![\d\p{L}_$-])/uy],
  ['ordinal', /\d+(?:st|nd|rd|th)(?![\p{L}\p{N}_$])/uy],
  ['duration', /\d+(?:ms|[smhdw])(?![\p{L}\p{N}_$])/uy],
  ['number', /(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?/y],
  ['symbol', /!=|<>|<=|>=|==|[=<>≠≤≥()[\],.+\-*/]/y],
]

/** The quotes that open, each with the one that closes. */
const quotes: ReadonlyMap<string, string> = /* @__PURE__ */ new Map([
  ['"', '"'],
  ["'", "'"],
  ['“', '”'],
  ['`', '`'],
])

/** The tokens of a text, without the end; `offset` is where the text begins in the whole. */
export function tokenize(text: string, offset = 0): readonly Token[] {
  const cutter = new Cutter(text, offset)
  while (!cutter.isDone) cutter.cut()
  return cutter.tokens
}

class Cutter {
  readonly tokens: Token[] = []
  readonly #text: string
  readonly #offset: number
  #at = 0

  constructor(text: string, offset: number) {
    this.#text = text
    this.#offset = offset
  }

  get isDone(): boolean {
    return this.#at >= this.#text.length
  }

  cut(): void {
    this.#at += this.#match(blank).length
    if (this.isDone) return
    const closing = quotes.get(this.#text.charAt(this.#at))
    if (closing !== undefined) this.#cutQuoted(closing)
    else if (this.#match(word) !== '') this.#cutWord(this.#match(word))
    else this.#cutLiteral()
  }

  #match(pattern: RegExp, at = this.#at): string {
    pattern.lastIndex = at
    return pattern.exec(this.#text)?.[0] ?? ''
  }

  #add(kind: TokenKind, length: number, value?: unknown, lower = ''): void {
    const start = this.#at
    const end = Math.min(start + length, this.#text.length)
    const written = this.#text.slice(start, end)
    this.tokens.push({
      kind,
      written,
      value: value ?? written,
      lower,
      start: this.#offset + start,
      end: this.#offset + end,
    })
    this.#at = end
  }

  #cutWord(found: string): void {
    const verb = lowerCase(found.slice(0, -1))
    const short =
      verbs.has(verb) && lowerCase(found).endsWith('n') ? this.#match(contracted, this.#at + found.length) : ''
    if (short === '') {
      this.#add('word', found.length, found, lowerCase(found))
      return
    }
    this.#add('word', verb.length, verb, verb)
    this.#add('word', 1 + short.length, 'not', 'not')
  }

  #cutLiteral(): void {
    for (const [kind, pattern] of literals) {
      const found = this.#match(pattern)
      if (found === '') continue
      if (kind === 'number') this.#add(kind, found.length, Number(found))
      else if (kind === 'ordinal') this.#add(kind, found.length, parseInt(found, 10))
      else this.#add(kind, found.length, found, found)
      return
    }
    this.#add('bad', String.fromCodePoint(this.#text.codePointAt(this.#at) as number).length, 'sign' satisfies BadToken)
  }

  /** Looks for the closing quote once; where there is none, the rest of the text is what is wrong. */
  #cutQuoted(closing: string): void {
    let end = this.#at + 1
    while (end < this.#text.length && this.#text.charAt(end) !== closing) end += this.#text.charAt(end) === '\\' ? 2 : 1
    const length = end + 1 - this.#at
    if (end >= this.#text.length) {
      this.#add('bad', length, 'quote' satisfies BadToken)
      return
    }
    const said = unquote(this.#text.slice(this.#at + 1, end))
    if ('text' in said) this.#add(closing === '`' ? 'name' : 'text', length, said.text)
    else this.#add('bad', length, 'escape' satisfies BadToken)
  }
}
