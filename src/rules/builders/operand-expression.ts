import type { ComputedOperand, Operand, Rule } from '../ast.js'
import type { AnyExpression } from './expressions.js'
import { makeOperand, makeRule } from './node.js'

/** The name of every rule that compares an operand. */
export type ComparisonOp = Extract<Rule, { readonly left: Operand }>['op']

/** The expression of an operand, with every method; what it can be asked is the affair of its type. */
export function expression(operand: ComputedOperand): AnyExpression {
  return new OperandExpression(operand)
}

/*
 * Arguments are `unknown`: types keep TypeScript users from mistakes, and what others pass is checked against the table of
 * operators when the rule is made. A test holds the methods to the table.
 */
class OperandExpression implements AnyExpression {
  readonly operand: ComputedOperand

  constructor(operand: ComputedOperand) {
    this.operand = operand
    Object.freeze(this)
  }

  equals(right: unknown): Rule {
    return this.#compared('equals', { right })
  }

  notEquals(right: unknown): Rule {
    return this.#compared('notEquals', { right })
  }

  in(right: unknown): Rule {
    return this.#compared('in', { right })
  }

  notIn(right: unknown): Rule {
    return this.#compared('notIn', { right })
  }

  exists(): Rule {
    return this.#compared('exists')
  }

  missing(): Rule {
    return this.#compared('missing')
  }

  isEmpty(): Rule {
    return this.#compared('isEmpty')
  }

  greaterThan(right: unknown): Rule {
    return this.#compared('greaterThan', { right })
  }

  atLeast(right: unknown): Rule {
    return this.#compared('atLeast', { right })
  }

  lessThan(right: unknown): Rule {
    return this.#compared('lessThan', { right })
  }

  atMost(right: unknown): Rule {
    return this.#compared('atMost', { right })
  }

  between(low: unknown, high: unknown, options?: unknown): Rule {
    return this.#compared('between', { low, high }, options)
  }

  contains(right: unknown, options?: unknown): Rule {
    return this.#compared('contains', { right }, options)
  }

  notContains(right: unknown, options?: unknown): Rule {
    return this.#compared('notContains', { right }, options)
  }

  startsWith(right: unknown, options?: unknown): Rule {
    return this.#compared('startsWith', { right }, options)
  }

  endsWith(right: unknown, options?: unknown): Rule {
    return this.#compared('endsWith', { right }, options)
  }

  matches(pattern: unknown, options?: unknown): Rule {
    return this.#compared('matches', { pattern }, options)
  }

  containsAny(right: unknown): Rule {
    return this.#compared('containsAny', { right })
  }

  containsAll(right: unknown): Rule {
    return this.#compared('containsAll', { right })
  }

  containsNone(right: unknown): Rule {
    return this.#compared('containsNone', { right })
  }

  before(right: unknown, options?: unknown): Rule {
    return this.#compared('before', { right }, options)
  }

  after(right: unknown, options?: unknown): Rule {
    return this.#compared('after', { right }, options)
  }

  on(right: unknown, options?: unknown): Rule {
    return this.#compared('on', { right }, options)
  }

  inLast(duration: unknown, options?: unknown): Rule {
    return this.#compared('inLast', { duration }, options)
  }

  notInLast(duration: unknown, options?: unknown): Rule {
    return this.#compared('notInLast', { duration }, options)
  }

  inNext(duration: unknown, options?: unknown): Rule {
    return this.#compared('inNext', { duration }, options)
  }

  moreThanAgo(duration: unknown, options?: unknown): Rule {
    return this.#compared('moreThanAgo', { duration }, options)
  }

  betweenAgo(from: unknown, to: unknown, options?: unknown): Rule {
    return this.#compared('betweenAgo', { from, to }, options)
  }

  inCalendar(period: unknown, options?: unknown): Rule {
    return this.#compared('inCalendar', { period }, options)
  }

  anniversaryIn(options: unknown): Rule {
    return this.#compared('anniversaryIn', {}, options)
  }

  plus(right: unknown, options?: unknown): AnyExpression {
    return this.#moved('plus', 'later', right, options)
  }

  minus(right: unknown, options?: unknown): AnyExpression {
    return this.#moved('minus', 'earlier', right, options)
  }

  times(right: unknown): AnyExpression {
    return expression(makeOperand('times', { left: this, right }))
  }

  dividedBy(right: unknown): AnyExpression {
    return expression(makeOperand('dividedBy', { left: this, right }))
  }

  length(): AnyExpression {
    return expression(makeOperand('length', { of: this }))
  }

  #compared(op: ComparisonOp, given: Readonly<Record<string, unknown>> = {}, options?: unknown): Rule {
    return makeRule(op, { left: this, ...given }, options)
  }

  /** Only a text can be a duration that is not also a number of milliseconds. */
  #moved(sum: 'plus' | 'minus', shift: 'later' | 'earlier', right: unknown, options: unknown): AnyExpression {
    if (typeof right !== 'string') return expression(makeOperand(sum, { left: this, right }, options))
    return expression(makeOperand(shift, { of: this, duration: right }, options))
  }
}
