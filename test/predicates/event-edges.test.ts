import { describe, expect, it } from 'vitest'
import { endOfAll, eventEdgesOf } from '../../src/predicates/event-edges.js'
import type { EventItems, LeafRule, Operand, Rule } from '../../src/rules/ast.js'

/*
 * The edges at which time moves a condition over events, by their keys. That nothing moves beside them is a property of the clock, in
 * window-clock.test.ts; what waits per contact instead costs memory and time, and is told here.
 */

const timeZone = 'Europe/Berlin'
const n: Operand = { get: 'property', name: 'n' }
const visits = (rest: Omit<EventItems, 'events'> = {}): EventItems => ({ events: 'visit', ...rest })
const lastDay = { window: 'inLast', duration: '1d' } as const
const big: Rule = { op: 'atLeast', left: n, right: 2 }
const recent: Rule = { op: 'inLast', left: { get: 'property', name: 'on' }, duration: '5h' }
const count = (of: EventItems): Operand => ({ get: 'count', of })
const atLeast = (left: Operand): LeafRule => ({ op: 'atLeast', left, right: 2 })
const moved: Operand = { get: 'sum', of: { records: ['lines'], by: 'at', window: lastDay }, value: n }

function keys(leaf: LeafRule): readonly string[] | undefined {
  return eventEdgesOf(leaf, timeZone)?.map(({ type, key }) => `${type}: ${key}`)
}

describe('the edges of a condition over events', () => {
  const day = 86_400_000

  it.each<[what: string, leaf: LeafRule, edges: readonly string[]]>([
    ['nothing of events', { op: 'equals', left: n, right: 1 }, []],
    ['all of them', atLeast(count(visits())), ['visit: arrival']],
    ['those that satisfy something', atLeast(count(visits({ where: big }))), ['visit: arrival']],
    ['a window up to now', atLeast(count(visits({ window: lastDay }))), ['visit: arrival', `visit: ${day} ago`]],
    [
      'a window of the past, whose edges others share',
      atLeast(count(visits({ window: { window: 'betweenAgo', from: '1d', to: '2d' } }))),
      ['visit: arrival', `visit: ${2 * day} ago`, `visit: ${day} ago`],
    ],
    [
      'a window that stands still',
      atLeast(count(visits({ window: { window: 'absolute', from: 0, to: 5 } }))),
      ['visit: arrival'],
    ],
    [
      'two aggregates',
      {
        op: 'lessThan',
        left: {
          get: 'plus',
          left: count(visits()),
          right: { get: 'length', of: { get: 'last', of: visits(), value: n } },
        },
        right: { get: 'sum', of: { events: 'buy', window: lastDay }, value: n },
      },
      ['visit: arrival', 'buy: arrival', `buy: ${day} ago`],
    ],
    [
      'a date shifted from one of theirs',
      { op: 'before', left: { get: 'later', of: { get: 'first', of: visits(), value: n }, duration: '1d' }, right: 5 },
      ['visit: arrival'],
    ],
    [
      'when the last was',
      { op: 'moreThanAgo', left: { get: 'last', of: visits() }, duration: '1d' },
      ['visit: from Europe/Berlin {"op":"moreThanAgo","duration":"1d"}', `visit: ${day} ago`, 'visit: arrival'],
    ],
  ])('of %s', (_, leaf, edges) => {
    expect(keys(leaf)).toEqual(edges)
  })

  it('are those of the items, whatever is asked of them and however it is put together', () => {
    const inLast = visits({ window: lastDay })
    const edges = ['visit: arrival', `visit: ${day} ago`]
    const asked: Operand[] = [
      count(inLast),
      { get: 'distinctPeriods', of: inLast, unit: 'day' },
      ...(['sum', 'average', 'minimum', 'maximum', 'distinct', 'mostFrequent', 'first', 'last'] as const).map(
        (get): Operand => ({ get, of: inLast, value: n }),
      ),
      { get: 'nth', of: inLast, n: 2, value: n },
      { get: 'first', of: inLast },
    ]
    const made = asked.flatMap((operand): Operand[] => [
      operand,
      ...(['plus', 'minus', 'times', 'dividedBy'] as const).flatMap((get): Operand[] => [
        { get, left: operand, right: 1 },
        { get, left: n, right: operand },
      ]),
      { get: 'later', of: operand, duration: '1h' },
      { get: 'earlier', of: operand, duration: '1h' },
      { get: 'length', of: operand },
    ])
    for (const operand of made) expect([operand, keys(atLeast(operand))]).toEqual([operand, edges])
    // Half of it has none of its own, so that all of it has to wait.
    for (const get of ['plus', 'minus', 'times', 'dividedBy'] as const) {
      expect(keys(atLeast({ get, left: moved, right: count(inLast) }))).toBeUndefined()
      expect(keys(atLeast({ get, left: count(inLast), right: moved }))).toBeUndefined()
    }
    for (const get of ['later', 'earlier'] as const)
      expect(keys(atLeast({ get, of: moved, duration: '1h' }))).toBeUndefined()
    for (const get of ['average', 'minimum', 'maximum', 'distinct', 'mostFrequent', 'first', 'last'] as const)
      expect(keys(atLeast({ get, of: inLast, value: moved }))).toBeUndefined()
    expect(keys(atLeast({ get: 'nth', of: inLast, n: 1, value: moved }))).toBeUndefined()
    expect(keys(atLeast({ get: 'distinctPeriods', of: visits({ where: recent }), unit: 'day' }))).toBeUndefined()
  })

  it('are none of records without a window, unless a condition on them moves', () => {
    const deals = { records: ['deals'] } as const
    expect(keys(atLeast({ get: 'count', of: deals }))).toEqual([])
    expect(keys(atLeast({ get: 'count', of: { ...deals, where: big } }))).toEqual([])
    expect(keys(atLeast({ get: 'count', of: { ...deals, where: recent } }))).toBeUndefined()
    const both: Rule = { op: 'any', rules: [big, recent] }
    expect(keys(atLeast({ get: 'count', of: { ...deals, where: both } }))).toBeUndefined()
    expect(keys(atLeast(count(visits({ where: both }))))).toBeUndefined()
    const mixed: Operand = {
      get: 'plus',
      left: count(visits()),
      right: { get: 'count', of: { ...deals, where: both } },
    }
    expect(keys(atLeast(mixed))).toBeUndefined()
  })

  it.each<[what: string, leaf: LeafRule]>([
    ['whether there are some', { op: 'some', of: visits() }],
    ['whether there are none', { op: 'none', of: visits() }],
    ['all records', { op: 'every', of: { records: ['deals'] }, rule: big }],
    ['a sequence', { op: 'sequence', steps: [{ of: visits() }, { of: visits() }] }],
    ['an anniversary', { op: 'anniversaryIn', left: { get: 'first', of: visits() }, days: 1, current: true }],
    ['a condition that time moves', atLeast(count(visits({ where: recent })))],
    ['a value that time moves', atLeast({ get: 'sum', of: visits(), value: moved })],
    ['one of two that has none', { op: 'lessThan', left: count(visits()), right: moved }],
    ['half of a sum that has none', atLeast({ get: 'plus', left: moved, right: count(visits()) })],
    ['records in a window', { op: 'atLeast', left: moved, right: 1 }],
    [
      'a value of the last in a window',
      { op: 'inLast', left: { get: 'last', of: visits(), value: n }, duration: '1d' },
    ],
    ['a date in a window', { op: 'inLast', left: n, duration: '1d' }],
    [
      'a date shifted, in a window',
      { op: 'inLast', left: { get: 'later', of: { get: 'last', of: visits() }, duration: '1d' }, duration: '1h' },
    ],
    [
      'when the last record was',
      { op: 'inLast', left: { get: 'last', of: { records: ['deals'], by: 'at' } }, duration: '1d' },
    ],
  ])('are not all there is to it: %s', (_, leaf) => {
    expect(keys(leaf)).toBeUndefined()
  })

  it('do not tell of the first or last of all once others are folded away', () => {
    const inLast = (left: Operand): LeafRule => ({ op: 'inLast', left, duration: '1d' })
    expect(endOfAll(inLast({ get: 'first', of: visits() }))).toBe('visit')
    expect(endOfAll(inLast({ get: 'last', of: visits() }))).toBe('visit')
    expect(endOfAll(inLast({ get: 'nth', of: visits(), n: 1 }))).toBeUndefined()
    expect(endOfAll(inLast({ get: 'last', of: visits({ window: lastDay }) }))).toBeUndefined()
    expect(endOfAll(inLast({ get: 'last', of: { records: ['deals'], by: 'at' } }))).toBeUndefined()
    expect(endOfAll(inLast({ instant: 5 }))).toBeUndefined()
    expect(endOfAll(atLeast({ get: 'last', of: visits() }))).toBeUndefined()
  })
})
