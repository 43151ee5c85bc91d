import { hasTag, hasTagLike, tag as tagOf, tagCount, type Engine } from 'coterie'
import { describe, expect, it } from 'vitest'
import { dataLikenessOf, likenessOf } from '../../src/tagging/likeness.js'
import { namingOf } from '../../src/tagging/naming.js'
import { tagHygiene, type TagFinding, type TagFindingKind, type TagHygieneOptions } from 'coterie/automation'
import { engineOf, refusal } from '../engine/scene.js'

function found(engine: Engine, kind: TagFindingKind, options: TagHygieneOptions = {}): readonly TagFinding[] {
  return tagHygiene(engine, { ...options, kinds: [kind] })
}

describe('near-duplicates', () => {
  it.each([
    ['VIP', 'vip', 'V.I.P.', ' v-i-p '],
    ['Source: Facebook', 'source-facebook'],
    ['café', 'Cafe'],
    ['2024-01', '2024.01'],
  ])('%j and the like are alike', (...names) => {
    expect(new Set(names.map(likenessOf)).size).toBe(1)
    expect(likenessOf(names[0])).toBeDefined()
  })

  it.each([
    ['C', 'C++'],
    ['C', 'C#'],
    ['v1.0', 'v10'],
    ['lead', 'leads'],
    ['…', '?!'],
  ])('%j and %j are not', (one, other) => {
    expect(likenessOf(one) === likenessOf(other) && likenessOf(one) !== undefined).toBe(false)
  })

  it('are merged into the one that is declared, or else that most have', () => {
    const engine = engineOf('ada', 'bob', 'cyd')
    engine.tags.add(['ada', 'bob'], 'vip')
    engine.tags.add('cyd', 'V.I.P.')
    engine.segments.define({ id: 's', rule: hasTag('VIP') })
    const [first, ...others] = found(engine, 'near-duplicate')
    expect(others).toEqual([])
    expect(first).toMatchObject({
      tags: ['V.I.P.', 'VIP', 'vip'],
      fix: [{ type: 'tag.merge', from: ['V.I.P.', 'VIP'], into: 'vip' }],
      loses: 'which of them each contact had',
    })
    engine.tags.catalogue.define({ tag: 'VIP' })
    expect(found(engine, 'near-duplicate')[0]?.fix).toEqual([
      { type: 'tag.merge', from: ['V.I.P.', 'vip'], into: 'VIP' },
    ])
  })

  it('say so where the engine would refuse to merge them', () => {
    const engine = engineOf('ada')
    engine.segments.define({ id: 's', rule: hasTag('VIP'), holds: 'vip' })
    const [only] = found(engine, 'near-duplicate')
    expect(only?.fix).toEqual([])
    expect(only?.refused).toMatch(/^RULE_LOOP: /)
    expect(engine.segments.get('s')?.holds).toEqual({ tag: 'vip' })
    expect(engine.tags.catalogue.readers('VIP')).toEqual([{ in: 'segment', id: 's', by: 'name' }])
  })

  it('are forced only where rules read the tags loosely', () => {
    const engine = engineOf('ada')
    engine.tags.add('ada', ['vip', 'VIP'])
    expect(found(engine, 'near-duplicate')[0]?.fix[0]).not.toHaveProperty('force')
    engine.segments.define({ id: 's', rule: hasTagLike('V*') })
    expect(found(engine, 'near-duplicate')[0]?.fix[0]).toHaveProperty('force', true)
  })
})

describe('conventions', () => {
  it.each([
    ['kebab-case', 'Hot Lead', 'hot-lead'],
    ['kebab-case', 'hotLead', 'hot-lead'],
    ['snake_case', 'hot-lead', 'hot_lead'],
    ['lower case', 'Hot_Lead', 'hot lead'],
    ['Title Case', 'hot lead', 'Hot Lead'],
    ['Title Case', 'VIP customer', 'VIP Customer'],
    ['camelCase', 'hot-lead', 'hotLead'],
  ] as const)('%s: %j becomes %j, which is right', (convention, name, right) => {
    const naming = namingOf('tagNames', convention)
    expect([naming.isRight(name), naming.rightName(name)]).toEqual([false, right])
    expect([naming.isRight(right), naming.rightName(right)]).toEqual([true, right])
  })

  it('rename a tag, and leave the prefix of its group alone', () => {
    const engine = engineOf('ada')
    engine.tags.catalogue.group({ group: 'source', prefix: 'Source: ' })
    engine.tags.add('ada', ['Source: social media', 'hot lead', 'Customer'])
    expect(found(engine, 'name', { tagNames: 'Title Case' }).map(({ fix }) => fix)).toEqual([
      [{ type: 'tag.rename', from: 'Source: social media', to: 'Source: Social Media' }],
      [{ type: 'tag.rename', from: 'hot lead', to: 'Hot Lead' }],
    ])
  })

  it('merge a tag into the right one where that is there', () => {
    const engine = engineOf('ada')
    engine.tags.add('ada', ['hot lead', 'Hot Lead'])
    expect(found(engine, 'name', { tagNames: 'Title Case' })).toMatchObject([
      {
        fix: [{ type: 'tag.merge', from: ['hot lead'], into: 'Hot Lead' }],
        loses: 'which of the two each contact had',
      },
    ])
  })

  it('by a pattern tell what is wrong and not what is right; by a function both', () => {
    const engine = engineOf('ada')
    engine.tags.add('ada', ['hot', 'Hot'])
    expect(found(engine, 'name', { tagNames: { pattern: '[a-z]+' } })).toMatchObject([{ tags: ['Hot'], fix: [] }])
    const shouting = (name: string): string => name.toUpperCase()
    expect(found(engine, 'name', { tagNames: shouting }).map(({ fix }) => fix[0])).toEqual([
      { type: 'tag.rename', from: 'Hot', to: 'HOT' },
      { type: 'tag.rename', from: 'hot', to: 'HOT' },
    ])
    const restless = (name: string): string => `${name}!`
    expect(found(engine, 'name', { tagNames: restless }).map(({ fix }) => fix)).toEqual([[], []])
  })

  it('look at the names of segments too', () => {
    const engine = engineOf()
    engine.segments.define({ id: 'at-risk', name: 'at risk', rule: hasTag('x') })
    engine.segments.define({ id: 'Good', rule: hasTag('x') })
    expect(found(engine, 'name', { segmentNames: 'Title Case' })).toMatchObject([
      { tags: [], segment: 'at-risk', fix: [{ type: 'segment.describe', segment: 'at-risk', name: 'At Risk' }] },
    ])
  })

  it('that are none are refused', () => {
    const engine = engineOf()
    const asked = (tagNames: unknown) => refusal(() => tagHygiene(engine, { tagNames: tagNames as 'camelCase' })).code
    expect(asked('kebap-case')).toBe('OPTION_INVALID')
    expect(asked({ pattern: '(' })).toBe('PATTERN_INVALID')
    expect(asked(null)).toBe('OPTION_INVALID')
    expect(refusal(() => tagHygiene(engine, { kinds: ['unusable' as 'unused'] })).code).toBe('OPTION_INVALID')
    expect(refusal(() => tagHygiene(engine, { mostTags: -1 })).code).toBe('OPTION_INVALID')
  })
})

describe('tags that look like data', () => {
  it.each([
    ['ada@example.com', 'an e-mail address'],
    ['email: ada@example.com', 'an e-mail address'],
    ['+49 151 2345678', 'a phone number'],
    ['(030) 123 456', 'a phone number'],
    ['3f2504e0-4f89-11d3-9a0c-0305e82c3301', 'an id'],
    ['#482913', 'an id'],
    ['INV-2024017', 'an id'],
    ['2024-01-15', 'a date'],
    ['15.01.2024', 'a date'],
    ['$4,999.00', 'an amount'],
    ['120 EUR', 'an amount'],
    ['https://example.com/x', 'a web address'],
  ])('%j looks like %s', (name, like) => {
    expect(dataLikenessOf(name)).toBe(like)
  })

  it.each([
    'VIP',
    'hot-lead',
    'Stage: Customer',
    'Q1 2024',
    'webinar-2024-01',
    'B2B',
    '24h',
    '@team',
    'abc-def',
    'top 10',
    'deadbeef',
  ])('%j does not', (name) => {
    expect(dataLikenessOf(name)).toBeUndefined()
  })

  it('are deleted, and it is said what goes with them', () => {
    const engine = engineOf('ada', 'bob')
    engine.tags.add(['ada', 'bob'], '2024-01-15')
    engine.tags.catalogue.define({ tag: '2024-01-15', description: 'Signed up' })
    engine.segments.define({ id: 'january', rule: hasTag('2024-01-15') })
    expect(found(engine, 'data')).toMatchObject([
      {
        fix: [{ type: 'tag.delete', tags: ['2024-01-15'] }],
        loses: 'who has it: 2 contacts; what is asked of it in "january"; what is said of it in the catalogue',
      },
    ])
  })
})

describe('tags that are not used', () => {
  it('are those declared or listed that nothing has or asks for', () => {
    const engine = engineOf('ada')
    const { catalogue } = engine.tags
    for (const tag of ['declared', 'had', 'asked', 'put', 'held']) catalogue.define({ tag })
    catalogue.group({ group: 'g', tags: ['listed'] })
    engine.tags.add('ada', 'had')
    engine.segments.define({ id: 's', rule: hasTag('asked'), holds: 'held' })
    const unused = found(engine, 'unused', { users: [{ id: 'welcome', puts: ['put'] }] })
    expect(unused.map(({ tags, loses }) => [tags, loses])).toEqual([
      [['declared'], undefined],
      [['listed'], undefined],
    ])
    expect(found(engine, 'asked-in-vain').map(({ tags }) => tags)).toEqual([['asked']])
    engine.tags.add('ada', 'asked')
    expect(found(engine, 'asked-in-vain')).toEqual([])
  })

  it('are told by what reads them: by name, pattern or holder, or from outside; to be counted is none', () => {
    const engine = engineOf('ada')
    engine.tags.add('ada', ['named', 'source-web', 'held', 'mailed', 'idle'])
    engine.segments.define({ id: 'a', rule: hasTag('named') })
    engine.segments.define({ id: 'b', rule: hasTagLike('source-*') })
    engine.segments.define({ id: 'c', rule: tagOf('held').heldBy('campaign') })
    engine.segments.define({ id: 'd', rule: tagCount().greaterThan(1) })
    const users = [{ id: 'newsletter', reads: ['mailed'] }]
    expect(found(engine, 'unread', { users })).toMatchObject([
      { tags: ['idle'], fix: [{ type: 'tag.delete', tags: ['idle'], force: true }], loses: 'who has it: 1 contact' },
    ])
  })

  it('those that rules read in stay are read', () => {
    const engine = engineOf('ada')
    engine.tags.add('ada', ['in', 'kept'])
    engine.segments.define({ id: 's', rule: hasTag('in'), stay: hasTag('kept') })
    expect(found(engine, 'unread')).toEqual([])
  })

  it('that are undeclared where others are', () => {
    const engine = engineOf('ada')
    engine.tags.add('ada', 'new')
    expect(found(engine, 'undeclared')).toEqual([])
    engine.tags.catalogue.define({ tag: 'old' })
    expect(found(engine, 'undeclared').map(({ fix }) => fix)).toEqual([[{ type: 'tag.define', tag: 'new' }]])
  })
})

describe('contacts with too many tags', () => {
  it('lose those that nothing asks for, the oldest first', () => {
    const engine = engineOf('ada', 'bob')
    for (const tag of ['a', 'b', 'c', 'd']) {
      engine.tags.add('ada', tag)
      engine.advanceTo(engine.now + 1)
    }
    engine.segments.define({ id: 's', rule: hasTag('a') })
    expect(found(engine, 'too-many', { mostTags: 2 })).toMatchObject([
      {
        contact: 'ada',
        tags: ['a', 'b', 'c', 'd'],
        fix: [{ type: 'tag.remove', contacts: ['ada'], tags: ['b', 'c'] }],
        loses: 'that it has "b", "c"',
      },
    ])
    expect(found(engine, 'too-many', { mostTags: 0 })).toMatchObject([{ contact: 'ada', fix: [] }])
    expect(found(engine, 'too-many', { mostTags: 4 })).toEqual([])
    engine.segments.define({ id: 'n', rule: tagCount().greaterThan(1) })
    expect(found(engine, 'too-many', { mostTags: 2 })).toMatchObject([{ contact: 'ada', fix: [] }])
  })
})
