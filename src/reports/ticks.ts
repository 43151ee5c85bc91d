/** Round numbers from at most `low` to at least `high`, some five of them, in equal steps of 1, 2 or 5 times a power of ten. */
export function ticksOf(low: number, high: number): readonly number[] {
  // Of numbers so close together that no step fits between them, all are at one place.
  const span = high - low < 1e-200 ? 1 : high - low
  const rough = span / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5].find((times) => times * power >= rough) ?? 10) * power
  const first = Math.floor(low / step)
  const last = Math.max(first + 1, Math.ceil(high / step))
  // Counted in steps: adding them up would not end on round numbers.
  return Array.from({ length: last - first + 1 }, (_, place) => Number(((first + place) * step).toPrecision(12)))
}
