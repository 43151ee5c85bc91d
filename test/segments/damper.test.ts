import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DueQueue } from '../../src/base/due-queue.js'
import type { Rule } from '../../src/rules/ast.js'
import { Damper, type DampedEnd } from '../../src/segments/damper.js'
import {
  dampingAfter,
  dampingOf,
  givesDamping,
  heldUntil,
  isDampedMember,
  movesFrom,
  sameDamping,
  watchedRule,
} from '../../src/segments/damping.js'
import { runs } from '../runs.js'

/*
 * 1. A damper knows when each contact last moved, until it is forgotten, also after it was saved.
 * 2. Who waits stands in the queue once, until then or until it moves or need not wait any more.
 * 3. A contact moves when the rules would move it and its stay or cooling down is over, at that instant and not before.
 */

const ordinal = fc.nat(3)
const instant = fc.nat(20)
const step = fc.oneof(
  fc.record({ do: fc.constant('moved' as const), ordinal, at: instant }),
  fc.record({ do: fc.constant('wait' as const), ordinal, at: fc.option(instant, { nil: undefined }) }),
  fc.record({ do: fc.constant('forget' as const), ordinal }),
  fc.record({ do: fc.constantFrom('stop' as const, 'reopen' as const) }),
)

describe('a damper', () => {
  it('knows who moved when, and who waits (1, 2)', () => {
    const property = fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const ends = new DueQueue<DampedEnd<string>>()
      let damper = new Damper('hot', ends)
      const moved = new Map<number, number>()
      const waits = new Map<number, number>()
      for (const one of steps) {
        if (one.do === 'moved') {
          damper.moved(one.ordinal, one.at)
          moved.set(one.ordinal, one.at)
          waits.delete(one.ordinal)
        } else if (one.do === 'wait') {
          damper.wait(one.ordinal, one.at)
          if (one.at === undefined) waits.delete(one.ordinal)
          else waits.set(one.ordinal, one.at)
        } else if (one.do === 'forget') {
          damper.forget(one.ordinal)
          moved.delete(one.ordinal)
          waits.delete(one.ordinal)
        } else {
          damper.stopWaiting()
          waits.clear()
          if (one.do === 'reopen') {
            const later = new Damper('hot', ends)
            later.load(damper.save())
            damper = later
          }
        }
        for (let each = 0; each <= 3; each += 1) expect(damper.movedAt(each)).toBe(moved.get(each))
        expect([...damper.waiting()].sort()).toEqual([...waits.keys()].sort())
        expect([ends.size, ends.nextAt]).toEqual([
          waits.size,
          waits.size === 0 ? undefined : Math.min(...waits.values()),
        ])
        for (const after of [0, 5, 10]) {
          const wanted = [...moved].filter(([, at]) => at > after).map(([each]) => each)
          expect([...damper.movedAfter(after)].sort()).toEqual(wanted.sort())
        }
      }
      const due = [...ends.takeDue(10)].map(({ segment, ordinal: who }) => [segment, who])
      const wanted = [...waits].filter(([, at]) => at <= 10).sort(([, a], [, b]) => a - b)
      expect(due.sort()).toEqual(wanted.map(([who]) => ['hot', who]).sort())
    })
    fc.assert(property, { numRuns: runs(200) })
  })
})

describe('a damping', () => {
  const damping = dampingOf({ minimumStay: '10ms', coolDown: '20ms' })

  it('is in milliseconds, and nothing where it says nothing', () => {
    expect(damping).toEqual({ written: { minimumStay: '10ms', coolDown: '20ms' }, minimumStay: 10, coolDown: 20 })
    expect(dampingOf({})).toEqual({ written: {}, minimumStay: 0, coolDown: 0 })
  })

  it('moves a contact when its time is over (3)', () => {
    const standing = (inside: boolean, movedAt: number | undefined, rule: boolean, stay: boolean) => ({
      inside,
      movedAt,
      rule: () => rule,
      stay: () => stay,
    })
    for (const [inside, rule, stay, moves] of [
      [true, true, true, false],
      [true, false, true, false],
      [true, true, false, true],
      [true, false, false, true],
      [false, true, true, true],
      [false, true, false, false],
      [false, false, true, false],
      [false, false, false, false],
    ] as const) {
      const [at, never] = [standing(inside, 100, rule, stay), standing(inside, undefined, rule, stay)]
      const until = inside ? 110 : 120
      expect(movesFrom(damping, at)).toBe(moves ? until : undefined)
      expect(movesFrom(damping, never)).toBe(moves ? -Infinity : undefined)
      expect(heldUntil(damping, at)).toBe(until)
      expect([until - 1, until, until + 1].map((now) => isDampedMember(damping, at, now))).toEqual([
        inside,
        moves ? !inside : inside,
        moves ? !inside : inside,
      ])
      expect(isDampedMember(damping, never, 0)).toBe(moves ? !inside : inside)
    }
  })

  it('keeps what a definition leaves out, and null takes a part away', () => {
    const before = { minimumStay: '1d', coolDown: '2d' } as const
    expect(dampingAfter(before, {})).toEqual(before)
    expect(dampingAfter(before, { minimumStay: null })).toEqual({ coolDown: '2d' })
    expect(dampingAfter(before, { coolDown: '3d', stay: { op: 'everyone' } })).toEqual({
      minimumStay: '1d',
      coolDown: '3d',
      stay: { op: 'everyone' },
    })
    expect(Object.isFrozen(dampingAfter(before, {}))).toBe(true)
    expect(
      [{}, { minimumStay: null }, { minimumStay: '1d' }, { stay: 5 }, { coolDown: null, stay: 5 }].map(givesDamping),
    ).toEqual([false, false, true, true, true])
  })

  it('is the same where it means the same', () => {
    const stay: Rule = { op: 'hasTag', tag: 'vip' }
    expect(sameDamping()).toBe(true)
    expect(sameDamping({ stay }, { stay: { ...stay } })).toBe(true)
    expect(sameDamping({ stay, minimumStay: '1d' }, { stay, minimumStay: '1d' })).toBe(true)
    for (const [a, b] of [
      [{ stay }, {}],
      [{ stay }, { stay: { op: 'everyone' } }],
      [{ minimumStay: '1d' }, {}],
      [{ minimumStay: '1d' }, { minimumStay: '2d' }],
      [{ coolDown: '1d' }, { coolDown: '2d' }],
    ] as const) {
      expect([sameDamping(a, b), sameDamping(b, a)]).toEqual([false, false])
    }
  })

  it('watches the leaves of both rules', () => {
    const [rule, stay]: Rule[] = [
      { op: 'hasTag', tag: 'vip' },
      { op: 'hasTag', tag: 'late' },
    ]
    expect(watchedRule(rule, undefined)).toBe(rule)
    expect(watchedRule(undefined, stay)).toBeUndefined()
    expect(watchedRule(rule, stay)).toEqual({ op: 'any', rules: [rule, stay] })
  })
})
