import type { EventItems, LeafRule, Rule } from '../rules/ast.js'
import { positiveLeaf } from '../rules/rule-key.js'
import { intervalOf } from '../rules/windows.js'
import type { EventTable } from '../store/event-table.js'
import type { Population } from './population.js'
import { rowTest } from './row-test.js'
import { isFieldLeaf } from './value-test.js'

/** Whether the event at a row, of a contact, satisfies a condition. */
export type RowCondition = (row: number, ordinal: number) => boolean

/** The events that an aggregate is over. */
export interface EventRows {
  readonly table: EventTable
  /** They were at or after this instant, in ms, */
  readonly from: number
  /** and before this: the end of the window, and nothing that has not happened yet. */
  readonly to: number
  /** Undefined where all of them count. */
  readonly where: RowCondition | undefined
}

/**
 * The rows of the events that an aggregate is over. `none` where there are no events of the type; undefined where rows do not
 * tell: events folded away belong to it, or its condition is of a kind that only the plain evaluator knows.
 */
export function eventRows(items: EventItems, population: Population): EventRows | 'none' | undefined {
  const { store, now } = population
  if (items.window === undefined && store.folded.type(items.events) !== undefined) return undefined
  const table = store.history.tableNow(items.events)
  if (table === undefined) return 'none'
  const interval = items.window === undefined ? undefined : intervalOf(items.window, population)
  const where = items.where === undefined ? undefined : rowCondition(items.where, table, population)
  if (items.where !== undefined && where === undefined) return undefined
  return { table, from: interval?.from ?? -Infinity, to: Math.min(interval?.to ?? Infinity, now + 1), where }
}

function rowCondition(rule: Rule, table: EventTable, population: Population): RowCondition | undefined {
  switch (rule.op) {
    case 'everyone':
      return () => true
    case 'nobody':
      return () => false
    case 'not': {
      const inner = rowCondition(rule.rule, table, population)
      return inner && ((row, ordinal) => !inner(row, ordinal))
    }
    case 'all':
    case 'any':
    case 'someOf': {
      const parts = rule.rules
        .map((inner) => rowCondition(inner, table, population))
        .filter((part) => part !== undefined)
      if (parts.length < rule.rules.length) return undefined
      return atLeast(rule.op === 'someOf' ? rule.count : rule.op === 'any' ? 1 : parts.length, parts)
    }
    case 'inSegment':
      return undefined
    default: {
      const { leaf, negated } = positiveLeaf(rule)
      const condition = leafCondition(leaf, table, population)
      return condition && negated ? (row, ordinal) => !condition(row, ordinal) : condition
    }
  }
}

function atLeast(count: number, parts: readonly RowCondition[]): RowCondition {
  return (row, ordinal) => {
    let missing = count
    for (let place = 0; missing > 0 && place + missing <= parts.length; place += 1)
      if ((parts[place] as RowCondition)(row, ordinal)) missing -= 1
    return missing === 0
  }
}

function leafCondition(leaf: LeafRule, table: EventTable, population: Population): RowCondition | undefined {
  if (isFieldLeaf(leaf, 'property')) {
    const column = table.propertyNow(leaf.left.name)
    return column === undefined ? () => false : rowTest(leaf, column, population)
  }
  if (!isFieldLeaf(leaf, 'attribute')) return undefined
  const column = population.store.columnNow(leaf.left.name)
  if (column === undefined) return () => false
  const test = rowTest(leaf, column, population)
  return (_, ordinal) => test(ordinal)
}

/** Visits the rows of a contact's events, in order, as long as the visitor says true. */
export function visitRows(
  { table, from, to, where }: EventRows,
  ordinal: number,
  visit: (row: number) => boolean,
): void {
  const count = table.countOf(ordinal)
  if (count === 0) return
  const end = table.startOf(ordinal) + count
  for (let row = table.rowFrom(ordinal, from); row < end && table.instantAt(row) < to; row += 1) {
    if ((where === undefined || where(row, ordinal)) && !visit(row)) return
  }
}
