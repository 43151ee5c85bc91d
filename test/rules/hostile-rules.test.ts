import { describe, expect, it } from 'vitest'
import { readRule, type RuleOptions } from '../../src/rules/read-rule.js'
import { hostileInputs } from '../contacts/hostile-inputs.js'
import { counted } from './counted-reads.js'

/*
 * Input that is made to hurt: what is no plain data, what holds itself, what unfolds into far more than it is, and what is
 * merely huge. It is refused with an issue, or read, and never costs more than the limits allow.
 */

const attribute = { get: 'attribute', name: 'a' }
const everyone = { op: 'everyone' }

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

function nested(depth: number, inner: unknown, wrap: (rule: unknown) => unknown): unknown {
  let rule = inner
  for (let level = 0; level < depth; level++) rule = wrap(rule)
  return rule
}

describe('what is no plain data', () => {
  /** Every place in which something can stand. */
  const places: readonly ((input: unknown) => unknown)[] = [
    (input) => input,
    (input) => ({ op: input }),
    (input) => ({ op: 'not', rule: input }),
    (input) => ({ op: 'all', rules: input }),
    (input) => ({ op: 'all', rules: [input] }),
    (input) => ({ op: 'someOf', count: input, rules: [everyone] }),
    (input) => ({ op: 'hasTag', tag: input }),
    (input) => ({ op: 'hasAnyTag', tags: input }),
    (input) => ({ op: 'hasAnyTag', tags: [input] }),
    (input) => ({ op: 'exists', left: { get: input } }),
    (input) => ({ op: 'exists', left: { get: 'attribute', name: input } }),
    (input) => ({ op: 'isEmpty', left: { get: 'length', of: input } }),
    (input) => ({ op: 'contains', left: attribute, right: 'a', ignoreCase: input }),
    (input) => ({ op: 'inLast', left: attribute, duration: input }),
    (input) => ({ op: 'inCalendar', left: attribute, period: input }),
    (input) => ({ op: 'inCalendar', left: attribute, period: { period: 'this', unit: input } }),
    (input) => ({ op: 'inLast', left: attribute, duration: '1d', timeZone: input }),
    (input) => ({ op: 'in', left: attribute, right: input }),
  ]

  it.each([...hostileInputs()])('%s is refused, wherever it stands', (_, input) => {
    for (const place of places) expect(codes(place(input))).not.toEqual([])
  })

  it.each([...hostileInputs()])('%s as a literal never throws', (name, input) => {
    for (const rule of [
      { op: 'equals', left: attribute, right: input },
      { op: 'before', left: { get: 'tagAdded', tag: 'a' }, right: input },
      { op: 'in', left: attribute, right: [input, 1] },
      { op: 'containsAny', left: attribute, right: [input] },
    ]) {
      expect(() => readRule(rule), name).not.toThrow()
    }
  })

  it('is read once: what changes between two looks changes nothing', () => {
    let looks = 0
    const rule = {
      op: 'hasTag',
      get tag() {
        return looks++ === 0 ? 'VIP' : ''
      },
    }
    expect(readRule(rule)).toEqual({ ok: true, rule: { op: 'hasTag', tag: 'VIP' } })
    expect(looks).toBe(1)
  })

  it('cannot reach a prototype', () => {
    const rule: unknown = JSON.parse(
      '{ "op": "equals", "left": { "get": "attribute", "name": "__proto__" }, "right": "x", "__proto__": { "polluted": true } }',
    )
    expect(codes(rule)).toEqual(['RULE_INVALID'])
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
    const sound = readRule({ op: 'exists', left: { get: 'attribute', name: '__proto__' } })
    expect(sound).toEqual({ ok: true, rule: { op: 'exists', left: { get: 'attribute', name: '__proto__' } } })
  })
})

describe('what is deep', () => {
  const not = (rule: unknown): unknown => ({ op: 'not', rule })
  const length = (of: unknown): unknown => ({ get: 'length', of })

  it('is read as deep as the limit, and refused beyond it', () => {
    expect(codes(nested(63, everyone, not))).toEqual([])
    expect(codes(nested(64, everyone, not))).toEqual(['LIMIT_EXCEEDED'])
    expect(codes(nested(3, everyone, not), { limits: { depth: 3 } })).toEqual(['LIMIT_EXCEEDED'])
    expect(codes(nested(500, everyone, not), { limits: { depth: 1000 } })).toEqual([])
  })

  it('may be operands', () => {
    expect(codes({ op: 'exists', left: nested(64, attribute, length) })).toContain('LIMIT_EXCEEDED')
    expect(codes({ op: 'exists', left: nested(20_000, attribute, length) })).toContain('LIMIT_EXCEEDED')
  })

  it('is looked at no further than the limit', () => {
    expect(readsOf(nested(20_000, everyone, not))).toBeLessThan(1000)
  })

  it('may hold itself', () => {
    const circle: { op: string; rules: unknown[] } = { op: 'all', rules: [] }
    circle.rules.push(circle, circle)
    expect(codes(circle)).toEqual(['LIMIT_EXCEEDED'])
    expect(readsOf(circle)).toBeLessThan(1000)
    const operand: Record<string, unknown> = { get: 'plus' }
    operand['left'] = operand['right'] = operand
    expect(codes({ op: 'exists', left: operand })).toContain('LIMIT_EXCEEDED')
    expect(readsOf({ op: 'exists', left: operand })).toBeLessThan(2000)
  })
})

describe('what is large', () => {
  it('is read up to the limit of nodes', () => {
    const group = (count: number): unknown => ({ op: 'any', rules: new Array(count).fill(everyone) })
    expect(codes(group(9999))).toEqual([])
    expect(codes({ op: 'not', rule: group(9999) })).toEqual(['LIMIT_EXCEEDED'])
    const compared = { op: 'equals', left: attribute, right: attribute }
    expect(codes({ op: 'all', rules: [compared, compared] }, { limits: { nodes: 7 } })).toEqual([])
    expect(codes({ op: 'all', rules: [compared, compared] }, { limits: { nodes: 6 } })).toEqual(['LIMIT_EXCEEDED'])
  })

  it('may have as many options as a list elements', () => {
    const options = (count: number): unknown => ({
      op: 'in',
      left: attribute,
      right: Array.from({ length: count }, (_, i) => i),
    })
    expect(codes(options(10_000))).toEqual([])
    expect(codes(options(10_001))).toEqual(['LIMIT_EXCEEDED'])
  })

  it('unfolds no further than the limits: a rule that is many times the same', () => {
    const doubled = nested(40, everyone, (rule) => ({ op: 'all', rules: [rule, rule] }))
    expect(codes(doubled)).toEqual(['LIMIT_EXCEEDED'])
    expect(readsOf(doubled)).toBeLessThan(100_000)
    const refused = nested(40, { op: 'hasTag' }, (rule) => ({ op: 'all', rules: [rule, rule] }))
    expect(readsOf(refused)).toBeLessThan(10_000)
  })

  describe('unfolds no further than the limits', () => {
    const limits = { list: 100, text: 1000 }
    const list = Array.from({ length: 90 }, (_, i) => i)
    const text = 'x'.repeat(900)
    const object = Object.fromEntries(list.map((i) => [`k${String(i)}`, i]))

    it.each<[string, object]>([
      ['options', { op: 'in', left: attribute, right: list }],
      ['elements', { op: 'equals', left: attribute, right: list }],
      ['tags', { op: 'hasAnyTag', tags: list.map(String) }],
      ['a text', { op: 'equals', left: attribute, right: text }],
      ['a text in a list', { op: 'containsAny', left: attribute, right: [text, 'a'] }],
      ['a pattern', { op: 'matches', left: attribute, pattern: text }],
      ['properties', { op: 'exists', left: { ...object, ...attribute } }],
    ])('%s that are many times the same', (_, rule) => {
      const many = { op: 'all', rules: new Array(90).fill(rule) }
      expect(codes(many, { limits })).not.toEqual([])
      // The rule itself, once, and then some: it is not read ninety times.
      expect(readsOf(many, { limits })).toBeLessThan(90 + 13 * readsOf(rule, { limits }))
    })
  })

  it('is answered with a hundred issues at most', () => {
    const result = readRule({ op: 'all', rules: new Array(9000).fill({ op: 'hasTag', tag: '' }) })
    expect(result.ok ? [] : result.issues).toHaveLength(100)
  })

  it('of one text or name', () => {
    expect(codes({ op: 'hasTag', tag: 'x'.repeat(512) })).toEqual([])
    expect(codes({ op: 'hasTag', tag: 'x'.repeat(513) })).toEqual(['LIMIT_EXCEEDED'])
    expect(codes({ op: 'equals', left: attribute, right: 'x'.repeat(1_000_001) })).toEqual(['LIMIT_EXCEEDED'])
    expect(codes({ op: 'matches', left: attribute, pattern: 'x'.repeat(1_000_001) })).toEqual(['LIMIT_EXCEEDED'])
    expect(codes({ op: 'matches', left: attribute, pattern: 'x'.repeat(1_000_000) })).toEqual(['PATTERN_INVALID'])
    expect(codes({ op: 'inLast', left: attribute, duration: '1'.repeat(1_000_000) })).toEqual(['DURATION_INVALID'])
    expect(codes({ op: 'x'.repeat(10_000_000) })).toEqual(['RULE_INVALID'])
  })
})
