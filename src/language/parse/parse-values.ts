import type { Said } from '../said.js'
import type { Sentence } from '../sentence.js'
import { spanOf, type Span, type Token } from '../token.js'
import { itemsStartTree, valueStartTree, type ValueStart } from '../words/leading-words.js'
import { parseAggregate, parseEnd } from './parse-aggregates.js'
import { durationLength, expectUnit, parseDuration } from './parse-durations.js'
import { parseItems } from './parse-items.js'
import { parseListLiteral } from './parse-options.js'
import { literalOf, valueOf, type SaidValue } from './nodes.js'
import { parseNamedValue } from './parse-named-values.js'
import { parseName, parseTag } from './parse-names.js'
import { parseDateSuffixes } from './parse-suffixes.js'
import { requireValue } from './require-value.js'

/*
 * Values: sums of products of single values. A single one can turn out to be events or records, or in parentheses a
 * condition; where arithmetic is done with it, it is refused.
 */

/** A value, with its arithmetic. */
export function parseValue(sentence: Sentence): Said {
  let left = parseProduct(sentence)
  for (;;) {
    // After a condition in parentheses, what comes is not for it.
    if (left.kind === 'rule') return left
    const isPlus = sentence.say('+', 'arithmetic')
    if (!isPlus && !sentence.say('-', 'arithmetic')) return left
    const { operand } = requireValue(sentence, left)
    expectUnit(sentence)
    if (durationLength(sentence) > 0) {
      const duration = parseDuration(sentence)
      const get = isPlus ? 'later' : 'earlier'
      const suffixes = parseDateSuffixes(sentence)
      left = valueOf(sentence, left, get, ['of', operand, left], ['duration', duration.text, duration], ...suffixes)
    } else {
      const right = requireValue(sentence, parseProduct(sentence))
      const get = isPlus ? 'plus' : 'minus'
      left = valueOf(sentence, left, get, ['left', operand, left], ['right', right.operand, right])
    }
  }
}

function parseProduct(sentence: Sentence): Said {
  let left = parseSingle(sentence)
  for (;;) {
    if (left.kind === 'rule') return left
    const isTimes = sentence.say('*', 'arithmetic')
    if (!isTimes && !sentence.say('/', 'arithmetic')) return left
    const { operand } = requireValue(sentence, left)
    const right = requireValue(sentence, parseSingle(sentence))
    const get = isTimes ? 'times' : 'dividedBy'
    left = valueOf(sentence, left, get, ['left', operand, left], ['right', right.operand, right])
  }
}

/** Whether a value can stand where it would: what is of the contact alone stands beside a condition on an event or record. */
function isApt(start: ValueStart, isContact: boolean): boolean {
  if (isContact) return start !== 'property'
  return !['tag', 'tagAdded', 'tagCount', 'contactId'].includes(start)
}

/** One value without arithmetic around it. */
function parseSingle(sentence: Sentence): Said {
  sentence.passOver('the')
  const from = sentence.token
  const isContact = sentence.scope.about === 'contact'
  const start = sentence.phrase(valueStartTree, (means) => isApt(means, isContact))
  if (start !== undefined) return parseStarted(start, from, sentence)
  const literal = parseLiteral(sentence)
  if (literal !== undefined) return literal
  if (sentence.token.kind === 'ordinal') return parseNth(sentence.take(), sentence)
  if (sentence.say('(', 'a value')) {
    const inner = sentence.inside(() => sentence.parsers.rule(sentence))
    if (!sentence.say(')') && inner.kind !== 'broken') sentence.fail()
    return { ...inner, ...spanOf(from, sentence.last) }
  }
  const mark = sentence.mark()
  if (sentence.phrase(itemsStartTree, (means) => means === 'records' || isContact) !== undefined) {
    sentence.back(mark)
    return parseItems(sentence)
  }
  return parseNamedValue(sentence)
}

function parseNth(ordinal: Token, sentence: Sentence): SaidValue {
  return parseEnd('nth', [['n', ordinal.value, ordinal]], ordinal, sentence)
}

function parseStarted(start: ValueStart, from: Span, sentence: Sentence): SaidValue {
  switch (start) {
    case 'tag': {
      const tag = parseTag(sentence)
      sentence.need('added')
      return valueOf(sentence, from, 'tagAdded', ['tag', tag.name, tag])
    }
    case 'tagAdded': {
      const tag = parseTag(sentence)
      return valueOf(sentence, from, 'tagAdded', ['tag', tag.name, tag])
    }
    case 'tagCount':
    case 'contactId':
      return valueOf(sentence, from, start)
    case 'length': {
      const of = sentence.inside(() => requireValue(sentence, parseSingle(sentence)))
      return valueOf(sentence, from, 'length', ['of', of.operand, of])
    }
    case 'attribute':
    case 'property': {
      const { names, scope } = sentence
      const isAttribute = start === 'attribute'
      const known = (): readonly string[] => (isAttribute ? names.attributes() : names.properties(scope))
      const name = parseName(sentence, `the name of ${isAttribute ? 'an attribute' : 'a property'}`, start, known)
      return valueOf(sentence, from, start, ['name', name.name, name])
    }
    case 'instant': {
      const sign = sentence.say('-') ? -1 : 1
      sentence.hope('a number of milliseconds since 1970')
      const { value } = sentence.accept('number') ?? sentence.fail()
      return literalOf(sentence, { instant: sign * Number(value) }, spanOf(from, sentence.last))
    }
    case 'true':
    case 'false':
      return literalOf(sentence, start === 'true', from)
    default:
      return sentence.inside(() => parseAggregate(start, from, sentence))
  }
}

/** A text, number, date, list, or what a template put in; undefined, and nothing taken, for all else. */
function parseLiteral(sentence: Sentence): Said | undefined {
  const { token } = sentence
  sentence.expectChoices()
  switch (token.kind) {
    case 'text':
    case 'number':
      return literalOf(sentence, sentence.take().value, token)
    case 'day':
      return literalOf(sentence, { day: sentence.take().value }, token)
    case 'instant':
      return literalOf(sentence, { instant: sentence.take().value }, token)
    case 'value':
      sentence.take()
      return isRule(token.value)
        ? { kind: 'rule', rule: token.value as never, ...spanOf(token, token) }
        : literalOf(sentence, token.value, token)
    case 'symbol': {
      if (sentence.say('[', 'a value')) return parseListLiteral(sentence)
      if (token.lower !== '-' || sentence.ahead(1).kind !== 'number') return undefined
      sentence.take()
      return literalOf(sentence, -Number(sentence.take().value), spanOf(token, sentence.last))
    }
    default:
      return undefined
  }
}

function isRule(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'op')
}
