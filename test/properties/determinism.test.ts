import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cuts } from '../arbitraries/clocks.js'
import { gridStep } from '../arbitraries/instants.js'
import { listenerScripts } from '../arbitraries/listeners.js'
import { scripts, setups } from '../arbitraries/scripts.js'
import { onAnyStage } from '../arbitraries/stages.js'
import { runs } from '../runs.js'
import { engineIn, listen, play, stateOf, tagEventsOf, transitionsOf, withoutRevision, worldOf } from './playing.js'

/*
 * 1. The same changes give the same transitions, down to causes and revisions.
 * 2. One big advance equals many small ones, what listeners change included.
 */

describe('1. the same changes', () => {
  it('give the same transitions', () => {
    const games = onAnyStage((stage) => {
      const listeners = fc.array(listenerScripts(worldOf(stage)), { maxLength: 2 })
      return fc.tuple(scripts(worldOf(stage)), listeners)
    })
    const property = fc.property(games, ([stage, [script, listeners]]) => {
      const [one, other] = [1, 2].map(() => {
        const engine = engineIn(stage, { cascadeLimit: 10 })
        const [transitions, tagEvents] = [transitionsOf(engine), tagEventsOf(engine)]
        listen(engine, listeners)
        play(engine, script)
        return { transitions, tagEvents, state: stateOf(engine), statistics: engine.statistics() }
      })
      expect(other).toEqual(one)
    })
    fc.assert(property, { numRuns: runs(50) })
  })
})

describe('2. advances', () => {
  it('one big one equals many small ones', () => {
    const length = 3 * 86_400_000
    const games = onAnyStage((stage) => {
      const world = worldOf(stage)
      return fc.record({
        setup: setups(world),
        listeners: fc.array(listenerScripts(world), { maxLength: 3 }),
        places: cuts(length),
      })
    })
    const property = fc.property(games, ([stage, { setup, listeners, places }]) => {
      const steps = Array.from({ length: length / gridStep }, (_, place) => (place + 1) * gridStep)
      const [whole, cut, fine] = [[length], places, steps].map((distances) => {
        const engine = engineIn(stage, { cascadeLimit: 10 })
        play(engine, setup)
        const transitions = transitionsOf(engine)
        listen(engine, listeners)
        const start = engine.now
        for (const distance of distances) engine.advanceTo(start + distance)
        const { revision, ...state } = stateOf(engine) as { readonly revision: number }
        return { transitions: transitions.map(withoutRevision), state, isCounted: revision > 0 }
      })
      expect(cut).toEqual(whole)
      expect(fine).toEqual(whole)
    })
    fc.assert(property, { numRuns: runs(100) })
  })
})
