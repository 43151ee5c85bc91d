import { describe, expect, it } from 'vitest'
import { historyOf, live, Witness } from './lives.js'
import { randomFrom, SimulatedDisk } from './simulated-disk.js'

/*
 * The power is cut at every write, sync, rename and removal of many histories, and again at some point of what follows. Each
 * time the engine comes back with all that was acknowledged, no half of what was not, each transition once under its number, the
 * state that these lead to, and a subscriber who missed none.
 *
 * COTERIE_CRASHES says how many cuts there are to be; a run at night takes 10,000 or more.
 */

const wanted = Number(process.env['COTERIE_CRASHES'] ?? '400')
const seed = Number(process.env['COTERIE_SEED'] ?? '1')

describe('a power cut', () => {
  it(`loses nothing acknowledged, at ${String(wanted)} points`, { timeout: 60_000 + wanted * 200 }, async () => {
    let cuts = 0
    for (let history = seed; cuts < wanted; history += 1) {
      const { stage, steps } = historyOf(history)
      const whole = new SimulatedDisk()
      expect(await live(whole, stage, steps, new Witness())).toBe(true)
      for (let at = 1; at <= whole.count && cuts < wanted; at += 1) {
        const random = randomFrom(history * 100_003 + at)
        try {
          cuts += await cutAt(at, stage, steps, random)
        } catch (error) {
          throw new Error(`history ${String(history)}, cut at ${String(at)}`, { cause: error })
        }
      }
    }
  })
})

/** Cuts the power at a point, and then at one of the next life; the third goes on to the end. Returns how many cuts there were. */
async function cutAt(
  at: number,
  stage: Parameters<typeof live>[1],
  steps: Parameters<typeof live>[2],
  random: () => number,
): Promise<number> {
  const witness = new Witness()
  let disk = new SimulatedDisk()
  let cuts = 0
  for (const cut of [at, 1 + Math.floor(random() * at * 2), Infinity]) {
    disk.cutAt = cut
    if (!(await live(disk, stage, steps, witness))) cuts += 1
    disk = disk.afterCut(random)
  }
  return cuts
}
