import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { relationOf, truthOf } from '../../src/analysis/relation.js'
import type { Rule } from '../../src/rules/ast.js'
import { around, acrossFields, schema, segments, withinOneField } from './planted.js'

/*
 * What is planted is found: within one field all of it, across fields at least nine in ten of it. The work is counted in
 * looks at clauses, so that the bound does not depend on the machine.
 *
 * 1. Conditions that never hold together, deep in a rule of some fifty nodes: the rule never holds.
 * 2. That not all of them hold, beside whatever else: it always holds.
 * 3. All but the last of them, and whatever else: inside "not the last"; disjoint with the last.
 */

/** Looks at clauses for a rule of fifty nodes: some milliseconds. */
const effort = 60_000
const options = { schema, segments, timeZone: 'UTC', effort }

const opposite = (rule: Rule): Rule => ({ op: 'not', rule })
const together = (rules: readonly Rule[]): Rule => ({ op: 'all', rules })

/** Whether all three are found in a few rules around a contradiction. */
function isFound(plants: fc.Arbitrary<readonly Rule[]>): boolean {
  const games = plants.chain((rules) => fc.tuple(fc.constant(rules), around(rules, 24)))
  return fc.sample(games, { numRuns: 12, seed: 1 }).every(([rules, rule]) => {
    if (truthOf(rule, options) !== 'never') return false
    if (truthOf({ op: 'any', rules: [opposite(together(rules)), rule] }, options) !== 'always') return false
    const last = rules.at(-1) as Rule
    const rest: Rule =
      rules.length === 1
        ? { op: 'everyone' }
        : together([...rules.slice(0, -1), { op: 'any', rules: [rule, { op: 'hasTag', tag: 'z' }] }])
    return (
      /inside|equal/.exec(relationOf(rest, opposite(last), options)) !== null &&
      (rules.length === 1 || relationOf(rest, last, options) === 'disjoint')
    )
  })
}

describe('planted within one field', () => {
  it.each(Object.entries(withinOneField))('%s', (_, plants) => {
    expect(isFound(plants)).toBe(true)
  })
})

describe('planted across fields', () => {
  it('is found in nine cases of ten', () => {
    const missed = Object.entries(acrossFields).filter(([, plants]) => !isFound(plants))
    expect(missed.map(([name]) => name)).toEqual(['arithmetic'])
    expect(missed.length / Object.keys(acrossFields).length).toBeLessThan(0.1)
  })
})
