import type { ListValue } from '../contacts/value.js'
import type { Circuit } from './circuit.js'
import { counted, NumberAtoms } from './number-atoms.js'
import { not, type Literal } from './solver.js'

/** What can be said of a list: which elements it has, how many, and which list it is. A list is of texts or of numbers. */
export class ListAtoms {
  readonly isList: Literal
  readonly length: NumberAtoms
  readonly #circuit: Circuit
  readonly #of: 'text' | 'number' | undefined
  readonly #elements = new Map<string | number, Literal>()
  readonly #wholes: { readonly list: ReadonlySet<string | number>; readonly isIt: Literal }[] = []
  readonly #isOfTexts: Literal

  /** `of` is what its elements are, where that is known. */
  constructor(circuit: Circuit, isList: Literal, of: 'text' | 'number' | undefined) {
    this.#circuit = circuit
    this.isList = isList
    this.#of = of
    this.length = new NumberAtoms(circuit, isList, counted)
    this.#isOfTexts = circuit.variable()
  }

  /** That it has an element. */
  has(element: string | number): Literal {
    const known = this.#elements.get(element)
    if (known !== undefined) return known
    const type = typeof element === 'string' ? 'text' : 'number'
    if (this.#of !== undefined && this.#of !== type) return this.#circuit.no
    const has = this.#circuit.variable()
    this.#elements.set(element, has)
    this.#circuit.implies(has, this.length.atLeast(1))
    this.#circuit.implies(has, type === 'text' ? this.#isOfTexts : not(this.#isOfTexts))
    for (const { list, isIt } of this.#wholes) this.#circuit.implies(isIt, list.has(element) ? has : not(has))
    return has
  }

  hasAny(elements: ListValue): Literal {
    return this.#circuit.or([...elements].map((element) => this.has(element)))
  }

  hasAll(elements: ListValue): Literal {
    const all = this.#circuit.and([this.isList, ...[...elements].map((element) => this.has(element))])
    this.#circuit.implies(all, this.length.atLeast(elements.length))
    return all
  }

  /** That it has just these elements: all of them, and no more. */
  equals(elements: ListValue): Literal {
    const list = new Set<string | number>(elements)
    const isIt = this.#circuit.and([this.hasAll(elements), not(this.length.above(list.size))])
    for (const [element, has] of this.#elements) this.#circuit.implies(isIt, list.has(element) ? has : not(has))
    this.#wholes.push({ list, isIt })
    return isIt
  }

  isEmpty(): Literal {
    return this.#circuit.and([this.isList, not(this.length.atLeast(1))])
  }
}
