import type { Scan } from './scan.js'

/** Numbers from `low` to `high`, both included; NaN is in none. */
export interface NumberRange {
  readonly low: number
  readonly high: number
}

/** All numbers. */
export const allNumbers: NumberRange = Object.freeze({ low: -Infinity, high: Infinity })

/**
 * Rows whose number lies in a range. Comparisons become bits without a branch, four rows at a time: some nanosecond a row,
 * however many hold; a branch would cost three to six. Rows that have no value hold NaN, which compares as false. A column's
 * length is a multiple of 32, so a word lies all inside or all outside it.
 */
export function rangeScan(numbers: Float64Array, { low, high }: NumberRange): Scan {
  return {
    cost: 1,
    fill(into, within, first) {
      const inside = Math.min(into.length, Math.max(0, (numbers.length >>> 5) - first))
      for (let i = 0, row = first << 5; i < inside; i += 1, row += 32) {
        const open = within[i] as number
        into[i] = open === 0 ? 0 : wordOfRange(numbers, row, low, high) & open
      }
      into.fill(0, inside)
    },
  }
}

function wordOfRange(numbers: Float64Array, row: number, low: number, high: number): number {
  let word = 0
  for (let bit = 0; bit < 32; bit += 4) {
    const a = numbers[row + bit] as number
    const b = numbers[row + bit + 1] as number
    const c = numbers[row + bit + 2] as number
    const d = numbers[row + bit + 3] as number
    word |=
      ((+(a >= low) & +(a <= high)) << bit) |
      ((+(b >= low) & +(b <= high)) << (bit + 1)) |
      ((+(c >= low) & +(c <= high)) << (bit + 2)) |
      ((+(d >= low) & +(d <= high)) << (bit + 3))
  }
  return word
}
