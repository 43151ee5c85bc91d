import { describe, expect, it } from 'vitest'
import { createEngine } from '../../src/engine/engine.js'
import type { Rule } from '../../src/rules/ast.js'
import { ruleCost } from '../../src/rules/rule-cost.js'
import { events, hasTag, all, attribute, records } from 'coterie/rules'

const attr = (name: string) => ({ get: 'attribute', name }) as const
const prop = { get: 'property', name: 'n' } as const

const nested = events('purchase')
  .where((e) => e.property('amount').greaterThan(5))
  .count()
  .greaterThan(3)

describe('the cost of a rule', () => {
  it('is a few for what looks at a few values, and adds up', () => {
    expect(ruleCost(hasTag('VIP'))).toBe(1)
    expect(ruleCost(attribute('score').equals(80))).toBe(2)
    expect(ruleCost(all(hasTag('VIP'), hasTag('VIP')))).toBe(3)
  })

  it.each<[cost: number, rule: Rule]>([
    [20, { op: 'inSample', salt: 's', from: 0, to: 10 }],
    [1, { op: 'inSegment', segment: 's' }],
    [3, { op: 'inLast', left: attr('a'), duration: '1d' }],
    [3, { op: 'anniversaryIn', left: attr('a'), days: 1, current: true }],
    [2, { op: 'equals', left: attr('a'), right: 'x' }],
    [3, { op: 'equals', left: attr('a'), right: attr('b') }],
    [4, { op: 'contains', left: attr('a'), right: 'x' }],
    [6, { op: 'containsAll', left: attr('a'), right: ['x', 'y'] }],
    [4, { op: 'startsWith', left: attr('a'), right: 'x', ignoreCase: true }],
    [2, { op: 'startsWith', left: attr('a'), right: 'x' }],
    [6, { op: 'matches', left: attr('a'), pattern: 'abc' }],
    [1, { op: 'hasTag', tag: 'a' }],
    [4, { op: 'hasAnyTag', tags: ['a', 'b', 'c'] }],
    [15, { op: 'hasTagLike', pattern: 'a*' }],
    [2, { op: 'exists', left: attr('a') }],
    [3, { op: 'in', left: attr('a'), right: ['a', 'b', attr('c')] }],
    [3, { op: 'between', left: attr('a'), low: 1, high: attr('c') }],
    [2, { op: 'not', rule: { op: 'hasTag', tag: 'a' } }],
    [21, { op: 'some', of: { events: 'a' } }],
    [23, { op: 'some', of: { events: 'a', window: { window: 'inLast', duration: '1d' } } }],
    [61, { op: 'some', of: { events: 'a', where: { op: 'exists', left: prop } } }],
    [101, { op: 'some', of: { records: ['a', 'b'] } }],
    [141, { op: 'some', of: { records: ['a'], where: { op: 'some', of: { records: ['b'] } } } }],
    [61, { op: 'every', of: { records: ['a'] }, rule: { op: 'exists', left: prop } }],
    [42, { op: 'atLeast', left: { get: 'sum', of: { events: 'a' }, value: prop }, right: 1 }],
    [
      85,
      {
        op: 'sequence',
        steps: [{ of: { events: 'a' } }, { of: { events: 'b', window: { window: 'inLast', duration: '1d' } } }],
      },
    ],
  ])('is %i of %j', (cost, rule) => {
    expect(ruleCost(rule)).toBe(cost)
  })

  it('grows with what is done for each item, and with items inside items', () => {
    const some = ruleCost(events('purchase').exists())
    expect(ruleCost(nested)).toBeGreaterThan(some)
    const lines: Rule = { op: 'some', of: { records: ['orders', 'lines'] } }
    expect(ruleCost(lines)).toBeGreaterThan(ruleCost(records('orders').exists()))
    // Where nothing is said of them, as many records are taken to be usual as events.
    expect(ruleCost(records('orders').exists())).toBe(some)
  })

  it('grows with all that is looked at: options, tags, what is asked of items, steps', () => {
    const left = { get: 'attribute', name: 'country' } as const
    const orders = { records: ['orders'] } as const
    const amount = { get: 'property', name: 'amount' } as const
    const twice = { get: 'plus', left: amount, right: amount } as const
    const large: Rule = { op: 'greaterThan', left: amount, right: 5 }
    const visit = { of: { events: 'visit' } } as const
    const pairs: readonly (readonly [less: Rule, more: Rule])[] = [
      [
        { op: 'in', left, right: ['DE'] },
        { op: 'in', left, right: ['DE', { get: 'attribute', name: 'home' }] },
      ],
      [
        { op: 'containsAny', left, right: ['a'] },
        { op: 'containsAny', left, right: ['a', 'b', 'c'] },
      ],
      [
        { op: 'hasAnyTag', tags: ['a'] },
        { op: 'hasAnyTag', tags: ['a', 'b', 'c'] },
      ],
      [
        { op: 'every', of: orders, rule: large },
        { op: 'every', of: orders, rule: { op: 'all', rules: [large, large] } },
      ],
      [
        { op: 'atLeast', left: { get: 'sum', of: { events: 'buy' }, value: amount }, right: 1 },
        { op: 'atLeast', left: { get: 'sum', of: { events: 'buy' }, value: twice }, right: 1 },
      ],
      [
        { op: 'sequence', steps: [visit, visit] },
        { op: 'sequence', steps: [visit, visit, visit] },
      ],
      [
        { op: 'some', of: { events: 'visit' } },
        { op: 'sequence', steps: [visit, visit] },
      ],
    ]
    for (const [less, more] of pairs) expect(ruleCost(more)).toBeGreaterThan(ruleCost(less))
  })

  it('grows with the states of a pattern', () => {
    const matches = (pattern: string): number => ruleCost(attribute('name').matches(pattern))
    expect(matches('a{1000}')).toBeGreaterThan(50 * matches('a'))
  })
})

describe('an engine with maxRuleCost', () => {
  const engine = createEngine({ now: 0, maxRuleCost: 20 })

  it('refuses a rule that costs more, and nothing else', () => {
    expect(() => engine.segments.define({ id: 'dear', rule: nested })).toThrow(
      expect.objectContaining({ code: 'RULE_TOO_COSTLY', path: ['rule'], received: String(ruleCost(nested)) }),
    )
    expect(engine.segments.ids()).toEqual([])
    engine.segments.define({ id: 'cheap', rule: hasTag('VIP') })
    expect(() => engine.segments.define({ id: 'cheap', rule: nested })).toThrow(
      expect.objectContaining({ code: 'RULE_TOO_COSTLY' }),
    )
    expect(engine.segments.get('cheap')?.rule).toEqual(hasTag('VIP'))
    engine.segments.convert('cheap', 'static')
    expect(() => engine.segments.convert('cheap', 'dynamic', nested)).toThrow(
      expect.objectContaining({ code: 'RULE_TOO_COSTLY' }),
    )
  })

  it('refuses an option that is no cost', () => {
    for (const maxRuleCost of [0, -1, NaN, '5' as never])
      expect(() => createEngine({ now: 0, maxRuleCost })).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }))
  })
})
