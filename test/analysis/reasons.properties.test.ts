import { membershipReasons, type Because } from 'coterie/analysis'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { segmentIds } from '../arbitraries/changes.js'
import { scripts } from '../arbitraries/scripts.js'
import { onAnyStage } from '../arbitraries/stages.js'
import { runs } from '../runs.js'
import { engineIn, play, worldOf } from '../properties/playing.js'

/*
 * 1. Each single change that is told, applied to an engine in the same state, turns the membership over.
 * 2. The reason says of each leaf what the explanation says, and the whole is plain JSON.
 * 3. Near changes come first.
 */

const games = onAnyStage((stage) =>
  fc.tuple(scripts(worldOf(stage), { maxLength: 8 }), fc.constantFrom(...segmentIds), fc.nat(2)),
)

let changed = 0

describe('reasons', () => {
  it('tell changes that turn the membership over', { timeout: 600_000 }, () => {
    const property = fc.property(games, ([stage, [script, segment, place]]) => {
      const engine = engineIn(stage)
      play(engine, script)
      const id = engine.contacts.ids()[place]
      if (id === undefined || engine.segments.get(segment) === undefined) return
      const reasons = membershipReasons(engine, segment, id)
      const member = engine.segments.has(segment, id)
      expect(reasons.holds).toBe(member)
      expect(JSON.parse(JSON.stringify(reasons))).toEqual(reasons)
      expect(reasons.next).toEqual(engine.segments.explain(segment, id).next)
      const distances = reasons.changes.map(({ distance }) => distance)
      expect([...distances].sort((a, b) => a - b)).toEqual(distances)
      const { rule, damped } = engine.segments.explain(segment, id)
      checkLeaves(
        reasons.because.filter(({ path }) => path[0] !== 'stay'),
        rule,
      )
      checkLeaves(
        reasons.because.filter(({ path }) => path[0] === 'stay').map((part) => ({ ...part, path: part.path.slice(1) })),
        damped?.stay,
      )
      if (reasons.damped !== undefined) expect(reasons.damped).toBe(member ? 'minimumStay' : 'coolDown')
      for (const { change } of reasons.changes.slice(0, 4)) {
        const other = engineIn(stage)
        play(other, script)
        other.apply(change)
        if (other.segments.has(segment, id) === member)
          throw new Error(
            `${JSON.stringify(change)} does not turn ${JSON.stringify(engine.segments.get(segment)?.rule)} of ${JSON.stringify(engine.contacts.get(id))}`,
          )
        changed += 1
      }
    })
    fc.assert(property, { numRuns: runs(150) })
    expect(changed).toBeGreaterThan(runs(150) / 10)
  })
})

function checkLeaves(because: readonly Because[], rule: unknown): void {
  for (const { path, holds } of because) {
    const node = path.reduce<unknown>((found, step) => {
      if (step === 'rules') return (found as { rules: unknown }).rules
      if (step === 'rule') return (found as { rules: readonly unknown[] }).rules[0]
      return (found as readonly unknown[])[Number(step)]
    }, rule)
    expect((node as { holds: boolean }).holds).toBe(holds)
  }
}
