import {
  isLiteral,
  type Items,
  type ItemWindow,
  type LeafRule,
  type Operand,
  type Rule,
  type SequenceStep,
} from './ast.js'
import { windowFields } from './item-window-fields.js'
import { nodeFields, type NodeField } from './node-fields.js'
import { operands, operators, type FieldKind, type OperandRow } from './operator-table.js'

/*
 * A rule as one line of text: `all([hasTag("VIP"),atLeast(attribute("score"),80)])`. Each node is its name and its fields
 * in the table's order, each literal its JSON. No JSON value begins with a name and a bracket, so two rules share a text
 * exactly when they are the same node by node. A field at its default is empty, as one that is left out.
 */

/**
 * A text that two rules share exactly when they are equal. Rules that were read with one zone are compared as what they
 * mean to it; the order of rules, options and tags counts.
 */
export function ruleKey(rule: Rule): string {
  return nodeKey(rule.op, operators[rule.op], rule)
}

/** The same for operands. */
export function operandKey(operand: Operand): string {
  return isLiteral(operand) ? JSON.stringify(operand) : nodeKey(operand.get, operands[operand.get], operand)
}

/** Whether two rules are the same, whatever the order of their JSON fields, and whether or not defaults are written. */
export function rulesEqual(a: Rule, b: Rule): boolean {
  return a === b || ruleKey(a) === ruleKey(b)
}

/**
 * The positive leaf of which a negative one is the exact complement (`equals` of `notEquals`), or the leaf itself where
 * it is positive.
 */
export function positiveLeaf(leaf: LeafRule): { readonly leaf: LeafRule; readonly negated: boolean } {
  const { negates } = operators[leaf.op]
  if (negates === undefined) return { leaf, negated: false }
  // A negative operator has the fields of its positive one.
  return { leaf: Object.freeze({ ...leaf, op: negates }) as LeafRule, negated: true }
}

function nodeKey(name: string, row: Pick<OperandRow, 'fields'>, node: object): string {
  return fieldsKey(name, nodeFields(row), node)
}

function fieldsKey(name: string, fields: readonly NodeField[], node: object): string {
  const parts = fields.map((field) => {
    const value = (node as Readonly<Record<string, unknown>>)[field.name]
    return value === undefined ? '' : fieldKey(field.kind, value)
  })
  return `${name}(${parts.join()})`
}

function fieldKey(kind: FieldKind, value: unknown): string {
  switch (kind) {
    case 'rule':
    case 'itemRule':
      return ruleKey(value as Rule)
    case 'rules':
      return `[${(value as readonly Rule[]).map(ruleKey).join()}]`
    case 'operand':
    case 'itemOperand':
      return operandKey(value as Operand)
    case 'operands':
      return `[${(value as readonly Operand[]).map(operandKey).join()}]`
    case 'items':
    case 'recordItems':
      return itemsKey(value as Items)
    case 'steps':
      return `[${(value as readonly SequenceStep[]).map(stepKey).join()}]`
    case 'period':
      return JSON.stringify(Object.entries(value as object).sort(([a], [b]) => (a < b ? -1 : 1)))
    case 'flag':
      return value === true ? 'true' : ''
    case 'leapDay':
      return value === 'feb28' ? '' : JSON.stringify(value)
    case 'weekday':
      return value === 'monday' ? '' : JSON.stringify(value)
    default:
      return JSON.stringify(value)
  }
}

/** The same for what aggregates are over. */
export function itemsKey(items: Items): string {
  const { window, where } = items
  const rest = [window === undefined ? '' : windowKey(window), where === undefined ? '' : ruleKey(where)]
  if ('events' in items) return `events(${[JSON.stringify(items.events), ...rest].join()})`
  return `records(${[JSON.stringify(items.records), written(items.by), ...rest].join()})`
}

function windowKey(window: ItemWindow): string {
  if (window.window !== 'absolute') return fieldsKey(window.window, windowFields(window.window), window)
  return `absolute(${[written(window.from), written(window.to)].join()})`
}

function stepKey(step: SequenceStep): string {
  const limits = [written(step.within), written(step.after)]
  return `step(${[itemsKey(step.of), step.not === true ? 'true' : '', ...limits, step.from === 'start' ? '"start"' : ''].join()})`
}

function written(value: string | number | undefined): string {
  return value === undefined ? '' : JSON.stringify(value)
}
