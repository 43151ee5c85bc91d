import type { Operand } from '../../rules/ast.js'
import type { Sentence } from '../sentence.js'
import { spanOf } from '../token.js'
import { literalOf, type SaidValue } from './nodes.js'
import { parseListOf } from './parse-lists.js'
import { requireValue } from './require-value.js'

/** The values of which one is to be there: in parentheses or brackets, or a list that a template put in. */
export function parseOptions(sentence: Sentence): readonly unknown[] {
  const { token } = sentence
  if (token.kind === 'value' && Array.isArray(token.value)) {
    sentence.take()
    return sentence.spans.node([...(token.value as readonly unknown[])], token)
  }
  if (sentence.say('[')) return sentence.inside(() => parseListOf(sentence, ']', () => parseElement(sentence)))
  sentence.need('(')
  return sentence.inside(() => parseListOf(sentence, ')', () => parseElement(sentence)))
}

function parseElement(sentence: Sentence): Operand {
  return requireValue(sentence, sentence.parsers.value(sentence)).operand
}

/** A list to look for in a list. In parentheses it is one too, but for a single value that is no literal. */
export function parseWantedList(sentence: Sentence): SaidValue {
  const from = sentence.token
  if (!sentence.say('(')) return requireValue(sentence, sentence.parsers.value(sentence))
  const elements = sentence.inside(() => parseListOf(sentence, ')', () => parseElement(sentence)))
  const [first] = elements
  const isComputed = typeof first === 'object' && 'get' in first
  return literalOf(sentence, elements.length === 1 && isComputed ? first : elements, spanOf(from, sentence.last))
}

/** A list literal, after its bracket. */
export function parseListLiteral(sentence: Sentence): SaidValue {
  const from = sentence.last
  const elements = sentence.inside(() => parseListOf(sentence, ']', () => parseElement(sentence)))
  return literalOf(sentence, elements, spanOf(from, sentence.last))
}
