import { createEngine, type Transition } from 'coterie'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { durationOf, type DurationText } from '../../src/base/duration.js'
import { verifyNow } from '../../src/population/verify.js'
import { dampedScripts } from '../arbitraries/damped.js'
import { rules } from '../arbitraries/rules.js'
import { scripts, type ScriptStep } from '../arbitraries/scripts.js'
import { onAnyStage, stages } from '../arbitraries/stages.js'
import { runs } from '../runs.js'
import { doStep, engineIn, membersOf, play, targetOf, transitionsOf, worldOf } from './playing.js'

/*
 * Damped segments whose definitions stay as they are, under any changes of contacts and any clock.
 *
 * 1. Between an entry and the exit after it at least `minimumStay` has passed, unless the contact was taken away; between an exit and the
 *    entry after it at least `coolDown`.
 * 2. At every instant who is inside may stay or entered lately, and who is outside may not enter or left lately.
 * 3. With nothing that damps it, a damped segment has the members of a dynamic one.
 * 4. One advance comes to the same as many, also through segments that refer to each other.
 * 5. `nextChangeAt` is exact to the millisecond, through entries and exits to come.
 */

const games = fc.tuple(fc.constantFrom(...stages), dampedScripts({ isDefinedOnce: true }))

function msOf(text: DurationText | undefined): number {
  const duration = text === undefined ? undefined : durationOf(text)
  return duration?.kind === 'exact' ? duration.ms : 0
}

/** The id of the contact that a step takes away. */
function takenBy(step: ScriptStep): unknown {
  if (step.do !== 'apply') return undefined
  const { change } = step
  return change.type === 'contact.remove' ? change.contact : change.type === 'contact.merge' ? change.from : undefined
}

describe('1. damping', () => {
  it('keeps moves apart', () => {
    let apart = 0
    const property = fc.property(games, ([stage, script]) => {
      const engine = engineIn(stage)
      const transitions = transitionsOf(engine)
      const last = new Map<string, Transition>()
      let heard = 0
      for (const step of script) {
        const isDone = doStep(engine, step)
        for (const transition of transitions.slice(heard)) {
          const { segmentId, contactId, type, at, cause } = transition
          const key = JSON.stringify([segmentId, contactId])
          const before = last.get(key)
          last.set(key, transition)
          // Who is taken away leaves at once.
          const isTaken =
            type === 'exit' && (cause.change?.type === 'contact.remove' || cause.change?.type === 'contact.merge')
          if (before === undefined || isTaken) continue
          const { minimumStay, coolDown } = engine.segments.get(segmentId)?.damping ?? {}
          expect(at - before.at).toBeGreaterThanOrEqual(msOf(type === 'exit' ? minimumStay : coolDown))
          apart += 1
        }
        heard = transitions.length
        // It is another contact when it is put again, also where it was in no segment when it went.
        const gone = isDone ? takenBy(step) : undefined
        for (const key of [...last.keys()]) if ((JSON.parse(key) as string[])[1] === gone) last.delete(key)
      }
    })
    fc.assert(property, { numRuns: runs(150) })
    expect(apart).toBeGreaterThan(runs(150) / 8)
  })
})

describe('2. verify', () => {
  it('finds nothing, at any instant', () => {
    const property = fc.property(games, ([stage, script]) => {
      const engine = engineIn(stage)
      for (const step of script) {
        doStep(engine, step)
        expect(verifyNow(engine, { clock: true }).deviations).toEqual([])
      }
    })
    fc.assert(property, { numRuns: runs(100) })
  })
})

describe('3. with nothing that damps it', () => {
  it('a damped segment is a dynamic one', () => {
    const property = fc.property(
      onAnyStage((stage) => fc.tuple(rules(worldOf(stage)), scripts(worldOf(stage)))),
      ([stage, [rule, script]]) => {
        const engine = engineIn(stage)
        engine.segments.define({ id: 'plain', rule })
        engine.segments.define({ id: 'damped', kind: 'damped', rule })
        engine.segments.define({ id: 'held', rule, stay: rule, minimumStay: '0ms', coolDown: '0ms' })
        for (const step of script) {
          doStep(engine, step)
          if (engine.segments.get('plain') === undefined) return
          expect(membersOf(engine, 'damped')).toEqual(membersOf(engine, 'plain'))
          expect(membersOf(engine, 'held')).toEqual(membersOf(engine, 'plain'))
        }
      },
    )
    fc.assert(property, { numRuns: runs(100) })
  })
})

describe('4. one advance', () => {
  it('comes to the same as many', () => {
    const property = fc.property(games, ([stage, script]) => {
      const [whole, parts] = [engineIn(stage), engineIn(stage)]
      const [one, many] = [transitionsOf(whole), transitionsOf(parts)]
      for (const step of script) {
        if (step.do === 'apply' || step.do === 'batch') {
          expect(doStep(whole, step)).toBe(doStep(parts, step))
          continue
        }
        const target = targetOf(whole, step)
        const from = parts.now
        for (let place = 1; place <= 50; place += 1) parts.advanceTo(Math.floor(from + ((target - from) * place) / 50))
        whole.advanceTo(target)
      }
      expect(many).toEqual(one)
      expect(parts.nextDueAt()).toBe(whole.nextDueAt())
    })
    fc.assert(property, { numRuns: runs(100) })
  })
})

describe('5. nextChangeAt', () => {
  it('is the very instant at which a membership flips', () => {
    const property = fc.property(games, fc.constantFrom('s', 't'), ([stage, script], segment) => {
      const engine = engineIn(stage)
      play(engine, script)
      if (!engine.contacts.has('ada')) return
      for (let round = 0; round < 6; round += 1) {
        const before = engine.segments.has(segment, 'ada')
        const next = engine.segments.nextChangeAt(segment, 'ada')
        if (!('at' in next)) {
          const transitions = transitionsOf(engine)
          engine.advanceTo(engine.now + 400 * 86_400_000)
          expect(
            transitions.filter(({ contactId, segmentId }) => contactId === 'ada' && segmentId === segment),
          ).toEqual([])
          return
        }
        engine.advanceTo(next.at - 1)
        expect(engine.segments.has(segment, 'ada')).toBe(before)
        engine.advanceTo(next.at)
        expect(engine.segments.has(segment, 'ada')).toBe(!before)
      }
    })
    fc.assert(property, { numRuns: runs(150) })
  })
})

describe('a pulse', () => {
  it('of a rule that flaps is one visit', () => {
    const engine = createEngine({ now: 0 })
    const handle = engine.segments.define({
      id: 's',
      rule: { op: 'hasTag', tag: 'x' },
      minimumStay: '1h',
      coolDown: '1h',
    })
    engine.contacts.put({ id: 'ada' })
    const transitions = transitionsOf(engine)
    for (let minute = 0; minute < 59; minute += 1) {
      engine.advanceTo(minute * 60_000)
      if (minute % 2 === 0) engine.tags.add('ada', 'x')
      else engine.tags.remove('ada', 'x')
    }
    expect(transitions.map(({ type }) => type)).toEqual(['enter'])
    expect(handle.has('ada')).toBe(true)
  })
})
