/** The middle one of numbers in order, or the mean of the middle two; undefined of none. */
export function medianOf(sorted: readonly number[]): number | undefined {
  const upper = sorted[sorted.length >> 1]
  const lower = sorted[(sorted.length - 1) >> 1]
  return upper === undefined || lower === undefined ? undefined : lower + (upper - lower) / 2
}
