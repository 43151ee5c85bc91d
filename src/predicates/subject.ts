import { sameValue } from '../contacts/value.js'
import { isLiteral, type LeafRule, type Operand } from '../rules/ast.js'
import { holds, operandValue } from '../rules/evaluate.js'
import { operandFields, type LeafFields } from '../rules/rule-walk.js'
import type { NumberRange } from './cut-index.js'
import type { Shape } from './leaf-shape.js'
import type { Leaf } from './leaf.js'
import type { Sides } from './sides.js'
import { ValueIndex } from './value-index.js'

/*
 * What is asked about when something changed: one operand, with all leaves that compare it with literals, or a leaf that
 * stands alone. The contact as it was and the contact as it is are both at hand, at a change of data and at a step of the
 * clock alike, so no truth has to be kept: a subject looks at either side and says which leaves flipped.
 */

/** What finding flips has cost so far. */
export interface FlipCounters {
  /** Leaves tested one by one, as no index can tell of them. */
  leafTests: number
  flips: number
}

/** Called with a leaf that flipped, and with what it is now. */
export type FlipVisitor<Owner> = (leaf: Leaf<Owner>, holds: boolean) => void

/** Something that leaves are about. */
export interface Subject<Owner> {
  /** What of a contact it reads. */
  readonly fields: LeafFields
  /** A leaf that time moves when it moves the subject. */
  readonly rule: LeafRule
  visitFlips(sides: Sides, counters: FlipCounters, visit: FlipVisitor<Owner>): void
}

/** One operand, and the leaves that compare it with literals. */
export class OperandSubject<Owner> implements Subject<Owner> {
  readonly fields: LeafFields
  readonly rule: LeafRule
  readonly operand: Operand
  readonly #leaves = new ValueIndex<Leaf<Owner>>()

  constructor(operand: Operand) {
    this.operand = operand
    this.fields = operandFields(operand)
    this.rule = Object.freeze({ op: 'exists', left: operand })
  }

  get isUnused(): boolean {
    return this.#leaves.size === 0
  }

  add(leaf: Leaf<Owner>, shape: Shape): void {
    this.#leaves.add(shape, leaf)
  }

  delete(leaf: Leaf<Owner>, shape: Shape): void {
    this.#leaves.delete(shape, leaf)
  }

  /** The leaves with their ranges, where all ask for a range of numbers. */
  get ranges(): readonly { readonly leaf: Leaf<Owner>; readonly range: NumberRange }[] | undefined {
    return this.#leaves.ranges
  }

  visitFlips(sides: Sides, counters: FlipCounters, visit: FlipVisitor<Owner>): void {
    const { operand } = this
    const isAttribute = !isLiteral(operand) && operand.get === 'attribute'
    const was = isAttribute ? sides.attributeBefore(operand.name) : operandValue(operand, sides.before)
    const is = isAttribute ? sides.attributeAfter(operand.name) : operandValue(operand, sides.after)
    if (was === undefined ? is === undefined : is !== undefined && sameValue(was, is)) return
    this.#leaves.visitFlips(
      was,
      is,
      (leaf, nowHolds) => {
        counters.flips += 1
        visit(leaf, nowHolds)
      },
      (leaf) => {
        testLeaf(leaf, sides, counters, visit)
      },
    )
  }
}

/** A leaf that no index can tell of. */
export class LoneLeaf<Owner> implements Subject<Owner> {
  readonly #leaf: Leaf<Owner>

  constructor(leaf: Leaf<Owner>) {
    this.#leaf = leaf
  }

  get fields(): LeafFields {
    return this.#leaf.fields
  }

  get rule(): LeafRule {
    return this.#leaf.rule
  }

  visitFlips(sides: Sides, counters: FlipCounters, visit: FlipVisitor<Owner>): void {
    testLeaf(this.#leaf, sides, counters, visit)
  }
}

/** Whether the contact has a tag, which is seen without a test: the leaf is about a tag that was written. */
export class TagLeaf<Owner> implements Subject<Owner> {
  readonly #leaf: Leaf<Owner>
  readonly #tag: string

  constructor(leaf: Leaf<Owner>, tag: string) {
    this.#leaf = leaf
    this.#tag = tag
  }

  get fields(): LeafFields {
    return this.#leaf.fields
  }

  get rule(): LeafRule {
    return this.#leaf.rule
  }

  visitFlips(sides: Sides, counters: FlipCounters, visit: FlipVisitor<Owner>): void {
    const is = sides.hasTag(this.#tag)
    if (sides.hadTag(this.#tag) === is) return
    counters.flips += 1
    visit(this.#leaf, is)
  }
}

/** The subject of a leaf that shares its operand with no other. */
export function loneSubject<Owner>(leaf: Leaf<Owner>): Subject<Owner> {
  const { rule } = leaf
  return rule.op === 'hasTag' ? new TagLeaf(leaf, rule.tag) : new LoneLeaf(leaf)
}

function testLeaf<Owner>(leaf: Leaf<Owner>, sides: Sides, counters: FlipCounters, visit: FlipVisitor<Owner>): void {
  counters.leafTests += 1
  const is = holds(leaf.rule, sides.after)
  if (holds(leaf.rule, sides.before) === is) return
  counters.flips += 1
  visit(leaf, is)
}
