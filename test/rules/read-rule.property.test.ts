import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { errorCodes } from '../../src/base/errors.js'
import { ruleJsonSchema } from '../../src/rules/json-schema.js'
import { readRule, ruleOf, type RuleOptions } from '../../src/rules/read-rule.js'
import { ruleKey } from '../../src/rules/rule-key.js'
import type { Rule } from '../../src/rules/ast.js'
import { attributesOf } from '../arbitraries/contacts.js'
import { rules, type RuleWorld } from '../arbitraries/rules.js'
import { fullSchema } from '../arbitraries/schemas.js'
import { stages } from '../arbitraries/stages.js'
import { runs } from '../runs.js'
import { ask, tag } from './asking.js'
import { counted, sizeOf } from './counted-reads.js'
import { mutated, randomNumbers } from './mutations.js'

/*
 * 1. What can be read is read, under the schema it was made for and without one.
 * 2. What was read reads to itself, also after JSON, under the same options, without any,
 *    and in another zone.
 * 3. Reading changes no answer: a rule holds of a contact exactly when what was read does.
 * 4. A rule gone wrong is read, or refused with issues; nothing throws, and what is read after all satisfies law 2.
 * 5. What the JSON Schema refuses, the reader refuses; what the reader takes and gives, the schema takes.
 * 6. The reader looks at each part of its input a bounded number of times.
 */

const [stage = { timeZone: 'UTC', around: 0 }] = stages
const segments = ['vip', 'late']
const typed: RuleWorld = { stage, kinds: fullSchema.kinds, segments }
const untyped: RuleWorld = { stage, segments }
const strict: RuleOptions = { schema: fullSchema.schema, timeZone: 'Europe/Berlin', weekStartsOn: 'sunday', segments }
const loose: RuleOptions = {}
const worlds = [
  { name: 'with a schema', rule: readable(typed), options: strict },
  { name: 'without', rule: readable(untyped), options: loose },
] as const

/** Rules as the arbitraries make them, but for samples of nobody, which are refused. */
function readable(world: RuleWorld): fc.Arbitrary<Rule> {
  const isEmptySample = (node: object): boolean =>
    'salt' in node && 'from' in node && 'to' in node && node.from === node.to
  return rules(world).filter((rule) => {
    let isFine = true
    JSON.stringify(rule, (_, value: unknown) => {
      if (typeof value === 'object' && value !== null && isEmptySample(value)) isFine = false
      return value
    })
    return isFine
  })
}

const accepts = new Ajv2020({ allowUnionTypes: true }).compile(ruleJsonSchema())

function expectSettled(rule: Rule, options: RuleOptions): void {
  const written: unknown = JSON.parse(JSON.stringify(rule))
  expect(written).toStrictEqual(rule)
  for (const again of [
    ruleOf(rule, options),
    ruleOf(written, options),
    ruleOf(rule, { ...options, weekStartsOn: undefined }),
  ]) {
    expect(again).toStrictEqual(rule)
    expect(ruleKey(again)).toBe(ruleKey(rule))
  }
  // What was read with a zone means the same everywhere.
  if (options.timeZone !== undefined) {
    expect(ruleOf(written, {})).toStrictEqual(rule)
    expect(ruleOf(written, { ...options, timeZone: 'Asia/Tokyo', weekStartsOn: 'friday' })).toStrictEqual(rule)
  }
}

describe.each(worlds)('rules $name', ({ rule: arbitrary, options }) => {
  it('1, 2, 5. are read, to what reads to itself', () => {
    fc.assert(
      fc.property(arbitrary, (rule) => {
        expect(accepts(rule)).toBe(true)
        const read = ruleOf(rule, options)
        expect(accepts(read)).toBe(true)
        expectSettled(read, options)
      }),
      { numRuns: runs(1000) },
    )
  })

  it('3. mean what they meant', () => {
    const kinds = options === strict ? fullSchema.kinds : undefined
    const situation = fc.record({
      attributes: attributesOf(kinds, stage),
      now: fc.integer({ min: -40, max: 40 }).map((steps) => stage.around + steps * 7 * 900_000),
      tags: fc.subarray(['vip', 'VIP', 'source-a']).map((names) => names.map((name) => tag(name, stage.around))),
      memberOf: fc.subarray(segments),
      timeZone: fc.constant('Europe/Berlin'),
    })
    fc.assert(
      fc.property(arbitrary, situation, (rule, asked) => {
        expect(ask(ruleOf(rule, { ...options, weekStartsOn: 'monday' }), asked)).toBe(ask(rule, asked))
      }),
      { numRuns: runs(1500) },
    )
  })

  it('4, 5. gone wrong are read or refused', () => {
    const outcomes = { read: 0, refused: 0 }
    fc.assert(
      fc.property(arbitrary, fc.integer(), (rule, seed) => {
        const random = randomNumbers(seed)
        for (let i = 0; i < 50; i++) {
          const input = mutated(rule, random)
          const result = readRule(input, options)
          if (!result.ok) {
            outcomes.refused++
            expectIssues(result.issues)
            continue
          }
          outcomes.read++
          expect(accepts(input)).toBe(true)
          expectSettled(result.rule, options)
        }
      }),
      { numRuns: runs(800) },
    )
    expect(Math.min(outcomes.read, outcomes.refused)).toBeGreaterThan(runs(400) / 4)
  })

  it('6. are looked at a bounded number of times', () => {
    fc.assert(
      fc.property(arbitrary, fc.integer(), fc.boolean(), (rule, seed, isWrong) => {
        const input = isWrong ? mutated(rule, randomNumbers(seed)) : rule
        const counter = { reads: 0 }
        readRule(counted(input, counter), options)
        expect(counter.reads).toBeLessThanOrEqual(12 * sizeOf(input))
      }),
      { numRuns: runs(1000) },
    )
  })
})

function expectIssues(
  issues: readonly { readonly code: string; readonly message: string; readonly path: readonly unknown[] }[],
): void {
  const isSound = issues.every(
    ({ code, message, path }) =>
      errorCodes.includes(code as never) &&
      message !== '' &&
      message.length < 1000 &&
      path.every((step) => typeof step === 'string' || typeof step === 'number'),
  )
  if (!isSound || issues.length === 0 || issues.length > 100) expect(issues).toBe('sound issues')
}
