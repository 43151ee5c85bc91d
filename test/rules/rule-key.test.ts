import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LeafRule, Rule } from '../../src/rules/ast.js'
import { holds } from '../../src/rules/evaluate.js'
import { operators } from '../../src/rules/operator-table.js'
import { ruleOf } from '../../src/rules/read-rule.js'
import { operandKey, positiveLeaf, ruleKey, rulesEqual } from '../../src/rules/rule-key.js'
import { attributesOf } from '../arbitraries/contacts.js'
import { leafRules, rules, type RuleWorld } from '../arbitraries/rules.js'
import { fullSchema } from '../arbitraries/schemas.js'
import { stages } from '../arbitraries/stages.js'
import { runs } from '../runs.js'
import { attr, scopeOf } from './asking.js'
import { mutated, randomNumbers } from './mutations.js'

/*
 * 1. Two rules that were read have one key exactly when they are the same JSON.
 * 2. The order of a rule's fields does not change its key.
 * 3. A positive leaf is itself; of a negative one the positive is the exact complement, and it is positive.
 */

const [stage = { timeZone: 'UTC', around: 0 }] = stages
const world: RuleWorld = { stage, kinds: fullSchema.kinds, segments: ['vip'] }

function read(rule: unknown): Rule | undefined {
  try {
    return ruleOf(rule, { timeZone: 'UTC', weekStartsOn: 'monday' })
  } catch {
    return undefined
  }
}

describe('the key of a rule', () => {
  it('is one line of text', () => {
    const rule = ruleOf({
      op: 'all',
      rules: [
        { op: 'hasTag', tag: 'VIP "1"' },
        { op: 'atLeast', left: attr('score'), right: 80 },
        { op: 'not', rule: { op: 'contains', left: { get: 'contactId' }, right: 'a', ignoreCase: true } },
        { op: 'in', left: attr('score'), right: [1, [2, 3], { instant: 4 }] },
      ],
    })
    expect(ruleKey(rule)).toBe(
      'all([hasTag("VIP \\"1\\""),atLeast(attribute("score"),80),not(contains(contactId(),"a",true)),in(attribute("score"),[1,[2,3],{"instant":4}])])',
    )
  })

  it.each<[Rule, Rule]>([
    [
      { op: 'anniversaryIn', left: attr('a'), days: 1, current: true, leapDay: 'mar1' },
      { op: 'anniversaryIn', left: attr('a'), days: 1, current: true },
    ],
    [
      { op: 'inCalendar', left: attr('a'), period: { period: 'this', unit: 'week' }, weekStartsOn: 'sunday' },
      { op: 'inCalendar', left: attr('a'), period: { period: 'this', unit: 'week' } },
    ],
    [
      { op: 'equals', left: attr('a'), right: 1 },
      { op: 'equals', left: attr('a'), right: '1' },
    ],
    [
      { op: 'equals', left: attr('a'), right: true },
      { op: 'equals', left: attr('a'), right: 'true' },
    ],
    [
      { op: 'equals', left: attr('a'), right: { day: '2026-01-01' } },
      { op: 'equals', left: attr('a'), right: '2026-01-01' },
    ],
    [
      { op: 'equals', left: attr('a'), right: ['attribute', 'b'] },
      { op: 'equals', left: attr('a'), right: attr('b') },
    ],
    [
      { op: 'in', left: attr('a'), right: ['b', 'c'] },
      { op: 'in', left: attr('a'), right: [['b', 'c']] },
    ],
    [
      { op: 'hasAllTags', tags: ['a,b'] },
      { op: 'hasAllTags', tags: ['a', 'b'] },
    ],
    [
      { op: 'hasTag', tag: 'a' },
      { op: 'hasTagLike', pattern: 'a' },
    ],
    [
      { op: 'tagHeldBy', tag: 'a', holder: 'person' },
      { op: 'tagHeldBy', tag: 'a', holder: 'person', by: 'b' },
    ],
    [
      { op: 'inLast', left: attr('a'), duration: '1d' },
      { op: 'inLast', left: attr('a'), duration: '1d', timeZone: 'UTC' },
    ],
    [
      { op: 'contains', left: attr('a'), right: 'b' },
      { op: 'contains', left: attr('a'), right: 'b', ignoreCase: true },
    ],
    [
      { op: 'some', of: { events: 'a' } },
      { op: 'some', of: { records: ['a'] } },
    ],
    [
      { op: 'some', of: { records: ['a', 'b'] } },
      { op: 'some', of: { records: ['a'], by: 'b' } },
    ],
    [
      { op: 'some', of: { events: 'a', window: { window: 'absolute', from: 1 } } },
      { op: 'some', of: { events: 'a', window: { window: 'absolute', to: 1 } } },
    ],
    [
      { op: 'some', of: { events: 'a', window: { window: 'inLast', duration: '1d' } } },
      { op: 'some', of: { events: 'a', window: { window: 'moreThanAgo', duration: '1d' } } },
    ],
    [
      { op: 'some', of: { events: 'a' } },
      { op: 'some', of: { events: 'a', where: { op: 'everyone' } } },
    ],
    [
      { op: 'exists', left: { get: 'last', of: { events: 'a' } } },
      { op: 'exists', left: { get: 'last', of: { events: 'a' }, value: { get: 'property', name: 'b' } } },
    ],
    [
      { op: 'exists', left: { get: 'nth', of: { events: 'a' }, n: 1 } },
      { op: 'exists', left: { get: 'nth', of: { events: 'a' }, n: 2 } },
    ],
    [
      { op: 'sequence', steps: [{ of: { events: 'a' } }, { of: { events: 'a' }, within: '1d' }] },
      { op: 'sequence', steps: [{ of: { events: 'a' } }, { of: { events: 'a' }, after: '1d' }] },
    ],
    [
      { op: 'sequence', steps: [{ of: { events: 'a' } }, { of: { events: 'a' }, within: '1d' }] },
      { op: 'sequence', steps: [{ of: { events: 'a' } }, { of: { events: 'a' }, within: '1d', from: 'start' }] },
    ],
    [
      { op: 'sequence', steps: [{ of: { events: 'a' } }, { of: { events: 'a' }, within: '1d' }] },
      { op: 'sequence', steps: [{ of: { events: 'a' } }, { of: { events: 'a' }, within: '1d', not: true }] },
    ],
    [
      { op: 'sequence', steps: [{ of: { events: 'a' } }, { of: { events: 'a' } }] },
      { op: 'sequence', steps: [{ of: { events: 'a' } }, { of: { events: 'a' } }], same: 'b' },
    ],
  ])('tells %j from %j', (a, b) => {
    expect(rulesEqual(a, b)).toBe(false)
  })

  it.each<[Rule, Rule]>([
    [
      { op: 'contains', left: attr('a'), right: 'b' },
      { op: 'contains', left: attr('a'), right: 'b', ignoreCase: false },
    ],
    [
      { op: 'anniversaryIn', left: attr('a'), days: 1, current: true },
      { op: 'anniversaryIn', left: attr('a'), days: 1, current: true, leapDay: 'feb28' },
    ],
    [
      { op: 'inCalendar', left: attr('a'), period: { period: 'this', unit: 'week' } },
      { op: 'inCalendar', left: attr('a'), period: { unit: 'week', period: 'this' }, weekStartsOn: 'monday' },
    ],
    [
      { op: 'sequence', steps: [{ of: { events: 'a' } }, { of: { events: 'a' } }] },
      {
        op: 'sequence',
        steps: [
          { of: { events: 'a' }, not: false },
          { from: 'previous', of: { events: 'a' } },
        ],
      },
    ],
    [
      { op: 'none', of: { records: ['a'], by: 'b', window: { window: 'inLast', duration: '1d' } } },
      { op: 'none', of: { window: { duration: '1d', window: 'inLast' }, by: 'b', records: ['a'] } },
    ],
    [
      { op: 'exists', left: { get: 'distinctPeriods', of: { events: 'a' }, unit: 'week' } },
      { op: 'exists', left: { get: 'distinctPeriods', of: { events: 'a' }, unit: 'week', weekStartsOn: 'monday' } },
    ],
  ])('does not tell %j from %j', (a, b) => {
    expect(rulesEqual(a, b)).toBe(true)
  })

  it('of events, records and sequences is one line too', () => {
    const where: Rule = { op: 'atLeast', left: { get: 'property', name: 'amount' }, right: 5 }
    expect(ruleKey({ op: 'none', of: { events: 'buy', window: { window: 'absolute', from: 5 }, where } })).toBe(
      'none(events("buy",absolute(5,),atLeast(property("amount"),5)))',
    )
    const window = { window: 'inLast', duration: '1d', timeZone: 'UTC' } as const
    expect(ruleKey({ op: 'every', of: { records: ['a', 'b'], by: 'c', window }, rule: where })).toBe(
      'every(records(["a","b"],"c",inLast("1d","UTC"),),atLeast(property("amount"),5))',
    )
    const steps = [{ of: { events: 'a' } }, { of: { events: 'b' }, not: true, within: '1d', from: 'start' }] as const
    expect(ruleKey({ op: 'sequence', steps, same: 'id' })).toBe(
      'sequence([step(events("a",,),,,,),step(events("b",,),true,"1d",,"start")],"id")',
    )
  })

  it('of a value of items is that of the value', () => {
    const value = { get: 'property', name: 'n' } as const
    expect(operandKey({ get: 'sum', of: { events: 'buy' }, value })).toBe('sum(events("buy",,),property("n"))')
  })

  it('is given for operands too', () => {
    expect(operandKey({ get: 'plus', left: attr('a'), right: 1 })).toBe('plus(attribute("a"),1)')
    expect(operandKey(['a'])).toBe('["a"]')
  })

  it('1. is shared by the same rules and by no others', () => {
    const near = fc.tuple(rules(world), fc.integer(), fc.integer()).map(([rule, one, other]) => {
      return [
        read(mutated(rule, randomNumbers(one))) ?? read(rule),
        read(mutated(rule, randomNumbers(other))) ?? read(rule),
      ] as const
    })
    fc.assert(
      fc.property(near, ([a, b]) => {
        if (a === undefined || b === undefined) return
        expect(ruleKey(a) === ruleKey(b)).toBe(JSON.stringify(a) === JSON.stringify(b))
        expect(rulesEqual(a, b)).toBe(ruleKey(a) === ruleKey(b))
      }),
      { numRuns: runs(3000) },
    )
  })

  it('2. does not depend on the order of fields', () => {
    const lastWeek = (period: object): Rule => ({ op: 'inCalendar', left: attr('a'), period: period as never })
    expect(ruleKey(lastWeek({ period: 'last', unit: 'week', count: 1, current: false }))).toBe(
      ruleKey(lastWeek({ current: false, count: 1, unit: 'week', period: 'last' })),
    )
    expect(ruleKey(lastWeek({ period: 'year', year: 2026 }))).not.toBe(
      ruleKey(lastWeek({ period: 'year', year: 2025 })),
    )
    fc.assert(
      fc.property(rules(world), (rule) => {
        expect(rulesEqual(rule, backwards(rule) as Rule)).toBe(true)
      }),
      { numRuns: runs(500) },
    )
  })
})

describe('the positive leaf', () => {
  const negatives = Object.entries(operators).filter(([, row]) => row.negates !== undefined && row.shape !== 'constant')

  it.each(negatives)('of %s has the same fields', (_, row) => {
    const positive = row.negates === undefined ? undefined : operators[row.negates]
    expect(positive?.fields).toEqual(row.fields)
    expect(positive?.negates).toBeUndefined()
  })

  it('3. is itself, or the complement', () => {
    const asked = attributesOf(fullSchema.kinds, stage).map((attributes) => scopeOf({ attributes, now: stage.around }))
    fc.assert(
      fc.property(leafRules(world), asked, (leaf: LeafRule, scope) => {
        const { leaf: positive, negated } = positiveLeaf(leaf)
        expect(negated).toBe(operators[leaf.op].negates !== undefined)
        if (!negated) expect(positive).toBe(leaf)
        expect(positiveLeaf(positive)).toEqual({ leaf: positive, negated: false })
        expect(holds(positive, scope)).toBe(holds(leaf, scope) !== negated)
      }),
      { numRuns: runs(1000) },
    )
  })
})

/** The same JSON with the fields of every object the other way round. */
function backwards(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(backwards)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, inner]) => [name, backwards(inner)]),
  )
}
