import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ruleJsonSchema } from '../../src/rules/json-schema.js'
import type { Rule } from '../../src/rules/ast.js'
import { holds } from '../../src/rules/evaluate.js'
import { operands, operators } from '../../src/rules/operator-table.js'
import { readRule, ruleOf, type RuleOptions } from '../../src/rules/read-rule.js'
import { ruleKey, rulesEqual } from '../../src/rules/rule-key.js'
import { viewOf } from '../../src/contacts/contact-view.js'
import { runs } from '../runs.js'
import { counted, sizeOf } from './counted-reads.js'
import { mutated, randomNumbers } from './mutations.js'
import { worlds as smallWorlds } from './small-rules.js'
import { itemSchema, typedRules } from './typed-rules.js'

/*
 * The laws of `read-rule.property.test.ts` for rules about events and records:
 *
 * 1. What can be read is read, under the schema it was made for and without one.
 * 2. What was read reads to itself, also after JSON, under the same options, without any, and in another zone.
 * 3. Reading changes no answer.
 * 4. A rule gone wrong is read, or refused with issues; nothing throws, and what is read after all satisfies law 2.
 * 5. What the JSON Schema refuses, the reader refuses; what the reader takes and gives, the schema takes.
 * 6. The reader looks at each part of its input a bounded number of times.
 * 7. Two rules that were read have one key exactly when they are the same JSON, whatever the order of fields, and whether
 *    or not it is written that weeks start on Monday.
 */

const strict: RuleOptions = { schema: itemSchema, timeZone: 'Europe/Berlin', weekStartsOn: 'sunday' }
const loose: RuleOptions = {}
const accepts = new Ajv2020({ allowUnionTypes: true }).compile(ruleJsonSchema())
const rules = typedRules()

function expectSettled(rule: Rule, options: RuleOptions): void {
  const written: unknown = JSON.parse(JSON.stringify(rule))
  expect(written).toStrictEqual(rule)
  const others: RuleOptions[] = [options, { ...options, weekStartsOn: undefined }]
  // What was read with a zone means the same everywhere.
  if (options.timeZone !== undefined) others.push({}, { ...options, timeZone: 'Asia/Tokyo', weekStartsOn: 'friday' })
  for (const other of others) expect(ruleOf(written, other)).toStrictEqual(rule)
  expectFrozen(rule)
}

function expectFrozen(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  if (!Object.isFrozen(value)) expect(value).toBe('frozen')
  Object.values(value).forEach(expectFrozen)
}

function backwards(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(backwards)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).reverse()
  return Object.fromEntries(entries.map(([name, inner]) => [name, backwards(inner)]))
}

/** A rule's JSON without the default that reading leaves where it stands. */
function saidBy(rule: Rule): string {
  return JSON.stringify(rule, (name, value: unknown) =>
    name === 'weekStartsOn' && value === 'monday' ? undefined : value,
  )
}

it('are of every operator and every operand that is about events and records', () => {
  const seen = new Set<unknown>()
  for (const rule of fc.sample(rules, { numRuns: 3000, seed: 1 })) {
    JSON.stringify(rule, (key, value: unknown) => {
      if (['op', 'get', 'window'].includes(key)) seen.add(value)
      return value
    })
  }
  const ofItems = Object.entries({ ...operators, ...operands }).filter(
    ([, { fields }]) => 'of' in fields || 'steps' in fields,
  )
  for (const [name] of ofItems) expect(seen).toContain(name)
  for (const name of ['property', 'absolute', 'inNext', 'inCalendar', 'betweenAgo']) expect(seen).toContain(name)
})

describe.each([
  ['with a schema', strict],
  ['without', loose],
] as const)('rules about events and records %s', (_, options) => {
  it('1, 2, 5. are read, to what reads to itself', () => {
    fc.assert(
      fc.property(rules, (rule) => {
        expect(accepts(rule)).toBe(true)
        const read = ruleOf(rule, options)
        expect(accepts(read)).toBe(true)
        expectSettled(read, options)
      }),
      { numRuns: runs(600) },
    )
  })

  it('4, 5. gone wrong are read or refused', () => {
    const outcomes = { read: 0, refused: 0 }
    fc.assert(
      fc.property(rules, fc.integer(), (rule, seed) => {
        const random = randomNumbers(seed)
        for (let i = 0; i < 30; i++) {
          const input = mutated(rule, random)
          const result = readRule(input, options)
          if (!result.ok) {
            outcomes.refused++
            expect(result.issues.length).toBeGreaterThan(0)
            continue
          }
          outcomes.read++
          expect(accepts(input)).toBe(true)
          expectSettled(result.rule, options)
        }
      }),
      { numRuns: runs(400) },
    )
    expect(Math.min(outcomes.read, outcomes.refused)).toBeGreaterThan(runs(400) / 4)
  })

  it('6. are looked at a bounded number of times', () => {
    fc.assert(
      fc.property(rules, fc.integer(), fc.boolean(), (rule, seed, isWrong) => {
        const input = isWrong ? mutated(rule, randomNumbers(seed)) : rule
        const counter = { reads: 0 }
        readRule(counted(input, counter), options)
        expect(counter.reads).toBeLessThanOrEqual(12 * sizeOf(input))
      }),
      { numRuns: runs(400) },
    )
  })

  it('7. have the keys of what they say', () => {
    const read = (rule: unknown): Rule | undefined => {
      const result = readRule(rule, options)
      return result.ok ? result.rule : undefined
    }
    fc.assert(
      fc.property(rules, fc.integer(), fc.integer(), (rule, one, other) => {
        const whole = ruleOf(rule, options)
        expect(rulesEqual(whole, backwards(whole) as Rule)).toBe(true)
        const a = read(mutated(rule, randomNumbers(one))) ?? whole
        const b = read(mutated(rule, randomNumbers(other))) ?? whole
        expect(ruleKey(a) === ruleKey(b)).toBe(saidBy(a) === saidBy(b))
      }),
      { numRuns: runs(600) },
    )
  })
})

it('7. they have one key whether or not it is written that weeks start on Monday', () => {
  const keyWithin = (weekStartsOn: object): string => {
    const window = { window: 'inCalendar', period: { period: 'this', unit: 'week' }, timeZone: 'UTC', ...weekStartsOn }
    return ruleKey(ruleOf({ op: 'some', of: { events: 'purchase', window } }, loose))
  }
  expect(keyWithin({ weekStartsOn: 'monday' })).toBe(keyWithin({}))
  expect(keyWithin({ weekStartsOn: 'sunday' })).not.toBe(keyWithin({}))
})

it('3. they mean what they meant', () => {
  const cases = fc.constantFrom(...smallWorlds).chain((world) =>
    fc.record({
      rule: world.leaf(['some', 'none', 'every', 'sequence', 'atLeast', 'before', 'exists', 'equals', 'inLast']),
      contact: world.contact,
      now: world.instant,
      timeZone: fc.constant(world.scene.timeZone),
    }),
  )
  const datesIn = (rule: Rule): number => JSON.stringify(rule).match(/"(?:instant|day)":/g)?.length ?? 0
  let read = 0
  fc.assert(
    fc.property(cases, ({ rule, contact, now, timeZone }) => {
      const result = readRule(rule, { timeZone })
      // A number or a text beside a date is read as one, and was none before.
      if (!result.ok || datesIn(result.rule) !== datesIn(rule)) return
      read++
      const scope = { contact: viewOf(contact), now, timeZone, inSegment: () => false }
      expect(holds(result.rule, scope)).toBe(holds(rule, scope))
    }),
    { numRuns: runs(600) },
  )
  expect(read).toBeGreaterThan(runs(600) / 12)
})
