import type { Scan } from './scan.js'

/** Those who are in a set that is there already, as words of all contacts: members of a segment, contacts with a tag. */
export function setScan(words: Uint32Array): Scan {
  return {
    cost: 0.05,
    fill(into, within, first) {
      const inside = Math.min(into.length, Math.max(0, words.length - first))
      for (let i = 0; i < inside; i += 1) into[i] = (within[i] as number) & (words[first + i] as number)
      into.fill(0, inside)
    },
  }
}
