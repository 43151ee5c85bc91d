import { lowestBit } from '../base/words.js'
import type { Scan } from './scan.js'

/** Asks each contact that is left by itself. `cost` says how dear that is: what has no better way comes last in its group. */
export function eachScan(cost: number, holds: (ordinal: number) => boolean): Scan {
  return {
    cost,
    fill(into, within, first) {
      for (let i = 0; i < into.length; i += 1) {
        let word = 0
        for (let bits = within[i] as number; bits !== 0; bits &= bits - 1) {
          if (holds(lowestBit(first + i, bits))) word |= bits & -bits
        }
        into[i] = word
      }
    },
  }
}
