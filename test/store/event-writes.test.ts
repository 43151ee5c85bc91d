import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareEvents, type HeldEvent } from '../../src/contacts/event.js'
import { EventWrites } from '../../src/store/event-writes.js'
import { runs } from '../runs.js'

/*
 * 1. What was there before is what is there now without what came and with what went, in order.
 * 2. The gain between two instants is the difference of the numbers of events between them.
 * 3. An event that came and went leaves nothing.
 */

const event = (arrival: number, at: number): HeldEvent => ({ type: 'visit', at, properties: {}, arrival })
const between = (events: readonly HeldEvent[], from: number, to: number): number =>
  events.filter(({ at }) => from <= at && at < to).length

describe('the events that a draft writes', () => {
  it('give what was there before', () => {
    const property = fc.property(
      fc.array(fc.nat(5), { maxLength: 6 }),
      fc.array(fc.record({ pick: fc.nat(), comes: fc.boolean(), at: fc.nat(5) }), { maxLength: 12 }),
      (first, steps) => {
        const before = first.map((at, arrival) => event(arrival, at)).sort(compareEvents)
        let now = before
        const writes = new EventWrites()
        for (const [place, { pick, comes, at }] of steps.entries()) {
          const some = comes ? event(100 + place, at) : now[pick % Math.max(1, now.length)]
          if (some === undefined) continue
          writes[comes ? 'add' : 'remove'](some)
          now = comes ? [...now, some].sort(compareEvents) : now.filter((each) => each !== some)
          expect(writes.before(now)).toEqual(before)
          expect([...writes.came].sort(compareEvents)).toEqual(now.filter((each) => !before.includes(each)))
          expect([...writes.went].sort(compareEvents)).toEqual(before.filter((each) => !now.includes(each)))
          for (let from = 0; from <= 6; from += 1)
            for (let to = from; to <= 6; to += 1)
              expect(writes.gainBetween(from, to)).toBe(between(now, from, to) - between(before, from, to))
        }
      },
    )
    fc.assert(property, { numRuns: runs(200) })
  })
})
