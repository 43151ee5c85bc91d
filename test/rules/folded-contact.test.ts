import { createEngine, matches, timeline, type ContactInput, type Rule } from 'coterie'
import { describe, expect, it } from 'vitest'
import { viewOf } from '../../src/contacts/contact-view.js'
import { readContact } from '../../src/contacts/read-contact.js'
import type { Operand } from '../../src/rules/ast.js'
import { holds, operandValue } from '../../src/rules/evaluate.js'
import { refusal } from '../engine/scene.js'

const day = 86_400_000
const of = { events: 'purchase' } as const
const amount = { get: 'property', name: 'amount' } as const
const spent: Rule = { op: 'atLeast', left: { get: 'sum', of, value: amount }, right: 1 }
const lately: Rule = { op: 'some', of: { ...of, window: { window: 'inLast', duration: '5d' } } }

/** A contact with ten purchases of 0.1, the last five of which are there themselves. */
function contact(): ContactInput {
  const engine = createEngine({ now: 0 })
  engine.contacts.put({ id: 'ada' })
  engine.segments.define({ id: 'spent', rule: spent })
  engine.segments.define({ id: 'lately', rule: lately })
  for (let at = 0; at < 10; at += 1)
    engine.events.record('ada', { type: 'purchase', at: at * day, properties: { amount: 0.1 } })
  engine.advanceTo(9 * day)
  engine.events.fold(8 * day)
  return engine.contacts.get('ada') ?? { id: 'nobody' }
}

const now = 9 * day

describe('a contact with folded events', () => {
  it('says what is left of them', () => {
    expect(contact().events).toHaveLength(5)
    expect(contact().folded).toEqual({
      purchase: {
        before: 4 * day + 1,
        events: 5,
        totals: {
          'events("purchase",,),property("amount")': {
            count: 5,
            first: { at: 0, value: 0.1 },
            last: { at: 4 * day, value: 0.1 },
            numbers: 5,
            sum: '0.5',
            minimum: 0.1,
            maximum: 0.1,
          },
        },
      },
    })
  })

  it('is asked like any other, from where its events begin', () => {
    const ada = contact()
    expect(matches(spent, ada, { now })).toBe(true)
    expect(matches(spent, { ...ada, events: (ada.events ?? []).slice(1) }, { now })).toBe(false)
    expect(matches(lately, ada, { now })).toBe(true)
    expect(timeline(spent, ada, { from: 5 * day, to: 20 * day })).toEqual([
      { at: 5 * day, holds: false },
      { at: 9 * day, holds: true },
    ])
    expect(timeline(lately, ada, { from: now, to: 20 * day })).toEqual([
      { at: now, holds: true },
      { at: 14 * day, holds: false },
    ])
  })

  it('is refused where the answer is gone', () => {
    const ada = contact()
    const count: Rule = { op: 'atLeast', left: { get: 'count', of }, right: 1 }
    const refused = (rule: Rule, at: number): unknown => {
      const { code, received } = refusal(() => matches(rule, ada, { now: at }))
      return `${code}: ${String(received)}`
    }
    expect(refused(count, now)).toBe('RULE_NEEDS_FOLDED: no rule was there that had their total kept')
    expect(refused(spent, 4 * day)).toBe('RULE_NEEDS_FOLDED: it is asked about 1970-01-05T00:00:00.000Z')
    expect(refused(lately, 8 * day)).toBe('RULE_NEEDS_FOLDED: its window begins at 1970-01-04T00:00:00.001Z')
    expect(refusal(() => timeline(lately, ada, { from: 8 * day, to: now })).code).toBe('RULE_NEEDS_FOLDED')
    // Also through a segment, whose rule is named; of which a part of a month is what its zone says.
    const monthly: Rule = { op: 'some', of: { ...of, window: { window: 'inLast', duration: 'P1M' } } }
    const ask = (rule: Rule) => () =>
      matches({ op: 'inSegment', segment: 's' }, ada, { now: 8 * day, timeZone: 'Asia/Tokyo', segments: { s: rule } })
    expect(refusal(ask(lately))).toMatchObject({ code: 'RULE_NEEDS_FOLDED', path: ['segments', 's', 'of'] })
    expect(refusal(ask(monthly)).received).toContain('begins at 1969-12-08T15:00:00.000Z')
    const referring = (): unknown =>
      matches({ op: 'inSegment', segment: 's' }, ada, { now, segments: { s: { op: 'not', rule: count } } })
    expect(refusal(referring).path).toEqual(['segments', 's', 'rule', 'left', 'of'])
    expect(matches(count, { ...ada, folded: {} }, { now })).toBe(true)
  })

  it('is read, and gives the same when it is read again', () => {
    const read = readContact(contact())
    expect(readContact(read)).toEqual(read)
    expect(readContact(JSON.parse(JSON.stringify(read)))).toEqual(read)
    expect(Object.isFrozen(read.folded?.['purchase']?.totals)).toBe(true)
  })

  const total = { count: 1, first: { at: 1 }, last: { at: 1 } }
  const wrong: [name: string, folded: unknown, place: string, code?: string][] = [
    ['no object', 1, 'folded'],
    ['no instant', { buy: { events: 1, totals: {} } }, 'folded.buy.before'],
    ['no number of events', { buy: { before: 2, events: 0.5, totals: {} } }, 'folded.buy.events'],
    ['no totals', { buy: { before: 2, events: 1 } }, 'folded.buy.totals'],
    ['a strange property', { buy: { before: 2, events: 1, totals: {}, more: 1 } }, 'folded.buy.more'],
    ['events that are older', { buy: { before: 9, events: 1, totals: {} } }, 'folded.buy.before'],
    ['a total of nothing', { buy: { before: 2, events: 1, totals: { a: {} } } }, 'folded.buy.totals.a.count'],
    ['a count without ends', { buy: { before: 2, events: 1, totals: { a: { count: 1 } } } }, 'folded.buy.totals.a'],
    ['ends of none', { buy: { before: 2, events: 1, totals: { a: { ...total, count: 0 } } } }, 'folded.buy.totals.a'],
    [
      'an end that is kept',
      { buy: { before: 2, events: 1, totals: { a: { ...total, last: { at: 2 } } } } },
      'folded.buy.totals.a.last.at',
    ],
    [
      'an end without an instant',
      { buy: { before: 2, events: 1, totals: { a: { ...total, first: { value: 1 } } } } },
      'folded.buy.totals.a.first.at',
    ],
    [
      'an end that is no object',
      { buy: { before: 2, events: 1, totals: { a: { ...total, last: 'soon' } } } },
      'folded.buy.totals.a.last',
    ],
    [
      'an end at no date',
      { buy: { before: 2, events: 1, totals: { a: { ...total, last: { at: 'soon' } } } } },
      'folded.buy.totals.a.last.at',
      'DATE_INVALID',
    ],
    [
      'a total with a strange property',
      { buy: { before: 2, events: 1, totals: { a: { ...total, mean: 1 } } } },
      'folded.buy.totals.a.mean',
    ],
    [
      'numbers without a sum',
      { buy: { before: 2, events: 1, totals: { a: { ...total, numbers: 1 } } } },
      'folded.buy.totals.a',
    ],
    [
      'a sum that is no numeral',
      { buy: { before: 2, events: 1, totals: { a: { ...total, numbers: 1, sum: '1e999999999' } } } },
      'folded.buy.totals.a.sum',
    ],
    [
      'a value that is none',
      { buy: { before: 2, events: 1, totals: { a: { ...total, minimum: {} } } } },
      'folded.buy.totals.a.minimum',
      'VALUE_INVALID',
    ],
  ]
  it.each(wrong)('cannot have %s', (_, folded, place, code = 'CONTACT_INVALID') => {
    const events = [{ type: 'buy', at: 5 }]
    const error = refusal(() => readContact({ id: 'ada', events, folded }))
    expect(error.issues.map((issue) => `${issue.path.join('.')} ${issue.code}`)).toContain(`${place} ${code}`)
  })

  it('is refused for an event that is older, and for nothing else', () => {
    const folded = { buy: { before: 100, events: 1, totals: {} } }
    const { issues } = refusal(() => readContact({ id: 'ada', events: [{ type: 'buy', at: 99 }], folded }))
    expect(issues.map(({ path, code }) => `${path.join('.')} ${code}`)).toEqual(['folded.buy.before CONTACT_INVALID'])
  })

  it('may have nothing in a total, and is looked at no further when enough is wrong', () => {
    const nothing = { buy: { before: 2, events: 0, totals: { a: { count: 0 } } } }
    expect(readContact({ id: 'ada', folded: nothing }).folded).toEqual(nothing)
    const wrongs = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`t${n}`, 5]))
    for (const folded of [wrongs, { buy: { before: 2, events: 1, totals: wrongs } }]) {
      const { issues } = refusal(() => readContact({ id: 'ada', folded }))
      expect(issues.length).toBeGreaterThan(10)
      expect(issues.length).toBeLessThan(400)
    }
  })
})

describe('what was folded away', () => {
  const hour = 3_600_000
  const over = { events: 'purchase' } as const
  const values: readonly Operand[] = [
    { get: 'count', of: over },
    { get: 'first', of: over },
    { get: 'last', of: over },
    ...(['first', 'last', 'sum', 'average', 'minimum', 'maximum'] as const).map((get): Operand => ({
      get,
      of: over,
      value: amount,
    })),
    { get: 'average', of: over, value: { get: 'property', name: 'none' } },
  ]

  /** What they are of a contact whose events before an instant were folded, where rules ask for all of them. */
  const valuesAfter = (foldedBefore: number): readonly unknown[] => {
    const engine = createEngine({ now: 0 })
    engine.contacts.put({ id: 'ada' })
    engine.segments.define({ id: 'some', rule: { op: 'some', of: over } })
    for (const [place, left] of values.entries())
      engine.segments.define({ id: String(place), rule: { op: 'exists', left } })
    for (const [place, n] of [3, 1, 4, 1, 5].entries())
      engine.events.record('ada', { type: 'purchase', at: place * hour, properties: { amount: n } })
    engine.advanceTo(10 * hour)
    engine.events.fold(foldedBefore)
    const scope = {
      contact: viewOf(readContact(engine.contacts.get('ada'), { timeZone: 'UTC' })),
      now: 10 * hour,
      timeZone: 'UTC',
      inSegment: () => false,
    }
    const some: Rule = { op: 'some', of: over }
    return [holds(some, scope), ...values.map((operand) => operandValue(operand, scope))]
  }

  it('counts in every total as if it were there, whatever is left', () => {
    const all = valuesAfter(0)
    const at = (instant: number) => ({ instant })
    expect(all).toEqual([true, 5, at(0), at(4 * hour), 3, 5, 14, 2.8, 1, 5, undefined])
    for (const foldedBefore of [hour, 2 * hour, 3 * hour + 1, 4 * hour, 9 * hour])
      expect(valuesAfter(foldedBefore)).toEqual(all)
  })

  it('is told in whole where a rule needs it', () => {
    const error = refusal(() => matches(lately, contact(), { now: 8 * day }))
    expect(error).toMatchObject({
      message:
        'The rule needs events that are gone: The events "purchase" before 1970-01-05T00:00:00.001Z were folded away, and its window begins at 1970-01-04T00:00:00.001Z',
      received: 'its window begins at 1970-01-04T00:00:00.001Z',
      expected: 'a window that begins at 1970-01-05T00:00:00.001Z or later, or a total that was kept',
      path: ['of'],
    })
    // Asked of the very instant from which events are there, it is answered.
    expect(matches(spent, contact(), { now: 4 * day + 1 })).toBe(false)
  })
})
