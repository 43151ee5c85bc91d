import type { Circuit } from './circuit.js'
import type { Literal } from './solver.js'

/**
 * Where a value lies among bounds in one order: for each bound the literal "it is of the type, and at or beyond this".
 * The bounds are kept sorted, and each new one says of its two neighbours that who is beyond the further is beyond the
 * nearer; what else there is to say of bounds follows. So a line of n bounds costs n clauses, and says all there is to
 * know of an order in which there is always room between two bounds.
 */
export class OrderLine<T> {
  readonly #circuit: Circuit
  readonly #isOfType: Literal
  readonly #compare: (a: T, b: T) => number
  readonly #bounds: { readonly bound: T; readonly beyond: Literal }[] = []

  constructor(circuit: Circuit, isOfType: Literal, compare: (a: T, b: T) => number) {
    this.#circuit = circuit
    this.#isOfType = isOfType
    this.#compare = compare
  }

  /** The bounds so far, the least first, each with the literal that the value is at or beyond it. */
  get bounds(): readonly { readonly bound: T; readonly beyond: Literal }[] {
    return this.#bounds
  }

  /** That the value is of the type of the line, and at or beyond a bound. */
  beyond(bound: T): Literal {
    let low = 0
    let high = this.#bounds.length
    while (low < high) {
      const middle = (low + high) >> 1
      const order = this.#compare((this.#bounds[middle] as { readonly bound: T }).bound, bound)
      if (order === 0) return (this.#bounds[middle] as { readonly beyond: Literal }).beyond
      if (order < 0) low = middle + 1
      else high = middle
    }
    const beyond = this.#circuit.variable()
    this.#circuit.implies(beyond, this.#bounds[low - 1]?.beyond ?? this.#isOfType)
    const next = this.#bounds[low]
    if (next !== undefined) this.#circuit.implies(next.beyond, beyond)
    this.#bounds.splice(low, 0, { bound, beyond })
    return beyond
  }
}
