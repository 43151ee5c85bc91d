import { clockNow, timesOf, type Times } from './measure.js'
import { beginProfile } from './profile.js'

/** How long chunks last, and all of them together. */
const chunkMs = 120
const longest = 50_000

/**
 * Times work that is too short to be timed one by one, in chunks that `prepare` makes ready: first grows chunks until one lasts long enough, which warms up too,
 * and then times chunks until `patience` ms have passed. Gives the times of one in µs.
 */
export async function rateOf(prepare: (count: number) => () => unknown, patience = 3_000): Promise<Times> {
  let count = 1
  let warm = 0
  for (;;) {
    const ms = await chunk(count)
    warm += ms
    if (warm > patience / 2 || (ms > chunkMs && warm > patience / 4)) {
      count = Math.max(1, Math.min(longest, Math.round((count * chunkMs) / ms)))
      break
    }
    if (ms < chunkMs) count = Math.min(longest, count * 2)
  }
  beginProfile()
  const times: number[] = []
  for (let spent = 0; times.length < 5 || spent < patience;) {
    const ms = await chunk(count)
    spent += ms
    times.push((1_000 * ms) / count)
  }
  return timesOf(times)

  async function chunk(size: number): Promise<number> {
    const run = prepare(size)
    const start = clockNow()
    await run()
    return clockNow() - start
  }
}
