import { attribute, isCoterieError, memoryStorage, openEngine, type Transition } from 'coterie'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scripts } from '../arbitraries/scripts.js'
import { onAnyStage } from '../arbitraries/stages.js'
import { doStep, membershipOf, transitionsOf, worldOf } from '../properties/playing.js'
import { runs } from '../runs.js'
import { openIn } from './stored.js'

/*
 * 1. The members of a segment at an instant are those that it had after all that happened at that instant.
 * 2. The transitions between two instants are those that were told then.
 * 3. So it is when snapshots were taken, and the engine was opened again.
 * 4. Where the journal was dropped, it is refused, and never answered wrongly.
 */

describe('the past', () => {
  it('is as it was', async () => {
    const games = onAnyStage((stage) =>
      fc.record({
        script: scripts(worldOf(stage), { maxLength: 30 }),
        reopens: fc.nat({ max: 36 }),
        snapshots: fc.nat({ max: 36 }),
        from: fc.double({ min: 0, max: 1, noNaN: true }),
        to: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
    )
    const property = fc.asyncProperty(games, async ([stage, { script, reopens, snapshots, from, to }]) => {
      const storage = memoryStorage()
      let engine = await openIn(stage, storage, { keep: 'all' })
      const start = engine.now
      const told: Transition[] = []
      let heard = transitionsOf(engine)
      /** By instant: the members of each segment after the last thing that happened at it. */
      const seen = new Map<number, ReturnType<typeof membershipOf>>([[engine.now - 1, {}]])
      for (const [place, step] of script.entries()) {
        if (place === snapshots) await engine.snapshot()
        if (place === reopens) {
          told.push(...heard)
          await engine.close()
          engine = await openIn(stage, storage, { keep: 'all' })
          heard = transitionsOf(engine)
        }
        doStep(engine, step)
        seen.set(engine.now, membershipOf(engine))
      }
      told.push(...heard)
      for (const [at, members] of seen) {
        for (const id of ['s', 't', 'u', 'v']) {
          expect([...(await engine.membersAt(id, at))].sort()).toEqual([...(members[id] ?? [])].sort())
        }
      }
      const length = engine.now - start + 1
      const bounds = [start + Math.floor(from * length), start + Math.floor(to * length)] as const
      const between: Transition[] = []
      for await (const transition of engine.transitionsBetween(...bounds)) between.push(transition)
      expect(between).toEqual(told.filter(({ at }) => at >= bounds[0] && at < bounds[1]))
      await engine.close()
    })
    await fc.assert(property, { numRuns: runs(40) })
  })

  it('is refused where it is gone, and else as it was', async () => {
    const engine = await openEngine({ now: 0, keep: '10s' })
    engine.segments.define({ id: 'odd', rule: attribute('n').equals(1) })
    const odd = (at: number): boolean => Math.floor(at / 1_000) % 2 === 1
    for (let second = 0; second <= 100; second += 1) {
      engine.advanceTo(second * 1_000)
      engine.contacts.put({ id: 'ada', attributes: { n: second % 2 } })
      if (second % 5 === 0) await engine.snapshot()
    }
    let gone = 0
    for (let at = 0; at <= 100_000; at += 500) {
      try {
        expect(await engine.membersAt('odd', at)).toEqual(odd(at) ? ['ada'] : [])
      } catch (error) {
        if (!isCoterieError(error)) throw error
        expect(error.code).toBe('HISTORY_GONE')
        gone += 1
      }
    }
    expect(gone).toBeGreaterThan(100)
    // What is to be kept is there.
    expect(await engine.membersAt('odd', 91_000)).toEqual(['ada'])
    await engine.close()
  })
})
