import { createEngine, type Rule, type ValueInput } from 'coterie'
import { describe, expect, it } from 'vitest'
import { plainlyMatching } from '../engine/scene.js'

/*
 * Conditions on attributes that hold values of another type than is asked for, or of several: asked of all contacts at once they
 * say what the plain evaluator says of each.
 */

const left = { get: 'attribute', name: 'a' } as const
const zone = { timeZone: 'Europe/Berlin' } as const
const day = (text: string) => ({ day: text })

const values: Readonly<Record<string, readonly ValueInput[]>> = {
  numbers: [-1, 0, 5, 10, 86_400_000],
  texts: ['', 'a', '5', '2026-01-01'],
  booleans: [true, false],
  instants: [new Date(-1), new Date(0), new Date(5), new Date(86_400_000)],
  days: [day('1969-12-31'), day('1970-01-01'), day('1970-01-02')],
  lists: [['a'], [5]],
}

const rules: readonly Rule[] = [
  { op: 'between', left, low: 0, high: 5 },
  { op: 'between', left, low: { instant: 0 }, high: { instant: 5 }, ...zone },
  { op: 'between', left, low: day('1970-01-01'), high: day('1970-01-02'), ...zone },
  { op: 'between', left, low: { instant: 0 }, high: day('1970-01-01'), ...zone },
  { op: 'on', left, right: day('1970-01-01'), ...zone },
  { op: 'before', left, right: { instant: 5 }, ...zone },
  { op: 'after', left, right: day('1970-01-01'), ...zone },
  { op: 'atLeast', left, right: 5 },
  { op: 'lessThan', left, right: 5 },
  { op: 'equals', left, right: 5 },
  { op: 'in', left, right: [5, '5', true, { instant: 5 }, day('1970-01-01')] },
  { op: 'startsWith', left, right: '' },
  { op: 'exists', left },
]

const all = Object.values(values).flat()

describe('a condition on values', () => {
  it.each([...Object.entries(values), ['values of all types', all] as const])(
    'of %s says what it says of each',
    (_, held) => {
      const engine = createEngine({ now: 0 })
      for (let n = 0; n < 40; n += 1) {
        const value = n % 7 === 6 ? null : (held[n % held.length] ?? null)
        engine.contacts.put({ id: `c${n}`, attributes: { a: value } })
      }
      let found = 0
      for (const rule of rules) {
        const expected = plainlyMatching(engine, rule)
        expect(engine.contacts.find(rule)).toEqual(expected)
        found += expected.length
      }
      expect(found).toBeGreaterThan(0)
    },
  )
})

describe('how texts begin and end', () => {
  it('is known of many different texts, the first time and the next', () => {
    const engine = createEngine({ now: 0 })
    for (let n = 0; n < 1_200; n += 1) {
      const attributes = n % 9 === 0 ? {} : { a: `${n % 7}-${n}-${n % 5}` }
      engine.contacts.put({ id: `c${n}`, attributes })
    }
    for (const right of ['3-', '4-1', '6-', 'none'])
      for (const op of ['startsWith', 'endsWith'] as const)
        for (const text of [right, right.split('').reverse().join('')]) {
          const rule: Rule = { op, left, right: text }
          expect(engine.contacts.find(rule)).toEqual(plainlyMatching(engine, rule))
        }
    engine.contacts.put({ id: 'new', attributes: { a: '3-new' } })
    expect(engine.contacts.find({ op: 'startsWith', left, right: '3-n' })).toEqual(['new'])
  })
})
