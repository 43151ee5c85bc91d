import fc from 'fast-check'
import type { DurationText } from '../../src/base/duration.js'
import type { EventInput } from '../../src/contacts/read-event.js'
import type { RecordInput } from '../../src/contacts/read-record.js'
import type {
  EventItems,
  Items,
  ItemWindow,
  LeafRule,
  Operand,
  RecordItems,
  Rule,
  SequenceStep,
} from '../../src/rules/ast.js'
import { gridStep } from './instants.js'
import type { Stage } from './stages.js'
import { periods, weekdays, zoneNames } from './windows.js'

/*
 * Events and records, and what rules say of them. All their instants lie on the grid of quarter hours, and so do the
 * durations here, so that whatever time moves moves on the grid; but for events without an instant, which happen when they
 * are recorded.
 */

export const eventTypes: readonly string[] = Object.freeze(['visit', 'purchase'])
export const eventIds: readonly string[] = Object.freeze(['e1', 'e2'])
export const recordIds: readonly string[] = Object.freeze(['r1', 'r2'])

const lengths: fc.Arbitrary<DurationText> = fc.constantFrom('1d', '15m', '1h', '36h', '2d', 'P1M')
const limits: fc.Arbitrary<DurationText> = fc.constantFrom('15m', '1h', '1d')
const amounts = fc.constantFrom(0.1, 0.2, 1, 2.5, -1)
const products = fc.constantFrom('hat', 'boots')

/** An instant on the grid, some two days around the stage's. */
export function gridInstants({ around }: Stage): fc.Arbitrary<number> {
  return fc.integer({ min: -200, max: 200 }).map((quarters) => around + quarters * gridStep)
}

export function eventInputs(stage: Stage): fc.Arbitrary<EventInput> {
  const properties = fc.record({ amount: amounts, product: products }, { requiredKeys: [] })
  return fc.record(
    { type: fc.constantFrom(...eventTypes), at: gridInstants(stage), properties, id: fc.constantFrom(...eventIds) },
    { requiredKeys: ['type'] },
  )
}

export function recordInputs(stage: Stage): fc.Arbitrary<RecordInput> {
  const lines = fc.array(fc.record({ n: fc.integer({ min: 0, max: 3 }) }), { minLength: 1, maxLength: 2 })
  return fc.record(
    {
      id: fc.constantFrom(...recordIds),
      value: amounts,
      open: fc.boolean(),
      closesAt: gridInstants(stage).map((instant) => ({ instant })),
      lines,
    },
    { requiredKeys: ['id'] },
  )
}

function windows(stage: Stage): fc.Arbitrary<ItemWindow> {
  return fc.oneof<fc.Arbitrary<ItemWindow>[]>(
    fc.record({
      window: fc.constantFrom('inLast' as const, 'moreThanAgo' as const),
      duration: lengths,
      timeZone: zoneNames,
    }),
    fc.record({
      window: fc.constant('betweenAgo' as const),
      from: fc.constant('1h' as const),
      to: fc.constant('1d' as const),
      timeZone: zoneNames,
    }),
    fc.record({
      window: fc.constant('inCalendar' as const),
      period: periods(stage),
      weekStartsOn: weekdays,
      timeZone: zoneNames,
    }),
    gridInstants(stage).map((from) => ({ window: 'absolute' as const, from, to: from + 96 * gridStep })),
  )
}

const property = (name: string): Operand => ({ get: 'property', name })
const spent: Rule = { op: 'greaterThan', left: property('amount'), right: 0.15 }
const isHat: Rule = { op: 'equals', left: property('product'), right: 'hat' }

/** Conditions on an event, and what is made of them. */
const eventConditions = conditions(
  fc.oneof(
    fc.constantFrom<Rule[]>(spent, isHat),
    fc.constantFrom<Rule[]>(
      { op: 'atMost', left: property('amount'), right: 1 },
      { op: 'between', left: property('amount'), low: 0.15, high: 2 },
      { op: 'exists', left: property('product') },
      { op: 'missing', left: property('amount') },
      { op: 'in', left: property('product'), right: ['hat', 'scarf'] },
      { op: 'startsWith', left: property('product'), right: 'b' },
    ),
  ),
)

/** What is made of conditions; most often one by itself. */
function conditions(leaf: fc.Arbitrary<Rule>): fc.Arbitrary<Rule> {
  const two = fc.array(leaf, { minLength: 1, maxLength: 2 })
  return fc.oneof<fc.MaybeWeightedArbitrary<Rule>[]>(
    { weight: 8, arbitrary: leaf },
    { weight: 2, arbitrary: fc.record({ op: fc.constantFrom('all' as const, 'any' as const), rules: two }) },
    { weight: 1, arbitrary: leaf.map((rule) => ({ op: 'not', rule })) },
    { weight: 1, arbitrary: two.map((rules) => ({ op: 'someOf', count: rules.length, rules })) },
    { weight: 1, arbitrary: fc.record({ op: fc.constantFrom('everyone' as const, 'nobody' as const) }) },
  )
}

export function eventItems(stage: Stage): fc.Arbitrary<EventItems> {
  return fc.record(
    { events: fc.constantFrom(...eventTypes), window: windows(stage), where: eventConditions },
    { requiredKeys: ['events'] },
  )
}

function recordItems(stage: Stage): fc.Arbitrary<RecordItems> {
  const inner: Rule = {
    op: 'some',
    of: { records: ['lines'], where: { op: 'atLeast', left: property('n'), right: 2 } },
  }
  const soon: Rule = { op: 'inNext', left: property('closesAt'), duration: '1d', timeZone: 'UTC' }
  const open: Rule = { op: 'equals', left: property('open'), right: true }
  return fc.oneof<fc.Arbitrary<RecordItems>[]>(
    fc.record(
      { records: fc.constant(['deals']), where: conditions(fc.constantFrom(open, inner, soon)) },
      { requiredKeys: ['records'] },
    ),
    fc.record({ records: fc.constant(['deals']), by: fc.constant('closesAt'), window: windows(stage) }),
    fc.constant({ records: ['deals', 'lines'] }),
  )
}

function items(stage: Stage): fc.Arbitrary<Items> {
  return fc.oneof<fc.Arbitrary<Items>[]>(eventItems(stage), eventItems(stage), recordItems(stage))
}

/** Numbers that are made of events and records. */
export function itemNumbers(stage: Stage): fc.Arbitrary<Operand> {
  const of = eventItems(stage)
  const value = fc.constant(property('amount'))
  return fc.oneof<fc.Arbitrary<Operand>[]>(
    fc.record({ get: fc.constant('count' as const), of: items(stage) }),
    fc.record({
      get: fc.constantFrom('sum' as const, 'average' as const, 'minimum' as const, 'maximum' as const),
      of,
      value,
    }),
    fc.record({ get: fc.constant('distinct' as const), of, value: fc.constant(property('product')) }),
    fc.record({
      get: fc.constant('distinctPeriods' as const),
      of,
      unit: fc.constantFrom('day' as const, 'week' as const, 'month' as const),
      weekStartsOn: weekdays,
      timeZone: zoneNames,
    }),
    fc.record({ get: fc.constantFrom('first' as const, 'last' as const), of, value }),
    fc.record({ get: fc.constant('nth' as const), of, n: fc.constantFrom(1, 2), value }),
  )
}

/** Texts that are made of events. */
export function itemTexts(stage: Stage): fc.Arbitrary<Operand> {
  return fc.record({
    get: fc.constant('mostFrequent' as const),
    of: eventItems(stage),
    value: fc.constant(property('product')),
  })
}

/** Instants that are made of events. */
export function itemInstants(stage: Stage): fc.Arbitrary<Operand> {
  const of = eventItems(stage)
  return fc.oneof<fc.Arbitrary<Operand>[]>(
    fc.record({ get: fc.constantFrom('first' as const, 'last' as const), of }),
    fc.record({ get: fc.constant('nth' as const), of, n: fc.constantFrom(1, 2) }),
  )
}

/** A duration of a window over dates that are made of events. */
export const itemDurations = lengths

/** Rules over events and records, by operator. */
export type ItemRules = {
  readonly [Op in 'some' | 'none' | 'every' | 'sequence']: fc.Arbitrary<LeafRule & { readonly op: Op }>
}

export function itemRules(stage: Stage): ItemRules {
  const step = fc.record({ of: eventItems(stage) })
  const later = fc.oneof<fc.Arbitrary<SequenceStep>[]>(
    fc.record(
      { of: eventItems(stage), within: limits, from: fc.constant('start' as const) },
      { requiredKeys: ['of', 'within'] },
    ),
    fc.record({ of: eventItems(stage), after: limits }, { requiredKeys: ['of'] }),
    fc.record({ of: eventItems(stage), not: fc.constant(true), within: limits }),
  )
  return {
    some: fc.record({ op: fc.constant('some' as const), of: items(stage) }),
    none: fc.record({ op: fc.constant('none' as const), of: items(stage) }),
    every: fc.record({
      op: fc.constant('every' as const),
      of: fc.constant({ records: ['deals'] }),
      rule: fc.constant<Rule>({ op: 'atLeast', left: property('value'), right: 1 }),
    }),
    sequence: fc.record(
      {
        op: fc.constant('sequence' as const),
        steps: fc.tuple(step, fc.array(later, { minLength: 1, maxLength: 2 })).map(([first, rest]) => [first, ...rest]),
        same: fc.constant('product'),
      },
      { requiredKeys: ['op', 'steps'] },
    ),
  }
}
