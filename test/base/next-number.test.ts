import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { numberAfter, numberBefore } from '../../src/base/next-number.js'
import { runs } from '../runs.js'

/*
 * 1. The number after one is above it, and there is none between the two: their mean is one of them.
 * 2. The number before that is the first again.
 */

const finite = fc.double({ noNaN: true, noDefaultInfinity: true })

describe('the doubles beside a double', () => {
  it('have none between them (1, 2)', () => {
    const property = fc.property(finite, (number) => {
      const after = numberAfter(number)
      expect(after).toBeGreaterThan(number)
      const mean = number / 2 + after / 2
      if (Math.abs(number) > Number.MIN_VALUE * 4) expect(mean <= number || mean >= after).toBe(true)
      expect(numberBefore(after) + 0).toBe(number + 0)
    })
    fc.assert(property, { numRuns: runs(1_000) })
  })

  it.each([
    [0, Number.MIN_VALUE],
    [-0, Number.MIN_VALUE],
    [-Number.MIN_VALUE, -0],
    [1, 1 + Number.EPSILON],
    [Number.MAX_VALUE, Infinity],
    [Infinity, Infinity],
  ])('after %d is %d', (number, after) => {
    expect(numberAfter(number)).toBe(after)
    expect(numberBefore(-number)).toBe(-after)
  })
})
