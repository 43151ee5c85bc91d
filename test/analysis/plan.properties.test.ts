import { isCoterieError, type ChangeInput, type SegmentInput } from 'coterie'
import { planSegments } from 'coterie/analysis'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dampedLengths, segmentIds } from '../arbitraries/changes.js'
import { contactIds } from '../arbitraries/contacts.js'
import { rules } from '../arbitraries/rules.js'
import { scripts } from '../arbitraries/scripts.js'
import { onAnyStage } from '../arbitraries/stages.js'
import { runs } from '../runs.js'
import { engineIn, play, worldOf } from '../properties/playing.js'

/*
 * 1. What a plan says would happen happens when its changes are applied, and nothing else: each who enters and leaves.
 * 2. Making a plan changes nothing; applied, the same definitions leave nothing to do.
 * 3. What a plan refuses, the engine refuses.
 */

const games = onAnyStage((stage) => {
  const world = { ...worldOf(stage), segments: segmentIds }
  const length = fc.constantFrom(...dampedLengths, null)
  const plain = fc.record(
    {
      id: fc.constantFrom(...segmentIds, 'fresh'),
      rule: rules(world, 1),
      kind: fc.constantFrom('dynamic' as const, 'static' as const, 'hybrid' as const),
      contacts: fc.subarray([...contactIds]),
      name: fc.constantFrom('A', 'B'),
    },
    { requiredKeys: ['id'] },
  )
  const damped = fc.record(
    {
      id: fc.constantFrom(...segmentIds, 'fresh'),
      rule: rules(world, 1),
      stay: rules(world, 1),
      kind: fc.constant('damped' as const),
      minimumStay: length,
      coolDown: length,
    },
    { requiredKeys: ['id', 'rule'] },
  )
  const definition = fc.oneof<fc.MaybeWeightedArbitrary<SegmentInput & Pick<SegmentInput, 'id'>>[]>(
    { weight: 3, arbitrary: plain },
    { weight: 1, arbitrary: damped },
  )
  return fc.record({
    script: scripts(worldOf(stage), { maxLength: 8 }),
    definitions: fc.uniqueArray(definition, { selector: ({ id }) => id, maxLength: 4 }),
    removeOthers: fc.boolean(),
  })
})

let moved = 0

describe('a plan', () => {
  it('is what comes of it', { timeout: 600_000 }, () => {
    const property = fc.property(games, ([stage, { script, definitions, removeOthers }]) => {
      const engine = engineIn(stage)
      play(engine, script)
      const revision = engine.revision
      const plan = planOf(engine, definitions, removeOthers)
      expect(engine.revision).toBe(revision)
      if (plan === undefined) {
        expect(() => engine.batch(asChanges(engine.segments.ids(), definitions, removeOthers))).toThrow()
        return
      }
      expect(JSON.parse(JSON.stringify(plan.segments))).toEqual(plan.segments)
      const receipt = engine.batch(plan.changes)
      const seen = receipt.transitions.map(({ type, segmentId, contactId }) => `${type} ${segmentId} ${contactId}`)
      const told = plan.segments.flatMap(({ id, enter, exit }) => [
        ...enter.map((contact) => `enter ${id} ${contact}`),
        ...exit.map((contact) => `exit ${id} ${contact}`),
      ])
      expect([...told].sort()).toEqual([...seen].sort())
      expect(plan.transitions.enter + plan.transitions.exit).toBe(seen.length)
      for (const { id, after } of plan.segments) expect(engine.segments.get(id)?.count ?? 0).toBe(after)
      moved += seen.length
      const again = planOf(
        engine,
        definitions.filter(
          // A rule that is given for a static segment puts people in each time.
          ({ id, contacts, rule }) =>
            contacts === undefined && (engine.segments.get(id)?.kind !== 'static' || rule === undefined),
        ),
        false,
      )
      const left = again?.segments.filter(
        ({ id, action }) => action !== 'keep' && engine.segments.get(id)?.kind !== 'static',
      )
      expect(left ?? []).toEqual([])
    })
    fc.assert(property, { numRuns: runs(200) })
    expect(moved).toBeGreaterThan(runs(200) / 20)
  })
})

function planOf(engine: ReturnType<typeof engineIn>, definitions: readonly SegmentInput[], removeOthers: boolean) {
  try {
    return planSegments(engine, definitions, { removeOthers })
  } catch (error) {
    if (isCoterieError(error)) return undefined
    throw error
  }
}

function asChanges(
  ids: readonly string[],
  definitions: readonly SegmentInput[],
  removeOthers: boolean,
): readonly ChangeInput[] {
  const given = new Set(definitions.map(({ id }) => id))
  const removed = removeOthers ? ids.filter((id) => !given.has(id)) : []
  return [
    ...definitions.map((definition): ChangeInput => ({ type: 'segment.define', ...definition })),
    ...removed.map((segment): ChangeInput => ({ type: 'segment.remove', segment })),
  ]
}
