import type { Items, Operand, Rule } from '../rules/ast.js'
import type { Circuit } from './circuit.js'
import type { Names } from './operand-types.js'
import type { OrderTheory } from './order-theory.js'
import type { Literal } from './solver.js'
import type { Subject } from './subject.js'

/** What the parts of a proof need of the whole: each says of one kind of leaf what is known of it. */
export interface Atoms {
  readonly circuit: Circuit
  /** What is known of names where the rule stands. */
  readonly names: Names
  /** The zone of nodes that have none of their own. */
  readonly timeZone: string
  readonly theory: OrderTheory
  /** What can be said of an operand; equal operands are one. */
  subject(operand: Operand): Subject
  /** Something of which nothing is known but its name. */
  named(name: string): Literal
  /** Whether one condition on items holds wherever another does; false where that is not proved. */
  follows(from: Rule | undefined, condition: Rule | undefined, of: Items): boolean
}
