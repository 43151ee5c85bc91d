import type { Path } from '../base/errors.js'
import type { LeafRule, Rule } from '../rules/ast.js'
import { positiveLeaf, ruleKey } from '../rules/rule-key.js'
import { fieldsOf, innerRules, isLeaf, type LeafFields } from '../rules/rule-walk.js'

/*
 * A leaf is a rule without rules inside, interned: however many segments say `leadScore > 80`, there is one leaf, and it
 * is tested once per change. A segment is a function of its leaves, so where no leaf of it flipped, it did not change.
 * Only positive operators are leaves: `not p` flips exactly when `p` does.
 *
 * A use carries a sign. Groups are monotone, so under an even number of complements a leaf that comes true can only bring
 * contacts in, and under an odd number only take them out. Where a leaf stands both ways, it can do either.
 */

/** Which way a leaf moves a rule: with its truth, against it, or both. */
export const signs = Object.freeze({ with: 1, against: 2, both: 3 })

/** Where a leaf stands in a rule of its owner, and which way it moves it. */
export interface LeafUse {
  /** Where it stands first. */
  readonly path: Path
  /** One of {@link signs}. */
  readonly sign: number
}

/** A condition that one or more owners share. */
export interface Leaf<Owner> {
  /** What equal leaves have in common. */
  readonly key: string
  /** The positive condition. */
  readonly rule: LeafRule
  /** What of a contact it reads. */
  readonly fields: LeafFields
  /** Who uses it, and how. */
  readonly uses: Map<Owner, LeafUse>
  /** Rises whenever `uses` changes. */
  version: number
  /** Its number while it is in use, see {@link Truths}. */
  id: number
}

/** A leaf of a rule, and its use there. */
export interface UsedLeaf extends LeafUse {
  readonly key: string
  /** The positive condition. */
  readonly leaf: LeafRule
}

/** The positive leaves of a rule, each once, with the place where it stands first. */
export function distinctLeaves(rule: Rule): readonly UsedLeaf[] {
  const found = new Map<string, UsedLeaf>()
  collect(rule, [], false, found)
  return [...found.values()]
}

function collect(rule: Rule, path: Path, complement: boolean, found: Map<string, UsedLeaf>): void {
  if (!isLeaf(rule)) {
    const turned = complement !== (rule.op === 'not')
    for (const inner of innerRules(rule)) collect(inner.rule, [...path, ...inner.path], turned, found)
    return
  }
  const { leaf, negated } = positiveLeaf(rule)
  const key = ruleKey(leaf)
  const sign = complement === negated ? signs.with : signs.against
  const known = found.get(key)
  if (known === undefined) found.set(key, { key, leaf, path, sign })
  else found.set(key, { ...known, sign: known.sign | sign })
}

/** A leaf that nobody uses yet. */
export function makeLeaf<Owner>(key: string, rule: LeafRule): Leaf<Owner> {
  return { key, rule, fields: fieldsOf(rule), uses: new Map<Owner, LeafUse>(), version: 0, id: -1 }
}
