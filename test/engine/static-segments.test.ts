import { attribute, everyone, hasTag, inSegment } from 'coterie'
import { describe, expect, it } from 'vitest'
import { day, engineOf, inWords, membersOf, refusal, start, told } from './scene.js'

describe('a static segment', () => {
  it('has those who are put in by hand, each with a reason', () => {
    const engine = engineOf('ada', 'bob')
    engine.segments.define({ id: 'hand' })
    const { outcomes, transitions } = engine.members.include('hand', ['ada', 'bob'], { reason: 'asked' })
    expect(outcomes).toEqual([{ type: 'member.include', segmentId: 'hand', changed: ['ada', 'bob'], unchanged: [] }])
    expect(inWords(transitions)).toEqual(['ada enters hand', 'bob enters hand'])
    expect(engine.members.slotsOf('hand', 'ada')).toEqual({ include: { reason: 'asked', at: start } })
  })

  it('says for whom it was so already', () => {
    const engine = engineOf('ada', 'bob')
    engine.segments.define({ id: 'hand', contacts: ['ada'] })
    expect(engine.members.include('hand', ['ada', 'bob']).outcomes).toMatchObject([
      { changed: ['bob'], unchanged: ['ada'] },
    ])
    const again = engine.members.include('hand', ['ada', 'bob'], { reason: 'new' })
    expect(again.outcomes).toMatchObject([{ changed: ['ada', 'bob'], unchanged: [] }])
    expect(again.transitions).toEqual([])
    expect(engine.members.reset('hand', ['ada']).outcomes).toMatchObject([{ changed: ['ada'], unchanged: [] }])
    expect(engine.members.reset('hand', ['ada']).outcomes).toMatchObject([{ changed: [], unchanged: ['ada'] }])
    expect(membersOf(engine, 'hand')).toEqual(['bob'])
  })

  it('lets its members go at their end, each at its own', () => {
    const engine = engineOf('ada', 'bob', 'cyd')
    engine.segments.define({ id: 'hand' })
    engine.members.include('hand', 'ada', { until: start + day })
    engine.members.include('hand', 'bob', { until: new Date(start + 2 * day) })
    engine.members.include('hand', 'cyd', { until: '2026-01-04T00:00' })
    expect(engine.nextDueAt()).toBe(start + day)
    const { transitions } = engine.advanceTo(start + 10 * day)
    expect(transitions.map(({ contactId, at }) => [contactId, (at - start) / day])).toEqual([
      ['ada', 1],
      ['bob', 2],
      ['cyd', 3],
    ])
    expect(transitions[0]?.cause).toEqual({
      revision: transitions[0]?.cause.revision,
      kind: 'time',
      dueAt: start + day,
    })
    expect(engine.nextDueAt()).toBeUndefined()
  })

  it('an end that was put off, or taken away, is not kept', () => {
    const engine = engineOf('ada', 'bob', 'cyd')
    engine.segments.define({ id: 'hand' })
    engine.members.include('hand', ['ada', 'bob', 'cyd'], { until: start + day })
    engine.members.include('hand', 'ada', { until: start + 3 * day })
    engine.members.include('hand', 'bob')
    engine.members.reset('hand', 'cyd')
    engine.members.include('hand', 'cyd')
    const { transitions } = engine.advanceTo(start + 10 * day)
    expect(transitions.map(({ contactId, at }) => [contactId, (at - start) / day])).toEqual([['ada', 3]])
  })

  it('an end that is not after now is refused', () => {
    const engine = engineOf('ada')
    engine.segments.define({ id: 'hand' })
    for (const until of [start, start - 1]) {
      const error = refusal(() => engine.members.include('hand', 'ada', { until }))
      expect(error.code).toBe('CHANGE_INVALID')
      expect(error.path).toEqual(['until'])
    }
    expect(membersOf(engine, 'hand')).toEqual([])
  })

  it('of a rule is a snapshot: later it moves only by hand', () => {
    const engine = engineOf('ada', 'bob')
    engine.tags.add('ada', 'vip')
    engine.segments.define({ id: 'snap', kind: 'static', rule: hasTag('vip') })
    engine.tags.add('bob', 'vip')
    engine.tags.remove('ada', 'vip')
    expect(membersOf(engine, 'snap')).toEqual(['ada'])
    expect(engine.segments.get('snap')?.rule).toBeUndefined()
    expect(engine.statistics().leaves).toBe(0)

    const transitions = told(engine)
    engine.segments.define({ id: 'snap', rule: hasTag('vip') })
    expect(inWords(transitions)).toEqual(['ada exits snap', 'bob enters snap'])
    engine.segments.define({ id: 'snap', name: 'Snapshot' })
    expect(membersOf(engine, 'snap')).toEqual(['bob'])
  })

  it('of a rule and contacts has both', () => {
    const engine = engineOf('ada', 'bob', 'cyd')
    engine.tags.add('ada', 'vip')
    engine.segments.define({ id: 'snap', kind: 'static', rule: hasTag('vip'), contacts: ['bob'] })
    expect(membersOf(engine, 'snap')).toEqual(['ada', 'bob'])
  })

  it('a snapshot may be of other segments, which are free to go afterwards', () => {
    const engine = engineOf('ada')
    engine.segments.define({ id: 'all', rule: everyone })
    engine.segments.define({ id: 'snap', kind: 'static', rule: inSegment('all') })
    engine.segments.remove('all')
    expect(membersOf(engine, 'snap')).toEqual(['ada'])
  })

  it('defined with contacts anew has those, and only those', () => {
    const engine = engineOf('ada', 'bob', 'cyd')
    engine.segments.define({ id: 'hand', contacts: ['ada', 'bob'] })
    const transitions = told(engine)
    engine.segments.define({ id: 'hand', contacts: ['bob', 'cyd'] })
    expect(inWords(transitions)).toEqual(['ada exits hand', 'cyd enters hand'])
    engine.segments.define({ id: 'hand', contacts: [] })
    expect(membersOf(engine, 'hand')).toEqual([])
  })

  it('keeps nobody out by hand', () => {
    const engine = engineOf('ada')
    engine.segments.define({ id: 'hand', contacts: ['ada'] })
    expect(refusal(() => engine.members.exclude('hand', 'ada')).code).toBe('SEGMENT_KIND')
    expect(membersOf(engine, 'hand')).toEqual(['ada'])
  })
})

describe('a dynamic segment', () => {
  it('has nobody put in or taken out by hand', () => {
    const engine = engineOf('ada')
    engine.segments.define({ id: 'all', rule: everyone })
    const calls = [
      () => engine.members.include('all', 'ada'),
      () => engine.members.exclude('all', 'ada'),
      () => engine.members.reset('all', 'ada'),
      () => engine.segments.define({ id: 'all', contacts: ['ada'] }),
      () => engine.segments.define({ id: 'new', rule: everyone, contacts: ['ada'] }),
    ]
    for (const call of calls) expect(refusal(call).code).toBe('SEGMENT_KIND')
    expect(engine.segments.ids()).toEqual(['all'])
  })

  it('keeps its rule where a definition gives none', () => {
    const engine = engineOf('ada')
    engine.segments.define({ id: 'pro', rule: attribute('plan').equals('pro') })
    engine.segments.define({ id: 'pro', name: 'Pro' })
    expect(engine.segments.get('pro')?.rule).toEqual(attribute('plan').equals('pro'))
    expect(refusal(() => engine.segments.define({ id: 'new', kind: 'dynamic' })).code).toBe('CHANGE_INVALID')
    expect(refusal(() => engine.segments.define({ id: 'new', kind: 'hybrid' })).code).toBe('CHANGE_INVALID')
  })

  it('changes its kind only by a conversion', () => {
    const engine = engineOf('ada')
    engine.segments.define({ id: 'pro', rule: everyone })
    expect(refusal(() => engine.segments.define({ id: 'pro', kind: 'hybrid' })).code).toBe('SEGMENT_KIND')
    expect(refusal(() => engine.segments.define({ id: 'pro', kind: 'static', contacts: [] })).code).toBe('SEGMENT_KIND')
    expect(engine.segments.get('pro')?.kind).toBe('dynamic')
  })
})
