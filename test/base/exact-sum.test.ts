import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exactSum, ExactSum } from '../../src/base/exact-sum.js'
import { runs } from '../runs.js'

/*
 * 1. The text of a sum is that of an exact addition of the decimal numerals, and reads as the value.
 * 2. It is the same whatever the order, and whether the sum was taken up from the text of a part or not.
 */

const numbers = fc.array(
  fc.oneof(
    fc.integer({ min: -1_000_000, max: 1_000_000 }).map((cents) => cents / 100),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(0.1, 0.2, 987654321987654, 0.00001, 1e21, -1e21, 5e-324, 9007199254740993, -0),
  ),
  { maxLength: 6 },
)

function sumOf(values: readonly number[], before?: string): ExactSum {
  const sum = new ExactSum()
  if (before !== undefined) sum.addText(before)
  for (const value of values) sum.add(value)
  return sum
}

/** As whole numbers of the least part that a double can have. */
function naive(values: readonly number[]): bigint {
  return values.reduce((sum, value) => {
    const [mantissa = '', exponent = '0'] = String(value).split('e')
    const [whole = '', fraction = ''] = mantissa.split('.')
    return sum + BigInt(whole + fraction) * 10n ** BigInt(400 + Number(exponent) - fraction.length)
  }, 0n)
}

function fromText(text: string): bigint {
  const [whole = '', fraction = ''] = text.split('.')
  return BigInt(whole + fraction) * 10n ** BigInt(400 - fraction.length)
}

describe('the text of an exact sum', () => {
  it.each([
    [[], '0'],
    [[0.1, 0.2], '0.3'],
    [[-0.5, 0.25], '-0.25'],
    [[10, 20], '30'],
    [[1e21, 1], '1000000000000000000001'],
    [[-0.001], '-0.001'],
    [[1.5, -1.5], '0'],
    [[100, -0.5], '99.5'],
  ])('of %j is %s', (values, text) => {
    expect(sumOf(values).text).toBe(text)
  })

  it('1. is exact', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const { text, value } = sumOf(values)
        expect(fromText(text)).toBe(naive(values))
        expect(Number(text) + 0).toBe(value)
      }),
      { numRuns: runs(300) },
    )
  })

  it('2. is one for equal sums', () => {
    fc.assert(
      fc.property(numbers, fc.nat(6), (values, cut) => {
        const { text, value } = sumOf(values)
        expect(text).not.toMatch(/\.\d*0$|^-0$|^0\d/)
        expect(sumOf([...values].reverse()).text).toBe(text)
        const part = sumOf(values.slice(0, cut)).text
        expect(sumOf(values.slice(cut), part).text).toBe(text)
        expect(exactSum(values.slice(cut), part)).toBe(value)
      }),
      { numRuns: runs(300) },
    )
  })
})
