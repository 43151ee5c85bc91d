import { all, attribute, everyone, hasTag, hasTagLike, inSegment, not, tagCount, type Engine } from 'coterie'
import { describe, expect, it } from 'vitest'
import { day, engineOf, inWords, refusal, start } from './scene.js'

/** Tags with their holders: `VIP rule s`. */
function held(engine: Engine, contact = 'ada'): readonly string[] {
  return engine.tags
    .of(contact)
    .flatMap(({ tag, holders }) => holders.map(({ kind, by }) => [tag, kind, by].filter(Boolean).join(' ')))
}

describe('a tag that a segment holds', () => {
  it('comes and goes with the membership, and moves those who read it in the same step', () => {
    const engine = engineOf('ada')
    engine.segments.define({ id: 'reader', rule: hasTag('VIP') })
    engine.segments.define({ id: 's', rule: attribute('score').greaterThan(5), holds: 'VIP' })
    const came = engine.contacts.patch('ada', { score: 9 })
    expect(inWords(came.transitions)).toEqual(['ada enters s', 'ada enters reader'])
    expect(came.tagEvents.map(({ type, tag, holder }) => [type, tag, holder])).toEqual([
      ['added', 'VIP', { kind: 'rule', by: 's' }],
    ])
    const went = engine.contacts.patch('ada', { score: 1 })
    expect(inWords(went.transitions)).toEqual(['ada exits s', 'ada exits reader'])
    expect(held(engine)).toEqual([])
  })

  it('goes by time, and at that instant', () => {
    const engine = engineOf('ada')
    engine.contacts.patch('ada', { at: { instant: start } })
    engine.segments.define({ id: 's', rule: attribute('at').inLast('30d'), holds: 'new' })
    engine.segments.define({ id: 'old', rule: not(hasTag('new')) })
    expect(held(engine)).toEqual(['new rule s'])
    const { transitions, tagEvents } = engine.advanceTo(start + 60 * day)
    expect(transitions.map(({ type, segmentId, at }) => [type, segmentId, at])).toEqual([
      ['exit', 's', start + 30 * day],
      ['enter', 'old', start + 30 * day],
    ])
    expect(tagEvents.map(({ type, at }) => [type, at])).toEqual([['removed', start + 30 * day]])
  })

  it('stays where a person holds it too, and nobody takes it off by hand', () => {
    const engine = engineOf('ada')
    engine.segments.define({ id: 's', rule: attribute('score').greaterThan(5), holds: 'VIP' })
    engine.tags.add('ada', 'VIP')
    engine.contacts.patch('ada', { score: 9 })
    expect(held(engine)).toEqual(['VIP person', 'VIP rule s'])
    engine.tags.remove('ada', 'VIP')
    expect(held(engine)).toEqual(['VIP rule s'])
    const by = refusal(() => engine.tags.add('ada', 'VIP', { kind: 'rule', by: 's' }))
    expect([by.code, by.path]).toEqual(['CHANGE_INVALID', ['holder', 'by']])
  })

  it('is put on once, and again when the contact enters again', () => {
    const engine = engineOf('ada')
    engine.segments.define({ id: 's', rule: attribute('score').greaterThan(5), holds: { tag: 'seen', once: true } })
    engine.contacts.patch('ada', { score: 9 })
    engine.contacts.patch('ada', { score: 1 })
    expect(held(engine)).toEqual(['seen behaviour s'])
    engine.tags.remove('ada', 'seen')
    engine.contacts.patch('ada', { score: 9 })
    expect(held(engine)).toEqual(['seen behaviour s'])
    engine.tags.remove('ada', 'seen')
    engine.contacts.patch('ada', { score: 8 })
    expect(held(engine)).toEqual([])
  })

  it('is another when it is defined so, and none when the segment goes', () => {
    const engine = engineOf('ada')
    engine.segments.define({ id: 's', rule: everyone, holds: 'a' })
    expect(engine.segments.get('s')?.holds).toEqual({ tag: 'a' })
    engine.segments.define({ id: 's', holds: 'b' })
    expect(held(engine)).toEqual(['b rule s'])
    engine.tags.catalogue.rename('b', 'c')
    expect([held(engine), engine.segments.get('s')?.holds]).toEqual([['c rule s'], { tag: 'c' }])
    engine.segments.remove('s')
    expect(held(engine)).toEqual([])
  })
})

describe('tags that segments held until now', () => {
  it('go in the order of their code points', () => {
    const engine = engineOf('ada')
    // As UTF-16 the second would come first.
    const [low, high] = ['\u{ff5e}', '\u{1f600}']
    engine.segments.define({ id: 'one', rule: everyone, holds: high })
    engine.segments.define({ id: 'other', rule: everyone, holds: low })
    const { tagEvents } = engine.batch(() => {
      engine.segments.define({ id: 'one', holds: null })
      engine.segments.define({ id: 'other', holds: null })
    })
    expect(tagEvents.map(({ type, tag }) => `${type} ${tag}`)).toEqual([`removed ${low}`, `removed ${high}`])
    expect(held(engine)).toEqual([])
  })
})

describe('of tags of an exclusive group that rules hold', () => {
  it('the first named stands, and the next comes when it goes', () => {
    const engine = engineOf('ada')
    engine.tags.catalogue.group({ group: 'g', tags: ['hot', 'warm', 'cold'], exclusive: true })
    engine.tags.add('ada', 'cold')
    engine.segments.define({ id: 'w', rule: attribute('score').greaterThan(4), holds: 'warm' })
    engine.segments.define({ id: 'h', rule: attribute('score').greaterThan(8), holds: 'hot' })
    engine.contacts.patch('ada', { score: 9 })
    expect(held(engine)).toEqual(['hot rule h'])
    expect(engine.tags.add('ada', 'cold').outcomes).toMatchObject([{ contacts: [{ outranked: ['cold'] }] }])
    engine.contacts.patch('ada', { score: 5 })
    expect(held(engine)).toEqual(['warm rule w'])
    engine.tags.catalogue.ungroup('g')
    engine.contacts.patch('ada', { score: 9 })
    expect(held(engine)).toEqual(['hot rule h', 'warm rule w'])
  })
})

describe('a loop', () => {
  it.each([
    ['by name', hasTag('b')],
    ['by pattern', hasTagLike('b*')],
    ['by number', tagCount().atLeast(2)],
    ['by a segment between', all(inSegment('between'))],
  ])('%s is refused, spelled out', (_, rule) => {
    const engine = engineOf('ada')
    engine.segments.define({ id: 'between', rule: hasTag('b') })
    engine.segments.define({ id: 'one', rule: hasTag('a'), holds: 'b' })
    const { code, received } = refusal(() => engine.segments.define({ id: 'two', rule, holds: 'a' }))
    expect(code).toBe('RULE_LOOP')
    expect(received).toContain('tag "a" → "two"')
    expect(received).toContain('tag "b" → "one"')
    expect(engine.segments.ids()).toEqual(['between', 'one'])
  })

  it('through another tag of an exclusive group is one too', () => {
    const engine = engineOf('ada')
    engine.tags.catalogue.group({ group: 'g', tags: ['hot', 'warm'], exclusive: true })
    const { code } = refusal(() => engine.segments.define({ id: 's', rule: hasTag('warm'), holds: 'hot' }))
    expect(code).toBe('RULE_LOOP')
  })
})
