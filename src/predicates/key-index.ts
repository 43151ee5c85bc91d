import { isList, valueKey, type Value } from '../contacts/value.js'

/*
 * Conditions that a value equals one of a few: by each of these values the items that wait for it. When a value moves, what
 * waits for the old one and what waits for the new one flips, but for those that wait for both; two look-ups and a step for
 * each flip, however many values are waited for. Keys are the library's one equality: they carry the type.
 */

interface Entry<T> {
  readonly item: T
  /** The keys waited for, where there are several. */
  readonly keys: ReadonlySet<string> | undefined
  /** Of those that have a bit, the bits: to look whether one is waited for is then to look at its bit. */
  readonly bits: number
}

interface Waiting<T> {
  /** The bit of the key, 0 where it got none: the first 32 keys have one. */
  readonly bit: number
  entries: readonly Entry<T>[]
}

/** Items by the values that they wait for, and which of them a moving value flips. */
export class KeyIndex<T> {
  readonly #byKey = new Map<string, Waiting<T>>()
  /** The bits that are given to keys. */
  #given = 0

  add(values: readonly Value[], item: T): void {
    const keys = new Set(values.map(valueKey))
    const waiting = Array.from(keys, (key) => this.#waitingFor(key))
    const bits = waiting.reduce((all, { bit }) => all | bit, 0)
    const entry = { item, keys: keys.size > 1 ? keys : undefined, bits }
    for (const each of waiting) each.entries = [...each.entries, entry]
  }

  delete(values: readonly Value[], item: T): void {
    for (const key of new Set(values.map(valueKey))) {
      const waiting = this.#byKey.get(key)
      if (waiting === undefined) continue
      waiting.entries = waiting.entries.filter((entry) => entry.item !== item)
      if (waiting.entries.length > 0) continue
      this.#byKey.delete(key)
      this.#given &= ~waiting.bit
    }
  }

  /** Visits the items that wait for one of two values only; `undefined` is no value. */
  visitFlips(before: Value | undefined, after: Value | undefined, visit: (item: T, holds: boolean) => void): void {
    if (this.#byKey.size === 0) return
    const from = keyOf(before)
    const to = keyOf(after)
    if (from === to) return
    this.#visitOnly(from, to, false, visit)
    this.#visitOnly(to, from, true, visit)
  }

  #visitOnly(
    key: string | undefined,
    other: string | undefined,
    holds: boolean,
    visit: (item: T, holds: boolean) => void,
  ): void {
    const waiting = key === undefined ? undefined : this.#byKey.get(key)
    if (waiting === undefined) return
    const bit = other === undefined ? 0 : (this.#byKey.get(other)?.bit ?? 0)
    for (const { item, keys, bits } of waiting.entries) {
      const waitsForBoth = bit === 0 ? other !== undefined && keys?.has(other) === true : (bits & bit) !== 0
      if (!waitsForBoth) visit(item, holds)
    }
  }

  #waitingFor(key: string): Waiting<T> {
    let waiting = this.#byKey.get(key)
    if (waiting !== undefined) return waiting
    const bit = ~this.#given & (this.#given + 1)
    this.#given |= bit
    this.#byKey.set(key, (waiting = { bit, entries: none }))
    return waiting
  }
}

const none: readonly never[] = Object.freeze([])

function keyOf(value: Value | undefined): string | undefined {
  return value === undefined ? undefined : valueKey(value)
}

/**
 * The same for lists that have one of a few elements: an item is met where the list that moves has elements of it that the
 * other has not. Whether it flips is to be tested.
 */
export class ElementIndex<T> {
  readonly #byElement = new Map<string | number, Set<T>>()

  add(elements: readonly (string | number)[], item: T): void {
    for (const element of elements) {
      const items = this.#byElement.get(element)
      if (items === undefined) this.#byElement.set(element, new Set([item]))
      else items.add(item)
    }
  }

  delete(elements: readonly (string | number)[], item: T): void {
    for (const element of elements) {
      const items = this.#byElement.get(element)
      if (items?.delete(item) === true && items.size === 0) this.#byElement.delete(element)
    }
  }

  /** Visits, once each, the items with an element that only one of two values has as a list. */
  visitMet(before: Value | undefined, after: Value | undefined, visit: (item: T) => void): void {
    if (this.#byElement.size === 0) return
    const [from, to] = [elementsOf(before), elementsOf(after)]
    const met = new Set<T>()
    for (const element of from) if (!to.has(element)) this.#collect(element, met)
    for (const element of to) if (!from.has(element)) this.#collect(element, met)
    met.forEach(visit)
  }

  #collect(element: string | number, met: Set<T>): void {
    for (const item of this.#byElement.get(element) ?? none) met.add(item)
  }
}

function elementsOf(value: Value | undefined): ReadonlySet<string | number> {
  return new Set<string | number>(value !== undefined && isList(value) ? value : none)
}
