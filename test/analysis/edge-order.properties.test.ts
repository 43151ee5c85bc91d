import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isNeverAfter } from '../../src/analysis/edge-order.js'
import { windowEnds, type MovingEdge } from '../../src/analysis/moving-edge.js'
import { DAY } from '../../src/base/civil.js'
import { durationOf, type DurationText } from '../../src/base/duration.js'
import { timeZone } from '../../src/base/time-zone.js'
import { edgesOf, type Edge, type Window } from '../../src/base/window.js'
import { WEEKDAYS, type CalendarUnit } from '../../src/base/calendar-period.js'
import { runs } from '../runs.js'

/*
 * 1. An edge that is said never to be after another is not, at any of many instants: around changes of clocks, ends of months and
 *    leap days, and at both ends of time.
 * 2. From an instant on, an edge that stands is where it is said to be.
 */

const zones = ['UTC', 'Europe/Berlin', 'Pacific/Apia', 'America/Sao_Paulo', 'Asia/Kathmandu', 'Asia/Manila']

const durations: readonly DurationText[] = [
  '0ms',
  '1ms',
  '12h',
  '1d',
  '2d',
  '7d',
  '27d',
  '30d',
  '32d',
  '364d',
  '366d',
  'P0M',
  'P1M',
  'P2M',
  'P12M',
  'P13M',
]
const exact = durations.filter((text) => !text.startsWith('P'))

const windows: fc.Arbitrary<Window> = fc.oneof(
  fc.record({
    window: fc.constantFrom('inLast' as const, 'inNext' as const, 'moreThanAgo' as const),
    duration: fc.constantFrom(...durations).map(durationOf),
  }),
  fc
    .tuple(fc.constantFrom(...exact), fc.constantFrom(...exact))
    .map(([from, to]): Window => ({ window: 'betweenAgo', from: durationOf(from), to: durationOf(to) })),
  fc.record({
    window: fc.constant('calendar' as const),
    period: fc.oneof(
      fc.record({
        period: fc.constant('this' as const),
        unit: fc.constantFrom<CalendarUnit>('day', 'week', 'month', 'quarter', 'year'),
      }),
      fc.record({
        period: fc.constantFrom('last' as const, 'next' as const),
        unit: fc.constantFrom<CalendarUnit>('day', 'week', 'month', 'quarter', 'year'),
        count: fc.integer({ min: 1, max: 4 }),
        current: fc.boolean(),
      }),
      fc.constantFrom({ period: 'year' as const, year: 2024 }, { period: 'month' as const, year: 2026, month: 1 }),
    ),
    weekStartsOn: fc.constantFrom(...WEEKDAYS),
  }),
)

interface Both {
  readonly edge: MovingEdge
  readonly real: Edge
}

const edges: fc.Arbitrary<Both> = fc
  .tuple(windows, fc.constantFrom(...zones), fc.boolean())
  .map(([window, zone, isFrom]) => {
    const [ends, real] = [windowEnds(window, zone), edgesOf(window, timeZone(zone))]
    return isFrom ? { edge: ends.from, real: real.from } : { edge: ends.to, real: real.to }
  })

const turns = [
  '2011-12-29',
  '2024-02-28',
  '2024-12-31',
  '2025-03-01',
  '2026-01-29',
  '2026-03-28',
  '2017-10-14',
  '1844-12-30',
].map((day) => Date.parse(day))
const nows = fc.oneof(
  fc
    .tuple(fc.constantFrom(...turns), fc.integer({ min: 0, max: 8 * 24 * 4 }))
    .map(([day, quarters]) => day + quarters * 900_000),
  fc.tuple(fc.constantFrom(...turns), fc.nat(DAY)).map(([day, ms]) => day + ms),
  fc.constantFrom(-8.64e15, 8.64e15, 8.64e15 - 40 * DAY),
)

describe('the order of edges', () => {
  it('is theirs at every instant', { timeout: 600_000 }, () => {
    let ordered = 0
    const property = fc.property(
      edges,
      edges,
      fc.array(nows, { minLength: 40, maxLength: 60 }),
      (one, other, instants) => {
        if (!isNeverAfter(one.edge, other.edge, undefined)) return
        ordered += 1
        for (const now of instants) {
          if (one.real.boundAt(now) <= other.real.boundAt(now)) continue
          throw new Error(`${JSON.stringify(one.edge)} is after ${JSON.stringify(other.edge)} at ${String(now)}`)
        }
      },
    )
    fc.assert(property, { numRuns: runs(2000) })
    expect(ordered).toBeGreaterThan(runs(2000) / 20)
  })

  it('with an edge that stands holds from an instant on', { timeout: 600_000 }, () => {
    const property = fc.property(
      edges,
      edges,
      nows,
      fc.array(fc.nat(400 * DAY), { minLength: 20 }),
      (one, other, since, later) => {
        if (!isNeverAfter(one.edge, other.edge, since)) return
        for (const ms of later) {
          const now = Math.min(since + ms, 8.64e15)
          if (one.real.boundAt(now) <= other.real.boundAt(now)) continue
          throw new Error(`${JSON.stringify(one.edge)} is after ${JSON.stringify(other.edge)} at ${String(now)}`)
        }
      },
    )
    fc.assert(property, { numRuns: runs(1000) })
  })
})
