import type { Rule } from '../../rules/ast.js'
import type { Said } from '../said.js'
import type { Sentence } from '../sentence.js'
import { spanOf } from '../token.js'
import { notOf, ruleOf } from './nodes.js'
import { parseComparison } from './parse-comparisons.js'
import { parseRuleStart } from './parse-rule-starts.js'
import { requireRule } from './require-rule.js'

/*
 * Conditions and what joins them: `or` binds least, then `and`, then `not`. What has no `and` or `or` in it is given back
 * as it is, so that a value in parentheses stays one. After a slip the next condition is looked for, so that several
 * slips are found.
 */

/** Conditions joined by `or`, or a single one. */
export function parseRule(sentence: Sentence): Said {
  return parseJoined(sentence, 'or', 'any', (inner) => parseJoined(inner, 'and', 'all', parseOne))
}

function parseJoined(
  sentence: Sentence,
  joint: 'and' | 'or',
  op: 'all' | 'any',
  parse: (sentence: Sentence) => Said,
): Said {
  const first = parse(sentence)
  if (sentence.token.lower !== joint) {
    sentence.expect(`\`${joint}\``, 'word', () => [joint])
    return first
  }
  const rules: Rule[] = [ruleIn(sentence, first)]
  while (sentence.say(joint)) rules.push(ruleIn(sentence, parse(sentence)))
  return ruleOf(sentence, first, op, ['rules', rules])
}

function ruleIn(sentence: Sentence, said: Said): Rule {
  const rule = sentence.recover(() => requireRule(sentence, said)) ?? requireRule(sentence, { ...said, kind: 'broken' })
  return rule.rule
}

/** One condition; where it slips, the place where the next one may begin. */
function parseOne(sentence: Sentence): Said {
  const from = sentence.token
  const said = sentence.recover(() => parseCondition(sentence))
  return said ?? { kind: 'broken', ...spanOf(from, sentence.last) }
}

/** One condition, with `not` before it or in parentheses. */
export function parseCondition(sentence: Sentence): Said {
  const from = sentence.token
  if (sentence.say('not', 'a condition')) {
    const inner = sentence.inside(() => requireRule(sentence, parseCondition(sentence)))
    return notOf(sentence, from, inner)
  }
  return parseRuleStart(sentence) ?? parseComparison(sentence)
}
