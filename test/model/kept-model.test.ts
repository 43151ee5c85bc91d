import fc from 'fast-check'
import { describe, it } from 'vitest'
import { listenerScripts } from '../arbitraries/listeners.js'
import { scripts, type ScriptStep } from '../arbitraries/scripts.js'
import { onAnyStage, type Stage } from '../arbitraries/stages.js'
import { worldOf } from '../properties/playing.js'
import { runs } from '../runs.js'
import { filePlace, KeptDuel, memoryPlace, type KeptStep, type Place } from './kept-duel.js'

/*
 * A kept engine does what the naive model does, whatever becomes of its process.
 *
 * 1. closed and opened again it goes on as the model, which never was: same state, numbers and revisions
 * 2. killed anywhere, it comes back as the model was after one of its steps, and none that was durable is missing
 * 3. snapshots, taken when asked for and by themselves, and journals cut behind them, make no difference
 */

const places: Readonly<Record<string, () => Place>> = { memory: memoryPlace, files: filePlace }

/** Anything that happens to an engine, and to its process. */
function keptScripts(stage: Stage): fc.Arbitrary<readonly KeptStep[]> {
  const between = fc.option(
    fc.oneof<fc.MaybeWeightedArbitrary<KeptStep>[]>(
      { weight: 4, arbitrary: fc.record({ do: fc.constant('wait' as const), turns: fc.nat({ max: 60 }) }) },
      { weight: 2, arbitrary: fc.constant({ do: 'snapshot' }) },
      { weight: 2, arbitrary: fc.constant({ do: 'reopen' }) },
      { weight: 3, arbitrary: fc.record({ do: fc.constant('kill' as const), seed: fc.nat() }) },
    ),
    { nil: undefined },
  )
  return scripts(worldOf(stage), { maxLength: 20 }).chain((script: readonly ScriptStep[]) =>
    fc
      .array(between, { minLength: script.length, maxLength: script.length })
      .map((all) => script.flatMap((step, place): readonly KeptStep[] => [step, ...[all[place] ?? []].flat()])),
  )
}

describe.each(Object.keys(places))('an engine kept in %s and the naive model agree', (name) => {
  it('whatever is done to it and to its process', async () => {
    const games = onAnyStage((stage) =>
      fc.tuple(keptScripts(stage), fc.array(listenerScripts(worldOf(stage)), { maxLength: 2 })),
    )
    const property = fc.asyncProperty(games, async ([stage, [script, listeners]]) => {
      const duel = await KeptDuel.begin(stage, (places[name] as () => Place)(), listeners)
      for (const step of script) await duel.step(step)
      await duel.end()
    })
    await fc.assert(property, { numRuns: runs(60) })
  })
})
