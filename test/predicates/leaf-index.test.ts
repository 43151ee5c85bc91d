import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LeafRule, Rule } from '../../src/rules/ast.js'
import { holds } from '../../src/rules/evaluate.js'
import { ruleKey } from '../../src/rules/rule-key.js'
import { viewOf } from '../../src/contacts/contact-view.js'
import { LeafIndex } from '../../src/predicates/leaf-index.js'
import type { Scope } from '../../src/rules/scope.js'
import type { Ground } from '../../src/predicates/ground.js'
import { ScopedSides } from '../../src/predicates/sides.js'
import { ContactStore } from '../../src/store/contact-store.js'
import { Touched } from '../../src/store/touched.js'
import { runs } from '../runs.js'

/*
 * 1. The leaves in use are those of the owners' rules, equal ones once; those added and removed are the difference.
 * 2. The subjects added and removed are the difference, too.
 * 3. A change visits exactly the leaves that hold of one of the two contacts only, each once, with what is true of the second.
 */

const attribute = fc.constantFrom('a', 'b')
const tag = fc.constantFrom('t', 'u')
const leaf = fc.oneof<fc.Arbitrary<LeafRule>[]>(
  attribute.map((name) => ({ op: 'exists', left: { get: 'attribute', name } })),
  attribute.map((name) => ({ op: 'missing', left: { get: 'attribute', name } })),
  tag.map((name) => ({ op: 'hasTag', tag: name })),
  fc.constant<LeafRule>({ op: 'hasTagLike', pattern: '*' }),
  fc.tuple(attribute, fc.constantFrom(0, 1, 2)).map(([name, right]) => ({
    op: 'atLeast',
    left: { get: 'attribute', name },
    right,
  })),
  fc.tuple(attribute, fc.constantFrom(1, 'x')).map(([name, right]) => ({
    op: 'equals',
    left: { get: 'attribute', name },
    right,
  })),
  fc.constant<LeafRule>({
    op: 'greaterThan',
    left: { get: 'attribute', name: 'a' },
    right: { get: 'attribute', name: 'b' },
  }),
)
const rule: fc.Arbitrary<Rule> = fc.array(leaf, { minLength: 1, maxLength: 3 }).map((rules) => ({ op: 'all', rules }))

/** The keys of a rule's leaves, `missing` being what `exists` is not. */
function keysOf(each: Rule | undefined): readonly string[] {
  if (each?.op !== 'all') return []
  return each.rules.map((inner) => ruleKey(inner.op === 'missing' ? { ...inner, op: 'exists' } : inner))
}

const value = fc.option(fc.constantFrom(1, 2, 'x'), { nil: undefined })
const contact = fc.record({ a: value, b: value, tags: fc.subarray(['t', 'u']) })
type Given = typeof contact extends fc.Arbitrary<infer T> ? T : never

function scopeOf({ tags, ...attributes }: Given): Scope {
  const there = Object.entries(attributes).filter((entry): entry is [string, string | number] => entry[1] !== undefined)
  const held = tags.map((name) => ({ tag: name, since: 0, holders: [{ kind: 'person' as const, at: 0 }] }))
  const view = viewOf({ id: 'ada', attributes: Object.fromEntries(there), tags: held, events: [], records: {} })
  return { contact: view, now: 0, timeZone: 'UTC', inSegment: () => false }
}

/** What was written where one contact became the other. */
function writtenBetween(one: Given, other: Given): Touched {
  const touched = new Touched(0, false)
  for (const name of ['a', 'b'] as const) if (one[name] !== other[name]) touched.wroteAttribute(name, one[name])
  for (const name of ['t', 'u'])
    if (one.tags.includes(name) !== other.tags.includes(name)) touched.wroteTag(name, scopeOf(one).contact.tag(name))
  return touched
}

describe('the index of leaves', () => {
  it('holds the leaves of all rules, and finds those that flip', () => {
    const steps = fc.array(fc.tuple(fc.constantFrom('x', 'y', 'z'), fc.option(rule, { nil: undefined })), {
      maxLength: 12,
    })
    const property = fc.property(steps, fc.array(fc.tuple(contact, contact)), (all, moves) => {
      const index = new LeafIndex<string>()
      const rules = new Map<string, Rule | undefined>()
      const subjects = new Set<unknown>()
      let before = new Set<string>()
      for (const [owner, after] of all) {
        const { added, removed, subjectsAdded, subjectsRemoved } = index.replace(owner, rules.get(owner), after)
        rules.set(owner, after)
        const now = new Set([...rules.values()].flatMap(keysOf))
        expect(index.size).toBe(now.size)
        expect(added.map(({ key }) => key).sort()).toEqual([...now].filter((key) => !before.has(key)).sort())
        expect(removed.map(({ key }) => key).sort()).toEqual([...before].filter((key) => !now.has(key)).sort())
        for (const subject of subjectsRemoved) expect(subjects.delete(subject)).toBe(true)
        for (const subject of subjectsAdded) subjects.add(subject)
        expect(subjects.size === 0).toBe(now.size === 0)
        before = now
      }
      for (const [one, other] of moves) {
        const [was, is] = [scopeOf(one), scopeOf(other)]
        const visited: [string, boolean][] = []
        const ground: Ground = { store: new ContactStore(), now: 0, timeZone: 'UTC', scopeOf: () => is }
        const counters = { leafTests: 0, flips: 0 }
        index.visitFlips(
          writtenBetween(one, other),
          new ScopedSides(was, is),
          ground,
          counters,
          ({ key }, holdsNow) => void visited.push([key, holdsNow]),
        )
        const leaves = [...before].map((key) => index.get(key)).filter((each) => each !== undefined)
        const wanted = leaves
          .filter((each) => holds(each.rule, was) !== holds(each.rule, is))
          .map((each) => [each.key, holds(each.rule, is)])
        expect(new Map(visited.sort())).toEqual(new Map(wanted as [string, boolean][]))
        expect(visited).toHaveLength(wanted.length)
      }
    })
    fc.assert(property, { numRuns: runs(300) })
  })
})
