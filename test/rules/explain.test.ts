import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Contact, ContactView } from '../../src/contacts/contact.js'
import { viewOf } from '../../src/contacts/contact-view.js'
import { DAY } from '../../src/base/civil.js'
import { timeZone } from '../../src/base/time-zone.js'
import type { LeafRule, RelativeWindowRule, Rule } from '../../src/rules/ast.js'
import { instantOfDate } from '../../src/rules/dates.js'
import { holds, isNegative, operandValue } from '../../src/rules/evaluate.js'
import { explain, explainRule, explainWithSegments, type Explanation } from '../../src/rules/explain.js'
import { innerRules, isLeaf, operandsOf } from '../../src/rules/rule-walk.js'
import type { Scope } from '../../src/rules/scope.js'
import { standing } from '../../src/rules/timed-parts.js'
import { nextFlip, timedRule } from '../../src/rules/timed.js'
import { isWindowRule } from '../../src/rules/windows.js'
import { runs } from '../runs.js'
import { at, attr, contactOf, ms } from './asking.js'
import { worlds } from './small-rules.js'

/*
 * Laws, at every node of the explanation of a random rule:
 *
 * 1. The truth is that of the plain evaluator, and the path leads to the node's rule.
 * 2. `next` is the next flip of the node alone.
 * 3. The values are those of the operands; a value is in the window just when the leaf, or what it negates, holds.
 * 4. All of it is frozen, plain JSON.
 */

/** All nodes of an explanation, its segments' aside. */
function nodesOf(explanation: Explanation): Explanation[] {
  return [explanation, ...(explanation.rules ?? []).flatMap(nodesOf)]
}

function follow(from: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce((found, step) => (found as Record<string | number, unknown>)[step], from)
}

function expectFrozen(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  expect(Object.isFrozen(value)).toBe(true)
  for (const inner of Object.values(value)) expectFrozen(inner)
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) freeze(inner)
  return Object.freeze(value)
}

const cases = fc.constantFrom(...worlds).chain((world) =>
  fc.record({
    contact: world.contact.map(freeze),
    rule: world.rule(['in', 'out']).map(freeze),
    now: world.instant,
    timeZone: fc.constant(world.scene.timeZone),
  }),
)

interface Case {
  readonly contact: Contact
  readonly rule: Rule
  readonly now: number
  readonly timeZone: string
}

function scopeOf({ contact, now, timeZone }: Case): Scope {
  return { contact: viewOf(contact), now, timeZone, inSegment: (id) => id === 'in' }
}

function checkLeaf(leaf: LeafRule, node: Explanation, scope: Scope, rule: Rule): void {
  const values = operandsOf(leaf).map(({ operand }) => operandValue(operand, scope))
  expect((node.values ?? []).map(({ value }) => value)).toEqual(values)
  expect((node.values ?? []).map((seen) => 'value' in seen)).toEqual(values.map((value) => value !== undefined))
  for (const { path, operand } of node.values ?? []) expect(follow(rule, path)).toBe(operand)
  const hasWindow = 'of' in leaf && leaf.of.window !== undefined
  expect(node.window !== undefined).toBe(isWindowRule(leaf) || leaf.op === 'anniversaryIn' || hasWindow)
  if (!isWindowRule(leaf)) return
  const value = node.values?.[0]?.value
  const instant = value === undefined ? undefined : instantOfDate(value, timeZone(leaf.timeZone ?? scope.timeZone))
  const { from = null, to = null } = node.window ?? {}
  const isInside = instant !== undefined && (from ?? -Infinity) <= instant && instant < (to ?? Infinity)
  expect(node.holds).toBe(isInside !== isNegative(leaf))
}

describe('explainRule', () => {
  it('says of each node what is so', () => {
    const law = (one: Case): void => {
      const scope = scopeOf(one)
      const explanation = explainRule(one.rule, scope)
      for (const node of nodesOf(explanation)) {
        expect(node.rule).toBe(follow(one.rule, node.path))
        expect(node.holds).toBe(holds(node.rule, scope))
        const timed = timedRule(node.rule, scope.contact, scope.timeZone, (id) => standing(scope.inSegment(id)))
        expect(node.next).toEqual(nextFlip(timed, one.now, one.now + 1826 * DAY))
        expect(node.rules?.length ?? 0).toBe(innerRules(node.rule).length)
        if (isLeaf(node.rule)) checkLeaf(node.rule, node, scope, one.rule)
        else expect([node.values, node.window]).toEqual([undefined, undefined])
      }
      expectFrozen(explanation)
      expect(JSON.parse(JSON.stringify(explanation))).toEqual(explanation)
    }
    fc.assert(fc.property(cases, law), { numRuns: runs(200) })
  })

  it('evaluates each node once, however deep it lies', () => {
    let asked = 0
    const contact: ContactView = {
      id: 'ada',
      attribute: () => {
        asked += 1
        return undefined
      },
      tag: () => undefined,
      tags: () => [],
      tagCount: 0,
      events: () => [],
      countEvents: () => 0,
      folded: () => undefined,
      records: () => [],
    }
    const leaf: Rule = { op: 'exists', left: attr('x') }
    const scope: Scope = { contact, now: 0, timeZone: 'UTC', inSegment: () => false }
    explainRule(leaf, scope)
    const once = asked
    asked = 0
    let deep: Rule = leaf
    for (let depth = 0; depth < 60; depth++) deep = { op: 'not', rule: deep }
    explainRule(deep, scope)
    expect(asked).toBe(once)
    asked = 0
    explainRule({ op: 'any', rules: [deep, deep, deep] }, scope)
    expect(asked).toBe(3 * once)
  })

  it('takes memberships in time, and explanations of segments, from whoever asks', () => {
    const rule: Rule = {
      op: 'all',
      rules: [
        { op: 'inSegment', segment: 'a' },
        { op: 'inSegment', segment: 'b' },
      ],
    }
    const scope: Scope = {
      ...scopeOf({ contact: contactOf({ id: 'x' }), rule, now: 5, timeZone: 'UTC' }),
      inSegment: () => true,
    }
    const inner = explainRule({ op: 'everyone' }, scope)
    const ends = { holdsAt: (now: number) => now < 10, mayFlipAfter: (now: number) => (now < 10 ? 10 : Infinity) }
    const explanation = explainRule(
      rule,
      scope,
      (id) => (id === 'a' ? ends : undefined),
      (id) => (id === 'b' ? inner : undefined),
    )
    expect(explanation.next).toEqual({ at: 10 })
    expect(explanation.rules?.map(({ next, segment }) => [next, segment])).toEqual([
      [{ at: 10 }, undefined],
      [{ never: true }, inner],
    ])
  })
})

describe('an explanation with those of segments', () => {
  it('has none of a segment that has no rule', () => {
    const rule: Rule = { op: 'inSegment', segment: 'list' }
    const scope: Scope = {
      ...scopeOf({ contact: contactOf({ id: 'x' }), rule, now: 5, timeZone: 'UTC' }),
      inSegment: () => true,
    }
    const explanation = explainWithSegments(
      rule,
      scope,
      () => undefined,
      () => undefined,
    )
    expect(explanation).toMatchObject({ holds: true })
    expect(explanation.segment).toBeUndefined()
  })
})

describe('explain', () => {
  const recent: RelativeWindowRule = { op: 'inLast', left: attr('seen'), duration: '1d' }
  const isIn = (segment: string): Rule => ({ op: 'inSegment', segment })

  it('reads like this', () => {
    const untagged: Rule = { op: 'not', rule: { op: 'hasTag', tag: 'x' } }
    const scored: Rule = { op: 'atLeast', left: attr('score'), right: 3 }
    const contact = { id: 'ada', attributes: { seen: at('2026-06-15T00:00Z') } }
    const zoned: Rule = { ...recent, timeZone: 'UTC' }
    const explanation = explain({ op: 'all', rules: [recent, untagged, scored] }, contact, { now: '2026-06-15T12:00Z' })
    expect(explanation).toEqual({
      path: [],
      rule: { op: 'all', rules: [zoned, untagged, scored] },
      holds: false,
      next: { never: true },
      rules: [
        {
          path: ['rules', 0],
          rule: zoned,
          holds: true,
          values: [{ path: ['rules', 0, 'left'], operand: attr('seen'), value: at('2026-06-15T00:00Z') }],
          window: { from: ms('2026-06-14T12:00Z') + 1, to: ms('2026-06-15T12:00Z') + 1 },
          next: { at: ms('2026-06-16T00:00Z') },
        },
        {
          path: ['rules', 1],
          rule: untagged,
          holds: true,
          next: { never: true },
          rules: [
            { path: ['rules', 1, 'rule'], rule: { op: 'hasTag', tag: 'x' }, holds: false, next: { never: true } },
          ],
        },
        {
          path: ['rules', 2],
          rule: scored,
          holds: false,
          values: [
            { path: ['rules', 2, 'left'], operand: attr('score') },
            { path: ['rules', 2, 'right'], operand: 3, value: 3 },
          ],
          next: { never: true },
        },
      ],
    })
  })

  it('shows an open window with null, and the days of an anniversary', () => {
    const ago = explain({ op: 'moreThanAgo', left: attr('seen'), duration: '1d' }, { id: 'ada' }, { now: 0 })
    expect(ago.window).toEqual({ from: null, to: 1 - DAY })
    const soon = explain(
      { op: 'anniversaryIn', left: attr('born'), days: 2, current: false },
      { id: 'ada' },
      { now: '2026-06-15T12:00', timeZone: 'Europe/Berlin' },
    )
    expect(soon.window).toEqual({ from: ms('2026-06-15T22:00Z'), to: ms('2026-06-17T22:00Z') })
  })

  it('explains a segment where it is first referred to', () => {
    const segments = { recent, twice: { op: 'any', rules: [isIn('recent'), isIn('recent')] } as Rule }
    const contact = { id: 'ada', attributes: { seen: at('2026-06-15T00:00Z') } }
    const explanation = explain({ op: 'all', rules: [isIn('twice'), isIn('recent')] }, contact, {
      now: '2026-06-15T12:00Z',
      segments,
    })
    const [twice, again] = explanation.rules ?? []
    expect(twice?.segment?.rules?.map(({ segment }) => segment?.rule.op)).toEqual(['inLast', undefined])
    expect(twice?.segment?.rules?.[0]?.segment?.path).toEqual([])
    expect(again).toMatchObject({ holds: true, next: { at: ms('2026-06-16T00:00Z') } })
    expect(again?.segment).toBeUndefined()
    expectFrozen(explanation)
  })

  it('explains as many segments as stand side by side', () => {
    const ids = Array.from({ length: 100 }, (_, place) => String(place))
    const segments = new Map(ids.map((id): [string, Rule] => [id, { op: 'not', rule: { op: 'hasTag', tag: id } }]))
    const explanation = explain({ op: 'all', rules: ids.map(isIn) }, { id: 'ada' }, { now: 0, segments })
    expect(explanation.rules?.filter(({ segment }) => segment?.holds === true)).toHaveLength(100)
  })

  it('is frozen down to dates that were computed', () => {
    const rule: Rule = { op: 'exists', left: { get: 'tagAdded', tag: 'VIP' } }
    const explanation = explain(rule, { id: 'ada', tags: ['VIP'] }, { now: 0 })
    expect(explanation.values?.[0]?.value).toEqual({ instant: 0 })
    expectFrozen(explanation)
  })

  it('stays small and shallow for a long chain of diamonds', () => {
    const segments = new Map<string, Rule>([
      ['0', recent],
      ['1', recent],
    ])
    for (let i = 2; i <= 5000; i++)
      segments.set(String(i), { op: 'all', rules: [isIn(String(i - 1)), isIn(String(i - 2))] })
    const contact = { id: 'ada', attributes: { seen: at('2026-06-15T00:00Z') } }
    const explanation = explain(isIn('5000'), contact, { now: '2026-06-15T12:00Z', segments })
    expect(explanation).toMatchObject({ holds: true, next: { at: ms('2026-06-16T00:00Z') } })
    expect(JSON.stringify(explanation).length).toBeLessThan(100_000)
  })
})
