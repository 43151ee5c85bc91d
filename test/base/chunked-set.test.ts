import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ChunkedSet } from '../../src/base/chunked-set.js'
import { hasBit } from '../../src/base/words.js'
import { runs } from '../runs.js'

/*
 * A chunked set is a set of numbers, whatever the shapes of its chunks: has, count, ascending order, words.
 */

/** A run of ordinals that come or go together, so that chunks fill and empty. */
const step = fc.record({
  put: fc.boolean(),
  from: fc.constantFrom(0, 1, 60_000, 65_535, 65_536, 200_000),
  by: fc.constantFrom(1, 3, 7),
  many: fc.oneof(fc.nat(5), fc.nat(5_000)),
  backwards: fc.boolean(),
})

describe('a chunked set', () => {
  it('is a set', () => {
    const property = fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
      const set = new ChunkedSet()
      const plain = new Set<number>()
      for (const { put, from, by, many, backwards } of steps) {
        for (let n = 0; n < many; n += 1) {
          const ordinal = from + by * (backwards ? many - 1 - n : n)
          expect(put ? set.add(ordinal) : set.delete(ordinal)).toBe(plain.has(ordinal) !== put)
          if (put) plain.add(ordinal)
          else plain.delete(ordinal)
        }
      }
      expect(set.count).toBe(plain.size)
      const seen: number[] = []
      set.forEach((ordinal) => seen.push(ordinal))
      expect(seen).toEqual([...plain].sort((a, b) => a - b))
      const words = set.toWords()
      for (const { from, by, many } of steps) {
        for (let n = 0; n <= many; n += 1) {
          const ordinal = from + by * n
          expect(set.has(ordinal)).toBe(plain.has(ordinal))
          expect(hasBit(words, ordinal)).toBe(plain.has(ordinal))
        }
      }
    })
    fc.assert(property, { numRuns: runs(30) })
  })

  it('takes another shape as it grows, and the first again as it shrinks', () => {
    const set = new ChunkedSet()
    const expectAll = (count: number): void => {
      const seen: number[] = []
      set.forEach((ordinal) => seen.push(ordinal))
      expect(seen).toEqual(Array.from({ length: count }, (_, n) => 3 * n))
      expect([set.count, set.has(0), set.has(1), set.has(3 * count)]).toEqual([count, count > 0, false, false])
    }
    for (let n = 0; n < 20_000; n += 1) set.add(3 * n)
    expectAll(20_000)
    for (const left of [4_000, 1_000, 10, 0]) {
      for (let n = set.count - 1; n >= left; n -= 1) expect(set.delete(3 * n)).toBe(true)
      expectAll(left)
    }
    for (let n = 0; n < 100; n += 1) expect(set.add(3 * n)).toBe(true)
    expectAll(100)
  })
})
