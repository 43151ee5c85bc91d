import type { Rule } from '../rules/ast.js'
import { distinctLeaves, makeLeaf, type Leaf } from './leaf.js'

/** The fields of a contact that a change wrote. */
export interface ChangedFields {
  readonly attributes: { keys(): Iterable<string> }
  readonly tags: { keys(): Iterable<string>; readonly size: number }
}

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
  readonly #byAttribute = new Map<string, Set<Leaf<Owner>>>()
  readonly #byTag = new Map<string, Set<Leaf<Owner>>>()
  readonly #byAnyTag = new Set<Leaf<Owner>>()

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
        this.#index(leaf)
        added.push(leaf)
      }
      leaf.uses.set(owner, path)
    }
    for (const { key } of before === undefined ? [] : distinctLeaves(before)) {
      const leaf = this.#leaves.get(key)
      if (kept.has(key) || leaf?.uses.delete(owner) !== true || leaf.uses.size > 0) continue
      this.#leaves.delete(key)
      this.#unindex(leaf)
      removed.push(leaf)
    }
    return { added, removed }
  }

  /** The leaves that read any of the fields, each once. */
  reading(changed: ChangedFields): ReadonlySet<Leaf<Owner>> {
    const found = new Set<Leaf<Owner>>()
    for (const name of changed.attributes.keys()) for (const leaf of this.#byAttribute.get(name) ?? []) found.add(leaf)
    for (const tag of changed.tags.keys()) for (const leaf of this.#byTag.get(tag) ?? []) found.add(leaf)
    if (changed.tags.size > 0) for (const leaf of this.#byAnyTag) found.add(leaf)
    return found
  }

  #index(leaf: Leaf<Owner>): void {
    for (const name of leaf.fields.attributes) setAt(this.#byAttribute, name).add(leaf)
    for (const tag of leaf.fields.tags) setAt(this.#byTag, tag).add(leaf)
    if (leaf.fields.anyTag) this.#byAnyTag.add(leaf)
  }

  #unindex(leaf: Leaf<Owner>): void {
    for (const name of leaf.fields.attributes) deleteAt(this.#byAttribute, name, leaf)
    for (const tag of leaf.fields.tags) deleteAt(this.#byTag, tag, leaf)
    this.#byAnyTag.delete(leaf)
  }
}

/** The set at a key, made where there is none. */
export function setAt<K, V>(map: Map<K, Set<V>>, key: K): Set<V> {
  let found = map.get(key)
  if (found === undefined) map.set(key, (found = new Set<V>()))
  return found
}

/** Takes a value out of the set at a key, and the set away with its last value. */
export function deleteAt<K, V>(map: Map<K, Set<V>>, key: K, value: V): void {
  const found = map.get(key)
  if (found?.delete(value) === true && found.size === 0) map.delete(key)
}
