import type { Rule } from '../rules/ast.js'
import { Prover, type ProofOptions } from './prover.js'
import { not } from './solver.js'

/** What is proved of a rule: that it holds of no contact, or of every one, at any instant; `open` where neither is. */
export type Truth = 'never' | 'always' | 'open'

/**
 * What is proved of two rules: that they hold of the same contacts; that the first holds only where the second does, or the
 * other way round; that they never hold together; `open` where none of that is. A rule that never holds is inside every
 * other one, and two of them are equal.
 */
export type Relation = 'equal' | 'inside' | 'contains' | 'disjoint' | 'open'

/**
 * Whether a rule can never hold, or always does. A proof or silence: `open` says that neither was proved.
 *
 * @throws CoterieError for what cannot be read; `RULE_LOOP` for segments that refer to each other in a circle.
 */
export function truthOf(rule: Rule, options: ProofOptions = {}): Truth {
  const prover = new Prover(options, [rule])
  const literal = prover.literalOf(prover.read(rule))
  if (prover.never(literal)) return 'never'
  return prover.never(not(literal)) ? 'always' : 'open'
}

/**
 * How two rules stand to each other, of every contact at every instant. A proof or silence: `open` says that nothing was
 * proved, not that they overlap.
 *
 * @throws CoterieError as {@link truthOf}.
 */
export function relationOf(one: Rule, other: Rule, options: ProofOptions = {}): Relation {
  const prover = new Prover(options, [one, other])
  const [a, b] = [prover.literalOf(prover.read(one)), prover.literalOf(prover.read(other))]
  const isInside = prover.follows(b, a)
  const contains = prover.follows(a, b)
  if (isInside && contains) return 'equal'
  if (isInside) return 'inside'
  if (contains) return 'contains'
  return prover.never(a, b) ? 'disjoint' : 'open'
}
