import { timeZone } from '../base/time-zone.js'
import { valueKey, type Value } from '../contacts/value.js'
import { isLiteral, type ComputedOperand, type EventItems, type LeafRule, type WindowRule } from '../rules/ast.js'
import { isWindowRule, windowEdges } from '../rules/windows.js'
import type { Column } from '../store/column.js'
import { missingCode, typeCodes } from '../store/type-codes.js'
import { isInRange, type NumberRange } from './cut-index.js'
import { numberAfter, numberBefore } from '../base/next-number.js'
import { operandKey } from '../rules/rule-key.js'
import type { ContactTest, Ground } from './ground.js'
import { aboutValue, type Shape } from './leaf-shape.js'
import type { NumberReader } from './readings.js'

/*
 * The leaves that can be read off the store: tags, attributes compared with literals, dates in windows, and how many events
 * there are. Each becomes a function that holds its column or set, which stays the same however contacts come and go.
 */

/** A condition that a number of the contact lies in a range, both ends of which are included. */
export interface NumberInRange {
  /** What conditions on the same number have in common. */
  readonly key: string
  readonly reader: NumberReader
  readonly low: number
  readonly high: number
}

/** A positive leaf as a range of a number that is read off the store; `undefined` where it is none. */
export function numberInRange(leaf: LeafRule, ground: Ground): NumberInRange | undefined {
  const about = aboutValue(leaf)
  if (about?.shape.kind !== 'range') return undefined
  const reader = readerOf(about.operand, ground)
  if (reader === undefined) return undefined
  const { low, lowOpen, high, highOpen } = about.shape.range
  return {
    key: operandKey(about.operand),
    reader,
    low: lowOpen ? numberAfter(low) : low,
    high: highOpen ? numberBefore(high) : high,
  }
}

/** Reads the number that an operand is off the store: of an attribute or a count. */
function readerOf(operand: ComputedOperand, ground: Ground): NumberReader | undefined {
  if (operand.get === 'count' && 'events' in operand.of) return countReader(operand.of, ground)
  if (operand.get !== 'attribute') return undefined
  const column = ground.store.column(operand.name)
  // Of a number that is missing there is NaN too; what stands there of another type is none.
  return (ordinal) => (column.typeAt(ordinal) === typeCodes.number ? column.numberAt(ordinal) : NaN)
}

/** A positive leaf as a look into the store; `undefined` where it takes more than that. */
export function directTest(leaf: LeafRule, ground: Ground): ContactTest | undefined {
  const { tags } = ground.store
  switch (leaf.op) {
    case 'hasTag': {
      const set = tags.contactsWith(leaf.tag)
      return (ordinal) => set.has(ordinal)
    }
    case 'hasAnyTag': {
      const sets = leaf.tags.map((tag) => tags.contactsWith(tag))
      return (ordinal) => sets.some((set) => set.has(ordinal))
    }
    case 'hasAllTags': {
      const sets = leaf.tags.map((tag) => tags.contactsWith(tag))
      return (ordinal) => sets.every((set) => set.has(ordinal))
    }
    default:
      break
  }
  if (isWindowRule(leaf)) return windowTest(leaf, ground)
  const about = aboutValue(leaf)
  return about === undefined ? undefined : valueTest(about.operand, about.shape, ground)
}

function valueTest(operand: ComputedOperand, shape: Shape, ground: Ground): ContactTest | undefined {
  if (operand.get === 'count' && 'events' in operand.of && shape.kind === 'range') {
    return countTest(operand.of, shape.range, ground)
  }
  if (operand.get !== 'attribute') return undefined
  const column = ground.store.column(operand.name)
  switch (shape.kind) {
    case 'range':
      return rangeTest(column, shape.range)
    case 'keys':
      return keysTest(column, shape.values)
    case 'presence':
      return (ordinal) => column.typeAt(ordinal) !== missingCode
    case 'elements':
    case 'tested':
      return undefined
  }
}

/** The type is looked at last: of a value that is missing no comparison holds, and most columns are of one type. */
function rangeTest(column: Column, range: NumberRange): ContactTest {
  const { low, lowOpen, high, highOpen } = range
  const isNumber = (ordinal: number): boolean => column.typeAt(ordinal) === typeCodes.number
  if (high === Infinity && lowOpen) return (ordinal) => column.numberAt(ordinal) > low && isNumber(ordinal)
  if (high === Infinity) return (ordinal) => column.numberAt(ordinal) >= low && isNumber(ordinal)
  if (low === -Infinity && highOpen) return (ordinal) => column.numberAt(ordinal) < high && isNumber(ordinal)
  if (low === -Infinity) return (ordinal) => column.numberAt(ordinal) <= high && isNumber(ordinal)
  return (ordinal) => isInRange(column.numberAt(ordinal), range) && isNumber(ordinal)
}

function keysTest(column: Column, values: readonly Value[]): ContactTest {
  const [only] = values
  if (values.length === 1 && typeof only === 'string') {
    return (ordinal) => {
      const code = column.codeAt(ordinal)
      return code >= 0 && column.dictionary.text(code) === only
    }
  }
  if (values.every((value) => typeof value === 'string')) {
    const texts: ReadonlySet<string> = new Set(values)
    return (ordinal) => {
      const code = column.codeAt(ordinal)
      return code >= 0 && texts.has(column.dictionary.text(code))
    }
  }
  const keys = new Set(values.map(valueKey))
  return (ordinal) => {
    const value = column.get(ordinal)
    return value !== undefined && keys.has(valueKey(value))
  }
}

/** A date of an attribute against a window: a day stands for its start in the window's zone. */
function windowTest(leaf: WindowRule, ground: Ground): ContactTest | undefined {
  if (isLiteral(leaf.left) || leaf.left.get !== 'attribute') return undefined
  const column = ground.store.column(leaf.left.name)
  const { from, to } = windowEdges(leaf, ground.timeZone)
  const zone = timeZone(leaf.timeZone ?? ground.timeZone)
  return (ordinal) => {
    const type = column.typeAt(ordinal)
    if (type !== typeCodes.instant && type !== typeCodes.day) return false
    const instant = type === typeCodes.instant ? column.numberAt(ordinal) : zone.startOfDay(column.numberAt(ordinal))
    return from.boundAt(ground.now) <= instant && instant < to.boundAt(ground.now)
  }
}

/** How many events of a type have happened, in a window or ever. */
function countTest(items: EventItems, range: NumberRange, ground: Ground): ContactTest | undefined {
  const count = countReader(items, ground)
  return count && ((ordinal) => isInRange(count(ordinal), range))
}

/** Counts them by two searches in the contact's history. */
function countReader({ events: type, window, where }: EventItems, ground: Ground): NumberReader | undefined {
  if (where !== undefined) return undefined
  const { history, folded } = ground.store
  const table = history.table(type)
  const edges = window === undefined ? undefined : windowEdges(window, ground.timeZone)
  let now = NaN
  let from = -Infinity
  let end = Infinity
  return (ordinal) => {
    // The bounds are found once an instant.
    if (now !== ground.now) {
      now = ground.now
      from = edges?.from.boundAt(now) ?? -Infinity
      end = Math.min(edges?.to.boundAt(now) ?? Infinity, now + 1)
    }
    const gone = edges === undefined ? (folded.get(ordinal, type)?.events ?? 0) : 0
    return table.countBetween(ordinal, from, end) + gone
  }
}
