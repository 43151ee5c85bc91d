import { defineSchema, field, records } from 'coterie'
import { describe, expect, it } from 'vitest'
import { day, engineOf, inWords, newEngine, refusal, start } from './scene.js'

describe('record.put', () => {
  it('puts a record, and replaces the one of its id as a whole', () => {
    const engine = engineOf('ada')
    engine.segments.define({ id: 'open', rule: records('deals').where({ status: 'open' }).exists() })
    const put = engine.records.put('ada', 'deals', { id: 'd1', status: 'open', value: 5 })
    expect(inWords(put.transitions)).toEqual(['ada enters open'])
    expect(put.transitions[0]?.cause.kind).toBe('record')
    expect(put.outcomes).toEqual([{ type: 'record.put', contactId: 'ada', created: false, added: true, changed: true }])
    const again = engine.records.put('ada', 'deals', { id: 'd1', status: 'open', value: 5 })
    expect(again.outcomes).toMatchObject([{ added: false, changed: false }])
    const won = engine.records.put('ada', 'deals', { id: 'd1', status: 'won' })
    expect(inWords(won.transitions)).toEqual(['ada exits open'])
    expect(won.outcomes).toMatchObject([{ added: false, changed: true }])
    expect(engine.records.of('ada', 'deals')).toEqual([{ id: 'd1', status: 'won' }])
  })

  it('holds records inside, two levels deep', () => {
    const engine = engineOf('ada')
    engine.segments.define({ id: 'twenty', rule: records('orders.lines').where({ quantity: 20 }).exists() })
    engine.segments.define({ id: 'returned', rule: records('orders.lines.returns').sum('quantity').atLeast(2) })
    const { transitions } = engine.records.put('ada', 'orders', {
      id: 'o1',
      lines: [{ quantity: 20, returns: [{ quantity: 1 }, { quantity: 1 }] }, { quantity: 3 }],
    })
    expect(inWords(transitions)).toEqual(['ada enters twenty', 'ada enters returned'])
    const deeper = { id: 'o2', lines: [{ returns: [{ parts: [{ n: 1 }] }] }] }
    expect(refusal(() => engine.records.put('ada', 'orders', deeper)).code).toBe('RECORD_INVALID')
    expect(engine.records.of('ada', 'orders')).toHaveLength(1)
  })

  it('with a date moves as the clock passes it', () => {
    const engine = engineOf('ada')
    engine.segments.define({ id: 'soon', rule: records('deals').by('closesAt').inNext('2d').exists() })
    engine.segments.define({ id: 'closed', rule: records('deals').by('closesAt').inLast('2d').exists() })
    engine.records.put('ada', 'deals', { id: 'd1', closesAt: new Date(start + 5 * day) })
    const moves = engine.advanceTo(start + 30 * day).transitions
    expect(moves.map(({ type, segmentId, at }) => [type, segmentId, (at - start) / day])).toEqual([
      ['enter', 'soon', 3],
      ['exit', 'soon', 5],
      ['enter', 'closed', 5],
      ['exit', 'closed', 7],
    ])
  })

  it('that the schema does not know is refused, with the nearest name', () => {
    const schema = defineSchema({ attributes: {}, records: { deals: { value: field.number() } } })
    const engine = newEngine({ schema })
    engine.contacts.put({ id: 'ada' })
    expect(refusal(() => engine.records.put('ada', 'deal', { id: 'd1' })).issues).toMatchObject([
      { code: 'COLLECTION_UNKNOWN', nearest: 'deals' },
    ])
    expect(refusal(() => engine.records.put('ada', 'deals', { id: 'd1', vaue: 1 })).issues).toMatchObject([
      { code: 'PROPERTY_UNKNOWN', path: ['record', 'vaue'], nearest: 'value' },
    ])
    expect(engine.records.of('ada', 'deals')).toEqual([])
  })
})

describe('record.remove', () => {
  it('takes a record out, and says whether there was one', () => {
    const engine = engineOf('ada')
    engine.segments.define({ id: 'none', rule: records('tickets').none() })
    engine.records.put('ada', 'tickets', { id: 't1' })
    const removed = engine.records.remove('ada', 'tickets', 't1')
    expect(inWords(removed.transitions)).toEqual(['ada enters none'])
    expect(removed.outcomes).toEqual([{ type: 'record.remove', contactId: 'ada', removed: true }])
    expect(engine.records.remove('ada', 'tickets', 't1').outcomes).toMatchObject([{ removed: false }])
  })
})
