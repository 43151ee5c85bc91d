import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Schema } from '../../src/contacts/schema.js'
import type { Rule } from '../../src/rules/ast.js'
import { all } from '../../src/rules/builders/groups.js'
import { readRule } from '../../src/rules/read-rule.js'
import { ruleKey } from '../../src/rules/rule-key.js'
import { leafRules, rules } from '../arbitraries/rules.js'
import { fullSchema } from '../arbitraries/schemas.js'
import { stages } from '../arbitraries/stages.js'
import { runs } from '../runs.js'
import { isSayable, rebuilt } from './rebuilt.js'
import { worlds } from './small-rules.js'

/*
 * Laws of the builders, over random rules that can be read:
 *
 *  1. What builders make of the parts of a rule is that rule.
 *  2. It is frozen to the bottom.
 *  3. Reading it, as an engine does, gives an equal rule.
 *  4. A group of plain JSON is the group of what builders make of it.
 */

function frozenToTheBottom(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true
  return Object.isFrozen(value) && Object.values(value).every(frozenToTheBottom)
}

const stageWorlds = stages.map((stage) => ({ stage, kinds: fullSchema.kinds, segments: ['vip'] }))
const sayable = fc
  .constantFrom(...stageWorlds)
  .chain((world) => fc.oneof(rules(world), leafRules(world)))
  .filter((rule) => isSayable(rule) && readRule(rule, { schema: fullSchema.schema }).ok)

/** Rules about events and records, and about values of these. */
const aboutItems = fc
  .constantFrom(...worlds)
  .chain((world) =>
    fc.oneof(
      world.leaf(['some', 'none', 'every', 'sequence']),
      world.leaf(['exists']).filter((rule) => /"(events|records)"/.test(JSON.stringify(rule))),
    ),
  )
  .filter((rule) => isSayable(rule) && readRule(rule).ok)

/** A rule in its one form. */
function canonical(rule: Rule, schema: Schema | undefined): Rule {
  const read = readRule(rule, { schema })
  if (!read.ok) throw new Error(JSON.stringify(read.issues))
  return read.rule
}

describe('builders', () => {
  it('make every rule of its parts, frozen (1, 2, 3)', () => {
    fc.assert(
      fc.property(sayable, (rule) => {
        const made = rebuilt(rule)
        expect(ruleKey(canonical(made, fullSchema.schema))).toBe(ruleKey(canonical(rule, fullSchema.schema)))
        expect(frozenToTheBottom(made)).toBe(true)
      }),
      { numRuns: runs(500) },
    )
  })

  it('make every rule about events and records of its parts, frozen (1, 2, 3)', () => {
    fc.assert(
      fc.property(aboutItems, (rule) => {
        const made = rebuilt(rule)
        expect(canonical(made, undefined)).toEqual(canonical(rule, undefined))
        expect(frozenToTheBottom(made)).toBe(true)
      }),
      { numRuns: runs(500) },
    )
  })

  it('take plain JSON into groups as what they would make of it (4)', () => {
    fc.assert(
      fc.property(sayable, (rule) => {
        const json = JSON.parse(JSON.stringify(rule)) as Rule
        const group = all(json)
        expect(group).toEqual({ op: 'all', rules: [json] })
        expect(frozenToTheBottom(group)).toBe(true)
      }),
      { numRuns: runs(200) },
    )
  })
})
