import type { Circuit } from './circuit.js'
import { isNeverAfter } from './edge-order.js'
import { edgeKey } from './moving-edge.js'
import { not, type Literal } from './solver.js'
import { arrow, strictCircles, wayTo, type Graph } from './order-graph.js'
import type { Subject } from './subject.js'

/*
 * What follows from several values standing in one order: a before b, b before c, so c not before a; and each of them
 * between the numbers or dates that it is compared with. The clauses say nothing of that. So each way in which the clauses
 * can be true is drawn as a graph, an arrow from what is less to what is more, and a circle with an arrow in it that says
 * "less" and not "at most" cannot be: the clause that forbids it is added, and the clauses are asked again.
 *
 * Why it is right: only literals that make up a circle are forbidden together. Costs a search of the graph for each
 * strict arrow.
 */

/** Three literals of which one is true where two values have an order. */
export interface Order {
  readonly less: Literal
  readonly same: Literal
  readonly more: Literal
}

/** What a line of values is of. */
export type LineKind = 'number' | 'instant' | 'day'

interface Pair {
  readonly kinds: readonly LineKind[]
  readonly one: Subject
  readonly other: Subject
  readonly order: Order
}

/** So many contradictions are taken from one look. */
const mostAtOnce = 16

/** The orders between subjects, and what they exclude. */
export class OrderTheory {
  readonly #circuit: Circuit
  readonly #since: number | undefined
  readonly #pairs: Pair[] = []
  readonly #atMost: { readonly less: Subject; readonly more: Subject }[] = []
  readonly #equal: { readonly one: Subject; readonly other: Subject; readonly equal: Literal }[] = []

  constructor(circuit: Circuit, since: number | undefined) {
    this.#circuit = circuit
    this.#since = since
  }

  /** Takes an order of two values, wherever both are of one of the kinds. */
  order(one: Subject, other: Subject, order: Order, kinds: readonly LineKind[]): void {
    this.#pairs.push({ kinds, one, other, order })
  }

  /** Takes that one number is at most another, wherever both are there. */
  atMost(less: Subject, more: Subject): void {
    this.#atMost.push({ less, more })
  }

  /** Takes the literal that two values are equal. */
  equality(one: Subject, other: Subject, equal: Literal): void {
    this.#equal.push({ one, other, equal })
  }

  /** Clauses that the way found last breaks; none where it stands. */
  contradictions(): readonly (readonly Literal[])[] {
    const found = [...this.#brokenEqualities()]
    for (const kind of ['number', 'instant', 'day'] as const) {
      const graph = this.#graphOf(kind)
      if (graph !== undefined) found.push(...strictCircles(graph, mostAtOnce))
    }
    return found.map((because) => because.map(not))
  }

  /** What is equal by way of others is equal. */
  *#brokenEqualities(): Iterable<readonly Literal[]> {
    if (this.#equal.length < 2) return
    const graph: Graph = new Map()
    for (const { one, other, equal } of this.#equal) {
      if (!this.#circuit.isTrue(equal)) continue
      arrow(graph, one.key, { to: other.key, isStrict: false, because: [equal] })
      arrow(graph, other.key, { to: one.key, isStrict: false, because: [equal] })
    }
    for (const { one, other, equal } of this.#equal) {
      const way = this.#circuit.isTrue(equal) ? undefined : wayTo(graph, one.key, other.key)
      if (way !== undefined) yield [...way, not(equal)]
    }
  }

  #graphOf(kind: LineKind): Graph | undefined {
    const graph: Graph = new Map()
    const subjects = new Set<Subject>()
    const isTrue = (literal: Literal): boolean => this.#circuit.isTrue(literal)
    for (const { kinds, one, other, order } of this.#pairs) {
      const types = [one.is(kind), other.is(kind)]
      if (!kinds.includes(kind) || !types.every(isTrue)) continue
      subjects.add(one).add(other)
      const [from, to] = [one.key, other.key]
      if (isTrue(order.less)) arrow(graph, from, { to, isStrict: true, because: [order.less, ...types] })
      if (isTrue(order.more)) arrow(graph, to, { to: from, isStrict: true, because: [order.more, ...types] })
      if (!isTrue(order.same)) continue
      arrow(graph, from, { to, isStrict: false, because: [order.same, ...types] })
      arrow(graph, to, { to: from, isStrict: false, because: [order.same, ...types] })
    }
    for (const { one, other, equal } of this.#equal) {
      const because = [equal, one.is(kind)]
      if (!because.every(isTrue)) continue
      subjects.add(one).add(other)
      arrow(graph, one.key, { to: other.key, isStrict: false, because })
      arrow(graph, other.key, { to: one.key, isStrict: false, because })
    }
    for (const { less, more } of kind === 'number' ? this.#atMost : []) {
      const types = [less.is(kind), more.is(kind)]
      if (!types.every(isTrue)) continue
      subjects.add(less).add(more)
      arrow(graph, less.key, { to: more.key, isStrict: false, because: types })
    }
    if (subjects.size === 0) return undefined
    this.#addBounds(graph, subjects, kind)
    return graph
  }

  /** Arrows between the subjects and what they are compared with, and among these. */
  #addBounds(graph: Graph, subjects: Iterable<Subject>, kind: LineKind): void {
    const bounds = new Set<number>()
    const edges = new Map<string, Parameters<typeof edgeKey>[0]>()
    for (const subject of subjects) {
      const type = subject.is(kind)
      const place = (name: string, beyond: Literal): void => {
        if (this.#circuit.isTrue(beyond)) arrow(graph, name, { to: subject.key, isStrict: false, because: [beyond] })
        else arrow(graph, subject.key, { to: name, isStrict: true, because: [not(beyond), type] })
      }
      const atoms = kind === 'number' ? subject.numbers : kind === 'instant' ? subject.instants : subject.days
      for (const { bound, beyond } of atoms.line.bounds) {
        bounds.add(bound)
        place(`=${String(bound)}`, beyond)
      }
      if (kind !== 'instant') continue
      for (const { edge, beyond } of subject.instants.moving) {
        edges.set(edgeKey(edge), edge)
        place(edgeKey(edge), beyond)
      }
    }
    const sorted = [...bounds].sort((a, b) => a - b)
    for (const [index, bound] of sorted.slice(1).entries())
      arrow(graph, `=${String(sorted[index])}`, { to: `=${String(bound)}`, isStrict: true, because: [] })
    for (const [key, edge] of edges)
      for (const [otherKey, other] of edges)
        if (key !== otherKey && isNeverAfter(edge, other, this.#since))
          arrow(graph, key, { to: otherKey, isStrict: false, because: [] })
  }
}
