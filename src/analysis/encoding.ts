import type { Items, LeafRule, Operand, Rule } from '../rules/ast.js'
import { isNegative } from '../rules/evaluate.js'
import { operandKey, ruleKey } from '../rules/rule-key.js'
import type { Atoms } from './atoms.js'
import { Circuit } from './circuit.js'
import { ComparisonAtoms } from './comparison-atoms.js'
import { ItemAtoms } from './item-atoms.js'
import { counted, NumberAtoms } from './number-atoms.js'
import { OperandFacts } from './operand-facts.js'
import { itemNames, possibleValues, type Names } from './operand-types.js'
import { OrderTheory } from './order-theory.js'
import { not, type Answer, type Budget, type Literal } from './solver.js'
import { Subject } from './subject.js'
import { TagAtoms } from './tag-atoms.js'
import { ValueOrder } from './value-order.js'

/*
 * Rules as literals of one circuit, in which everything stands that is known of their leaves: types, orders, windows,
 * texts, lists, tags, events and records. Whether some rules can hold together is then whether some literals can.
 *
 * Why it is right: each clause holds of every contact whose values fit the schema, at every instant, by what the plain
 * evaluator says of the leaves in it. So of what a contact makes of the rules there is always a way to make the clauses
 * true, and where there is none there is no such contact. The other direction is not claimed: a way need not be a contact,
 * and where one is found, or none within the budget, nothing is said.
 */

/** What rules are read against. */
export interface World {
  readonly names: Names
  /** The zone of nodes that have none of their own. */
  readonly timeZone: string
  /** The instant before which the clock does not stand; left out, it can stand anywhere. */
  readonly since?: number | undefined
  /** The rule of a segment that has no members but by it; `undefined` where nothing is known of it. References lead to no loop. */
  readonly ruleOf: (segment: string) => Rule | undefined
}

/** So many times a way is looked for that keeps the orders of values too. */
const mostRounds = 400

/** How deep conditions on items stand in each other where proofs about them are tried. */
const deepestItems = 4

/** Rules as literals, and what is known of these. */
export class Encoding implements Atoms {
  readonly circuit: Circuit
  readonly names: Names
  readonly timeZone: string
  readonly theory: OrderTheory
  readonly #world: World
  readonly #budget: Budget
  readonly #depth: number
  readonly #order: ValueOrder
  readonly #comparisons: ComparisonAtoms
  readonly #tags: TagAtoms
  readonly #items: ItemAtoms
  readonly #facts: OperandFacts
  readonly #subjects = new Map<string, Subject>()
  readonly #named = new Map<string, Literal>()
  readonly #samples = new Map<string, NumberAtoms>()
  readonly #follows = new Map<string, boolean>()
  readonly #rules = new WeakMap<Rule, Literal>()

  constructor(world: World, budget: Budget, depth = 0) {
    this.#world = world
    this.#budget = budget
    this.#depth = depth
    this.circuit = new Circuit(budget)
    this.names = world.names
    this.timeZone = world.timeZone
    this.theory = new OrderTheory(this.circuit, world.since)
    this.#order = new ValueOrder(this)
    this.#comparisons = new ComparisonAtoms(this, this.#order)
    this.#tags = new TagAtoms(this.circuit, () => this.subject({ get: 'tagCount' }).numbers)
    this.#items = new ItemAtoms(this)
    this.#facts = new OperandFacts(this, this.#tags, this.#items)
  }

  /** That a rule holds. */
  literalOf(rule: Rule): Literal {
    const known = this.#rules.get(rule)
    if (known !== undefined) return known
    const literal = this.#encoded(rule)
    this.#rules.set(rule, literal)
    return literal
  }

  /** Whether these can hold together of a contact: `never` is a proof, all else is silence. */
  holdTogether(literals: readonly Literal[]): Answer {
    this.#tags.countNamed()
    this.#order.shareTexts()
    for (let round = 0; round < mostRounds; round++) {
      const answer = this.circuit.solve(literals)
      if (answer !== 'some') return answer
      const broken = this.theory.contradictions()
      if (broken.length === 0) return 'some'
      for (const clause of broken) this.circuit.require(...clause)
    }
    return 'open'
  }

  /** Whether it is proved that these never hold together. */
  never(...literals: readonly Literal[]): boolean {
    return this.holdTogether(literals) === 'never'
  }

  subject(operand: Operand): Subject {
    const key = operandKey(operand)
    const known = this.#subjects.get(key)
    if (known !== undefined) return known
    const subject = new Subject(key, this.circuit, possibleValues(operand, this.names), this.#world.since)
    this.#subjects.set(key, subject)
    this.#facts.tell(operand, subject)
    return subject
  }

  named(name: string): Literal {
    const known = this.#named.get(name)
    if (known !== undefined) return known
    const literal = this.circuit.variable()
    this.#named.set(name, literal)
    return literal
  }

  follows(from: Rule | undefined, condition: Rule | undefined, of: Items): boolean {
    if (condition === undefined) return true
    const [fromKey, conditionKey] = [from === undefined ? '' : ruleKey(from), ruleKey(condition)]
    if (fromKey === conditionKey) return true
    if (this.#depth === deepestItems) return false
    const key = `${fromKey} ${conditionKey}`
    const known = this.#follows.get(key)
    if (known !== undefined) return known
    const world = { ...this.#world, names: itemNames(of, this.names) }
    const inner = new Encoding(world, this.#budget, this.#depth + 1)
    const given = from === undefined ? inner.circuit.yes : inner.literalOf(from)
    const follows = inner.never(given, not(inner.literalOf(condition)))
    this.#follows.set(key, follows)
    return follows
  }

  #encoded(rule: Rule): Literal {
    const { circuit } = this
    switch (rule.op) {
      case 'everyone':
        return circuit.yes
      case 'nobody':
        return circuit.no
      case 'all':
        return circuit.and(rule.rules.map((inner) => this.literalOf(inner)))
      case 'any':
        return circuit.or(rule.rules.map((inner) => this.literalOf(inner)))
      case 'someOf':
        return circuit.atLeast(
          rule.count,
          rule.rules.map((inner) => this.literalOf(inner)),
        )
      case 'not':
        return not(this.literalOf(rule.rule))
      case 'inSegment': {
        const known = this.#world.ruleOf(rule.segment)
        return known === undefined ? this.named(ruleKey(rule)) : this.literalOf(known)
      }
      default: {
        const positive = this.#positive(rule)
        return isNegative(rule) ? not(positive) : positive
      }
    }
  }

  /** What a leaf says, or the positive operator of a negative one. */

  #positive(leaf: LeafRule): Literal {
    switch (leaf.op) {
      case 'hasTag':
      case 'hasAnyTag':
      case 'hasAllTags':
      case 'hasNoneOfTags':
      case 'hasTagLike':
      case 'tagHeldBy':
        return this.#tags.literalOf(leaf)
      case 'some':
      case 'none':
      case 'every':
      case 'sequence':
        return this.#items.literalOf(leaf)
      case 'inSample': {
        const place = this.#sample(leaf.salt)
        return this.circuit.and([place.atLeast(leaf.from), not(place.atLeast(leaf.to))])
      }
      default:
        return this.#comparisons.literalOf(leaf)
    }
  }

  #sample(salt: string): NumberAtoms {
    const known = this.#samples.get(salt)
    if (known !== undefined) return known
    const place = new NumberAtoms(this.circuit, this.circuit.yes, counted)
    this.circuit.require(not(place.atLeast(10_000)))
    this.#samples.set(salt, place)
    return place
  }
}
