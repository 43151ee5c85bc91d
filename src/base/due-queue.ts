/** What `add` gives back, to take the item out again. */
export interface DueToken {
  /** The instant at which the item is due. */
  readonly at: number
}

interface Entry<T> extends DueToken {
  readonly item: T
  /** Counts up with every item added, so that those of one instant keep their order. */
  readonly order: number
  /** Where the entry stands in the heap; −1 once it is out. */
  place: number
}

/**
 * Items waiting for their instants.
 *
 * A binary heap: no entry is before its parent, by instant and then by order of insertion, so the first of all is at
 * the top. Each entry knows its place, so any can be taken out: the last fills the gap and moves up or down to where
 * it belongs. To add, remove or take one costs O(log n), to look at the first O(1).
 */
export class DueQueue<T> {
  readonly #heap: Entry<T>[] = []
  #added = 0

  get size(): number {
    return this.#heap.length
  }

  /** The earliest instant at which an item is due, or undefined where there is none. */
  get nextAt(): number | undefined {
    return this.#heap[0]?.at
  }

  /** Puts in an item that is due at an instant (never NaN). */
  add(at: number, item: T): DueToken {
    const entry: Entry<T> = { at, item, order: this.#added++, place: this.#heap.length }
    this.#heap.push(entry)
    this.#moveUp(entry)
    return entry
  }

  /** Takes out the item of a token, and says whether it was still in this queue. */
  remove(token: DueToken): boolean {
    const entry = token as Entry<T>
    if (this.#heap[entry.place] !== entry) return false
    this.#takeOut(entry)
    return true
  }

  /** Takes out all items that are due at or before an instant, in order of their instants, then of insertion. */
  takeDue(at: number): T[] {
    const due: T[] = []
    for (let first = this.#heap[0]; first !== undefined && first.at <= at; first = this.#heap[0]) {
      this.#takeOut(first)
      due.push(first.item)
    }
    return due
  }

  #takeOut(entry: Entry<T>): void {
    const last = this.#heap.pop()
    if (last !== undefined && last !== entry) {
      this.#put(last, entry.place)
      this.#moveUp(last)
      this.#moveDown(last)
    }
    entry.place = -1
  }

  #moveUp(entry: Entry<T>): void {
    while (entry.place > 0) {
      const parent = this.#heap[(entry.place - 1) >> 1]
      if (parent === undefined || !isBefore(entry, parent)) return
      this.#swap(entry, parent)
    }
  }

  #moveDown(entry: Entry<T>): void {
    for (;;) {
      const left = this.#heap[2 * entry.place + 1]
      const right = this.#heap[2 * entry.place + 2]
      const child = left !== undefined && right !== undefined && isBefore(right, left) ? right : left
      if (child === undefined || !isBefore(child, entry)) return
      this.#swap(child, entry)
    }
  }

  /** Swaps an entry with its parent. */
  #swap(entry: Entry<T>, parent: Entry<T>): void {
    const { place } = entry
    this.#put(entry, parent.place)
    this.#put(parent, place)
  }

  #put(entry: Entry<T>, place: number): void {
    this.#heap[place] = entry
    entry.place = place
  }
}

function isBefore<T>(a: Entry<T>, b: Entry<T>): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order)
}
