import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LanguageOptions } from '../../src/language/language-options.js'
import { parseRule } from '../../src/language/parse-rule.js'
import { printRule } from '../../src/language/print/print-rule.js'
import type { Rule } from '../../src/rules/ast.js'
import type { RuleOptions } from '../../src/rules/rule-reading.js'
import { readRule } from '../../src/rules/read-rule.js'
import { rules } from '../arbitraries/rules.js'
import { fullSchema } from '../arbitraries/schemas.js'
import { stages } from '../arbitraries/stages.js'
import { worlds } from '../rules/small-rules.js'
import { itemSchema, typedRules } from '../rules/typed-rules.js'
import { runs } from '../runs.js'

/*
 * 1. What is printed of a rule that was read parses to that rule: without a schema, and under the one it was read with.
 * 2. Printed with the zone, the first day of the week and the schema that it was read with, it parses to that rule under
 *    these, and without the schema but for what only a schema can say.
 * 3. Printing what was parsed prints the same.
 */

interface Kind {
  readonly name: string
  readonly rule: fc.Arbitrary<Rule>
  readonly options: RuleOptions & LanguageOptions
}

const segments = ['vip', 'late']
const { schema, kinds: attributeKinds } = fullSchema
const anyStage = fc.constantFrom(...stages)

const kinds: readonly Kind[] = [
  {
    name: 'with a schema',
    rule: anyStage.chain((stage) => rules({ stage, kinds: attributeKinds, segments }, 3)),
    options: { schema, timeZone: 'Europe/Berlin', weekStartsOn: 'sunday', segments },
  },
  { name: 'without', rule: anyStage.chain((stage) => rules({ stage, segments }, 3)), options: {} },
  { name: 'about events and records', rule: typedRules(3), options: { schema: itemSchema, timeZone: 'Asia/Tokyo' } },
  { name: 'about events and records, without a zone', rule: typedRules(3), options: { schema: itemSchema } },
  { name: 'about anything', rule: fc.constantFrom(...worlds).chain((world) => world.rule()), options: {} },
]

function expectBack(text: string, rule: Rule, options: LanguageOptions): void {
  let back: unknown
  try {
    back = parseRule(text, options)
  } catch (error) {
    back = error
  }
  expect({ text, back }).toStrictEqual({ text, back: rule })
}

describe.each(kinds)('rules $name', ({ rule: arbitrary, options }) => {
  it('come back from their texts (1, 2, 3)', () => {
    let count = 0
    fc.assert(
      fc.property(arbitrary, (made) => {
        const read = readRule(made, options)
        if (!read.ok) return
        count += 1
        const { rule } = read
        const text = printRule(rule)
        expectBack(text, rule, {})
        expectBack(text, rule, options)
        expectBack(printRule(rule, options), rule, options)
        expect(printRule(parseRule(text))).toBe(text)
      }),
      { numRuns: runs(400) },
    )
    expect(count).toBeGreaterThan(runs(400) / 5)
  })
})
