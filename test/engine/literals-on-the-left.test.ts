import { createEngine, type Engine, type Rule } from 'coterie'
import { describe, expect, it } from 'vitest'
import { day, membersOf, plainlyMatching } from './scene.js'

/*
 * Rules whose left side is written out: nobody would write them by hand, but a program that makes rules may. The index has
 * nothing to hang them on, and they are about no contact at all, or about one by their right side.
 */

const score = { get: 'attribute', name: 'score' } as const
const plan = { get: 'attribute', name: 'plan' } as const

const rules: readonly Rule[] = [
  { op: 'greaterThan', left: 5, right: score },
  { op: 'equals', left: 'a', right: plan },
  { op: 'equals', left: 5, right: 5 },
  { op: 'exists', left: 5 },
  { op: 'missing', left: 5 },
  { op: 'in', left: 'a', right: [plan, 'b'] },
  { op: 'between', left: 5, low: score, high: 10 },
  { op: 'startsWith', left: 'abc', right: plan },
  { op: 'inLast', left: { instant: 0 }, duration: '1d', timeZone: 'UTC' },
  { op: 'moreThanAgo', left: { instant: 0 }, duration: '1d', timeZone: 'UTC' },
  { op: 'before', left: { instant: 0 }, right: { get: 'attribute', name: 'since' }, timeZone: 'UTC' },
]

function isRight(engine: Engine, rule: Rule, id: string): void {
  const expected = plainlyMatching(engine, rule)
  expect(membersOf(engine, id)).toEqual(expected)
  expect(engine.contacts.find(rule)).toEqual(expected)
}

describe('a literal on the left', () => {
  it.each(rules.map((rule) => [JSON.stringify(rule), rule] as const))('%s', (_, rule) => {
    const engine = createEngine({ now: 1_000 })
    for (let n = 0; n < 12; n += 1)
      engine.contacts.put({
        id: `c${n}`,
        attributes: {
          ...(n % 3 === 0 ? undefined : { score: n }),
          plan: ['a', 'b', 'ab'][n % 3] ?? 'a',
          ...(n % 2 === 0 ? undefined : { since: new Date(n - 4) }),
        },
      })
    engine.segments.define({ id: 's', rule })
    isRight(engine, rule, 's')
    for (let n = 0; n < 12; n += 1)
      engine.contacts.patch(`c${n}`, {
        score: 12 - n,
        plan: n % 2 === 0 ? null : 'a',
        since: n % 3 === 0 ? null : new Date(n),
      })
    isRight(engine, rule, 's')
    for (const now of [day - 1, day, day + 1, 3 * day]) {
      engine.advanceTo(now)
      isRight(engine, rule, 's')
    }
  })
})
