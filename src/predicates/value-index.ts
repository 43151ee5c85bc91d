import type { Value } from '../contacts/value.js'
import { CutIndex, type NumberRange } from './cut-index.js'
import { ElementIndex, KeyIndex } from './key-index.js'
import type { Shape } from './leaf-shape.js'

/** The items that ask one value for something, each by the shape of what it asks, and which of them flip as it moves. */
export class ValueIndex<T> {
  readonly #cuts = new CutIndex<T>()
  readonly #keys = new KeyIndex<T>()
  readonly #elements = new ElementIndex<T>()
  readonly #presence = new Set<T>()
  readonly #tested = new Set<T>()
  #size = 0

  get size(): number {
    return this.#size
  }

  add(shape: Shape, item: T): void {
    this.#size += 1
    switch (shape.kind) {
      case 'range':
        this.#cuts.add(shape.range, item)
        return
      case 'keys':
        this.#keys.add(shape.values, item)
        return
      case 'elements':
        this.#elements.add(shape.elements, item)
        return
      case 'presence':
        this.#presence.add(item)
        return
      case 'tested':
        this.#tested.add(item)
    }
  }

  delete(shape: Shape, item: T): void {
    this.#size -= 1
    switch (shape.kind) {
      case 'range':
        this.#cuts.delete(shape.range, item)
        return
      case 'keys':
        this.#keys.delete(shape.values, item)
        return
      case 'elements':
        this.#elements.delete(shape.elements, item)
        return
      case 'presence':
        this.#presence.delete(item)
        return
      case 'tested':
        this.#tested.delete(item)
    }
  }

  /** The items with their ranges, where all ask for a range of numbers. */
  get ranges(): readonly { readonly leaf: T; readonly range: NumberRange }[] | undefined {
    const found: { readonly leaf: T; readonly range: NumberRange }[] = []
    this.#cuts.forEach((range, leaf) => found.push({ leaf, range }))
    return found.length === this.#size ? found : undefined
  }

  /**
   * Visits the items that flip when a value moves; `undefined` is missing. Those of which no index can tell are given to
   * `test`.
   */
  visitFlips(
    before: Value | undefined,
    after: Value | undefined,
    visit: (item: T, holds: boolean) => void,
    test: (item: T) => void,
  ): void {
    this.#cuts.visitFlips(numberOf(before), numberOf(after), visit)
    this.#keys.visitFlips(before, after, visit)
    this.#elements.visitMet(before, after, test)
    if ((before === undefined) !== (after === undefined)) {
      for (const item of this.#presence) visit(item, after !== undefined)
    }
    this.#tested.forEach(test)
  }
}

function numberOf(value: Value | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined
}
