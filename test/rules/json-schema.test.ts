import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { generatedFiles } from '../../docs/scripts/generated-files.js'
import { ruleJsonSchema } from '../../src/rules/json-schema.js'
import { operands, operators } from '../../src/rules/operator-table.js'
import { readRule } from '../../src/rules/read-rule.js'

// That it takes what the reader takes, and refuses nothing that the reader takes, is a property in read-rule.property.test.ts.

describe('the JSON Schema of rules', () => {
  const schema = ruleJsonSchema()
  const accepts = new Ajv2020({ allowUnionTypes: true }).compile(schema)
  const attribute = { get: 'attribute', name: 'a' }

  it('is sound by the strict rules of its draft', () => {
    expect(() => new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema)).not.toThrow()
  })

  it('describes every node of the table', () => {
    const { $defs } = schema as { readonly $defs: Readonly<Record<string, { readonly description?: string }>> }
    for (const [name, { words }] of [...Object.entries(operators), ...Object.entries(operands)]) {
      expect($defs[name]?.description).toBe(words)
    }
  })

  it.each<[string, unknown]>([
    ['no rule', 'everyone'],
    ['an unknown op', { op: 'nope' }],
    ['a missing field', { op: 'hasTag' }],
    ['an unknown field', { op: 'hasTag', tag: 'a', more: 1 }],
    ['an empty group', { op: 'all', rules: [] }],
    ['empty options', { op: 'in', left: attribute, right: [] }],
    ['an operand for a rule', attribute],
    ['a rule for an operand', { op: 'exists', left: { op: 'everyone' } }],
    ['a mixed list', { op: 'equals', left: attribute, right: [1, 'a'] }],
    ['null', { op: 'equals', left: attribute, right: null }],
    ['a duration without a unit', { op: 'inLast', left: attribute, duration: '60' }],
    ['a day that is no date', { op: 'equals', left: attribute, right: { day: 'today' } }],
    ['an unknown period', { op: 'inCalendar', left: attribute, period: { period: 'today' } }],
    ['a month that is none', { op: 'inCalendar', left: attribute, period: { period: 'month', year: 2026, month: 13 } }],
    ['a place beyond all', { op: 'inSample', salt: 's', from: 0, to: 10_001 }],
  ])('refuses %s, as the reader does', (_, rule) => {
    expect(accepts(rule)).toBe(false)
    expect(readRule(rule).ok).toBe(false)
  })
})

describe('what is made from the operator table', () => {
  it.each([...generatedFiles()])('%s is what the table gives; otherwise run npm run schema', (path, text) => {
    expect(readFileSync(path, 'utf8')).toBe(text)
  })
})
