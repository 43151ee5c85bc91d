import { all, attribute, hasAllTags, hasAnyTag, hasNoneOfTags, hasTag, hasTagLike, not, tag, tagCount } from 'coterie'
import { describe, expect, it } from 'vitest'
import { compareInGroup } from '../../src/tags/tag-groups.js'
import { day, engineOf, inWords, newEngine, refusal, start } from '../engine/scene.js'

describe('declarations', () => {
  it('add up, and null takes a part away', () => {
    const { catalogue } = newEngine().tags
    catalogue.define({ tag: 'vip', description: 'Pays a lot', kind: 'manual' })
    catalogue.define({ tag: 'vip', colour: '#c00', kind: null })
    expect(catalogue.get('vip')).toEqual({ tag: 'vip', description: 'Pays a lot', colour: '#c00' })
    expect(catalogue.define({ tag: 'vip', colour: '#c00' }).outcomes).toEqual([
      { type: 'tag.define', tag: 'vip', created: false, changed: false },
    ])
  })

  it('are taken back with the batch that made them', () => {
    const engine = newEngine()
    const changes = [
      { type: 'tag.define', tag: 'vip' } as const,
      { type: 'tag.group', group: 'g', prefix: 'source-' } as const,
      { type: 'contact.remove', contact: 'nobody' } as const,
    ]
    expect(refusal(() => engine.batch(changes)).code).toBe('CONTACT_UNKNOWN')
    expect(engine.tags.catalogue.declared()).toEqual([])
    expect(engine.tags.catalogue.groups()).toEqual([])
  })

  it('know their groups by list and by prefix', () => {
    const { catalogue } = newEngine().tags
    catalogue.group({ group: 'source', prefix: 'source-' })
    catalogue.group({ group: 'stage', tags: ['lead', 'customer'], exclusive: true })
    expect(catalogue.groups('source-web').map(({ group }) => group)).toEqual(['source'])
    expect(catalogue.groups('lead').map(({ group }) => group)).toEqual(['stage'])
    catalogue.ungroup('source')
    expect(catalogue.groups('source-web')).toEqual([])
    expect(refusal(() => catalogue.ungroup('stages'))).toMatchObject({ code: 'TAG_GROUP_UNKNOWN', expected: 'stage' })
  })
})

describe('an exclusive group', () => {
  it('of a list and a prefix puts those first that it lists', () => {
    const tags = ['stage-z', 'stage-a', 'stage-m', 'won']
    const group = { group: 'stage', tags: ['won', 'stage-m'], prefix: 'stage-' }
    expect([...tags].sort((a, b) => compareInGroup(group, a, b))).toEqual(['won', 'stage-m', 'stage-a', 'stage-z'])
    const engine = engineOf('ada')
    for (const [id, tag] of ['stage-a', 'stage-m', 'won'].entries())
      engine.segments.define({ id: `s${String(id)}`, rule: { op: 'everyone' }, holds: tag })
    engine.tags.catalogue.group({ ...group, exclusive: true })
    expect(engine.tags.of('ada').map(({ tag }) => tag)).toEqual(['won'])
    engine.segments.remove('s2')
    expect(engine.tags.of('ada').map(({ tag }) => tag)).toEqual(['stage-m'])
    engine.segments.remove('s1')
    expect(engine.tags.of('ada').map(({ tag }) => tag)).toEqual(['stage-a'])
  })

  const heat = { group: 'heat', tags: ['hot', 'warm', 'cold'], exclusive: true }

  it('leaves the tag added last', () => {
    const engine = engineOf('ada')
    engine.tags.catalogue.group(heat)
    engine.tags.add('ada', ['hot', 'boots'])
    const { outcomes, tagEvents } = engine.tags.add('ada', 'cold')
    expect(outcomes).toMatchObject([{ contacts: [{ added: ['cold'], displaced: ['hot'] }] }])
    expect(tagEvents.map(({ type, tag }) => `${type} ${tag}`)).toEqual(['removed hot', 'added cold'])
    expect(engine.tags.of('ada').map((held) => held.tag)).toEqual(['boots', 'cold'])
  })

  it('is one from when it is defined: of several the last stays, of one instant the one named first', () => {
    const engine = engineOf('ada', 'bob')
    engine.tags.add('ada', ['cold', 'warm'])
    engine.tags.add('bob', 'hot')
    engine.advanceTo(start + day)
    engine.tags.add('bob', 'cold')
    engine.tags.catalogue.group(heat)
    expect(engine.tags.of('ada').map((held) => held.tag)).toEqual(['warm'])
    expect(engine.tags.of('bob').map((held) => held.tag)).toEqual(['cold'])
  })

  it('has no tag in common with another', () => {
    const { catalogue } = newEngine().tags
    catalogue.group(heat)
    for (const other of [{ tags: ['cold'] }, { prefix: 'war' }]) {
      const error = refusal(() => catalogue.group({ group: 'other', exclusive: true, ...other }))
      expect(error.code).toBe('TAG_GROUP_OVERLAP')
    }
    catalogue.group({ group: 'other', prefix: 'x-', exclusive: true })
    expect(refusal(() => catalogue.group({ group: 'third', prefix: 'x-y', exclusive: true })).code).toBe(
      'TAG_GROUP_OVERLAP',
    )
  })

  it('takes tags of a merged contact as if they were added', () => {
    const engine = engineOf('ada', 'bob')
    engine.tags.catalogue.group(heat)
    engine.tags.add('ada', 'hot')
    engine.tags.add('bob', 'cold')
    engine.contacts.merge({ from: 'bob', into: 'ada' })
    expect(engine.tags.of('ada').map((held) => held.tag)).toEqual(['cold'])
  })
})

describe('a renamed tag', () => {
  it('that is renamed back in the same batch is as it was', () => {
    const engine = engineOf('ada')
    engine.tags.add('ada', 'vip')
    const { transitions, tagEvents } = engine.batch([
      { type: 'tag.rename', from: 'vip', to: 'gold' },
      { type: 'tag.rename', from: 'gold', to: 'vip' },
    ])
    expect([transitions, tagEvents]).toEqual([[], []])
    expect(engine.tags.of('ada').map((held) => [held.tag, held.since])).toEqual([['vip', start]])
    expect(engine.tags.catalogue.trail({ contact: 'ada' })).toMatchObject([{ type: 'added', tag: 'vip' }])
  })

  it('keeps holders and time, and every rule that names it', () => {
    const engine = engineOf('ada', 'bob')
    engine.tags.add('ada', 'vip', { kind: 'campaign', by: 'spring' })
    engine.advanceTo(start + day)
    engine.tags.catalogue.define({ tag: 'vip', description: 'Pays a lot' })
    engine.tags.catalogue.group({ group: 'worth', tags: ['vip'] })
    engine.segments.define({ id: 's', rule: all(hasTag('vip'), tag('vip').addedInLast('7d')) })
    engine.segments.define({ id: 't', rule: not(hasAnyTag('vip', 'boots')) })
    const { transitions, tagEvents, outcomes } = engine.tags.catalogue.rename('vip', 'VIP')
    expect([transitions, tagEvents]).toEqual([[], []])
    expect(outcomes).toEqual([{ type: 'tag.rename', contacts: 1, segments: ['s', 't'] }])
    expect(engine.tags.of('ada')).toEqual([
      { tag: 'VIP', since: start, holders: [{ kind: 'campaign', by: 'spring', at: start }] },
    ])
    expect(engine.segments.get('t')?.rule).toEqual(not(hasAnyTag('VIP', 'boots')))
    expect(engine.tags.catalogue.declared()).toEqual([{ tag: 'VIP', description: 'Pays a lot' }])
    expect(engine.tags.catalogue.groups('VIP')).toMatchObject([{ group: 'worth', tags: ['VIP'] }])
    expect(engine.tags.catalogue.trail({ tag: 'VIP' })).toMatchObject([{ type: 'added', contactId: 'ada', at: start }])
  })

  it('must have a name that nothing has', () => {
    const engine = engineOf('ada')
    engine.tags.add('ada', 'vip')
    engine.segments.define({ id: 's', rule: hasTag('VIP') })
    expect(refusal(() => engine.tags.catalogue.rename('vip', 'VIP')).code).toBe('TAG_IN_USE')
    expect(refusal(() => engine.tags.catalogue.rename('vipp', 'gold'))).toMatchObject({
      code: 'TAG_UNKNOWN',
      expected: 'vip',
    })
  })

  it('is refused while a pattern tells the names apart, and then moves whom it listed', () => {
    const engine = engineOf('ada')
    engine.tags.add('ada', 'source-web')
    engine.segments.define({ id: 's', rule: hasTagLike('source-*') })
    const { catalogue } = engine.tags
    expect(catalogue.preview({ type: 'tag.rename', from: 'source-web', to: 'web' })).toEqual({
      contacts: ['ada'],
      rules: [],
      loose: [{ in: 'segment', id: 's', by: 'pattern', path: [] }],
      moves: [{ segment: 's', enter: [], exit: ['ada'] }],
    })
    const error = refusal(() => catalogue.rename('source-web', 'web'))
    expect(error).toMatchObject({ code: 'TAG_READ_LOOSELY', issues: [{ path: ['segment', 's'] }] })
    expect(engine.tags.has('ada', 'source-web')).toBe(true)
    expect(inWords(catalogue.rename('source-web', 'web', { force: true }).transitions)).toEqual(['ada exits s'])
    expect(catalogue.rename('web', 'site').transitions).toEqual([])
  })

  it('is not brought into an exclusive group where somebody has another of it', () => {
    const engine = engineOf('ada')
    engine.tags.catalogue.group({ group: 'stage', prefix: 'stage-', exclusive: true })
    engine.tags.add('ada', ['stage-lead', 'old'])
    expect(refusal(() => engine.tags.catalogue.rename('old', 'stage-old')).code).toBe('TAG_GROUP_OVERLAP')
  })
})

describe('merged tags', () => {
  it('do not bring the one that stays into an exclusive group where somebody has it beside another', () => {
    const engine = engineOf('ada')
    engine.tags.catalogue.group({ group: 'g', tags: ['VIP', 'gold'], exclusive: true })
    engine.tags.add('ada', ['VIP', 'vip'])
    const merge = { type: 'tag.merge', from: ['gold'], into: 'vip' } as const
    for (const refused of [() => engine.apply(merge), () => engine.tags.catalogue.preview(merge)])
      expect(refusal(refused)).toMatchObject({ code: 'TAG_GROUP_OVERLAP', path: ['into'], received: 'vip' })
    expect(engine.tags.of('ada').map(({ tag }) => tag)).toEqual(['VIP', 'vip'])
    engine.tags.remove('ada', 'VIP')
    engine.apply(merge)
    engine.tags.add('ada', 'VIP')
    expect(engine.tags.of('ada').map(({ tag }) => tag)).toEqual(['VIP'])
  })

  it('are one, with the holders of all since the earliest', () => {
    const engine = engineOf('ada', 'bob')
    engine.tags.add('ada', 'V.I.P.', { kind: 'import', by: 'file' })
    engine.advanceTo(start + day)
    engine.tags.add(['ada', 'bob'], 'VIP')
    engine.tags.add('bob', 'vip')
    engine.segments.define({ id: 's', rule: hasAllTags('VIP', 'vip') })
    engine.segments.define({ id: 't', rule: hasTag('V.I.P.') })
    const merge = { type: 'tag.merge', from: ['vip', 'V.I.P.'], into: 'VIP' } as const
    expect(engine.tags.catalogue.preview(merge).moves).toEqual([
      { segment: 's', enter: ['ada'], exit: [] },
      { segment: 't', enter: ['bob'], exit: [] },
    ])
    expect(inWords(engine.apply(merge).transitions)).toEqual(['ada enters s', 'bob enters t'])
    expect(engine.segments.get('s')?.rule).toEqual(hasAllTags('VIP'))
    expect(engine.tags.of('ada')).toEqual([
      {
        tag: 'VIP',
        since: start,
        holders: [
          { kind: 'person', at: start + day },
          { kind: 'import', by: 'file', at: start },
        ],
      },
    ])
  })
})

describe('a deleted tag', () => {
  it('is gone from contacts and rules, which say of all what they said of those without it', () => {
    const engine = engineOf('ada', 'bob')
    engine.tags.add('ada', ['vip', 'boots'])
    const rules = {
      has: hasTag('vip'),
      any: hasAnyTag('vip', 'boots'),
      all: hasAllTags('vip', 'boots'),
      none: hasNoneOfTags('vip', 'hats'),
      alone: hasNoneOfTags('vip'),
      added: { op: 'missing', left: { get: 'tagAdded', tag: 'vip' } } as const,
    }
    for (const [id, rule] of Object.entries(rules)) engine.segments.define({ id, rule })
    engine.tags.catalogue.delete('vip')
    expect(Object.keys(rules).map((id) => engine.segments.get(id)?.rule)).toEqual([
      { op: 'nobody' },
      hasAnyTag('boots'),
      { op: 'nobody' },
      hasNoneOfTags('hats'),
      { op: 'everyone' },
      { op: 'everyone' },
    ])
    expect(engine.segments.of('ada')).toEqual(['any', 'none', 'alone', 'added'])
    expect(refusal(() => engine.tags.catalogue.delete('vip')).code).toBe('TAG_UNKNOWN')
  })

  it('is gone from among the options of a rule, and the rule with the last of them', () => {
    const engine = engineOf('ada', 'bob')
    const added = (name: string) => ({ get: 'tagAdded', tag: name }) as const
    const met = { get: 'attribute', name: 'met' } as const
    engine.contacts.patch('ada', { met: new Date(start) })
    engine.tags.add('ada', ['vip', 'boots'])
    engine.segments.define({ id: 'one', rule: { op: 'in', left: met, right: [added('vip'), added('boots')] } })
    engine.segments.define({ id: 'only', rule: { op: 'in', left: met, right: [added('vip')] } })
    engine.segments.define({ id: 'not', rule: { op: 'notIn', left: met, right: [added('vip')] } })
    const ruleOf = (id: string) => engine.segments.get(id)?.rule
    expect(engine.segments.of('ada')).toEqual(['one', 'only'])
    engine.tags.catalogue.rename('vip', 'gold')
    expect(ruleOf('one')).toEqual({ op: 'in', left: met, right: [added('gold'), added('boots')] })
    expect(engine.segments.of('ada')).toEqual(['one', 'only'])
    engine.tags.catalogue.delete('gold')
    expect(ruleOf('one')).toEqual({ op: 'in', left: met, right: [added('boots')] })
    expect([ruleOf('only'), ruleOf('not')]).toEqual([{ op: 'nobody' }, { op: 'everyone' }])
    expect([engine.segments.of('ada'), engine.segments.of('bob')]).toEqual([['one', 'not'], ['not']])
  })

  it('takes along the tags of those who are in a segment because of it', () => {
    const engine = engineOf('ada')
    engine.tags.add('ada', 'vip')
    engine.segments.define({ id: 's', rule: hasTag('vip'), holds: 'held' })
    engine.segments.define({ id: 't', rule: hasTag('held') })
    const change = { type: 'tag.delete', tags: 'vip' } as const
    expect(engine.tags.catalogue.preview(change).moves).toEqual([
      { segment: 's', enter: [], exit: ['ada'] },
      { segment: 't', enter: [], exit: ['ada'] },
    ])
    expect(inWords(engine.apply(change).transitions)).toEqual(['ada exits s', 'ada exits t'])
    expect(engine.tags.of('ada')).toEqual([])
  })

  it('is refused where tags are counted', () => {
    const engine = engineOf('ada')
    engine.tags.add('ada', 'vip')
    engine.segments.define({ id: 's', rule: all(attribute('plan').missing(), tagCount().atLeast(1)) })
    expect(engine.tags.catalogue.readers('vip')).toEqual([{ in: 'segment', id: 's', by: 'number', path: ['rules', 1] }])
    expect(refusal(() => engine.tags.catalogue.delete('vip')).code).toBe('TAG_READ_LOOSELY')
  })
})

describe('the trail', () => {
  it('says who came and went, by whom and why', () => {
    const engine = engineOf('ada', 'bob')
    engine.tags.catalogue.group({ group: 'heat', tags: ['hot', 'cold'], exclusive: true })
    engine.tags.add('ada', 'hot', { kind: 'person', by: 'ann' })
    engine.tags.add('ada', 'hot', { kind: 'import', by: 'file' })
    engine.tags.remove('ada', 'hot', { kind: 'person', by: 'ann' }, { by: 'zoe' })
    engine.advanceTo(start + day)
    engine.tags.add('ada', 'cold')
    engine.tags.add('bob', 'cold')
    const trail = engine.tags.catalogue.trail({ contact: 'ada' })
    expect(
      trail.map(({ type, tag: name, holder, by, displacedBy }) => [type, name, holder.kind, by ?? displacedBy]),
    ).toEqual([
      ['added', 'hot', 'person', undefined],
      ['held', 'hot', 'import', undefined],
      ['released', 'hot', 'person', 'zoe'],
      ['removed', 'hot', 'import', 'cold'],
      ['added', 'cold', 'person', undefined],
    ])
    expect(engine.tags.catalogue.trail({ tag: 'cold', from: start + day, limit: 1 })).toMatchObject([
      { contactId: 'bob', cause: { kind: 'tag' } },
    ])
    const told = (filter: Parameters<typeof engine.tags.catalogue.trail>[0]): readonly string[] =>
      engine.tags.catalogue.trail(filter).map(({ type, tag: name, contactId }) => `${contactId} ${type} ${name}`)
    expect(told({ tag: 'hot', contact: 'ada' })).toEqual(trail.slice(0, 4).map(({ type }) => `ada ${type} hot`))
    expect(told({ tag: 'hot', from: start + 1 })).toEqual(['ada removed hot'])
    expect(told({ tag: 'hot', to: start + day })).toEqual(['ada added hot', 'ada held hot', 'ada released hot'])
    expect(told({ from: start + day, to: start + day })).toEqual([])
  })

  it('is not kept where nobody wants it', () => {
    const engine = newEngine({ tagTrail: 0 })
    engine.contacts.put({ id: 'ada' })
    engine.tags.add('ada', 'a')
    engine.tags.remove('ada', 'a')
    expect(engine.tags.catalogue.trail()).toEqual([])
  })

  it('is bounded, goes with a contact, and is handed on by a merge', () => {
    const engine = newEngine({ tagTrail: 4 })
    for (const id of ['ada', 'bob', 'cyd']) engine.contacts.put({ id })
    engine.tags.add(['ada', 'bob', 'cyd'], 'a')
    engine.tags.add('ada', 'b')
    engine.tags.add('bob', 'b', { kind: 'import', by: 'file' })
    expect(engine.tags.catalogue.trail().map(({ contactId, tag: name }) => `${contactId} ${name}`)).toEqual([
      'bob a',
      'cyd a',
      'ada b',
      'bob b',
    ])
    engine.contacts.remove('cyd')
    expect(engine.tags.catalogue.trail()).toHaveLength(3)
    engine.contacts.merge({ from: 'bob', into: 'ada' })
    const after = engine.tags.catalogue.trail({ contact: 'ada' })
    expect(after.map(({ tag: name, type }) => `${name} ${type}`)).toContain('b held')
    expect(engine.tags.catalogue.trail({ contact: 'ada' })).toEqual(engine.tags.catalogue.trail())
  })
})
