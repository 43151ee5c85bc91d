import { attribute, everyone, hasTag, type Engine } from 'coterie'
import { describe, expect, it } from 'vitest'
import { day, engineOf, inWords, membersOf, newEngine, refusal, start } from './scene.js'

function twoAdas(): Engine {
  const engine = newEngine()
  engine.contacts.put({ id: 'old', attributes: { plan: 'free', city: 'Rome' } })
  engine.tags.add('old', ['both', 'old'], 'campaign')
  engine.contacts.identify('old', { channel: 'telegram', id: '1' })
  engine.advanceTo(start + day)
  engine.contacts.put({ id: 'ada', attributes: { plan: 'pro', score: 1 } })
  engine.tags.add('ada', ['both', 'new'])
  engine.contacts.identify('ada', { channel: 'telegram', id: '2' })
  return engine
}

describe('contact.merge', () => {
  it('fills the gaps in what the other has', () => {
    const engine = twoAdas()
    const { outcomes } = engine.contacts.merge({ from: 'old', into: 'ada' })
    expect(outcomes).toEqual([{ type: 'contact.merge', contactId: 'ada', from: 'old' }])
    expect(engine.contacts.get('ada')).toEqual({
      id: 'ada',
      attributes: { plan: 'pro', score: 1, city: 'Rome' },
      tags: [
        {
          tag: 'both',
          since: start,
          holders: [
            { kind: 'person', at: start + day },
            { kind: 'campaign', at: start },
          ],
        },
        { tag: 'old', since: start, holders: [{ kind: 'campaign', at: start }] },
        { tag: 'new', since: start + day, holders: [{ kind: 'person', at: start + day }] },
      ],
      events: [],
      records: {},
    })
    expect(engine.contacts.ids()).toEqual(['ada'])
  })

  it('unites what happened, where both have an id as the one says it that stays', () => {
    const engine = twoAdas()
    const visit = (id: string, by: string, at: number) => ({ type: 'visit', id, at, properties: { by } })
    for (const by of ['old', 'ada']) {
      engine.events.record(by, visit('both', by, start))
      engine.events.record(by, visit(`only ${by}`, by, start + 1))
      engine.records.put(by, 'tickets', { id: 't1', subject: by })
      engine.records.put(by, 'deals', { id: by, subject: by })
    }
    engine.contacts.merge({ from: 'old', into: 'ada' })
    expect(engine.events.of('ada')).toEqual([
      visit('both', 'ada', start),
      visit('only ada', 'ada', start + 1),
      visit('only old', 'old', start + 1),
    ])
    expect(engine.records.of('ada', 'tickets')).toEqual([{ id: 't1', subject: 'ada' }])
    expect(engine.records.of('ada', 'deals').map(({ id }) => id)).toEqual(['ada', 'old'])
  })

  it('moves identities and makes the old id another name', () => {
    const engine = twoAdas()
    engine.contacts.merge({ from: 'old', into: 'ada' })
    for (const name of ['old', 'ada', { channel: 'telegram', id: '1' }, { channel: 'telegram', id: '2' }]) {
      expect(engine.contact(name).id).toBe('ada')
    }
    expect(engine.contacts.identitiesOf('ada')).toHaveLength(2)
    engine.contacts.put({ id: 'old', attributes: { plan: 'gold' } })
    expect(engine.contacts.get('ada')?.attributes).toEqual({ plan: 'gold' })
    expect(engine.contacts.count).toBe(1)
  })

  it('names go on leading to the last of a chain of merges, and end with it', () => {
    const engine = twoAdas()
    engine.contacts.put({ id: 'eve' })
    engine.contacts.merge({ from: 'old', into: 'ada' })
    engine.contacts.merge({ from: 'ada', into: 'eve' })
    for (const name of ['old', 'ada', { channel: 'telegram', id: '1' }]) expect(engine.contact(name).id).toBe('eve')
    engine.contacts.remove('old')
    expect(engine.contacts.count).toBe(0)
    for (const name of ['old', 'ada', 'eve', { channel: 'telegram', id: '1' }]) {
      expect(engine.contacts.has(name)).toBe(false)
    }
    engine.contacts.put({ id: 'old' })
    expect(engine.contact('old').id).toBe('old')
  })

  it('the one exits everywhere, the other enters by what it gained, all of one revision and kind', () => {
    const engine = twoAdas()
    engine.segments.define({ id: 'rome', rule: attribute('city').equals('Rome') })
    engine.segments.define({ id: 'old', rule: hasTag('old') })
    engine.segments.define({ id: 'free', rule: attribute('plan').equals('free') })
    engine.segments.define({ id: 'pro', rule: attribute('plan').equals('pro') })
    const { transitions, tagEvents } = engine.contacts.merge({ from: 'old', into: 'ada' })
    expect(inWords(transitions)).toEqual([
      'old exits rome',
      'old exits old',
      'old exits free',
      'ada enters rome',
      'ada enters old',
    ])
    expect(new Set(transitions.map(({ cause }) => `${cause.kind} ${String(cause.revision)}`)).size).toBe(1)
    expect(transitions[0]?.cause.kind).toBe('merge')
    expect(tagEvents.map(({ type, tag, contactId }) => `${contactId} ${type} ${tag}`)).toEqual(['ada added old'])
  })

  it('takes over slots and static memberships where there are none', () => {
    const engine = twoAdas()
    engine.segments.define({ id: 'hand' })
    engine.members.include('hand', 'old', { reason: 'old', until: start + 9 * day })
    engine.segments.define({ id: 'mixed', kind: 'hybrid', rule: everyone })
    engine.members.exclude('mixed', 'old', { reason: 'old' })
    engine.segments.define({ id: 'own', kind: 'hybrid', rule: everyone })
    engine.members.include('own', 'ada', { reason: 'ada' })
    engine.members.include('own', 'old', { reason: 'old' })
    const { transitions } = engine.contacts.merge({ from: 'old', into: 'ada' })
    expect(inWords(transitions)).toEqual(['old exits hand', 'old exits own', 'ada enters hand', 'ada exits mixed'])
    expect(engine.members.slotsOf('own', 'ada').include?.reason).toBe('ada')
    expect(engine.members.slotsOf('mixed', 'ada').exclude?.reason).toBe('old')
    expect(inWords(engine.advanceTo(start + 9 * day).transitions)).toEqual(['ada exits hand'])
    expect(membersOf(engine, 'mixed')).toEqual([])
  })

  it('a date that came over moves on with the clock', () => {
    const engine = newEngine()
    engine.segments.define({ id: 'recent', rule: attribute('seen').inLast('7d') })
    engine.contacts.put({ id: 'old', attributes: { seen: new Date(start) } })
    engine.contacts.put({ id: 'ada' })
    engine.contacts.merge({ from: 'old', into: 'ada' })
    expect(engine.advanceTo(start + 30 * day).transitions).toMatchObject([
      { type: 'exit', contactId: 'ada', at: start + 7 * day },
    ])
  })

  it('of a contact with itself is refused, by whatever names', () => {
    const engine = twoAdas()
    expect(refusal(() => engine.contacts.merge({ from: 'ada', into: 'ada' })).code).toBe('MERGE_SELF')
    const identity = { channel: 'telegram', id: '2' }
    expect(refusal(() => engine.contacts.merge({ from: identity, into: 'ada' })).code).toBe('MERGE_SELF')
    engine.contacts.merge({ from: 'old', into: 'ada' })
    expect(refusal(() => engine.contacts.merge({ from: 'old', into: 'ada' })).code).toBe('MERGE_SELF')
  })

  it('tells of tags from the oldest on, whatever was refused before', () => {
    const engine = engineOf('ada', 'old')
    engine.tags.add('old', ['newer', 'older'])
    refusal(() =>
      engine.batch(() => {
        engine.tags.remove('old', 'newer')
        engine.segments.remove('nothing')
      }),
    )
    const { tagEvents } = engine.contacts.merge({ from: 'old', into: 'ada' })
    expect(tagEvents.map(({ type, tag, contactId }) => `${contactId} ${type} ${tag}`)).toEqual([
      'ada added newer',
      'ada added older',
    ])
  })

  it('refused in a batch leaves both as they were', () => {
    const engine = twoAdas()
    const before = [engine.contacts.get('old'), engine.contacts.get('ada'), engine.contacts.identitiesOf('old')]
    refusal(() =>
      engine.batch(() => {
        engine.contacts.merge({ from: 'old', into: 'ada' })
        engine.segments.remove('nothing')
      }),
    )
    expect([engine.contacts.get('old'), engine.contacts.get('ada'), engine.contacts.identitiesOf('old')]).toEqual(
      before,
    )
    expect(engine.contact('old').id).toBe('old')
  })
})
