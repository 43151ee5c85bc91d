import { beginProfile } from './profile.js'

/** Times of something done several times over, in ms. */
export interface Times {
  readonly minimum: number
  readonly median: number
  /** Half the distance between the quartiles, as a part of the median: half of all times lie within about that of it. */
  readonly spread: number
  readonly runs: number
}

/** Sums times up. */
export function timesOf(measured: readonly number[]): Times {
  const sorted = [...measured].sort((a, b) => a - b)
  const median = quantile(sorted, 0.5)
  return {
    minimum: quantile(sorted, 0),
    median,
    spread: median === 0 ? 0 : (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / 2 / median,
    runs: sorted.length,
  }
}

function quantile(sorted: readonly number[], part: number): number {
  const place = (sorted.length - 1) * part
  const [low, high] = [sorted[Math.floor(place)] ?? NaN, sorted[Math.ceil(place)] ?? NaN]
  return low + (high - low) * (place - Math.floor(place))
}

/** The environment variable that makes times those of the processor, without the time that others had it. */
export const timesProcessor = 'COTERIE_BENCH_CPU'

/** The time in ms, from any beginning. */
export function clockNow(): number {
  if (process.env[timesProcessor] === undefined) return performance.now()
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

/** How long something takes once, in ms. */
export async function timed(run: () => unknown): Promise<number> {
  const start = clockNow()
  await run()
  return clockNow() - start
}

/** How often and how long something is repeated. */
export interface Repeating {
  readonly least: number
  readonly most: number
  /** No further run begins after so many ms. */
  readonly patience: number
}

/** Times runs one by one, the n-th given its number. */
export async function repeated(run: (n: number) => unknown, { least, most, patience }: Repeating): Promise<Times> {
  beginProfile()
  const times: number[] = []
  const start = performance.now()
  while (times.length < most && (times.length < least || performance.now() - start < patience))
    times.push(await timed(() => run(times.length)))
  return timesOf(times)
}

/** Memory in use after the collector ran, in bytes: that of objects, of array buffers, and what the process holds. */
export function memoryInUse(): { readonly heap: number; readonly buffers: number; readonly resident: number } {
  globalThis.gc?.()
  globalThis.gc?.()
  const { heapUsed, arrayBuffers, external, rss } = process.memoryUsage()
  return { heap: heapUsed, buffers: Math.max(arrayBuffers, external), resident: rss }
}
