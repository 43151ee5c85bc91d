import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CutIndex, isInRange, type NumberRange } from '../../src/predicates/cut-index.js'
import { runs } from '../runs.js'

/*
 * 1. A move visits exactly the ranges that hold one of two numbers only, each once, with what is true of the second.
 * 2. What was taken out is not visited any more.
 */

const bound = fc.integer({ min: -3, max: 3 })
const ends = fc.record({ low: bound, lowOpen: fc.boolean(), high: bound, highOpen: fc.boolean() })
const range: fc.Arbitrary<NumberRange> = fc.oneof(
  ends,
  ends.map((each) => ({ ...each, high: Infinity })),
  ends.map((each) => ({ ...each, low: -Infinity })),
)
const value = fc.option(fc.oneof(bound, fc.constantFrom(-0.5, 0.5, 2.5, 10, -10)), { nil: undefined })

function holds(each: NumberRange, number: number | undefined): boolean {
  return number !== undefined && isInRange(number, each)
}

describe('thresholds', () => {
  it('flip exactly where a number passes them (1, 2)', () => {
    const moves = fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 6 })
    const property = fc.property(fc.array(range, { maxLength: 12 }), fc.array(fc.nat(11)), moves, (all, out, pairs) => {
      const index = new CutIndex<number>()
      const left = new Map(all.entries())
      for (const [item, each] of all.entries()) index.add(each, item)
      const expectFlips = (): void => {
        for (const [before, after] of pairs) {
          const visited: [number, boolean][] = []
          index.visitFlips(before, after, (item, now) => visited.push([item, now]))
          const wanted = [...left]
            .filter(([, each]) => holds(each, before) !== holds(each, after))
            .map(([item, each]) => [item, holds(each, after)])
          expect(visited.sort(([a], [b]) => a - b)).toEqual(wanted)
        }
      }
      expectFlips()
      for (const item of out) {
        const each = left.get(item)
        if (each === undefined) continue
        index.delete(each, item)
        left.delete(item)
      }
      expectFlips()
    })
    fc.assert(property, { numRuns: runs(500) })
  })
})
