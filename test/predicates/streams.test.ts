import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DueQueue } from '../../src/base/due-queue.js'
import { shiftedEdge } from '../../src/base/window-edge.js'
import { viewOf } from '../../src/contacts/contact-view.js'
import type { ContactView } from '../../src/contacts/contact.js'
import { DateStream, type DateKey } from '../../src/predicates/date-stream.js'
import { EdgeCursor, instantScale } from '../../src/predicates/edge-cursor.js'
import type { EventEdge } from '../../src/predicates/event-edges.js'
import { EventStream, type EdgeTargets } from '../../src/predicates/event-stream.js'
import { runs } from '../runs.js'

/*
 * 1. As the clock goes forward, the watchers of an edge are asked once for each contact and instant of an event that the edge passes, whatever
 *    events came and went, and however many a contact has at one instant.
 * 2. Who no longer watches is not asked, and an edge that nobody watches waits for nothing.
 * 3. A contact's date stands in the order of its kind, once, and cursors of that kind wait for it.
 */

type Cursor = EdgeCursor<EdgeTargets<string>>

const type = 'visit'
const edges: readonly EventEdge[] = [0, 3, 7].map((length) => ({
  type,
  key: `${length} ago`,
  edge: shiftedEdge(1 - length),
}))

function viewWith(instants: readonly number[]): ContactView {
  const events = [...instants].sort((a, b) => a - b).map((at) => ({ type, at, properties: {} }))
  return viewOf({ id: 'ada', attributes: {}, tags: [], events, records: {} })
}

const ordinal = fc.nat(2)
const at = fc.integer({ min: -5, max: 20 })
const edge = fc.nat(edges.length - 1)
const target = fc.constantFrom('p', 'q')
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('came' as const), ordinal, at }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('went' as const), ordinal, pick: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('gone' as const), ordinal }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('watch' as const), isOn: fc.boolean(), edge, target }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('go' as const), by: fc.integer({ min: 1, max: 5 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('forget' as const) }) },
)

describe('events in the order of their instants', () => {
  it('pass the edges that are watched (1, 2)', () => {
    const property = fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const queue = new DueQueue<Cursor>()
      const stream = new EventStream<string>(type, queue)
      const events: number[][] = [[], [], []]
      const watched = edges.map(() => new Set<string>())
      let now = 0
      for (const one of steps) {
        if (one.do === 'watch') {
          if (one.isOn) stream.watch(edges[one.edge] as EventEdge, one.target, now)
          else stream.unwatch(edges[one.edge] as EventEdge, one.target)
          if (one.isOn) watched[one.edge]?.add(one.target)
          else watched[one.edge]?.delete(one.target)
        } else if (one.do === 'came') {
          const own = events[one.ordinal] as number[]
          own.push(one.at)
          stream.changed(one.ordinal, { came: [one], went: [] }, viewWith(own), now)
        } else if (one.do === 'went') {
          const own = events[one.ordinal] as number[]
          const [gone] = own.splice(one.pick % Math.max(1, own.length), 1)
          if (gone !== undefined) stream.changed(one.ordinal, { came: [], went: [{ at: gone }] }, viewWith(own), now)
        } else if (one.do === 'gone') {
          const own = events[one.ordinal] as number[]
          stream.changed(one.ordinal, { came: [], went: own.map((each) => ({ at: each })) }, undefined, now)
          own.length = 0
        } else if (one.do === 'forget') {
          stream.forgetBefore(now - 7)
          for (const [place, own] of events.entries()) events[place] = own.filter((each) => each >= now - 7)
        } else {
          const to = now + one.by
          const asked: string[] = []
          for (const due of queue.takeDue(to)) {
            due.cross(to, (who) => {
              for (const each of due.target) asked.push(`${each} ${who}`)
            })
          }
          const wanted = edges.flatMap(({ edge: each }, place) =>
            events.flatMap((own, who) =>
              [...new Set(own)]
                .filter((instant) => each.crossing(instant) > now && each.crossing(instant) <= to)
                .flatMap(() => [...(watched[place] ?? [])].map((name) => `${name} ${who}`)),
            ),
          )
          expect(asked.sort()).toEqual(wanted.sort())
          now = to
        }
        const dues = edges.flatMap(({ edge: each }, place) =>
          watched[place]?.size === 0 ? [] : events.flat().map((instant) => each.crossing(instant)),
        )
        const next = Math.min(...dues.filter((due) => due > now))
        expect(queue.nextAt ?? Infinity).toBe(next)
        expect(stream.isUnused).toBe(watched.every(({ size }) => size === 0))
      }
    })
    fc.assert(property, { numRuns: runs(300) })
  })
})

describe('the dates of an operand', () => {
  const operand = { get: 'attribute', name: 'renewsAt' } as const
  const viewOfDate = (value: unknown): ContactView =>
    viewOf({
      id: 'ada',
      attributes: value === undefined ? {} : { renewsAt: value as number },
      tags: [],
      events: [],
      records: {},
    })

  it('are told by kind, and nothing else is a date', () => {
    const stream = new DateStream<string>(operand, 'UTC')
    expect(stream.keyOf(viewOfDate({ instant: 5 }))).toEqual({ kind: 'instant', key: 5 })
    expect(stream.keyOf(viewOfDate({ day: '1970-01-03' }))).toEqual({ kind: 'day', key: 2 })
    for (const none of [undefined, 5, 'soon', ['a']]) expect(stream.keyOf(viewOfDate(none))).toBeUndefined()
  })

  it('stand in the order of their kind, and cursors wait for them (3)', () => {
    const key = fc.option(
      fc.record({ kind: fc.constantFrom('instant' as const, 'day' as const), key: fc.integer({ min: 1, max: 9 }) }),
      { nil: undefined },
    )
    const moves = fc.array(fc.record({ ordinal, key }), { maxLength: 20 })
    const property = fc.property(moves, (all) => {
      const stream = new DateStream<string>(operand, 'UTC')
      expect(stream.isUnused).toBe(true)
      const queues = { instant: new DueQueue<EdgeCursor<string>>(), day: new DueQueue<EdgeCursor<string>>() }
      for (const kind of ['instant', 'day'] as const) {
        const { log, cursors } = stream[kind]
        const cursor = new EdgeCursor('target', shiftedEdge(0), log, instantScale, queues[kind])
        cursor.find(0)
        cursors.add(cursor)
        expect(stream.isUnused).toBe(false)
      }
      const held = new Map<number, DateKey>()
      for (const { ordinal: who, key: after } of all) {
        stream.move(who, held.get(who), after, 0)
        if (after === undefined) held.delete(who)
        else held.set(who, after)
        for (const kind of ['instant', 'day'] as const) {
          const pairs: (readonly [number, number])[] = []
          stream[kind].log.forEachBetween(-Infinity, Infinity, (found, whose) => pairs.push([found, whose]))
          const wanted = [...held].flatMap(([whose, each]) => (each.kind === kind ? [[each.key, whose] as const] : []))
          expect(pairs).toEqual(wanted.sort(([a, b], [c, d]) => a - c || b - d))
          const next = Math.min(...wanted.map(([found]) => shiftedEdge(0).crossing(found)))
          expect(queues[kind].nextAt ?? Infinity).toBe(next)
        }
      }
      stream.day.cursors.clear()
      expect(stream.isUnused).toBe(false)
      stream.instant.cursors.clear()
      expect(stream.isUnused).toBe(true)
    })
    fc.assert(property, { numRuns: runs(200) })
  })
})
