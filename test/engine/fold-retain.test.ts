import { days, type Rule } from 'coterie'
import { describe, expect, it } from 'vitest'
import { day, membersOf, newEngine, refusal, start, told } from './scene.js'

/** An instant so many days after the start. */
const on = (count: number): number => start + count * day

const many: Rule = { op: 'atLeast', left: { get: 'count', of: { events: 'visit' } }, right: 5 }

describe('the option retain', () => {
  it('folds what is older, by itself, after an advance and after a change', () => {
    const engine = newEngine({ retain: '30d' })
    engine.contacts.put({ id: 'ada' })
    engine.segments.define({ id: 'many', rule: many })
    const transitions = told(engine)
    for (let at = 0; at <= 60; at += 1) {
      engine.advanceTo(on(at))
      engine.events.record('ada', { type: 'visit' })
    }
    const { events, foldedEvents } = engine.statistics()
    expect(events + foldedEvents).toBe(61)
    expect(events).toBeLessThanOrEqual(31 + 3)
    expect(transitions).toHaveLength(1)
    engine.advanceTo(on(200))
    expect(engine.statistics()).toMatchObject({ events: 0, foldedEvents: 61 })
    expect(membersOf(engine, 'many')).toEqual(['ada'])
  })

  it('does so by a change of its own, seldom', () => {
    const engine = newEngine({ retain: days(30) })
    engine.contacts.put({ id: 'ada' })
    engine.events.record('ada', { type: 'visit' })
    engine.events.record('ada', { type: 'visit', at: on(1) })
    const changes = (): number => engine.statistics().changes
    const made = changes()
    engine.advanceTo(on(30))
    expect([changes(), engine.statistics().foldedEvents]).toEqual([made, 0])
    engine.advanceTo(on(31) - 1)
    expect(changes()).toBe(made)
    const { revision } = engine.advanceTo(on(33))
    expect([changes(), engine.statistics().foldedEvents]).toEqual([made + 1, 2])
    expect(engine.revision).toBe(revision + 1)
    engine.advanceTo(on(300))
    expect(changes()).toBe(made + 1)
  })

  it('leaves time to bring history in', () => {
    const engine = newEngine({ now: on(100), retain: '30d' })
    engine.contacts.put({ id: 'ada' })
    for (let at = 0; at < 10; at += 1) engine.events.record('ada', { type: 'visit', at: on(at) })
    expect(engine.statistics().events).toBe(10)
    engine.advanceTo(on(103))
    expect(engine.statistics()).toMatchObject({ events: 0, foldedEvents: 10 })
    expect(refusal(() => engine.events.record('ada', { type: 'visit', at: on(10) })).code).toBe('EVENT_TOO_OLD')
    expect(engine.events.record('ada', { type: 'visit', at: on(80) }).outcomes).toMatchObject([{ duplicate: false }])
  })

  it('folds nothing that a rule needs', () => {
    const engine = newEngine({ retain: '30d' })
    engine.contacts.put({ id: 'ada' })
    engine.segments.define({
      id: 'thrice',
      rule: { op: 'exists', left: { get: 'nth', of: { events: 'visit' }, n: 3 } },
    })
    engine.events.record('ada', { type: 'visit' })
    const { changes } = engine.statistics()
    engine.advanceTo(on(100))
    expect(engine.statistics()).toMatchObject({ changes, events: 1, foldedEvents: 0, foldBlockedBy: ['thrice'] })
  })

  it('works with the clock of the host', () => {
    let time = start
    const engine = newEngine({ clock: () => time, retain: '30d' })
    engine.contacts.put({ id: 'ada' })
    engine.events.record('ada', { type: 'visit' })
    time = on(40)
    engine.contacts.put({ id: 'bob' })
    expect(engine.statistics()).toMatchObject({ events: 0, foldedEvents: 1 })
  })

  it('waits for a change that is applied', () => {
    let time = start
    const engine = newEngine({ clock: () => time, retain: '30d' })
    engine.contacts.put({ id: 'ada' })
    engine.events.record('ada', { type: 'visit' })
    time = on(40)
    expect(refusal(() => engine.contacts.remove('bob')).code).toBe('CONTACT_UNKNOWN')
    expect(engine.statistics()).toMatchObject({ events: 1, foldedEvents: 0 })
  })

  it.each([0, -1, '0d', 'P1M', 'soon', null])('cannot be %s', (retain) => {
    const error = refusal(() => newEngine({ retain: retain as never }))
    expect(['OPTION_INVALID', 'DURATION_INVALID']).toContain(error.code)
  })
})
