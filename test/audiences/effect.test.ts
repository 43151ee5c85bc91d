// The effect is held to a recount that is written differently, to figures worked out by hand, and, over many campaigns that
// do nothing, to what its intervals promise.

import { createEngine, days, defineSchema, events, field, hasTag, type Engine } from 'coterie'
import { audienceOf, effectOf, type Audience } from 'coterie/audiences'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../runs.js'
import { refusal } from '../engine/scene.js'
import { chance, crowd, crowdStart } from './crowd.js'

const purchase = events('purchase').exists()
const everyone = [{ name: 'everyone', rule: { op: 'everyone' } as const }]

/** An engine whose contacts buy with a chance that depends on whether they are in. */
function played(size: number, salt: string, chanceIn: number, chanceControl: number): [Engine, Audience] {
  const engine = createEngine({ now: crowdStart })
  engine.batch(() => {
    for (let n = 0; n < size; n++) engine.contacts.put({ id: `c${String(n)}` })
  })
  const audience = audienceOf(engine, { id: salt, include: everyone, control: { salt: `c ${salt}`, percent: 50 } })
  engine.batch(() => {
    for (const { contactId, reason } of audience.entries)
      if (chance(`${salt} ${contactId}`) < (reason.kind === 'control' ? chanceControl : chanceIn))
        engine.events.record(contactId, { type: 'purchase', at: crowdStart + 1, properties: { amount: 10 } })
  })
  engine.advanceTo(crowdStart + days(30))
  return [engine, audience]
}

describe('the effect', () => {
  it('is clear where the message did something, and says how much', () => {
    const [engine, audience] = played(4000, 'spring', 0.3, 0.2)
    const { recipients, control, isOver } = effectOf(engine, audience, {
      goal: purchase,
      within: '14d',
      value: 'amount',
    })
    expect(isOver).toBe(true)
    expect(recipients.isClear).toBe(true)
    expect(recipients.lift?.difference).toBeCloseTo(0.1, 1)
    expect(recipients.lift?.difference).toBe(recipients.rate - control.rate)
    expect(recipients.meanLift?.difference).toBeCloseTo(10 * (recipients.rate - control.rate), 9)
    expect(recipients.total).toBe(recipients.reached * 10)
    expect(recipients.mean).toBe((recipients.total ?? 0) / recipients.size)
  })

  it('holds what its intervals promise: of 400 messages that do nothing, about 20 look clear', () => {
    let clear = 0
    for (let n = 0; n < 400; n++) {
      const [engine, audience] = played(200, `s${String(n)}`, 0.2, 0.2)
      if (effectOf(engine, audience, { goal: purchase, within: '14d' }).recipients.isClear) clear += 1
    }
    // The game is the same each time, so this is a fact and not a chance: 5 % of 400, within three standard deviations.
    expect(clear).toBeGreaterThanOrEqual(7)
    expect(clear).toBeLessThanOrEqual(33)
  })

  it('counts from the instant after sending for so long, the last one included', () => {
    const engine = createEngine({ now: 0 })
    for (const id of ['before', 'at', 'first', 'last', 'after']) engine.contacts.put({ id })
    const audience = audienceOf(engine, { id: 'a', include: everyone })
    const within = days(7)
    const at = { before: -1, at: 0, first: 1, last: within, after: within + 1 }
    for (const [id, when] of Object.entries(at)) engine.events.record(id, { type: 'purchase', at: when })
    const measured = (): readonly [number, boolean] => {
      const { recipients, isOver } = effectOf(engine, audience, { goal: purchase, within })
      return [recipients.reached, isOver]
    }
    expect(measured()).toEqual([0, false])
    engine.advanceTo(1)
    expect(measured()).toEqual([1, false])
    engine.advanceTo(days(100))
    expect(measured()).toEqual([2, true])
    expect(effectOf(engine, audience, { goal: purchase, within, sentAt: within }).recipients.reached).toBe(1)
  })

  it('has its parts: variants, and segments as they were at sending time', () => {
    const engine = crowd(400)
    engine.tags.add(engine.contacts.ids().slice(0, 200), 'VIP')
    engine.segments.define({ id: 'vip', rule: hasTag('VIP') })
    const audience = audienceOf(engine, {
      id: 'a',
      include: everyone,
      control: { salt: 'c', percent: 25 },
      variants: { salt: 'v', weights: { A: 1, B: 1 } },
      note: ['vip'],
    })
    engine.tags.remove(engine.contacts.ids(), 'VIP')
    engine.contacts.remove('c0')
    const effect = effectOf(engine, audience, { goal: purchase, within: '7d' })
    expect(effect.gone).toBe(1)
    expect(effect.recipients.size + effect.control.size).toBe(399)
    expect(effect.variants.map(({ group }) => group)).toEqual(['A', 'B'])
    expect(effect.variants.reduce((sum, { size }) => sum + size, 0)).toBe(effect.recipients.size)
    const [vip] = effect.bySegment
    expect(vip?.segment).toBe('vip')
    expect((vip?.recipients.size ?? 0) + (vip?.control.size ?? 0)).toBe(199)
  })

  it('of nobody is nothing, and not clear', () => {
    const engine = createEngine({ now: 0 })
    const audience = audienceOf(engine, { id: 'a', include: everyone })
    expect(effectOf(engine, audience, { goal: purchase, within: '7d', value: 'amount' })).toMatchObject({
      recipients: { size: 0, reached: 0, rate: 0, isClear: false },
      control: { size: 0 },
      gone: 0,
    })
  })

  it('asks for an event without a window, an exact time, and a sensible confidence', () => {
    const engine = crowd(1)
    const audience = audienceOf(engine, { id: 'a', include: everyone })
    const code = (options: object): string =>
      refusal(() => effectOf(engine, audience, { goal: purchase, within: '7d', ...options })).code
    expect(code({ goal: hasTag('x') })).toBe('OPTION_INVALID')
    expect(code({ goal: events('purchase').inLast('7d').exists() })).toBe('OPTION_INVALID')
    expect(code({ within: 'P1M' })).toBe('OPTION_INVALID')
    expect(code({ confidence: 1 })).toBe('OPTION_INVALID')
    expect(code({ goal: events('purchse').exists() })).toBe('EVENT_TYPE_UNKNOWN')
  })

  it('is refused where events of its time were folded away', () => {
    const schema = defineSchema({ events: { purchase: { amount: field.number() } } })
    const engine = createEngine({ schema, now: 0 })
    engine.contacts.put({ id: 'ada' })
    const audience = audienceOf(engine, { id: 'a', include: everyone })
    engine.events.record('ada', { type: 'purchase', at: 1 })
    engine.advanceTo(days(100))
    engine.events.fold(days(50))
    expect(refusal(() => effectOf(engine, audience, { goal: purchase, within: '7d' })).code).toBe('RULE_NEEDS_FOLDED')
    expect(effectOf(engine, audience, { goal: purchase, within: '7d', sentAt: days(50) }).recipients.reached).toBe(0)
  })
})

describe('a recount', () => {
  const happenings = fc.array(
    fc.record({
      who: fc.nat({ max: 7 }),
      at: fc.integer({ min: -2, max: 12 }),
      amount: fc.constantFrom(0.1, 0.2, 5, 100),
    }),
    { maxLength: 20 },
  )

  it('of the contacts gives the same', () => {
    fc.assert(
      fc.property(happenings, fc.integer({ min: 1, max: 10 }), fc.constantFrom(0, 30, 50), (all, within, percent) => {
        const engine = createEngine({ now: 0 })
        for (let n = 0; n < 8; n++) engine.contacts.put({ id: `c${String(n)}` })
        const audience = audienceOf(engine, { id: 'a', include: everyone, control: { salt: 'c', percent } })
        for (const { who, at, amount } of all)
          engine.events.record(`c${String(who)}`, { type: 'purchase', at: at * 86_400_000, properties: { amount } })
        engine.advanceTo(days(11))
        const goal = events('purchase')
          .where((e) => e.property('amount').greaterThan(0.1))
          .exists()
        const effect = effectOf(engine, audience, { goal, within: days(within), value: 'amount' })
        for (const kind of ['included', 'control'] as const) {
          const outcome = kind === 'control' ? effect.control : effect.recipients
          const ids = audience.entries.filter(({ reason }) => reason.kind === kind).map(({ contactId }) => contactId)
          const counted = all.filter(
            ({ who, at, amount }) =>
              ids.includes(`c${String(who)}`) && at > 0 && at <= within && at <= 11 && amount > 0.1,
          )
          expect(outcome.size).toBe(ids.length)
          expect(outcome.reached).toBe(new Set(counted.map(({ who }) => who)).size)
          expect(outcome.total).toBe(counted.reduce((sum, { amount }) => sum + Math.round(amount * 10), 0) / 10)
        }
      }),
      { numRuns: runs(200) },
    )
  })
})
