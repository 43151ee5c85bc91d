import type { ContactView } from '../contacts/contact.js'
import type { RecordFields } from '../contacts/record.js'
import type { Value } from '../contacts/value.js'
import type { Operand, Rule } from './ast.js'

/** All that the truth of a rule depends on besides the rule itself. */
export interface Scope {
  readonly contact: ContactView
  /** The instant at which the rule is asked, in ms. */
  readonly now: number
  /** The zone of windows that do not carry their own. */
  readonly timeZone: string
  /** The event or record that a condition inside a `where` is about. */
  readonly item?: Item
  /** Whether the contact is a member of a segment, at `now`. */
  inSegment(segment: string): boolean
}

/** An event or a record, as conditions see it. */
export interface Item {
  /** When it happened, in ms; `undefined` for a record without a time. */
  readonly at: number | undefined
  value(name: string): Value | undefined
  /** The records inside it. */
  records(name: string): readonly RecordFields[]
}

/**
 * The evaluator as its parts see it: rules are made of values, and values of rules, since an aggregate is over those items
 * of which its `where` holds.
 */
export interface Evaluator {
  holds(rule: Rule, scope: Scope): boolean
  /** What an operand is of a contact at an instant; `undefined` where it is missing. */
  value(operand: Operand, scope: Scope): Value | undefined
}
