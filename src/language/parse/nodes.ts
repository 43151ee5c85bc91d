import type { Operand, Rule } from '../../rules/ast.js'
import type { Said } from '../said.js'
import type { Sentence } from '../sentence.js'
import { spanOf, type Span } from '../token.js'

/*
 * Nodes as the reader of rules takes them. A parser notes where each of them and its fields were said, and leaves to the
 * reader what is right or wrong with them.
 */

/** A field of a node, and where it was said. A value that is undefined is left out. */
export type SaidField = readonly [name: string, value: unknown, place?: Span | undefined]

/** A condition, from where it began to the last token that was taken. */
export function ruleOf(sentence: Sentence, from: Span, op: string, ...fields: SaidField[]): SaidRule {
  const span = spanOf(from, sentence.last)
  return { kind: 'rule', rule: nodeOf(sentence, span, [['op', op], ...fields]) as Rule, ...span }
}

/** A value, from where it began to the last token that was taken. */
export function valueOf(sentence: Sentence, from: Span, get: string, ...fields: SaidField[]): SaidValue {
  const span = spanOf(from, sentence.last)
  return { kind: 'value', operand: nodeOf(sentence, span, [['get', get], ...fields]) as Operand, ...span }
}

/** A literal, which may have a node to itself. */
export function literalOf(sentence: Sentence, literal: unknown, span: Span): SaidValue {
  if (typeof literal === 'object' && literal !== null) sentence.spans.node(literal, span)
  return { kind: 'value', operand: literal as Operand, start: span.start, end: span.end }
}

/** Any other part of a rule. */
export function nodeOf(sentence: Sentence, span: Span, fields: readonly SaidField[]): object {
  sentence.countPart(span)
  const node: Record<string, unknown> = {}
  for (const [name, value, place] of fields) {
    // A template can put in what is undefined, and then that is what is wrong.
    if (place !== undefined) sentence.spans.field(node, name, place)
    if (value !== undefined) node[name] = value
  }
  return sentence.spans.node(node, span)
}

/** The opposite of a condition. */
export function notOf(sentence: Sentence, from: Span, { rule }: SaidRule): SaidRule {
  return ruleOf(sentence, from, 'not', ['rule', rule])
}

export type SaidRule = Said & { readonly kind: 'rule' }
export type SaidValue = Said & { readonly kind: 'value' }
