import { all, createEngine, days } from 'coterie'
import { hearTransitions, segmentMatchers, type SegmentMatchers } from 'coterie/testing'
import { describe, expect, it } from 'vitest'
import { schema, shop } from './shop.js'

declare module 'vitest' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type, @typescript-eslint/no-explicit-any
  interface Assertion<T = any> extends SegmentMatchers<T> {}
}

expect.extend(segmentMatchers)

const { attribute, events, hasTag } = shop
const start = Date.parse('2026-01-01T00:00:00Z')
const engine = createEngine({ schema, now: start })
const heard = hearTransitions(engine)
engine.segments.define({ id: 'vip', rule: all(attribute('spent').greaterThan(1000), hasTag('VIP')) })
engine.segments.define({ id: 'lost', rule: events('visit').inLast('7d').none() })
engine.contacts.put({ id: 'ada', attributes: { spent: 900 } })
engine.tags.add('ada', 'VIP')
engine.events.record('ada', { type: 'visit', at: start })
engine.contacts.put({ id: 'bob', attributes: { spent: 1001 } })
engine.tags.add('bob', 'VIP')
engine.advanceTo(start + days(7))

function messageOf(assertion: () => void): string {
  try {
    assertion()
  } catch (error) {
    return (error as Error).message
  }
  throw new Error('it passed')
}

describe('matchers', () => {
  it('pass', () => {
    expect('bob').toBeInSegment(engine, 'vip')
    expect('ada').not.toBeInSegment(engine, 'vip')
    expect('eve').not.toBeInSegment(engine, 'vip')
    expect('ada').toHaveEntered(heard, 'lost')
    expect('ada').toHaveEntered(heard, 'lost', start + days(7))
    expect('ada').not.toHaveEntered(heard, 'vip')
  })

  it('explain why a contact is in no segment', () => {
    expect(
      messageOf(() => {
        expect('ada').toBeInSegment(engine, 'vip')
      }),
    ).toBe('expected ada to be in vip:\n  ✗ all of\n    ✗ spent > 1000 (saw 900)\n    ✓ has tag "VIP"')
    expect(
      messageOf(() => {
        expect('eve').toBeInSegment(engine, 'vip')
      }),
    ).toContain('there is no contact eve')
  })

  it('tell what was heard', () => {
    const message = messageOf(() => {
      expect('ada').toHaveEntered(heard, 'lost', start + days(8))
    })
    expect(message).toContain('at 2026-01-09T00:00:00.000Z; heard\n  enter at 2026-01-01T00:00:00.000Z (contact)')
    expect(message).toContain('(time)\nand now:\n  ✓')
    heard.stop()
  })
})
