import { readFileSync } from 'node:fs'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { beforeAll, describe, expect, it } from 'vitest'
import { generatedFiles } from '../../docs/scripts/generated-files.js'
import type { JsonSchema } from '../../src/rules/json-schema-fields.js'
import { ruleJsonSchema } from '../../src/rules/json-schema.js'
import { operands, operators } from '../../src/rules/operator-table.js'
import { readRule } from '../../src/rules/read-rule.js'

// That it takes what the reader takes, and refuses nothing that the reader takes, is a property in read-rule.property.test.ts.

describe('the JSON Schema of rules', () => {
  let schema: JsonSchema
  let accepts: ValidateFunction
  beforeAll(() => {
    schema = ruleJsonSchema()
    accepts = new Ajv2020({ allowUnionTypes: true }).compile(schema)
  })
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
    ['neither events nor records', { op: 'some', of: {} }],
    ['events and records', { op: 'some', of: { events: 'a', records: ['b'] } }],
    ['events for records', { op: 'every', of: { events: 'a' }, rule: { op: 'everyone' } }],
    ['records without a name', { op: 'some', of: { records: [] } }],
    ['records too deep', { op: 'some', of: { records: ['a', 'b', 'c', 'd'] } }],
    ['a window without a date', { op: 'some', of: { records: ['a'], window: { window: 'inLast', duration: '1d' } } }],
    ['a window of the future', { op: 'some', of: { events: 'a', window: { window: 'inNext', duration: '1d' } } }],
    ['a window without ends', { op: 'some', of: { events: 'a', window: { window: 'absolute' } } }],
    ['no position', { op: 'exists', left: { get: 'nth', of: { events: 'a' }, n: 0 } }],
    ['an unknown unit', { op: 'exists', left: { get: 'distinctPeriods', of: { events: 'a' }, unit: 'year' } }],
    ['one step', { op: 'sequence', steps: [{ of: { events: 'a' } }] }],
    ['a step of records', { op: 'sequence', steps: [{ of: { events: 'a' } }, { of: { records: ['a'] } }] }],
    ['an unknown origin', { op: 'sequence', steps: [{ of: { events: 'a' } }, { of: { events: 'a' }, from: 'end' }] }],
    ['a place beyond all', { op: 'inSample', salt: 's', from: 0, to: 10_001 }],
  ])('refuses %s, as the reader does', (_, rule) => {
    expect(accepts(rule)).toBe(false)
    expect(readRule(rule).ok).toBe(false)
  })
})

describe('what is made from the operator table', () => {
  it.each([...generatedFiles().keys()])('%s is what the table gives; otherwise run npm run schema', (path) => {
    expect(readFileSync(path, 'utf8')).toBe(generatedFiles().get(path))
  })
})
