import { describe, expect, it } from 'vitest'
import { engineOf, newEngine, refusal } from './scene.js'

const telegram = { channel: 'telegram', id: '123' }

describe('an identity', () => {
  it('names the contact it is tied to, everywhere', () => {
    const engine = engineOf('ada')
    engine.segments.define({ id: 'by-hand' })
    const { outcomes } = engine.contacts.identify('ada', telegram)
    expect(outcomes).toEqual([{ type: 'contact.identify', contactId: 'ada', created: false, known: false }])

    engine.contacts.patch(telegram, { plan: 'pro' })
    engine.tags.add(telegram, 'vip')
    engine.members.include('by-hand', telegram)
    expect(engine.contact(telegram).id).toBe('ada')
    expect(engine.contacts.get(telegram)?.attributes).toEqual({ plan: 'pro' })
    expect(engine.segments.of(telegram)).toEqual(['by-hand'])
    expect(engine.segments.has('by-hand', telegram)).toBe(true)
    expect(engine.segments.get('by-hand')?.has(telegram)).toBe(true)
    expect(engine.tags.has(telegram, 'vip')).toBe(true)
    expect(engine.members.slotsOf('by-hand', telegram)).toHaveProperty('include')
    expect(engine.contacts.put({ id: telegram, attributes: { plan: 'free' } }).outcomes).toMatchObject([
      { contactId: 'ada', created: false, changed: ['plan'] },
    ])
    engine.contacts.remove(telegram)
    expect(engine.contacts.count).toBe(0)
  })

  it('moves nobody, and tied again it is known', () => {
    const engine = engineOf('ada')
    engine.contacts.identify('ada', telegram)
    const { outcomes, transitions } = engine.contacts.identify('ada', telegram)
    expect(outcomes).toMatchObject([{ known: true }])
    expect(transitions).toEqual([])
    expect(engine.contacts.identitiesOf('ada')).toEqual([telegram])
  })

  it('belongs to one contact; another is refused it', () => {
    const engine = engineOf('ada', 'bob')
    engine.contacts.identify('ada', telegram)
    const error = refusal(() => engine.contacts.identify('bob', telegram))
    expect(error.code).toBe('IDENTITY_TAKEN')
    expect(error.message).toContain('"ada"')
    expect(engine.contacts.identitiesOf('bob')).toEqual([])
  })

  it('of one channel is not the one of another, and none is an id', () => {
    const engine = engineOf('ada', 'bob', '123')
    engine.contacts.identify('ada', telegram)
    engine.contacts.identify('bob', { channel: 'viber', id: '123' })
    expect(engine.contact(telegram).id).toBe('ada')
    expect(engine.contact({ channel: 'viber', id: '123' }).id).toBe('bob')
    expect(engine.contact('123').id).toBe('123')
    expect(engine.contacts.has({ channel: 'ada', id: 'ada' })).toBe(false)
  })

  it('is free again when its contact is gone', () => {
    const engine = engineOf('ada', 'bob')
    engine.contacts.identify('ada', telegram)
    engine.contacts.remove('ada')
    engine.contacts.identify('bob', telegram)
    expect(engine.contact(telegram).id).toBe('bob')
  })

  it('of a batch that is refused is tied to nobody', () => {
    const engine = newEngine()
    refusal(() =>
      engine.batch(() => {
        engine.contacts.put({ id: 'ada' })
        engine.contacts.identify('ada', telegram)
        engine.contacts.remove('nobody')
      }),
    )
    expect(engine.contacts.has(telegram)).toBe(false)
    engine.contacts.put({ id: 'bob' })
    engine.contacts.identify('bob', telegram)
    expect(engine.contact(telegram).id).toBe('bob')
  })

  it.each(['__proto__', 'constructor', 'toString'])('and a channel can be called %s', (word) => {
    const engine = engineOf('ada')
    expect(engine.contacts.has({ channel: word, id: word })).toBe(false)
    engine.contacts.identify('ada', { channel: word, id: word })
    expect(engine.contact({ channel: word, id: word }).id).toBe('ada')
  })
})
