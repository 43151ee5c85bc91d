import { describe, expect, it } from 'vitest'
import { LAST_INSTANT } from '../../src/base/zone-offsets.js'
import type { Value } from '../../src/contacts/value.js'
import type { ItemWindow, LeafRule, Operand, Rule } from '../../src/rules/ast.js'
import { leafMovesAfter } from '../../src/rules/moves.js'
import { at, attr, ms, scopeOf, tag, type Situation } from './asking.js'

/*
 * When time alone may next move what a leaf says, by example: of each kind of operand, of items that happen and cross the edges of windows.
 * That nothing flips before is held by properties (timed.test.ts).
 */

const now = '2026-03-10T12:00Z'
const day = 86_400_000

/** How many ms after now a leaf may next flip; Infinity where it cannot. */
function moves(leaf: LeafRule, situation: Situation = {}): number {
  return leafMovesAfter(leaf, scopeOf({ now, ...situation })) - ms(now)
}

function exists(left: Operand): LeafRule {
  return { op: 'exists', left }
}

function visitsAt(...hours: readonly number[]): Situation {
  return { events: hours.map((hour) => ({ type: 'visit', at: ms(now) + hour * 3_600_000, properties: { n: hour } })) }
}

function visits(window?: ItemWindow, where?: Rule) {
  return {
    events: 'visit',
    ...(window === undefined ? undefined : { window }),
    ...(where === undefined ? undefined : { where }),
  } as const
}

const hour = 3_600_000
const count = (window?: ItemWindow, where?: Rule): Operand => ({ get: 'count', of: visits(window, where) })

describe('what no time moves', () => {
  it('is data of the contact, however it is put together', () => {
    const situation: Situation = { attributes: { a: 1, list: ['a'], d: at(now) }, tags: [tag('t', ms(now))] }
    const still: Operand[] = [
      1,
      attr('a'),
      { get: 'contactId' },
      { get: 'tagCount' },
      { get: 'tagAdded', tag: 't' },
      { get: 'length', of: attr('list') },
      { get: 'later', of: attr('d'), duration: '1d' },
      { get: 'earlier', of: { get: 'tagAdded', tag: 't' }, duration: '1d' },
      ...(['plus', 'minus', 'times', 'dividedBy'] as const).map((get) => ({ get, left: attr('a'), right: 2 })),
    ]
    for (const left of still) expect(moves(exists(left), situation)).toBe(Infinity)
    expect(moves({ op: 'hasTag', tag: 't' }, situation)).toBe(Infinity)
    expect(moves({ op: 'between', left: attr('a'), low: 1, high: attr('a') }, situation)).toBe(Infinity)
    expect(moves({ op: 'in', left: attr('a'), right: [1, attr('a')] }, situation)).toBe(Infinity)
  })

  it('is a property of an item', () => {
    const where: Rule = { op: 'greaterThan', left: { get: 'property', name: 'n' }, right: 0 }
    expect(moves({ op: 'some', of: visits(undefined, where) }, visitsAt(-1))).toBe(Infinity)
    expect(moves({ op: 'some', of: visits(undefined, where) }, visitsAt(-1, 2))).toBe(2 * hour)
  })
})

describe('dates of the contact', () => {
  const windows: readonly (readonly [LeafRule, number])[] = [
    [{ op: 'inLast', left: attr('d'), duration: '1d' }, day],
    [{ op: 'notInLast', left: attr('d'), duration: '1d' }, day],
    [{ op: 'moreThanAgo', left: attr('d'), duration: '2d' }, 2 * day],
    [{ op: 'betweenAgo', left: attr('d'), from: '1d', to: '3d' }, day],
    [{ op: 'inCalendar', left: attr('d'), period: { period: 'this', unit: 'day' } }, 12 * hour],
  ]

  it.each(windows)('cross the edges of %j', (leaf, after) => {
    const moved = moves(leaf, { attributes: { d: at(now) } })
    // Edges lie a millisecond apart by whether they belong to the window.
    expect(Math.abs(moved - after)).toBeLessThanOrEqual(1)
    expect(moves(leaf, { attributes: { d: 5 } })).toBe(Infinity)
    expect(moves(leaf)).toBe(Infinity)
  })

  it('come into a window that lies ahead, and into none behind', () => {
    const soon: LeafRule = { op: 'inNext', left: attr('d'), duration: '1d' }
    expect(moves(soon, { attributes: { d: { instant: ms(now) + 2 * day } } })).toBe(day)
    expect(moves(soon, { attributes: { d: { instant: ms(now) - 1 } } })).toBe(Infinity)
    expect(
      moves({ op: 'inLast', left: attr('d'), duration: '1d' }, { attributes: { d: { instant: ms(now) - 2 * day } } }),
    ).toBe(Infinity)
  })

  it('are moved in windows by operands that time moves', () => {
    const last: Operand = { get: 'last', of: visits() }
    expect(moves({ op: 'inLast', left: last, duration: '1d' }, visitsAt(-1, 3))).toBe(3 * hour)
    expect(moves({ op: 'inLast', left: last, duration: '2h' }, visitsAt(-1, 3))).toBe(hour)
  })

  it('have anniversaries, which come back', () => {
    const leaf: LeafRule = { op: 'anniversaryIn', left: attr('d'), days: 1, current: true }
    const born = (iso: string): Situation => ({ attributes: { d: { day: iso } } })
    expect(moves(leaf, born('1990-03-12'))).toBe(day + 12 * hour)
    expect(moves(leaf, born('1990-03-10'))).toBe(12 * hour)
    expect(moves(leaf, { attributes: { d: 'never' } })).toBe(Infinity)
    expect(moves({ ...leaf, timeZone: 'Europe/Berlin' }, born('1990-03-12'))).toBe(day + 11 * hour)
    // Of those born on the 29th of February it is the 28th in other years, or the 1st of March.
    expect(moves(leaf, { ...born('1992-02-29'), now: '2026-02-26T12:00Z' }) + ms(now)).toBe(ms('2026-02-28T00:00Z'))
    expect(moves({ ...leaf, leapDay: 'mar1' }, { ...born('1992-02-29'), now: '2026-02-26T12:00Z' }) + ms(now)).toBe(
      ms('2026-03-01T00:00Z'),
    )
    // No instant comes after the last.
    const from = (instant: number): number => leafMovesAfter(leaf, scopeOf({ now: instant, ...born('1990-09-13') }))
    expect([from(LAST_INSTANT - hour), from(LAST_INSTANT)]).toEqual([LAST_INSTANT, Infinity])
  })
})

describe('items', () => {
  it('happen', () => {
    for (const left of [
      count(),
      { get: 'length', of: count() },
      { get: 'later', of: { get: 'last', of: visits() }, duration: '1d' },
      { get: 'plus', left: 1, right: count() },
      { get: 'minus', left: count(), right: 1 },
      { get: 'distinctPeriods', of: visits(), unit: 'day' },
      { get: 'sum', of: visits(), value: { get: 'property', name: 'n' } },
      { get: 'first', of: visits() },
      { get: 'nth', of: visits(), n: 2 },
    ] as Operand[]) {
      expect(moves(exists(left), visitsAt(-5, 2, 4))).toBe(2 * hour)
      expect(moves(exists(left), visitsAt(-5, 0))).toBe(Infinity)
    }
    for (const op of ['some', 'none'] as const) expect(moves({ op, of: visits() }, visitsAt(7))).toBe(7 * hour)
    expect(moves({ op: 'atLeast', left: 1, right: count() }, visitsAt(7))).toBe(7 * hour)
    expect(moves({ op: 'between', left: 1, low: 0, high: count() }, visitsAt(7))).toBe(7 * hour)
    expect(moves({ op: 'in', left: 1, right: [2, count()] }, visitsAt(7))).toBe(7 * hour)
    expect(moves({ op: 'notIn', left: count(), right: [2] }, visitsAt(7))).toBe(7 * hour)
    expect(moves({ op: 'notIn', left: 1, right: [2, count()] }, visitsAt(7))).toBe(7 * hour)
  })

  it('go into windows and out of them', () => {
    const last: ItemWindow = { window: 'inLast', duration: '3h' }
    expect(moves(exists(count(last)), visitsAt(-1))).toBe(2 * hour)
    expect(moves(exists(count(last)), visitsAt(-4))).toBe(Infinity)
    expect(moves(exists(count(last)), visitsAt(-4, -2, -1, 5))).toBe(hour)
    const ago: ItemWindow = { window: 'moreThanAgo', duration: '3h' }
    expect(Math.abs(moves(exists(count(ago)), visitsAt(-1)) - 2 * hour)).toBeLessThanOrEqual(1)
    const absolute: ItemWindow = { window: 'absolute', from: ms(now), to: ms(now) + day }
    expect(moves(exists(count(absolute)), visitsAt(-1))).toBe(Infinity)
    expect(moves(exists(count(absolute)), visitsAt(2))).toBe(2 * hour)
  })

  it('that a condition keeps out are passed over', () => {
    const last: ItemWindow = { window: 'inLast', duration: '3h' }
    const where: Rule = { op: 'equals', left: { get: 'property', name: 'n' }, right: -1 }
    expect(moves(exists(count(last, where)), visitsAt(-2, -1, 1))).toBe(2 * hour)
    expect(moves(exists(count(last, where)), visitsAt(-2, 1))).toBe(Infinity)
  })

  it('are moved by conditions on them that time moves', () => {
    const dated = (minutes: number, n: number): Situation => ({
      events: [
        {
          type: 'visit',
          at: ms(now) - hour,
          properties: { due: { instant: ms(now) + minutes * 60_000 } satisfies Value, n },
        },
      ],
    })
    const due: Rule = { op: 'inNext', left: { get: 'property', name: 'due' }, duration: '30m' }
    expect(moves({ op: 'some', of: visits(undefined, due) }, dated(40, 1))).toBe(10 * 60_000)
    const both: Rule = { op: 'all', rules: [{ op: 'equals', left: { get: 'property', name: 'n' }, right: 1 }, due] }
    expect(moves({ op: 'some', of: visits(undefined, both) }, dated(40, 1))).toBe(10 * 60_000)
    // One that happens at this very instant has happened; one of the future happens.
    const at = (instant: number): Situation => ({ events: [{ type: 'visit', at: instant, properties: { n: 1 } }] })
    const dueOrNot: Rule = { op: 'any', rules: [{ op: 'equals', left: { get: 'property', name: 'n' }, right: 1 }, due] }
    expect(moves({ op: 'some', of: visits(undefined, dueOrNot) }, at(ms(now)))).toBe(Infinity)
    expect(moves({ op: 'some', of: visits(undefined, dueOrNot) }, at(ms(now) + 1))).toBe(1)
    // One that is kept out for good moves nothing by happening.
    expect(moves({ op: 'some', of: visits(undefined, both) }, at(ms(now) + 1))).toBe(Infinity)
    // In a window: it goes out of it, too.
    const window: ItemWindow = { window: 'inLast', duration: '65m' }
    expect(moves({ op: 'some', of: visits(window, due) }, dated(40, 1))).toBe(5 * 60_000)
  })

  it('may be records, with a time or without', () => {
    const records = { deals: [{ id: 'd', closesAt: { instant: ms(now) + 2 * hour } }, { id: 'e' }] }
    const soon: ItemWindow = { window: 'inNext', duration: '1h' }
    const of = { records: ['deals'], by: 'closesAt', window: soon } as const
    expect(moves({ op: 'some', of }, { records })).toBe(hour)
    expect(moves({ op: 'some', of: { records: ['deals'], by: 'closesAt' } }, { records })).toBe(Infinity)
    const isE: Rule = { op: 'equals', left: { get: 'property', name: 'id' }, right: 'e' }
    expect(moves({ op: 'some', of: { ...of, where: isE } }, { records })).toBe(Infinity)
    const rule: Rule = { op: 'inNext', left: { get: 'property', name: 'closesAt' }, duration: '30m' }
    expect(moves({ op: 'every', of: { records: ['deals'] }, rule }, { records })).toBe(1.5 * hour)
    expect(moves({ op: 'every', of: { records: ['never'] }, rule }, { records })).toBe(Infinity)
  })

  it('have values that time moves only where there are records in them', () => {
    const soon: ItemWindow = { window: 'inNext', duration: '1h' }
    const records = { deals: [{ id: 'd', steps: [{ due: { instant: ms(now) + 2 * hour } }] }] } as never
    const value: Operand = { get: 'count', of: { records: ['steps'], by: 'due', window: soon } }
    expect(moves(exists({ get: 'sum', of: { records: ['deals'] }, value }), { records })).toBe(hour)
    expect(moves(exists({ get: 'sum', of: { records: ['deals'] }, value: 3 }), { records })).toBe(Infinity)
  })
})

describe('sequences', () => {
  it('move as their events happen, and as the time of what must not happen is over', () => {
    const steps = [{ of: visits() }, { of: { events: 'purchase' }, within: '1h' }] as const
    expect(moves({ op: 'sequence', steps }, visitsAt(-1, 3))).toBe(3 * hour)
    expect(moves({ op: 'sequence', steps }, visitsAt(-1))).toBe(Infinity)
    // That something must happen soon is over before it can come about.
    const soon = [{ of: visits() }, { of: { events: 'purchase' }, within: '3h' }] as const
    expect(moves({ op: 'sequence', steps: soon }, visitsAt(-1))).toBe(Infinity)
    const between = [{ of: visits() }, { of: { events: 'purchase' }, not: true }, { of: visits() }] as const
    expect(moves({ op: 'sequence', steps: between }, visitsAt(-2, -1))).toBe(Infinity)
    const without = [{ of: visits() }, { of: { events: 'purchase' }, not: true, within: '3h' }] as const
    expect(moves({ op: 'sequence', steps: without }, visitsAt(-2, -1))).toBe(hour)
    expect(moves({ op: 'sequence', steps: without }, visitsAt(-4, -3))).toBe(Infinity)
    expect(moves({ op: 'sequence', steps: without }, visitsAt(-1, 1))).toBe(hour)
  })
})
