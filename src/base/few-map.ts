/*
 * A map for what nearly always holds nothing or one entry: the fields that a change wrote, the contacts that it touched. A
 * `Map` takes over a hundred bytes before anything is in it, and a change that writes one field of one contact would make two
 * dozen of them. Here the first entry stands in the map itself; with the second comes a `Map` that takes over.
 */

/** The entries of such a map, to be looked at. */
export interface FewEntries<K, V> extends Iterable<readonly [K, V]> {
  readonly size: number
  has(key: K): boolean
  get(key: K): V | undefined
  forEach(visit: (value: V, key: K) => void): void
  keys(): Iterable<K>
  values(): Iterable<V>
}

/** A map that costs next to nothing while it holds at most one entry. Entries come in the order in which they were first set. */
export class FewMap<K, V> implements FewEntries<K, V> {
  #key: K | undefined
  #value: V | undefined
  #hasOne = false
  #all: Map<K, V> | undefined

  get size(): number {
    return this.#all === undefined ? Number(this.#hasOne) : this.#all.size
  }

  has(key: K): boolean {
    return this.#all === undefined ? this.#hasOne && this.#key === key : this.#all.has(key)
  }

  get(key: K): V | undefined {
    if (this.#all !== undefined) return this.#all.get(key)
    return this.#hasOne && this.#key === key ? this.#value : undefined
  }

  set(key: K, value: V): void {
    if (this.#all !== undefined) this.#all.set(key, value)
    else if (!this.#hasOne || this.#key === key) {
      this.#key = key
      this.#value = value
      this.#hasOne = true
    } else this.#all = new Map<K, V>([[this.#key as K, this.#value as V]]).set(key, value)
  }

  /** Takes an entry out, and says whether it was there. */
  delete(key: K): boolean {
    if (this.#all !== undefined) return this.#all.delete(key)
    if (!this.#hasOne || this.#key !== key) return false
    this.#hasOne = false
    this.#key = undefined
    this.#value = undefined
    return true
  }

  forEach(visit: (value: V, key: K) => void): void {
    if (this.#all !== undefined) this.#all.forEach(visit)
    else if (this.#hasOne) visit(this.#value as V, this.#key as K)
  }

  *[Symbol.iterator](): Generator<readonly [K, V], void, undefined> {
    if (this.#all !== undefined) yield* this.#all
    else if (this.#hasOne) yield [this.#key as K, this.#value as V]
  }

  keys(): Iterable<K> {
    if (this.#all !== undefined) return this.#all.keys()
    return this.#hasOne ? [this.#key as K] : []
  }

  values(): Iterable<V> {
    if (this.#all !== undefined) return this.#all.values()
    return this.#hasOne ? [this.#value as V] : []
  }
}

/** No entries, of whatever there might be. */
export function noEntries<K, V>(): FewEntries<K, V> {
  return empty
}

const empty: FewEntries<never, never> = /* @__PURE__ */ new FewMap<never, never>()
