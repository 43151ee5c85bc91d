import { attribute, createEngine, verify, type Engine } from 'coterie'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { verifyNow } from '../../src/population/verify.js'
import { scripts } from '../arbitraries/scripts.js'
import { onAnyStage } from '../arbitraries/stages.js'
import { doStep, engineIn, worldOf } from '../properties/playing.js'
import { runs } from '../runs.js'

const start = Date.parse('2026-01-01T00:00:00Z')

function engineOfFive(): Engine {
  const engine = createEngine({ now: start })
  engine.segments.define({ id: 'big', rule: attribute('spent').atLeast(3) })
  engine.segments.define({ id: 'new', rule: attribute('since').inLast('7d') })
  for (let spent = 0; spent < 5; spent++)
    engine.contacts.put({ id: `c${String(spent)}`, attributes: { spent, since: new Date(start - spent * 86_400_000) } })
  return engine
}

interface Answers {
  readonly [method: string]: (...asked: never[]) => unknown
}

/** An engine that answers some questions otherwise. */
function lying(engine: Engine, lies: Answers, ofSegments: Answers = {}): Engine {
  const answering = <T extends object>(subject: T, answers: Answers): T =>
    new Proxy(subject, {
      get: (target, name) => {
        const value: unknown = answers[String(name)] ?? Reflect.get(target, name, target)
        return typeof value === 'function' ? (value.bind(target) as unknown) : value
      },
    })
  const segments = answering(engine.segments, ofSegments)
  return new Proxy(answering(engine, lies), {
    get: (target, name) => (name === 'segments' ? segments : (Reflect.get(target, name) as unknown)),
  })
}

describe('verifying', () => {
  it('finds nothing whatever was done to an engine', () => {
    const property = fc.property(
      onAnyStage((stage) => scripts(worldOf(stage))),
      ([stage, script]) => {
        const engine = engineIn(stage)
        for (const step of script) {
          doStep(engine, step)
          expect(verifyNow(engine, { clock: true }).deviations).toEqual([])
        }
      },
    )
    fc.assert(property, { numRuns: runs(60) })
  })

  it('says how much it asked', async () => {
    expect(await verify(engineOfFive())).toEqual({ sound: true, contacts: 5, segments: 2, deviations: [] })
  })

  it('finds a member that is none, and where to stop', async () => {
    const engine = lying(engineOfFive(), {}, { has: (segment: string) => segment === 'big' })
    const { sound, deviations } = await verify(engine)
    expect(sound).toBe(false)
    expect(deviations.slice(0, 2)).toEqual([
      { kind: 'membership', segmentId: 'big', contactId: 'c0', member: true, expected: false },
      { kind: 'membership', segmentId: 'new', contactId: 'c0', member: false, expected: true },
    ])
    expect((await verify(engine, { most: 1 })).deviations).toHaveLength(1)
  })

  it('finds an edge of a window of which the clock does not know', async () => {
    const engine = lying(engineOfFive(), { nextDueAt: () => undefined })
    expect((await verify(engine)).sound).toBe(true)
    const { deviations } = await verify(engine, { clock: true, most: 1 })
    expect(deviations).toMatchObject([{ kind: 'clock', segmentId: 'new', contactId: 'c0', at: start + 7 * 86_400_000 }])
  })

  it('finds a number of members that is wrong', async () => {
    const engine = engineOfFive()
    const get = (id: string): unknown => ({ rule: undefined, kind: 'static', count: 9, members: () => [id] })
    const { deviations } = await verify(lying(engine, {}, { get, has: () => false }))
    expect(deviations).toContainEqual({ kind: 'count', segmentId: 'big', count: 9, expected: 0 })
  })

  it('goes in slices between which the engine can change, and can be ended', async () => {
    const engine = engineOfFive()
    const heard: number[] = []
    const onProgress = ({ asked }: { readonly asked: number }): void => void heard.push(asked)
    const changing = async (): Promise<void> => {
      if (engine.contacts.has('c4')) engine.contacts.remove('c4')
      engine.contacts.patch('c1', { spent: 9 })
    }
    const verification = await verify(engine, { slice: 2, pause: changing, onProgress })
    // The list of contacts is that of the beginning.
    expect(verification).toEqual({ sound: true, contacts: 4, segments: 2, deviations: [] })
    expect(heard).toEqual([2, 4, 5])
    await expect(verify(engine, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough')
    await expect(verify(engine, { slice: 0 })).rejects.toMatchObject({ code: 'OPTION_INVALID' })
  })
})
