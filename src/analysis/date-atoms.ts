import { timeZone } from '../base/time-zone.js'
import { FIRST_INSTANT, LAST_INSTANT } from '../base/zone-offsets.js'
import type { Circuit } from './circuit.js'
import { isNeverAfter } from './edge-order.js'
import { edgeKey, type MovingEdge } from './moving-edge.js'
import { OrderLine } from './order-line.js'
import type { Literal } from './solver.js'

/** So many edges that move are put in order with each other; what is said of more of them is not related. */
const mostMoving = 100

/** Where an instant lies among the edges of windows. Edges that stand are in one order; those that move, as far as is proved. */
export class EdgeAtoms {
  readonly isOfType: Literal
  readonly line: OrderLine<number>
  readonly #circuit: Circuit
  readonly #since: number | undefined
  readonly #moving = new Map<string, { readonly edge: MovingEdge; readonly beyond: Literal }>()
  readonly #standing = new Map<number, Literal>()

  constructor(circuit: Circuit, isOfType: Literal, since: number | undefined) {
    this.#circuit = circuit
    this.isOfType = isOfType
    this.#since = since
    this.line = new OrderLine(circuit, isOfType, (a, b) => a - b)
  }

  /** The edges that move, with the literals that the instant is at or after them. */
  get moving(): Iterable<{ readonly edge: MovingEdge; readonly beyond: Literal }> {
    return this.#moving.values()
  }

  /** That it is an instant, at or after an edge. */
  beyond(edge: MovingEdge): Literal {
    if (edge.kind === 'fixed') return this.#beyondStanding(edge.at)
    const key = edgeKey(edge)
    const known = this.#moving.get(key)
    if (known !== undefined) return known.beyond
    const beyond = this.#circuit.variable()
    this.#circuit.implies(beyond, this.isOfType)
    if (this.#moving.size < mostMoving) {
      for (const other of this.#moving.values()) this.#relate(edge, beyond, other.edge, other.beyond)
      for (const [at, other] of this.#standing) this.#relate(edge, beyond, { kind: 'fixed', at }, other)
    }
    this.#moving.set(key, { edge, beyond })
    return beyond
  }

  #beyondStanding(at: number): Literal {
    if (at === -Infinity) return this.isOfType
    if (at === Infinity) return this.#circuit.no
    const known = this.#standing.get(at)
    if (known !== undefined) return known
    const beyond = this.line.beyond(at)
    this.#standing.set(at, beyond)
    if (this.#since !== undefined)
      for (const other of this.#moving.values()) this.#relate({ kind: 'fixed', at }, beyond, other.edge, other.beyond)
    return beyond
  }

  /** Who is beyond the later of two edges is beyond the earlier. */
  #relate(one: MovingEdge, beyondOne: Literal, other: MovingEdge, beyondOther: Literal): void {
    if (isNeverAfter(one, other, this.#since)) this.#circuit.implies(beyondOther, beyondOne)
    if (isNeverAfter(other, one, this.#since)) this.#circuit.implies(beyondOne, beyondOther)
  }
}

/** Where a day lies among days, and where its start lies among the edges of windows, which depends on the zone. */
export class DayAtoms {
  readonly isDay: Literal
  /** Among days since 1970-01-01. */
  readonly line: OrderLine<number>
  readonly #circuit: Circuit
  readonly #since: number | undefined
  readonly #starts = new Map<string, EdgeAtoms>()

  constructor(circuit: Circuit, isDay: Literal, since: number | undefined) {
    this.#circuit = circuit
    this.isDay = isDay
    this.#since = since
    this.line = new OrderLine(circuit, isDay, (a, b) => a - b)
  }

  /** That it is a day, and that one or a later one. */
  atLeast(day: number): Literal {
    return this.line.beyond(day)
  }

  /** That it is a day that begins, in a zone, at or after an edge. */
  startsBeyond(edge: MovingEdge, zone: string): Literal {
    if (edge.kind === 'fixed') return this.#startsAtOrAfter(edge.at, zone)
    let starts = this.#starts.get(zone)
    if (starts === undefined) this.#starts.set(zone, (starts = new EdgeAtoms(this.#circuit, this.isDay, this.#since)))
    return starts.beyond(edge)
  }

  #startsAtOrAfter(at: number, zone: string): Literal {
    if (at <= FIRST_INSTANT) return this.isDay
    if (at > LAST_INSTANT) return this.#circuit.no
    // Starts never go back, so the first day that begins at or after the instant is the one to compare with.
    const of = timeZone(zone)
    let day = of.dayOf(at)
    if (of.startOfDay(day) < at) day += 1
    else while (of.startOfDay(day - 1) === at) day -= 1
    return this.atLeast(day)
  }
}
