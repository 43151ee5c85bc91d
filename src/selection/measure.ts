import { ExactSum } from '../base/exact-sum.js'
import { isLiteral, type ComputedOperand, type EventItems, type Operand, type SummaryOperand } from '../rules/ast.js'
import type { Column } from '../store/column.js'
import { typeCodes } from '../store/type-codes.js'
import { eventRows, visitRows, type EventRows } from './event-rows.js'
import type { Population } from './population.js'

/*
 * Operands that are found for each contact by itself and are numbers or instants: how many tags it has, since when it has one,
 * how long a list is, and what events come to. They are read off the store without an object for any event; a `sum` is exact,
 * as everywhere.
 */

/** What an operand is of a contact: NaN where it is missing. */
export interface Measure {
  readonly type: 'number' | 'instant'
  at(ordinal: number): number
}

const zero: Measure = Object.freeze({ type: 'number', at: () => 0 })
const nothing: Measure = Object.freeze({ type: 'number', at: () => NaN })

/** The measure of an operand; undefined where only the plain evaluator knows it. */
export function measureOf(operand: ComputedOperand, population: Population): Measure | undefined {
  const { tags } = population.store
  switch (operand.get) {
    case 'tagCount':
      return { type: 'number', at: (ordinal) => tags.countOf(ordinal) }
    case 'tagAdded':
      return { type: 'instant', at: (ordinal) => tags.sinceOf(ordinal, operand.tag) }
    case 'length':
      return lengthOf(operand.of, population)
    case 'count':
      return 'events' in operand.of ? counted(operand.of, population) : undefined
    case 'sum':
    case 'average':
    case 'minimum':
    case 'maximum':
      return 'events' in operand.of ? summarised(operand, operand.of, population) : undefined
    case 'first':
    case 'last':
    case 'nth':
      if (!('events' in operand.of) || operand.value !== undefined) return undefined
      return placed(operand.get === 'nth' ? operand.n : operand.get, operand.of, population)
    default:
      return undefined
  }
}

function lengthOf(of: Operand, { store }: Population): Measure | undefined {
  if (isLiteral(of) || of.get !== 'attribute') return undefined
  const column = store.columnNow(of.name)
  return column === undefined ? nothing : { type: 'number', at: (ordinal) => column.listAt(ordinal)?.length ?? NaN }
}

function counted(items: EventItems, population: Population): Measure | undefined {
  const rows = eventRows(items, population)
  if (rows === undefined || rows === 'none') return rows && zero
  if (rows.where === undefined) return { type: 'number', at: countInTime(rows) }
  let count = 0
  const add = (): boolean => {
    count += 1
    return true
  }
  return {
    type: 'number',
    at: (ordinal) => {
      count = 0
      visitRows(rows, ordinal, add)
      return count
    },
  }
}

/** Events stand in the order of their instants, so how many lie in a window follows from its two ends. */
function countInTime({ table, from, to }: EventRows): (ordinal: number) => number {
  return (ordinal) => {
    if (table.countOf(ordinal) === 0) return 0
    return Math.max(0, table.rowFrom(ordinal, to) - table.rowFrom(ordinal, from))
  }
}

function summarised({ get, value }: SummaryOperand, items: EventItems, population: Population): Measure | undefined {
  if (isLiteral(value) || value.get !== 'property') return undefined
  const rows = eventRows(items, population)
  const column = rows === undefined || rows === 'none' ? undefined : rows.table.propertyNow(value.name)
  if (rows === undefined) return undefined
  if (rows === 'none' || column === undefined) return get === 'sum' ? zero : nothing
  if (get === 'sum' || get === 'average') return { type: 'number', at: sumOf(rows, column, get === 'average') }
  // Of values of several types the extreme is that of the first type that has an order.
  return column.shape === typeCodes.number
    ? { type: 'number', at: extremeOf(rows, column, get === 'minimum' ? -1 : 1) }
    : undefined
}

function sumOf(rows: EventRows, column: Column, isAverage: boolean): (ordinal: number) => number {
  let sum = new ExactSum()
  let count = 0
  let only = 0
  const add = (row: number): boolean => {
    if (column.typeAt(row) !== typeCodes.number) return true
    const value = column.numberAt(row)
    // A sum of one number is that number.
    if (count === 1) sum.add(only)
    if (count > 0) sum.add(value)
    only = value
    count += 1
    return true
  }
  return (ordinal) => {
    if (count > 1) sum = new ExactSum()
    count = 0
    visitRows(rows, ordinal, add)
    if (count === 0) return isAverage ? NaN : 0
    const total = count === 1 ? only : sum.value
    if (!Number.isFinite(total)) return NaN
    return isAverage ? total / count : total
  }
}

function extremeOf(rows: EventRows, column: Column, sign: 1 | -1): (ordinal: number) => number {
  let extreme = NaN
  const widen = (row: number): boolean => {
    const value = column.numberAt(row)
    if (!(sign * extreme >= sign * value) && value === value) extreme = value
    return true
  }
  return (ordinal) => {
    extreme = NaN
    visitRows(rows, ordinal, widen)
    return extreme
  }
}

function placed(place: number | 'first' | 'last', items: EventItems, population: Population): Measure | undefined {
  const rows = eventRows(items, population)
  if (rows === undefined || rows === 'none') return rows && nothing
  const wanted = place === 'first' ? 1 : place === 'last' ? Infinity : place
  let left = wanted
  let at = NaN
  const take = (row: number): boolean => {
    left -= 1
    at = rows.table.instantAt(row)
    return left > 0
  }
  return {
    type: 'instant',
    at: (ordinal) => {
      left = wanted
      at = NaN
      visitRows(rows, ordinal, take)
      return left > 0 && wanted !== Infinity ? NaN : at
    },
  }
}
