import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDay } from '../../src/base/civil.js'
import { isDay, isInstant, typeOf, type Value } from '../../src/contacts/value.js'
import { Column } from '../../src/store/column.js'
import { missingCode, typeCodes } from '../../src/store/type-codes.js'
import { runs } from '../runs.js'

/*
 * 1. A column gives back what was written last at each row, whatever types came and went.
 * 2. What it says by code and number is the same value.
 * 3. It takes no room once all values are gone.
 */

const value = fc.constantFrom<(Value | undefined)[]>(
  0,
  -1.5,
  'a',
  'b',
  '',
  true,
  false,
  { instant: 0 },
  { instant: -1 },
  { day: '1969-12-31' },
  ['a'],
  [],
  undefined,
)
const row = fc.nat(40)
const ofOneType = fc.constantFrom<(Value | undefined)[]>('a', 'b', undefined)

function check(column: Column, held: ReadonlyMap<number, Value>): void {
  expect(column.count).toBe(held.size)
  for (let at = 0; at <= 45; at += 1) {
    const is = held.get(at)
    expect(column.get(at)).toEqual(is)
    expect(column.typeAt(at)).toBe(is === undefined ? missingCode : typeCodes[typeOf(is)])
    expect(column.codeAt(at) >= 0 ? column.dictionary.text(column.codeAt(at)) : undefined).toBe(
      typeof is === 'string' ? is : undefined,
    )
    if (is !== undefined && typeof is !== 'string' && !Array.isArray(is)) expect(column.numberAt(at)).toBe(numberOf(is))
  }
}

function numberOf(is: Value): number | undefined {
  if (typeof is !== 'object') return Number(is)
  if (isInstant(is)) return is.instant
  return isDay(is) ? readDay(is.day) : undefined
}

describe('a column', () => {
  it.each([
    ['of any values', value],
    ['of texts', ofOneType],
  ])('%s holds what was written last', (_, values) => {
    const property = fc.property(fc.array(fc.tuple(row, values), { maxLength: 60 }), (writes) => {
      const column = new Column()
      const held = new Map<number, Value>()
      for (const [at, written] of writes) {
        column.set(at, written)
        if (written === undefined) held.delete(at)
        else held.set(at, written)
      }
      check(column, held)
      for (const at of held.keys()) column.set(at, undefined)
      check(column, new Map())
      expect([column.numbers.length, column.codes.length, column.types.length, column.dictionary.size]).toEqual([
        0, 0, 0, 0,
      ])
    })
    fc.assert(property, { numRuns: runs(300) })
  })
})
