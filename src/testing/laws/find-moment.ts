import { drawFrom, drawMoment } from '../worlds/draw-moment.js'
import type { TestMoment } from '../worlds/moment.js'
import { Pools } from '../worlds/pools.js'
import { smallerMoments } from '../worlds/smaller.js'
import type { ReadWorld } from '../worlds/test-world.js'

/*
 * A small contact and instant with a property, looked for at the boundaries of the world's rules: many are drawn, and the
 * first few that have it are made smaller as long as they keep it. The smallest of these is the answer.
 */

/** How contacts are looked for. */
export interface SearchOptions {
  /** How many contacts are tried. Default 2,000. */
  readonly tries?: number
  /** Which contacts are tried: the same for the same seed. Default 1. */
  readonly seed?: number
}

/** How many finds are made smaller. */
const finds = 4

/** A small contact and instant for which `has` says true; undefined where none was found. */
export function findMoment(
  world: ReadWorld,
  has: (moment: TestMoment) => boolean,
  { tries = 2000, seed = 1 }: SearchOptions = {},
): TestMoment | undefined {
  const pools = new Pools(world)
  const draw = drawFrom(seed)
  let best: TestMoment | undefined
  for (let left = tries, found = 0; left > 0 && found < finds; left--) {
    const moment = drawMoment(pools, draw)
    if (!has(moment)) continue
    found++
    const small = smallest(moment, has)
    if (best === undefined || sizeOf(small) < sizeOf(best)) best = small
  }
  return best
}

function smallest(moment: TestMoment, has: (moment: TestMoment) => boolean): TestMoment {
  for (let small = moment; ;) {
    const next = firstOf(smallerMoments(small), has)
    if (next === undefined) return small
    small = next
  }
}

function firstOf<T>(all: Iterable<T>, has: (one: T) => boolean): T | undefined {
  for (const one of all) if (has(one)) return one
  return undefined
}

function sizeOf(moment: TestMoment): number {
  return JSON.stringify(moment).length
}
