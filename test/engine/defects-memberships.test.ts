import { all, attribute, everyone, hasTag, inSegment, nobody, not, type Engine } from 'coterie'
import { describe, expect, it } from 'vitest'
import { day, engineOf, hour, inWords, membersOf, newEngine, refusal, start, told } from './scene.js'

/*
 * What users of other systems report as defects, each by name: segments that refer to each other, and members by hand.
 */

describe('a segment that others refer to', () => {
  it('is never ahead of them: everything is settled before any listener hears', () => {
    const engine = engineOf('ada')
    engine.segments.define({ id: 'vip', rule: hasTag('vip') })
    engine.segments.define({ id: 'left', rule: inSegment('vip') })
    engine.segments.define({ id: 'right', rule: not(inSegment('vip')) })
    engine.segments.define({ id: 'both', rule: all(inSegment('left'), not(inSegment('right'))) })
    const seen: (readonly string[])[] = []
    engine.on('transition', () => void seen.push(engine.segments.of('ada')))

    const { transitions } = engine.tags.add('ada', 'vip')
    expect(inWords(transitions)).toEqual(['ada enters vip', 'ada enters left', 'ada exits right', 'ada enters both'])
    expect(new Set(transitions.map(({ cause }) => cause.revision)).size).toBe(1)
    expect(seen).toEqual(transitions.map(() => ['vip', 'left', 'both']))
  })

  it('is never ahead of them when time moves it', () => {
    const engine = newEngine()
    engine.segments.define({ id: 'active', rule: attribute('lastSeen').inLast('1d') })
    engine.segments.define({ id: 'inactive', rule: not(inSegment('active')) })
    engine.contacts.put({ id: 'ada', attributes: { lastSeen: new Date(start) } })
    const seen: (readonly string[])[] = []
    engine.on('transition', () => void seen.push(engine.segments.of('ada')))
    const { transitions } = engine.advanceTo(start + 2 * day)
    expect(inWords(transitions)).toEqual(['ada exits active', 'ada enters inactive'])
    expect(transitions.map(({ at }) => at)).toEqual([start + day, start + day])
    expect(seen).toEqual([['inactive'], ['inactive']])
  })

  it('is never ahead of them along a chain of 1,000', () => {
    const engine = engineOf('ada')
    engine.segments.define({ id: 's0', rule: hasTag('vip') })
    for (let i = 1; i < 1_000; i++) engine.segments.define({ id: `s${i}`, rule: inSegment(`s${i - 1}`) })
    expect(engine.tags.add('ada', 'vip').transitions.map(({ segmentId }) => segmentId)).toEqual(
      Array.from({ length: 1_000 }, (_, i) => `s${i}`),
    )
  })

  it('explains the end of a chain of 10,000', () => {
    const engine = engineOf('ada')
    engine.contacts.patch('ada', { lastSeen: new Date(start) })
    engine.segments.define({ id: 's0', rule: attribute('lastSeen').inLast('1h') })
    for (let i = 1; i < 10_000; i++) engine.segments.define({ id: `s${i}`, rule: inSegment(`s${i - 1}`) })
    expect(engine.segments.explain('s9999', 'ada').member).toBe(true)
    expect(engine.nextChangeAt('s9999', 'ada')).toEqual({ at: start + hour })
  })
})

describe('a manual exclusion', () => {
  function excluded(): Engine {
    const engine = newEngine()
    engine.contacts.put({ id: 'ada', attributes: { plan: 'pro', seen: new Date(start) } })
    engine.contacts.put({ id: 'bob', attributes: { plan: 'pro', seen: new Date(start) } })
    engine.segments.define({ id: 'pro', kind: 'hybrid', rule: attribute('plan').equals('pro') })
    engine.members.exclude('pro', 'ada', { reason: 'asked' })
    expect(membersOf(engine, 'pro')).toEqual(['bob'])
    return engine
  }
  const rebuilds: readonly (readonly [string, (engine: Engine) => void])[] = [
    ['a redefinition', (engine) => void engine.segments.define({ id: 'pro', rule: everyone })],
    [
      'a redefinition twice',
      (engine) => {
        engine.segments.define({ id: 'pro', rule: nobody })
        engine.segments.define({ id: 'pro', rule: attribute('plan').equals('pro') })
      },
    ],
    ['a new name', (engine) => void engine.segments.describe('pro', { name: 'Pro' })],
    [
      'a patch',
      (engine) => {
        engine.contacts.patch('ada', { plan: 'free' })
        engine.contacts.patch('ada', { plan: 'pro' })
      },
    ],
    ['attributes put anew', (engine) => void engine.contacts.put({ id: 'ada', attributes: { plan: 'pro' } })],
    ['a tag', (engine) => void engine.tags.add('ada', 'vip')],
    [
      'another merged into it',
      (engine) => {
        engine.contacts.put({ id: 'ada2', attributes: { plan: 'pro' } })
        engine.contacts.merge({ from: 'ada2', into: 'ada' })
      },
    ],
    ['an inclusion', (engine) => void engine.members.include('pro', 'ada')],
    ['inclusions by a definition', (engine) => void engine.segments.define({ id: 'pro', contacts: ['ada', 'bob'] })],
    [
      'a year',
      (engine) => {
        engine.segments.define({ id: 'pro', rule: attribute('seen').moreThanAgo('1d') })
        engine.advanceTo(start + 365 * day)
      },
    ],
    [
      'a batch of all that',
      (engine) => {
        engine.batch(() => {
          engine.contacts.patch('ada', { plan: 'free' })
          engine.segments.define({ id: 'pro', rule: everyone })
          engine.members.include('pro', ['ada', 'bob'])
        })
      },
    ],
    ['what is refused', (engine) => void refusal(() => engine.segments.define({ id: 'pro', rule: inSegment('pro') }))],
  ]

  it.each(rebuilds)('survives %s', (_, rebuild) => {
    const engine = excluded()
    const transitions = told(engine)
    rebuild(engine)
    expect(engine.segments.has('pro', 'ada')).toBe(false)
    expect(engine.segments.has('pro', 'bob')).toBe(true)
    expect(engine.members.slotsOf('pro', 'ada').exclude?.reason).toBe('asked')
    expect(transitions.filter(({ contactId }) => contactId === 'ada')).toEqual([])
  })

  it('keeps its contact out of the static segment that is made of it', () => {
    const engine = excluded()
    engine.segments.convert('pro', 'static')
    expect(membersOf(engine, 'pro')).toEqual(['bob'])
    engine.segments.convert('pro', 'hybrid', everyone)
    expect(membersOf(engine, 'pro')).toEqual(['ada', 'bob'])
  })

  it('goes with its contact, and with its segment', () => {
    const engine = excluded()
    engine.contacts.remove('ada')
    engine.contacts.put({ id: 'ada', attributes: { plan: 'pro' } })
    expect(engine.segments.has('pro', 'ada')).toBe(true)
    engine.members.exclude('pro', 'ada')
    engine.segments.remove('pro')
    engine.segments.define({ id: 'pro', kind: 'hybrid', rule: everyone })
    expect(engine.segments.has('pro', 'ada')).toBe(true)
  })
})
