import { describe, expect, it } from 'vitest'
import { days, hours, rulesFor } from 'coterie'
import {
  addTags,
  changes,
  enters,
  holds,
  leaves,
  recorded,
  recordPut,
  recordRemoved,
  tagAdded,
  tagRemoved,
  wait,
  type TriggerInput,
} from 'coterie/automation'
import { scene, timesOf, type Scene } from './scene.js'
import { schema, start } from './worlds.js'

/*
 * 1. Each trigger begins a run when its thing happens, and not when something else does.
 * 2. Conditions: on the event or record, and on the contact.
 * 3. Re-entry and overlap.
 * 4. Who is there already.
 * 5. What ends a run.
 */

const { attribute, events, hasTag, records } = rulesFor(schema)

function withTrigger(when: TriggerInput | readonly TriggerInput[], more: object = {}): Scene {
  const made = scene()
  made.engine.segments.define({ id: 'hot', rule: attribute('score').greaterThan(5) })
  made.flows.define({ id: 'flow', when, steps: [], ...more })
  return made
}

const runsOf = (made: Scene): number => timesOf(made, 'flow')

describe('1. triggers', () => {
  it('entering and leaving a segment', () => {
    const made = withTrigger([enters('hot'), leaves('hot')])
    made.engine.contacts.patch('ada', { score: 9 })
    expect(made.flows.runs().map(({ because }) => because)).toEqual([{ on: 'enter', segment: 'hot' }])
    made.engine.contacts.patch('ada', { score: 10 })
    expect(runsOf(made)).toBe(1)
    made.engine.contacts.patch('ada', { score: 1 })
    expect(runsOf(made)).toBe(2)
  })

  it('a tag that comes and goes', () => {
    const made = withTrigger([tagAdded('a'), tagRemoved('b')])
    made.engine.tags.add('ada', ['a', 'b'])
    expect(runsOf(made)).toBe(1)
    // Another holder of a tag that is there is no event.
    made.engine.tags.add('ada', 'a', 'campaign')
    made.engine.tags.remove('ada', 'b')
    expect(runsOf(made)).toBe(2)
  })

  it('an event: once, and not as a duplicate, a correction or with another contact', () => {
    const made = withTrigger(recorded('purchase'))
    const { engine } = made
    engine.contacts.put({ id: 'bea' })
    engine.events.record('ada', { type: 'purchase', id: 'p1', properties: { amount: 1 } })
    engine.events.record('ada', { type: 'purchase', id: 'p1', properties: { amount: 1 } })
    engine.events.correct('ada', 'p1', { type: 'purchase', properties: { amount: 2 } })
    engine.events.record('ada', { type: 'opened' })
    expect(made.flows.runs().map(({ because }) => because)).toEqual([
      { on: 'event', event: 'purchase', at: start, id: 'p1', properties: { amount: 1 } },
    ])
    engine.contacts.merge({ from: 'ada', into: 'bea' })
    expect(runsOf(made)).toBe(1)
  })

  it('an event that lies ahead: when it happens, where it still does', () => {
    const made = withTrigger(recorded('purchase'))
    const { engine } = made
    for (const id of ['p1', 'p2', 'p3'])
      engine.events.record('ada', { type: 'purchase', id, at: start + hours(5), properties: { amount: 1 } })
    engine.events.remove('ada', 'p2')
    engine.events.correct('ada', 'p3', { type: 'purchase', at: start + hours(8), properties: { amount: 1 } })
    expect(runsOf(made)).toBe(0)
    expect(engine.nextDueAt()).toBe(start + hours(5))
    engine.advanceTo(start + hours(6))
    expect(made.flows.runs().map(({ because }) => because.id)).toEqual(['p1'])
    engine.advanceTo(start + hours(9))
    expect(made.flows.runs().map(({ because }) => because.id)).toEqual(['p1', 'p3'])
    expect(made.flows.runs().map(({ startedAt }) => startedAt)).toEqual([start + hours(5), start + hours(8)])
  })

  it('an event that lay ahead already when the automation was defined', () => {
    const made = scene()
    made.engine.events.record('ada', { type: 'opened', at: start + hours(2) })
    made.flows.define({ id: 'flow', when: recorded('opened'), steps: [] })
    made.engine.advanceTo(start + hours(3))
    expect(runsOf(made)).toBe(1)
  })

  it('an attribute that becomes another', () => {
    const made = withTrigger(changes('owner'))
    made.engine.contacts.patch('ada', { owner: 'ann', score: 3 })
    made.engine.contacts.patch('ada', { owner: 'ann' })
    expect(runsOf(made)).toBe(1)
    made.engine.contacts.patch('ada', { owner: null })
    expect(runsOf(made)).toBe(2)
  })

  it('a record that is put, changed in a field, and taken out', () => {
    const made = withTrigger([recordPut('deals', { field: 'stage' }), recordRemoved('deals')])
    const { engine } = made
    engine.records.put('ada', 'deals', { id: 'd1', stage: 'new', value: 1 })
    engine.records.put('ada', 'deals', { id: 'd1', stage: 'new', value: 2 })
    expect(made.flows.runs().map(({ because }) => because)).toEqual([
      { on: 'recordPut', collection: 'deals', record: 'd1' },
    ])
    engine.records.put('ada', 'deals', { id: 'd1', stage: 'won', value: 2 })
    expect(runsOf(made)).toBe(2)
    engine.records.remove('ada', 'deals', 'd1')
    expect(made.flows.runs().at(-1)?.because).toEqual({ on: 'recordRemoved', collection: 'deals', record: 'd1' })
    engine.contacts.put({ id: 'bea' })
    engine.records.put('bea', 'deals', { id: 'd2', stage: 'new' })
    const before = runsOf(made)
    engine.contacts.merge({ from: 'bea', into: 'ada' })
    expect(runsOf(made)).toBe(before)
  })

  it('a rule that comes to hold by time: a date that comes up', () => {
    const made = withTrigger(holds(attribute('renewsAt').inNext('2d')))
    made.engine.contacts.patch('ada', { renewsAt: start + days(10) })
    made.engine.advanceTo(start + days(9))
    expect(made.flows.runs().map(({ startedAt, because }) => [startedAt, because])).toEqual([
      [start + days(8), { on: 'enter', segment: 'automation:flow' }],
    ])
    expect(made.engine.segments.explain('automation:flow', 'ada').member).toBe(true)
  })

  it('a segment of its own goes with it', () => {
    const made = withTrigger([holds(hasTag('a')), holds(hasTag('b'))])
    expect(made.engine.segments.ids()).toEqual(['hot', 'automation:flow', 'automation:flow:2'])
    made.flows.define({ id: 'flow', when: holds(hasTag('c')), steps: [] })
    expect(made.engine.segments.ids()).toEqual(['hot', 'automation:flow'])
    made.flows.remove('flow')
    expect(made.engine.segments.ids()).toEqual(['hot'])
  })
})

describe('2. conditions', () => {
  it('on the event', () => {
    const made = withTrigger(recorded(events('purchase').where((e) => e.property('amount').greaterThan(3))))
    made.engine.events.record('ada', { type: 'purchase', properties: { amount: 3 } })
    expect(runsOf(made)).toBe(0)
    made.engine.events.record('ada', { type: 'purchase', properties: { amount: 4 } })
    expect(runsOf(made)).toBe(1)
  })

  it('on the record, as it was where it is taken out', () => {
    const made = withTrigger(recordRemoved(records('deals').where({ stage: 'won' })))
    made.engine.records.put('ada', 'deals', { id: 'd1', stage: 'won' })
    made.engine.records.put('ada', 'deals', { id: 'd2', stage: 'new' })
    made.engine.records.remove('ada', 'deals', 'd2')
    expect(runsOf(made)).toBe(0)
    made.engine.records.remove('ada', 'deals', 'd1')
    expect(runsOf(made)).toBe(1)
  })

  it('on the contact, as it is when the run would begin', () => {
    const made = withTrigger(recorded('opened'), { if: hasTag('a') })
    made.engine.events.record('ada', { type: 'opened' })
    expect(runsOf(made)).toBe(0)
    made.engine.batch(() => {
      made.engine.events.record('ada', { type: 'opened' })
      made.engine.tags.add('ada', 'a')
    })
    expect(runsOf(made)).toBe(1)
  })
})

describe('3. again', () => {
  const open = (made: Scene): void => void made.engine.events.record('ada', { type: 'opened' })

  it('every time, unless it is said otherwise', () => {
    const made = withTrigger(recorded('opened'))
    open(made)
    open(made)
    expect(runsOf(made)).toBe(2)
  })

  it('once', () => {
    const made = withTrigger(recorded('opened'), { reentry: 'once' })
    open(made)
    open(made)
    expect(runsOf(made)).toBe(1)
    // Whom a contact becomes one with has been through it too.
    made.engine.contacts.put({ id: 'bea' })
    made.engine.contacts.merge({ from: 'ada', into: 'bea' })
    made.engine.events.record('bea', { type: 'opened' })
    expect(runsOf(made)).toBe(1)
  })

  it('after an interval, from its very end on', () => {
    const made = withTrigger(recorded('opened'), { reentry: '2h' })
    open(made)
    made.engine.advanceTo(start + hours(2) - 1)
    open(made)
    expect(runsOf(made)).toBe(1)
    made.engine.advanceTo(start + hours(2))
    open(made)
    expect(runsOf(made)).toBe(2)
  })

  it.each([
    ['ignore', ['running']],
    ['restart', ['cancelled', 'running']],
    ['parallel', ['running', 'running']],
  ] as const)('while one is under way: %s', (overlap, statuses) => {
    const made = withTrigger(recorded('opened'), { overlap, steps: [wait('1d')] })
    open(made)
    open(made)
    expect(made.flows.runs().map(({ status }) => status)).toEqual(statuses)
  })
})

describe('4. who is there already', () => {
  it('begins only where it is said', () => {
    const made = scene()
    made.engine.segments.define({ id: 'hot', rule: attribute('score').greaterThan(5) })
    made.engine.contacts.patch('ada', { score: 9 })
    made.flows.define({ id: 'later', when: enters('hot'), steps: [] })
    made.flows.define({ id: 'all', when: enters('hot'), steps: [], existing: true })
    expect(made.flows.runs().map(({ automation, because }) => [automation, because])).toEqual([
      ['all', { on: 'existing', segment: 'hot' }],
    ])
    // Those who come by another definition of the segment are there as those who were before.
    made.engine.contacts.put({ id: 'bea', attributes: { score: 4 } })
    made.engine.segments.define({ id: 'hot', rule: attribute('score').greaterThan(3) })
    expect(made.flows.runs().map(({ automation, contactId }) => [automation, contactId])).toEqual([
      ['all', 'ada'],
      ['all', 'bea'],
    ])
    // Defined anew, it does not begin again for those who have been through it.
    made.flows.define({ id: 'all', when: enters('hot'), steps: [addTags('x')], existing: true })
    expect(made.flows.runs()).toHaveLength(2)
  })

  it('begins once by a rule of its own', () => {
    const made = scene()
    made.engine.tags.add('ada', 'a')
    made.flows.define({ id: 'flow', when: holds(hasTag('a')), steps: [], existing: true })
    expect(runsOf(made)).toBe(1)
    made.flows.define({ id: 'not', when: holds(hasTag('a')), steps: [] })
    expect(timesOf(made, 'not')).toBe(0)
  })
})

describe('5. what ends a run', () => {
  it('leaving what was entered, unless it is said otherwise', () => {
    const made = withTrigger(enters('hot'), { steps: [wait('1d'), addTags('x')] })
    made.flows.define({ id: 'stays', when: enters('hot'), steps: [wait('1d'), addTags('y')], cancelOnExit: false })
    made.engine.contacts.patch('ada', { score: 9 })
    made.engine.contacts.patch('ada', { score: 1 })
    expect(made.flows.runs().map(({ automation, status }) => [automation, status])).toEqual([
      ['flow', 'cancelled'],
      ['stays', 'running'],
    ])
    expect(made.flows.runs()[0]?.log.at(-1)).toEqual({
      now: start,
      what: 'finish',
      why: { on: 'exit', segment: 'hot' },
    })
    made.engine.advanceTo(start + days(2))
    expect(made.engine.tags.of('ada').map(({ tag }) => tag)).toEqual(['y'])
  })

  it('what cancels it', () => {
    const made = withTrigger(recorded('opened'), { steps: [wait('1d')], cancelWhen: recorded('purchase') })
    made.engine.events.record('ada', { type: 'opened' })
    made.engine.events.record('ada', { type: 'purchase', properties: { amount: 1 } })
    expect(made.flows.runs().map(({ status }) => status)).toEqual(['cancelled'])
  })

  it('the contact going, the automation going, and a host that says so', () => {
    const made = withTrigger(recorded('opened'), { steps: [wait('1d')] })
    const { engine, flows } = made
    for (const id of ['bea', 'cyd']) engine.contacts.put({ id })
    for (const id of ['ada', 'bea', 'cyd']) engine.events.record(id, { type: 'opened' })
    engine.contacts.remove('ada')
    expect(flows.cancel('flow#2', 'asked to')).toBe(true)
    expect(flows.cancel('flow#2')).toBe(false)
    flows.remove('flow')
    expect(flows.runs().map(({ contactId, status, log }) => [contactId, status, log.at(-1)?.why])).toEqual([
      ['ada', 'cancelled', 'the contact is gone'],
      ['bea', 'cancelled', 'asked to'],
      ['cyd', 'cancelled', 'the automation was removed'],
    ])
    expect(engine.nextDueAt()).toBeUndefined()
  })
})
