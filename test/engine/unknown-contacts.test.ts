import { everyone, hasTag } from 'coterie'
import { describe, expect, it } from 'vitest'
import { inWords, newEngine, refusal } from './scene.js'

describe('unknownContacts: create', () => {
  const creating = () => {
    const engine = newEngine({ unknownContacts: 'create' })
    engine.segments.define({ id: 'all', rule: everyone })
    engine.segments.define({ id: 'by-hand' })
    engine.segments.define({ id: 'mixed', kind: 'hybrid', rule: everyone })
    return engine
  }

  it('puts the contact that a patch, tag, identity or membership by hand names, before it', () => {
    const engine = creating()
    expect(engine.contacts.patch('a', { plan: 'pro' }).outcomes).toMatchObject([{ created: true, changed: ['plan'] }])
    expect(inWords(engine.tags.add(['b', 'c'], 'vip').transitions)).toEqual([
      'b enters all',
      'b enters mixed',
      'c enters all',
      'c enters mixed',
    ])
    expect(engine.contacts.identify('d', { channel: 'telegram', id: '1' }).outcomes).toMatchObject([{ created: true }])
    expect(inWords(engine.members.include('by-hand', 'e').transitions)).toContain('e enters by-hand')
    expect(inWords(engine.members.exclude('mixed', 'f').transitions)).toEqual(['f enters all'])
    expect(engine.contacts.ids()).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
  })

  it('the cause of what they enter is the contact, not what else the change did', () => {
    const engine = creating()
    engine.segments.define({ id: 'vip', rule: hasTag('vip') })
    const { transitions, tagEvents } = engine.tags.add('a', 'vip')
    expect(transitions.map(({ cause }) => cause.kind)).toEqual(['contact', 'contact', 'contact'])
    expect(tagEvents.map(({ cause }) => cause.kind)).toEqual(['contact'])
  })

  it('does not make anybody for what takes away or joins', () => {
    const engine = creating()
    engine.contacts.put({ id: 'ada' })
    const calls = [
      () => engine.contacts.remove('a'),
      () => engine.contacts.merge({ from: 'a', into: 'ada' }),
      () => engine.contacts.merge({ from: 'ada', into: 'a' }),
      () => engine.tags.remove('a', 'vip'),
      () => engine.members.reset('by-hand', 'a'),
    ]
    for (const call of calls) expect(refusal(call).code).toBe('CONTACT_UNKNOWN')
    expect(engine.contacts.ids()).toEqual(['ada'])
  })

  it('does not make anybody of an identity', () => {
    const engine = creating()
    const name = { channel: 'telegram', id: '1' }
    expect(refusal(() => engine.tags.add(name, 'vip')).code).toBe('CONTACT_UNKNOWN')
    expect(refusal(() => engine.contacts.put({ id: name })).code).toBe('CONTACT_UNKNOWN')
    expect(engine.contacts.count).toBe(0)
  })

  it('a change that is refused leaves nobody behind', () => {
    const engine = creating()
    engine.contacts.put({ id: 'ada' })
    engine.contacts.identify('ada', { channel: 'telegram', id: '1' })
    expect(refusal(() => engine.contacts.identify('bob', { channel: 'telegram', id: '1' })).code).toBe('IDENTITY_TAKEN')
    expect(refusal(() => engine.tags.add(['cyd', { channel: 'telegram', id: '2' }], 'vip')).code).toBe(
      'CONTACT_UNKNOWN',
    )
    expect(engine.contacts.ids()).toEqual(['ada'])
    expect(engine.tags.counts()).toEqual([])
  })
})
