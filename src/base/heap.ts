/** A binary min-heap of items by a number that each carries: O(log n) to put one in and to take the least out. */
export class Heap<T> {
  readonly #items: T[] = []
  readonly #keyOf: (item: T) => number

  constructor(keyOf: (item: T) => number) {
    this.#keyOf = keyOf
  }

  get size(): number {
    return this.#items.length
  }

  push(item: T): void {
    const items = this.#items
    const key = this.#keyOf(item)
    let at = items.length
    items.push(item)
    while (at > 0) {
      const above = (at - 1) >> 1
      const parent = items[above] as T
      if (this.#keyOf(parent) <= key) break
      items[at] = parent
      at = above
    }
    items[at] = item
  }

  /** Takes out the item with the least key; `undefined` where there is none. */
  pop(): T | undefined {
    const items = this.#items
    const first = items[0]
    const last = items.pop()
    if (last === undefined || items.length === 0) return first
    const key = this.#keyOf(last)
    let at = 0
    for (let child = 1; child < items.length; child = 2 * at + 1) {
      const right = child + 1
      if (right < items.length && this.#keyOf(items[right] as T) < this.#keyOf(items[child] as T)) child = right
      const smaller = items[child] as T
      if (this.#keyOf(smaller) >= key) break
      items[at] = smaller
      at = child
    }
    items[at] = last
    return first
  }
}
