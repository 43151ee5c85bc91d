import { attribute, defineSchema, field } from 'coterie'
import { describe, expect, it } from 'vitest'
import { engineOf, inWords, newEngine, refusal } from './scene.js'

describe('contact.put', () => {
  it('puts a contact, and says that it did', () => {
    const engine = newEngine()
    const { outcomes } = engine.apply({ type: 'contact.put', contact: 'ada', attributes: { plan: 'pro', score: 1 } })
    expect(outcomes).toEqual([{ type: 'contact.put', contactId: 'ada', created: true, changed: ['plan', 'score'] }])
    expect(engine.contacts.get('ada')).toEqual({
      id: 'ada',
      attributes: { plan: 'pro', score: 1 },
      tags: [],
      events: [],
      records: {},
    })
  })

  it('replaces all attributes, and nothing else', () => {
    const engine = newEngine()
    engine.contacts.put({ id: 'ada', attributes: { plan: 'pro', score: 1, city: 'Rome' } })
    engine.tags.add('ada', 'vip')
    engine.contacts.identify('ada', { channel: 'telegram', id: '123' })
    const { outcomes } = engine.contacts.put({ id: 'ada', attributes: { score: 2, city: 'Rome', new: true } })
    expect(outcomes).toEqual([
      { type: 'contact.put', contactId: 'ada', created: false, changed: ['plan', 'score', 'new'] },
    ])
    expect(engine.contacts.get('ada')?.attributes).toEqual({ score: 2, city: 'Rome', new: true })
    expect(engine.contact('ada').tags).toEqual(['vip'])
    expect(engine.contacts.identitiesOf('ada')).toEqual([{ channel: 'telegram', id: '123' }])
  })

  it('the same again is no change of anything', () => {
    const engine = newEngine()
    const put = { id: 'ada', attributes: { likes: ['b', 'a'], seen: { instant: 0 }, born: { day: '1990-01-01' } } }
    engine.contacts.put(put)
    expect(engine.contacts.put(put).outcomes).toMatchObject([{ created: false, changed: [] }])
  })

  it('a list in another order is written, and moves nobody', () => {
    const engine = newEngine()
    engine.segments.define({ id: 's', rule: attribute('likes').equals(['a', 'b']) })
    engine.contacts.put({ id: 'ada', attributes: { likes: ['a', 'b'] } })
    const { outcomes, transitions } = engine.contacts.put({ id: 'ada', attributes: { likes: ['b', 'a'] } })
    expect(outcomes).toMatchObject([{ changed: ['likes'] }])
    expect(transitions).toEqual([])
    expect(engine.contacts.get('ada')?.attributes).toEqual({ likes: ['b', 'a'] })
  })

  it('null and undefined are missing', () => {
    const engine = newEngine()
    const { outcomes } = engine.contacts.put({ id: 'ada', attributes: { a: null, b: undefined, c: 0 } })
    expect(outcomes).toMatchObject([{ changed: ['c'] }])
    expect(engine.contacts.get('ada')?.attributes).toEqual({ c: 0 })
  })
})

describe('contact.patch', () => {
  it('changes what it names; null takes one away', () => {
    const engine = newEngine()
    engine.contacts.put({ id: 'ada', attributes: { plan: 'pro', score: 1, city: 'Rome' } })
    const { outcomes } = engine.contacts.patch('ada', { score: 2, city: null, plan: 'pro', nothing: null })
    expect(outcomes).toEqual([{ type: 'contact.patch', contactId: 'ada', created: false, changed: ['score', 'city'] }])
    expect(engine.contacts.get('ada')?.attributes).toEqual({ plan: 'pro', score: 2 })
  })

  it('changes the type of a value too, where no schema holds it', () => {
    const engine = newEngine()
    engine.segments.define({ id: 'number', rule: attribute('v').equals(1) })
    engine.segments.define({ id: 'text', rule: attribute('v').equals('1') })
    engine.segments.define({ id: 'flag', rule: attribute('v').equals(true) })
    engine.segments.define({ id: 'list', rule: attribute('v').equals([1]) })
    engine.contacts.put({ id: 'ada' })
    for (const [v, segment] of [
      [1, 'number'],
      ['1', 'text'],
      [true, 'flag'],
      [[1], 'list'],
    ] as const) {
      engine.contacts.patch('ada', { v })
      expect(engine.segments.of('ada')).toEqual([segment])
      expect(engine.contact('ada').get('v')).toEqual(v)
    }
  })

  it('is held to the schema', () => {
    const schema = defineSchema({ attributes: { plan: field.oneOf('free', 'pro'), seen: field.instant() } })
    const engine = newEngine({ schema })
    engine.contacts.put({ id: 'ada', attributes: { plan: 'pro', seen: '2026-01-01' } })
    expect(engine.contacts.get('ada')?.attributes).toEqual({ plan: 'pro', seen: { instant: 1_767_225_600_000 } })
    const unknown = refusal(() => engine.contacts.patch('ada', { plam: 'pro' }))
    expect(unknown.code).toBe('ATTRIBUTE_UNKNOWN')
    expect(unknown.path).toEqual(['attributes', 'plam'])
    expect(refusal(() => engine.contacts.patch('ada', { plan: 'gold' })).code).toBe('VALUE_INVALID')
    expect(refusal(() => engine.contacts.patch('ada', { seen: 'yesterday' })).code).toBe('DATE_INVALID')
  })
})

describe('contact.remove', () => {
  it('takes a contact away with all that it has', () => {
    const engine = newEngine()
    engine.contacts.put({ id: 'ada', attributes: { plan: 'pro' } })
    engine.tags.add('ada', 'vip')
    engine.contacts.identify('ada', { channel: 'telegram', id: '123' })
    engine.segments.define({ id: 'pro', rule: attribute('plan').equals('pro') })
    engine.segments.define({ id: 'by-hand', contacts: ['ada'] })
    const { outcomes, transitions, tagEvents } = engine.contacts.remove('ada')
    expect(outcomes).toEqual([{ type: 'contact.remove', contactId: 'ada' }])
    expect(inWords(transitions)).toEqual(['ada exits pro', 'ada exits by-hand'])
    expect(tagEvents).toEqual([])
    expect(engine.contacts.has('ada')).toBe(false)
    expect(engine.contacts.get('ada')).toBeUndefined()
    expect(engine.contacts.count).toBe(0)
    expect(engine.tags.counts()).toEqual([])
    expect(engine.contacts.has({ channel: 'telegram', id: '123' })).toBe(false)
  })

  it('makes room: who is put under its id is a new contact, the last in order', () => {
    const engine = engineOf('ada', 'bob')
    engine.contacts.patch('ada', { plan: 'pro' })
    engine.contacts.remove('ada')
    engine.contacts.put({ id: 'ada' })
    expect(engine.contacts.ids()).toEqual(['bob', 'ada'])
    expect(engine.contacts.get('ada')?.attributes).toEqual({})
  })
})

describe('a contact that is unknown', () => {
  it('is refused, and the refusal names it', () => {
    const engine = newEngine()
    const identity = { channel: 'telegram', id: '123' }
    for (const name of ['ada', identity]) {
      const calls = [
        () => engine.contacts.patch(name, {}),
        () => engine.contacts.remove(name),
        () => engine.contacts.identify(name, { channel: 'c', id: 'i' }),
        () => engine.tags.add(name, 'vip'),
        () => engine.tags.remove(name, 'vip'),
        () => engine.contact(name),
      ]
      for (const call of calls) expect(refusal(call).code).toBe('CONTACT_UNKNOWN')
    }
    const put = refusal(() => engine.contacts.put({ id: identity, attributes: {} }))
    expect(put.code).toBe('CONTACT_UNKNOWN')
    expect(put.message).toContain('"123" of "telegram"')
    expect(engine.contacts.count).toBe(0)
  })
})
