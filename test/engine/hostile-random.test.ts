import type { ChangeInput, Engine } from 'coterie'
import { describe, expect, it } from 'vitest'
import { stateOf } from '../properties/playing.js'
import { randomNumbers } from '../rules/mutations.js'
import { runs } from '../runs.js'
import { validChanges, wrongChange } from './hostile-changes.js'
import { digestOf, expectSound, hostileEngine, prototypeNames, refusalOf } from './hostile-engine.js'
import { day, start } from './scene.js'

/*
 * Whatever change comes in, alone or among valid ones in a batch:
 * 1. it is applied, or refused with the library's own error;
 * 2. refused, it has changed nothing and nobody has heard of it;
 * 3. no prototype that others inherit from is touched, and the engine goes on as ever.
 */

/** The engine is made anew after so many, so that it stays small. */
const perEngine = 500

/** The whole state is compared around every so-manieth change. */
const perLook = 100

/** Lets the clock go two years ahead at most: to the end of all dates there are many midnights. */
function isFarAhead(change: unknown): boolean {
  if (typeof change !== 'object' || change === null) return false
  try {
    const { type, to } = change as { readonly type?: unknown; readonly to?: unknown }
    return type === 'clock.advance' && typeof to === 'number' && to > start + 730 * day
  } catch {
    return false
  }
}

function applied(engine: Engine, change: unknown, random: () => number): void {
  if (random() < 0.8) {
    engine.apply(change as ChangeInput)
    return
  }
  const other = (): ChangeInput => validChanges[Math.floor(random() * (validChanges.length - 1))] as ChangeInput
  engine.batch([other(), change as ChangeInput, other()])
}

describe('a hundred thousand wrong changes', () => {
  it('are applied or refused, and refused change nothing', { timeout: 7_200_000 }, () => {
    const random = randomNumbers(Number(process.env['COTERIE_SEED'] ?? 5))
    const prototypes = prototypeNames()
    const count = runs(100_000)
    let engine = hostileEngine()
    let told = 0
    let refused = 0
    for (let i = 0; i < count; i++) {
      if (i % perEngine === 0) {
        if (i > 0) expectSound(engine)
        engine = hostileEngine()
        told = 0
        engine.on('transition', () => {
          told += 1
        })
        engine.on('tag', () => {
          told += 1
        })
      }
      const change = wrongChange(random)
      if (isFarAhead(change)) continue
      const before = digestOf(engine)
      const told0 = told
      const whole = i % perLook === 0 ? stateOf(engine) : undefined
      const error = refusalOf(
        () => applied(engine, change, random),
        () => `the change ${i}`,
      )
      if (error === undefined) continue
      refused += 1
      if (digestOf(engine) !== before || told !== told0) expect.fail(`change ${i} was refused, and changed something`)
      if (whole !== undefined) expect(stateOf(engine)).toEqual(whole)
    }
    expect(refused).toBeGreaterThan(count / 3)
    expect(count - refused).toBeGreaterThan(count / 20)
    expect(prototypeNames()).toEqual(prototypes)
    expect(Reflect.ownKeys({})).toEqual([])
  })
})
