import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Candidates } from '../../src/segments/candidates.js'
import { ownReason, type Reason } from '../../src/segments/segment.js'
import { runs } from '../runs.js'

/*
 * 1. Candidates are taken in the order of ranks, each once, those added while others are taken too.
 * 2. Of several reasons its own stands; else the window that comes first in the rule; else the segment it came through.
 * 3. What was cleared leaves nothing behind.
 */

const windows: readonly Reason[] = [0, 1, 2].map((place) => Object.freeze({ window: Object.freeze(['rules', place]) }))
const through: Reason = Object.freeze({ through: 'a' })
const added = fc.tuple(
  fc.oneof({ weight: 20, arbitrary: fc.nat(90) }, fc.nat(3_000)),
  fc.constantFrom('own', 0, 1, 2, 'noted'),
)

describe('candidates', () => {
  it('come in order, with the reason that counts (1, 2, 3)', () => {
    const round = fc.array(added, { maxLength: 30, size: 'max' })
    const property = fc.property(fc.array(round, { minLength: 1, maxLength: 3 }), (rounds) => {
      const candidates = new Candidates()
      for (const all of rounds) {
        const wanted = new Map<number, Reason>()
        const noted = new Map<number, Reason>()
        for (const [rank, how] of all) {
          const known = wanted.get(rank)
          if (how === 'own') {
            candidates.add(rank)
            wanted.set(rank, ownReason)
          } else if (how === 'noted') {
            const window = windows[1] ?? ownReason
            candidates.noteWindow(rank, window)
            if (known === undefined) noted.set(rank, first(window, noted.get(rank)))
            else wanted.set(rank, first(window, known))
          } else {
            const window = windows[Number(how)] ?? ownReason
            candidates.addByWindow(rank, window)
            wanted.set(rank, first(window, known ?? noted.get(rank)))
          }
        }
        const taken: [number, Reason][] = []
        for (let rank = candidates.take(); rank >= 0; rank = candidates.take()) {
          taken.push([rank, candidates.reasonOf(rank)])
          const later = rank + 40
          if (rank % 3 !== 0 || later > 200) continue
          candidates.addThrough(later, through)
          if (!wanted.has(later)) wanted.set(later, noted.get(later) ?? through)
        }
        candidates.clear()
        expect(taken).toEqual([...wanted].sort(([a], [b]) => a - b))
      }
    })
    fc.assert(property, { numRuns: runs(500) })
  })
})

/** The reason that stands of a window that moved and what was known. */
function first(window: Reason, known: Reason | undefined): Reason {
  if (known === undefined) return window
  const place = (reason: Reason): number => Number(reason.window?.[1] ?? (reason === ownReason ? -1 : 9))
  return place(window) < place(known) ? window : known
}
