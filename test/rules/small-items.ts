import fc from 'fast-check'
import type { CalendarPeriod } from '../../src/base/calendar-period.js'
import { durationOf, type DurationText } from '../../src/base/duration.js'
import { compareEvents, type ContactEvent } from '../../src/contacts/event.js'
import type { ContactRecord } from '../../src/contacts/record.js'
import type { Value } from '../../src/contacts/value.js'
import type {
  EventItems,
  Items,
  ItemWindow,
  Operand,
  RecordItems,
  Rule,
  RuleOp,
  SequenceStep,
} from '../../src/rules/ast.js'
import { operators } from '../../src/rules/operator-table.js'

/*
 * Events and records of the small contacts, and what rules say of them. Both have the properties that contacts have
 * as attributes; orders hold lines, and these hold parts.
 */

const types = ['buy', 'see'] as const
const levels = ['orders', 'lines', 'parts'] as const

/** The operators that a condition on an event or record can have, beside groups and aggregates. */
const conditionOps = (Object.keys(operators) as RuleOp[]).filter((op) =>
  ['presence', 'binary', 'options', 'between', 'pattern', 'window', 'anniversary'].includes(operators[op].shape),
)

/** What small events and records are made of. */
export interface ItemParts {
  readonly instant: fc.Arbitrary<number>
  readonly value: fc.Arbitrary<Value>
  /** Property values by name, and the names. */
  readonly properties: fc.Arbitrary<Readonly<Record<string, Value>>>
  readonly names: readonly string[]
  readonly durations: fc.Arbitrary<DurationText>
  readonly periods: fc.Arbitrary<CalendarPeriod>
  readonly timeZone: string
  /** A leaf of an operator, its operands being these. */
  readonly leaf: (op: RuleOp, operand: fc.Arbitrary<Operand>) => fc.Arbitrary<Rule>
}

/** The events of a contact, in order. */
export function smallEvents({ instant, properties }: ItemParts): fc.Arbitrary<readonly ContactEvent[]> {
  const event = fc.record(
    { type: fc.constantFrom(...types), at: instant, properties, id: fc.constantFrom('1', '2', '3', '4', '5') },
    { requiredKeys: ['type', 'at', 'properties'] },
  )
  return fc.array(event, { maxLength: 5 }).map((drawn) => {
    const known = new Set<string>()
    const events = drawn.filter(({ id }) => id === undefined || known.size < known.add(id).size)
    const order = events.map((one, arrival) => ({ ...one, arrival })).sort(compareEvents)
    return order.map(({ arrival }) => events[arrival] as ContactEvent)
  })
}

/** The records of a contact: orders, with lines and their parts. */
export function smallRecords({
  properties,
}: ItemParts): fc.Arbitrary<Readonly<Record<string, readonly ContactRecord[]>>> {
  const parts = fc.array(properties, { minLength: 1, maxLength: 2 })
  const line = fc
    .tuple(properties, fc.option(parts))
    .map(([own, inner]) => (inner === null ? own : { ...own, parts: inner }))
  const lines = fc.array(line, { minLength: 1, maxLength: 2 })
  const order = fc
    .tuple(properties, fc.option(lines))
    .map(([own, inner]) => (inner === null ? own : { ...own, lines: inner }))
  return fc
    .array(order, { maxLength: 3 })
    .map((orders) => (orders.length === 0 ? {} : { orders: orders.map((own, place) => ({ id: `${place}`, ...own })) }))
}

/** What rules say of small events and records. */
export class SmallItems {
  readonly #parts: ItemParts

  constructor(parts: ItemParts) {
    this.#parts = parts
  }

  /** Events, or records with or without a time. */
  items(isTimed = false): fc.Arbitrary<Items> {
    return fc.oneof<fc.Arbitrary<Items>[]>(this.events(), this.records(0, isTimed))
  }

  events(): fc.Arbitrary<EventItems> {
    return fc.record(
      { events: fc.constantFrom(...types), window: this.#window(), where: this.condition(3) },
      { requiredKeys: ['events'] },
    )
  }

  /** Records, from records at a level; 0 is the contact. */
  records(level: number, isTimed = false): fc.Arbitrary<RecordItems> {
    const depth = fc.integer({ min: level + 1, max: levels.length })
    return depth.chain((deepest) => {
      const plain = { records: fc.constant(levels.slice(level, deepest)), where: this.condition(deepest) }
      const timed = { ...plain, by: fc.constantFrom('date', 'other'), window: this.#window('inNext') }
      const timeless = fc.record(plain, { requiredKeys: ['records'] })
      const ordered = fc.record(timed, { requiredKeys: ['records', 'by'] })
      return isTimed ? ordered : fc.oneof<fc.Arbitrary<RecordItems>[]>(timeless, ordered)
    })
  }

  steps(): fc.Arbitrary<readonly SequenceStep[]> {
    const exact = fc.constantFrom<DurationText>('15m', '1h', '24h', '36h', '2d', '1w')
    const of = this.events()
    const first = of.map((items): SequenceStep => ({ of: items }))
    const next = fc
      .record({ of, within: exact, after: exact, from: fc.constantFrom('previous', 'start') }, { requiredKeys: ['of'] })
      .map(({ after, ...step }): SequenceStep => {
        const isPossible = after !== undefined && (step.within === undefined || ms(after) < ms(step.within))
        return isPossible ? { ...step, after } : step
      })
    const none = fc
      .record({ of, within: exact, from: fc.constantFrom('previous', 'start') }, { requiredKeys: ['of', 'within'] })
      .map((step): SequenceStep => ({ ...step, not: true }))
    const later = fc.array(fc.oneof(next, none), { minLength: 1, maxLength: 3 })
    return fc.tuple(first, later).map(([one, others]) => [one, ...others])
  }

  /** A rule about events, where `level` is 3, or about records of a level. */
  condition(level: number): fc.Arbitrary<Rule> {
    const operand = this.operand()
    const leaf = fc.oneof(...conditionOps.map((op) => this.#parts.leaf(op, operand)))
    const group = fc
      .tuple(fc.constantFrom('all', 'any'), fc.array(leaf, { minLength: 1, maxLength: 2 }))
      .map(([op, rules]): Rule => ({ op, rules }))
    const not = leaf.map((rule): Rule => ({ op: 'not', rule }))
    const flat: fc.MaybeWeightedArbitrary<Rule>[] = [{ weight: 6, arbitrary: leaf }, group, not]
    if (level >= levels.length) return fc.oneof(...flat)
    const inner = this.records(level)
    const some = fc.record({ op: fc.constantFrom('some', 'none'), of: inner })
    const every = fc.record({ op: fc.constant('every'), of: inner, rule: this.condition(levels.length) })
    return fc.oneof(...flat, some as fc.Arbitrary<Rule>, every as fc.Arbitrary<Rule>)
  }

  /** A value of an event or record. */
  operand(): fc.Arbitrary<Operand> {
    const { names, value } = this.#parts
    return fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(...names).map((name): Operand => ({ get: 'property', name })) },
      { weight: 1, arbitrary: fc.constantFrom(...names).map((name): Operand => ({ get: 'attribute', name })) },
      { weight: 2, arbitrary: value },
    )
  }

  #window(...more: readonly 'inNext'[]): fc.Arbitrary<ItemWindow> {
    const { durations, periods, instant } = this.#parts
    const timeZone = fc.constant(this.#parts.timeZone)
    const absolute = fc
      .tuple(instant, instant, fc.constantFrom('from', 'to', 'both'))
      .map(([a, b, which]): ItemWindow => {
        const [from, to] = a < b ? [a, b] : [b, a + 1]
        return { window: 'absolute', ...(which === 'to' ? {} : { from }), ...(which === 'from' ? {} : { to }) }
      })
    const rolling = fc.record(
      { window: fc.constantFrom('inLast', 'moreThanAgo', ...more), duration: durations, timeZone },
      { requiredKeys: ['window', 'duration'] },
    )
    const ago = fc
      .tuple(durations, durations)
      .filter(([a, b]) => durationOf(a).kind === durationOf(b).kind && lengthOf(a) !== lengthOf(b))
      .map(([a, b]): ItemWindow => {
        const [from, to] = lengthOf(a) < lengthOf(b) ? [a, b] : [b, a]
        return { window: 'betweenAgo', from, to }
      })
    const calendar = fc.record(
      {
        window: fc.constant('inCalendar'),
        period: periods,
        weekStartsOn: fc.constantFrom('monday', 'sunday'),
        timeZone,
      },
      { requiredKeys: ['window', 'period'] },
    )
    return fc.oneof(
      { weight: 3, arbitrary: rolling },
      { weight: 1, arbitrary: ago },
      { weight: 1, arbitrary: absolute },
      { weight: 1, arbitrary: calendar },
    )
  }
}

function lengthOf(text: DurationText): number {
  const duration = durationOf(text)
  return duration.kind === 'exact' ? duration.ms : duration.months
}

function ms(text: DurationText): number {
  return lengthOf(text)
}
