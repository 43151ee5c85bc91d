import type { GroupRule, Operand, Rule } from '../../rules/ast.js'
import { quote } from '../quoted.js'
import { comparisonWords } from '../words/comparison-words.js'
import { ruleStarts } from '../words/leading-words.js'
import { printEvery, printItems, printSequence } from './print-items.js'
import { printDateSuffixes, printWindow } from './print-times.js'
import { printLiteral, printValue } from './print-values.js'
import { grip, tightness, type PrintOptions, type Printing } from './printing.js'

export type { PrintOptions } from './printing.js'

/**
 * Writes a rule as a text, in the one way that there is to write it. `parseRule` gives the rule back, with or without a
 * schema, where the rule was read before; one that was not comes back in the form that reading gives it.
 *
 * With `timeZone` and `weekStartsOn` what they say is left out of the text, which has then to be read with the same.
 */
export function printRule(rule: Rule, options: PrintOptions = {}): string {
  return printAt(rule, tightness.whole, { ...options, isItem: false, rule: printAt, value: printValue })
}

function printAt(rule: Rule, atLeast: number, printing: Printing): string {
  const text = printNode(rule, printing)
  return tightnessOf(rule) < atLeast ? `(${text})` : text
}

/** Groups of several rules are joined by `and` and `or`; all else holds together by itself. */
function tightnessOf(rule: Rule): number {
  if ((rule.op !== 'all' && rule.op !== 'any') || rule.rules.length < 2) return tightness.single
  return rule.op === 'any' ? tightness.whole : tightness.inAny
}

function printNode(rule: Rule, printing: Printing): string {
  switch (rule.op) {
    case 'everyone':
    case 'nobody':
      return ruleStarts[rule.op][0]
    case 'all':
    case 'any':
      return printGroup(rule, printing)
    case 'not':
      return `not ${printAt(rule.rule, tightness.single, printing)}`
    case 'someOf':
      return `${ruleStarts.someOf[0]} ${String(rule.count)} of (${printRules(rule.rules, printing)})`
    case 'inSegment':
      return `${ruleStarts.inSegment[0]} ${quote(rule.segment)}`
    case 'inSample':
      return `${ruleStarts.inSample[0]} ${quote(rule.salt)} from ${String(rule.from)} to ${String(rule.to)}`
    case 'exists':
    case 'missing':
    case 'isEmpty':
      return `${left(rule.left, printing)} ${comparisonWords[rule.op][0]}`
    case 'equals':
    case 'notEquals':
    case 'greaterThan':
    case 'atLeast':
    case 'lessThan':
    case 'atMost':
    case 'containsAny':
    case 'containsAll':
    case 'containsNone':
      return `${left(rule.left, printing)} ${comparisonWords[rule.op][0]} ${printValue(rule.right, grip.whole, printing)}`
    case 'in':
    case 'notIn': {
      const options = rule.right.map((option) => printValue(option, grip.whole, printing)).join(', ')
      return `${left(rule.left, printing)} ${comparisonWords[rule.op][0]} (${options})`
    }
    case 'between': {
      const [low, high] = [rule.low, rule.high].map((end) => printValue(end, grip.single, printing))
      const ends = `${String(low)} and ${String(high)}${printDateSuffixes(rule, printing)}`
      return `${closed(rule.left, printing)} ${comparisonWords.between[0]} ${ends}`
    }
    case 'contains':
    case 'notContains':
    case 'startsWith':
    case 'endsWith': {
      const right = printValue(rule.right, grip.whole, printing)
      return `${left(rule.left, printing)} ${comparisonWords[rule.op][0]} ${right}${ignoringCase(rule)}`
    }
    case 'matches':
      return `${left(rule.left, printing)} ${comparisonWords.matches[0]} ${quote(rule.pattern)}${ignoringCase(rule)}`
    case 'before':
    case 'after':
    case 'on': {
      const right = printValue(rule.right, grip.single, printing)
      const suffixes = printDateSuffixes(rule, printing)
      return `${closed(rule.left, printing)} ${comparisonWords[rule.op][0]} ${right}${suffixes}`
    }
    case 'inLast':
    case 'notInLast':
    case 'inNext':
    case 'moreThanAgo':
    case 'betweenAgo':
    case 'inCalendar':
      return `${closed(rule.left, printing)} ${printWindow(rule)}${printDateSuffixes(rule, printing)}`
    case 'anniversaryIn': {
      const days = `${String(rule.days)} ${rule.days === 1 ? 'day' : 'days'}${rule.current ? ' including today' : ''}`
      const leap = rule.leapDay === 'mar1' ? ' with leap days in March' : ''
      const of = `${ruleStarts.anniversary[0]} ${closed(rule.left, printing)}`
      return `${of} in the next ${days}${leap}${printDateSuffixes(rule, printing)}`
    }
    case 'hasTag':
      return `${ruleStarts.hasTag[0]} ${quote(rule.tag)}`
    case 'hasAnyTag':
    case 'hasAllTags':
    case 'hasNoneOfTags':
      return `${ruleStarts[rule.op][0]} (${rule.tags.map(printLiteral).join(', ')})`
    case 'hasTagLike':
      return `${ruleStarts.hasTagLike[0]} ${quote(rule.pattern)}`
    case 'tagHeldBy': {
      const by = rule.by === undefined ? '' : ` ${quote(rule.by)}`
      return `${ruleStarts.tag[0]} ${quote(rule.tag)} held by ${rule.holder}${by}`
    }
    case 'some':
    case 'none':
      return `${ruleStarts[rule.op][0]} ${printItems(rule.of, false, printing)}`
    case 'every':
      return printEvery(rule.of, rule.rule, printing)
    case 'sequence':
      return printSequence(rule, printing)
  }
}

/** Groups of one rule have their words before it. */
function printGroup({ op, rules }: GroupRule, printing: Printing): string {
  if (rules.length < 2) return `${ruleStarts[op][0].slice(0, -1)}(${printRules(rules, printing)})`
  const isAll = op === 'all'
  const parts = rules.map((rule) => printAt(rule, isAll ? tightness.inAll : tightness.inAny, printing))
  return parts.join(isAll ? ' and ' : ' or ')
}

function printRules(rules: readonly Rule[], printing: Printing): string {
  return rules.map((rule) => printAt(rule, tightness.whole, printing)).join(', ')
}

function left(operand: Operand, printing: Printing): string {
  return printValue(operand, grip.whole, printing)
}

/** A value before the words of a window or of dates, which could be taken for those of its events. */
function closed(operand: Operand, printing: Printing): string {
  return printValue(operand, grip.closed, printing)
}

function ignoringCase({ ignoreCase }: { readonly ignoreCase?: boolean }): string {
  return ignoreCase === true ? ' ignoring case' : ''
}
