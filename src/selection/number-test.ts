import type { NumberRange } from './number-scan.js'

/** A test of one number; false of NaN, which stands for a missing one. */
export type NumberTest = (value: number) => boolean

/** Whether a number lies in one of some ranges. */
export function inRanges(ranges: readonly NumberRange[]): NumberTest {
  const [range, ...others] = ranges
  if (range === undefined) return () => false
  if (others.length === 0) {
    const { low, high } = range
    return (value) => value >= low && value <= high
  }
  // Several ranges come of several literals, each a range of one number.
  const wanted = new Set(ranges.map(({ low }) => low))
  return (value) => wanted.has(value)
}
