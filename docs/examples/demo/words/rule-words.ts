import type { Operand, RelativeWindowRule, Rule } from 'coterie/rules'
import { aggregateInWords, countInWords, noneInWords, oneInWords, sequenceInWords } from './item-words.js'

/** How attributes and segments are called. */
export interface Names {
  attribute(name: string): string
  segment(id: string): string
}

/**
 * A rule in plain English: those kinds of rules that the demonstration makes, the others as they are. The library is to
 * have its own words for all of them.
 */
export function ruleInWords(rule: Rule, names: Names): string {
  const inner = (part: Rule): string => {
    const words = ruleInWords(part, names)
    return part.op === 'all' || part.op === 'any' ? `(${words})` : words
  }
  switch (rule.op) {
    case 'all':
      return rule.rules.map(inner).join(' and ')
    case 'any':
      return rule.rules.map(inner).join(' or ')
    case 'not':
      return `not ${inner(rule.rule)}`
    case 'inSegment':
      return `in ${names.segment(rule.segment)}`
    case 'hasTag':
      return `tag ${rule.tag}`
    case 'hasTagLike':
      return `a tag like ${rule.pattern}`
    case 'equals':
    case 'greaterThan':
    case 'atLeast':
    case 'lessThan':
    case 'atMost':
      if (isCount(rule.left)) return countInWords(rule.op, rule.left, rule.right, names)
      return `${operandInWords(rule.left, names)} ${comparisons[rule.op]} ${operandInWords(rule.right, names)}`
    case 'some':
      return oneInWords(rule.of, names)
    case 'none':
      return noneInWords(rule.of, names)
    case 'sequence':
      return sequenceInWords(rule.steps, names)
    case 'missing':
      return `${operandInWords(rule.left, names)} not known`
    case 'inLast':
    case 'notInLast':
    case 'inNext':
    case 'moreThanAgo':
      return `${operandInWords(rule.left, names)} ${windowInWords(rule.op, durationInWords(rule.duration))}`
    default:
      return JSON.stringify(rule)
  }
}

const comparisons = {
  equals: 'is',
  greaterThan: 'over',
  atLeast: 'at least',
  lessThan: 'under',
  atMost: 'at most',
} as const

function windowInWords(op: RelativeWindowRule['op'], span: string): string {
  switch (op) {
    case 'inLast':
      return `in the last ${span}`
    case 'notInLast':
      return `not in the last ${span}`
    case 'inNext':
      return `in the next ${span}`
    case 'moreThanAgo':
      return `more than ${span} ago`
  }
}

/** `30d` as `30 days`; what is not days, as it is. */
export function durationInWords(duration: string): string {
  const count = /^(\d+)d$/.exec(duration)?.[1]
  return count === undefined ? duration : `${count} ${count === '1' ? 'day' : 'days'}`
}

/** A literal, or what is looked up. */
export function operandInWords(operand: Operand, names: Names): string {
  if (typeof operand === 'number') return operand.toLocaleString('en-GB')
  if (typeof operand !== 'object') return String(operand)
  return 'get' in operand && operand.get === 'attribute'
    ? names.attribute(operand.name)
    : aggregateInWords(operand, names)
}

function isCount(operand: Operand): operand is Extract<Operand, { readonly get: 'count' }> {
  return typeof operand === 'object' && 'get' in operand && operand.get === 'count'
}
