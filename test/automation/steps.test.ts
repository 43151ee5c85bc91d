import { describe, expect, it } from 'vitest'
import { days, hours, rulesFor, type ContactRecord } from 'coterie'
import {
  addTags,
  assign,
  branch,
  exclude,
  include,
  putRecord,
  recorded,
  recordEvent,
  recordPut,
  removeTags,
  reset,
  setAttributes,
  setRecords,
  setTo,
  stamp,
  stop,
  tagAdded,
  together,
  wait,
  waitFor,
  waitUntil,
  type StepInput,
} from 'coterie/automation'
import { scene, type Scene } from './scene.js'
import { schema, start } from './worlds.js'

/*
 * 1. What steps change.
 * 2. Ways: conditions see what the steps before them led to, and it is told why.
 * 3. Waiting.
 * 4. What goes wrong in a step ends the run, and nothing else.
 */

const { attribute, events, hasTag, inSegment, records } = rulesFor(schema)

function doing(...steps: readonly StepInput[]): Scene {
  const made = scene()
  made.flows.define({ id: 'flow', when: recorded('opened'), steps })
  return made
}

const open = ({ engine }: Scene, id = 'ada'): void => void engine.events.record(id, { type: 'opened' })
const tagsOf = ({ engine }: Scene, id = 'ada'): readonly string[] => engine.tags.of(id).map(({ tag }) => tag)

describe('1. what steps change', () => {
  it('tags, held by the automation as behaviour', () => {
    const made = doing(addTags(['x', 'y']), removeTags('x'))
    open(made)
    expect(
      made.engine.tags.of('ada').map(({ tag, holders }) => [tag, holders.map(({ kind, by }) => [kind, by])]),
    ).toEqual([['y', [['behaviour', 'flow']]]])
  })

  it('attributes: given, worked out, and the day of the step', () => {
    const made = doing(
      setAttributes({ score: 4 }),
      setTo('score', attribute('score').times(2)),
      stamp('seenOn'),
      stamp('renewsAt'),
    )
    open(made)
    expect(made.engine.contacts.get('ada')?.attributes).toEqual({
      score: 8,
      seenOn: { day: '2026-01-05' },
      renewsAt: { instant: start },
    })
  })

  it('one of several in turn; those who have one keep it', () => {
    const made = doing(assign('owner', ['ann', 'bob'], { keep: true }))
    for (const id of ['bea', 'cyd', 'dan'])
      made.engine.contacts.put({ id, attributes: id === 'cyd' ? { owner: 'ann' } : {} })
    for (const id of ['ada', 'bea', 'cyd', 'dan']) open(made, id)
    expect(['ada', 'bea', 'cyd', 'dan'].map((id) => made.engine.contacts.get(id)?.attributes['owner'])).toEqual([
      'ann',
      'bob',
      'ann',
      'ann',
    ])
  })

  it('records and events, under ids of the run where none are given', () => {
    const made = doing(
      putRecord('deals', { stage: 'new' }),
      recordEvent({ type: 'purchase', properties: { amount: 1 } }),
    )
    open(made)
    expect(made.engine.records.of('ada', 'deals')).toEqual([{ id: 'flow#1:0', stage: 'new' }])
    expect(made.engine.contacts.get('ada')?.events.map(({ id }) => id)).toEqual(['flow#1:1', undefined])
  })

  it('fields of records: of those that a condition holds of, and of the one that began the run', () => {
    const made = scene()
    made.flows.define({
      id: 'won',
      when: recordPut(records('deals').where({ stage: 'won' })),
      steps: [
        setRecords('deals', { value: 100 }, { triggering: true }),
        setRecords(records('deals').where({ stage: 'new' }), { stage: 'qualified', value: null }),
      ],
    })
    const { engine } = made
    engine.records.put('ada', 'deals', { id: 'd1', stage: 'new', value: 1 })
    engine.records.put('ada', 'deals', { id: 'd2', stage: 'qualified', value: 2 })
    engine.records.put('ada', 'deals', { id: 'd3', stage: 'won', value: 3 })
    expect(engine.records.of('ada', 'deals')).toEqual<ContactRecord[]>([
      { id: 'd1', stage: 'qualified' },
      { id: 'd2', stage: 'qualified', value: 2 },
      { id: 'd3', stage: 'won', value: 100 },
    ])
  })

  it('static and hybrid membership', () => {
    const made = scene()
    made.engine.segments.define({ id: 'list' })
    made.engine.segments.define({ id: 'both', kind: 'hybrid', rule: attribute('score').greaterThan(5) })
    made.flows.define({
      id: 'flow',
      when: recorded('opened'),
      steps: [include('list', { reason: 'opened' }), include('both'), exclude('both'), reset('list'), include('list')],
    })
    open(made)
    expect(made.engine.segments.of('ada')).toEqual(['list'])
    expect(made.engine.members.slotsOf('both', 'ada')).toMatchObject({ include: {}, exclude: {} })
  })

  it('several as one', () => {
    const made = doing(together(addTags('x'), removeTags('x'), setAttributes({ score: 1 })))
    const heard: string[] = []
    made.engine.on('tag', ({ tag }) => heard.push(tag))
    open(made)
    expect(heard).toEqual([])
    expect(made.engine.contacts.get('ada')?.attributes).toEqual({ score: 1 })
  })
})

describe('2. ways', () => {
  it('sees what the step before led to, and tells why', () => {
    const made = scene()
    made.engine.segments.define({ id: 'tagged', rule: hasTag('x') })
    made.flows.define({
      id: 'flow',
      when: recorded('opened'),
      steps: [
        addTags('x'),
        branch(inSegment('tagged'), [branch(attribute('score').greaterThan(5), [stop('high')])], [stop('not yet')]),
        stop('low'),
      ],
    })
    made.engine.contacts.put({ id: 'bea', attributes: { score: 9 } })
    open(made)
    open(made, 'bea')
    expect(made.flows.runs().map(({ log }) => log.at(-1)?.why)).toEqual(['low', 'high'])
    expect(made.flows.run('flow#2')?.log.filter(({ went }) => went !== undefined)).toEqual([
      { now: start, at: '1', what: 'step', went: 'then', why: [{ path: [], op: 'inSegment', holds: true }] },
      {
        now: start,
        at: '1.then.0',
        what: 'step',
        went: 'then',
        why: [{ path: [], op: 'greaterThan', holds: true, saw: [9] }],
      },
    ])
  })
})

describe('3. waiting', () => {
  it('for a time, exact or of the calendar', () => {
    const made = doing(wait('2d'), addTags('x'), wait('P1M'), addTags('y'), wait('0ms'), addTags('z'))
    open(made)
    expect(made.engine.nextDueAt()).toBe(start + days(2))
    made.engine.advanceTo(start + days(2) - 1)
    expect(tagsOf(made)).toEqual([])
    made.engine.advanceTo(start + days(2))
    expect(tagsOf(made)).toEqual(['x'])
    made.engine.advanceTo(Date.parse('2026-02-07T09:00:00Z'))
    expect(tagsOf(made)).toEqual(['x', 'y', 'z'])
  })

  it('until a date of the contact; at once where it is missing or past', () => {
    const made = doing(waitUntil(attribute('renewsAt').minus('1d')), addTags('x'))
    open(made)
    expect(tagsOf(made)).toEqual(['x'])
    made.engine.contacts.put({ id: 'bea', attributes: { renewsAt: start + days(5) } })
    open(made, 'bea')
    made.engine.advanceTo(start + days(4) - 1)
    expect(tagsOf(made, 'bea')).toEqual([])
    made.engine.advanceTo(start + days(4))
    expect(tagsOf(made, 'bea')).toEqual(['x'])
  })

  it('not at all for no time, nor until now', () => {
    const made = doing(wait('0ms'), addTags('x'), waitUntil(attribute('renewsAt')), addTags('y'))
    made.engine.contacts.put({ id: 'ada', attributes: { renewsAt: start } })
    open(made)
    expect([tagsOf(made), made.engine.nextDueAt()]).toEqual([['x', 'y'], undefined])
  })

  it('for something to happen, at most so long', () => {
    const made = doing(
      waitFor([recorded(events('purchase').where((e) => e.property('amount').greaterThan(3))), tagAdded('bought')], {
        atMost: '1d',
        then: [addTags('thanks')],
        else: [addTags('reminder')],
      }),
      addTags('done'),
    )
    for (const id of ['bea', 'cyd']) made.engine.contacts.put({ id })
    for (const id of ['ada', 'bea', 'cyd']) open(made, id)
    made.engine.events.record('ada', { type: 'purchase', properties: { amount: 5 } })
    made.engine.events.record('bea', { type: 'purchase', properties: { amount: 1 } })
    made.engine.tags.add('cyd', 'bought')
    made.engine.advanceTo(start + days(1))
    expect(['ada', 'bea', 'cyd'].map((id) => tagsOf(made, id))).toEqual([
      ['done', 'thanks'],
      ['done', 'reminder'],
      ['bought', 'done', 'thanks'],
    ])
    // What comes after is nobody's concern.
    made.engine.events.record('bea', { type: 'purchase', properties: { amount: 9 } })
    expect(tagsOf(made, 'bea')).toEqual(['done', 'reminder'])
  })

  it('both at one instant: what happens before the time is over counts, at its end it does not', () => {
    const made = doing(waitFor(recorded('purchase'), { atMost: '1h', then: [stop('came')], else: [stop('late')] }))
    open(made)
    made.engine.events.record('ada', { type: 'purchase', at: start + hours(1), properties: { amount: 1 } })
    made.engine.advanceTo(start + hours(2))
    expect(made.flows.runs()[0]?.log.at(-1)?.why).toBe('late')
  })

  it('goes on by the steps that it began with when the automation is defined anew', () => {
    const made = doing(wait('1d'), addTags('old'))
    open(made)
    made.flows.define({ id: 'flow', when: recorded('opened'), steps: [addTags('new')] })
    expect(tagsOf(made)).toEqual([])
    made.engine.advanceTo(start + days(1))
    expect(tagsOf(made)).toEqual(['old'])
    open(made)
    expect(tagsOf(made)).toEqual(['new', 'old'])
  })
})

describe('4. what goes wrong', () => {
  it('a segment that is gone for a run under way', () => {
    const made = scene()
    made.engine.segments.define({ id: 'list' })
    made.flows.define({ id: 'flow', when: recorded('opened'), steps: [wait('1h'), include('list'), addTags('never')] })
    open(made)
    made.flows.remove('flow')
    expect(made.errors).toEqual([])
    made.flows.define({ id: 'flow', when: recorded('opened'), steps: [wait('1h'), include('list'), addTags('never')] })
    open(made)
    made.flows.define({ id: 'flow', when: recorded('opened'), steps: [] })
    made.engine.segments.remove('list')
    made.engine.advanceTo(start + hours(1))
    expect(made.errors.map(({ code }) => code)).toEqual(['SEGMENT_UNKNOWN'])
    expect(made.flows.runs().map(({ status }) => status)).toEqual(['cancelled', 'failed'])
    expect(made.flows.runs()[1]?.log.at(-1)?.why).toContain('SEGMENT_UNKNOWN')
    expect(tagsOf(made)).toEqual([])
  })

  it('a value that was worked out and does not fit', () => {
    const made = doing(setTo('owner', attribute('score')), addTags('never'))
    open(made)
    expect(tagsOf(made)).toEqual(['never'])
    made.engine.contacts.patch('ada', { score: 3 })
    open(made)
    expect(made.errors.map(({ code }) => code)).toEqual(['VALUE_INVALID'])
    expect(made.flows.runs().map(({ status }) => status)).toEqual(['done', 'failed'])
  })
})
