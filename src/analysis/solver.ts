import { DecisionQueue } from './decision-queue.js'

/*
 * Whether a set of clauses can be made true: conflict-driven clause learning, as in MiniSat, as small as it gets.
 *
 * The idea: variables are decided one after the other, and what follows is propagated over two watched literals of each
 * clause. A conflict is traced back to the last decision that it needs; the clause learned from it keeps the search from
 * ever making that mistake again. Which variable to decide next is asked of a queue in which those of the last conflicts
 * stand in front.
 *
 * Why it is right: a learned clause follows from those that were there, so `never` is a proof; a model is checked by
 * construction. It is asked again and again about one growing set of clauses, each time under some assumptions, and what
 * was learned stays. Each look at a clause is paid from a budget; when that is spent the answer is `open`, and nothing
 * is claimed.
 */

/** A variable, or its complement: `2v` and `2v + 1`. */
export type Literal = number

/** The complement of a literal. */
export function not(literal: Literal): Literal {
  return literal ^ 1
}

/** What the work of proofs is paid from, in looks at clauses. */
export interface Budget {
  steps: number
}

/** That there is a way, that there is none, or that the budget was spent before either was found. */
export type Answer = 'some' | 'never' | 'open'

interface Clause {
  readonly literals: Literal[]
}

/** A growing set of clauses. */
export class Solver {
  readonly #budget: Budget
  /** By literal: the clauses that watch it. */
  readonly #watches: Clause[][] = []
  /** By variable: 0 undecided, 1 true, −1 false. */
  readonly #truth: number[] = []
  readonly #level: number[] = []
  readonly #reason: (Clause | undefined)[] = []
  /** By variable: what it was last, which is tried first. */
  readonly #phase: number[] = []
  readonly #trail: Literal[] = []
  /** Where in the trail each level of decisions begins. */
  readonly #starts: number[] = []
  #propagated = 0
  #isBroken = false
  readonly #queue = new DecisionQueue()
  #model: readonly number[] = []

  constructor(budget: Budget) {
    this.#budget = budget
  }

  /** How many variables there are. */
  get size(): number {
    return this.#truth.length
  }

  /** A new variable, as the literal that it is true. */
  variable(): Literal {
    const variable = this.#truth.length
    this.#truth.push(0)
    this.#level.push(0)
    this.#reason.push(undefined)
    this.#phase.push(-1)
    this.#watches.push([], [])
    this.#queue.add()
    return 2 * variable
  }

  /** Takes a clause: at least one of its literals is true. */
  add(clause: readonly Literal[]): void {
    const literals = [...new Set(clause)].filter((literal) => this.#value(literal) >= 0)
    const isSure = literals.some((literal) => this.#value(literal) > 0 || literals.includes(not(literal)))
    if (this.#isBroken || isSure) return
    const [first, second] = literals
    if (first === undefined) this.#isBroken = true
    else if (second === undefined) {
      this.#assign(first, undefined)
      if (this.#propagate() !== undefined) this.#isBroken = true
    } else this.#watch({ literals })
  }

  /** Whether all clauses and the assumptions can be true together. */
  solve(assumptions: readonly Literal[] = []): Answer {
    const answer = this.#search(assumptions)
    if (answer === 'some') this.#model = [...this.#truth]
    this.#backTo(0)
    return answer
  }

  /** Whether a literal is true in the last model that `solve` found. */
  isTrue(literal: Literal): boolean {
    const truth = this.#model[literal >> 1] ?? -1
    return (literal & 1) === 0 ? truth > 0 : truth < 0
  }

  #search(assumptions: readonly Literal[]): Answer {
    if (this.#isBroken) return 'never'
    for (;;) {
      const conflict = this.#propagate()
      if (this.#budget.steps <= 0) return 'open'
      if (conflict !== undefined) {
        if (this.#starts.length === 0) {
          this.#isBroken = true
          return 'never'
        }
        this.#learn(conflict)
        continue
      }
      const next = this.#nextDecision(assumptions)
      if (next === 'some' || next === 'never') return next
      this.#starts.push(this.#trail.length)
      if (next !== undefined) this.#assign(next, undefined)
    }
  }

  /** The next assumption, or the next decision; `undefined` where the assumption holds already and only takes its level. */
  #nextDecision(assumptions: readonly Literal[]): Literal | 'some' | 'never' | undefined {
    const assumption = assumptions[this.#starts.length]
    if (assumption !== undefined) {
      const value = this.#value(assumption)
      if (value < 0) return 'never'
      return value > 0 ? undefined : assumption
    }
    const next = this.#queue.next((variable) => this.#truth[variable] !== 0)
    if (next === undefined) return 'some'
    return 2 * next + ((this.#phase[next] as number) > 0 ? 0 : 1)
  }

  #value(literal: Literal): number {
    const truth = this.#truth[literal >> 1] as number
    return (literal & 1) === 0 ? truth : -truth
  }

  #assign(literal: Literal, reason: Clause | undefined): void {
    const variable = literal >> 1
    this.#truth[variable] = (literal & 1) === 0 ? 1 : -1
    this.#level[variable] = this.#starts.length
    this.#reason[variable] = reason
    this.#trail.push(literal)
  }

  #watch(clause: Clause): void {
    this.#watches[clause.literals[0] as Literal]?.push(clause)
    this.#watches[clause.literals[1] as Literal]?.push(clause)
  }

  /** Follows what is decided; gives a clause that cannot be true any more, if one comes about. */
  #propagate(): Clause | undefined {
    while (this.#propagated < this.#trail.length) {
      const isFalse = not(this.#trail[this.#propagated++] as Literal)
      const watching = this.#watches[isFalse] as Clause[]
      this.#budget.steps -= watching.length + 1
      let kept = 0
      for (let place = 0; place < watching.length; place++) {
        const clause = watching[place] as Clause
        const { literals } = clause
        if (literals[0] === isFalse) {
          literals[0] = literals[1] as Literal
          literals[1] = isFalse
        }
        const first = literals[0] as Literal
        if (this.#value(first) <= 0 && this.#moveWatch(clause)) continue
        watching[kept++] = clause
        if (this.#value(first) > 0) continue
        if (this.#value(first) < 0) {
          for (place++; place < watching.length; place++) watching[kept++] = watching[place] as Clause
          watching.length = kept
          return clause
        }
        this.#assign(first, clause)
      }
      watching.length = kept
    }
    return undefined
  }

  /** Watches another literal in place of the second, which became false; false where there is none. */
  #moveWatch(clause: Clause): boolean {
    const { literals } = clause
    for (let place = 2; place < literals.length; place++) {
      const other = literals[place] as Literal
      if (this.#value(other) < 0) continue
      literals[place] = literals[1] as Literal
      literals[1] = other
      this.#watches[other]?.push(clause)
      return true
    }
    return false
  }

  /** Resolves a conflict back to the one literal of its level from which it follows, and keeps the clause that says so. */
  #learn(conflict: Clause): void {
    const current = this.#starts.length
    const seen = new Set<number>()
    const learned: Literal[] = [0]
    let open = 0
    let place = this.#trail.length
    let clause: Clause | undefined = conflict
    let literal: Literal = -1
    do {
      for (const other of clause?.literals ?? []) {
        const variable = other >> 1
        if (other === literal || seen.has(variable) || this.#level[variable] === 0) continue
        seen.add(variable)
        if (this.#level[variable] === current) open += 1
        else learned.push(other)
      }
      do literal = this.#trail[--place] as Literal
      while (!seen.has(literal >> 1))
      clause = this.#reason[literal >> 1]
      open -= 1
    } while (open > 0)
    learned[0] = not(literal)
    this.#budget.steps -= 10 + learned.length
    for (const variable of seen) this.#queue.toFront(variable, this.#truth[variable] !== 0)
    this.#backTo(this.#secondLevel(learned))
    if (learned.length > 1) {
      const kept = { literals: learned }
      this.#watch(kept)
      this.#assign(learned[0], kept)
    } else this.#assign(learned[0], undefined)
  }

  /** The highest level among all but the first, whose literal is brought to the second place. */
  #secondLevel(learned: Literal[]): number {
    let highest = 1
    for (let place = 2; place < learned.length; place++) {
      if (this.#levelOf(learned[place]) > this.#levelOf(learned[highest])) highest = place
    }
    if (learned.length < 2) return 0
    const second = learned[highest] as Literal
    learned[highest] = learned[1] as Literal
    learned[1] = second
    return this.#levelOf(second)
  }

  #levelOf(literal: Literal | undefined): number {
    return literal === undefined ? 0 : (this.#level[literal >> 1] as number)
  }

  #backTo(level: number): void {
    const start = this.#starts[level]
    if (start === undefined) return
    for (let place = this.#trail.length - 1; place >= start; place--) {
      const variable = (this.#trail[place] as Literal) >> 1
      this.#phase[variable] = this.#truth[variable] as number
      this.#truth[variable] = 0
      this.#queue.free(variable)
    }
    this.#trail.length = start
    this.#starts.length = level
    this.#propagated = start
  }
}
