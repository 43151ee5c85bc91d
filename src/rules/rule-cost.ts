import { compilePattern } from '../base/pattern.js'
import { isLiteral, type Items, type LeafRule, type Operand, type Rule, type SequenceStep } from './ast.js'
import { operators, operands, type OperandRow } from './operator-table.js'
import { innerRules, isLeaf, writtenFields } from './rule-walk.js'

/*
 * What it costs to ask a rule of one contact, as one number: 1 is a look at a value, some tens of nanoseconds. It is made of
 * the rule alone, so that it is the same on every machine and before there is a single contact; what is not known, how many
 * events there are or how long a text is, is taken to be usual. All that is assumed stands in `weights`.
 *
 * The score is for telling a rule of 50 from one of 50,000, not for telling 50 from 60.
 */

const weights = {
  /** A node that only puts others together, or asks for a segment. */
  node: 1,
  /** A look at a value of the contact or of an item. */
  look: 1,
  /** Running through a text, or a list. */
  text: 3,
  /** For each state of a pattern: all of them may be alive at each character. */
  patternState: 0.5,
  /** Asking an edge of a window of the calendar. */
  window: 2,
  /** The hash behind a sample. */
  sample: 20,
  /** Tags that are looked through. */
  tags: 5,
  /** Items of one type that a contact has, each of which is looked at. */
  items: 20,
  /** The same, of those inside an item. */
  innerItems: 5,
} as const

/**
 * What a rule costs to ask of one contact: 1 is a look at a value. Segments that it refers to cost as one, as they are
 * decided already. An engine refuses to define a rule above its option `maxRuleCost`.
 */
export function ruleCost(rule: Rule): number {
  return Math.ceil(costOf(rule, weights.items))
}

function costOf(rule: Rule, items: number): number {
  if (isLeaf(rule)) return leafCost(rule, items)
  return innerRules(rule).reduce<number>((sum, inner) => sum + costOf(inner.rule, items), weights.node)
}

function leafCost(leaf: LeafRule, items: number): number {
  const inside = fieldsCost(leaf, operators[leaf.op], items)
  if (leaf.op === 'matches') return inside + weights.patternState * compilePattern(leaf.pattern).states * weights.text
  switch (operators[leaf.op].shape) {
    case 'sample':
      return inside + weights.sample
    case 'window':
    case 'anniversary':
      return inside + weights.window
    case 'binary':
      return inside + ('ignoreCase' in leaf || leaf.op.startsWith('contains') ? weights.text : weights.look)
    case 'tags':
      return inside + (leaf.op === 'hasTagLike' ? weights.tags * weights.text : weights.look)
    default:
      return inside + weights.look
  }
}

/** What stands in a node: its operands, what is done with each item, and its options. */
function fieldsCost(node: object, row: Pick<OperandRow, 'fields'>, items: number): number {
  let cost = 0
  let perItem = weights.look as number
  let of: Items | undefined
  for (const { kind, value } of writtenFields(node, row)) {
    if (kind === 'operand') cost += operandCost(value as Operand, items)
    else if (kind === 'operands') for (const operand of value as readonly Operand[]) cost += operandCost(operand, items)
    else if (kind === 'tags') cost += (value as readonly string[]).length * weights.look
    else if (kind === 'items' || kind === 'recordItems') of = value as Items
    else if (kind === 'itemRule') perItem += costOf(value as Rule, weights.innerItems)
    else if (kind === 'itemOperand') perItem += operandCost(value as Operand, weights.innerItems)
    else if (kind === 'steps') cost += sequenceCost(value as readonly SequenceStep[], items)
  }
  return of === undefined ? cost : cost + itemsCost(of, items, perItem)
}

function operandCost(operand: Operand, items: number): number {
  if (isLiteral(operand)) return Array.isArray(operand) ? operand.length * weights.look : 0
  return weights.look + fieldsCost(operand, operands[operand.get], items)
}

/** Each item is looked at, asked whether it counts, and counted. */
function itemsCost(of: Items, items: number, perItem: number): number {
  const levels = 'events' in of ? 0 : of.records.length - 1
  const count = items * weights.innerItems ** levels
  const window = of.window === undefined ? 0 : weights.window
  const where = of.where === undefined ? 0 : costOf(of.where, weights.innerItems)
  return window + count * (perItem + where)
}

/** Each step looks at its events beside the choices that the steps before have left. */
function sequenceCost(steps: readonly SequenceStep[], items: number): number {
  return steps.reduce<number>((sum, { of }) => sum + itemsCost(of, items, weights.look), 0) * steps.length
}
