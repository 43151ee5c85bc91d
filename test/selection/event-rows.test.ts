import { createEngine, type Rule } from 'coterie'
import { describe, expect, it } from 'vitest'
import { membersOf, plainlyMatching } from '../engine/scene.js'

/*
 * Conditions on events, of every kind that there is, asked of all contacts at once and of each by the plain evaluator: by rows
 * where rows tell, and also where they do not.
 */

const property = (name: string): { readonly get: 'property'; readonly name: string } => ({ get: 'property', name })
const large: Rule = { op: 'atLeast', left: property('amount'), right: 50 }
const hats: Rule = { op: 'equals', left: property('product'), right: 'hat' }
const isPro: Rule = { op: 'equals', left: { get: 'attribute', name: 'plan' }, right: 'pro' }

const conditions: Readonly<Record<string, Rule>> = {
  everyone: { op: 'everyone' },
  nobody: { op: 'nobody' },
  'a property': large,
  'a property that no event has': { op: 'exists', left: property('nothing') },
  'its negation': { op: 'missing', left: property('nothing') },
  not: { op: 'not', rule: hats },
  'not everyone': { op: 'not', rule: { op: 'everyone' } },
  all: { op: 'all', rules: [large, hats] },
  any: { op: 'any', rules: [large, hats] },
  'two of three': { op: 'someOf', count: 2, rules: [large, hats, isPro] },
  'three of three': { op: 'someOf', count: 3, rules: [large, hats, isPro] },
  'one property and another': { op: 'greaterThan', left: property('amount'), right: property('paid') },
  'one and another beside more': {
    op: 'all',
    rules: [large, { op: 'greaterThan', left: property('amount'), right: property('paid') }],
  },
  'what is made of it': { op: 'atLeast', left: { get: 'times', left: property('amount'), right: 2 }, right: 100 },
  'an attribute': isPro,
  'an attribute that nobody has': { op: 'exists', left: { get: 'attribute', name: 'nothing' } },
}

const engine = createEngine({ now: 1_000 })
for (let n = 0; n < 24; n += 1) {
  const id = `c${n}`
  engine.contacts.put({ id, attributes: n % 2 === 0 ? { plan: 'pro' } : {} })
  for (let place = 0; place < n % 4; place += 1)
    engine.events.record(id, {
      type: 'buy',
      at: 100 * place,
      properties: {
        ...((n + place) % 3 === 0 ? undefined : { discount: (n * 7 + place * 11) % 20 }),
        given: (n + place) % 4 === 0 ? 'much' : n - place,
        paid: 40,
        amount: (n * 13 + place * 29) % 100,
        product: (n + place) % 3 === 0 ? 'hat' : 'boots',
      },
    })
}

describe('events of which a condition holds', () => {
  it.each(Object.entries(conditions))('%s', (_, where) => {
    const rules: readonly Rule[] = [
      { op: 'some', of: { events: 'buy', where } },
      { op: 'none', of: { events: 'buy', where } },
      { op: 'atLeast', left: { get: 'count', of: { events: 'buy', where } }, right: 2 },
      { op: 'greaterThan', left: { get: 'sum', of: { events: 'buy', where }, value: property('amount') }, right: 60 },
    ]
    for (const rule of rules) {
      const expected = plainlyMatching(engine, rule)
      expect(engine.contacts.find(rule)).toEqual(expected)
      engine.segments.define({ id: 'asked', rule })
      expect(membersOf(engine, 'asked')).toEqual(expected)
    }
  })

  it('are some, and not all, of nearly every condition', () => {
    const counts = Object.values(conditions).map(
      (where) => engine.contacts.find({ op: 'some', of: { events: 'buy', where } }).length,
    )
    expect(counts.filter((count) => count > 0 && count < 18).length).toBeGreaterThan(6)
  })
})

describe('what events come to', () => {
  const get = ['sum', 'average', 'minimum', 'maximum'] as const
  it.each(get.flatMap((each) => ['discount', 'given', 'amount', 'nothing'].map((name) => [each, name] as const)))(
    'is the %s of %s, where it is a number',
    (each, name) => {
      const left = { get: each, of: { events: 'buy' }, value: property(name) }
      const counts = [0, 5, 10, 20, 40].flatMap((right) =>
        (['atLeast', 'lessThan'] as const).map((op) => {
          const rule: Rule = { op, left, right }
          const expected = plainlyMatching(engine, rule)
          expect(engine.contacts.find(rule)).toEqual(expected)
          return expected.length
        }),
      )
      if (name !== 'nothing') expect(counts.some((count) => count > 0 && count < 18)).toBe(true)
    },
  )
})
