import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createEngine, events, isCoterieError, matches, records, type EventInput, type Rule } from 'coterie'
import { runs } from '../runs.js'

/*
 * Held to the plain evaluator, of segments that ask in many ways how many events of a type there are:
 * 1. After each event that comes, is corrected or goes, now, in the past or ahead, each segment has whom its rule holds for.
 * 2. So it is after the clock moved, after rules came and went, and after events were folded away.
 */

const day = 86_400_000
const start = Date.parse('2026-03-01T12:00:00Z')
const visits = events('visit')

const windows = [
  visits,
  visits.inLast('1d'),
  visits.inLast('3d'),
  visits.inLast('36h'),
  visits.moreThanAgo('1d'),
  visits.betweenAgo('2d', '4d'),
  visits.inCalendar({ period: 'this', unit: 'week' }),
  // Before it begins there are events that lie between now and then.
  visits.from(start + 1.5 * day).to(start + 3 * day),
]
const rule: fc.Arbitrary<Rule> = fc
  .tuple(fc.constantFrom(...windows), fc.integer({ min: 0, max: 3 }), fc.nat(6))
  .map(([of, count, shape]) => {
    const number = of.count()
    switch (shape) {
      case 0:
        return of.exists()
      case 1:
        return number.equals(count)
      case 2:
        return number.greaterThan(count - 0.5)
      case 3:
        return number.between(count, count + 1)
      case 4:
        return number.lessThan(count)
      case 5:
        return number.in([0, count])
      default:
        return number.atLeast(count)
    }
  })

type Step =
  | { readonly do: 'record'; readonly id: number; readonly days: number }
  | { readonly do: 'correct'; readonly id: number; readonly days: number }
  | { readonly do: 'remove'; readonly id: number }
  | { readonly do: 'advance'; readonly days: number }
  | { readonly do: 'define'; readonly segment: number; readonly rule: Rule }
  | { readonly do: 'fold' }

const id = fc.nat(5)
const days = fc.constantFrom(-5, -3, -2, -1.5, -1, -0.5, 0, 0, 0, 1, 1.5)
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('record' as const), id, days }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('correct' as const), id, days }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), id }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('advance' as const), days: fc.constantFrom(0.5, 1) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('define' as const), segment: fc.nat(5), rule }) },
  { weight: 1, arbitrary: fc.constant({ do: 'fold' as const }) },
)

describe('how many events there are', () => {
  it('is known after whatever happened to them (1, 2)', () => {
    const property = fc.property(
      fc.array(rule, { maxLength: 6 }),
      fc.array(step, { maxLength: 20 }),
      (rules, steps) => {
        const engine = createEngine({ now: start, maxAhead: '7d' })
        engine.contacts.put({ id: 'ada' })
        const live = new Map<string, Rule>()
        const define = (segment: number, asked: Rule): void => {
          try {
            engine.segments.define({ id: `s${String(segment)}`, rule: asked })
          } catch (error) {
            // One may come too late: what it asks about is folded away, and no rule was there for which it was kept.
            if (isCoterieError(error) && error.code === 'RULE_NEEDS_FOLDED') return
            throw error
          }
          live.set(`s${String(segment)}`, asked)
        }
        for (const [segment, asked] of rules.entries()) define(segment, asked)
        for (const each of steps) {
          take(engine, each, define)
          const ada = engine.contacts.get('ada')
          for (const [segment, asked] of live) {
            const holds = ada !== undefined && matches(asked, ada, { now: engine.now })
            if (engine.segments.has(segment, 'ada') !== holds) expect([each, asked]).toBe('known')
          }
        }
      },
    )
    fc.assert(property, { numRuns: runs(150) })
  })

  it('goes up and down with each that comes and goes (1)', () => {
    const engine = createEngine({ now: start })
    engine.contacts.put({ id: 'ada' })
    const large = visits.where((visit) => visit.property('pages').atLeast(5))
    const rules = [0, 1, 2, 3].flatMap((n): readonly (readonly [string, Rule])[] => [
      [`at least ${String(n)}`, visits.count().atLeast(n)],
      [`more than ${String(n)}`, visits.count().greaterThan(n)],
      [`fewer than ${String(n)}`, visits.count().lessThan(n)],
      [`just ${String(n)} lately`, visits.inLast('3d').count().equals(n)],
      [`at least ${String(n)} large`, large.count().atLeast(n)],
      [`at least ${String(n)} deals`, records('deals').count().atLeast(n)],
    ])
    for (const [id, each] of rules) engine.segments.define({ id, rule: each })
    const expectAll = (all: number, ofLarge: number, deals: number): void => {
      const wanted = [0, 1, 2, 3].flatMap((n) => [
        ...(all >= n ? [`at least ${String(n)}`] : []),
        ...(all > n ? [`more than ${String(n)}`] : []),
        ...(all < n ? [`fewer than ${String(n)}`] : []),
        ...(all === n ? [`just ${String(n)} lately`] : []),
        ...(ofLarge >= n ? [`at least ${String(n)} large`] : []),
        ...(deals >= n ? [`at least ${String(n)} deals`] : []),
      ])
      expect(engine.segments.of('ada')).toEqual(wanted)
    }
    for (const n of [1, 2, 3]) {
      engine.events.record('ada', { type: 'visit', id: String(n), properties: { pages: n === 2 ? 1 : 9 } })
      expectAll(n, n === 1 ? 1 : n - 1, n - 1)
      engine.records.put('ada', 'deals', { id: String(n) })
      expectAll(n, n === 1 ? 1 : n - 1, n)
    }
    for (const n of [3, 2, 1]) {
      engine.events.remove('ada', String(n))
      expectAll(n - 1, n === 1 ? 0 : 1, 3)
    }
    for (const n of [3, 2, 1]) {
      engine.records.remove('ada', 'deals', String(n))
      expectAll(0, 0, n - 1)
    }
  })

  it('knows of one of two at an instant when the other is taken away (1, 2)', () => {
    const engine = createEngine({ now: start })
    engine.contacts.put({ id: 'ada' })
    engine.segments.define({ id: 'lately', rule: visits.inLast('1d').exists() })
    for (const id of ['1', '2']) engine.events.record('ada', { type: 'visit', id })
    engine.events.remove('ada', '1')
    expect(engine.segments.of('ada')).toEqual(['lately'])
    expect(engine.nextDueAt()).toBe(start + day)
    engine.advanceTo(start + day)
    expect(engine.segments.of('ada')).toEqual([])
  })

  it('leaves out those that have not happened, also where a rule comes after them (1, 2)', () => {
    const engine = createEngine({ now: start, maxAhead: '7d' })
    engine.contacts.put({ id: 'ada' })
    engine.events.record('ada', { type: 'visit', at: start + day })
    engine.segments.define({ id: 'some', rule: visits.exists() })
    engine.segments.define({ id: 'one', rule: visits.count().equals(1) })
    engine.segments.define({ id: 'lately', rule: visits.inLast('3d').count().atLeast(1) })
    expect(engine.segments.of('ada')).toEqual([])
    engine.advanceTo(start + day)
    expect(engine.segments.of('ada')).toEqual(['some', 'one', 'lately'])
  })
})

function take(
  engine: ReturnType<typeof createEngine>,
  each: Step,
  define: (segment: number, rule: Rule) => void,
): void {
  const event = (of: { readonly id: number; readonly days: number }): EventInput => ({
    type: 'visit',
    at: engine.now + of.days * day,
  })
  try {
    switch (each.do) {
      case 'record':
        engine.apply({ type: 'event.record', contact: 'ada', event: { ...event(each), id: String(each.id) } })
        break
      case 'correct':
        engine.apply({ type: 'event.correct', contact: 'ada', id: String(each.id), event: event(each) })
        break
      case 'remove':
        engine.apply({ type: 'event.remove', contact: 'ada', id: String(each.id) })
        break
      case 'advance':
        engine.advanceTo(engine.now + each.days * day)
        break
      case 'define':
        define(each.segment, each.rule)
        break
      case 'fold':
        engine.apply({ type: 'event.fold', before: engine.now - 5 * day })
    }
  } catch (error) {
    const { code } = error as { readonly code?: string }
    if (code !== 'EVENT_UNKNOWN' && code !== 'EVENT_TOO_OLD' && code !== 'CHANGE_INVALID') throw error
  }
}
