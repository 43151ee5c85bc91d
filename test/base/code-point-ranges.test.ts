import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  anyCodePoint,
  complementOf,
  inRanges,
  lowerCaseRanges,
  pairsOf,
  rangesOf,
} from '../../src/base/code-point-ranges.js'
import { lowerCase } from '../../src/base/text.js'
import { runs } from '../runs.js'

// The laws, over small code points so that ranges meet, overlap and touch:
// 1. rangesOf holds exactly what its pairs hold, and equal sets are equal lists.
// 2. The complement holds exactly the others; the complement of the complement is the set.
// 3. A code point's mapping is in lowerCaseRanges(set) exactly when some member of the set has the same mapping.

const pair = fc
  .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 6 }))
  .map(([first, more]): [number, number] => [first, first + more])
const pairs = fc.array(pair, { maxLength: 6 })
const universe = Array.from({ length: 60 }, (_, i) => i)

describe('ranges of code points', () => {
  it('hold what their pairs hold, in one form for each set (1)', () => {
    const law = fc.property(pairs, (given) => {
      const ranges = rangesOf(given)
      const members = universe.filter((each) => given.some(([first, last]) => first <= each && each <= last))
      expect(universe.filter((each) => inRanges(ranges, each))).toEqual(members)
      expect(rangesOf(members.map((each) => [each, each]))).toEqual(ranges)
      expect(rangesOf(pairsOf(ranges))).toEqual(ranges)
    })
    fc.assert(law, { numRuns: runs(300) })
  })

  it('have a complement (2)', () => {
    const law = fc.property(pairs, (given) => {
      const ranges = rangesOf(given)
      const complement = complementOf(ranges)
      for (const each of [...universe, 0x10ffff]) expect(inRanges(complement, each)).toBe(!inRanges(ranges, each))
      expect(complementOf(complement)).toEqual(ranges)
    })
    fc.assert(law, { numRuns: runs(300) })
    expect(complementOf([])).toEqual(anyCodePoint)
    expect(complementOf(anyCodePoint)).toEqual([])
  })
})

describe('lowerCaseRanges', () => {
  const lowerOf = (codePoint: number): number => lowerCase(String.fromCodePoint(codePoint)).codePointAt(0) as number

  it('knows every mapping there is: none is beyond the first two planes', () => {
    const changed: number[] = []
    for (let codePoint = 0x20000; codePoint <= 0x10ffff; codePoint++) {
      if (lowerOf(codePoint) !== codePoint) changed.push(codePoint)
    }
    expect(changed).toEqual([])
  })

  it('holds the mappings of its members (3)', () => {
    const starts = fc.constantFrom(0x20, 0x60, 0x110, 0x390, 0x1e80, 0x2100, 0xd7f0, 0xdff0, 0x10400, 0x10ff00)
    const range = fc
      .tuple(starts, fc.nat(90), fc.oneof(fc.nat(40), fc.constantFrom(0x700, 0x9000)))
      .map(([begin, offset, more]): [number, number] => [begin + offset, Math.min(begin + offset + more, 0x10ffff)])
    const lowers = Array.from({ length: 0x20000 }, (_, codePoint) => lowerOf(codePoint))
    const law = fc.property(fc.array(range, { maxLength: 3 }), fc.boolean(), (given, negated) => {
      const ranges = negated ? complementOf(rangesOf(given)) : rangesOf(given)
      const expected = new Set(lowers.filter((_, codePoint) => inRanges(ranges, codePoint)))
      const lowered = lowerCaseRanges(ranges)
      expect(lowers.filter((lower) => inRanges(lowered, lower) !== expected.has(lower))).toEqual([])
    })
    fc.assert(law, { numRuns: runs(15) })
  })
})
