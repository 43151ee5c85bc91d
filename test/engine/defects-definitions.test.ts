import { all, any, attribute, everyone, hasTag, inSegment, not, type Engine, type Rule } from 'coterie'
import { describe, expect, it } from 'vitest'
import { engineOf, inWords, membersOf, newEngine, refusal, told } from './scene.js'

/*
 * What users of other systems report as defects, each by name: rules that are changed, and rules that are wrong.
 */

describe('a rule that is changed', () => {
  it('made narrower, those who no longer match exit, in the change that made it so', () => {
    const engine = newEngine()
    engine.contacts.put({ id: 'ada', attributes: { plan: 'pro', country: 'DE' } })
    engine.contacts.put({ id: 'bob', attributes: { plan: 'pro', country: 'FR' } })
    const pro = attribute('plan').equals('pro')
    engine.segments.define({ id: 'pro', rule: pro })
    const transitions = told(engine)

    engine.segments.define({ id: 'pro', rule: all(pro, attribute('country').equals('DE')) })
    expect(membersOf(engine, 'pro')).toEqual(['ada'])
    expect(inWords(transitions)).toEqual(['bob exits pro'])
  })

  it('with a filter taken out, those let in by it alone leave', () => {
    const engine = newEngine()
    engine.contacts.put({ id: 'ada', attributes: { plan: 'pro' } })
    engine.contacts.put({ id: 'bob', attributes: { score: 99 } })
    const either = any(attribute('plan').equals('pro'), attribute('score').atLeast(90))
    engine.segments.define({ id: 'hot', rule: either })
    engine.segments.define({ id: 'hot', rule: attribute('plan').equals('pro') })
    expect(membersOf(engine, 'hot')).toEqual(['ada'])
    // The old filter is gone for good: nothing that it read moves anybody.
    expect(engine.contacts.patch('bob', { score: 100 }).transitions).toEqual([])
    expect(engine.statistics().leaves).toBe(1)
  })

  it('deployed, does not greet everyone who already belongs', () => {
    const engine = engineOf('ada', 'bob')
    engine.tags.add('ada', 'vip')
    engine.tags.add(['ada', 'bob'], 'buyer')
    const greeted: string[] = []
    engine.on('enter', ({ contactId }) => void greeted.push(contactId))
    engine.on('exit', ({ contactId }) => void greeted.push(contactId))
    const transitions = told(engine)

    engine.segments.define({ id: 'vip', rule: hasTag('vip') })
    expect(inWords(transitions)).toEqual(['ada enters vip'])
    engine.segments.define({ id: 'vip', rule: any(hasTag('vip'), hasTag('buyer')) })
    expect(inWords(transitions)).toEqual(['ada enters vip', 'bob enters vip'])
    engine.segments.define({ id: 'vip', rule: any(hasTag('vip'), hasTag('buyer')), name: 'VIP' })
    expect(transitions).toHaveLength(2)
    expect(greeted).toEqual([])

    engine.contacts.put({ id: 'cyd' })
    engine.tags.add('cyd', 'vip')
    expect(greeted).toEqual(['cyd'])
  })
})

describe('a bad rule', () => {
  function twoSegments(): Engine {
    const engine = engineOf('ada', 'bob')
    engine.tags.add('ada', 'vip')
    engine.segments.define({ id: 'vip', rule: hasTag('vip') })
    engine.segments.define({ id: 'others', rule: not(inSegment('vip')) })
    return engine
  }
  const bad: readonly (readonly [string, unknown])[] = [
    ['an unknown operator', { op: 'hasTagg', tag: 'vip' }],
    ['a loop of one', { op: 'inSegment', segment: 'bad' }],
    ['a pattern that is none', { op: 'matches', left: { get: 'contactId' }, pattern: '(a' }],
    ['a duration that is none', { op: 'inLast', left: { get: 'attribute', name: 'd' }, duration: '7 days' }],
    ['a comparison with nothing', { op: 'equals', left: { get: 'attribute', name: 'd' }, right: null }],
    ['a zone that is none', { op: 'inLast', left: { get: 'attribute', name: 'd' }, duration: '7d', timeZone: 'Mars' }],
  ]

  it.each(bad)('%s is refused when it is defined and touches no other segment', (_, rule) => {
    const engine = twoSegments()
    const before = engine.statistics()
    refusal(() => engine.segments.define({ id: 'bad', rule: rule as Rule }))
    refusal(() => engine.segments.define({ id: 'vip', rule: { op: 'all', rules: [everyone, rule as Rule] } }))
    refusal(() =>
      engine.batch([
        { type: 'segment.define', id: 'bad', rule: rule as Rule },
        { type: 'contact.remove', contact: 'ada' },
      ]),
    )
    expect(engine.statistics()).toEqual(before)
    expect(membersOf(engine, 'vip')).toEqual(['ada'])
    expect(membersOf(engine, 'others')).toEqual(['bob'])
    expect(inWords(engine.tags.add('bob', 'vip').transitions)).toEqual(['bob enters vip', 'bob exits others'])
  })

  it('a redefinition that would close a loop leaves all rules as they were', () => {
    const engine = twoSegments()
    const error = refusal(() => engine.segments.define({ id: 'vip', rule: inSegment('others') }))
    expect(error.code).toBe('RULE_LOOP')
    expect(error.message).toContain('"vip" → "others" → "vip"')
    expect(engine.segments.get('vip')?.rule).toEqual(hasTag('vip'))
    expect(inWords(engine.tags.remove('ada', 'vip').transitions)).toEqual(['ada exits vip', 'ada enters others'])
  })
})
