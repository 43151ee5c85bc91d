import fc from 'fast-check'
import type { LeafRule, Rule } from '../../src/rules/ast.js'
import type { RuleWorld } from './operands.js'
import { leavesIn } from './leaves.js'

export type { RuleWorld } from './operands.js'

/** The operators whose truth moves with the clock; rules have more of them than their share. */
const ofTime: ReadonlySet<string> = new Set<LeafRule['op']>([
  'inLast',
  'notInLast',
  'inNext',
  'moreThanAgo',
  'betweenAgo',
  'inCalendar',
  'anniversaryIn',
])

/** Rules without rules inside them. */
export function leafRules(world: RuleWorld): fc.Arbitrary<LeafRule> {
  const leaves = Object.entries(leavesIn(world)) as [string, fc.Arbitrary<LeafRule>][]
  return fc.oneof(...leaves.map(([op, arbitrary]) => ({ weight: ofTime.has(op) ? 3 : 1, arbitrary })))
}

/**
 * Rules of every operator, at most `depth` groups deep, that can be read under the world's schema; without one, whatever
 * attributes hold is compared with anything. Shrinks towards `everyone`.
 */
export function rules(world: RuleWorld, depth = 2): fc.Arbitrary<Rule> {
  const constant = fc.record({ op: fc.constantFrom('everyone' as const, 'nobody' as const) })
  const segments = world.segments ?? []
  const flat: fc.MaybeWeightedArbitrary<Rule>[] = [
    { weight: 1, arbitrary: constant },
    { weight: 8, arbitrary: leafRules(world) },
    ...(segments.length === 0 ? [] : [{ weight: 4, arbitrary: segmentRules(segments) }]),
  ]
  const ofDepth = (levels: number): fc.Arbitrary<Rule> => {
    if (levels === 0) return fc.oneof({ withCrossShrink: true }, ...flat)
    const inner = ofDepth(levels - 1)
    return fc.oneof({ withCrossShrink: true }, ...flat, { weight: 6, arbitrary: groupRules(inner) })
  }
  return ofDepth(depth)
}

function segmentRules(segments: readonly string[]): fc.Arbitrary<Rule> {
  return fc.record({ op: fc.constant('inSegment' as const), segment: fc.constantFrom(...segments) })
}

function groupRules(inner: fc.Arbitrary<Rule>): fc.Arbitrary<Rule> {
  const several = fc.array(inner, { minLength: 1, maxLength: 3 })
  return fc.oneof<fc.MaybeWeightedArbitrary<Rule>[]>(
    { weight: 2, arbitrary: fc.record({ op: fc.constantFrom('all' as const, 'any' as const), rules: several }) },
    { weight: 2, arbitrary: fc.record({ op: fc.constant('not' as const), rule: inner }) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(several, fc.nat(2))
        .map(([all, place]) => ({ op: 'someOf', count: (place % all.length) + 1, rules: all })),
    },
  )
}
