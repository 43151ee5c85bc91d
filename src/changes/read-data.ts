import type { Path } from '../base/errors.js'
import { isWellFormed } from '../base/text.js'
import { elementsOf, isListInput, propertiesOf, reportTooLarge } from '../contacts/plain-input.js'
import type { Reading } from '../contacts/reading.js'
import { refuse, refused, type Refused } from '../contacts/refused.js'

/*
 * Data of the host's own, of which nothing is asked but that it is plain JSON: it is copied to its end and frozen, so that it
 * is the same whenever it is read again. The same object can stand in it many times, and inside itself. So what is
 * copied is counted: values as nodes, all texts together as one. Over a limit, nothing more is looked at.
 */

const dataWords = 'plain JSON: null, true or false, a finite number, a text, a list or an object of these'
const textWords = 'a text without U+0000 and without lone surrogates'

/** Reads plain JSON; a property that is undefined counts as left out. Undefined where it was refused. */
export function readData(input: unknown, reading: Reading, path: Path): unknown {
  const copy = new DataCopy(reading, path).of(input, path, 1)
  return copy === refused ? undefined : copy
}

class DataCopy {
  readonly #reading: Reading
  readonly #root: Path
  #nodes = 1
  #characters = 0
  #isTooLarge = false

  constructor(reading: Reading, root: Path) {
    this.#reading = reading
    this.#root = root
  }

  of(input: unknown, path: Path, depth: number): unknown {
    if (this.#isTooLarge) return refused
    switch (typeof input) {
      case 'boolean':
        return input
      case 'number':
        return Number.isFinite(input) ? input + 0 : this.#refuse(input, dataWords, path) // −0 is 0
      case 'string':
        return this.#text(input, path)
      case 'object':
        if (input === null) return null
        return isListInput(input) ? this.#list(input, path, depth) : this.#object(input, path, depth)
      default:
        return this.#refuse(input, dataWords, path)
    }
  }

  #text(input: string, path: Path): string | Refused {
    this.#characters += input.length
    if (!this.#isWithin(this.#characters, this.#reading.limits.text, 'characters')) return refused
    return isWellFormed(input) ? input : this.#refuse(input, textWords, path)
  }

  #list(input: object, path: Path, depth: number): unknown {
    const elements = elementsOf(input, this.#reading.limits.list)
    if (elements === undefined) return this.#refuse(input, dataWords, path)
    if (typeof elements === 'number') {
      this.#isWithin(elements, this.#reading.limits.list, 'elements in a list')
      return refused
    }
    if (!this.#admits(elements.length, depth)) return refused
    const copies = elements.map((element, place) => this.of(element, [...path, place], depth + 1))
    return copies.includes(refused) ? refused : Object.freeze(copies)
  }

  #object(input: object, path: Path, depth: number): unknown {
    const properties = propertiesOf(input)
    if (properties === undefined) return this.#refuse(input, dataWords, path)
    if (!this.#admits(properties.size, depth)) return refused
    const entries: [string, unknown][] = []
    let isWhole = true
    for (const [name, value] of properties) {
      if (value === undefined) continue
      const at = [...path, name]
      const copy = this.#text(name, at) === refused ? refused : this.of(value, at, depth + 1)
      if (copy === refused) isWhole = false
      else entries.push([name, copy])
    }
    // A property named `__proto__` is then one like any other.
    return isWhole ? Object.freeze(Object.fromEntries(entries)) : refused
  }

  /** Counts what stands in a list or an object. */
  #admits(count: number, depth: number): boolean {
    this.#nodes += count
    const { limits } = this.#reading
    return this.#isWithin(this.#nodes, limits.nodes, 'values') && this.#isWithin(depth, limits.depth, 'levels')
  }

  #isWithin(size: number, limit: number, what: string): boolean {
    if (this.#isTooLarge) return false
    if (size <= limit) return true
    this.#isTooLarge = true
    reportTooLarge(this.#reading, this.#root, what, limit, String(size))
    return false
  }

  #refuse(input: unknown, expected: string, path: Path): Refused {
    return refuse(input, expected, this.#reading, path, 'CHANGE_INVALID')
  }
}
