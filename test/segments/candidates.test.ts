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
    const round = fc.array(added, { maxLength: 30 })
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

it('candidates may be of any rank, and none is lost where there were fewer before', () => {
  for (let rank = 0; rank < 3_000; rank += 1) {
    const candidates = new Candidates()
    candidates.add(rank)
    expect([candidates.take(), candidates.take()]).toEqual([rank, -1])
  }
})

describe('of two windows that moved', () => {
  const reasonOf = (...paths: readonly (readonly (string | number)[])[]): unknown => {
    const candidates = new Candidates()
    for (const window of paths) candidates.addByWindow(0, { window })
    return candidates.reasonOf(candidates.take()).window
  }

  it('the one that comes first in the rule stands, and those by which members stay come last', () => {
    const [first, second] = [
      ['rules', 0, 'rule'],
      ['rules', 1],
    ]
    for (const [a, b] of [
      [first, second],
      [first, ['stay', 'rules', 0]],
      [second, ['stay']],
      [
        ['stay', 'rules', 1],
        ['stay', 'rules', 2],
      ],
    ] as const) {
      expect(reasonOf(a, b)).toEqual(a)
      expect(reasonOf(b, a)).toEqual(a)
      expect(reasonOf(a, a)).toEqual(a)
    }
  })

  it('the one that is told first stands where both are in one node, or one in the other', () => {
    for (const [a, b] of [
      [['left'], ['right']],
      [['right'], ['left']],
      [[], ['rule']],
      [['rule'], []],
    ] as const)
      expect(reasonOf(a, b)).toEqual(a)
  })
})

/** The reason that stands of a window that moved and what was known. */
function first(window: Reason, known: Reason | undefined): Reason {
  if (known === undefined) return window
  const place = (reason: Reason): number => Number(reason.window?.[1] ?? (reason === ownReason ? -1 : 9))
  return place(window) < place(known) ? window : known
}
