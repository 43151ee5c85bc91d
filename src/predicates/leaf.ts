import type { Path } from '../base/errors.js'
import type { LeafRule, Rule } from '../rules/ast.js'
import { positiveLeaf, ruleKey } from '../rules/rule-key.js'
import { fieldsOf, leavesOf, type LeafFields } from '../rules/rule-walk.js'

/*
 * A leaf is a rule without rules inside, interned: however many segments say `leadScore > 80`, there is one leaf, and it
 * is tested once per change. A segment is a function of its leaves, so where no leaf of it flipped, it did not change.
 * Only positive operators are leaves: `not p` flips exactly when `p` does.
 */

/** A condition that one or more owners share. */
export interface Leaf<Owner> {
  /** What equal leaves have in common. */
  readonly key: string
  /** The positive condition. */
  readonly rule: LeafRule
  /** What of a contact it reads. */
  readonly fields: LeafFields
  /** Who uses it, and where in its rule it stands first. */
  readonly uses: Map<Owner, Path>
}

/** The positive leaves of a rule, each once, with the place where it stands first. */
export function distinctLeaves(
  rule: Rule,
): readonly { readonly key: string; readonly leaf: LeafRule; readonly path: Path }[] {
  const found = new Map<string, { readonly key: string; readonly leaf: LeafRule; readonly path: Path }>()
  for (const { leaf, path } of leavesOf(rule)) {
    const positive = positiveLeaf(leaf).leaf
    const key = ruleKey(positive)
    if (!found.has(key)) found.set(key, { key, leaf: positive, path })
  }
  return [...found.values()]
}

/** A leaf that nobody uses yet. */
export function makeLeaf<Owner>(key: string, rule: LeafRule): Leaf<Owner> {
  return { key, rule, fields: fieldsOf(rule), uses: new Map<Owner, Path>() }
}
