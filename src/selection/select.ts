import { wordsFor } from '../base/words.js'
import { OrdinalSet } from '../base/ordinal-set.js'
import { runLength, type Scan } from './scan.js'

/** Asks a scan of some contacts, run by run, and gives those for whom it holds. All their ordinals are below `end`. */
export function select(scan: Scan, contacts: OrdinalSet, end: number): OrdinalSet {
  const { words } = contacts
  const found = new Uint32Array(Math.min(words.length, wordsFor(end)))
  for (let first = 0; first < found.length; first += runLength) {
    const last = Math.min(found.length, first + runLength)
    scan.fill(found.subarray(first, last), words.subarray(first, last), first)
  }
  return OrdinalSet.ofWords(found)
}
