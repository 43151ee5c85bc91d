import type { Rule } from '../rules/ast.js'
import { FieldIndex, type ChangedFields } from './field-index.js'
import { distinctLeaves, makeLeaf, type Leaf } from './leaf.js'

/** The leaves that came into use and those that went out of it. */
export interface LeafChanges<Owner> {
  readonly added: readonly Leaf<Owner>[]
  readonly removed: readonly Leaf<Owner>[]
}

/**
 * All leaves in use, and which of them read a field. What a change costs begins here: only the leaves of the fields it
 * wrote are looked at, each once. (An index by operator and value below the field is the next level.)
 */
export class LeafIndex<Owner> {
  readonly #leaves = new Map<string, Leaf<Owner>>()
  readonly #byField = new FieldIndex<Leaf<Owner>>()

  /** How many different leaves are in use. */
  get size(): number {
    return this.#leaves.size
  }

  /**
   * Replaces an owner's rule by another; `undefined` is no rule. Leaves in both stay as they are. Returns those that nobody
   * used before and those that nobody uses any more.
   */
  replace(owner: Owner, before: Rule | undefined, after: Rule | undefined): LeafChanges<Owner> {
    const wanted = after === undefined ? [] : distinctLeaves(after)
    const kept = new Set(wanted.map(({ key }) => key))
    const added: Leaf<Owner>[] = []
    const removed: Leaf<Owner>[] = []
    for (const { key, leaf: rule, path } of wanted) {
      let leaf = this.#leaves.get(key)
      if (leaf === undefined) {
        leaf = makeLeaf<Owner>(key, rule)
        this.#leaves.set(key, leaf)
        this.#byField.add(leaf, leaf.fields)
        added.push(leaf)
      }
      leaf.uses.set(owner, path)
    }
    for (const { key } of before === undefined ? [] : distinctLeaves(before)) {
      const leaf = this.#leaves.get(key)
      if (kept.has(key) || leaf?.uses.delete(owner) !== true || leaf.uses.size > 0) continue
      this.#leaves.delete(key)
      this.#byField.delete(leaf, leaf.fields)
      removed.push(leaf)
    }
    return { added, removed }
  }

  /** The leaves that read any of the fields, each once. */
  reading(changed: ChangedFields): ReadonlySet<Leaf<Owner>> {
    return this.#byField.reading(changed)
  }
}
