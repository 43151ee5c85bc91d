import { weekdayOf, civilOf } from '../base/civil.js'
import { WEEKDAYS, type Weekday } from '../base/calendar-period.js'
import { exactSum } from '../base/exact-sum.js'
import { timeZone } from '../base/time-zone.js'
import type { FoldedEnd, FoldedTotal } from '../contacts/folded.js'
import { isList, typeOf, valueKey, type Scalar, type Value, type ValueType } from '../contacts/value.js'
import { compareSame, extreme } from '../contacts/value-order.js'
import type { CountOperand, DistinctPeriodsOperand, EndOperand, NthOperand, Operand, SummaryOperand } from './ast.js'
import { countOfItems, itemsOf } from './items.js'
import { keptTotal } from './kept-total.js'
import type { Evaluator, Item, Scope } from './scope.js'

/** An operand over many items. */
export type AggregateOperand = CountOperand | SummaryOperand | DistinctPeriodsOperand | EndOperand | NthOperand

/**
 * What an aggregate is of a contact at an instant. Over nothing `count`, `sum`, `distinct` and `distinctPeriods` are 0, and the
 * others missing.
 */
export function aggregateValue(operand: AggregateOperand, scope: Scope, evaluator: Evaluator): Value | undefined {
  const folded = keptTotal(operand.of, 'value' in operand ? operand.value : undefined, scope)
  if (operand.get === 'count') return countOfItems(operand.of, scope, evaluator) + (folded?.count ?? 0)
  const items = itemsOf(operand.of, scope, evaluator)
  switch (operand.get) {
    // What was folded away came before what is there.
    case 'first':
      if (folded?.first !== undefined) return valueOfEnd(folded.first, operand)
      return valueOfItem(timed(items)[0], operand.value, scope, evaluator)
    case 'last':
      if (items.length === 0 && folded?.last !== undefined) return valueOfEnd(folded.last, operand)
      return valueOfItem(timed(items).at(-1), operand.value, scope, evaluator)
    case 'nth':
      return valueOfItem(timed(items)[operand.n - 1], operand.value, scope, evaluator)
    case 'distinctPeriods':
      return distinctPeriods(timed(items), operand, scope)
    default:
      return summary(operand.get, valuesOf(items, operand.value, scope, evaluator), folded)
  }
}

/** A record whose date is missing has no place in time. */
function timed(items: readonly Item[]): readonly Item[] {
  return items.filter(({ at }) => at !== undefined)
}

function valueOfItem(
  item: Item | undefined,
  value: Operand | undefined,
  scope: Scope,
  evaluator: Evaluator,
): Value | undefined {
  if (item?.at === undefined) return undefined
  return value === undefined ? { instant: item.at } : evaluator.value(value, { ...scope, item })
}

function valueOfEnd({ at, value }: FoldedEnd, operand: EndOperand): Value | undefined {
  return operand.value === undefined ? { instant: at } : value
}

function valuesOf(items: readonly Item[], value: Operand, scope: Scope, evaluator: Evaluator): readonly Value[] {
  return items.map((item) => evaluator.value(value, { ...scope, item })).filter((each) => each !== undefined)
}

function summary(
  get: SummaryOperand['get'],
  values: readonly Value[],
  folded: FoldedTotal | undefined,
): Value | undefined {
  switch (get) {
    case 'sum':
      return finite(exactSum(numbersOf(values), folded?.sum))
    case 'average': {
      const numbers = numbersOf(values)
      const count = numbers.length + (folded?.numbers ?? 0)
      return count === 0 ? undefined : finite(exactSum(numbers, folded?.sum) / count)
    }
    case 'minimum':
      return extreme(withFolded(values, folded?.minimum), -1)
    case 'maximum':
      return extreme(withFolded(values, folded?.maximum), 1)
    case 'distinct':
      return new Set(values.map(valueKey)).size
    case 'mostFrequent':
      return mostFrequent(values)
  }
}

function numbersOf(values: readonly Value[]): readonly number[] {
  return values.filter((value) => typeof value === 'number')
}

function withFolded(values: readonly Value[], folded: Value | undefined): readonly Value[] {
  return folded === undefined ? values : [folded, ...values]
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined
}

/** The types in the order in which a tie of `mostFrequent` is broken. */
const tieOrder: readonly ValueType[] = ['boolean', 'number', 'text', 'instant', 'day']

function mostFrequent(values: readonly Value[]): Value | undefined {
  const counts = new Map<string, { readonly value: Scalar; count: number }>()
  for (const value of values) {
    if (isList(value)) continue
    const key = valueKey(value)
    const known = counts.get(key)
    if (known === undefined) counts.set(key, { value, count: 1 })
    else known.count += 1
  }
  let best: { readonly value: Scalar; readonly count: number } | undefined
  for (const each of counts.values()) {
    if (
      best === undefined ||
      each.count > best.count ||
      (each.count === best.count && comesFirst(each.value, best.value))
    )
      best = each
  }
  return best?.value
}

function comesFirst(a: Scalar, b: Scalar): boolean {
  const byType = tieOrder.indexOf(typeOf(a)) - tieOrder.indexOf(typeOf(b))
  return byType < 0 || (byType === 0 && compareSame(a, b) < 0)
}

function distinctPeriods(items: readonly Item[], operand: DistinctPeriodsOperand, scope: Scope): number {
  const zone = timeZone(operand.timeZone ?? scope.timeZone)
  return new Set(items.map(({ at }) => periodOf(zone.dayOf(at ?? 0), operand.unit, operand.weekStartsOn ?? 'monday')))
    .size
}

/** A number that the days of one week or month share. */
function periodOf(day: number, unit: 'day' | 'week' | 'month', weekStartsOn: Weekday): number {
  if (unit === 'day') return day
  if (unit === 'week') return day - ((weekdayOf(day) - 1 - WEEKDAYS.indexOf(weekStartsOn) + 7) % 7)
  const { year, month } = civilOf(day)
  return year * 12 + month
}
