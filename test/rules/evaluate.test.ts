import { describe, expect, it } from 'vitest'
import type { Operand, Rule } from '../../src/rules/ast.js'
import type { Value } from '../../src/contacts/value.js'
import { operandValue } from '../../src/rules/evaluate.js'
import { operators } from '../../src/rules/operator-table.js'
import { ask, at, attr, scopeOf, tag } from './asking.js'

/*
 * The plain evaluator against docs/semantics, sentence by sentence; what is about dates is in evaluate-dates.test.ts.
 */

const everyValue: readonly Value[] = [
  'a',
  '',
  1,
  0,
  true,
  false,
  at('2026-01-01T00:00Z'),
  { day: '2026-01-01' },
  ['a'],
  [1],
  [],
]

/** A rule about the attribute `x`, asked of a contact that has that value, or has none. */
function about(rule: { readonly op: string; readonly [field: string]: unknown }, x: Value | undefined): boolean {
  const attributes = x === undefined ? {} : { x }
  return ask({ ...rule, left: attr('x') } as Rule, { attributes })
}

describe('constants and groups', () => {
  it('everyone holds, nobody does not', () => {
    expect(ask({ op: 'everyone' })).toBe(true)
    expect(ask({ op: 'nobody' })).toBe(false)
  })

  it('takes an empty all for true and an empty any for false', () => {
    expect(ask({ op: 'all', rules: [] })).toBe(true)
    expect(ask({ op: 'any', rules: [] })).toBe(false)
  })

  it('someOf holds from its count on', () => {
    const rules: Rule[] = [{ op: 'everyone' }, { op: 'nobody' }, { op: 'everyone' }]
    expect([1, 2, 3].map((count) => ask({ op: 'someOf', count, rules }))).toEqual([true, true, false])
  })

  it('inSegment asks for membership', () => {
    const rule: Rule = { op: 'inSegment', segment: 'vip' }
    expect(ask(rule, { memberOf: ['vip'] })).toBe(true)
    expect(ask(rule, { memberOf: ['VIP'] })).toBe(false)
  })

  it('puts salt:ada at place 8915', () => {
    const sample = (from: number, to: number): boolean => ask({ op: 'inSample', salt: 'salt', from, to }, { id: 'ada' })
    expect(sample(8915, 8916)).toBe(true)
    expect(sample(8916, 10_000)).toBe(false)
    expect(sample(0, 8915)).toBe(false)
    expect(sample(0, 10_000)).toBe(true)
  })
})

describe('equality', () => {
  it('is false when either side is missing, or both, and its complement true', () => {
    for (const [left, right] of [
      [attr('none'), 'a'],
      ['a', attr('none')],
      [attr('none'), attr('none')],
    ] as const) {
      expect(ask({ op: 'equals', left, right })).toBe(false)
      expect(ask({ op: 'notEquals', left, right })).toBe(true)
    }
  })

  it('holds for a value and itself, and for no two of different types', () => {
    for (const [i, left] of everyValue.entries()) {
      for (const [j, right] of everyValue.entries()) {
        expect(ask({ op: 'equals', left, right }), JSON.stringify([left, right])).toBe(i === j)
        expect(ask({ op: 'notEquals', left, right })).toBe(i !== j)
      }
    }
  })

  it('compares lists by their elements', () => {
    expect(about({ op: 'equals', right: ['b', 'a'] }, ['a', 'b'])).toBe(true)
    expect(about({ op: 'equals', right: ['a'] }, ['a', 'b'])).toBe(false)
  })

  it('in looks for one that is equal, passing over the missing; notIn is its complement', () => {
    const options: Operand[] = [attr('none'), 1, 'b']
    for (const [x, expected] of [
      [1, true],
      ['b', true],
      ['1', false],
      [undefined, false],
    ] as const) {
      expect(about({ op: 'in', right: options }, x)).toBe(expected)
      expect(about({ op: 'notIn', right: options }, x)).toBe(!expected)
    }
  })
})

describe('presence', () => {
  it('exists is true for "", [], 0 and false, and missing is its complement', () => {
    for (const value of everyValue) {
      expect(about({ op: 'exists' }, value)).toBe(true)
      expect(about({ op: 'missing' }, value)).toBe(false)
    }
    expect(about({ op: 'exists' }, undefined)).toBe(false)
    expect(about({ op: 'missing' }, undefined)).toBe(true)
  })

  it('isEmpty is true for "" and [] alone, and false when missing', () => {
    for (const value of everyValue) {
      const isEmpty = value === '' || (Array.isArray(value) && value.length === 0)
      expect(about({ op: 'isEmpty' }, value)).toBe(isEmpty)
    }
    expect(about({ op: 'isEmpty' }, undefined)).toBe(false)
  })
})

describe('order', () => {
  it('is of numbers with numbers', () => {
    for (const [op, expected] of [
      ['greaterThan', [false, false, true]],
      ['atLeast', [false, true, true]],
      ['lessThan', [true, false, false]],
      ['atMost', [true, true, false]],
    ] as const) {
      expect([1, 2, 3].map((x) => about({ op, right: 2 }, x))).toEqual(expected)
      for (const x of ['3', '1', true, [3], at('2026-01-01T00:00Z'), undefined]) {
        expect(about({ op, right: 2 }, x)).toBe(false)
        if (x !== undefined) expect(ask({ op, left: 2, right: x })).toBe(false)
      }
    }
  })

  it('between holds at both ends, and for one type only', () => {
    const between = (x: Value | undefined): boolean => about({ op: 'between', low: 1, high: 3 }, x)
    expect([0, 1, 2, 3, 4].map(between)).toEqual([false, true, true, true, false])
    expect(between('2')).toBe(false)
    expect(between(undefined)).toBe(false)
    expect(ask({ op: 'between', left: 2, low: 1, high: attr('none') })).toBe(false)
    expect(ask({ op: 'between', left: 2, low: attr('none'), high: 3 })).toBe(false)
    expect(ask({ op: 'between', left: at('2026-01-01T00:00Z'), low: 1, high: 3 })).toBe(false)
    expect(ask({ op: 'between', left: 2, low: 3, high: 1 })).toBe(false)
  })
})

describe('text', () => {
  const text = (op: string, x: Value | undefined, right: Operand, ignoreCase?: boolean): boolean =>
    about({ op, right, ...(ignoreCase === undefined ? {} : { ignoreCase }) }, x)

  it('compares exactly: nothing is trimmed, folded or normalised', () => {
    expect(text('contains', 'Straße', 'raß')).toBe(true)
    expect(text('contains', 'Straße', 'RASS', true)).toBe(false)
    expect(text('contains', 'cafe\u0301', 'caf\u00e9', true)).toBe(false)
    expect(text('startsWith', ' a', 'a')).toBe(false)
    expect(text('endsWith', 'Ada', 'A')).toBe(false)
    expect(text('contains', 'anything', '')).toBe(true)
  })

  it('ignores case by the simple mapping of each code point, on both sides', () => {
    expect(text('startsWith', 'ÄRGER', 'är', true)).toBe(true)
    expect(text('endsWith', 'ΟΔΟΣ', 'οσ', true)).toBe(true)
    expect(text('contains', 'İstanbul', 'istanbul', true)).toBe(true)
    expect(text('contains', 'istanbul', 'İ', true)).toBe(true)
    expect(text('contains', 'ς', 'σ', true)).toBe(false)
  })

  it('is about texts only', () => {
    for (const op of ['contains', 'startsWith', 'endsWith']) {
      expect(text(op, 12, '1')).toBe(false)
      expect(text(op, ['a'], 'a')).toBe(false)
      expect(text(op, 'a', 1)).toBe(false)
      expect(text(op, undefined, 'a')).toBe(false)
    }
    expect(text('notContains', undefined, 'a')).toBe(true)
    expect(text('notContains', 12, '1')).toBe(true)
    expect(text('notContains', 'a', attr('none'))).toBe(true)
  })

  it('matches finds its pattern anywhere, unless anchored', () => {
    const matches = (x: Value | undefined, pattern: string, ignoreCase?: boolean): boolean =>
      about({ op: 'matches', pattern, ...(ignoreCase === undefined ? {} : { ignoreCase }) }, x)
    expect(matches('order 66', '\\d+')).toBe(true)
    expect(matches('order 66', '^\\d+')).toBe(false)
    expect(matches('ORDER', 'order')).toBe(false)
    expect(matches('ORDER', 'order', true)).toBe(true)
    expect(matches(66, '66')).toBe(false)
    expect(matches(undefined, '.*')).toBe(false)
  })

  it('contactId is a text', () => {
    expect(ask({ op: 'startsWith', left: { get: 'contactId' }, right: 'ad' }, { id: 'ada' })).toBe(true)
  })
})

describe('lists', () => {
  const list = (op: string, x: Value | undefined, right: Operand): boolean => about({ op, right }, x)

  it('compares elements', () => {
    expect(list('containsAny', ['a', 'b'], ['c', 'b'])).toBe(true)
    expect(list('containsAny', ['a', 'b'], ['c'])).toBe(false)
    expect(list('containsAll', ['a', 'b'], ['b', 'a'])).toBe(true)
    expect(list('containsAll', ['a', 'b'], ['b', 'c'])).toBe(false)
    expect(list('containsNone', ['a', 'b'], ['c'])).toBe(true)
    expect(list('containsNone', ['a', 'b'], ['b'])).toBe(false)
  })

  it('keeps 1 and "1" apart', () => {
    expect(list('containsAny', [1], ['1'])).toBe(false)
    expect(list('containsAll', ['1'], [1])).toBe(false)
  })

  it('is false of what is missing or no list, and containsNone the complement', () => {
    for (const x of [undefined, 'a', 1] as const) {
      expect(list('containsAny', x, ['a'])).toBe(false)
      expect(list('containsAll', x, ['a'])).toBe(false)
      expect(list('containsNone', x, ['a'])).toBe(true)
    }
    expect(list('containsNone', ['a'], attr('none'))).toBe(true)
  })

  it('has a length, a text has none', () => {
    const length = (x: Value | undefined): boolean => {
      const rule: Rule = { op: 'equals', left: { get: 'length', of: attr('x') }, right: 2 }
      return ask(rule, { attributes: x === undefined ? {} : { x } })
    }
    expect(length(['a', 'b'])).toBe(true)
    expect(length('ab')).toBe(false)
    expect(length(undefined)).toBe(false)
  })
})

describe('arithmetic', () => {
  const equals = (left: Operand, right: Operand): boolean =>
    ask({ op: 'equals', left, right }, { attributes: { n: 6, text: '6' } })
  const calc = (get: 'plus' | 'minus' | 'times' | 'dividedBy', left: Operand, right: Operand): Operand => ({
    get,
    left,
    right,
  })
  const isMissing = (left: Operand): boolean => ask({ op: 'missing', left }, { attributes: { n: 6, text: '6' } })

  it('is that of IEEE doubles', () => {
    expect(equals(calc('plus', 0.1, 0.2), 0.1 + 0.2)).toBe(true)
    expect(equals(calc('plus', 0.1, 0.2), 0.3)).toBe(false)
    expect(equals(calc('minus', attr('n'), 1), 5)).toBe(true)
    expect(equals(calc('times', attr('n'), attr('n')), 36)).toBe(true)
    expect(equals(calc('dividedBy', 1, 3), 1 / 3)).toBe(true)
    expect(equals(calc('plus', calc('times', 2, 3), 4), 10)).toBe(true)
  })

  it('is missing where an operand is missing or no number, or the result not finite', () => {
    expect(isMissing(calc('plus', attr('none'), 1))).toBe(true)
    expect(isMissing(calc('plus', 1, attr('none')))).toBe(true)
    expect(isMissing(calc('plus', attr('text'), 1))).toBe(true)
    expect(isMissing(calc('plus', 1, attr('text')))).toBe(true)
    expect(isMissing(calc('dividedBy', 1, 0))).toBe(true)
    expect(isMissing(calc('dividedBy', 0, 0))).toBe(true)
    expect(isMissing(calc('times', 1e308, 10))).toBe(true)
    expect(isMissing(calc('times', at('2026-01-01T00:00Z'), 2))).toBe(true)
    expect(isMissing(calc('plus', 1, at('2026-01-01T00:00Z')))).toBe(true)
    for (const get of ['times', 'dividedBy'] as const)
      expect(isMissing(calc(get, at('2026-01-01T00:00Z'), 2))).toBe(true)
    for (const get of ['plus', 'minus', 'times', 'dividedBy'] as const) {
      expect(isMissing(calc(get, attr('n'), attr('text')))).toBe(true)
      expect(isMissing(calc(get, attr('text'), attr('n')))).toBe(true)
      expect(isMissing(calc(get, at('2026-01-01T00:00Z'), attr('text')))).toBe(true)
    }
  })

  it('has no property of an item where there is none', () => {
    expect(isMissing({ get: 'property', name: 'n' })).toBe(true)
  })

  it('has one zero', () => {
    const zero = calc('times', -1, 0)
    expect(equals(zero, 0)).toBe(true)
    expect(equals(0, zero)).toBe(true)
    expect(ask({ op: 'in', left: zero, right: [0] })).toBe(true)
    expect(operandValue(zero, scopeOf({}))).toBe(0)
  })
})

describe('tags', () => {
  const tags = [
    tag('VIP', 0, [
      { kind: 'campaign', by: 'spring', at: 0 },
      { kind: 'person', at: 5 },
    ]),
    tag('source-web'),
  ]
  const has = (rule: Rule): boolean => ask(rule, { tags })

  it('are exact and case-sensitive', () => {
    expect(has({ op: 'hasTag', tag: 'VIP' })).toBe(true)
    expect(has({ op: 'hasTag', tag: 'vip' })).toBe(false)
  })

  it('are asked for by any, all and none', () => {
    expect(has({ op: 'hasAnyTag', tags: ['x', 'VIP'] })).toBe(true)
    expect(has({ op: 'hasAnyTag', tags: ['x'] })).toBe(false)
    expect(has({ op: 'hasAllTags', tags: ['source-web', 'VIP'] })).toBe(true)
    expect(has({ op: 'hasAllTags', tags: ['x', 'VIP'] })).toBe(false)
    expect(has({ op: 'hasNoneOfTags', tags: ['x'] })).toBe(true)
    expect(has({ op: 'hasNoneOfTags', tags: ['x', 'VIP'] })).toBe(false)
  })

  it('are asked for by a pattern', () => {
    expect(has({ op: 'hasTagLike', pattern: 'source-*' })).toBe(true)
    expect(has({ op: 'hasTagLike', pattern: 'Source-*' })).toBe(false)
    expect(has({ op: 'hasTagLike', pattern: '*' })).toBe(true)
    expect(ask({ op: 'hasTagLike', pattern: '*' })).toBe(false)
  })

  it('know their holders', () => {
    const heldBy = (holder: 'person' | 'campaign' | 'import', by?: string): boolean =>
      has({ op: 'tagHeldBy', tag: 'VIP', holder, ...(by === undefined ? {} : { by }) })
    expect(heldBy('campaign')).toBe(true)
    expect(heldBy('campaign', 'spring')).toBe(true)
    expect(heldBy('campaign', 'autumn')).toBe(false)
    expect(heldBy('person')).toBe(true)
    expect(heldBy('person', 'ada')).toBe(false)
    expect(heldBy('import')).toBe(false)
    expect(ask({ op: 'tagHeldBy', tag: 'x', holder: 'person' })).toBe(false)
  })

  it('are counted, and know since when', () => {
    expect(has({ op: 'equals', left: { get: 'tagCount' }, right: 2 })).toBe(true)
    expect(ask({ op: 'equals', left: { get: 'tagCount' }, right: 0 })).toBe(true)
    expect(has({ op: 'equals', left: { get: 'tagAdded', tag: 'VIP' }, right: { instant: 0 } })).toBe(true)
    expect(has({ op: 'exists', left: { get: 'tagAdded', tag: 'x' } })).toBe(false)
  })
})

describe('names that objects have anyway', () => {
  it('are names like any other', () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      expect(ask({ op: 'exists', left: attr(name) })).toBe(false)
      expect(ask({ op: 'hasTag', tag: name })).toBe(false)
      expect(ask({ op: 'hasTag', tag: name }, { tags: [tag(name)] })).toBe(true)
    }
    const attributes = JSON.parse('{"__proto__": 1}') as Record<string, number>
    expect(ask({ op: 'equals', left: attr('__proto__'), right: 1 }, { attributes })).toBe(true)
  })
})

it('the table gives every binary operator, or what it negates, a test', () => {
  for (const [op, row] of Object.entries(operators)) {
    if (row.shape !== 'binary') continue
    const { test } = row.negates === undefined ? row : operators[row.negates]
    expect(test, op).toBeTypeOf('function')
  }
})
