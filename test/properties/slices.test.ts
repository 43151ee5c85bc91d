import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { segmentIds } from '../arbitraries/changes.js'
import { attributesOf } from '../arbitraries/contacts.js'
import { rules } from '../arbitraries/rules.js'
import { scripts } from '../arbitraries/scripts.js'
import { onAnyStage } from '../arbitraries/stages.js'
import { runs } from '../runs.js'
import { doStep, engineIn, stateOf, worldOf } from './playing.js'

/*
 * A segment that is built in slices is as if it had been defined at the end, whatever happened between the slices; and a
 * preview in slices is a preview at the end.
 */

const many = 120

describe('in slices', () => {
  it('comes out what comes out at once', async () => {
    const games = onAnyStage((stage) => {
      const world = worldOf(stage)
      return fc.record({
        script: scripts(world, { maxLength: 20 }),
        likes: fc.array(attributesOf(world.kinds, stage), { minLength: 1, maxLength: 4 }),
        rule: rules({ ...world, segments: segmentIds.slice(0, 2) }),
        // Before the other contacts come, and in each of the pauses.
        early: fc.nat(10),
        each: fc.nat(3),
      })
    })
    const property = fc.asyncProperty(games, async ([stage, { script, likes, rule, early, each }]) => {
      const [sliced, whole] = [engineIn(stage), engineIn(stage)]
      for (const engine of [sliced, whole]) {
        for (const step of script.slice(0, early)) doStep(engine, step)
        for (let n = 0; n < many; n += 1)
          engine.contacts.put({ id: `other ${n}`, attributes: likes[n % likes.length] ?? {} })
      }
      const left = script.slice(early)
      const pause = async (): Promise<void> => {
        for (const step of left.splice(0, each)) {
          doStep(sliced, step)
          doStep(whole, step)
        }
      }
      const outcome = async (work: () => unknown): Promise<string> => {
        try {
          await work()
          return 'done'
        } catch (error) {
          return (error as { readonly code: string }).code
        }
      }
      const options = { slice: 32, pause }
      const preview = outcome(async () => {
        const found = await sliced.segments.previewInSlices(rule, options)
        expect(found).toEqual(whole.segments.preview(rule))
      })
      const previewed = await preview
      if (previewed !== 'done') expect(await outcome(() => whole.segments.preview(rule))).toBe(previewed)
      const built = await outcome(() => sliced.segments.build({ id: 'new', rule }, options))
      expect(await outcome(() => whole.segments.define({ id: 'new', rule }))).toBe(built)
      expect(stateOf(sliced)).toEqual(stateOf(whole))
    })
    await fc.assert(property, { numRuns: runs(60) })
  })
})
