import { anniversaryHolds } from '../base/anniversary.js'
import { samplePlace } from '../base/md5.js'
import { timeZone, type TimeZone } from '../base/time-zone.js'
import { sameValue, type Value } from '../contacts/value.js'
import type { BetweenRule, LeafRule, Operand, Rule, RuleOp } from './ast.js'
import { compareDates, dayOfDate, instantOfDate } from './dates.js'
import { countOfItems, itemsOf } from './items.js'
import { keptTotal } from './kept-total.js'
import { valueOfOperand } from './operand-value.js'
import { hasNothing, operators, type BinaryContext } from './operator-table.js'
import { globOf, patternOf } from './prepared.js'
import type { Evaluator, Scope } from './scope.js'
import { sequenceHolds } from './sequence.js'
import { intervalOf } from './windows.js'

/*
 * The meaning of a rule. Every other evaluator is held to this one, so it is plain: it looks at one contact at one
 * instant, keeps nothing, and does no work to be fast.
 */

/** Whether a rule holds of a contact at an instant. */
export function holds(rule: Rule, scope: Scope): boolean {
  switch (rule.op) {
    case 'everyone':
      return true
    case 'nobody':
      return false
    case 'all':
      return rule.rules.every((inner) => holds(inner, scope))
    case 'any':
      return rule.rules.some((inner) => holds(inner, scope))
    case 'not':
      return !holds(rule.rule, scope)
    case 'someOf':
      return rule.rules.filter((inner) => holds(inner, scope)).length >= rule.count
    case 'inSegment':
      return scope.inSegment(rule.segment)
    default:
      // A negative operator is the exact complement of its positive one, so it also holds where the value is missing.
      return positive(rule, scope) !== isNegative(rule)
  }
}

/** What an operand is of a contact at an instant; `undefined` where it is missing. */
export function operandValue(operand: Operand, scope: Scope): Value | undefined {
  return valueOfOperand(operand, scope, evaluator)
}

const evaluator: Evaluator = { holds, value: operandValue }

/** Whether a leaf is the complement of another operator. */
export function isNegative(leaf: LeafRule): boolean {
  return operators[leaf.op].negates !== undefined
}

/** What a leaf, or the positive operator of a negative one, says. False where a value is missing. */
function positive(leaf: LeafRule, scope: Scope): boolean {
  const { contact } = scope
  switch (leaf.op) {
    case 'hasTag':
      return contact.tag(leaf.tag) !== undefined
    case 'hasAnyTag':
    case 'hasNoneOfTags':
      return leaf.tags.some((tag) => contact.tag(tag) !== undefined)
    case 'hasAllTags':
      return leaf.tags.every((tag) => contact.tag(tag) !== undefined)
    case 'hasTagLike':
      return Array.from(contact.tags()).some(({ tag }) => globOf(leaf)(tag))
    case 'tagHeldBy': {
      const holders = contact.tag(leaf.tag)?.holders ?? []
      return holders.some(({ kind, by }) => kind === leaf.holder && (leaf.by === undefined || by === leaf.by))
    }
    case 'inSample': {
      const place = samplePlace(leaf.salt, contact.id)
      return leaf.from <= place && place < leaf.to
    }
    case 'some':
    case 'none':
      return countOfItems(leaf.of, scope, evaluator) > 0 || (keptTotal(leaf.of, undefined, scope)?.count ?? 0) > 0
    case 'every':
      return itemsOf(leaf.of, scope, evaluator).every((item) => holds(leaf.rule, { ...scope, item }))
    case 'sequence':
      return sequenceHolds(leaf, scope, evaluator)
    default:
      return comparison(leaf, scope)
  }
}

/** A leaf about a value, to the left of it. */
type Comparison = Extract<LeafRule, { readonly left: Operand }>

function comparison(leaf: Comparison, scope: Scope): boolean {
  const left = operandValue(leaf.left, scope)
  if (left === undefined) return false
  switch (leaf.op) {
    case 'exists':
    case 'missing':
      return true
    case 'isEmpty':
      return hasNothing(left)
    case 'in':
    case 'notIn':
      return leaf.right.some((option) => {
        const right = operandValue(option, scope)
        return right !== undefined && sameValue(left, right)
      })
    case 'between':
      return isBetween(left, leaf, scope)
    case 'matches':
      return typeof left === 'string' && patternOf(leaf).test(left, leaf.ignoreCase ?? false)
    case 'inLast':
    case 'notInLast':
    case 'inNext':
    case 'moreThanAgo':
    case 'betweenAgo':
    case 'inCalendar': {
      const instant = instantOfDate(left, zoneOf(leaf, scope))
      const { from, to } = intervalOf(leaf, scope)
      return instant !== undefined && from <= instant && instant < to
    }
    case 'anniversaryIn': {
      const zone = zoneOf(leaf, scope)
      const day = dayOfDate(left, zone)
      if (day === undefined) return false
      return anniversaryHolds(day, zone.dayOf(scope.now), leaf.days, leaf.current, leaf.leapDay ?? 'feb28')
    }
    default: {
      const right = operandValue(leaf.right, scope)
      return right !== undefined && isTrueOf(left, right, leaf, scope)
    }
  }
}

function isBetween(left: Value, leaf: BetweenRule, scope: Scope): boolean {
  const low = operandValue(leaf.low, scope)
  const high = operandValue(leaf.high, scope)
  if (low === undefined || high === undefined) return false
  if (typeof left === 'number')
    return typeof low === 'number' && typeof high === 'number' && low <= left && left <= high
  const zone = leaf.timeZone ?? scope.timeZone
  const fromLow = compareDates(left, low, zone)
  const fromHigh = compareDates(left, high, zone)
  return fromLow !== undefined && fromHigh !== undefined && fromLow >= 0 && fromHigh <= 0
}

/** What the table says of two values that are there, for the operators that it gives a test. */
function isTrueOf(left: Value, right: Value, leaf: Binary, scope: Scope): boolean {
  const row = operators[leaf.op]
  const { test } = row.negates === undefined ? row : operators[row.negates]
  const zone = leaf.timeZone ?? scope.timeZone
  const context: BinaryContext = {
    ignoreCase: leaf.ignoreCase ?? false,
    compareDates: (one, other) => compareDates(one, other, zone),
  }
  return test?.(left, right, context) ?? false
}

interface Binary {
  readonly op: RuleOp
  readonly ignoreCase?: boolean
  readonly timeZone?: string
}

function zoneOf(leaf: { readonly timeZone?: string }, scope: Scope): TimeZone {
  return timeZone(leaf.timeZone ?? scope.timeZone)
}
