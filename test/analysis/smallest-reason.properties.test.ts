import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { smallestReason } from '../../src/analysis/smallest-reason.js'
import type { Rule } from '../../src/rules/ast.js'
import { runs } from '../runs.js'

/*
 * 1. Whatever the leaves that are no part of the reason are, the rule is what it is.
 * 2. No other choice of leaves of that kind is smaller, up to 20 of them; beyond, none of the reason can be left out.
 */

const tags = (count: number): readonly string[] => Array.from({ length: count }, (_, place) => `t${String(place)}`)

function rulesOver(names: readonly string[], depth: number): fc.Arbitrary<Rule> {
  const leaf = fc
    .constantFrom(...names)
    .chain((tag) =>
      fc.constantFrom<Rule>(
        { op: 'hasTag', tag },
        { op: 'hasAnyTag', tags: [tag] },
        { op: 'hasNoneOfTags', tags: [tag] },
      ),
    )
  if (depth === 0) return leaf
  const inner = fc.array(rulesOver(names, depth - 1), { minLength: 1, maxLength: 4 })
  return fc.oneof(
    leaf,
    fc.record({ op: fc.constantFrom('all' as const, 'any' as const), rules: inner }),
    rulesOver(names, depth - 1).map((rule): Rule => ({ op: 'not', rule })),
    fc.tuple(inner, fc.nat(3)).map(([rules, n]): Rule => ({ op: 'someOf', count: (n % rules.length) + 1, rules })),
  )
}

/** The truth of a rule where a leaf's is told; `hasAnyTag` and `hasNoneOfTags` of one tag are two sides of one leaf. */
function truthOf(rule: Rule, isTrue: (key: string) => boolean): boolean {
  switch (rule.op) {
    case 'all':
      return rule.rules.every((inner) => truthOf(inner, isTrue))
    case 'any':
      return rule.rules.some((inner) => truthOf(inner, isTrue))
    case 'not':
      return !truthOf(rule.rule, isTrue)
    case 'someOf':
      return rule.rules.filter((inner) => truthOf(inner, isTrue)).length >= rule.count
    case 'hasNoneOfTags':
      return !isTrue(keyOf(rule))
    default:
      return isTrue(keyOf(rule))
  }
}

function keyOf(rule: Rule): string {
  if (rule.op === 'hasTag') return `tag ${rule.tag}`
  return rule.op === 'hasAnyTag' || rule.op === 'hasNoneOfTags' ? `any ${rule.tags.join()}` : ''
}

function keysIn(rule: Rule): readonly string[] {
  const inner = 'rules' in rule ? rule.rules : rule.op === 'not' ? [rule.rule] : []
  return inner.length === 0 ? [keyOf(rule)] : [...new Set(inner.flatMap(keysIn))]
}

function isSufficient(rule: Rule, kept: ReadonlySet<string>, held: ReadonlySet<string>): boolean {
  const free = keysIn(rule).filter((key) => !kept.has(key))
  const truth = truthOf(rule, (key) => held.has(key))
  for (let choice = 0; choice < 2 ** free.length; choice++) {
    const isTrue = (key: string): boolean =>
      free.includes(key) ? ((choice >> free.indexOf(key)) & 1) === 1 : held.has(key)
    if (truthOf(rule, isTrue) !== truth) return false
  }
  return true
}

const games = (count: number) =>
  fc.record({
    rule: rulesOver(tags(count), 3),
    held: fc.subarray(tags(count).flatMap((tag) => [`tag ${tag}`, `any ${tag}`])),
  })

describe('the smallest reason', () => {
  it('is enough, and there is none with fewer leaves', { timeout: 600_000 }, () => {
    const property = fc.property(games(3), ({ rule, held: some }) => {
      const held = new Set(some)
      const { parts, isFewest } = smallestReason(rule, (leaf) => truthOf(leaf, (key) => held.has(key)))
      const kept = new Set(parts.map((part) => keyOf(part.rule)))
      expect(isFewest).toBe(true)
      expect(isSufficient(rule, kept, held)).toBe(true)
      const keys = keysIn(rule)
      for (let choice = 0; choice < 2 ** keys.length; choice++) {
        const other = new Set(keys.filter((_, place) => ((choice >> place) & 1) === 1))
        if (other.size < kept.size) expect(isSufficient(rule, other, held)).toBe(false)
      }
    })
    fc.assert(property, { numRuns: runs(300) })
  })

  it('beyond twenty leaves is enough, and none of it can be left out', { timeout: 600_000 }, () => {
    // The wide part is decided by one leaf, so that the rest can be tried in every way.
    const wide: Rule = { op: 'any', rules: tags(24).map((tag): Rule => ({ op: 'hasTag', tag: `w${tag}` })) }
    const property = fc.property(games(3), ({ rule, held: some }) => {
      const held = new Set([...some, 'tag wt7'])
      const whole: Rule = { op: 'all', rules: [wide, rule] }
      const { parts } = smallestReason(whole, (leaf) => truthOf(leaf, (key) => held.has(key)))
      const kept = new Set(parts.map((part) => keyOf(part.rule)))
      const isHeld = truthOf(rule, (key) => held.has(key))
      expect(kept.has('tag wt7')).toBe(isHeld)
      expect([...kept].filter((key) => key.startsWith('tag w') && key !== 'tag wt7')).toEqual([])
      const rest = new Set([...kept].filter((key) => !key.startsWith('tag w')))
      expect(isSufficient(rule, rest, held)).toBe(true)
      for (const key of rest) {
        const fewer = new Set([...rest].filter((other) => other !== key))
        expect(isSufficient(rule, fewer, held)).toBe(false)
      }
    })
    fc.assert(property, { numRuns: runs(150) })
  })

  it('of twenty leaves takes a moment', () => {
    const rules = tags(20).map((tag): Rule => ({ op: 'hasTag', tag }))
    const { parts, isFewest } = smallestReason({ op: 'someOf', count: 12, rules }, () => true)
    expect([parts.length, isFewest]).toEqual([12, true])
  })
})
