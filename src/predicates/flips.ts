import { holds } from '../rules/evaluate.js'
import type { Scope } from '../rules/scope.js'
import type { Leaf } from './leaf.js'

/** What finding flips has cost so far. */
export interface FlipCounters {
  leafTests: number
  flips: number
}

/**
 * Visits the leaves among `leaves` whose truth differs between the contact as it was and as it is. Both are at hand, so
 * no truth has to be kept: each leaf is tested once on either side.
 */
export function visitFlips<Owner>(
  leaves: Iterable<Leaf<Owner>>,
  before: Scope,
  after: Scope,
  counters: FlipCounters,
  visit: (leaf: Leaf<Owner>) => void,
): void {
  for (const leaf of leaves) {
    counters.leafTests += 1
    if (holds(leaf.rule, before) === holds(leaf.rule, after)) continue
    counters.flips += 1
    visit(leaf)
  }
}
