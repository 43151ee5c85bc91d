import type { Circuit } from './circuit.js'
import { OrderLine } from './order-line.js'
import { not, type Literal } from './solver.js'

/** Which numbers there can be. */
export interface NumberRange {
  /** Whether they are whole. */
  readonly isWhole: boolean
  readonly least: number
}

/** Any number. */
export const anyNumber: NumberRange = Object.freeze({ isWhole: false, least: -Infinity })

/** A count. */
export const counted: NumberRange = Object.freeze({ isWhole: true, least: 0 })

/** What can be said of a number beside other numbers that are written down. "Above" is "at least the next there is". */
export class NumberAtoms {
  readonly isNumber: Literal
  readonly line: OrderLine<number>
  readonly #circuit: Circuit
  readonly #range: NumberRange

  constructor(circuit: Circuit, isNumber: Literal, range: NumberRange) {
    this.#circuit = circuit
    this.isNumber = isNumber
    this.#range = range
    this.line = new OrderLine(circuit, isNumber, (a, b) => a - b)
  }

  atLeast(bound: number): Literal {
    const { isWhole, least } = this.#range
    const first = isWhole ? Math.ceil(bound) : bound
    if (first <= least || first === -Infinity) return this.isNumber
    return first > Number.MAX_VALUE ? this.#circuit.no : this.line.beyond(first)
  }

  above(bound: number): Literal {
    return this.atLeast(this.#range.isWhole ? Math.floor(bound) + 1 : nextNumber(bound))
  }

  below(bound: number): Literal {
    return this.#circuit.and([this.isNumber, not(this.atLeast(bound))])
  }

  atMost(bound: number): Literal {
    return this.#circuit.and([this.isNumber, not(this.above(bound))])
  }

  equals(value: number): Literal {
    return this.#circuit.and([this.atLeast(value), not(this.above(value))])
  }
}

const bits = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(8))

/** The least double above another. */
export function nextNumber(value: number): number {
  if (value === 0) return Number.MIN_VALUE
  bits.setFloat64(0, value)
  bits.setBigInt64(0, bits.getBigInt64(0) + (value > 0 ? 1n : -1n))
  // The one above the greatest below zero is −0, which is 0.
  return bits.getFloat64(0) + 0
}

/** The greatest double below another. */
export function previousNumber(value: number): number {
  return -nextNumber(-value) + 0
}
