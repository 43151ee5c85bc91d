import { attribute, hasTag, isCoterieError, not, type CoterieError, type Engine } from 'coterie'
import { expect } from 'vitest'
import { day, newEngine, start } from './scene.js'

/** An engine with a few contacts and segments of each kind, in the middle of things. */
export function hostileEngine(): Engine {
  const engine = newEngine()
  for (const [id, plan] of [
    ['ada', 'pro'],
    ['bob', 'free'],
    ['cyd', 'pro'],
    ['dan', 'free'],
  ] as const) {
    engine.contacts.put({ id, attributes: { plan, seen: new Date(start - day), score: plan.length } })
  }
  engine.contacts.identify('bob', { channel: 'telegram', id: '1' })
  engine.tags.add(['ada', 'cyd'], ['vip', 'new'])
  engine.segments.define({ id: 'vip', rule: hasTag('vip') })
  engine.segments.define({ id: 'recent', rule: attribute('seen').inLast('7d') })
  engine.segments.define({ id: 'mixed', kind: 'hybrid', rule: not(hasTag('new')) })
  engine.segments.define({ id: 'hand', contacts: ['ada', 'dan'] })
  engine.members.exclude('mixed', 'bob', { until: start + 2 * day })
  return engine
}

/** What can be told of an engine's state at little cost. */
export function digestOf(engine: Engine): string {
  return JSON.stringify([engine.now, engine.revision, engine.nextDueAt(), engine.statistics()])
}

/** The refusal of a call, or undefined where it went well. Any error but the library's own fails the test. */
export function refusalOf(call: () => unknown, what: () => string): CoterieError | undefined {
  try {
    call()
    return undefined
  } catch (error) {
    if (isCoterieError(error)) return error
    throw new Error(`${what()} threw ${String(error)}`, { cause: error })
  }
}

/** The names of all that the prototypes everything inherits from have: a test compares them before and after. */
export function prototypeNames(): readonly string[] {
  const prototypes = [
    Object.prototype,
    Array.prototype,
    Function.prototype,
    String.prototype,
    Map.prototype,
    Promise.prototype,
  ]
  return prototypes.flatMap((prototype) => Reflect.ownKeys(prototype).map(String))
}

/** Checks that the engine does what it should after all that was done to it. */
export function expectSound(engine: Engine): void {
  const id = 'somebody of whom nobody has heard'
  engine.contacts.put({ id, attributes: { plan: 'pro' } })
  const tag = 'a tag that nobody has'
  const segment = engine.segments.define({ id: 'a segment that was never there', rule: hasTag(tag) })
  expect(engine.tags.add(id, tag).transitions.map(({ segmentId }) => segmentId)).toContain(segment.id)
  expect(segment.count).toBe(1)
}
