import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { viewOf } from '../../src/contacts/contact-view.js'
import { compareEvents, type ContactEvent } from '../../src/contacts/event.js'
import type { Value } from '../../src/contacts/value.js'
import { LeafIndex } from '../../src/predicates/leaf-index.js'
import type { Subject } from '../../src/predicates/subject.js'
import { ScopedSides } from '../../src/predicates/sides.js'
import { WindowClock } from '../../src/predicates/window-clock.js'
import type { EventItems, LeafRule } from '../../src/rules/ast.js'
import { holds } from '../../src/rules/evaluate.js'
import type { Scope } from '../../src/rules/scope.js'
import { runs } from '../runs.js'

/*
 * Held to asking every leaf of every contact at every instant that counts:
 * 1. Between two due instants no truth changes.
 * 2. At a due instant what is visited tells every leaf and contact whose truth changes, and no other.
 * 3. What is watched no longer waits for nothing.
 */

const timeZone = 'Europe/Berlin'
const hour = 3_600_000
/** The evening before clocks go forward. */
const start = Date.parse('2026-03-28T20:00:00Z')
const left = { get: 'attribute', name: 'date' } as const
const big = { op: 'atLeast', left: { get: 'property', name: 'n' }, right: 2 } as const
const visits = (rest: Omit<EventItems, 'events'> = {}): EventItems => ({ events: 'visit', ...rest })
const lastDay = { window: 'inLast', duration: '1d' } as const
const n = { get: 'property', name: 'n' } as const

const leaves: readonly LeafRule[] = [
  { op: 'inLast', left, duration: '1d' },
  { op: 'inLast', left, duration: 'P1M', timeZone },
  { op: 'moreThanAgo', left, duration: '36h' },
  { op: 'inNext', left, duration: '1d' },
  { op: 'betweenAgo', left, from: '1h', to: '2d' },
  { op: 'inCalendar', left, period: { period: 'this', unit: 'day' }, timeZone },
  { op: 'inCalendar', left, period: { period: 'last', unit: 'day', count: 2, current: false }, timeZone },
  { op: 'anniversaryIn', left, days: 2, current: true, timeZone },
  { op: 'some', of: visits() },
  { op: 'some', of: visits({ window: lastDay }) },
  { op: 'some', of: visits({ window: lastDay, where: big }) },
  { op: 'atLeast', left: { get: 'count', of: visits({ window: lastDay }) }, right: 2 },
  {
    op: 'atMost',
    left: { get: 'count', of: visits({ window: { window: 'moreThanAgo', duration: '24h' } }) },
    right: 1,
  },
  { op: 'some', of: visits({ window: { window: 'betweenAgo', from: '6h', to: '2d' } }) },
  { op: 'some', of: visits({ window: { window: 'inLast', duration: 'P1M', timeZone } }) },
  {
    op: 'some',
    of: visits({ window: { window: 'inCalendar', period: { period: 'this', unit: 'day' }, timeZone } }),
  },
  { op: 'some', of: visits({ window: { window: 'absolute', from: start, to: start + 3 * hour } }) },
  { op: 'greaterThan', left: { get: 'sum', of: visits({ window: lastDay }), value: n }, right: 3 },
  {
    op: 'lessThan',
    left: { get: 'count', of: visits({ window: lastDay }) },
    right: { get: 'count', of: visits({ window: { window: 'betweenAgo', from: '1d', to: '2d' } }) },
  },
  { op: 'moreThanAgo', left: { get: 'last', of: visits() }, duration: '12h' },
  { op: 'inLast', left: { get: 'first', of: visits({ where: big }) }, duration: '1d' },
  {
    op: 'inCalendar',
    left: { get: 'nth', of: visits(), n: 2 },
    period: { period: 'last', unit: 'day', count: 1, current: false },
    timeZone,
  },
  {
    op: 'atLeast',
    left: {
      get: 'length',
      of: { get: 'last', of: visits({ window: lastDay }), value: { get: 'property', name: 'list' } },
    },
    right: 2,
  },
  {
    op: 'inLast',
    left: { get: 'last', of: visits({ window: lastDay }), value: { get: 'property', name: 'on' } },
    duration: '5h',
  },
  { op: 'inLast', left: { get: 'later', of: { get: 'last', of: visits() }, duration: '3h' }, duration: '1h' },
  {
    op: 'some',
    of: visits({ where: { op: 'inLast', left: { get: 'property', name: 'on' }, duration: '5h' } }),
  },
  {
    op: 'sequence',
    steps: [{ of: visits() }, { of: visits({ where: big }), not: true, within: '4h' }],
  },
]

interface Given {
  readonly date: Value | undefined
  readonly events: readonly ContactEvent[]
}

const instant = fc.integer({ min: -60, max: 60 }).map((hours) => start + hours * hour)
const date = fc.oneof<fc.Arbitrary<Value | undefined>[]>(
  instant.map((each) => ({ instant: each })),
  fc.constantFrom({ day: '2026-03-28' }, { day: '2026-03-29' }, { day: '1990-03-30' }),
  fc.constant(undefined),
)
const event = fc.record({
  type: fc.constant('visit'),
  at: instant,
  properties: fc.record(
    {
      n: fc.integer({ min: 1, max: 3 }),
      on: instant.map((each) => ({ instant: each })),
      list: fc.constantFrom<(readonly string[])[]>(['a'], ['a', 'b']),
    },
    { requiredKeys: [] },
  ),
})
const events = fc.array(event, { maxLength: 4 }).map((some) => inOrder(some))
const steps = fc.array(
  fc.oneof(
    fc.record({ ordinal: fc.nat(2), date }),
    fc.record({ ordinal: fc.nat(2), events }),
    fc.record({ ordinal: fc.nat(2), event }),
    // All of it at once, as where a contact comes or goes.
    fc.record({ ordinal: fc.nat(2), date, events }),
    fc.record({ ordinal: fc.nat(2), date: fc.constant(undefined), events: fc.constant([]) }),
    fc.constant('advance' as const),
  ),
  { maxLength: 25 },
)

function inOrder(some: readonly ContactEvent[]): readonly ContactEvent[] {
  const held = some.map((event, arrival) => ({ event, at: event.at, arrival })).sort(compareEvents)
  return held.map(({ event }) => event)
}

function scopeOf({ date: value, events: some }: Given, now: number): Scope {
  const attributes = value === undefined ? {} : { date: value }
  const contact = viewOf({ id: 'ada', attributes, tags: [], events: some, records: {} })
  return { contact, now, timeZone, inSegment: () => false }
}

describe('the clock of windows', () => {
  it('visits whatever time flips, when it does (1, 2, 3)', () => {
    const property = fc.property(fc.subarray([...leaves], { minLength: 1, maxLength: 6 }), steps, (rules, script) => {
      const clock = new WindowClock<Subject<string>>(timeZone)
      const index = new LeafIndex<string>()
      const contacts = new Map<number, Given>([0, 1, 2].map((ordinal) => [ordinal, { date: undefined, events: [] }]))
      let now = start
      const { added, subjectsAdded } = index.replace('owner', undefined, { op: 'any', rules })
      const viewOfOne = (ordinal: number) =>
        scopeOf(contacts.get(ordinal) ?? { date: undefined, events: [] }, now).contact
      const stored = () => [...contacts.keys()].map((ordinal) => ({ ordinal, view: viewOfOne(ordinal) }))
      for (const subject of subjectsAdded) clock.watch(subject, stored, now)

      const truths = (at: number): ReadonlyMap<string, boolean> => {
        const found = new Map<string, boolean>()
        for (const { key, rule } of added) {
          for (const [ordinal, given] of contacts) found.set(`${key} of ${ordinal}`, holds(rule, scopeOf(given, at)))
        }
        return found
      }
      const advance = (): void => {
        const next = clock.nextAt
        const until = next ?? now + 100 * hour
        const before = truths(now)
        expect(truths(until - 1)).toEqual(before)
        if (next === undefined) return
        now = next
        const flipped = new Map<string, boolean>()
        clock.takeDue(now, viewOfOne, (subject, ordinal) => {
          const given = contacts.get(ordinal) ?? { date: undefined, events: [] }
          const counters = { leafTests: 0, flips: 0 }
          subject.visitFlips(new ScopedSides(scopeOf(given, now - 1), scopeOf(given, now)), counters, ({ key }, is) =>
            flipped.set(`${key} of ${ordinal}`, is),
          )
        })
        const wanted = [...truths(now)].filter(([each, truth]) => truth !== before.get(each))
        expect(flipped).toEqual(new Map(wanted))
        expect(clock.nextAt ?? Infinity).toBeGreaterThan(now)
      }

      for (const step of script) {
        if (step === 'advance') {
          advance()
          continue
        }
        const before = contacts.get(step.ordinal) ?? { date: undefined, events: [] }
        const after = {
          date: 'date' in step ? step.date : before.date,
          events:
            'events' in step ? step.events : 'event' in step ? inOrder([...before.events, step.event]) : before.events,
        }
        contacts.set(step.ordinal, after)
        if ('date' in step && 'events' in step) {
          const viewIfThere = (given: Given) =>
            given.date === undefined && given.events.length === 0 ? undefined : scopeOf(given, now).contact
          clock.contactChanged(step.ordinal, viewIfThere(before), viewIfThere(after), 'all', now)
          continue
        }
        const nothing = new Map<string, never>()
        const came = after.events.filter((each) => !before.events.includes(each))
        const went = before.events.filter((each) => !after.events.includes(each))
        const changed = {
          attributes: new Set('date' in step ? ['date'] : []),
          tags: nothing,
          events: new Map('date' in step ? [] : [['visit', { came, went }]]),
          records: nothing,
        }
        clock.contactChanged(step.ordinal, scopeOf(before, now).contact, scopeOf(after, now).contact, changed, now)
      }
      for (let i = 0; i < 10; i++) advance()
      for (const subject of subjectsAdded) clock.unwatch(subject)
      expect(clock.nextAt).toBeUndefined()
    })
    fc.assert(property, { numRuns: runs(400) })
  })
})
