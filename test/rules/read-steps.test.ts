import { describe, expect, it } from 'vitest'
import { defineSchema, field } from '../../src/contacts/schema.js'
import { readRule, ruleOf, type RuleOptions } from '../../src/rules/read-rule.js'

const schema = defineSchema({
  events: {
    checkout: { cartId: field.text(), amount: field.number() },
    purchase: { cartId: field.text(), amount: field.text() },
    open: {},
  },
})
const checkout = { of: { events: 'checkout' } }
const purchase = { of: { events: 'purchase' } }
const sequence = (steps: unknown, more: object = {}) => ({ op: 'sequence', steps, ...more })

/** Code and place of all that is wrong, with the nearest name where there is one. */
function issues(input: unknown, options: RuleOptions = {}): string[] {
  const result = readRule(input, options)
  if (result.ok) return []
  return result.issues.map(({ code, path, nearest }) =>
    [code, path.join('.'), ...(nearest === undefined ? [] : [nearest])].join(' '),
  )
}

describe('a sequence', () => {
  it('counts its steps to what a rule may hold', () => {
    const rule = sequence([checkout, purchase, purchase])
    // The rule itself is a node, and so are each step and its events.
    expect(issues(rule, { limits: { nodes: 7 } })).toEqual([])
    expect(issues(rule, { limits: { nodes: 6 } })).toEqual(['LIMIT_EXCEEDED steps.2.of'])
    expect(issues(rule, { limits: { nodes: 5 } })).toEqual(['LIMIT_EXCEEDED steps.2'])
    expect(issues(rule, { limits: { nodes: 1 } })).toEqual(['LIMIT_EXCEEDED steps.0'])
  })

  it('comes out as frozen plain JSON in one order, without what says only the default', () => {
    const steps = [
      { not: false, of: checkout.of },
      { from: 'start', after: 'PT1H', within: 'P1D', not: false, ...purchase },
      { from: 'previous', within: '1w', not: true, ...purchase },
      { from: 'start', ...checkout },
    ]
    const rule = ruleOf({ same: 'cartId', steps, op: 'sequence' }, { timeZone: 'Europe/Berlin' })
    expect(JSON.stringify(rule)).toBe(
      '{"op":"sequence","steps":[{"of":{"events":"checkout"}},' +
        '{"of":{"events":"purchase"},"within":"1d","after":"1h","from":"start"},' +
        '{"of":{"events":"purchase"},"not":true,"within":"7d"},{"of":{"events":"checkout"}}],"same":"cartId"}',
    )
    const parts: unknown[] = []
    JSON.stringify(rule, (_, value: unknown) => {
      parts.push(value)
      return value
    })
    expect(parts.every(Object.isFrozen)).toBe(true)
  })

  it.each<[string, unknown, string[]]>([
    ['no list', checkout, ['RULE_INVALID steps']],
    ['no steps', [], ['RULE_INVALID steps']],
    ['one step', [checkout], ['RULE_INVALID steps']],
    ['two', [checkout, purchase], []],
    ['no step', [checkout, 'purchase'], ['RULE_INVALID steps.1']],
    ['a step without events', [checkout, {}], ['RULE_INVALID steps.1.of']],
    [
      'events for a step',
      [checkout, { events: 'purchase' }],
      ['RULE_INVALID steps.1.events', 'RULE_INVALID steps.1.of'],
    ],
    [
      'records',
      [checkout, { of: { records: ['orders'] } }],
      ['RULE_INVALID steps.1.of.records', 'RULE_INVALID steps.1.of.events'],
    ],
    ['a property that steps have not', [checkout, { ...purchase, witin: '1d' }], ['RULE_INVALID steps.1.witin within']],
    ['no flag', [checkout, { ...purchase, not: 'yes' }], ['RULE_INVALID steps.1.not']],
    ['no origin', [checkout, { ...purchase, from: 'stat' }], ['RULE_INVALID steps.1.from start']],
    [
      'a first step that does not happen',
      [{ ...checkout, not: true, within: '1d' }, purchase],
      ['RULE_INVALID steps.0.not', 'RULE_INVALID steps.0.within'],
    ],
    [
      'a first step after something',
      [{ ...checkout, within: '1d', after: '1h', from: 'start' }, purchase],
      ['RULE_INVALID steps.0.within', 'RULE_INVALID steps.0.after', 'RULE_INVALID steps.0.from'],
    ],
    ['a step that never happens', [checkout, { ...purchase, not: true }], ['RULE_INVALID steps.1.within']],
    [
      'a step that does not happen after a time',
      [checkout, { ...purchase, not: true, within: '2d', after: '1d' }],
      ['RULE_INVALID steps.1.after'],
    ],
    [
      'only steps that do not happen',
      [checkout, { ...purchase, not: true, within: '1d' }, { ...purchase, not: true, within: '2d' }],
      [],
    ],
    ['no duration', [checkout, { ...purchase, not: true, within: 'soon' }], ['DURATION_INVALID steps.1.within']],
    [
      'limits of the calendar',
      [checkout, { ...purchase, within: 'P1M', after: 'P1M' }],
      ['DURATION_INVALID steps.1.within', 'DURATION_INVALID steps.1.after'],
    ],
    [
      'limits with nothing between',
      [checkout, { ...purchase, within: '24h', after: '1d' }],
      ['DURATION_INVALID steps.1.after'],
    ],
    ['limits with something between', [checkout, { ...purchase, within: '24h', after: '23h' }], []],
    [
      'a window of the future',
      [checkout, { of: { events: 'purchase', window: { window: 'inNext', duration: '1d' } } }],
      ['RULE_INVALID steps.1.of.window.window'],
    ],
    [
      'a condition on tags',
      [{ of: { events: 'checkout', where: { op: 'hasTag', tag: 'VIP' } } }, purchase],
      ['RULE_INVALID steps.0.of.where.op'],
    ],
  ])('of %s', (_, steps, expected) => {
    expect(issues(sequence(steps))).toEqual(expected)
  })

  it('has the zone in the windows of its steps', () => {
    const step = { of: { events: 'purchase', window: { window: 'inLast', duration: 'P1M' } } }
    expect(ruleOf(sequence([checkout, step]), { timeZone: 'Europe/Berlin' })).toMatchObject({
      steps: [{}, { of: { window: { timeZone: 'Europe/Berlin' } } }],
    })
  })

  it('is of events and properties that the schema knows', () => {
    expect(issues(sequence([checkout, { of: { events: 'purchas' } }]), { schema })).toEqual([
      'EVENT_TYPE_UNKNOWN steps.1.of.events purchase',
    ])
    const where = { op: 'exists', left: { get: 'property', name: 'cartID' } }
    expect(issues(sequence([checkout, { of: { events: 'purchase', where } }]), { schema })).toEqual([
      'PROPERTY_UNKNOWN steps.1.of.where.left.name cartId',
    ])
  })

  it('has the same property in all steps, of one type', () => {
    const of = (same: unknown, ...more: object[]) =>
      issues(sequence([checkout, purchase, ...more], { same }), { schema })
    expect(of('cartId')).toEqual([])
    expect(of('cartID')).toEqual(['PROPERTY_UNKNOWN same cartId'])
    expect(of('amount')).toEqual(['TYPE_MISMATCH same'])
    expect(of('cartId', { of: { events: 'open' } })).toEqual(['PROPERTY_UNKNOWN same'])
    expect(of('')).toEqual(['RULE_INVALID same'])
    expect(of(7)).toEqual(['RULE_INVALID same'])
    expect(issues(sequence([checkout, purchase], { same: 'anything' }))).toEqual([])
  })
})
