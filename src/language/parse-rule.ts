import { errorOfIssues, type Issue } from '../base/errors.js'
import { limitsOf } from '../contacts/reading.js'
import type { Rule } from '../rules/ast.js'
import { readRule } from '../rules/read-rule.js'
import type { RuleOptions } from '../rules/rule-reading.js'
import type { LanguageOptions } from './language-options.js'
import { parseCondition, parseRule as parseJoined } from './parse/parse-rules.js'
import { parseValue } from './parse/parse-values.js'
import { requireRule } from './parse/require-rule.js'
import { Sentence } from './sentence.js'
import type { TextIssue } from './text-issue.js'
import type { Span, Token } from './token.js'
import { tokenize } from './tokenize.js'

/** A rule that was read from a text, or all that is wrong with the text, in the order in which it stands there. */
export type TextResult =
  | { readonly ok: true; readonly rule: Rule }
  | { readonly ok: false; readonly issues: readonly [TextIssue, ...TextIssue[]] }

/**
 * Reads a rule from a text. What comes out is what `readRule` makes of it: checked against the schema, zones written in.
 *
 * It never throws for the text, whatever it is, and takes time linear in its length.
 *
 * @throws CoterieError for wrong options: `TIME_ZONE_UNKNOWN`, `OPTION_INVALID`.
 */
export function readRuleText(text: string, options: LanguageOptions = {}): TextResult {
  const { text: most } = limitsOf(options.limits)
  if (typeof text !== 'string' || text.length > most) return { ok: false, issues: [tooLong(text, most)] }
  return readTokens(tokenize(text), text.length, options)
}

/**
 * Reads a rule from a text as {@link readRuleText} does.
 *
 * @throws CoterieError with the code and position of the first thing that is wrong, and all of them in `issues`.
 */
export function parseRule(text: string, options: LanguageOptions = {}): Rule {
  return ruleOfResult(readRuleText(text, options))
}

/** The rule that was read. Throws what is wrong. */
export function ruleOfResult(result: TextResult): Rule {
  if (result.ok) return result.rule
  throw errorOfIssues('The text cannot be read', result.issues)
}

/** The sentence that tokens make, read to its end. */
export function parseSentence(
  tokens: readonly Token[],
  length: number,
  options: LanguageOptions,
): readonly [Sentence, Rule] {
  const parsers = { rule: parseJoined, condition: parseCondition, value: parseValue }
  const sentence = new Sentence(tokens, length, options, parsers)
  const rule = parseWhole(sentence)
  return [sentence, rule]
}

/** Reads a rule from tokens; `length` is that of the text they are of. */
export function readTokens(tokens: readonly Token[], length: number, options: LanguageOptions): TextResult {
  const [sentence, rule] = parseSentence(tokens, length, options)
  const result = readRule(rule, ruleOptions(options, sentence))
  const whole = { start: 0, end: length }
  const found = result.ok
    ? []
    : result.issues.map((issue) => placed(issue, sentence.spans.at(rule, issue.path) ?? whole))
  const [first, ...rest] = inOrder([...sentence.issues, ...found])
  if (first !== undefined) return { ok: false, issues: [first, ...rest] }
  return result as TextResult
}

/** One rule; what stands after it is reported, and read on from the next `and` or `or`. */
function parseWhole(sentence: Sentence): Rule {
  const rule = parseOrEveryone(sentence)
  while (!sentence.isAtEnd()) {
    sentence.recover(() => {
      sentence.hope('the end of the text')
      sentence.fail()
    })
    while (!sentence.isAtEnd() && !sentence.say('and') && !sentence.say('or')) {
      sentence.take()
      sentence.skip()
    }
    if (!sentence.isAtEnd()) parseOrEveryone(sentence)
  }
  return rule
}

/** A rule; where it slips, one that stands for it. */
function parseOrEveryone(sentence: Sentence): Rule {
  return sentence.recover(() => requireRule(sentence, parseJoined(sentence)).rule) ?? { op: 'everyone' }
}

function ruleOptions({ schema, timeZone, weekStartsOn, limits }: LanguageOptions, { names }: Sentence): RuleOptions {
  return { schema, timeZone, weekStartsOn, limits, segments: names.segmentIds }
}

function placed(issue: Issue, { start, end }: Span): TextIssue {
  return { ...issue, position: start, start, end }
}

function inOrder(issues: readonly TextIssue[]): readonly TextIssue[] {
  return [...issues].sort((a, b) => a.start - b.start || a.end - b.end)
}

function tooLong(text: unknown, most: number): TextIssue {
  const isText = typeof text === 'string'
  const expected = isText ? `a text of at most ${String(most)} characters` : 'a text'
  const received = isText ? String(text.length) : typeof text
  const code = isText ? 'LIMIT_EXCEEDED' : 'TEXT_INVALID'
  return {
    code,
    path: [],
    message: 'This is no text to read a rule from',
    expected,
    received,
    position: 0,
    start: 0,
    end: 0,
  }
}
