import type { Rule } from '../ast.js'
import { finish } from './frozen-copy.js'
import { makeRule } from './node.js'

/** Holds for every contact. */
export const everyone: Rule = /* @__PURE__ */ finish<Rule>({ op: 'everyone' })

/** Holds for no contact. */
export const nobody: Rule = /* @__PURE__ */ finish<Rule>({ op: 'nobody' })

/** Holds when each of the rules does. Throws `RULE_EMPTY` without rules, which would mean {@link everyone}. */
export function all(...rules: readonly Rule[]): Rule {
  return makeRule('all', { rules })
}

/** Holds when at least one of the rules does. Throws `RULE_EMPTY` without rules, which would mean {@link nobody}. */
export function any(...rules: readonly Rule[]): Rule {
  return makeRule('any', { rules })
}

/** Holds exactly when the rule does not. */
export function not(rule: Rule): Rule {
  return makeRule('not', { rule })
}

/**
 * Holds when at least `count` of the rules do. Throws `RULE_EMPTY` without rules, and `RULE_INVALID` unless `count` is
 * a whole number from 1 to the number of rules.
 */
export function someOf(count: number, rules: readonly Rule[]): Rule {
  return makeRule('someOf', { count, rules })
}

/** Holds for the members of another segment: its id, or anything that carries the id, such as a segment's handle. */
export function inSegment(segment: string | { readonly id: string }): Rule {
  return makeRule('inSegment', { segment })
}

/** A part of all contacts, the same at all times and on every machine. */
export interface Sample {
  /** What the contacts are shuffled by: samples of one salt are parts of one order, those of two are independent. */
  readonly salt: string
  /** The first place of 10,000 that is in, from 0. */
  readonly from: number
  /** The first place after those that are in, up to 10,000. */
  readonly to: number
}

/** Holds for the contacts whose place, drawn from salt and id, is in the sample: `from: 0, to: 2500` is a quarter of them. */
export function inSample(sample: Sample): Rule {
  return makeRule('inSample', {}, sample)
}
