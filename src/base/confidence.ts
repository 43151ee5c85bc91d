import { normalQuantile, studentQuantile } from './quantiles.js'

/*
 * How sure one can be of a share, of a mean, and of how two of them differ. Shares: E. B. Wilson's score interval (1927),
 * and for a difference R. Newcombe's method 10 (1998) made of two of them; both keep what they promise also for few people
 * and for shares near 0 and 1. Means: Student's interval, and for a difference B. Welch's (1947), which takes no two groups
 * to vary alike; they lean on many contacts, or on values that are not too uneven.
 */

/** Where a true value probably lies. */
export interface Interval {
  readonly low: number
  readonly high: number
}

/** How two groups differ, and how sure that is. */
export interface Difference extends Interval {
  /** The first less the second. */
  readonly difference: number
}

/** So many of so many. */
export interface Share {
  readonly part: number
  readonly of: number
}

/** The interval of a share; undefined of nobody. */
export function shareInterval({ part, of }: Share, confidence: number): Interval | undefined {
  if (of === 0) return undefined
  const z = normalQuantile((1 + confidence) / 2)
  const p = part / of
  const weight = 1 + (z * z) / of
  const centre = (p + (z * z) / (2 * of)) / weight
  const half = (z / weight) * Math.sqrt((p * (1 - p)) / of + (z * z) / (4 * of * of))
  // At the ends the bound is the end itself, which rounding would miss.
  return { low: part === 0 ? 0 : Math.max(0, centre - half), high: part === of ? 1 : Math.min(1, centre + half) }
}

/** How the first share differs from the second; undefined where either is of nobody. */
export function shareDifference(first: Share, second: Share, confidence: number): Difference | undefined {
  const one = shareInterval(first, confidence)
  const other = shareInterval(second, confidence)
  if (one === undefined || other === undefined) return undefined
  const p = first.part / first.of
  const q = second.part / second.of
  return {
    difference: p - q,
    low: p - q - Math.hypot(p - one.low, other.high - q),
    high: p - q + Math.hypot(one.high - p, q - other.low),
  }
}

/** Count, mean and spread of numbers. */
export interface Spread {
  readonly count: number
  readonly mean: number
  /** Of a sample; 0 of a single one. */
  readonly variance: number
}

/** Count, mean and variance of numbers; undefined of none. Two passes, so that large numbers close together stay apart. */
export function spreadOf(values: readonly number[]): Spread | undefined {
  const count = values.length
  if (count === 0) return undefined
  const mean = values.reduce((sum, value) => sum + value, 0) / count
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { count, mean, variance: count === 1 ? 0 : squares / (count - 1) }
}

/** The interval of a mean; undefined of fewer than two. */
export function meanInterval({ count, mean, variance }: Spread, confidence: number): Interval | undefined {
  if (count < 2) return undefined
  const half = studentQuantile((1 + confidence) / 2, count - 1) * Math.sqrt(variance / count)
  return { low: mean - half, high: mean + half }
}

/** How the first mean differs from the second; undefined where either is of fewer than two. */
export function meanDifference(first: Spread, second: Spread, confidence: number): Difference | undefined {
  if (first.count < 2 || second.count < 2) return undefined
  const difference = first.mean - second.mean
  const one = first.variance / first.count
  const other = second.variance / second.count
  if (one + other === 0) return { difference, low: difference, high: difference }
  const freedom = (one + other) ** 2 / (one ** 2 / (first.count - 1) + other ** 2 / (second.count - 1))
  const half = studentQuantile((1 + confidence) / 2, Math.max(1, freedom)) * Math.sqrt(one + other)
  return { difference, low: difference - half, high: difference + half }
}
