import type { Circuit } from './circuit.js'
import type { LineKind, Order, OrderTheory } from './order-theory.js'
import { not, type Literal } from './solver.js'
import type { Subject } from './subject.js'

/** Texts beyond so many are not told of both sides. */
const mostShared = 200

const types = ['text', 'number', 'boolean', 'instant', 'day', 'list'] as const

/** What can be said of two values that are looked up or computed: whether they are equal, and in which order they stand. */
export class ValuePair {
  readonly equal: Literal
  readonly #circuit: Circuit
  readonly #theory: OrderTheory
  readonly #one: Subject
  readonly #other: Subject
  readonly #orders = new Map<string, Order>()
  readonly #shared = new Set<string>()

  constructor(circuit: Circuit, theory: OrderTheory, one: Subject, other: Subject) {
    this.#circuit = circuit
    this.#theory = theory
    this.#one = one
    this.#other = other
    this.equal = circuit.variable()
    circuit.implies(this.equal, one.present)
    for (const type of types) {
      circuit.require(not(this.equal), not(one.is(type)), other.is(type))
      circuit.require(not(this.equal), not(other.is(type)), one.is(type))
    }
    if (one.is('boolean') !== circuit.no && other.is('boolean') !== circuit.no) {
      for (const value of [true, false])
        circuit.require(not(this.equal), not(one.equalsBoolean(value)), other.equalsBoolean(value))
    }
    theory.equality(one, other, this.equal)
  }

  /**
   * Lets each be asked for the texts that the other is asked for: where they are equal, both are that text or neither is.
   * Whether there was something new to ask.
   */
  shareTexts(): boolean {
    const [one, other] = [this.#one, this.#other]
    if (one.is('text') === this.#circuit.no || other.is('text') === this.#circuit.no) return false
    const fresh = [...one.texts.texts, ...other.texts.texts].filter((text) => !this.#shared.has(text))
    for (const text of fresh.slice(0, mostShared - this.#shared.size)) {
      this.#shared.add(text)
      this.#circuit.require(not(this.equal), not(one.texts.equals(text)), other.texts.equals(text))
      this.#circuit.require(not(this.equal), not(other.texts.equals(text)), one.texts.equals(text))
    }
    return fresh.length > 0 && this.#shared.size < mostShared
  }

  /** How two numbers stand. */
  get numbers(): Order {
    return this.#order('number', ['number'])
  }

  /** How two dates stand, in a zone; which matters only between an instant and a day. */
  dates(zone: string): Order {
    const isOne = (type: 'instant' | 'day'): boolean =>
      [this.#one, this.#other].every((subject) => subject.is(type) === this.#circuit.no)
    return this.#order(isOne('instant') || isOne('day') ? '' : zone, ['instant', 'day'])
  }

  #order(name: string, kinds: readonly LineKind[]): Order {
    const known = this.#orders.get(name)
    if (known !== undefined) return known
    const circuit = this.#circuit
    const order = { less: circuit.variable(), same: circuit.variable(), more: circuit.variable() }
    const [one, other] = [this.#one.isOneOf(kinds), this.#other.isOneOf(kinds)]
    const both = circuit.and([one, other])
    for (const literal of [order.less, order.same, order.more]) circuit.implies(literal, both)
    circuit.require(not(both), order.less, order.same, order.more)
    circuit.excludes(order.less, order.same)
    circuit.excludes(order.less, order.more)
    circuit.excludes(order.same, order.more)
    for (const kind of kinds) {
      circuit.require(not(this.equal), not(this.#one.is(kind)), order.same)
      circuit.require(not(order.same), not(this.#one.is(kind)), not(this.#other.is(kind)), this.equal)
    }
    this.#theory.order(this.#one, this.#other, order, kinds)
    this.#orders.set(name, order)
    return order
  }
}
