import { numberAfter, numberBefore } from '../base/next-number.js'
import { timeZone } from '../base/time-zone.js'
import { epochDay, isDay, isInstant, type Value, type ValueType } from '../contacts/value.js'
import {
  isLiteral,
  type AttributeOperand,
  type ComputedOperand,
  type LeafRule,
  type Operand,
  type PropertyOperand,
} from '../rules/ast.js'
import { compareDates } from '../rules/dates.js'
import { operandsOf } from '../rules/rule-walk.js'
import { operators } from '../rules/operator-table.js'
import { patternOf } from '../rules/prepared.js'
import { intervalOf, isWindowRule } from '../rules/windows.js'
import { datesBetween, datesOn, type DateType } from './date-ranges.js'
import { allNumbers, type NumberRange } from './number-scan.js'

/*
 * What a leaf that compares one operand with literals asks of its value, by the value's type. All it can ask of a number, a
 * boolean or a date is whether it lies in one of some ranges, and of a text whether it is one of some, or a test that is worth
 * asking once for each different text.
 */

/** When a leaf is asked. */
export interface AskedAt {
  readonly now: number
  readonly timeZone: string
}

/** A positive leaf that asks something of one operand, all else in it being literals: what it compares with is a `Value`. */
export type OperandLeaf<Left = ComputedOperand> = LeafRule & { readonly left: Left }

/** The same of a field: an attribute of the contact, or a property of the event that a condition is about. */
export type FieldLeaf = OperandLeaf<AttributeOperand | PropertyOperand>

/** Whether a leaf asks something of one operand. */
export function isOperandLeaf(leaf: LeafRule): leaf is OperandLeaf {
  if (!('left' in leaf) || isLiteral(leaf.left)) return false
  return operandsOf(leaf).every(({ operand }) => operand === leaf.left || isLiteral(operand))
}

/** Whether a leaf asks something of a field. */
export function isFieldLeaf(leaf: LeafRule, get: FieldLeaf['left']['get']): leaf is FieldLeaf {
  return isOperandLeaf(leaf) && leaf.left.get === get
}

/** The ranges in which a number, boolean or date must lie; undefined where that cannot be said in ranges. */
export function rangesOf(
  leaf: OperandLeaf,
  type: 'number' | 'boolean' | DateType,
  at: AskedAt,
): readonly NumberRange[] | undefined {
  if (leaf.op === 'exists') return [allNumbers]
  if (leaf.op === 'equals') return rangesOfOptions([leaf.right], type)
  if (leaf.op === 'in') return rangesOfOptions(leaf.right, type)
  if (type === 'boolean') return []
  return one(type === 'number' ? numberRange(leaf) : dateRange(leaf, type, at))
}

function one(range: NumberRange | 'ask' | undefined): readonly NumberRange[] | undefined {
  if (range === 'ask') return undefined
  return range === undefined || range.low > range.high ? [] : [range]
}

function rangesOfOptions(options: readonly Operand[], type: ValueType): readonly NumberRange[] {
  return options.flatMap((option) => {
    const value = numberIn(option as Value, type)
    return value === undefined ? [] : [{ low: value, high: value }]
  })
}

/** A value of a type as a column keeps it; undefined for one of another type. */
function numberIn(value: Value, type: ValueType): number | undefined {
  if (type === 'number') return typeof value === 'number' ? value : undefined
  if (type === 'boolean') return typeof value === 'boolean' ? Number(value) : undefined
  if (type === 'instant') return isInstant(value) ? value.instant : undefined
  return isDay(value) ? epochDay(value) : undefined
}

function numberRange(leaf: OperandLeaf): NumberRange | undefined {
  if (leaf.op === 'between') {
    const { low, high } = leaf
    return typeof low === 'number' && typeof high === 'number' ? { low, high } : undefined
  }
  const bound = 'right' in leaf ? leaf.right : undefined
  if (typeof bound !== 'number') return undefined
  switch (leaf.op) {
    case 'greaterThan':
      return { low: numberAfter(bound), high: Infinity }
    case 'atLeast':
      return { low: bound, high: Infinity }
    case 'lessThan':
      return { low: -Infinity, high: numberBefore(bound) }
    case 'atMost':
      return { low: -Infinity, high: bound }
    default:
      return undefined
  }
}

function dateRange(leaf: OperandLeaf, type: DateType, at: AskedAt): NumberRange | 'ask' | undefined {
  if (leaf.op === 'anniversaryIn') return 'ask'
  const zone = timeZone(('timeZone' in leaf ? leaf.timeZone : undefined) ?? at.timeZone)
  if (isWindowRule(leaf)) return datesBetween(type, intervalOf(leaf, at), zone)
  if (leaf.op === 'between') {
    const low = datesOn(type, leaf.low as Value, zone)
    const high = datesOn(type, leaf.high as Value, zone)
    return low === undefined || high === undefined ? undefined : { low: low.low, high: high.high }
  }
  if (leaf.op !== 'before' && leaf.op !== 'after' && leaf.op !== 'on') return undefined
  const on = datesOn(type, leaf.right as Value, zone)
  if (on === undefined || leaf.op === 'on') return on
  return leaf.op === 'before' ? { low: -Infinity, high: on.low - 1 } : { low: on.high + 1, high: Infinity }
}

/** A test of a text, and how the text must begin or end where that is all there is to it. */
export interface TextTest {
  readonly holds: (text: string) => boolean
  readonly affix?: { readonly text: string; readonly end: 'first' | 'last' }
}

/** The texts that a text must be one of, or a test of it; undefined where no text will do. */
export function textsOf(leaf: OperandLeaf): readonly string[] | TextTest | undefined {
  switch (leaf.op) {
    case 'exists':
      return { holds: () => true }
    case 'isEmpty':
      return ['']
    case 'equals':
      return typeof leaf.right === 'string' ? [leaf.right] : undefined
    case 'in':
      return leaf.right.filter((option) => typeof option === 'string')
    case 'matches': {
      const pattern = patternOf(leaf)
      return { holds: (text) => pattern.test(text, leaf.ignoreCase ?? false) }
    }
    case 'contains':
    case 'startsWith':
    case 'endsWith': {
      const { right, ignoreCase = false } = leaf
      const { test } = operators[leaf.op]
      if (typeof right !== 'string' || test === undefined) return undefined
      const context = { ignoreCase, compareDates: (a: Value, b: Value) => compareDates(a, b, 'UTC') }
      const holds = (text: string): boolean => test(text, right, context)
      if (ignoreCase || leaf.op === 'contains') return { holds }
      return { holds, affix: { text: right, end: leaf.op === 'startsWith' ? 'first' : 'last' } }
    }
    default:
      return undefined
  }
}
