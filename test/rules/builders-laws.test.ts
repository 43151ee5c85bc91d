import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isLiteral, type ComputedOperand, type Rule, type RuleOp } from '../../src/rules/ast.js'
import { expression } from '../../src/rules/builders/operand-expression.js'
import { rulesFor } from '../../src/rules/builders/rules-for.js'
import { nodeFields } from '../../src/rules/node-fields.js'
import { operators } from '../../src/rules/operator-table.js'
import { readRule } from '../../src/rules/read-rule.js'
import { ruleKey } from '../../src/rules/rule-key.js'
import { leafRules, rules } from '../arbitraries/rules.js'
import { fullSchema } from '../arbitraries/schemas.js'
import { stages } from '../arbitraries/stages.js'
import { runs } from '../runs.js'

/*
 * Laws of the builders, over random rules that can be read:
 *
 *  1. What builders make of the parts of a rule is that rule.
 *  2. It is frozen to the bottom.
 *  3. Reading it, as an engine does, gives an equal rule.
 *  4. A group of plain JSON is the group of what builders make of it.
 */

type Call = (...given: unknown[]) => unknown
type Parts = Readonly<Record<string, unknown>>

const builders = rulesFor() as unknown as Readonly<Record<string, Call>>

/** A rule built anew, each node by the builder of its name. */
function built(rule: Rule): Rule {
  const parts = rule as unknown as Parts
  switch (rule.op) {
    case 'everyone':
    case 'nobody':
      return builders[rule.op] as unknown as Rule
    case 'all':
    case 'any':
      return builders[rule.op]?.(...rule.rules.map(built)) as Rule
    case 'not':
      return builders['not']?.(built(rule.rule)) as Rule
    case 'someOf':
      return builders['someOf']?.(rule.count, rule.rules.map(built)) as Rule
    case 'inSample':
      return builders['inSample']?.(rest(parts, 'op')) as Rule
    case 'tagHeldBy':
      return (builders['tag']?.(rule.tag) as Readonly<Record<string, Call>>)['heldBy']?.(rule.holder, rule.by) as Rule
    case 'hasAnyTag':
    case 'hasAllTags':
    case 'hasNoneOfTags':
      return builders[rule.op]?.(...rule.tags) as Rule
    default:
      return compared(rule.op, parts)
  }
}

/** A rule by the method of its left side, or by a function of one argument. */
function compared(op: RuleOp, parts: Parts): Rule {
  const [first, ...others] = nodeFields(operators[op])
  if (first?.name !== 'left') return builders[op]?.(parts[first?.name ?? '']) as Rule
  const value = expression(parts['left'] as ComputedOperand) as unknown as Readonly<Record<string, Call>>
  if (op === 'anniversaryIn') return value[op]?.(rest(parts, 'op', 'left')) as Rule
  const required = others.filter(({ optional }) => !optional).map(({ name }) => name)
  const options = rest(parts, 'op', 'left', ...required)
  return value[op]?.(...required.map((name) => argument(parts[name])), options) as Rule
}

function rest(parts: Parts, ...without: readonly string[]): Parts {
  return Object.fromEntries(Object.entries(parts).filter(([name]) => !without.includes(name)))
}

/** Operands go in as expressions. */
function argument(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(argument)
  return typeof part === 'object' && part !== null && 'get' in part ? expression(part as ComputedOperand) : part
}

/** No builder begins with a literal: `3 < score` is `score > 3`. */
function beginsWithLiteral(rule: Rule): boolean {
  if ('rules' in rule) return rule.rules.some(beginsWithLiteral)
  if ('rule' in rule) return beginsWithLiteral(rule.rule)
  return 'left' in rule && isLiteral(rule.left)
}

function frozenToTheBottom(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true
  return Object.isFrozen(value) && Object.values(value).every(frozenToTheBottom)
}

const worlds = stages.map((stage) => ({ stage, kinds: fullSchema.kinds, segments: ['vip'] }))
const sayable = fc
  .constantFrom(...worlds)
  .chain((world) => fc.oneof(rules(world), leafRules(world)))
  .filter((rule) => !beginsWithLiteral(rule) && readRule(rule, { schema: fullSchema.schema }).ok)

/** A rule in its one form. */
function canonical(rule: Rule): Rule {
  const read = readRule(rule, { schema: fullSchema.schema })
  if (!read.ok) throw new Error(JSON.stringify(read.issues))
  return read.rule
}

describe('builders', () => {
  it('make every rule of its parts, frozen (1, 2, 3)', () => {
    fc.assert(
      fc.property(sayable, (rule) => {
        const made = built(rule)
        expect(ruleKey(canonical(made))).toBe(ruleKey(canonical(rule)))
        expect(frozenToTheBottom(made)).toBe(true)
      }),
      { numRuns: runs(500) },
    )
  })

  it('take plain JSON into groups as what they would make of it (4)', () => {
    fc.assert(
      fc.property(sayable, (rule) => {
        const json = JSON.parse(JSON.stringify(rule)) as Rule
        const group = builders['all']?.(json) as Rule
        expect(group).toEqual({ op: 'all', rules: [json] })
        expect(frozenToTheBottom(group)).toBe(true)
      }),
      { numRuns: runs(200) },
    )
  })
})
