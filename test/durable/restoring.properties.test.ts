import { memoryStorage } from 'coterie'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dampedScripts } from '../arbitraries/damped.js'
import { listenerScripts } from '../arbitraries/listeners.js'
import { scripts } from '../arbitraries/scripts.js'
import { onAnyStage } from '../arbitraries/stages.js'
import { doStep, engineIn, listen, tagEventsOf, transitionsOf, worldOf } from '../properties/playing.js'
import { runs } from '../runs.js'
import { openIn, wholeStateOf } from './stored.js'

/*
 * 1. An engine that was closed and opened again, at any points, with or without snapshots, is as one that never was: the same
 *    state, and from then on the same transitions, down to sequence numbers, causes and revisions.
 */

describe('1. an engine that was opened again', () => {
  it('goes on as if it had never been closed', async () => {
    const games = onAnyStage((stage) =>
      fc.record({
        script: fc.oneof(
          { weight: 3, arbitrary: scripts(worldOf(stage), { maxLength: 30 }) },
          { weight: 2, arbitrary: dampedScripts() },
        ),
        listeners: fc.array(listenerScripts(worldOf(stage)), { maxLength: 2 }),
        // Before which steps it is opened again, and whether a snapshot is taken first.
        breaks: fc.array(fc.tuple(fc.nat({ max: 36 }), fc.boolean()), { maxLength: 4 }),
      }),
    )
    const property = fc.asyncProperty(games, async ([stage, { script, listeners, breaks }]) => {
      const storage = memoryStorage()
      const twin = engineIn(stage, { cascadeLimit: 10 })
      const expected = [transitionsOf(twin), tagEventsOf(twin)]
      listen(twin, listeners)
      let engine = await openIn(stage, storage, { cascadeLimit: 10 })
      const heard: (readonly unknown[])[][] = [[transitionsOf(engine)], [tagEventsOf(engine)]]
      listen(engine, listeners)
      for (const [place, step] of script.entries()) {
        const stop = breaks.find(([before]) => before === place)
        if (stop !== undefined) {
          if (stop[1]) await engine.snapshot()
          await engine.close()
          engine = await openIn(stage, storage, { cascadeLimit: 10 })
          expect(wholeStateOf(engine)).toEqual(wholeStateOf(twin))
          heard[0]?.push(transitionsOf(engine))
          heard[1]?.push(tagEventsOf(engine))
          listen(engine, listeners)
        }
        expect(doStep(engine, step)).toBe(doStep(twin, step))
      }
      expect(heard.map((parts) => parts.flat())).toEqual(expected)
      expect(wholeStateOf(engine)).toEqual(wholeStateOf(twin))
      await engine.close()
    })
    await fc.assert(property, { numRuns: runs(100) })
  })
})
