/*
 * The doubles beside a double. With them a range with open ends is one with closed ends, as there is no number between two
 * neighbours: `x > 5` is `x ≥` the number after 5.
 */

/** The least double above a number; Infinity above the greatest. */
export function numberAfter(number: number): number {
  if (number === Infinity) return number
  if (number === 0) return Number.MIN_VALUE
  const bits = new DataView(new ArrayBuffer(8))
  bits.setFloat64(0, number)
  // The bits of a positive number rise with it, those of a negative one fall.
  bits.setBigInt64(0, bits.getBigInt64(0) + (number > 0 ? 1n : -1n))
  return bits.getFloat64(0)
}

/** The greatest double below a number; −Infinity below the least. */
export function numberBefore(number: number): number {
  return -numberAfter(-number)
}
