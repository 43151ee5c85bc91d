/*
 * What an object from outside held when it was read, as a map. Nearly all objects have a few properties, and each change
 * consists of several objects: two lists take a fraction of the room of a `Map`, and to look through a few names costs less
 * than to hash one. Objects with many names get a `Map` beside the lists.
 */

/** So many names are looked through one by one. */
const few = 8

/** The own properties of an object, in their order; none of its names means anything. */
export class OwnProperties implements ReadonlyMap<string, unknown> {
  readonly #names: readonly string[]
  readonly #values: unknown[]
  readonly #all: ReadonlyMap<string, unknown> | undefined

  /** Reads each property once; throws what a getter or a Proxy throws. */
  constructor(input: object) {
    this.#names = Object.keys(input)
    // With just the room that it takes.
    this.#values = new Array<unknown>(this.#names.length)
    for (let place = 0; place < this.#names.length; place += 1)
      this.#values[place] = (input as Readonly<Record<string, unknown>>)[this.#names[place] as string]
    if (this.size > few) this.#all = new Map(this.entries())
  }

  get size(): number {
    return this.#names.length
  }

  /** The name at a place, from 0 to before `size`. */
  nameAt(place: number): string {
    return this.#names[place] as string
  }

  valueAt(place: number): unknown {
    return this.#values[place]
  }

  has(name: string): boolean {
    return this.#all === undefined ? this.#names.includes(name) : this.#all.has(name)
  }

  get(name: string): unknown {
    // A place of −1 holds nothing.
    return this.#all === undefined ? this.#values[this.#names.indexOf(name)] : this.#all.get(name)
  }

  forEach(visit: (value: unknown, name: string, map: ReadonlyMap<string, unknown>) => void): void {
    for (const [place, name] of this.#names.entries()) visit(this.#values[place], name, this)
  }

  keys(): ArrayIterator<string> {
    return this.#names.values()
  }

  values(): ArrayIterator<unknown> {
    return this.#values.values()
  }

  entries(): ArrayIterator<[string, unknown]> {
    return this.#names.map((name, place): [string, unknown] => [name, this.#values[place]]).values()
  }

  [Symbol.iterator](): ArrayIterator<[string, unknown]> {
    return this.entries()
  }
}
