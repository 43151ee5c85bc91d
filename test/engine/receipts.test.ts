import { attribute, hasTag, type Receipt } from 'coterie'
import { describe, expect, it } from 'vitest'
import { day, engineOf, inWords, newEngine, start } from './scene.js'

describe('a receipt', () => {
  it('has revision, transitions, tag events and outcomes, all of them frozen', async () => {
    const engine = engineOf('ada')
    engine.segments.define({ id: 'vip', rule: hasTag('vip') })
    const { revision } = engine
    const receipt = engine.tags.add('ada', 'vip')
    expect(receipt).toMatchObject({ revision: revision + 1, deferred: false })
    expect(inWords(receipt.transitions)).toEqual(['ada enters vip'])
    expect(receipt.tagEvents).toEqual([
      {
        type: 'added',
        tag: 'vip',
        contactId: 'ada',
        at: start,
        holder: { kind: 'person' },
        cause: receipt.transitions[0]?.cause,
      },
    ])
    expect(receipt.outcomes).toHaveLength(1)
    for (const part of [receipt.transitions, receipt.tagEvents, receipt.transitions[0], receipt.tagEvents[0]]) {
      expect(Object.isFrozen(part)).toBe(true)
    }
    expect(Object.isFrozen(receipt.transitions[0]?.cause)).toBe(true)
    await expect(receipt.durable).resolves.toBe(receipt.revision)
  })

  it('a change that moves nobody has one too', () => {
    const engine = engineOf('ada')
    const { revision } = engine
    const receipt = engine.contacts.patch('ada', { plan: 'pro' })
    expect(receipt).toMatchObject({ revision: revision + 1, transitions: [], tagEvents: [] })
  })

  it('transitions and causes are numbered and shared', () => {
    const engine = engineOf('ada', 'bob')
    engine.segments.define({ id: 'vip', rule: hasTag('vip') })
    engine.segments.define({ id: 'also', rule: hasTag('vip') })
    const { transitions } = engine.tags.add(['ada', 'bob'], 'vip')
    expect(transitions.map(({ seq }) => seq)).toEqual([1, 2, 3, 4])
    expect(new Set(transitions.map(({ cause }) => cause)).size).toBe(1)
    expect(transitions[0]?.cause.change).toEqual({
      type: 'tag.add',
      contacts: ['ada', 'bob'],
      tags: ['vip'],
      holder: { kind: 'person' },
    })
  })

  it('of an advance has all its steps in order', () => {
    const engine = newEngine()
    engine.segments.define({ id: 'recent', rule: attribute('seen').inLast('2d') })
    for (const [id, days] of [
      ['ada', 3],
      ['bob', 1],
      ['cyd', 0],
    ] as const) {
      engine.contacts.put({ id, attributes: { seen: new Date(start + days * day) } })
    }
    const { revision } = engine
    const receipt = engine.advanceTo(start + 30 * day)
    expect(receipt.transitions.map(({ type, contactId, at }) => [contactId, type, (at - start) / day])).toEqual([
      ['bob', 'enter', 1],
      ['cyd', 'exit', 2],
      ['ada', 'enter', 3],
      ['bob', 'exit', 3],
      ['ada', 'exit', 5],
    ])
    expect(receipt.outcomes).toEqual([{ type: 'clock.advance', from: start, to: start + 30 * day }])
    expect(receipt.revision).toBe(revision + 4)
    expect(receipt.transitions.map(({ cause }) => cause.revision - revision)).toEqual([1, 2, 3, 3, 4])
  })

  it('of an advance to now or before it is empty', () => {
    const engine = newEngine()
    for (const to of [start, start - day]) {
      const receipt = engine.advanceTo(to)
      expect(receipt.outcomes).toEqual([{ type: 'clock.advance', from: start, to: start }])
    }
    expect(engine.now).toBe(start)
  })
})

describe('the receipt of a listener’s change', () => {
  it('is empty, and resolves when the change was applied', async () => {
    const engine = engineOf('ada')
    engine.segments.define({ id: 'vip', rule: hasTag('vip') })
    const receipts: Receipt[] = []
    engine.on('enter', ({ contactId }) => void receipts.push(engine.tags.add(contactId, 'greeted')))
    const outer = engine.tags.add('ada', 'vip')
    const [deferred] = receipts
    expect(deferred).toMatchObject({ deferred: true, transitions: [], tagEvents: [], outcomes: [] })
    expect(deferred?.revision).toBe(outer.revision)
    expect(outer.tagEvents.map(({ tag }) => tag)).toEqual(['vip'])
    await expect(deferred?.durable).resolves.toBe(outer.revision + 1)
    expect(engine.revision).toBe(outer.revision + 1)
  })

  it('rejects with the refusal', async () => {
    const engine = engineOf('ada')
    engine.segments.define({ id: 'vip', rule: hasTag('vip') })
    const receipts: Receipt[] = []
    engine.on('enter', () => void receipts.push(engine.contacts.remove('nobody')))
    engine.tags.add('ada', 'vip')
    await expect(receipts[0]?.durable).rejects.toMatchObject({ code: 'CONTACT_UNKNOWN' })
  })
})
