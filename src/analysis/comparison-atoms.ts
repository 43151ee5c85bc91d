import { isList, type Value } from '../contacts/value.js'
import {
  isLiteral,
  type AnniversaryRule,
  type BetweenRule,
  type LeafRule,
  type Operand,
  type WindowRule,
} from '../rules/ast.js'
import { operators } from '../rules/operator-table.js'
import { patternOf } from '../rules/prepared.js'
import { ruleKey } from '../rules/rule-key.js'
import { isWindowRule, windowOf } from '../rules/windows.js'
import type { Atoms } from './atoms.js'
import { windowEnds, type WindowEnds } from './moving-edge.js'
import { not, type Literal } from './solver.js'
import type { TextCondition } from './text-atoms.js'
import type { ValueOrder } from './value-order.js'

/** A positive leaf about a value, to the left of it. */
export type Comparison = Extract<LeafRule, { readonly left: Operand }>

/** What leaves about values say, each positive one as a literal. */
export class ComparisonAtoms {
  readonly #atoms: Atoms
  readonly #order: ValueOrder
  /** By what they ask an anniversary of: the days, from today, among which they look, with their literals. */
  readonly #anniversaries = new Map<string, { readonly from: number; readonly to: number; readonly holds: Literal }[]>()

  constructor(atoms: Atoms, order: ValueOrder) {
    this.#atoms = atoms
    this.#order = order
  }

  literalOf(leaf: Comparison): Literal {
    const { circuit } = this.#atoms
    if (isWindowRule(leaf)) return this.#window(leaf)
    switch (leaf.op) {
      case 'exists':
      case 'missing':
        return this.#atoms.subject(leaf.left).present
      case 'isEmpty': {
        const { texts, lists } = this.#atoms.subject(leaf.left)
        return circuit.or([texts.equals(''), lists.isEmpty()])
      }
      case 'equals':
      case 'notEquals':
        return this.#order.equal(leaf.left, leaf.right)
      case 'in':
      case 'notIn':
        return circuit.or(leaf.right.map((option) => this.#order.equal(leaf.left, option)))
      case 'between':
        return this.#between(leaf)
      case 'greaterThan':
        return this.#order.numbers(leaf.left, leaf.right).more
      case 'lessThan':
        return this.#order.numbers(leaf.left, leaf.right).less
      case 'atLeast':
      case 'atMost': {
        const { less, same, more } = this.#order.numbers(leaf.left, leaf.right)
        return circuit.or([same, leaf.op === 'atLeast' ? more : less])
      }
      case 'before':
        return this.#order.dates(leaf.left, leaf.right, leaf.timeZone ?? this.#atoms.timeZone).less
      case 'after':
        return this.#order.dates(leaf.left, leaf.right, leaf.timeZone ?? this.#atoms.timeZone).more
      case 'on':
        return this.#order.dates(leaf.left, leaf.right, leaf.timeZone ?? this.#atoms.timeZone).same
      case 'contains':
      case 'notContains':
      case 'startsWith':
      case 'endsWith':
      case 'matches':
        return this.#text(leaf)
      case 'containsAny':
      case 'containsAll':
      case 'containsNone':
        return this.#list(leaf)
      case 'anniversaryIn':
        return this.#anniversary(leaf)
    }
  }

  #between({ left, low, high, timeZone = this.#atoms.timeZone }: BetweenRule): Literal {
    const { circuit } = this.#atoms
    const numbers = [this.#order.numbers(left, low), this.#order.numbers(left, high)] as const
    const dates = [this.#order.dates(left, low, timeZone), this.#order.dates(left, high, timeZone)] as const
    const ofKind = ([fromLow, fromHigh]: typeof numbers): Literal =>
      circuit.and([circuit.or([fromLow.more, fromLow.same]), circuit.or([fromHigh.less, fromHigh.same])])
    return circuit.or([ofKind(numbers), ofKind(dates)])
  }

  #text(leaf: Extract<Comparison, { readonly op: TextCondition['kind'] | 'notContains' }>): Literal {
    const condition = conditionOf(leaf)
    if (condition === undefined) return this.#unknown(leaf)
    const { left } = leaf
    if (!isLiteral(left)) return this.#atoms.subject(left).texts.holds(condition)
    return typeof left === 'string' && condition.test(left) ? this.#atoms.circuit.yes : this.#atoms.circuit.no
  }

  #list(leaf: Extract<Comparison, { readonly op: 'containsAny' | 'containsAll' | 'containsNone' }>): Literal {
    const { left, right } = leaf
    if (!isLiteral(right) || !isList(right) || isLiteral(left)) return this.#unknown(leaf)
    const { lists } = this.#atoms.subject(left)
    return leaf.op === 'containsAll' ? lists.hasAll(right) : lists.hasAny(right)
  }

  #window(leaf: WindowRule): Literal {
    const zone = leaf.timeZone ?? this.#atoms.timeZone
    return this.inWindow(leaf.left, windowEnds(windowOf(leaf), zone), zone)
  }

  /** That a date lies in a window. */
  inWindow(date: Operand, { from, to }: WindowEnds, zone: string): Literal {
    const { circuit } = this.#atoms
    const { instants, days } = this.#atoms.subject(date)
    return circuit.or([
      circuit.and([instants.beyond(from), not(instants.beyond(to))]),
      circuit.and([days.startsBeyond(from, zone), not(days.startsBeyond(to, zone))]),
    ])
  }

  /** An anniversary among some days is one among more days, of the same date in the same zone. */
  #anniversary(leaf: AnniversaryRule): Literal {
    const { circuit } = this.#atoms
    const from = leaf.current ? 0 : 1
    const to = from + leaf.days
    const key = ruleKey({ ...leaf, days: 1, current: false })
    const others = this.#anniversaries.get(key) ?? []
    this.#anniversaries.set(key, others)
    const known = others.find((other) => other.from === from && other.to === to)
    if (known !== undefined) return known.holds
    const holds = this.#unknown(leaf)
    for (const other of others) {
      if (other.from <= from && to <= other.to) circuit.implies(holds, other.holds)
      if (from <= other.from && other.to <= to) circuit.implies(other.holds, holds)
    }
    others.push({ from, to, holds })
    return holds
  }

  /** A leaf of which no more is known than which types it needs. */
  #unknown(leaf: Comparison): Literal {
    const { on = [], against } = operators[leaf.op]
    const holds = this.#atoms.named(ruleKey(leaf))
    const { circuit } = this.#atoms
    circuit.implies(holds, this.#atoms.subject(leaf.left).isOneOf(on))
    if ('right' in leaf && !Array.isArray(leaf.right) && against === 'same')
      circuit.implies(holds, this.#atoms.subject(leaf.right as Operand).isOneOf(on))
    return holds
  }
}

/** What a leaf asks of a text, where it says so itself. */
function conditionOf(
  leaf: Extract<Comparison, { readonly op: TextCondition['kind'] | 'notContains' }>,
): TextCondition | undefined {
  const ignoreCase = leaf.ignoreCase ?? false
  if (leaf.op === 'matches') {
    const pattern = patternOf(leaf)
    return { kind: 'matches', part: leaf.pattern, ignoreCase, test: (text) => pattern.test(text, ignoreCase) }
  }
  const kind = leaf.op === 'notContains' ? 'contains' : leaf.op
  const { right } = leaf
  if (!isLiteral(right) || typeof right !== 'string') return undefined
  const { test = () => false } = operators[kind]
  const context = { ignoreCase, compareDates: () => undefined }
  return { kind, part: right, ignoreCase, test: (text: Value) => test(text, right, context) }
}
