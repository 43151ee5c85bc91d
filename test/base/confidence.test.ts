import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  meanDifference,
  meanInterval,
  shareDifference,
  shareInterval,
  spreadOf,
  type Share,
} from '../../src/base/confidence.js'
import { normalQuantile, studentQuantile } from '../../src/base/quantiles.js'

describe('quantiles', () => {
  it('of the normal distribution are those of the tables', () => {
    expect(normalQuantile(0.5)).toBe(0)
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 12)
    expect(normalQuantile(0.995)).toBeCloseTo(2.5758293035489004, 12)
    expect(normalQuantile(0.025)).toBeCloseTo(-1.959963984540054, 12)
    expect(normalQuantile(0.000001)).toBeCloseTo(-4.753424308822899, 10)
  })

  it.each([
    [0.975, 1, 12.706204736432],
    [0.975, 2, 4.302652729911],
    [0.975, 3, 3.182446305284],
    [0.975, 5, 2.570581835636],
    [0.975, 10, 2.228138851965],
    [0.975, 30, 2.042272456301],
    [0.975, 1000, 1.962339080792],
    [0.995, 3, 5.840909309],
    [0.995, 20, 2.845339709786],
    [0.9995, 4, 8.610301581379],
  ])('of Student at %d with %d degrees are those of the tables', (p, freedom, expected) => {
    expect(studentQuantile(p, freedom) / expected).toBeCloseTo(1, 4)
  })

  it('of Student come down to those of the normal distribution', () => {
    expect(studentQuantile(0.975, 1e9)).toBeCloseTo(normalQuantile(0.975), 6)
  })
})

describe('shares', () => {
  it('have the intervals that Newcombe (1998) prints for his examples', () => {
    // Statistics in Medicine 17, 857–890: method 3 for 81/263, method 10 for 56/70 − 48/80.
    const single = shareInterval({ part: 81, of: 263 }, 0.95)
    expect(single?.low).toBeCloseTo(0.2553, 4)
    expect(single?.high).toBeCloseTo(0.3662, 4)
    const both = shareDifference({ part: 56, of: 70 }, { part: 48, of: 80 }, 0.95)
    expect(both?.difference).toBeCloseTo(0.2, 12)
    expect(both?.low).toBeCloseTo(0.0524, 4)
    expect(both?.high).toBeCloseTo(0.3339, 4)
  })

  const shares = fc.nat({ max: 200 }).chain((of) => fc.record({ of: fc.constant(of), part: fc.nat({ max: of }) }))

  it('lie in their intervals, which get wider with confidence and stay between 0 and 1', () => {
    fc.assert(
      fc.property(shares, ({ part, of }) => {
        const narrow = shareInterval({ part, of }, 0.8)
        const wide = shareInterval({ part, of }, 0.99)
        if (narrow === undefined || wide === undefined) {
          expect(of).toBe(0)
          return
        }
        expect(0 <= wide.low && wide.low <= narrow.low && narrow.low <= part / of).toBe(true)
        expect(part / of <= narrow.high && narrow.high <= wide.high && wide.high <= 1).toBe(true)
      }),
    )
  })

  it('differ the other way round by the negative, and lie in their interval', () => {
    fc.assert(
      fc.property(shares, shares, (one: Share, other: Share) => {
        const there = shareDifference(one, other, 0.95)
        const back = shareDifference(other, one, 0.95)
        if (there === undefined || back === undefined) {
          expect(one.of === 0 || other.of === 0).toBe(true)
          return
        }
        expect(there.low).toBeCloseTo(-back.high, 12)
        expect(there.low <= there.difference && there.difference <= there.high).toBe(true)
      }),
    )
  })
})

describe('means', () => {
  it('have the spread that squares about the mean give, also far from zero', () => {
    expect(spreadOf([])).toBeUndefined()
    expect(spreadOf([5])).toEqual({ count: 1, mean: 5, variance: 0 })
    expect(spreadOf([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16])).toEqual({ count: 4, mean: 1e9 + 10, variance: 30 })
  })

  it('have the interval of Student', () => {
    // Ten values, mean 5, s² = 4: half a width is 2.262157 × 2 / √10.
    expect(meanInterval({ count: 10, mean: 5, variance: 4 }, 0.95)?.high).toBeCloseTo(5 + 1.430713, 5)
    expect(meanInterval({ count: 1, mean: 5, variance: 0 }, 0.95)).toBeUndefined()
  })

  it('differ as Welch says', () => {
    const found = meanDifference({ count: 15, mean: 20.8, variance: 7.9 }, { count: 15, mean: 23, variance: 3.8 }, 0.95)
    // t = −2.4909 with 25 degrees of freedom: half a width is 2.0595 × 0.8832.
    expect(found?.difference).toBeCloseTo(-2.2, 12)
    expect(found?.low).toBeCloseTo(-2.2 - 1.8196, 2)
    expect(found?.high).toBeCloseTo(-2.2 + 1.8196, 2)
    const same = { count: 3, mean: 1, variance: 0 }
    expect(meanDifference({ ...same, count: 1 }, same, 0.95)).toBeUndefined()
    expect(meanDifference(same, { ...same, count: 1 }, 0.95)).toBeUndefined()
    expect(meanDifference(same, same, 0.95)).toEqual({ difference: 0, low: 0, high: 0 })
  })
})
