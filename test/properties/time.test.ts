import { timeline, type Rule } from 'coterie'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { segmentIds } from '../arbitraries/changes.js'
import { fullSchema } from '../arbitraries/schemas.js'
import { scripts } from '../arbitraries/scripts.js'
import { onAnyStage } from '../arbitraries/stages.js'
import { runs } from '../runs.js'
import { doStep, engineIn, membershipOf, play, targetOf, transitionsOf, withoutRevision, worldOf } from './playing.js'

/*
 * 1. Nothing moves before `nextDueAt`, and it lies after now.
 * 2. `nextChangeAt` is exact to the millisecond: the membership is as it was one before, and flips at it. Where it says
 *    never, or not before, nothing flips.
 * 3. `timeline` tells the transitions of a contact that only the clock moves.
 * 4. Transitions by time say which instant fell due, and are told at it.
 * 5. An engine that follows the host's clock is one that is advanced by hand before every change.
 */

const games = onAnyStage((stage) => scripts(worldOf(stage), { maxLength: 8 }))
const day = 86_400_000

describe('1. nextDueAt', () => {
  it('comes before whatever time moves', () => {
    const property = fc.property(games, ([stage, script]) => {
      const engine = engineIn(stage)
      play(engine, script)
      const transitions = transitionsOf(engine)
      for (let round = 0; round < 20; round += 1) {
        const due = engine.nextDueAt()
        if (due === undefined || due > engine.now + 40 * day) break
        expect(due).toBeGreaterThan(engine.now)
        const count = transitions.length
        engine.advanceTo(due - 1)
        expect(transitions.length).toBe(count)
        engine.advanceTo(due)
        expect(engine.now).toBe(due)
      }
    })
    fc.assert(property, { numRuns: runs(100) })
  })
})

describe('2. nextChangeAt', () => {
  it('is the very instant at which the membership flips', () => {
    const property = fc.property(
      games,
      fc.constantFrom(...segmentIds),
      fc.nat(2),
      ([stage, script], segment, place) => {
        const engine = engineIn(stage)
        play(engine, script)
        const contact = engine.contacts.ids()[place]
        if (contact === undefined || engine.segments.get(segment) === undefined) return
        const is = (): boolean => engine.segments.has(segment, contact)
        for (let round = 0; round < 4; round += 1) {
          const before = is()
          const next = engine.nextChangeAt(segment, contact, { horizon: 400 * day })
          if ('at' in next) {
            expect(next.at).toBeGreaterThan(engine.now)
            engine.advanceTo(next.at - 1)
            expect(is()).toBe(before)
            engine.advanceTo(next.at)
            expect(is()).toBe(!before)
          } else {
            if ('notBefore' in next) expect(next.notBefore).toBe(engine.now + 400 * day)
            const transitions = transitionsOf(engine)
            engine.advanceTo(engine.now + 400 * day)
            expect(
              transitions.filter(({ segmentId, contactId }) => segmentId === segment && contactId === contact),
            ).toEqual([])
            break
          }
        }
      },
    )
    fc.assert(property, { numRuns: runs(100) })
  })
})

describe('3. timeline', () => {
  it('tells the transitions that the clock makes', () => {
    const property = fc.property(games, fc.nat(2), ([stage, script], place) => {
      const engine = engineIn(stage)
      play(engine, script)
      const id = engine.contacts.ids()[place]
      const contact = id === undefined ? undefined : engine.contacts.get(id)
      if (contact === undefined) return
      const dynamic = engine.segments.ids().filter((segment) => engine.segments.get(segment)?.kind === 'dynamic')
      const rulesById = Object.fromEntries(dynamic.map((segment) => [segment, engine.segments.get(segment)?.rule]))
      // A timeline knows segments by their rules only: those that refer to others are left out.
      const plain = dynamic.filter((segment) => refersOnlyTo(rulesById[segment], dynamic, rulesById))
      const from = engine.now
      const to = from + 40 * day
      const held = membershipOf(engine)
      const transitions = transitionsOf(engine)
      engine.advanceTo(to)
      const options = { from, to, timeZone: stage.timeZone, schema: fullSchema.schema }
      for (const segment of plain) {
        const { rule } = { rule: rulesById[segment] }
        if (rule === undefined) continue
        const segments = Object.fromEntries(plain.flatMap((other) => [[other, rulesById[other] ?? rule] as const]))
        const told = transitions.filter(({ segmentId, contactId }) => segmentId === segment && contactId === contact.id)
        expect(timeline(rule, contact, { ...options, segments })).toEqual([
          { at: from, holds: held[segment]?.includes(contact.id) },
          ...told.map(({ at, type }) => ({ at, holds: type === 'enter' })),
        ])
      }
    })
    fc.assert(property, { numRuns: runs(100) })
  })
})

describe('4. causes', () => {
  it('of time say what fell due', () => {
    const property = fc.property(games, ([stage, script]) => {
      const engine = engineIn(stage)
      const transitions = transitionsOf(engine)
      for (const step of script) {
        const count = transitions.length
        const { now } = engine
        const target = 'change' in step || 'changes' in step ? undefined : targetOf(engine, step)
        doStep(engine, step)
        for (const { at, cause } of transitions.slice(count)) {
          const byTime = target !== undefined
          expect(cause.kind === 'time').toBe(byTime || (step.do === 'apply' && step.change.type === 'clock.advance'))
          expect(cause.dueAt).toBe(cause.kind === 'time' ? at : undefined)
          if (target !== undefined) {
            expect(at).toBeGreaterThan(now)
            expect(at).toBeLessThanOrEqual(target)
          }
        }
      }
    })
    fc.assert(property, { numRuns: runs(60) })
  })
})

describe("5. the host's clock", () => {
  it('is followed before every change', () => {
    const property = fc.property(games, ([stage, script]) => {
      let time = engineIn(stage).now
      const [following, led] = [engineIn(stage, { clock: () => time, maxAhead: 'any' }), engineIn(stage)]
      const [told, toldLed] = [transitionsOf(following), transitionsOf(led)]
      for (const step of script) {
        if (step.do === 'advance') time += step.by
        if (step.do === 'advanceToDue') time = Math.max(time, targetOf(led, step))
        if (step.do !== 'apply' && step.do !== 'batch') continue
        led.advanceTo(time)
        expect(doStep(following, step)).toBe(doStep(led, step))
        // A change that moves the clock ahead of the host's leaves it there.
        time = Math.max(time, led.now)
      }
      following.advanceTo(time)
      led.advanceTo(time)
      expect(told.map(withoutRevision)).toEqual(toldLed.map(withoutRevision))
      expect(membershipOf(following)).toEqual(membershipOf(led))
    })
    fc.assert(property, { numRuns: runs(60) })
  })
})

/** Whether a rule refers, itself or through others, only to segments that have a rule. */
function refersOnlyTo(
  rule: Rule | undefined,
  known: readonly string[],
  all: Readonly<Record<string, Rule | undefined>>,
): boolean {
  if (rule === undefined) return false
  if (rule.op === 'inSegment') return known.includes(rule.segment) && refersOnlyTo(all[rule.segment], known, all)
  const inner = 'rules' in rule ? rule.rules : 'rule' in rule ? [rule.rule] : []
  return inner.every((one) => refersOnlyTo(one, known, all))
}
