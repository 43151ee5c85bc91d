/*
 * Laws, for every kind of window, 22 zones, and clocks and values near each other, near changes of the zone and near
 * the starts of days:
 * 1. A value lies in the interval just when the window, as it is defined in words, holds for it.
 * 2. Neither edge goes back when now goes forward.
 * 3. crossing(v) is the least now at which the edge is past v: past it there, and not a millisecond before.
 * 4. A value lies in the window just when to.crossing(v) <= now < from.crossing(v).
 * 5. An edge's answers do not depend on what it was asked before.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WEEKDAYS } from '../../src/base/calendar-period.js'
import { DAY } from '../../src/base/civil.js'
import type { Duration } from '../../src/base/duration.js'
import { timeZone } from '../../src/base/time-zone.js'
import { edgesOf, intervalAt, type Edge, type Window } from '../../src/base/window.js'
import { runs } from '../runs.js'
import { anyPeriod, temporalPeriod } from './periods.js'
import { anyZone, epochDayOfPlain, instantIn, plainDate, temporalDayOf, temporalStartOfDay } from './zones.js'

const HOUR = 3_600_000
const FIRST = -8.64e15
const LAST = 8.64e15

/** What each window means, in the words of its definition. */
function holds(window: Window, zone: string, now: number, value: number): boolean {
  const today = () => plainDate(temporalDayOf(zone, now))
  const start = (date: ReturnType<typeof today>) => temporalStartOfDay(zone, epochDayOfPlain(date))
  const daysAgo = (months: number) => today().subtract({ months })
  switch (window.window) {
    case 'inLast':
      if (window.duration.kind === 'exact') return now - window.duration.ms < value && value <= now
      return start(daysAgo(window.duration.months)) <= value && value <= now
    case 'inNext':
      if (window.duration.kind === 'exact') return now < value && value <= now + window.duration.ms
      return now < value && value < start(today().add({ months: window.duration.months }).add({ days: 1 }))
    case 'moreThanAgo':
      if (window.duration.kind === 'exact') return value <= now - window.duration.ms
      return value < start(daysAgo(window.duration.months))
    case 'betweenAgo': {
      const { from: a, to: b } = window
      if (a.kind === 'exact' && b.kind === 'exact') return now - b.ms < value && value <= now - a.ms
      if (a.kind === 'calendar' && b.kind === 'calendar') {
        return start(daysAgo(b.months)) <= value && value < start(daysAgo(a.months))
      }
      throw new Error('a mixed window')
    }
    case 'absolute':
      return (window.from === undefined || value >= window.from) && (window.to === undefined || value < window.to)
    case 'calendar': {
      const { from, to } = temporalPeriod(window.period, today(), window.weekStartsOn)
      // What lies beyond all days lies beyond all values that are asked for.
      return (from === undefined || start(from) <= value) && (to === undefined || value < start(to))
    }
  }
}

const exactDuration = fc
  .oneof(fc.constantFrom(0, 1, 2, HOUR, DAY, 7 * DAY, 60 * DAY), fc.nat(400 * DAY))
  .map((ms): Duration => ({ kind: 'exact', ms }))
const calendarDuration = fc
  .oneof(fc.integer({ min: 0, max: 14 }), fc.nat(400))
  .map((months): Duration => ({ kind: 'calendar', months }))
const sizeOf = (duration: Duration): number => (duration.kind === 'exact' ? duration.ms : duration.months)
const inOrder = (one: Duration, other: Duration): Window =>
  sizeOf(one) <= sizeOf(other)
    ? { window: 'betweenAgo', from: one, to: other }
    : { window: 'betweenAgo', from: other, to: one }

const absoluteEnd = (now: number) =>
  fc.option(
    fc.integer({ min: -3 * DAY, max: 3 * DAY }).map((by) => now + by),
    { nil: undefined },
  )

const windowAround = (now: number): fc.Arbitrary<Window> =>
  fc.oneof(
    fc.record({
      window: fc.constantFrom('inLast' as const, 'inNext' as const, 'moreThanAgo' as const),
      duration: fc.oneof(exactDuration, calendarDuration),
    }),
    fc.tuple(exactDuration, exactDuration).map(([one, other]) => inOrder(one, other)),
    fc.tuple(calendarDuration, calendarDuration).map(([one, other]) => inOrder(one, other)),
    fc.record({ window: fc.constant('absolute' as const), from: absoluteEnd(now), to: absoluteEnd(now) }),
    {
      weight: 3,
      arbitrary: fc.record({
        window: fc.constant('calendar' as const),
        period: anyPeriod,
        weekStartsOn: fc.constantFrom(...WEEKDAYS),
      }),
    },
  )

const jitter = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.integer({ min: -2 * DAY, max: 2 * DAY }))

interface Case {
  readonly name: string
  readonly now: number
  readonly window: Window
  readonly by: number
}

const anyCase: fc.Arbitrary<Case> = anyZone.chain((name) =>
  instantIn(name).chain((now) => {
    // The start of a day is where calendar windows move.
    const clock = fc.constantFrom(now, temporalStartOfDay(name, temporalDayOf(name, now)))
    return fc.tuple(clock, jitter).chain(([at, wobble]) =>
      fc.record({
        name: fc.constant(name),
        now: fc.constant(Math.abs(wobble) <= 2 ? at + wobble : at),
        window: windowAround(now),
        by: jitter,
      }),
    )
  }),
)

/** Values worth asking about: near now and near both ends of the window. */
function valuesOf({ name, now, window, by }: Case): number[] {
  const { from, to } = intervalAt(window, timeZone(name), now)
  return [now, now + by, from, from - 1, from + by, to, to - 1, to + by].filter((value) => Math.abs(value) <= 8.63e15)
}

function expectAsDefined(sample: Case): void {
  const { name, now, window } = sample
  const { from, to } = intervalAt(window, timeZone(name), now)
  for (const value of valuesOf(sample)) {
    expect(from <= value && value < to).toBe(holds(window, name, now, value))
  }
}

const isPast = (edge: Edge, now: number, value: number): boolean => edge.boundAt(now) > value

describe('windows', () => {
  it('hold what their definitions say', () => {
    fc.assert(
      fc.property(anyCase, (sample) => {
        expectAsDefined(sample)
      }),
      { numRuns: runs(1500) },
    )
  })

  // Found by the property: for such days there are no dates to compare with.
  it.each(['last', 'next'] as const)('reach beyond all days: %s', (period) => {
    const now = period === 'next' ? 8_629_999_966_800_000 : -8_629_999_966_800_000
    const years = { period, unit: 'year', count: 317, current: false } as const
    expectAsDefined({
      name: 'Asia/Beirut',
      now,
      window: { window: 'calendar', period: years, weekStartsOn: 'monday' },
      by: 0,
    })
  })

  it('never go back', () => {
    fc.assert(
      fc.property(anyCase, fc.oneof(fc.nat(3), fc.nat(3 * DAY), fc.nat(800 * DAY)), ({ name, now, window }, later) => {
        const { from, to } = edgesOf(window, timeZone(name))
        expect(from.boundAt(now + later)).toBeGreaterThanOrEqual(from.boundAt(now))
        expect(to.boundAt(now + later)).toBeGreaterThanOrEqual(to.boundAt(now))
      }),
      { numRuns: runs(1500) },
    )
  })

  it('cross a value at the first instant at which they are past it', () => {
    fc.assert(
      fc.property(anyCase, (sample) => {
        const { name, now, window } = sample
        const { from, to } = edgesOf(window, timeZone(name))
        for (const value of valuesOf(sample)) {
          for (const edge of [from, to]) {
            const crossing = edge.crossing(value)
            if (crossing === Infinity) expect(isPast(edge, LAST, value)).toBe(false)
            else if (crossing === -Infinity) expect(isPast(edge, FIRST, value)).toBe(true)
            else {
              expect(isPast(edge, crossing, value)).toBe(true)
              expect(isPast(edge, crossing - 1, value)).toBe(false)
            }
            expect(isPast(edge, now, value)).toBe(now >= crossing)
          }
          const interval = intervalAt(window, timeZone(name), now)
          expect(to.crossing(value) <= now && now < from.crossing(value)).toBe(
            interval.from <= value && value < interval.to,
          )
        }
      }),
      { numRuns: runs(1500) },
    )
  })

  it('answer alike whatever they were asked before', () => {
    fc.assert(
      fc.property(
        anyCase,
        fc.array(fc.integer({ min: -40 * DAY, max: 40 * DAY }), { maxLength: 8 }),
        ({ name, now, window }, steps) => {
          const used = edgesOf(window, timeZone(name))
          for (const step of steps) {
            const fresh = edgesOf(window, timeZone(name))
            expect(used.from.boundAt(now + step)).toBe(fresh.from.boundAt(now + step))
            expect(used.to.boundAt(now + step)).toBe(fresh.to.boundAt(now + step))
            expect(used.from.crossing(now + step)).toBe(fresh.from.crossing(now + step))
            expect(used.to.crossing(now + step)).toBe(fresh.to.crossing(now + step))
          }
        },
      ),
      { numRuns: runs(300) },
    )
  })
})
