import { lowerCase } from '../base/text.js'
import { isDay, isInstant, isList, sameValue, type Value, type ValueType } from '../contacts/value.js'
import type { OperandGet, RuleOp } from './ast.js'

/*
 * The one table of operators. From it come the methods of the builders, the reader of rules, the published JSON Schema,
 * the dispatch of the evaluator and the list in the documentation.
 *
 * A row says which JSON fields a node has and what each holds, which values it is about, which operator it is the exact
 * complement of, and, where it compares a value with a value, what it means.
 */

/** What a JSON field of a node holds; the reader, the JSON Schema and the builders have a case for each. */
export type FieldKind =
  | 'rule'
  | 'rules'
  | 'operand'
  | 'operands'
  | 'duration'
  | 'period'
  | 'weekday'
  | 'timeZone'
  | 'flag'
  | 'leapDay'
  | 'name'
  | 'tag'
  | 'tags'
  | 'segment'
  | 'holder'
  | 'pattern'
  | 'glob'
  | 'place'
  | 'threshold'
  | 'dayCount'
  | 'items'
  | 'recordItems'
  | 'itemRule'
  | 'itemOperand'
  | 'position'
  | 'periodUnit'
  | 'steps'

/** How the evaluator treats a node: it has a few lines for each shape. */
export type Shape =
  | 'constant'
  | 'group'
  | 'segment'
  | 'sample'
  | 'presence'
  | 'binary'
  | 'options'
  | 'between'
  | 'pattern'
  | 'window'
  | 'anniversary'
  | 'tags'
  | 'items'
  | 'sequence'

/** What a binary operator asks of two values that are there. `dayOrder` compares dates in the rule's zone. */
export type BinaryTest = (left: Value, right: Value, context: BinaryContext) => boolean

/** What a binary test may need beside its values. */
export interface BinaryContext {
  readonly ignoreCase: boolean
  /** Below 0, 0 or above: a date before, on, or after another; `undefined` where one of them is no date. */
  readonly compareDates: (left: Value, right: Value) => number | undefined
}

/** A row of the table of rules. */
export interface OperatorRow {
  readonly shape: Shape
  /** The node's JSON fields besides `op`, in the order in which they are written; `?` marks those that may be left out. */
  readonly fields: Readonly<Record<string, FieldKind | `${FieldKind}?`>>
  /** The types of `left` about which the operator can hold; left out where it has no `left`. */
  readonly on?: readonly ValueType[]
  /** The types of the other side: the same as the left one, or these. */
  readonly against?: 'same' | readonly ValueType[]
  /** The positive operator whose exact complement this is. */
  readonly negates?: RuleOp
  readonly test?: BinaryTest
  /** What it says, for documentation: `left` and the other fields stand for themselves. */
  readonly words: string
}

/** A row of the table of operands. */
export interface OperandRow {
  readonly fields: Readonly<Record<string, FieldKind | `${FieldKind}?`>>
  /** The types its own operands must have, and the type that it gives; `left` is the type of its first operand, `field` and
   *  `property` that which the schema says, `value` that of its item value, an instant where it has none. */
  readonly on?: readonly ValueType[]
  readonly gives: ValueType | 'left' | 'field' | 'property' | 'value'
  readonly words: string
}

const every: readonly ValueType[] = ['text', 'number', 'boolean', 'instant', 'day', 'list']
const dates: readonly ValueType[] = ['instant', 'day']

const numbers =
  (test: (left: number, right: number) => boolean): BinaryTest =>
  (left, right) =>
    typeof left === 'number' && typeof right === 'number' && test(left, right)

const texts =
  (test: (left: string, right: string) => boolean): BinaryTest =>
  (left, right, { ignoreCase }) => {
    if (typeof left !== 'string' || typeof right !== 'string') return false
    return ignoreCase ? test(lowerCase(left), lowerCase(right)) : test(left, right)
  }

const lists =
  (test: (left: ReadonlySet<string | number>, right: readonly (string | number)[]) => boolean): BinaryTest =>
  (left, right) =>
    isList(left) && isList(right) && test(new Set<string | number>(left), right)

const order =
  (test: (sign: number) => boolean): BinaryTest =>
  (left, right, { compareDates }) => {
    const sign = compareDates(left, right)
    return sign !== undefined && test(sign)
  }

const summary = { of: 'items', value: 'itemOperand' } as const
const compare = { left: 'operand', right: 'operand' } as const
const text = { left: 'operand', right: 'operand', ignoreCase: 'flag?' } as const
const rolling = { left: 'operand', duration: 'duration', timeZone: 'timeZone?' } as const
const dateCompare = { left: 'operand', right: 'operand', timeZone: 'timeZone?' } as const

/** Every kind of rule, by its `op`. */
export const operators: Readonly<Record<RuleOp, OperatorRow>> = Object.freeze({
  everyone: { shape: 'constant', fields: {}, words: 'everyone' },
  nobody: { shape: 'constant', fields: {}, negates: 'everyone', words: 'nobody' },
  all: { shape: 'group', fields: { rules: 'rules' }, words: 'each of the rules holds' },
  any: { shape: 'group', fields: { rules: 'rules' }, words: 'at least one of the rules holds' },
  not: { shape: 'group', fields: { rule: 'rule' }, words: 'the rule does not hold' },
  someOf: { shape: 'group', fields: { count: 'threshold', rules: 'rules' }, words: 'at least count of the rules hold' },
  inSegment: { shape: 'segment', fields: { segment: 'segment' }, words: 'is a member of the segment' },
  inSample: {
    shape: 'sample',
    fields: { salt: 'name', from: 'place', to: 'place' },
    words: 'the place of the contact, of 10,000, is at least from and below to',
  },

  equals: { shape: 'binary', fields: compare, on: every, against: 'same', test: sameValue, words: 'left equals right' },
  notEquals: {
    shape: 'binary',
    fields: compare,
    on: every,
    against: 'same',
    negates: 'equals',
    words: 'left does not equal right',
  },
  in: {
    shape: 'options',
    fields: { left: 'operand', right: 'operands' },
    on: every,
    against: 'same',
    words: 'left equals one of right',
  },
  notIn: {
    shape: 'options',
    fields: { left: 'operand', right: 'operands' },
    on: every,
    against: 'same',
    negates: 'in',
    words: 'left equals none of right',
  },
  exists: { shape: 'presence', fields: { left: 'operand' }, on: every, words: 'left is there' },
  missing: { shape: 'presence', fields: { left: 'operand' }, on: every, negates: 'exists', words: 'left is missing' },
  isEmpty: {
    shape: 'presence',
    fields: { left: 'operand' },
    on: ['text', 'list'],
    words: 'left is there and has nothing in it',
  },

  greaterThan: {
    shape: 'binary',
    fields: compare,
    on: ['number'],
    against: 'same',
    test: numbers((l, r) => l > r),
    words: 'left is greater than right',
  },
  atLeast: {
    shape: 'binary',
    fields: compare,
    on: ['number'],
    against: 'same',
    test: numbers((l, r) => l >= r),
    words: 'left is at least right',
  },
  lessThan: {
    shape: 'binary',
    fields: compare,
    on: ['number'],
    against: 'same',
    test: numbers((l, r) => l < r),
    words: 'left is less than right',
  },
  atMost: {
    shape: 'binary',
    fields: compare,
    on: ['number'],
    against: 'same',
    test: numbers((l, r) => l <= r),
    words: 'left is at most right',
  },
  between: {
    shape: 'between',
    fields: { left: 'operand', low: 'operand', high: 'operand', timeZone: 'timeZone?' },
    on: ['number', ...dates],
    against: 'same',
    words: 'left lies between low and high, both ends included',
  },

  contains: {
    shape: 'binary',
    fields: text,
    on: ['text'],
    against: 'same',
    test: texts((l, r) => l.includes(r)),
    words: 'left contains right',
  },
  notContains: {
    shape: 'binary',
    fields: text,
    on: ['text'],
    against: 'same',
    negates: 'contains',
    words: 'left does not contain right',
  },
  startsWith: {
    shape: 'binary',
    fields: text,
    on: ['text'],
    against: 'same',
    test: texts((l, r) => l.startsWith(r)),
    words: 'left starts with right',
  },
  endsWith: {
    shape: 'binary',
    fields: text,
    on: ['text'],
    against: 'same',
    test: texts((l, r) => l.endsWith(r)),
    words: 'left ends with right',
  },
  matches: {
    shape: 'pattern',
    fields: { left: 'operand', pattern: 'pattern', ignoreCase: 'flag?' },
    on: ['text'],
    words: 'left matches the pattern',
  },

  containsAny: {
    shape: 'binary',
    fields: compare,
    on: ['list'],
    against: 'same',
    test: lists((l, r) => r.some((e) => l.has(e))),
    words: 'left holds an element of right',
  },
  containsAll: {
    shape: 'binary',
    fields: compare,
    on: ['list'],
    against: 'same',
    test: lists((l, r) => r.every((e) => l.has(e))),
    words: 'left holds every element of right',
  },
  containsNone: {
    shape: 'binary',
    fields: compare,
    on: ['list'],
    against: 'same',
    negates: 'containsAny',
    words: 'left holds no element of right',
  },

  before: {
    shape: 'binary',
    fields: dateCompare,
    on: dates,
    against: dates,
    test: order((sign) => sign < 0),
    words: 'left is before right',
  },
  after: {
    shape: 'binary',
    fields: dateCompare,
    on: dates,
    against: dates,
    test: order((sign) => sign > 0),
    words: 'left is after right',
  },
  on: {
    shape: 'binary',
    fields: dateCompare,
    on: dates,
    against: dates,
    test: order((sign) => sign === 0),
    words: 'left is neither before nor after right',
  },
  inLast: { shape: 'window', fields: rolling, on: dates, words: 'left lies in the last duration, now included' },
  notInLast: {
    shape: 'window',
    fields: rolling,
    on: dates,
    negates: 'inLast',
    words: 'left does not lie in the last duration',
  },
  inNext: { shape: 'window', fields: rolling, on: dates, words: 'left lies in the next duration, after now' },
  moreThanAgo: { shape: 'window', fields: rolling, on: dates, words: 'left lies the duration or more before now' },
  betweenAgo: {
    shape: 'window',
    fields: { left: 'operand', from: 'duration', to: 'duration', timeZone: 'timeZone?' },
    on: dates,
    words: 'left lies at least from and less than to before now',
  },
  inCalendar: {
    shape: 'window',
    fields: { left: 'operand', period: 'period', weekStartsOn: 'weekday?', timeZone: 'timeZone?' },
    on: dates,
    words: 'left lies in the period of the calendar',
  },
  anniversaryIn: {
    shape: 'anniversary',
    fields: { left: 'operand', days: 'dayCount', current: 'flag', leapDay: 'leapDay?', timeZone: 'timeZone?' },
    on: dates,
    words: 'an anniversary of left lies among the next days; with current, today is the first of them',
  },

  hasTag: { shape: 'tags', fields: { tag: 'tag' }, words: 'has the tag' },
  hasAnyTag: { shape: 'tags', fields: { tags: 'tags' }, words: 'has any of the tags' },
  hasAllTags: { shape: 'tags', fields: { tags: 'tags' }, words: 'has all of the tags' },
  hasNoneOfTags: { shape: 'tags', fields: { tags: 'tags' }, negates: 'hasAnyTag', words: 'has none of the tags' },
  hasTagLike: { shape: 'tags', fields: { pattern: 'glob' }, words: 'has a tag like the pattern' },
  tagHeldBy: {
    shape: 'tags',
    fields: { tag: 'tag', holder: 'holder', by: 'name?' },
    words: 'the tag is held by that kind of holder, or by that very one',
  },

  some: { shape: 'items', fields: { of: 'items' }, words: 'there is such an event or record' },
  none: { shape: 'items', fields: { of: 'items' }, negates: 'some', words: 'there is no such event or record' },
  every: {
    shape: 'items',
    fields: { of: 'recordItems', rule: 'itemRule' },
    words: 'the rule holds for every such record; also where there is none',
  },
  sequence: {
    shape: 'sequence',
    fields: { steps: 'steps', same: 'name?' },
    words:
      'some choice of events, one per step, one after the other, keeps every limit; with same, all have one value of that property',
  },
})

/** Every kind of computed operand, by its `get`. */
export const operands: Readonly<Record<OperandGet, OperandRow>> = Object.freeze({
  attribute: { fields: { name: 'name' }, gives: 'field', words: 'an attribute of the contact' },
  contactId: { fields: {}, gives: 'text', words: 'the id of the contact' },
  tagCount: { fields: {}, gives: 'number', words: 'how many tags the contact has' },
  tagAdded: { fields: { tag: 'tag' }, gives: 'instant', words: 'since when the contact has the tag' },
  length: { fields: { of: 'operand' }, on: ['list'], gives: 'number', words: 'the number of elements of a list' },
  plus: {
    fields: compare,
    on: ['number', ...dates],
    gives: 'left',
    words: 'left plus right; a date plus a number is that many milliseconds later',
  },
  minus: {
    fields: compare,
    on: ['number', ...dates],
    gives: 'left',
    words: 'left minus right; a date minus a number is that many milliseconds earlier',
  },
  times: { fields: compare, on: ['number'], gives: 'number', words: 'left times right' },
  dividedBy: { fields: compare, on: ['number'], gives: 'number', words: 'left divided by right' },
  property: { fields: { name: 'name' }, gives: 'property', words: 'a property of the event, or a field of the record' },
  count: { fields: { of: 'items' }, gives: 'number', words: 'how many there are' },
  sum: {
    fields: summary,
    on: ['number'],
    gives: 'number',
    words: 'the exact sum of the numbers, rounded once; 0 over nothing',
  },
  average: {
    fields: summary,
    on: ['number'],
    gives: 'number',
    words: 'the sum divided by how many numbers there are; missing over nothing',
  },
  minimum: {
    fields: summary,
    on: ['number', ...dates],
    gives: 'value',
    words: 'the least number or earliest date; missing over nothing',
  },
  maximum: {
    fields: summary,
    on: ['number', ...dates],
    gives: 'value',
    words: 'the greatest number or latest date; missing over nothing',
  },
  distinct: { fields: summary, gives: 'number', words: 'how many different values there are' },
  distinctPeriods: {
    fields: { of: 'items', unit: 'periodUnit', weekStartsOn: 'weekday?', timeZone: 'timeZone?' },
    gives: 'number',
    words: 'on how many different local days, or in how many weeks or months, there are some',
  },
  mostFrequent: {
    fields: summary,
    on: ['text', 'number', 'boolean', ...dates],
    gives: 'value',
    words: 'the value that comes most often; of several the first by type and value',
  },
  first: {
    fields: { of: 'items', value: 'itemOperand?' },
    gives: 'value',
    words: 'when the first was, or a value of it; missing over nothing',
  },
  last: {
    fields: { of: 'items', value: 'itemOperand?' },
    gives: 'value',
    words: 'when the last was, or a value of it; missing over nothing',
  },
  nth: {
    fields: { of: 'items', n: 'position', value: 'itemOperand?' },
    gives: 'value',
    words: 'when the nth was, or a value of it; missing where there are fewer',
  },
  later: {
    fields: { of: 'operand', duration: 'duration', timeZone: 'timeZone?' },
    on: dates,
    gives: 'left',
    words: 'a date, the duration later',
  },
  earlier: {
    fields: { of: 'operand', duration: 'duration', timeZone: 'timeZone?' },
    on: dates,
    gives: 'left',
    words: 'a date, the duration earlier',
  },
})

/** Whether a value that is there has nothing in it. */
export function hasNothing(value: Value): boolean {
  return typeof value === 'string' ? value === '' : isList(value) && value.length === 0
}

/** Whether a value is an instant or a day. */
export function isDate(value: Value): boolean {
  return isInstant(value) || isDay(value)
}
