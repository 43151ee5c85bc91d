import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Prover } from '../../src/analysis/prover.js'
import { not } from '../../src/analysis/solver.js'
import { viewOf } from '../../src/contacts/contact-view.js'
import type { Rule } from '../../src/rules/ast.js'
import { holds } from '../../src/rules/evaluate.js'
import { ruleOf } from '../../src/rules/read-rule.js'
import { rules } from '../arbitraries/rules.js'
import { schemas } from '../arbitraries/schemas.js'
import { onAnyStage, type Stage } from '../arbitraries/stages.js'
import { runs } from '../runs.js'
import { boundaryContacts } from './boundary-contacts.js'

/*
 * What is proved is so: contacts at the boundaries of generated rules are searched for one that breaks a claim.
 *
 * 1. A rule, or a part of one, that never holds holds of none; one that always holds, of all.
 * 2. Where one rule is inside another, who is in the first is in the second; where they are disjoint, nobody is in both.
 */

/** In ms: the runs may be many. */
const timeout = 600_000

const seeds = fc.integer({ min: 0, max: 2 ** 30 })

const typed = onAnyStage((stage) =>
  schemas().chain(({ kinds, schema }) =>
    fc.record({
      kinds: fc.constant(kinds),
      schema: fc.constant(schema),
      one: rules({ stage, kinds, segments: ['s'] }, 2),
      other: rules({ stage, kinds, segments: ['s'] }, 2),
      segment: rules({ stage, kinds }, 1),
      seed: seeds,
    }),
  ),
)

const untyped = onAnyStage((stage) =>
  fc.record({
    one: rules({ stage, segments: ['s'] }, 2),
    other: rules({ stage, segments: ['s'] }, 2),
    segment: rules({ stage }, 1),
    seed: seeds,
  }),
)

let claims = 0

describe('proofs', () => {
  it('hold of contacts that fit a schema', { timeout }, () => {
    fc.assert(
      fc.property(typed, ([stage, { kinds, schema, one, other, segment, seed }]) => {
        check(stage, [one, other], segment, seed, { schema }, kinds)
      }),
      { numRuns: runs(300) },
    )
  })

  it('hold of contacts of any kind', { timeout }, () => {
    fc.assert(
      fc.property(untyped, ([stage, { one, other, segment, seed }]) => {
        check(stage, [one, other], segment, seed, {})
      }),
      { numRuns: runs(300) },
    )
    expect(claims).toBeGreaterThan(runs(300) / 15)
  })
})

function check(
  stage: Stage,
  given: readonly [Rule, Rule],
  segmentRule: Rule,
  seed: number,
  {
    schema,
  }: { schema?: Parameters<typeof ruleOf>[1] extends infer O ? (O extends { schema?: infer S } ? S : never) : never },
  kinds?: Parameters<typeof boundaryContacts>[4],
): void {
  const options = { ...(schema === undefined ? {} : { schema }), timeZone: stage.timeZone }
  const [one, other, segment] = [...given, segmentRule].map((rule) => ruleOf(rule, options)) as [Rule, Rule, Rule]
  const both: Rule = { op: 'all', rules: [one, other] }
  const either: Rule = { op: 'any', rules: [one, { op: 'not', rule: other }] }
  const prover = new Prover({ ...options, segments: { s: segment } }, [one, other])
  const nodes = [...nodesOf(one), ...nodesOf(other), both, either]
  const never = nodes.filter((node) => prover.never(prover.literalOf(node)))
  const always = nodes.filter((node) => prover.never(not(prover.literalOf(node))))
  const pairs = nodes.flatMap((a) => nodes.map((b) => [a, b] as const)).slice(0, 60)
  const inside = pairs.filter(([a, b]) => a !== b && prover.follows(prover.literalOf(b), prover.literalOf(a)))
  const disjoint = pairs.filter(([a, b]) => prover.never(prover.literalOf(a), prover.literalOf(b)))
  claims += never.length + always.length + inside.length + disjoint.length
  for (const { contact, now } of boundaryContacts([one, other, segment], stage, 40, seed, kinds)) {
    const view = viewOf(contact)
    const scope = { contact: view, now, timeZone: stage.timeZone, inSegment: (): boolean => false }
    const inS = holds(segment, scope)
    const is = (rule: Rule): boolean => holds(rule, { ...scope, inSegment: () => inS })
    for (const node of never) if (is(node)) fail('never', [node], contact, now)
    for (const node of always) if (!is(node)) fail('always', [node], contact, now)
    for (const [a, b] of inside) if (is(a) && !is(b)) fail('inside', [a, b], contact, now)
    for (const [a, b] of disjoint) if (is(a) && is(b)) fail('disjoint', [a, b], contact, now)
  }
}

function fail(claim: string, rules: readonly Rule[], contact: unknown, now: number): never {
  throw new Error(`${claim} ${JSON.stringify(rules)} is broken by ${JSON.stringify(contact)} at ${String(now)}`)
}

function nodesOf(rule: Rule): readonly Rule[] {
  switch (rule.op) {
    case 'all':
    case 'any':
    case 'someOf':
      return [rule, ...rule.rules.flatMap(nodesOf)]
    case 'not':
      return [rule, ...nodesOf(rule.rule)]
    default:
      return [rule]
  }
}
