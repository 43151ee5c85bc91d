import { tag, type Outcome, type TagOutcome } from 'coterie'
import { describe, expect, it } from 'vitest'
import { day, engineOf, inWords, refusal, start } from './scene.js'

/** What a change did to the tags of each contact; lists without anything in them are left out. */
function didTo(outcomes: readonly Outcome[]): readonly Partial<TagOutcome>[] {
  return outcomes.flatMap((outcome) => {
    if (outcome.type !== 'tag.add' && outcome.type !== 'tag.remove') return []
    return outcome.contacts.map((each) =>
      Object.fromEntries(Object.entries(each).filter(([, list]) => list.length > 0)),
    )
  })
}

describe('tag.add', () => {
  it('says for each contact what was added, what is held by one more, and what was there', () => {
    const engine = engineOf('ada', 'bob')
    engine.tags.add('ada', ['a', 'b'])
    engine.tags.add('bob', 'b', 'campaign')
    const { outcomes, tagEvents } = engine.tags.add(['ada', 'bob'], ['b', 'c'])
    expect(didTo(outcomes)).toEqual([
      { contactId: 'ada', added: ['c'], present: ['b'] },
      { contactId: 'bob', added: ['c'], held: ['b'] },
    ])
    expect(tagEvents.map(({ type, contactId, tag: name }) => `${contactId} ${type} ${name}`)).toEqual([
      'ada added c',
      'bob added c',
    ])
  })

  it('knows holders by kind and name', () => {
    const engine = engineOf('ada')
    const add = (holder: Parameters<typeof engine.tags.add>[2]) => didTo(engine.tags.add('ada', 'vip', holder).outcomes)
    expect(add({ kind: 'person', by: 'eve' })).toEqual([{ contactId: 'ada', added: ['vip'] }])
    expect(add({ kind: 'person', by: 'bob' })).toEqual([{ contactId: 'ada', held: ['vip'] }])
    expect(add('person')).toEqual([{ contactId: 'ada', held: ['vip'] }])
    expect(add({ kind: 'campaign', by: 'eve' })).toEqual([{ contactId: 'ada', held: ['vip'] }])
    expect(add({ kind: 'person', by: 'eve' })).toEqual([{ contactId: 'ada', present: ['vip'] }])
    expect(engine.tags.of('ada')[0]?.holders.map(({ kind, by }) => [kind, by])).toEqual([
      ['person', 'eve'],
      ['person', 'bob'],
      ['person', undefined],
      ['campaign', 'eve'],
    ])
  })

  it('a contact or a tag named twice is one', () => {
    const engine = engineOf('ada')
    const { outcomes } = engine.tags.add(['ada', 'ada'], ['vip', 'vip'])
    expect(didTo(outcomes)).toEqual([{ contactId: 'ada', added: ['vip'] }])
  })

  it('is refused as a whole where one contact is unknown', () => {
    const engine = engineOf('ada', 'bob')
    expect(refusal(() => engine.tags.add(['ada', 'nobody', 'bob'], 'vip')).code).toBe('CONTACT_UNKNOWN')
    expect(engine.tags.counts()).toEqual([])
  })

  it('keeps when the tag came, whoever holds it later', () => {
    const engine = engineOf('ada')
    engine.segments.define({ id: 'new', rule: tag('vip').addedInLast('7d') })
    engine.tags.add('ada', 'vip')
    engine.advanceTo(start + 6 * day)
    engine.tags.add('ada', 'vip', 'campaign')
    expect(inWords(engine.advanceTo(start + 7 * day).transitions)).toEqual(['ada exits new'])
  })

  it('a tag that was taken off and put on again begins anew', () => {
    const engine = engineOf('ada')
    engine.segments.define({ id: 'new', rule: tag('vip').addedInLast('7d') })
    engine.tags.add('ada', 'vip')
    engine.advanceTo(start + 8 * day)
    const { transitions, tagEvents } = engine.batch(() => {
      engine.tags.remove('ada', 'vip')
      engine.tags.add('ada', 'vip')
    })
    expect(inWords(transitions)).toEqual(['ada enters new'])
    expect(tagEvents).toEqual([])
  })
})

describe('tag.remove', () => {
  it('says for each contact what was removed and what was not there', () => {
    const engine = engineOf('ada', 'bob')
    engine.tags.add('ada', ['a', 'b'])
    const { outcomes, tagEvents } = engine.tags.remove(['ada', 'bob'], ['a', 'c'])
    expect(didTo(outcomes)).toEqual([
      { contactId: 'ada', removed: ['a'], absent: ['c'] },
      { contactId: 'bob', absent: ['a', 'c'] },
    ])
    expect(tagEvents.map(({ type, contactId, tag: name }) => `${contactId} ${type} ${name}`)).toEqual(['ada removed a'])
  })

  it('takes all holders, and tells of the last one', () => {
    const engine = engineOf('ada')
    engine.tags.add('ada', 'vip', { kind: 'person', by: 'eve' })
    engine.tags.add('ada', 'vip', { kind: 'import', by: 'file.csv' })
    const { tagEvents } = engine.tags.remove('ada', 'vip')
    expect(tagEvents).toMatchObject([{ type: 'removed', tag: 'vip', holder: { kind: 'import', by: 'file.csv' } }])
    expect(engine.tags.of('ada')).toEqual([])
  })
})

describe('questions about tags', () => {
  it('are answered for unknown contacts too', () => {
    const engine = engineOf('ada')
    expect(engine.tags.of('nobody')).toEqual([])
    expect(engine.tags.has('nobody', 'vip')).toBe(false)
    expect(engine.tags.has('ada', 'vip')).toBe(false)
  })

  it('counts go with the tags', () => {
    const engine = engineOf('ada', 'bob')
    engine.tags.add(['ada', 'bob'], 'a')
    engine.tags.add('ada', 'b')
    expect(engine.tags.counts()).toEqual([
      { tag: 'a', count: 2 },
      { tag: 'b', count: 1 },
    ])
    engine.tags.remove('ada', ['a', 'b'])
    expect(engine.tags.counts()).toEqual([{ tag: 'a', count: 1 }])
  })
})
