import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DueQueue } from '../../src/base/due-queue.js'
import { SortedLog } from '../../src/base/sorted-log.js'
import { shiftedEdge } from '../../src/base/window-edge.js'
import { EdgeCursor, instantScale } from '../../src/predicates/edge-cursor.js'
import { runs } from '../runs.js'

/*
 * 1. What is due next is the first date that the edge has not passed, whatever dates came and went, late or early.
 * 2. Going forward visits each contact whose date is passed, once, in the order of the dates, and no other.
 */

const shift = 5
const date = fc.record({ key: fc.integer({ min: -10, max: 30 }), ordinal: fc.nat(3) })
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('add', 'remove'), date, by: fc.constant(0) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('go'), date, by: fc.integer({ min: 1, max: 6 }) }) },
)

describe('the cursor of an edge', () => {
  it('waits for the next date that the edge passes, and visits those that it does', () => {
    const edge = shiftedEdge(shift)
    const property = fc.property(
      fc.array(date, { maxLength: 5 }),
      fc.array(step, { maxLength: 30 }),
      (first, steps) => {
        let now = 0
        const log = new SortedLog()
        for (const { key, ordinal } of first) log.add(key, ordinal)
        const queue = new DueQueue<EdgeCursor<string>>()
        const cursor = new EdgeCursor('target', edge, log, instantScale, queue)
        cursor.find(now)
        const all = (): { at: number; ordinal: number }[] => {
          const pairs: { at: number; ordinal: number }[] = []
          log.forEachBetween(-Infinity, Infinity, (key, ordinal) => pairs.push({ at: edge.crossing(key), ordinal }))
          return pairs
        }
        for (const one of steps) {
          if (one.do === 'add') {
            if (log.add(one.date.key, one.date.ordinal)) cursor.added(one.date.key, now)
          } else if (one.do === 'remove') {
            if (log.remove(one.date.key, one.date.ordinal)) cursor.removed(one.date.key, now)
          } else {
            const to = now + one.by
            const wanted = all().filter(({ at }) => at > now && at <= to)
            const visited: number[] = []
            for (const due of queue.takeDue(to)) due.cross(to, (ordinal) => visited.push(ordinal))
            expect(visited).toEqual(wanted.map(({ ordinal }) => ordinal))
            now = to
          }
          const next = all().find(({ at }) => at > now)
          expect([queue.size, queue.nextAt]).toEqual(next === undefined ? [0, undefined] : [1, next.at])
        }
        cursor.stop()
        expect(queue.size).toBe(0)
      },
    )
    fc.assert(property, { numRuns: runs(300) })
  })
})
