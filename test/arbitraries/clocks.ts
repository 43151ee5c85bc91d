import fc from 'fast-check'
import { gridStep } from './instants.js'

const day = 86_400_000

/**
 * How far a clock is moved, in ms: not at all, a few quarter hours, days, a millisecond beside them; seldom a month, and
 * where `years` says so, more seldom a year. Shrinks towards nothing.
 */
export function advances({ years = false }: { readonly years?: boolean } = {}): fc.Arbitrary<number> {
  const steps = fc.integer({ min: 0, max: 8 }).map((count) => count * gridStep)
  const days = fc.integer({ min: 1, max: 3 }).map((count) => count * day)
  const beside = fc.tuple(steps, fc.constantFrom(1, -1)).map(([ms, more]) => Math.max(0, ms + more))
  return fc.oneof(
    { weight: 8, arbitrary: steps },
    { weight: 6, arbitrary: days },
    { weight: 2, arbitrary: beside },
    { weight: 1, arbitrary: fc.constant(31 * day) },
    { weight: years ? 1 : 0, arbitrary: fc.constant(366 * day) },
  )
}

/** Where a day is cut into many small advances: rising distances from its start, in ms, the last one being its end. */
export function cuts(length: number): fc.Arbitrary<readonly number[]> {
  return fc
    .uniqueArray(fc.integer({ min: 1, max: Math.max(1, length - 1) }), { maxLength: 12 })
    .map((places) => [...places.filter((place) => place < length).sort((a, b) => a - b), length])
}
