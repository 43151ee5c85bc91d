import type { ChangeInput, Rule } from 'coterie'
import fc from 'fast-check'
import type { DurationText } from '../../src/base/duration.js'
import type { EventItems, ItemWindow, Operand, SequenceStep } from '../../src/rules/ast.js'

/*
 * Scripts of events, and rules over them, for engines that fold: few contacts and values, so that late events, corrections
 * and folds meet.
 */

const day = 86_400_000
const hour = 3_600_000

export const foldingContacts = ['a', 'b', 'c'] as const
const types = ['buy', 'see'] as const
const segments = ['s', 't', 'u'] as const

/** One thing that is done to an engine. Instants are told by how long before now they are, events by the step that records them. */
export type FoldingStep =
  | { readonly do: 'change'; readonly change: ChangeInput }
  | {
      readonly do: 'record'
      readonly contact: string
      readonly type: string
      readonly back: number
      readonly properties: Properties
    }
  | {
      readonly do: 'correct'
      readonly event: number
      readonly type: string
      readonly back: number | undefined
      readonly properties: Properties
    }
  | { readonly do: 'take out'; readonly event: number }
  | { readonly do: 'fold'; readonly back: number }
  | { readonly do: 'advance'; readonly by: number }
  | { readonly do: 'batch'; readonly steps: readonly FoldingStep[]; readonly fails: boolean }

type Properties = Readonly<Record<string, string | number | { readonly day: string }>>

const amount: Operand = { get: 'property', name: 'amount' }
const product: Operand = { get: 'property', name: 'product' }

/** Conditions on an event alone. */
const wheres = fc.constantFrom<Rule>(
  { op: 'greaterThan', left: amount, right: 0.15 },
  { op: 'notEquals', left: product, right: 'x' },
  {
    op: 'all',
    rules: [
      { op: 'exists', left: amount },
      { op: 'equals', left: product, right: 'y' },
    ],
  },
  { op: 'between', left: { get: 'times', left: amount, right: 2 }, low: 0.2, high: 2 },
)

/** Conditions that look at the contact or the clock too. */
const wheresBeyond = fc.constantFrom<Rule>(
  { op: 'greaterThan', left: amount, right: { get: 'attribute', name: 'limit' } },
  { op: 'inLast', left: { get: 'property', name: 'due' }, duration: '3d' },
)

const durations = fc.constantFrom<DurationText>('1d', '2d', '36h', '4d', 'P0M')
const windows = fc.oneof<fc.Arbitrary<ItemWindow>[]>(
  durations.map((duration) => ({ window: 'inLast', duration, timeZone: 'Europe/Berlin' })),
  fc.constantFrom<ItemWindow>(
    { window: 'betweenAgo', from: '1d', to: '3d' },
    { window: 'inCalendar', period: { period: 'this', unit: 'week' }, timeZone: 'UTC' },
    { window: 'inCalendar', period: { period: 'last', unit: 'day', count: 2, current: false }, timeZone: 'UTC' },
  ),
)

const allTime: fc.Arbitrary<EventItems> = fc.record(
  { events: fc.constantFrom(...types), where: wheres },
  { requiredKeys: ['events'] },
)
const allTimeBeyond: fc.Arbitrary<EventItems> = fc.record({ events: fc.constantFrom(...types), where: wheresBeyond })
const windowed: fc.Arbitrary<EventItems> = fc.record(
  { events: fc.constantFrom(...types), window: windows, where: fc.oneof(wheres, wheresBeyond) },
  { requiredKeys: ['events', 'window'] },
)

const values = fc.constantFrom<Operand>(amount, { get: 'times', left: amount, right: 3 }, product, {
  get: 'property',
  name: 'due',
})
const numbers = fc.constantFrom(0, 0.1, 0.3, 0.6, 1, 2, 3)

/** What totals can answer, over items. */
function kept(items: fc.Arbitrary<EventItems>): fc.Arbitrary<Rule> {
  const number = fc.oneof<fc.Arbitrary<Operand>[]>(
    items.map((of) => ({ get: 'count', of })),
    fc.record({ get: fc.constantFrom('sum', 'average', 'minimum', 'maximum'), of: items, value: values }),
    fc.record({ get: fc.constantFrom('first', 'last'), of: items, value: values }),
  )
  const date = fc.record({ get: fc.constantFrom('first', 'last'), of: items })
  const compare = fc.constantFrom('equals', 'notEquals', 'atLeast', 'lessThan')
  return fc.oneof(
    { weight: 4, arbitrary: fc.record({ op: compare, left: number, right: numbers }) },
    { weight: 1, arbitrary: number.map((left): Rule => ({ op: 'exists', left })) },
    { weight: 1, arbitrary: fc.record({ op: fc.constantFrom('some', 'none'), of: items }) },
    {
      weight: 2,
      arbitrary: fc.record({ op: fc.constantFrom('inLast', 'moreThanAgo'), left: date, duration: durations }),
    },
    { weight: 1, arbitrary: fc.record({ op: compare, left: number, right: number }) },
  )
}

/** What looks at single events, over items. */
function single(items: fc.Arbitrary<EventItems>): fc.Arbitrary<Rule> {
  const step = fc.record({ of: items, within: fc.constantFrom<DurationText>('1d', '3d') }, { requiredKeys: ['of'] })
  const steps = fc
    .tuple(items, step, fc.boolean())
    .map(([of, next, not]): readonly SequenceStep[] => [{ of }, not ? { within: '1d', ...next, not } : next])
  return fc.oneof(
    fc.record({
      op: fc.constant('atLeast'),
      left: fc.record({ get: fc.constant('distinct'), of: items, value: values }),
      right: numbers,
    }),
    items.map((of) => ({ op: 'exists', left: { get: 'nth', of, n: 2 } })),
    items.map((of) => ({ op: 'atLeast', left: { get: 'distinctPeriods', of, unit: 'day' }, right: 2 })),
    items.map((of) => ({ op: 'equals', left: { get: 'mostFrequent', of, value: product }, right: 'x' })),
    steps.map((written) => ({ op: 'sequence', steps: written })),
  ) as fc.Arbitrary<Rule>
}

/** Rules that folding is to leave right; seldom one that blocks it. */
const rules: fc.Arbitrary<Rule> = fc
  .tuple(
    fc.constantFrom('all', 'any'),
    fc.array(
      fc.oneof(
        { weight: 6, arbitrary: kept(allTime) },
        { weight: 3, arbitrary: kept(windowed) },
        { weight: 3, arbitrary: single(windowed) },
        { weight: 1, arbitrary: fc.oneof(single(allTime), kept(allTimeBeyond)) },
      ),
      { minLength: 1, maxLength: 2 },
    ),
    fc.boolean(),
  )
  .map(([op, inner, not]) => {
    const rule = { op, rules: inner } as Rule
    return not ? { op: 'not', rule } : rule
  })

const define = fc.record({
  type: fc.constant('segment.define' as const),
  id: fc.constantFrom(...segments),
  rule: rules,
})

const backs = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 96 }).map((count) => count * hour) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 48 }).map((count) => -count * hour) },
)

const properties: fc.Arbitrary<Properties> = fc.record(
  {
    amount: fc.oneof(fc.constantFrom<number | string>(0.1, 0.2, 0.3, -0.1, 1.005, 1, 'x'), fc.constant(0.1)),
    product: fc.constantFrom('x', 'y'),
    due: fc.constantFrom({ day: '2026-01-05' }, { day: '2026-01-12' }),
  },
  { requiredKeys: [] },
)

const record: fc.Arbitrary<FoldingStep> = fc.record({
  do: fc.constant('record'),
  contact: fc.constantFrom(...foldingContacts),
  type: fc.constantFrom(...types),
  back: backs,
  properties,
})
const fold: fc.Arbitrary<FoldingStep> = fc.record({
  do: fc.constant('fold'),
  back: fc.integer({ min: 0, max: 5 }).map((count) => count * day),
})
const change: fc.Arbitrary<FoldingStep> = fc
  .oneof<fc.MaybeWeightedArbitrary<ChangeInput>[]>(
    { weight: 4, arbitrary: define },
    {
      weight: 2,
      arbitrary: fc.record({
        type: fc.constant('contact.put'),
        contact: fc.constantFrom(...foldingContacts),
        attributes: fc.record({ limit: fc.constantFrom(0.05, 0.15, 0.5) }, { requiredKeys: [] }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        type: fc.constant('contact.merge'),
        from: fc.constantFrom(...foldingContacts),
        into: fc.constantFrom(...foldingContacts),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ type: fc.constant('contact.remove'), contact: fc.constantFrom(...foldingContacts) }),
    },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('segment.remove'), segment: fc.constantFrom(...segments) }) },
  )
  .map((made) => ({ do: 'change', change: made }))

const correct: fc.Arbitrary<FoldingStep> = fc.record({
  do: fc.constant('correct'),
  event: fc.nat(20),
  type: fc.constantFrom(...types),
  back: fc.option(backs, { nil: undefined }),
  properties,
})

/** Contacts and segments, then events of the past, the present and the future, folds, and the clock in between. */
export const foldingScripts: fc.Arbitrary<readonly FoldingStep[]> = fc
  .tuple(
    fc.array(define, { minLength: 1, maxLength: 3 }),
    fc.array(
      fc.oneof(
        { weight: 14, arbitrary: record },
        { weight: 6, arbitrary: fc.record({ do: fc.constant('advance' as const), by: advances() }) },
        { weight: 4, arbitrary: fold },
        { weight: 3, arbitrary: change },
        { weight: 2, arbitrary: correct },
        { weight: 1, arbitrary: fc.record({ do: fc.constant('take out' as const), event: fc.nat(20) }) },
        {
          weight: 2,
          arbitrary: fc.record({
            do: fc.constant('batch' as const),
            steps: fc.array(fc.oneof({ weight: 3, arbitrary: record }, fold, change, correct), {
              minLength: 2,
              maxLength: 4,
            }),
            fails: fc.integer({ min: 0, max: 3 }).map((drawn) => drawn === 0),
          }),
        },
      ),
      { maxLength: 50 },
    ),
  )
  .map(([first, rest]) => [
    ...foldingContacts.map((contact): FoldingStep => ({
      do: 'change',
      change: { type: 'contact.put', contact, attributes: { limit: 0.15 } },
    })),
    ...first.map((made): FoldingStep => ({ do: 'change', change: made })),
    ...rest,
  ])

function advances(): fc.Arbitrary<number> {
  return fc.oneof(
    fc.integer({ min: 1, max: 24 }).map((count) => count * hour),
    fc.integer({ min: 1, max: 4 }).map((count) => count * day),
    fc.constantFrom(1, day - 1, day + 1),
  )
}
