import type { Rule } from '../../rules/ast.js'
import type { Said } from '../said.js'
import type { Sentence } from '../sentence.js'
import type { Span } from '../token.js'
import { ruleStartTree, type RuleStart } from '../words/leading-words.js'
import { countOf, isCount } from './parse-durations.js'
import { parseAnniversary } from './parse-anniversaries.js'
import { parseItems } from './parse-items.js'
import { notOf, ruleOf, type SaidRule } from './nodes.js'
import { parseQuoted, parseText } from './parse-names.js'
import { requireRule } from './require-rule.js'
import { parseListOf } from './parse-lists.js'
import { parseTagRule } from './parse-tags.js'

/** The condition that begins here with words of its own; undefined, and nothing taken, where none does. */
export function parseRuleStart(sentence: Sentence): Said | undefined {
  const from = sentence.token
  const mark = sentence.mark()
  const isContact = sentence.scope.about === 'contact'
  const start = sentence.phrase(ruleStartTree, (means) => isApt(means, isContact))
  const rule = start === undefined ? undefined : parseStarted(start, from, sentence)
  if (rule === undefined) sentence.back(mark)
  return rule
}

const ofTheContact: readonly RuleStart[] = ['inSegment', 'notInSegment', 'inSample', 'tag', 'lacksTag']

/** Whether a condition can stand where it would: what is of the contact alone stands beside one on an event or record. */
function isApt(start: RuleStart, isContact: boolean): boolean {
  return isContact || !(ofTheContact.includes(start) || /^has.*Tag/.test(start))
}

function parseStarted(start: RuleStart, from: Span, sentence: Sentence): SaidRule | undefined {
  switch (start) {
    case 'everyone':
    case 'nobody':
      return ruleOf(sentence, from, start)
    case 'all':
    case 'any':
    case 'noneOf': {
      const op = start === 'all' ? 'all' : 'any'
      const rules = parseRules(sentence)
      const group = ruleOf(sentence, from, op, ['rules', rules])
      return start === 'noneOf' ? notOf(sentence, from, group) : group
    }
    case 'someOf':
      return parseSomeOf(from, sentence)
    case 'hasTag':
    case 'lacksTag':
    case 'hasTagLike':
    case 'hasAnyTag':
    case 'hasAllTags':
    case 'hasNoneOfTags':
    case 'tag':
      return parseTagRule(start, from, sentence)
    case 'inSegment':
    case 'notInSegment': {
      const named = parseText(sentence, 'a segment', 'segment', () => sentence.names.segmentTexts())
      const inside = ruleOf(sentence, from, 'inSegment', ['segment', sentence.names.segmentId(named.name), named])
      return start === 'inSegment' ? inside : notOf(sentence, from, inside)
    }
    case 'inSample':
      return parseSample(from, sentence)
    case 'some':
    case 'none': {
      const items = parseItems(sentence)
      return ruleOf(sentence, from, start, ['of', items.items, items])
    }
    case 'every': {
      const items = parseItems(sentence)
      sentence.need('has')
      const rule = sentence.inside(() =>
        sentence.about(items.scope, () => requireRule(sentence, sentence.parsers.condition(sentence))),
      )
      return ruleOf(sentence, from, 'every', ['of', items.items, items], ['rule', rule.rule, rule])
    }
    case 'anniversary':
      return parseAnniversary(from, sentence)
  }
}

/** Rules with commas between them, up to the closing parenthesis. */
function parseRules(sentence: Sentence): readonly Rule[] {
  const parse = (): Rule => requireRule(sentence, sentence.parsers.rule(sentence)).rule
  return sentence.inside(() => parseListOf(sentence, ')', parse))
}

function parseSomeOf(from: Span, sentence: Sentence): SaidRule | undefined {
  sentence.hope('a number of conditions')
  if (!isCount(sentence.token) || sentence.ahead(1).lower !== 'of') return undefined
  const count = sentence.take()
  sentence.need('of')
  sentence.need('(')
  const rules = parseRules(sentence)
  return ruleOf(sentence, from, 'someOf', ['count', Number(countOf(count)), count], ['rules', rules])
}

function parseSample(from: Span, sentence: Sentence): SaidRule {
  const salt = parseQuoted(sentence, 'a salt in quotes')
  sentence.need('from')
  const first = parseWhole(sentence)
  sentence.need('to')
  const end = parseWhole(sentence)
  return ruleOf(
    sentence,
    from,
    'inSample',
    ['salt', salt.name, salt],
    ['from', first.value, first],
    ['to', end.value, end],
  )
}

function parseWhole(sentence: Sentence): Span & { readonly value: unknown } {
  sentence.hope('a number')
  return sentence.accept('number') ?? sentence.accept('value') ?? sentence.fail()
}
