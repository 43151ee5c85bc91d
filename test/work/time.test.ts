import { all, attribute, hasTag, not } from 'coterie'
import { describe, expect, it } from 'vitest'
import { day, engineWith, noWork, start, workOf } from './counting.js'

describe('an advance', () => {
  it.each([10, 5_000])('with nothing due does no step, with %i contacts', (contacts) => {
    const engine = engineWith(contacts)
    engine.segments.define({ id: 'recent', rule: attribute('seen').inLast('30d') })
    engine.segments.define({ id: 'tagged', rule: hasTag('vip') })
    const due = engine.nextDueAt() ?? 0
    expect(workOf(engine, () => engine.advanceTo(due - 1))).toEqual(noWork)
    expect(workOf(engine, () => engine.advanceTo(due)).steps).toBe(1)
  })

  it('takes one step for each due instant, and looks at those who cross', () => {
    const engine = engineWith(1_000)
    engine.segments.define({ id: 'recent', rule: attribute('seen').inLast('30d') })
    engine.segments.define({ id: 'gone', rule: attribute('seen').moreThanAgo('30d') })
    // Ten minutes hold ten contacts, the one seen first among them.
    const first = engine.nextDueAt() ?? 0
    const work = workOf(engine, () => engine.advanceTo(first + 9 * 60_000))
    expect(work).toEqual({ steps: 10, leafTests: 20, flips: 20, candidates: 20, transitions: 20 })
  })

  it('takes one step for all who cross at one instant', () => {
    const engine = engineWith(0)
    engine.segments.define({ id: 'recent', rule: attribute('seen').inLast('30d') })
    engine.batch(
      Array.from({ length: 300 }, (_, n) => ({
        type: 'contact.put' as const,
        contact: `c${n}`,
        attributes: { seen: new Date(start) },
      })),
    )
    const work = workOf(engine, () => engine.advanceTo(start + 90 * day))
    expect(work).toEqual({ steps: 1, leafTests: 300, flips: 300, candidates: 300, transitions: 300 })
  })

  it('decides a segment once for a contact, however many of its windows move', () => {
    const engine = engineWith(1)
    const windows = [
      attribute('seen').inLast('1d'),
      not(attribute('seen').moreThanAgo('24h')),
      attribute('seen').inLast('24h'),
    ]
    engine.segments.define({ id: 'recent', rule: all(...windows) })
    const work = workOf(engine, () => engine.advanceTo(start + 2 * day))
    expect(work).toEqual({ steps: 1, leafTests: 2, flips: 2, candidates: 1, transitions: 1 })
  })
})
