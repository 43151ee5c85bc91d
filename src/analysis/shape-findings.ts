import { compilePattern } from '../base/pattern.js'
import type { Path } from '../base/errors.js'
import { isLiteral, type BetweenRule, type Operand, type Rule } from '../rules/ast.js'
import { compareDates } from '../rules/dates.js'
import { isNegative } from '../rules/evaluate.js'
import { ruleCost } from '../rules/rule-cost.js'
import { operandKey } from '../rules/rule-key.js'
import { innerRules, isLeaf, leavesOf, walkRule } from '../rules/rule-walk.js'
import type { Finding } from './finding.js'
import type { Prover } from './prover.js'
import { withValueAt } from './rule-edit.js'
import { not } from './solver.js'

/** The most states that a pattern may have. */
const patternBound = 2_000

/** From so many of them on it is told. */
const patternNear = 1_600

/** A rule from so much on is told to be expensive, where nothing else is said. */
export const usualCost = 2_000

/** Finds what is probably a slip, by how a rule is written: negations joined by "or", bounds the wrong way round. */
export function shapeFindings(rule: Rule, prover: Prover, timeZone: string): readonly Finding[] {
  const findings: Finding[] = []
  walkRule(rule, (node, path) => {
    if (node.op === 'any') findings.push(...negations(rule, node, path, prover))
    if (node.op === 'between') findings.push(...reversed(rule, node, path, timeZone))
    if (node.op === 'matches') findings.push(...patternSize(node.pattern, path))
  })
  return findings
}

/** `not a or not b` about one value: everybody is not one of two. */
function negations(whole: Rule, group: Rule, path: Path, prover: Prover): readonly Finding[] {
  const byValue = new Map<string, number[]>()
  for (const [place, { rule }] of innerRules(group).entries()) {
    const value = negated(rule)
    if (value === undefined) continue
    byValue.set(operandKey(value), [...(byValue.get(operandKey(value)) ?? []), place])
  }
  const parts = innerRules(group)
  return [...byValue.values()]
    .filter((places) => places.length > 1)
    .map((places): Finding => {
      const some = places.map((place) => (parts[place] as { readonly rule: Rule }).rule)
      const isAlways = prover.never(...some.map((part) => not(prover.literalOf(part))))
      const meant: Rule = { op: 'all', rules: some }
      const rest = parts.filter((_, place) => !places.includes(place)).map((part) => part.rule)
      const fixed: Rule = rest.length === 0 ? meant : { op: 'any', rules: [meant, ...rest] }
      return {
        code: 'NEGATIONS_JOINED_BY_ANY',
        severity: isAlways ? 'error' : 'warning',
        path,
        message: `One of these negations is enough, ${isAlways ? 'and one of them always holds' : 'so few are kept out'}: "neither … nor" asks for all of them`,
        related: places.map((place) => [...path, 'rules', place]),
        fix: { title: 'Ask for all of them', rule: withValueAt(whole, path, fixed), keepsMeaning: false },
      }
    })
}

/** What a rule negates a comparison of. */
function negated(rule: Rule): Operand | undefined {
  const leaf = rule.op === 'not' ? rule.rule : rule
  if (!isLeaf(leaf) || !('left' in leaf) || leaf.op === 'missing' || leaf.op === 'exists') return undefined
  return isNegative(leaf) !== (rule.op === 'not') ? leaf.left : undefined
}

function reversed(whole: Rule, node: BetweenRule, path: Path, timeZone: string): readonly Finding[] {
  const { low, high } = node
  if (!isLiteral(low) || !isLiteral(high)) return []
  const order =
    typeof low === 'number' && typeof high === 'number'
      ? low - high
      : compareDates(low, high, node.timeZone ?? timeZone)
  if (order === undefined || order <= 0) return []
  const fixed: Rule = { ...node, low: high, high: low }
  return [
    {
      code: 'BOUNDS_REVERSED',
      severity: 'error',
      path,
      message: 'The lower bound is above the upper one, so nothing lies between them',
      fix: { title: 'Swap the bounds', rule: withValueAt(whole, path, fixed), keepsMeaning: false },
    },
  ]
}

function patternSize(pattern: string, path: Path): readonly Finding[] {
  const { states } = compilePattern(pattern)
  if (states < patternNear) return []
  const message = `The pattern has ${String(states)} states of the ${String(patternBound)} that one may have, and each costs time at every character`
  return [{ code: 'PATTERN_LARGE', severity: 'warning', path: [...path, 'pattern'], message }]
}

/** Finds that a rule costs more than is usual, and which part of it costs most. */
export function costFindings(rule: Rule, most: number): readonly Finding[] {
  const cost = ruleCost(rule)
  if (cost <= most) return []
  const costs = leavesOf(rule).map(({ leaf, path }) => ({ path, cost: ruleCost(leaf) }))
  const dearest = costs.reduce((one, other) => (other.cost > one.cost ? other : one), { path: [] as Path, cost: 0 })
  const message = `The rule costs ${String(cost)}, more than ${String(most)}; ${String(dearest.cost)} of it are for this part`
  return [{ code: 'RULE_EXPENSIVE', severity: 'warning', path: dearest.path, message }]
}
