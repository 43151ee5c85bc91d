import { describe, expect, it } from 'vitest'
import { createEngine } from '../../src/engine/engine.js'
import type { Rule } from '../../src/rules/ast.js'
import { ruleCost } from '../../src/rules/rule-cost.js'
import { events, hasTag, all, attribute, records } from 'coterie/rules'

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

  it('grows with what is done for each item, and with items inside items', () => {
    const some = ruleCost(events('purchase').exists())
    expect(ruleCost(nested)).toBeGreaterThan(some)
    const lines: Rule = { op: 'some', of: { records: ['orders', 'lines'] } }
    expect(ruleCost(lines)).toBeGreaterThan(ruleCost(records('orders').exists()))
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
