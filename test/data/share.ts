import { runs } from '../runs.js'
import { Random } from './random.js'

/** Whether the costly runs are over all contacts of the public sets, as with COTERIE_RUNS=10, and not over a part of them. */
export const isThorough = runs(1) >= 10

/** How long a costly run may take on a slow machine, in ms. */
export const patience = isThorough ? 3_600_000 : 120_000

/** Whether a contact takes part in costly runs: one in so many does, drawn from its id, the same ones every time. */
export function oneIn(part: number): (id: string) => boolean {
  return (id) => isThorough || new Random(seedOf(id)).chance(1 / part)
}

/** How many contacts a copy of a public set has where the files are missing. */
export function sizeOf(all: number, part: number): number {
  return isThorough ? all : Math.round(all / part)
}

function seedOf(id: string): number {
  let seed = 0
  for (const character of id) seed = (Math.imul(seed, 31) + character.charCodeAt(0)) | 0
  return seed
}
