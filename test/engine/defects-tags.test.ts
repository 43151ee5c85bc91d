import { hasAllTags, hasNoneOfTags, hasTag, hasTagLike, tag, tagCount, type TagEvent } from 'coterie'
import { describe, expect, it } from 'vitest'
import { day, engineOf, inWords, membersOf, newEngine, start } from './scene.js'

/*
 * What users of other systems report as defects, each by name: tags.
 */

describe('a tag that a person and a rule put on', () => {
  it('stays when the person takes it off, for as long as the rule holds it, and says who holds it', () => {
    const engine = engineOf('ada')
    engine.segments.define({ id: 'vip', rule: hasTag('vip') })
    engine.tags.add('ada', 'vip', { kind: 'person', by: 'eve' })
    engine.tags.add('ada', 'vip', { kind: 'rule', by: 'big-spender' })
    const events: TagEvent[] = []
    engine.on('tag', (event) => void events.push(event))

    const { outcomes, transitions } = engine.tags.remove('ada', 'vip')
    expect(outcomes).toEqual([
      {
        type: 'tag.remove',
        contacts: [
          {
            contactId: 'ada',
            added: [],
            held: [],
            present: [],
            removed: [],
            released: ['vip'],
            absent: [],
            heldBy: [{ tag: 'vip', rules: ['big-spender'] }],
          },
        ],
      },
    ])
    expect(transitions).toEqual([])
    expect(events).toEqual([])
    expect(engine.tags.of('ada').map(({ holders }) => holders)).toEqual([
      [{ kind: 'rule', by: 'big-spender', at: start }],
    ])
    expect(membersOf(engine, 'vip')).toEqual(['ada'])
  })

  it('is the person’s own: the rule that comes after is one more holder, and no event', () => {
    const engine = engineOf('ada')
    engine.tags.add('ada', 'vip', { kind: 'person', by: 'eve' })
    engine.advanceTo(start + day)
    const { outcomes, tagEvents } = engine.tags.add('ada', 'vip', { kind: 'rule', by: 'big-spender' })
    expect(outcomes).toMatchObject([{ contacts: [{ added: [], held: ['vip'], present: [] }] }])
    expect(tagEvents).toEqual([])
    expect(engine.tags.of('ada')).toEqual([
      {
        tag: 'vip',
        since: start,
        holders: [
          { kind: 'person', by: 'eve', at: start },
          { kind: 'rule', by: 'big-spender', at: start + day },
        ],
      },
    ])
  })

  it('survives the rule that had put on the same one, and the other way round', () => {
    const engine = engineOf('ada')
    engine.segments.define({ id: 'vip', rule: hasTag('vip') })
    engine.tags.add('ada', 'vip', { kind: 'person', by: 'eve' })
    engine.tags.add('ada', 'vip', { kind: 'rule', by: 'big-spender' })

    const { outcomes, transitions, tagEvents } = engine.tags.remove('ada', 'vip', { kind: 'rule', by: 'big-spender' })
    expect(outcomes).toMatchObject([{ contacts: [{ removed: [], released: ['vip'], heldBy: [] }] }])
    expect([transitions, tagEvents]).toEqual([[], []])
    expect(engine.tags.of('ada')[0]?.holders).toEqual([{ kind: 'person', by: 'eve', at: start }])

    expect(engine.tags.remove('ada', 'vip', { kind: 'rule', by: 'big-spender' }).outcomes).toMatchObject([
      { contacts: [{ removed: [], released: [], absent: ['vip'] }] },
    ])
    expect(inWords(engine.tags.remove('ada', 'vip', { kind: 'person', by: 'eve' }).transitions)).toEqual([
      'ada exits vip',
    ])
  })

  it('tells its holders apart: a segment of those whom a person tagged loses who is left to the rule', () => {
    const engine = engineOf('ada')
    engine.segments.define({ id: 'by-person', rule: tag('vip').heldBy('person') })
    engine.segments.define({ id: 'by-eve', rule: tag('vip').heldBy('person', 'eve') })
    engine.tags.add('ada', 'vip', { kind: 'rule', by: 'big-spender' })
    expect(engine.segments.of('ada')).toEqual([])
    engine.tags.add('ada', 'vip', { kind: 'person', by: 'eve' })
    expect(engine.segments.of('ada')).toEqual(['by-person', 'by-eve'])
    expect(inWords(engine.tags.remove('ada', 'vip').transitions)).toEqual(['ada exits by-person', 'ada exits by-eve'])
    expect(engine.tags.has('ada', 'vip')).toBe(true)
  })
})

describe('tags', () => {
  it('taken off, one or many, leave all others alone', () => {
    const engine = engineOf('ada', 'bob')
    engine.tags.add(['ada', 'bob'], ['a', 'b', 'c', 'd'])
    engine.tags.remove('ada', 'b')
    engine.tags.remove(['ada', 'bob'], ['c', 'nobody has this'])
    expect(engine.contact('ada').tags).toEqual(['a', 'd'])
    expect(engine.contact('bob').tags).toEqual(['a', 'b', 'd'])
  })

  it('VIP and vip are two, and neither has blanks trimmed', () => {
    const engine = engineOf('ada')
    engine.tags.add('ada', ['VIP', 'vip', ' vip'])
    expect(engine.tags.counts()).toHaveLength(3)
    engine.tags.remove('ada', 'vip')
    expect(engine.contact('ada').tags).toEqual([' vip', 'VIP'])
  })

  it('of a contact that was removed do not come back with one put under its id', () => {
    const engine = engineOf('ada')
    engine.tags.add('ada', 'vip')
    engine.contacts.remove('ada')
    engine.contacts.put({ id: 'ada' })
    expect(engine.tags.of('ada')).toEqual([])
    expect(engine.tags.counts()).toEqual([])
  })
})

describe('10,000 tags on one contact', () => {
  const tags = Array.from({ length: 10_000 }, (_, i) => `tag-${i}`)

  it('come in one change, and each is there', () => {
    const engine = engineOf('ada', 'bob')
    engine.segments.define({ id: 'last', rule: hasTag('tag-9999') })
    engine.segments.define({ id: 'all', rule: hasAllTags(...tags) })
    engine.segments.define({ id: 'none', rule: hasNoneOfTags(...tags) })
    engine.segments.define({ id: 'like', rule: hasTagLike('*-777*') })
    engine.segments.define({ id: 'many', rule: tagCount().atLeast(10_000) })
    const { transitions, tagEvents } = engine.tags.add('ada', tags)
    expect(inWords(transitions)).toEqual([
      'ada enters last',
      'ada enters all',
      'ada exits none',
      'ada enters like',
      'ada enters many',
    ])
    expect(tagEvents.map((event) => event.tag)).toEqual(tags)
    expect(engine.tags.of('ada')).toHaveLength(10_000)
    expect(inWords(engine.tags.remove('ada', 'tag-777').transitions)).toEqual(['ada exits all', 'ada exits many'])
    expect(engine.tags.remove('ada', tags).tagEvents).toHaveLength(9_999)
    expect(engine.segments.of('ada')).toEqual(['none'])
  })

  it('come one by one, and each change looks only at the leaves of its tag', () => {
    const engine = newEngine()
    engine.contacts.put({ id: 'ada' })
    for (const name of tags.slice(0, 100)) engine.segments.define({ id: name, rule: hasTag(name) })
    const before = engine.statistics()
    for (const name of tags) engine.tags.add('ada', name)
    const after = engine.statistics()
    expect(after.leafTests - before.leafTests).toBe(0)
    expect(after.flips - before.flips).toBe(100)
    expect(engine.segments.of('ada')).toHaveLength(100)
  })
})
