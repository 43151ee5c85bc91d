import { attribute, hasTag, nobody, type Engine } from 'coterie'
import { describe, expect, it } from 'vitest'
import { day, inWords, membersOf, newEngine, refusal, start } from './scene.js'

/** Ada matches the rule of the hybrid segment, Bob does not. */
function scene(): Engine {
  const engine = newEngine()
  engine.contacts.put({ id: 'ada', attributes: { plan: 'pro' } })
  engine.contacts.put({ id: 'bob', attributes: { plan: 'free' } })
  engine.segments.define({ id: 'pro', kind: 'hybrid', rule: attribute('plan').equals('pro') })
  return engine
}

describe('a hybrid segment', () => {
  it('has those its rule holds for, and those put in by hand', () => {
    const engine = scene()
    expect(inWords(engine.members.include('pro', ['ada', 'bob']).transitions)).toEqual(['bob enters pro'])
    expect(inWords(engine.contacts.patch('ada', { plan: 'free' }).transitions)).toEqual([])
    expect(inWords(engine.members.reset('pro', ['ada', 'bob']).transitions)).toEqual(['ada exits pro', 'bob exits pro'])
  })

  it('an exclusion beats an inclusion, and that the rule', () => {
    const engine = scene()
    engine.members.include('pro', 'bob')
    engine.members.exclude('pro', ['ada', 'bob'])
    expect(membersOf(engine, 'pro')).toEqual([])
    expect(Object.keys(engine.members.slotsOf('pro', 'bob'))).toEqual(['include', 'exclude'])
    expect(inWords(engine.members.reset('pro', ['ada', 'bob'], 'exclude').transitions)).toEqual([
      'ada enters pro',
      'bob enters pro',
    ])
    expect(inWords(engine.members.reset('pro', ['ada', 'bob'], 'include').transitions)).toEqual(['bob exits pro'])
  })

  it('slots end by themselves, each at its own instant', () => {
    const engine = scene()
    engine.members.include('pro', 'bob', { until: start + 5 * day })
    engine.members.exclude('pro', ['ada', 'bob'], { until: start + 2 * day })
    const { transitions } = engine.advanceTo(start + 10 * day)
    expect(transitions.map(({ type, contactId, at }) => [contactId, type, (at - start) / day])).toEqual([
      ['ada', 'enter', 2],
      ['bob', 'enter', 2],
      ['bob', 'exit', 5],
    ])
    expect(transitions[0]?.cause).toMatchObject({ kind: 'time', dueAt: start + 2 * day })
    expect(transitions[0]?.cause).not.toHaveProperty('window')
    expect(engine.members.slotsOf('pro', 'bob')).toEqual({})
  })

  it('two slots of one contact that end at once are one step, and no transition', () => {
    const engine = scene()
    engine.members.exclude('pro', 'bob', { until: start + day })
    engine.members.include('pro', 'bob', { until: start + day })
    const before = engine.statistics().steps
    expect(engine.advanceTo(start + 2 * day).transitions).toEqual([])
    expect(engine.statistics().steps - before).toBe(1)
    expect(engine.members.slotsOf('pro', 'bob')).toEqual({})
  })

  it('contacts of a definition fill the slots that include, in place of those before', () => {
    const engine = scene()
    engine.members.include('pro', 'bob', { reason: 'asked', until: start + day })
    engine.segments.define({ id: 'pro', contacts: ['bob'] })
    expect(engine.members.slotsOf('pro', 'bob')).toEqual({ include: { at: start } })
    engine.segments.define({ id: 'pro', contacts: ['ada'] })
    expect(membersOf(engine, 'pro')).toEqual(['ada'])
    expect(engine.advanceTo(start + 2 * day).transitions).toEqual([])
  })

  it('slots are about contacts and segments that are there', () => {
    const engine = scene()
    expect(engine.members.slotsOf('pro', 'nobody')).toEqual({})
    expect(engine.members.slotsOf('nothing', 'ada')).toEqual({})
    expect(refusal(() => engine.members.include('nothing', 'ada')).code).toBe('SEGMENT_UNKNOWN')
    expect(refusal(() => engine.members.include('pro', 'nobody')).code).toBe('CONTACT_UNKNOWN')
  })
})

describe('segments.convert', () => {
  it('dynamic to hybrid: the rule and empty slots; nobody moves', () => {
    const engine = scene()
    engine.segments.define({ id: 'vip', rule: hasTag('vip') })
    engine.tags.add('ada', 'vip')
    const { outcomes, transitions } = engine.segments.convert('vip', 'hybrid')
    expect(outcomes).toEqual([{ type: 'segment.convert', segmentId: 'vip', from: 'dynamic', to: 'hybrid' }])
    expect(transitions).toEqual([])
    engine.members.include('vip', 'bob')
    expect(membersOf(engine, 'vip')).toEqual(['ada', 'bob'])
  })

  it('dynamic to static: the members of the moment stay', () => {
    const engine = scene()
    engine.segments.define({ id: 'vip', rule: hasTag('vip') })
    engine.tags.add('ada', 'vip')
    expect(engine.segments.convert('vip', 'static').transitions).toEqual([])
    engine.tags.remove('ada', 'vip')
    engine.tags.add('bob', 'vip')
    expect(membersOf(engine, 'vip')).toEqual(['ada'])
    expect(engine.members.slotsOf('vip', 'ada')).toEqual({ include: { at: start } })
    expect(engine.segments.get('vip')).toMatchObject({ kind: 'static', rule: undefined })
  })

  it('hybrid to static: reasons and ends stay, exclusions go', () => {
    const engine = scene()
    engine.members.include('pro', 'bob', { reason: 'asked', until: start + day })
    engine.members.exclude('pro', 'ada')
    engine.segments.convert('pro', 'static')
    expect(membersOf(engine, 'pro')).toEqual(['bob'])
    expect(engine.members.slotsOf('pro', 'ada')).toEqual({})
    expect(engine.members.slotsOf('pro', 'bob').include).toEqual({ reason: 'asked', until: start + day, at: start })
    expect(inWords(engine.advanceTo(start + day).transitions)).toEqual(['bob exits pro'])
  })

  it('static to hybrid: memberships become inclusions', () => {
    const engine = scene()
    engine.segments.define({ id: 'hand', contacts: ['bob'] })
    expect(inWords(engine.segments.convert('hand', 'hybrid', attribute('plan').equals('pro')).transitions)).toEqual([
      'ada enters hand',
    ])
    expect(inWords(engine.members.reset('hand', 'bob').transitions)).toEqual(['bob exits hand'])
  })

  it('static to dynamic: memberships go, the rule decides', () => {
    const engine = scene()
    engine.segments.define({ id: 'hand', contacts: ['bob'] })
    const { transitions } = engine.segments.convert('hand', 'dynamic', attribute('plan').equals('pro'))
    expect(inWords(transitions)).toEqual(['ada enters hand', 'bob exits hand'])
    expect(transitions.map(({ cause }) => cause.kind)).toEqual(['definition', 'definition'])
  })

  it('hybrid to dynamic: slots go, the rule stays unless one is given', () => {
    const engine = scene()
    engine.members.include('pro', 'bob', { until: start + day })
    engine.members.exclude('pro', 'ada')
    expect(inWords(engine.segments.convert('pro', 'dynamic').transitions)).toEqual(['ada enters pro', 'bob exits pro'])
    expect(engine.nextDueAt()).toBeUndefined()
    engine.segments.convert('pro', 'hybrid', nobody)
    expect(membersOf(engine, 'pro')).toEqual([])
  })

  it('refuses what it cannot do, and changes nothing', () => {
    const engine = scene()
    engine.segments.define({ id: 'hand', contacts: ['bob'] })
    const codes = [
      () => engine.segments.convert('hand', 'static'),
      () => engine.segments.convert('hand', 'dynamic'),
      () => engine.segments.convert('hand', 'hybrid'),
      () => engine.segments.convert('pro', 'static', nobody),
      () => engine.segments.convert('pro', 'drenched' as 'static'),
      () => engine.segments.convert('nothing', 'static'),
    ].map((call) => refusal(call).code)
    expect(codes).toEqual([...Array.from({ length: 5 }, () => 'CHANGE_INVALID'), 'SEGMENT_UNKNOWN'])
    expect(membersOf(engine, 'hand')).toEqual(['bob'])
    expect(membersOf(engine, 'pro')).toEqual(['ada'])
  })
})
