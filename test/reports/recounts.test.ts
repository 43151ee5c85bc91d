// Every report equals a recount that is written as plainly as can be, from the contacts as the engine gives them out, or
// from all transitions there were. Over generated contacts, segments, changes and clocks.

import { createEngine, days, matches, type Engine, type Rule, type Transition } from 'coterie'
import { dwell, engagement, growth, overlap, retention, sizes, track, conversion, aggregate } from 'coterie/reports'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rules } from '../arbitraries/rules.js'
import { scripts } from '../arbitraries/scripts.js'
import { onAnyStage } from '../arbitraries/stages.js'
import { doStep, engineIn, membersOf, play, worldOf } from '../properties/playing.js'
import { runs } from '../runs.js'

/** Those a rule holds for now, by the plain evaluator. */
function heldBy(engine: Engine, rule: Rule | undefined): readonly string[] {
  const { now, timeZone, schema = {} } = engine
  return engine.contacts
    .ids()
    .filter((id) => rule === undefined || matches(rule, engine.contacts.get(id) ?? { id }, { now, timeZone, schema }))
}

const games = onAnyStage((stage) =>
  fc.record({
    script: scripts(worldOf(stage)),
    within: fc.option(rules(worldOf(stage)), { nil: undefined }),
    skip: fc.nat({ max: 10 }),
  }),
)
const only = (within: Rule | undefined): { within?: Rule } => (within === undefined ? {} : { within })

describe('from the contacts', () => {
  it('sizes and overlaps of segments and tags', () => {
    fc.assert(
      fc.property(games, fc.constantFrom('segments' as const, 'tags' as const), ([stage, { script, within }], by) => {
        const engine = engineIn(stage)
        play(engine, script)
        const people = heldBy(engine, within)
        const tags = [...new Set(engine.contacts.ids().flatMap((id) => engine.tags.of(id).map(({ tag }) => tag)))]
        const names = by === 'segments' ? engine.segments.ids() : tags.sort((a, b) => (a < b ? -1 : 1))
        const isIn = (name: string, id: string): boolean =>
          by === 'segments' ? membersOf(engine, name).includes(id) : engine.tags.has(id, name)
        const own = people.map((id) => names.filter((name) => isIn(name, id)))

        const found = sizes(engine, { by, ...only(within) })
        expect(found.contacts).toBe(people.length)
        expect(found.rows).toEqual(
          names.map((name) => {
            const count = own.filter((all) => all.includes(name)).length
            return { name, count, share: people.length === 0 ? 0 : count / people.length }
          }),
        )
        expect(found.inSoMany).toEqual(
          [...names, ''].map((_, many) => own.filter(({ length }) => length === many).length),
        )

        const lapped = overlap(engine, { by, ...only(within) })
        expect(lapped.both).toEqual(
          names.map((row) =>
            names.map((column) => own.filter((all) => all.includes(row) && all.includes(column)).length),
          ),
        )
        expect(lapped.regions.reduce((sum, { count }) => sum + count, 0)).toBe(people.length)
        for (const { groups, count } of lapped.regions)
          expect(count).toBe(own.filter((all) => all.join() === groups.join()).length)
      }),
      { numRuns: runs(120) },
    )
  })

  const crowds = fc.array(
    fc.record({
      group: fc.constantFrom('a', 'b'),
      spent: fc.option(fc.constantFrom(0.1, 0.2, 0.7, 3, -5), { nil: undefined }),
      events: fc.array(
        fc.record({
          day: fc.nat({ max: 120 }),
          type: fc.constantFrom('visit', 'purchase'),
          amount: fc.nat({ max: 3 }),
        }),
        { maxLength: 6 },
      ),
    }),
    { maxLength: 8 },
  )
  const day = 86_400_000
  const start = Date.parse('2026-01-01')
  type Crowd = typeof crowds extends fc.Arbitrary<infer T> ? T : never

  function played(crowd: Crowd, until: number): Engine {
    const engine = createEngine({ now: start })
    for (const name of ['a', 'b']) engine.segments.define({ id: name, rule: { op: 'hasTag', tag: name } })
    for (const [place, { group, spent, events }] of crowd.entries()) {
      const id = `c${String(place)}`
      engine.contacts.put({ id, attributes: { spent } })
      engine.tags.add(id, group)
      for (const { day: on, type, amount } of events)
        engine.events.record(id, { type, at: start + on * day, properties: { amount } })
    }
    engine.advanceTo(start + until * day)
    return engine
  }
  /** The days of a contact's events of a type that have happened, in order. */
  const daysOf = (one: Crowd[number] | undefined, type: string, until: number): readonly number[] =>
    (one?.events ?? [])
      .flatMap((event) => (event.type === type && event.day <= until ? event.day : []))
      .sort((a, b) => a - b)
  const event = (type: string): Rule => ({ op: 'some', of: { events: type } })

  it('aggregates, exact to the cent', () => {
    fc.assert(
      fc.property(crowds, (crowd) => {
        const { rows } = aggregate(played(crowd, 0), { of: 'spent' })
        for (const { name, contacts, values, sum, average, minimum, maximum, median } of rows) {
          const all = crowd.filter(({ group }) => group === name)
          const tenths = all
            .flatMap(({ spent }) => (spent === undefined ? [] : Math.round(spent * 10)))
            .sort((a, b) => a - b)
          expect([contacts, values]).toEqual([all.length, tenths.length])
          expect(sum).toBe(tenths.reduce((total, one) => total + one, 0) / 10)
          if (tenths.length === 0) {
            expect([average, minimum, maximum, median]).toEqual([undefined, undefined, undefined, undefined])
            continue
          }
          expect(average).toBe(sum / tenths.length)
          expect([minimum, maximum]).toEqual([(tenths[0] ?? 0) / 10, (tenths.at(-1) ?? 0) / 10])
          const middle = [tenths[(tenths.length - 1) >> 1] ?? 0, tenths[tenths.length >> 1] ?? 0]
          expect(median).toBeCloseTo(((middle[0] ?? 0) + (middle[1] ?? 0)) / 20, 9)
        }
      }),
      { numRuns: runs(150) },
    )
  })

  it('conversion from one event to another within a time', () => {
    fc.assert(
      fc.property(crowds, fc.nat({ max: 130 }), fc.integer({ min: 1, max: 40 }), (crowd, until, time) => {
        const report = conversion(played(crowd, until), {
          from: event('visit'),
          goal: event('purchase'),
          time: days(time),
        })
        for (const { name, started, reached, open, rate } of report.rows) {
          const all = crowd.filter(({ group }) => group === name)
          const began = all.filter((one) => daysOf(one, 'visit', until).length > 0)
          const first = (one: Crowd[number]): number => daysOf(one, 'visit', until)[0] ?? 0
          const over = began.filter((one) => first(one) + time <= until)
          const got = over.filter((one) =>
            daysOf(one, 'purchase', until).some((on) => on > first(one) && on <= first(one) + time),
          )
          expect([started, reached, open]).toEqual([over.length, got.length, began.length - over.length])
          expect(rate).toBe(over.length === 0 ? 0 : got.length / over.length)
        }
      }),
      { numRuns: runs(150) },
    )
  })

  it('retention of monthly cohorts', () => {
    fc.assert(
      fc.property(crowds, fc.nat({ max: 130 }), (crowd, until) => {
        const monthOf = (on: number): number => new Date(start + on * day).getUTCMonth()
        const { cohorts } = retention(played(crowd, until), { start: event('visit'), active: event('purchase') })
        const now = monthOf(until)
        const firsts = crowd.map((one) => daysOf(one, 'visit', until)[0])
        const known = firsts.filter((first) => first !== undefined)
        const earliest = Math.min(...known.map(monthOf))
        expect(cohorts).toHaveLength(known.length === 0 ? 0 : now - earliest + 1)
        for (const [place, { size, active, label }] of cohorts.entries()) {
          const month = earliest + place
          expect(label).toBe(`2026-0${String(month + 1)}-01`)
          const those = crowd.filter((_, at) => firsts[at] !== undefined && monthOf(firsts[at]) === month)
          expect(size).toBe(those.length)
          expect(active).toEqual(
            Array.from({ length: now - month + 1 }, (_, after) =>
              month + after >= now
                ? null
                : those.filter((one) =>
                    daysOf(one, 'purchase', until).some(
                      (on) => on > (daysOf(one, 'visit', until)[0] ?? 0) && monthOf(on) === month + after,
                    ),
                  ).length,
            ),
          )
        }
      }),
      { numRuns: runs(150) },
    )
  })

  it('engagement, each score by how many do worse', () => {
    fc.assert(
      fc.property(crowds, fc.nat({ max: 130 }), fc.integer({ min: 2, max: 5 }), (crowd, until, scores) => {
        const report = engagement(played(crowd, until), {
          event: event('purchase'),
          value: 'amount',
          window: '60d',
          scores,
        })
        const facts = crowd.map((one) => {
          const those = one.events.filter(({ type, day: on }) => type === 'purchase' && on <= until && on > until - 60)
          return {
            last: Math.max(...those.map(({ day: on }) => on)),
            frequency: those.length,
            monetary: those.reduce((sum, { amount }) => sum + amount, 0),
          }
        })
        const active = facts.filter(({ frequency }) => frequency > 0)
        const score = (value: number, all: readonly number[]): number =>
          1 + Math.floor((scores * all.filter((other) => other < value).length) / all.length)
        for (const [place, found] of report.contacts.entries()) {
          const own = facts[place]
          expect([found.frequency, found.monetary]).toEqual([own?.frequency, own?.monetary])
          expect(found.scores).toEqual(
            own === undefined || own.frequency === 0
              ? undefined
              : {
                  recency: score(
                    own.last,
                    active.map(({ last }) => last),
                  ),
                  frequency: score(
                    own.frequency,
                    active.map(({ frequency }) => frequency),
                  ),
                  monetary: score(
                    own.monetary,
                    active.map(({ monetary }) => monetary),
                  ),
                },
          )
          expect(found.level === 'none').toBe(own?.frequency === 0)
        }
        expect(Object.values(report.levels).reduce((sum, count) => sum + count, 0)).toBe(crowd.length)
        expect(report.chart.values.flat().reduce((sum: number, one) => sum + (one ?? 0), 0)).toBe(active.length)
      }),
      { numRuns: runs(150) },
    )
  })
})

describe('from the transitions', () => {
  it('growth: who entered and left by period and cause, and the sizes forward from the beginning', () => {
    const periods = fc.constantFrom('day' as const, 'week' as const, 'month' as const)
    fc.assert(
      fc.property(games, periods, ([stage, { script, within, skip }], period) => {
        const engine = engineIn(stage)
        for (const step of script.slice(0, skip)) doStep(engine, step)
        const before = new Map(engine.segments.ids().map((id) => [id, membersOf(engine, id)]))
        const tracker = track(engine, { keep: 'all' })
        const journal: Transition[] = []
        engine.on('transition', (transition) => journal.push(transition))
        for (const step of script.slice(skip)) doStep(engine, step)
        const people = heldBy(engine, within)
        const isCounted = (id: string): boolean => within === undefined || people.includes(id)
        const options = { period, ...only(within) }
        const report = growth(engine, tracker, options)
        // A journal of the same transitions says the same as the tracker, and its daily counts as its moves.
        expect(growth(engine, { since: tracker.since, moves: journal }, options).rows).toEqual(report.rows)
        for (const { segment, periods: found } of report.rows) {
          // Members by whose going and coming every size is found anew.
          const members = new Set((before.get(segment) ?? []).filter(isCounted))
          for (const { from, to, entered, left, net, size, causes } of found) {
            const moves = journal.filter(
              ({ segmentId, contactId, at }) => segmentId === segment && isCounted(contactId) && at >= from && at < to,
            )
            for (const { type, contactId } of moves)
              if (type === 'enter') members.add(contactId)
              else members.delete(contactId)
            expect(entered).toBe(moves.filter(({ type }) => type === 'enter').length)
            expect(left).toBe(moves.length - entered)
            expect(net).toBe(entered - left)
            if (within === undefined) expect(size).toBe(members.size)
            for (const [kind, flow] of Object.entries(causes)) {
              const own = moves.filter(({ cause }) => cause.kind === kind)
              expect(flow.entered + flow.left).toBe(own.length)
              expect(flow.entered).toBe(own.filter(({ type }) => type === 'enter').length)
            }
          }
          expect(found.at(-1)?.size).toBe(membersOf(engine, segment).filter(isCounted).length)
        }
      }),
      { numRuns: runs(120) },
    )
  })

  it('dwell times, with the length of each stay from one transition to the next', () => {
    fc.assert(
      fc.property(games, ([stage, { script, within }]) => {
        const engine = engineIn(stage)
        const tracker = track(engine, { keep: 'all' })
        const journal: Transition[] = []
        engine.on('transition', (transition) => journal.push(transition))
        play(engine, script)
        const people = heldBy(engine, within)
        const { rows } = dwell(engine, tracker, only(within))
        for (const { segment, ended, unknown, open, average, shortest, longest, lengths } of rows) {
          const begun = new Map<string, number>()
          const stays: number[] = []
          for (const { type, segmentId, contactId, at } of journal) {
            if (segmentId !== segment) continue
            if (type === 'enter') begun.set(contactId, at)
            else {
              if (within === undefined || people.includes(contactId)) stays.push(at - (begun.get(contactId) ?? NaN))
              begun.delete(contactId)
            }
          }
          expect([ended, unknown]).toEqual([stays.length, 0])
          expect(open).toBe(membersOf(engine, segment).filter((id) => people.includes(id)).length)
          if (stays.length > 0) {
            expect(average).toBeCloseTo(stays.reduce((sum, one) => sum + one, 0) / stays.length, 3)
            expect([shortest, longest]).toEqual([Math.min(...stays), Math.max(...stays)])
          }
          expect(lengths.reduce((sum, one) => sum + one, 0)).toBe(stays.length)
        }
      }),
      { numRuns: runs(120) },
    )
  })
})
