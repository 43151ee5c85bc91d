import { createEngine, type Engine, type Statistics } from 'coterie'

/** Where the clocks of these tests begin, in ms. */
export const start = Date.parse('2026-01-01T00:00:00Z')
export const day = 86_400_000

/** An engine with so many contacts, the n-th of them seen n minutes before the start. */
export function engineWith(contacts: number): Engine {
  const engine = createEngine({ now: start })
  engine.batch(
    Array.from({ length: contacts }, (_, n) => ({
      type: 'contact.put' as const,
      contact: `c${n}`,
      attributes: { score: n % 100, seen: new Date(start - n * 60_000) },
    })),
  )
  return engine
}

/** The work that a call makes the engine do: by how much each counter rose. */
export function workOf(
  engine: Engine,
  call: () => unknown,
): Pick<Statistics, 'leafTests' | 'flips' | 'candidates' | 'steps' | 'transitions'> {
  const before = engine.statistics()
  call()
  const after = engine.statistics()
  return {
    leafTests: after.leafTests - before.leafTests,
    flips: after.flips - before.flips,
    candidates: after.candidates - before.candidates,
    steps: after.steps - before.steps,
    transitions: after.transitions - before.transitions,
  }
}

export const noWork = { leafTests: 0, flips: 0, candidates: 0, steps: 0, transitions: 0 } as const
