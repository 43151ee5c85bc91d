import { describe, expect, it } from 'vitest'
import { readRule, type RuleOptions } from '../../src/rules/read-rule.js'
import { hostileInputs } from '../contacts/hostile-inputs.js'
import { counted } from './counted-reads.js'

/*
 * Rules about events and records that are made to hurt; see `hostile-rules.test.ts`.
 */

const everyone = { op: 'everyone' }
const events = { events: 'buy' }
const property = { get: 'property', name: 'a' }

/** The codes of all issues, each once. */
function codes(input: unknown, options: RuleOptions = {}): string[] {
  const result = readRule(input, options)
  return result.ok ? [] : [...new Set(result.issues.map(({ code }) => code))]
}

/** How often the reader looked at anything. */
function readsOf(input: unknown, options: RuleOptions = {}): number {
  const counter = { reads: 0 }
  readRule(counted(input, counter), options)
  return counter.reads
}

function nested(depth: number, inner: unknown, wrap: (part: unknown) => unknown): unknown {
  let part = inner
  for (let level = 0; level < depth; level++) part = wrap(part)
  return part
}

describe('what is no plain data', () => {
  const some = (of: unknown) => ({ op: 'some', of })
  const steps = (step: object) => ({ op: 'sequence', steps: [{ of: events }, { of: events, ...step }] })
  const exists = (left: unknown) => ({ op: 'exists', left })
  const option = (of: unknown) => ({ op: 'in', left: { get: 'attribute', name: 'a' }, right: [{ get: 'count', of }] })

  /** Every place in which something can stand. */
  const places: readonly ((input: unknown) => unknown)[] = [
    some,
    (input) => some({ events: input }),
    (input) => some({ events: 'buy', where: input }),
    (input) => some({ events: 'buy', window: input }),
    (input) => some({ events: 'buy', window: { window: input } }),
    (input) => some({ events: 'buy', window: { window: 'inLast', duration: input } }),
    (input) => some({ events: 'buy', window: { window: 'inLast', duration: '1d', timeZone: input } }),
    (input) => some({ events: 'buy', window: { window: 'inCalendar', period: input } }),
    (input) => some({ records: input }),
    (input) => some({ records: [input] }),
    (input) => some({ records: ['orders'], by: input }),
    (input) => ({ op: 'every', of: { records: ['orders'] }, rule: input }),
    (input) => ({ op: 'sequence', steps: input }),
    (input) => ({ op: 'sequence', steps: [{ of: events }, input] }),
    (input) => steps({ of: input }),
    (input) => steps({ not: input }),
    (input) => steps({ within: input }),
    (input) => steps({ after: input }),
    (input) => steps({ from: input }),
    (input) => ({ ...steps({}), same: input }),
    (input) => exists({ get: 'count', of: input }),
    (input) => exists({ get: 'nth', of: events, n: input }),
    (input) => exists({ get: 'distinctPeriods', of: events, unit: input }),
    (input) => exists({ get: 'sum', of: events, value: { get: 'property', name: input } }),
    (input) => option({ events: 'buy', where: { op: 'all', rules: [input] } }),
    (input) => option({ records: ['orders'], where: { op: 'any', rules: [{ op: 'every', of: input }] } }),
  ]

  it.each([...hostileInputs()])('%s is refused, wherever it stands', (_, input) => {
    for (const place of places) expect(codes(place(input))).not.toEqual([])
  })

  it.each([...hostileInputs()])('%s as an instant or a value never throws', (name, input) => {
    for (const rule of [
      some({ events: 'buy', window: { window: 'absolute', from: input } }),
      some({ events: 'buy', window: { window: 'absolute', to: input } }),
      exists({ get: 'sum', of: events, value: input }),
      exists({ get: 'last', of: events, value: input }),
      some({ events: 'buy', where: { op: 'equals', left: property, right: input } }),
    ]) {
      expect(() => readRule(rule), name).not.toThrow()
    }
  })

  it('cannot reach a prototype', () => {
    const rule: unknown = JSON.parse(
      '{ "op": "some", "of": { "events": "__proto__", "__proto__": { "polluted": true } } }',
    )
    expect(codes(rule)).toEqual(['RULE_INVALID'])
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
    const sound = some({ records: ['__proto__', 'constructor'], by: 'toString' })
    expect(readRule(sound)).toEqual({ ok: true, rule: sound })
    for (const of of [{ events: '__proto__' }, { records: ['__proto__'] }, { records: ['constructor'] }]) {
      expect(codes(some(of), { schema: { events: {}, records: {} } })).toHaveLength(1)
    }
    const schema = { events: { buy: {} } }
    const where = { op: 'exists', left: { get: 'property', name: '__proto__' } }
    expect(codes(some({ events: 'buy', where }), { schema })).toEqual(['PROPERTY_UNKNOWN'])
  })
})

describe('what is deep', () => {
  const inWhere = (where: unknown): unknown => ({ op: 'some', of: { records: ['a'], where } })
  const inValue = (value: unknown): unknown => ({ get: 'sum', of: { records: ['a'] }, value })

  it('is refused beyond the limit', () => {
    expect(codes(nested(20_000, everyone, inWhere))).toContain('RULE_INVALID')
    expect(codes({ op: 'exists', left: nested(20_000, property, inValue) })).not.toEqual([])
    const deep = nested(61, everyone, (rule) => ({ op: 'not', rule }))
    expect(codes({ op: 'some', of: { events: 'buy', where: deep } })).toEqual([])
    expect(codes({ op: 'not', rule: { op: 'some', of: { events: 'buy', where: deep } } })).toEqual(['LIMIT_EXCEEDED'])
  })

  it('is looked at no further than the limit', () => {
    expect(readsOf(nested(20_000, everyone, inWhere))).toBeLessThan(2000)
    expect(readsOf({ op: 'exists', left: nested(20_000, property, inValue) })).toBeLessThan(2000)
  })

  it('may hold itself', () => {
    const rule: Record<string, unknown> = { op: 'every', of: { records: ['a'] } }
    rule['rule'] = rule
    ;(rule['of'] as Record<string, unknown>)['where'] = rule
    expect(codes(rule)).toContain('LIMIT_EXCEEDED')
    expect(readsOf(rule)).toBeLessThan(200_000)
    const step: Record<string, unknown> = { of: events }
    step['of'] = step
    expect(codes({ op: 'sequence', steps: [step, step] })).not.toEqual([])
  })
})

describe('what is large', () => {
  it('counts items and steps as nodes', () => {
    const sequence = { op: 'sequence', steps: [{ of: events }, { of: events }] }
    expect(codes(sequence, { limits: { nodes: 5 } })).toEqual([])
    expect(codes(sequence, { limits: { nodes: 4 } })).toEqual(['LIMIT_EXCEEDED'])
    const some = { op: 'some', of: { events: 'buy', where: everyone } }
    expect(codes(some, { limits: { nodes: 3 } })).toEqual([])
    expect(codes(some, { limits: { nodes: 2 } })).toEqual(['LIMIT_EXCEEDED'])
    const sum = { op: 'exists', left: { get: 'sum', of: events, value: property } }
    expect(codes(sum, { limits: { nodes: 4 } })).toEqual([])
    expect(codes(sum, { limits: { nodes: 3 } })).toEqual(['LIMIT_EXCEEDED'])
  })

  it('has as many steps as nodes', () => {
    const steps = (count: number) => ({ op: 'sequence', steps: new Array(count).fill({ of: events }) })
    expect(codes(steps(4999))).toEqual([])
    expect(codes(steps(5000))).toEqual(['LIMIT_EXCEEDED'])
  })

  it('unfolds no further than the limits', () => {
    const inside = (where: unknown): unknown => ({
      op: 'all',
      rules: [where, { op: 'some', of: { events: 'buy', where } }],
    })
    const doubled = nested(40, everyone, inside)
    expect(codes(doubled)).not.toEqual([])
    expect(readsOf(doubled)).toBeLessThan(100_000)
    const names = new Array(9000).fill('x'.repeat(500))
    const many = { op: 'all', rules: new Array(9000).fill({ op: 'some', of: { records: names } }) }
    expect(codes(many)).not.toEqual([])
    expect(readsOf(many)).toBeLessThan(200_000)
  })

  it('of one name', () => {
    const of = (name: string) => codes({ op: 'some', of: { events: name } })
    expect(of('x'.repeat(512))).toEqual([])
    expect(of('x'.repeat(513))).toEqual(['LIMIT_EXCEEDED'])
  })
})
