import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareEvents, type ContactEvent, type HeldEvent } from '../../src/contacts/event.js'
import type { Value } from '../../src/contacts/value.js'
import type { ItemWindow, Operand, Rule, SequenceRule, SequenceStep } from '../../src/rules/ast.js'
import { operandValue } from '../../src/rules/evaluate.js'
import { itemOfEvent } from '../../src/rules/items.js'
import { runs } from '../runs.js'
import { ask, at, attr, ms, scopeOf, type Situation } from './asking.js'

/*
 * The plain evaluator over events and records, sentence by sentence; and sequences against every choice of events there is.
 */

const now = '2026-03-10T12:00Z'

function event(type: string, iso: string, properties: Readonly<Record<string, Value>> = {}, id?: string): ContactEvent {
  return { type, at: ms(iso), properties, ...(id === undefined ? undefined : { id }) }
}

/** What an aggregate is in a situation. */
function value(operand: Operand, situation: Situation): Value | undefined {
  return operandValue(operand, scopeOf({ now, ...situation }))
}

const prop = (name: string) => ({ get: 'property', name }) as const
const purchases = { events: 'purchase' } as const
const amount = prop('amount')

/** Purchases of some amounts, a day apart, the last yesterday. */
function bought(...amounts: readonly (Value | undefined)[]): Situation {
  const first = ms(now) - amounts.length * 86_400_000
  return {
    events: amounts.map((each, place) => ({
      type: 'purchase',
      at: first + place * 86_400_000,
      properties: each === undefined ? {} : { amount: each },
    })),
  }
}

describe('aggregates over events', () => {
  const over = (get: 'sum' | 'average' | 'minimum' | 'maximum' | 'distinct' | 'mostFrequent') =>
    ({ get, of: purchases, value: amount }) as const

  it('are 0 or missing over nothing', () => {
    const gets = ['sum', 'average', 'minimum', 'maximum', 'distinct', 'mostFrequent'] as const
    expect(gets.map((get) => value(over(get), {}))).toEqual([0, undefined, undefined, undefined, 0, undefined])
    expect(gets.map((get) => value(over(get), bought(undefined)))).toEqual([
      0,
      undefined,
      undefined,
      undefined,
      0,
      undefined,
    ])
    expect(value({ get: 'count', of: purchases }, {})).toBe(0)
    expect(value({ get: 'distinctPeriods', of: purchases, unit: 'day' }, {})).toBe(0)
    for (const get of ['first', 'last'] as const) expect(value({ get, of: purchases }, {})).toBeUndefined()
  })

  it('add up numbers, and pass over what is none', () => {
    expect(value(over('sum'), bought(1, 'a', 2.5, undefined, true))).toBe(3.5)
    expect(value(over('average'), bought(1, 'a', 2, undefined))).toBe(1.5)
    expect(value(over('sum'), bought(1e308, 1e308))).toBeUndefined()
    expect(value(over('average'), bought(1e308, 1e308))).toBeUndefined()
    expect(value(over('sum'), bought(0.1, 0.2, 0.3, 1e16, -1e16))).toBe(0.6)
  })

  it('compare values of one kind', () => {
    expect([value(over('minimum'), bought(3, 1, 2)), value(over('maximum'), bought(3, 1, 2))]).toEqual([1, 3])
    const dates = [at('2026-01-02T00:00Z'), at('2026-01-01T00:00Z')]
    expect([value(over('minimum'), bought(...dates)), value(over('maximum'), bought(...dates))]).toEqual([
      dates[1],
      dates[0],
    ])
  })

  it('tell values apart by type', () => {
    expect(value(over('distinct'), bought(1, '1', 1, true, ['a'], ['a'], undefined))).toBe(4)
    expect(value(over('mostFrequent'), bought('b', 'a', 'b', 1))).toBe('b')
    expect(value(over('mostFrequent'), bought(['a'], ['a'], 'x'))).toBe('x')
    expect(value(over('mostFrequent'), bought(['a'], ['a']))).toBeUndefined()
  })

  it('take the first by type, then by value, of those that are most frequent', () => {
    const day: Value = { day: '2026-01-01' }
    const ordered: Value[] = [false, true, 1, 2, 'a', 'b', at('2026-01-01T00:00Z'), at('2026-01-02T00:00Z'), day]
    for (const [place, first] of ordered.entries()) {
      const rest = ordered.slice(place)
      expect(value(over('mostFrequent'), bought(...rest))).toEqual(first)
      expect(value(over('mostFrequent'), bought(...rest.reverse()))).toEqual(first)
    }
    expect(value(over('mostFrequent'), bought(false, true, true))).toBe(true)
  })

  it('give the time of the first, last and nth, or a value of it', () => {
    const situation = bought(5, undefined, 7)
    const times = situation.events?.map((each) => ({ instant: each.at }))
    const nth = (n: number, inner?: Operand): Operand => ({
      get: 'nth',
      of: purchases,
      n,
      ...(inner === undefined ? undefined : { value: inner }),
    })
    expect([1, 2, 3, 4].map((n) => value(nth(n), situation))).toEqual([...(times ?? []), undefined])
    expect([1, 2, 3].map((n) => value(nth(n, amount), situation))).toEqual([5, undefined, 7])
    expect(value({ get: 'first', of: purchases }, situation)).toEqual(times?.[0])
    expect(value({ get: 'last', of: purchases }, situation)).toEqual(times?.[2])
    expect(value({ get: 'first', of: purchases, value: amount }, situation)).toBe(5)
    expect(value({ get: 'last', of: purchases, value: amount }, situation)).toBe(7)
  })

  it('count local days, weeks and months', () => {
    const events = ['2026-02-27T22:30Z', '2026-02-27T23:30Z', '2026-03-01T22:30Z', '2026-03-01T23:30Z'].map((iso) =>
      event('purchase', iso),
    )
    const periods = (unit: 'day' | 'week' | 'month', more: object = {}) =>
      value({ get: 'distinctPeriods', of: purchases, unit, ...more }, { events, timeZone: 'Europe/Berlin' })
    // In Berlin: Friday 27 and Saturday 28 February, Sunday 1 and Monday 2 March.
    expect([periods('day'), periods('week'), periods('month')]).toEqual([4, 2, 2])
    expect([periods('week', { weekStartsOn: 'sunday' }), periods('week', { weekStartsOn: 'saturday' })]).toEqual([2, 2])
    expect([periods('day', { timeZone: 'UTC' }), periods('week', { timeZone: 'UTC' })]).toEqual([2, 1])
    const january: Situation = {
      events: ['2025-01-15T12:00Z', '2026-01-15T12:00Z'].map((iso) => event('purchase', iso)),
    }
    expect(value({ get: 'distinctPeriods', of: purchases, unit: 'month' }, january)).toBe(2)
  })
})

it('an event has no records in it', () => {
  expect(itemOfEvent({ type: 'visit', at: 5, properties: {}, arrival: 0 }).records('lines')).toEqual([])
})

it('months are told apart by year and month, weeks by their first days', () => {
  const periods = (unit: 'week' | 'month', ...days: readonly string[]): unknown =>
    value(
      { get: 'distinctPeriods', of: { events: 'visit' }, unit },
      { now: '2040-01-01T00:00Z', events: days.map((day) => event('visit', `${day}T12:00Z`)) },
    )
  expect(periods('month', '2026-02-03', '2026-02-24', '2038-01-04')).toBe(2)
  expect(periods('week', '2026-02-03', '2026-02-08', '2026-02-09', '2026-02-24')).toBe(3)
  expect(periods('month', '2025-12-31', '2026-01-01', '2026-12-31')).toBe(3)
})

describe('which events count', () => {
  const events = [
    event('purchase', '2026-03-09T12:00Z', { amount: 1 }),
    event('visit', '2026-03-10T11:00Z'),
    event('purchase', '2026-03-10T12:00Z', { amount: 2 }),
    event('purchase', '2026-03-10T12:00:00.001Z', { amount: 3 }),
    event('purchase', '2026-03-11T12:00Z', { amount: 4 }),
  ]
  const count = (window?: ItemWindow, where?: Rule): Value | undefined =>
    value(
      {
        get: 'count',
        of: {
          ...purchases,
          ...(window === undefined ? undefined : { window }),
          ...(where === undefined ? undefined : { where }),
        },
      },
      { events, attributes: { limit: 1 } },
    )
  const isBig: Rule = { op: 'greaterThan', left: amount, right: attr('limit') }

  it('are those of the type that have happened', () => {
    expect([count(), count(undefined, isBig)]).toEqual([2, 1])
    expect(value({ get: 'sum', of: purchases, value: amount }, { events })).toBe(3)
  })

  it('lie in the window, and have happened', () => {
    expect([count({ window: 'inLast', duration: '25h' }), count({ window: 'inLast', duration: '1d' })]).toEqual([2, 1])
    // What is still to come has not happened.
    expect(count({ window: 'inNext', duration: '7d' })).toBe(0)
    expect(count({ window: 'moreThanAgo', duration: '1h' })).toBe(1)
    expect(count({ window: 'absolute', from: ms('2026-03-10T12:00Z') })).toBe(1)
    expect(count({ window: 'absolute', to: ms('2026-03-10T12:00Z') })).toBe(1)
    expect(count({ window: 'absolute', from: ms('2026-03-01T00:00Z'), to: ms('2026-03-31T00:00Z') })).toBe(2)
    const inWindow = { ...purchases, window: { window: 'inLast', duration: '23h' } } as const
    expect(value({ get: 'sum', of: inWindow, value: amount }, { events })).toBe(2)
    const later = { ...purchases, window: { window: 'absolute', from: ms('2026-03-10T12:00Z') } } as const
    expect(value({ get: 'sum', of: later, value: amount }, { events })).toBe(2)
  })

  it('are asked for by some and none', () => {
    const never = { events: 'never' } as const
    expect([
      ask({ op: 'some', of: purchases }, { events, now }),
      ask({ op: 'some', of: never }, { events, now }),
    ]).toEqual([true, false])
    expect([
      ask({ op: 'none', of: purchases }, { events, now }),
      ask({ op: 'none', of: never }, { events, now }),
    ]).toEqual([false, true])
  })
})

describe('records', () => {
  const records = {
    orders: [
      {
        id: 'a',
        placedAt: { day: '2026-03-10' },
        total: 5,
        lines: [
          { sku: 'x', n: 1 },
          { sku: 'y', n: 2 },
        ],
      },
      { id: 'b', placedAt: at('2026-03-01T00:00Z'), total: 7, lines: [{ sku: 'x', n: 4 }] },
      { id: 'c', total: 9 },
    ],
  } as never
  const orders = { records: ['orders'], by: 'placedAt' } as const

  it('stand in the order of their time, those without one last and out of every window', () => {
    const total = prop('total')
    expect(value({ get: 'first', of: orders, value: total }, { records })).toBe(7)
    expect(value({ get: 'last', of: orders, value: total }, { records })).toBe(5)
    expect(value({ get: 'nth', of: orders, n: 3, value: total }, { records })).toBeUndefined()
    expect(value({ get: 'count', of: orders }, { records })).toBe(3)
    const of = { ...orders, window: { window: 'inLast', duration: '1d' } } as const
    expect(value({ get: 'sum', of, value: total }, { records })).toBe(5)
    const before = { ...orders, window: { window: 'absolute', to: ms('2026-03-10T00:00Z') } } as const
    expect(value({ get: 'sum', of: before, value: total }, { records })).toBe(7)
    // From its first instant on, up to its last.
    const from = { ...orders, window: { window: 'absolute', from: ms('2026-03-01T00:00Z') } } as const
    expect(value({ get: 'sum', of: from, value: total }, { records })).toBe(12)
    const later = { ...orders, window: { window: 'absolute', from: ms('2026-03-01T00:00Z') + 1 } } as const
    expect(value({ get: 'sum', of: later, value: total }, { records })).toBe(5)
  })

  it('stand in the order of their time, wherever they were written', () => {
    const on = (day: string, n: number): object => ({ id: day, day: { day }, n })
    const shuffled = { visits: [{ id: 'never', n: 0 }, on('2026-03-03', 3), on('2026-03-01', 1), on('2026-03-02', 2)] }
    const of = { records: ['visits'], by: 'day' } as const
    const nth = (n: number): unknown => value({ get: 'nth', of, n, value: prop('n') }, { records: shuffled as never })
    expect([1, 2, 3].map(nth)).toEqual([1, 2, 3])
  })

  it('of a day lie in a window by the zone of that window', () => {
    const days = { visits: [{ id: 'a', day: { day: '2026-03-10' } }] } as never
    const isIn = (timeZone?: string): boolean => {
      const window = {
        window: 'inLast',
        duration: '2h',
        ...(timeZone === undefined ? undefined : { timeZone }),
      } as const
      return ask(
        { op: 'some', of: { records: ['visits'], by: 'day', window } },
        { records: days, now: '2026-03-10T06:00Z', timeZone: 'America/New_York' },
      )
    }
    // It begins at 05:00 UTC in New York, which is in winter time still, and hours before in London.
    expect([isIn(), isIn('Europe/London')]).toEqual([false, false])
    expect([isIn('America/New_York'), isIn('America/Chicago')]).toEqual([false, true])
  })

  it('lead to the records in them', () => {
    const lines = { records: ['orders', 'lines'] } as const
    expect(value({ get: 'sum', of: lines, value: prop('n') }, { records })).toBe(7)
    const inner: Rule = { op: 'some', of: { records: ['lines'], where: { op: 'equals', left: prop('n'), right: 4 } } }
    expect(value({ get: 'count', of: { ...orders, where: inner } }, { records })).toBe(1)
  })

  it('satisfy a condition all, also where there is none', () => {
    const every = (low: number, collection = 'orders'): boolean => {
      const rule: Rule = { op: 'atLeast', left: prop('total'), right: low }
      return ask({ op: 'every', of: { records: [collection] }, rule }, { records, now })
    }
    expect([every(5), every(6), every(6, 'tickets')]).toEqual([true, false, true])
  })
})

describe('sequences', () => {
  const minutes = (
    ...all: readonly (readonly [type: string, minute: number, properties?: Record<string, Value>])[]
  ) => ({
    now: '2026-03-10T13:00Z',
    events: all
      .map(([type, minute, properties = {}]) => ({ type, at: ms('2026-03-10T12:00Z') + minute * 60_000, properties }))
      .sort((a, b) => a.at - b.at),
  })
  const step = (type: string, more: Partial<SequenceStep> = {}): SequenceStep => ({ of: { events: type }, ...more })
  const sequence = (...steps: readonly SequenceStep[]): SequenceRule => ({ op: 'sequence', steps })

  it('are of events of their types in their order, none of them twice', () => {
    const rule = sequence(step('see'), step('buy'))
    expect(ask(rule, minutes(['see', 0], ['buy', 1]))).toBe(true)
    expect(ask(rule, minutes(['buy', 0], ['see', 1]))).toBe(false)
    expect(ask(rule, minutes(['see', 0]))).toBe(false)
    expect(ask(sequence(step('buy'), step('buy')), minutes(['buy', 0]))).toBe(false)
    expect(ask(sequence(step('buy'), step('buy')), minutes(['buy', 0], ['buy', 1]))).toBe(true)
    // What has not happened yet is no part of it.
    expect(ask(rule, minutes(['see', 0], ['buy', 61]))).toBe(false)
    expect(ask(rule, minutes(['see', 0], ['buy', 60]))).toBe(true)
  })

  it('keep limits: before `within`, at or after `after`', () => {
    const within = sequence(step('see'), step('buy', { within: '10m' }))
    expect([9, 10].map((minute) => ask(within, minutes(['see', 0], ['buy', minute])))).toEqual([true, false])
    const after = sequence(step('see'), step('buy', { after: '10m' }))
    expect([9, 10].map((minute) => ask(after, minutes(['see', 0], ['buy', minute])))).toEqual([false, true])
    // The later view is close enough.
    expect(ask(within, minutes(['see', 0], ['see', 15], ['buy', 20]))).toBe(true)
    const both = sequence(step('see'), step('see', { within: '10m' }), step('buy', { within: '12m', from: 'start' }))
    expect([11, 12].map((minute) => ask(both, minutes(['see', 0], ['see', 9], ['buy', minute])))).toEqual([true, false])
  })

  it('windows and conditions belong to steps', () => {
    const window = { window: 'absolute', from: ms('2026-03-10T12:05Z'), to: ms('2026-03-10T12:10Z') } as const
    const rule = sequence({ of: { events: 'see', window } }, step('buy'))
    const told = [4, 5, 9, 10].map((minute) => ask(rule, minutes(['see', minute], ['buy', 20])))
    expect(told).toEqual([false, true, true, false])
    const where: Rule = { op: 'greaterThan', left: amount, right: 5 }
    const big = sequence(step('see'), { of: { events: 'buy', where } })
    expect([5, 6].map((n) => ask(big, minutes(['see', 0], ['buy', 1, { amount: n }])))).toEqual([false, true])
  })

  it('ask for one value of a property in all steps', () => {
    const rule: SequenceRule = { ...sequence(step('see'), step('buy')), same: 'cart' }
    expect(ask(rule, minutes(['see', 0, { cart: 1 }], ['buy', 1, { cart: 1 }]))).toBe(true)
    expect(ask(rule, minutes(['see', 0, { cart: 1 }], ['buy', 1, { cart: 2 }]))).toBe(false)
    expect(ask(rule, minutes(['see', 0, { cart: 1 }], ['buy', 1, { cart: '1' }]))).toBe(false)
    expect(ask(rule, minutes(['see', 0], ['buy', 1]))).toBe(false)
  })

  it('know that something did not come, from the instant on at which its time is over', () => {
    const rule = sequence(step('see'), step('buy', { not: true, within: '10m' }))
    const asked = (minute: number, ...more: readonly (readonly [string, number])[]): boolean => {
      const { events } = minutes(['see', 0], ...more)
      return ask(rule, { events, now: ms('2026-03-10T12:00Z') + minute * 60_000 })
    }
    expect([9, 10, 11].map((minute) => asked(minute))).toEqual([false, true, true])
    expect([asked(30, ['buy', 9]), asked(30, ['buy', 10])]).toEqual([false, true])
  })

  /** Whether any choice of events serves the steps from one on, by trying each. */
  function tried(
    rule: SequenceRule,
    events: readonly HeldEvent[],
    until: number,
    chosen: readonly HeldEvent[],
    next: number,
  ): boolean {
    const one = rule.steps[next]
    if (one === undefined) return true
    const last = chosen.at(-1)
    const base = one.from === 'start' ? chosen[0] : last
    const span = (text: string | undefined): number | undefined => (text === undefined ? undefined : parseInt(text, 10))
    const [within, after] = [span(one.within), span(one.after)]
    const follows = events.filter(
      (each) => each.type === one.of.events && (last === undefined || compareEvents(each, last) > 0),
    )
    if (one.not === true) {
      const end = (base?.at ?? NaN) + (within ?? Infinity)
      return end <= until && !follows.some((each) => each.at < end) && tried(rule, events, until, chosen, next + 1)
    }
    return follows.some(
      (each) =>
        (base === undefined || within === undefined || each.at < base.at + within) &&
        (base === undefined || after === undefined || each.at >= base.at + after) &&
        tried(rule, events, until, [...chosen, each], next + 1),
    )
  }

  it('are found where any choice of events is one', () => {
    const types = fc.constantFrom('a', 'b')
    const limit = fc.option(
      fc.integer({ min: 1, max: 6 }).map((n) => `${n}ms` as const),
      { nil: undefined },
    )
    const one = fc
      .record({ type: types, within: limit, after: limit, isFromStart: fc.boolean(), not: fc.boolean() })
      .map(({ type, within, after, isFromStart, not }): SequenceStep => {
        const from = isFromStart ? { from: 'start' as const } : undefined
        if (not) return { of: { events: type }, not: true, within: within ?? '3ms', ...from }
        const limits = {
          ...(within === undefined ? undefined : { within }),
          ...(after === undefined ? undefined : { after }),
        }
        return { of: { events: type }, ...limits, ...from }
      })
    const events = fc.array(
      fc.record({ type: types, at: fc.nat(9), id: fc.option(fc.constantFrom('1', '2', '3'), { nil: undefined }) }),
      { maxLength: 7 },
    )
    let held = 0
    const property = fc.property(types, fc.array(one, { minLength: 1, maxLength: 3 }), events, (first, rest, drawn) => {
      // A step that must not happen stands last: then it does not matter which events served those before.
      const nots = rest.filter(({ not }) => not === true).slice(0, 1)
      const rule = sequence(step(first), ...rest.filter(({ not }) => not !== true), ...nots)
      const all = drawn
        .map(({ type, at: instant, id }, arrival): HeldEvent => ({
          type,
          at: instant,
          properties: {},
          arrival,
          ...(id === undefined ? undefined : { id: `${id}${arrival}` }),
        }))
        .sort(compareEvents)
      const instant = 9
      const wanted = tried(rule, all, instant, [], 0)
      if (wanted) held += 1
      expect(ask(rule, { events: all, now: instant })).toBe(wanted)
    })
    fc.assert(property, { numRuns: runs(600) })
    expect(held).toBeGreaterThan(runs(600) / 20)
  })
})
