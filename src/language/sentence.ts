import { show, type ErrorCode } from '../base/errors.js'
import type { Field } from '../contacts/schema.js'
import { limitsOf } from '../contacts/reading.js'
import { expectedWords, nearestExpected, type Expectation, type SuggestionKind } from './expectation.js'
import { contactScope, KnownNames, type Scope } from './known-names.js'
import type { LanguageOptions } from './language-options.js'
import { continuations, type PhraseBranch, type PhraseTree } from './phrase-tree.js'
import type { Said } from './said.js'
import { Spans } from './spans.js'
import type { TextIssue } from './text-issue.js'
import type { BadToken, Span, Token, TokenKind } from './token.js'

/** Thrown where a text is no sentence; caught where the next one may begin. */
export class Slip extends Error {}

/** What is said of a failure beside where it is. */
export interface Failure {
  readonly code?: ErrorCode
  readonly message?: string
  readonly expected?: string
  readonly received?: string
  readonly nearest?: string | undefined
}

const badTokens: { readonly [Bad in BadToken]: Failure } = {
  sign: { message: 'This sign is none of the language', expected: 'a word, a text in quotes or a number' },
  quote: { message: 'What begins here with a quote does not end with one', expected: 'a closing quote' },
  escape: {
    message: 'In quotes a backslash stands before `\"`, `n` and the like; a backslash itself is written twice',
    expected: 'an escape, such as `\\\\`',
  },
}

/** No more issues are kept than this. */
const mostIssues = 100

/** Near words are looked for while there are fewer issues than this. */
const mostSuggestions = 20

/** A node of a rule is made of no more parts than this, windows and what is put together differently included. */
const partsPerNode = 4

/** Parsers call themselves for what is inside, so depth has a bound that no option lifts. */
const deepest = 400

/** The parsers that call each other: rules are made of values, values of events and records, these of rules. */
export interface Parsers {
  /** Conditions with `and` and `or` between them. */
  readonly rule: (sentence: Sentence) => Said
  /** One condition, or one in parentheses. */
  readonly condition: (sentence: Sentence) => Said
  /** A value, with its arithmetic. */
  readonly value: (sentence: Sentence) => Said
}

/**
 * A text on its way to become a rule: its tokens, the place reached, what is wrong so far, and what could have stood at
 * the furthest place that was looked at. That last is what an error says, and what completions are made of.
 *
 * Every parser looks a bounded number of tokens ahead and goes back no further, so the cost is linear.
 */
export class Sentence {
  readonly spans = new Spans()
  readonly issues: TextIssue[] = []
  readonly names: KnownNames
  readonly parsers: Parsers
  /** What the condition at hand is about. */
  scope: Scope = contactScope
  readonly #tokens: readonly Token[]
  readonly #end: Token
  readonly #depths: readonly number[]
  readonly #deepest: number
  readonly #mostParts: number
  #parts = 0
  #place = 0
  #furthest = 0
  #expected: Expectation[] = []
  /** Where it went wrong: what is looked for there afterwards was not expected. */
  #failed = -1
  #depth = 0
  /** Whether the text is too deep or says too much: what else would be found wrong with it follows from that. */
  #isOver = false
  #compared: { readonly field: Field | undefined } | undefined
  #condition: { readonly scope: Scope; readonly place: number } | undefined

  constructor(tokens: readonly Token[], length: number, options: LanguageOptions, parsers: Parsers) {
    this.#tokens = tokens
    this.#depths = depthsOf(tokens)
    this.#end = { kind: 'end', written: '', value: undefined, lower: '', start: length, end: length }
    const { depth, nodes } = limitsOf(options.limits)
    this.#deepest = Math.min(deepest, 2 * depth)
    this.#mostParts = partsPerNode * nodes
    this.names = new KnownNames(options)
    this.parsers = parsers
  }

  get token(): Token {
    return this.ahead(0)
  }

  /** The token before the one at hand: the last one that was taken. */
  get last(): Token {
    return this.#tokens[this.#place - 1] ?? this.#end
  }

  /** What can stand at the furthest place reached. */
  get expected(): readonly Expectation[] {
    return this.#expected
  }

  /** Whether the furthest place that was looked at is the end of the text. */
  get reachedEnd(): boolean {
    return this.#furthest >= this.#tokens.length
  }

  /** Whether there are few enough issues yet to look for what was meant. */
  get canSuggest(): boolean {
    return this.issues.length < mostSuggestions
  }

  /** Notes that the one condition on an event or record ends here, which people may want to go on. */
  noteCondition(scope: Scope): void {
    this.#condition = { scope, place: this.#place }
  }

  /** What the condition was about to which `and` or `or` joined what begins at a mark, in the eyes of many. */
  conditionBefore(mark: number): Scope | undefined {
    return this.#condition?.place === mark - 1 ? this.#condition.scope : undefined
  }

  isAtEnd(): boolean {
    return this.token.kind === 'end'
  }

  ahead(count: number): Token {
    return this.#tokens[this.#place + count] ?? this.#end
  }

  /** The place at hand, to come back to. */
  mark(): number {
    return this.#place
  }

  back(mark: number): void {
    this.#place = mark
  }

  take(): Token {
    const { token } = this
    if (token.kind !== 'end') this.#place += 1
    return token
  }

  /** Takes a token of a kind. */
  accept(kind: TokenKind): Token | undefined {
    return this.token.kind === kind ? this.take() : undefined
  }

  /** Takes exactly these words or signs, where they stand here. */
  say(words: string, label = `\`${words}\``): boolean {
    const wanted = words.split(' ')
    for (const [count, word] of wanted.entries()) {
      if (this.ahead(count).lower === word) continue
      this.expect(label, 'word', () => [wanted.slice(count).join(' ')], count)
      return false
    }
    this.#place += wanted.length
    return true
  }

  /** Takes exactly these words or signs, or fails. */
  need(words: string): void {
    if (!this.say(words)) this.fail()
  }

  /** Takes a word that says nothing, and is not missed. */
  passOver(word: string): boolean {
    if (this.token.lower !== word) return false
    this.#place += 1
    return true
  }

  /** Takes the longest phrase of a tree that stands here; undefined where none does. Those are expected that are apt. */
  phrase<T>(tree: PhraseTree<T>, isApt: (means: T) => boolean = () => true): T | undefined {
    let branch: PhraseBranch<T> = tree.root
    let found: { readonly means: T; readonly length: number } | undefined
    for (let count = 0; ; count++) {
      const { lower } = this.ahead(count)
      const next = lower === '' ? undefined : branch.next.get(lower)
      if (next === undefined) {
        const from = branch
        const usual = count === 0 ? () => tree.firstPhrases(isApt) : undefined
        if (branch.next.size > 0) this.expect(tree.label, 'word', () => continuations(from, isApt), count, usual)
        break
      }
      branch = next
      if (branch.means !== undefined) found = { means: branch.means, length: count + 1 }
    }
    if (found === undefined) return undefined
    this.#place += found.length
    return found.means
  }

  /** Notes what could stand here, or so many tokens ahead. */
  expect(
    label: string,
    kind: SuggestionKind,
    texts: () => Iterable<string>,
    ahead = 0,
    usual?: () => Iterable<string>,
  ): void {
    const place = Math.min(this.#place + ahead, this.#tokens.length)
    if (place < this.#furthest || place === this.#failed) return
    if (place > this.#furthest) {
      this.#furthest = place
      this.#expected = []
    }
    this.#expected.push({ label, kind, texts, ...(usual === undefined ? undefined : { usual }) })
  }

  /** Notes what could stand here that has no words to suggest. */
  hope(label: string): void {
    this.expect(label, 'word', () => [])
  }

  /** Reports that the text does not go on as it should at the furthest place reached, or what `failure` says of `span`. */
  fail(failure: Failure = {}, span?: Span): never {
    const place = Math.max(this.#place, this.#furthest)
    const token = this.#tokens[place] ?? this.#end
    if (span === undefined) this.#failed = Math.min(place, this.#tokens.length)
    const expected = this.#furthest >= this.#place ? this.#expected : []
    if (span !== undefined) this.report(failure, span)
    else if (token.kind === 'bad') this.report({ ...this.#badly(token), ...failure }, token)
    else {
      const isEnd = token.kind === 'end'
      const [wanted, received] = [expectedWords(expected), isEnd ? 'the end of the text' : show(token.written)]
      const message = `Here ${isEnd ? 'the text ends' : `stands ${received}`}, where ${wanted} is expected`
      const nearest = this.canSuggest ? nearestExpected(token, expected) : undefined
      this.report({ message, expected: wanted, received, nearest, ...failure }, token)
    }
    throw new Slip()
  }

  #badly(token: Token): Failure {
    const received = show(token.written)
    return { ...badTokens[token.value as BadToken], received, nearest: nearestExpected(token, []) }
  }

  /** Notes that something is wrong; at one place once. */
  report(failure: Failure, { start, end }: Span): void {
    if (this.#isOver) return
    if (this.issues.length >= mostIssues) this.#place = this.#tokens.length
    else if (!this.issues.some((other) => other.start === start)) {
      const { code = 'TEXT_INVALID', message = 'The text is no rule', nearest, ...rest } = failure
      const said = nearest === undefined ? message : `${message}; did you mean ${nearest}?`
      const near = nearest === undefined ? undefined : { nearest }
      this.issues.push({ code, path: [], message: said, ...rest, ...near, position: start, start, end })
    }
  }

  /** Counts a part of the rule; fails where there are more than any rule may have. */
  countPart(span: Span): void {
    this.#parts += 1
    if (this.#parts <= this.#mostParts) return
    const expected = `at most ${String(this.#mostParts)} parts`
    this.#stop({ code: 'LIMIT_EXCEEDED', message: 'The text says too much', expected, received: 'more' }, span)
  }

  #stop(failure: Failure, span: Span): never {
    this.report(failure, span)
    this.#place = this.#tokens.length
    this.#isOver = true
    throw new Slip()
  }

  /** Parses what is inside something; fails where that lies too deep. */
  inside<T>(parse: () => T): T {
    if (this.#depth >= this.#deepest) {
      const expected = `at most ${String(this.#deepest)} levels`
      const message = `Parts of the text stand in each other more than ${String(this.#deepest)} deep`
      this.#stop({ code: 'LIMIT_EXCEEDED', message, expected, received: 'a deeper one' }, this.token)
    }
    this.#depth += 1
    try {
      return parse()
    } finally {
      this.#depth -= 1
    }
  }

  /** Parses a condition on an event or record. */
  about<T>(scope: Scope, parse: () => T): T {
    const [outer, compared] = [this.scope, this.#compared]
    this.scope = scope
    this.#compared = undefined
    try {
      return parse()
    } finally {
      this.scope = outer
      this.#compared = compared
    }
  }

  /** Parses what a field is compared with: where that has a few choices, these are expected. */
  comparing<T>(field: Field | undefined, parse: () => T): T {
    const outer = this.#compared
    this.#compared = { field }
    try {
      return parse()
    } finally {
      this.#compared = outer
    }
  }

  /** Whether what is parsed is compared with something before it, so that no condition can begin. */
  get isCompared(): boolean {
    return this.#compared !== undefined
  }

  /** The texts that can stand here. */
  get choices(): readonly string[] | undefined {
    return this.#compared?.field?.oneOf
  }

  /** Notes the values that can stand here. */
  expectChoices(): void {
    const { oneOf, type } = this.#compared?.field ?? {}
    if (oneOf !== undefined) this.expect('one of its texts, in quotes', 'text', () => oneOf)
    else if (type === 'boolean') this.expect('`true` or `false`', 'boolean', () => ['true', 'false'])
    else this.hope('a value')
  }

  /** Parses; after a slip goes to where the next condition may begin, and gives undefined. */
  recover<T>(parse: () => T): T | undefined {
    const { scope } = this
    const depth = this.#depthAt(this.#place)
    try {
      return parse()
    } catch (error) {
      if (!(error instanceof Slip)) throw error
      this.scope = scope
      this.skip(depth)
      return undefined
    }
  }

  /** Goes to the next `and`, `or`, `,` or closing sign that stands in so many parentheses, or in fewer. */
  skip(depth = this.#depthAt(this.#place)): void {
    for (; this.token.kind !== 'end'; this.#place++) {
      const { lower } = this.token
      const own = this.#depthAt(this.#place)
      const isEnd = lower === ')' || lower === ']' || (lower === ',' && own > 0)
      if (own <= depth && (isEnd || lower === 'and' || lower === 'or')) return
    }
  }

  /** In how many parentheses a place stands; a closing one stands inside. */
  #depthAt(place: number): number {
    return this.#depths[Math.min(place, this.#tokens.length)] ?? 0
  }
}

/** In how many parentheses and brackets each token stands, and the end. */
function depthsOf(tokens: readonly Token[]): readonly number[] {
  const depths: number[] = []
  let depth = 0
  for (const { lower } of tokens) {
    depths.push(depth)
    if (lower === '(' || lower === '[') depth += 1
    else if ((lower === ')' || lower === ']') && depth > 0) depth -= 1
  }
  return [...depths, 0]
}
