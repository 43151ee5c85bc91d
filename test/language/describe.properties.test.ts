import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describe as describeRule, outline } from '../../src/language/describe/describe.js'
import type { Outline } from '../../src/language/describe/wording.js'
import type { Path } from '../../src/base/errors.js'
import { readRule } from '../../src/rules/read-rule.js'
import { innerRules } from '../../src/rules/rule-walk.js'
import type { Rule } from '../../src/rules/ast.js'
import { rules } from '../arbitraries/rules.js'
import { fullSchema } from '../arbitraries/schemas.js'
import { stages } from '../arbitraries/stages.js'
import { mutated, randomNumbers } from '../rules/mutations.js'
import { worlds } from '../rules/small-rules.js'
import { typedRules } from '../rules/typed-rules.js'
import { runs } from '../runs.js'

/*
 * 1. Every rule has words: a sentence, a list and an outline; nothing in them is undefined, an object or JSON.
 * 2. What is no rule, or no longer one, has words too. Nothing throws.
 * 3. Each part of an outline names its rule by its path, and the outline has a part for every condition.
 */

const arbitrary = fc.oneof(
  typedRules(2),
  fc.constantFrom(...stages).chain((stage) => rules({ stage, kinds: fullSchema.kinds, segments: ['vip'] }, 3)),
  fc.constantFrom(...worlds).chain((world) => world.rule()),
)

const options = {
  timeZone: 'Asia/Kolkata',
  segments: [{ id: 'vip', name: 'Very important' }],
  labels: { tags: { a: 'A!' } },
}

function expectWords(text: string): void {
  expect(text.trim()).not.toBe('')
  expect(text).not.toMatch(/undefined|\[object|NaN|\{"/)
}

function at(rule: Rule, path: Path): Rule {
  return path.reduce<unknown>((part, step) => (part as Record<string | number, unknown>)[step], rule) as Rule
}

function expectParts({ parts, path, text }: Outline, rule: Rule): void {
  expectWords(text)
  const own = at(rule, path)
  const group = own.op === 'not' ? own.rule : own
  const wanted = parts.length === 0 ? 0 : innerRules(group).length
  expect(parts).toHaveLength(wanted)
  if (group.op === 'all' || group.op === 'any' || group.op === 'someOf') expect(parts).toHaveLength(group.rules.length)
  for (const part of parts) expectParts(part, rule)
}

describe('descriptions', () => {
  it('are words for every rule (1, 3)', () => {
    fc.assert(
      fc.property(arbitrary, (made) => {
        const read = readRule(made)
        if (!read.ok) return
        expectWords(describeRule(read.rule))
        expectWords(describeRule(read.rule, { ...options, as: 'list' }))
        expectParts(outline(read.rule, options), read.rule)
      }),
      { numRuns: runs(1000) },
    )
  })

  it('never throw, whatever they are asked for (2)', () => {
    fc.assert(
      fc.property(arbitrary, fc.integer(), (rule, seed) => {
        const random = randomNumbers(seed)
        for (let i = 0; i < 10; i++) {
          const gone = mutated(rule, random) as unknown as Rule
          expect(describeRule(gone, options)).not.toBe('')
          expect(describeRule(gone, { as: 'list' })).not.toBe('')
        }
      }),
      { numRuns: runs(400) },
    )
    for (const nothing of [
      undefined,
      null,
      3,
      'rule',
      [],
      {},
      { op: 'all' },
      new Proxy(
        {},
        {
          get: () => {
            throw new Error()
          },
        },
      ),
    ]) {
      expect(describeRule(nothing as Rule)).toMatch(/^This is no rule/)
    }
  })
})
