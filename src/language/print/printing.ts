import type { Weekday } from '../../base/calendar-period.js'
import type { Schema } from '../../contacts/schema.js'
import type { Operand, Rule } from '../../rules/ast.js'

/** How a rule is written. */
export interface PrintOptions {
  /** With it, an event is written by its name alone where the schema has nothing else of that name. */
  readonly schema?: Schema | undefined
  /** A zone that is left out, for whoever reads the text has it. */
  readonly timeZone?: string | undefined
  /** A first day of the week that is left out. */
  readonly weekStartsOn?: Weekday | undefined
}

/**
 * How tightly a condition must hold together where it stands: as a whole, beside `or`, beside `and`, or after a word such
 * as `not` that takes one condition.
 */
export const tightness = Object.freeze({ whole: 0, inAny: 1, inAll: 2, single: 2 })

/**
 * How tightly a value must hold together: as a whole, where what comes after it could be taken for a window of its
 * events; in a sum, in a product, or as a single value.
 */
export const grip = Object.freeze({ whole: 0, closed: 1, sum: 1, product: 2, single: 3 })

/** The writing of a rule at some place in it. */
export interface Printing extends PrintOptions {
  /** Whether what is written is about an event or record. */
  readonly isItem: boolean
  readonly rule: (rule: Rule, atLeast: number, printing: Printing) => string
  readonly value: (operand: Operand, atLeast: number, printing: Printing) => string
}
