import { defineSchema, events, field, type Engine } from 'coterie'
import { describe, expect, it } from 'vitest'
import { day, engineOf, hour, inWords, newEngine, refusal, start, told } from './scene.js'

/** An engine in which whoever bought something in the last week is recent. */
function shop(): Engine {
  const engine = engineOf('ada', 'bob')
  engine.segments.define({ id: 'recent', rule: events('purchase').inLast('7d').exists() })
  return engine
}

describe('event.record', () => {
  it('without an instant happens now', () => {
    const engine = shop()
    engine.advanceTo(start + hour)
    const { transitions, outcomes } = engine.events.record('ada', { type: 'purchase', properties: { amount: 5 } })
    expect(inWords(transitions)).toEqual(['ada enters recent'])
    expect(transitions[0]?.cause).toMatchObject({ kind: 'event', eventAt: start + hour })
    expect(transitions[0]?.cause).not.toHaveProperty('late')
    expect(outcomes).toEqual([{ type: 'event.record', contactId: 'ada', created: false, duplicate: false }])
    expect(engine.events.of('ada')).toEqual([{ type: 'purchase', at: start + hour, properties: { amount: 5 } }])
  })

  it('of the past moves from now on, and the cause says that it was late', () => {
    const engine = shop()
    const at = start - 6 * day
    const [enter] = engine.events.record('ada', { type: 'purchase', at }).transitions
    expect(enter).toMatchObject({ type: 'enter', at: start, cause: { kind: 'event', eventAt: at, late: true } })
    expect(engine.advanceTo(start + 2 * day).transitions).toMatchObject([
      { type: 'exit', at: start + day, cause: { kind: 'time', dueAt: start + day } },
    ])
  })

  it('older than every window moves nobody', () => {
    const engine = shop()
    expect(engine.events.record('ada', { type: 'purchase', at: start - 7 * day }).transitions).toEqual([])
    expect(engine.nextDueAt()).toBeUndefined()
  })

  it('of the future counts from its instant on', () => {
    const engine = shop()
    expect(engine.events.record('ada', { type: 'purchase', at: start + day }).transitions).toEqual([])
    expect(engine.nextDueAt()).toBe(start + day)
    expect(engine.advanceTo(start + 30 * day).transitions).toMatchObject([
      { type: 'enter', at: start + day, cause: { kind: 'time', dueAt: start + day } },
      { type: 'exit', at: start + 8 * day, cause: { kind: 'time', dueAt: start + 8 * day } },
    ])
  })

  it('at the instant at which another leaves its window moves nobody', () => {
    const engine = shop()
    engine.events.record('ada', { type: 'purchase' })
    engine.events.record('ada', { type: 'purchase', at: start + 7 * day })
    expect(engine.advanceTo(start + 7 * day).transitions).toEqual([])
    expect(engine.advanceTo(start + 14 * day).transitions).toMatchObject([{ type: 'exit', at: start + 14 * day }])
  })

  it('of an id that the contact has is a duplicate: the first stands', () => {
    const engine = shop()
    engine.events.record('ada', { type: 'purchase', id: 'p1', at: start - 30 * day })
    const { outcomes, transitions } = engine.events.record('ada', { type: 'visit', id: 'p1' })
    expect(outcomes).toMatchObject([{ duplicate: true }])
    expect(transitions).toEqual([])
    expect(engine.events.of('ada')).toMatchObject([{ type: 'purchase', at: start - 30 * day }])
    expect(engine.events.record('bob', { type: 'purchase', id: 'p1' }).outcomes).toMatchObject([{ duplicate: false }])
  })

  it('stands in order: by instant, then by id, then those without in order of arrival', () => {
    const engine = engineOf('ada')
    for (const [id, n] of [
      [undefined, 1],
      ['b', 2],
      [undefined, 3],
      ['B', 4],
    ] as const) {
      engine.events.record('ada', { type: 'visit', properties: { n }, ...(id === undefined ? {} : { id }) })
    }
    engine.events.record('ada', { type: 'purchase', at: start - 1, properties: { n: 5 } })
    expect(engine.events.of('ada').map(({ properties: { n } }) => n)).toEqual([5, 4, 2, 1, 3])
    expect(engine.events.of('ada', 'visit').map(({ properties: { n } }) => n)).toEqual([4, 2, 1, 3])
  })

  it('more than a day ahead of a clock is refused, unless maxAhead says otherwise', () => {
    const ahead = (at: number, maxAhead?: '7d' | 'any'): string => {
      const engine = newEngine({ clock: () => start, ...(maxAhead === undefined ? {} : { maxAhead }) })
      engine.contacts.put({ id: 'ada' })
      try {
        engine.events.record('ada', { type: 'visit', at })
        return 'recorded'
      } catch (error) {
        expect(engine.events.count).toBe(0)
        return (error as { readonly code: string }).code
      }
    }
    expect(ahead(start + day)).toBe('recorded')
    expect(ahead(start + day + 1)).toBe('EVENT_FAR_FUTURE')
    expect(ahead(start + 7 * day, '7d')).toBe('recorded')
    expect(ahead(start + 7 * day + 1, '7d')).toBe('EVENT_FAR_FUTURE')
    expect(ahead(start + 9000 * day, 'any')).toBe('recorded')
  })

  it('that the schema does not know is refused, with the nearest name', () => {
    const engine = newEngine({
      schema: defineSchema({ attributes: {}, events: { purchase: { amount: field.number() } } }),
    })
    engine.contacts.put({ id: 'ada' })
    const refused = (event: { type: string; properties?: Record<string, number | string> }) =>
      refusal(() => engine.events.record('ada', event)).issues.map(({ code, path, nearest }) => [code, path, nearest])
    expect(refused({ type: 'purchas' })).toEqual([['EVENT_TYPE_UNKNOWN', ['event', 'type'], 'purchase']])
    expect(refused({ type: 'purchase', properties: { amont: 1 } })).toEqual([
      ['PROPERTY_UNKNOWN', ['event', 'properties', 'amont'], 'amount'],
    ])
    expect(refused({ type: 'purchase', properties: { amount: 'many' } })).toEqual([
      ['VALUE_INVALID', ['event', 'properties', 'amount'], undefined],
    ])
    expect(engine.events.count).toBe(0)
  })
})

describe('event.correct', () => {
  it('replaces an event by its id; an instant that is left out stays', () => {
    const engine = shop()
    engine.segments.define({ id: 'spender', rule: events('purchase').sum('amount').atLeast(100) })
    engine.events.record('ada', { type: 'purchase', id: 'p1', properties: { amount: 10 } })
    const transitions = told(engine)
    engine.events.correct('ada', 'p1', { type: 'purchase', properties: { amount: 100 } })
    engine.events.correct('ada', 'p1', { type: 'purchase', at: start - 8 * day, properties: { amount: 100 } })
    engine.events.correct('ada', 'p1', { type: 'refund', properties: { amount: 100 } })
    expect(inWords(transitions)).toEqual(['ada enters spender', 'ada exits recent', 'ada exits spender'])
    expect(engine.events.of('ada')).toEqual([
      { type: 'refund', at: start - 8 * day, properties: { amount: 100 }, id: 'p1' },
    ])
    const same = engine.events.correct('ada', 'p1', { type: 'refund', properties: { amount: 100 } })
    expect(same.outcomes).toEqual([{ type: 'event.correct', contactId: 'ada', changed: false }])
  })

  it('refused in a batch leaves no trace, not in the order of properties either', () => {
    const engine = shop()
    engine.events.record('ada', { type: 'purchase', id: 'p1', properties: { amount: 1, due: 'now' } })
    engine.events.record('ada', { type: 'purchase', id: 'p2', properties: { due: 'then' } })
    const before = JSON.stringify(engine.events.of('ada'))
    refusal(() =>
      engine.batch(() => {
        engine.events.correct('ada', 'p1', { type: 'purchase' })
        engine.segments.remove('nothing')
      }),
    )
    expect(JSON.stringify(engine.events.of('ada'))).toBe(before)
  })

  it('of what is not there, or was taken out, is refused', () => {
    const engine = shop()
    engine.events.record('ada', { type: 'purchase', id: 'p1' })
    engine.events.remove('ada', 'p1')
    for (const id of ['p1', 'p2']) {
      expect(refusal(() => engine.events.correct('ada', id, { type: 'visit' })).code).toBe('EVENT_UNKNOWN')
    }
  })
})

describe('event.remove', () => {
  it('takes an event out, and a late copy does not bring it back', () => {
    const engine = shop()
    engine.events.record('ada', { type: 'purchase', id: 'p1' })
    const { transitions, outcomes } = engine.events.remove('ada', 'p1')
    expect(inWords(transitions)).toEqual(['ada exits recent'])
    expect(outcomes).toEqual([{ type: 'event.remove', contactId: 'ada', removed: true }])
    expect(engine.events.record('ada', { type: 'purchase', id: 'p1' }).outcomes).toMatchObject([{ duplicate: true }])
    expect(engine.segments.of('ada')).toEqual([])
    expect(engine.nextDueAt()).toBeUndefined()
  })

  it('keeps an id of which no event has come yet', () => {
    const engine = shop()
    expect(engine.events.remove('ada', 'p1').outcomes).toMatchObject([{ removed: false }])
    expect(engine.events.record('ada', { type: 'purchase', id: 'p1' }).outcomes).toMatchObject([{ duplicate: true }])
  })

  it('takes out what is still to come', () => {
    const engine = shop()
    engine.events.record('ada', { type: 'purchase', id: 'p1', at: start + day })
    engine.events.remove('ada', 'p1')
    expect(engine.advanceTo(start + 30 * day).transitions).toEqual([])
  })
})

describe('events.check', () => {
  it('says what recording would come to, and records nothing', () => {
    const engine = shop()
    engine.events.record('ada', { type: 'purchase', id: 'p1', at: start - day })
    const { revision } = engine
    expect(engine.events.check('ada', { type: 'purchase', id: 'p1' })).toEqual({
      contactId: 'ada',
      created: false,
      duplicate: true,
    })
    expect(engine.events.check('bob', { type: 'purchase', id: 'p1' })).toMatchObject({ duplicate: false })
    expect(engine.events.count).toBe(1)
    expect(engine.revision).toBe(revision)
  })

  it('throws what recording would throw', () => {
    const engine = newEngine({ clock: () => start })
    engine.contacts.put({ id: 'ada' })
    const far = { type: 'visit', at: start + 2 * day }
    for (const [contact, event] of [
      ['ada', far],
      ['eve', { type: 'visit' }],
      ['ada', { type: '' }],
    ] as const) {
      const { code, path } = refusal(() => engine.events.record(contact, event))
      expect(refusal(() => engine.events.check(contact, event))).toMatchObject({ code, path })
    }
    expect(refusal(() => engine.events.check('ada', null as never)).code).toBe('EVENT_INVALID')
  })

  it('knows whom an engine that creates contacts would put', () => {
    const engine = newEngine({ unknownContacts: 'create' })
    expect(engine.events.check('eve', { type: 'visit' })).toEqual({ contactId: 'eve', created: true, duplicate: false })
    expect(engine.contacts.count).toBe(0)
    expect(refusal(() => engine.events.check({ channel: 'chat', id: '1' }, { type: 'visit' })).code).toBe(
      'CONTACT_UNKNOWN',
    )
  })
})
