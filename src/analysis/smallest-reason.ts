import type { Path } from '../base/errors.js'
import type { InSegmentRule, LeafRule, Rule } from '../rules/ast.js'
import { positiveLeaf, ruleKey } from '../rules/rule-key.js'
import { innerRules, isLeaf } from '../rules/rule-walk.js'
import { Circuit } from './circuit.js'
import { not, type Literal } from './solver.js'
import {
  atLeastTable,
  closeUpwards,
  complementTable,
  constantTable,
  having,
  largestFalse,
  mostThings,
  type TruthTable,
} from './truth-table.js'

/*
 * The fewest leaves that make a rule what it is of a contact: whatever the others were, it would hold, or not, all the
 * same.
 *
 * Up to 20 different leaves the answer is exact. Think of the leaves that are other than they are; for some choices of
 * these the rule turns over. A reason is what has a leaf in common with each such choice: so mark the choices that turn the
 * rule over and all that are larger, take the largest one that is not marked, and the reason is the rest. Beyond 20, leaves
 * are dropped one after the other while those that are left still decide the rule, which a solver is asked: then none of
 * them can be left out, but there may be another reason with fewer.
 *
 * Leaves are taken to have nothing to do with each other; equal ones, and a leaf and its negation, are one.
 */

/** A leaf of a rule, or a segment that it refers to, as it first stands there. */
export interface ReasonPart {
  readonly path: Path
  readonly rule: LeafRule | InSegmentRule
  /** What it says of the contact. */
  readonly holds: boolean
}

/** Leaves by which a rule is decided. */
export interface SmallestReason {
  readonly parts: readonly ReasonPart[]
  /** Whether no other reason has fewer; otherwise none of these can be left out, as far as that was found out. */
  readonly isFewest: boolean
}

/** So many words of truth tables are worked on; a rule that needs more is asked of the solver. */
const mostWords = 40_000_000

const effort = 2_000_000

interface Things {
  readonly parts: ReasonPart[]
  /** By leaf key: its place among the parts. */
  readonly places: Map<string, number>
  nodes: number
}

/** The fewest leaves that decide a rule; `holds` is what each leaf says of the contact. */
export function smallestReason(rule: Rule, holds: (leaf: LeafRule | InSegmentRule) => boolean): SmallestReason {
  const things: Things = { parts: [], places: new Map(), nodes: 0 }
  collect(rule, [], holds, things)
  const count = things.parts.length
  const isSmall = count <= mostThings && things.nodes * 2 ** Math.max(0, count - 5) <= mostWords
  const kept = isSmall ? fewest(rule, things) : irreducible(rule, things)
  return Object.freeze({
    parts: Object.freeze(things.parts.filter((_, place) => kept.has(place))),
    isFewest: isSmall || kept.size <= 1,
  })
}

function collect(rule: Rule, path: Path, holds: (leaf: LeafRule | InSegmentRule) => boolean, things: Things): void {
  things.nodes += 1
  if (!isDeciding(rule)) {
    for (const inner of innerRules(rule)) collect(inner.rule, [...path, ...inner.path], holds, things)
    return
  }
  const { key } = keyOf(rule)
  if (things.places.has(key)) return
  things.places.set(key, things.parts.length)
  things.parts.push(Object.freeze({ path: Object.freeze(path), rule, holds: holds(rule) }))
}

function isDeciding(rule: Rule): rule is LeafRule | InSegmentRule {
  return rule.op === 'inSegment' || isLeaf(rule)
}

/** What a leaf is known by, and whether it is the opposite of that. */
function keyOf(rule: LeafRule | InSegmentRule): { readonly key: string; readonly negated: boolean } {
  if (rule.op === 'inSegment') return { key: ruleKey(rule), negated: false }
  const { leaf, negated } = positiveLeaf(rule)
  return { key: ruleKey(leaf), negated }
}

/** The truth of each thing as it is: that of the positive leaf. */
function truthsOf(things: Things): readonly boolean[] {
  return things.parts.map(({ rule, holds }) => holds !== keyOf(rule).negated)
}

function fewest(rule: Rule, things: Things): ReadonlySet<number> {
  const count = things.parts.length
  const truths = truthsOf(things)
  // A choice has in it the leaves that are other than they are.
  const tableOf = (node: Rule): TruthTable => {
    if (isDeciding(node)) {
      const { key, negated } = keyOf(node)
      const place = things.places.get(key) as number
      const turned = having(place, count)
      return truths[place] === negated ? turned : complementTable(turned)
    }
    const inner = innerRules(node).map((part) => tableOf(part.rule))
    switch (node.op) {
      case 'everyone':
      case 'nobody':
        return constantTable(node.op === 'everyone', count)
      case 'not':
        return complementTable(inner[0] as TruthTable)
      case 'all':
        return complementTable(atLeastTable(1, inner.map(complementTable), count))
      case 'any':
        return atLeastTable(1, inner, count)
      case 'someOf':
        return atLeastTable(node.count, inner, count)
    }
  }
  const table = tableOf(rule)
  const isHeld = ((table[0] as number) & 1) === 1
  const turnedOver = isHeld ? complementTable(table) : table
  closeUpwards(turnedOver, count)
  const free = largestFalse(turnedOver, count) ?? 0
  return new Set([...things.parts.keys()].filter((place) => ((free >>> place) & 1) === 0))
}

function irreducible(rule: Rule, things: Things): ReadonlySet<number> {
  const circuit = new Circuit({ steps: effort })
  const variables = things.parts.map(() => circuit.variable())
  const literalOf = (node: Rule): Literal => {
    if (isDeciding(node)) {
      const { key, negated } = keyOf(node)
      const variable = variables[things.places.get(key) as number] as Literal
      return negated ? not(variable) : variable
    }
    const inner = innerRules(node).map((part) => literalOf(part.rule))
    switch (node.op) {
      case 'everyone':
      case 'nobody':
        return node.op === 'everyone' ? circuit.yes : circuit.no
      case 'not':
        return not(inner[0] as Literal)
      case 'all':
        return circuit.and(inner)
      case 'any':
        return circuit.or(inner)
      case 'someOf':
        return circuit.atLeast(node.count, inner)
    }
  }
  const whole = literalOf(rule)
  const facts = truthsOf(things).map(
    (truth, place) => (truth ? variables[place] : not(variables[place] as Literal)) as Literal,
  )
  const other = circuit.solve([...facts, whole]) === 'never' ? whole : not(whole)
  const kept = new Set(facts.keys())
  for (let place = facts.length - 1; place >= 0; place--) {
    const rest = [...kept].filter((one) => one !== place).map((one) => facts[one] as Literal)
    if (circuit.solve([...rest, other]) === 'never') kept.delete(place)
  }
  return kept
}
