import { not, Solver, type Answer, type Budget, type Literal } from './solver.js'

/** So many gates are made of one "at least so many"; a larger one is left open, of which nothing is proved. */
const mostGates = 20_000

/**
 * Gates over the variables of a solver: a formula becomes one literal, and equal formulas the same one. Each gate says in
 * clauses that it is true just when what stands in it is (Tseitin's encoding), so it may be asked for either way.
 */
export class Circuit {
  /** Always true; its complement is always false. */
  readonly yes: Literal
  readonly no: Literal
  readonly #solver: Solver
  readonly #gates = new Map<string, Literal>()

  constructor(budget: Budget) {
    this.#solver = new Solver(budget)
    this.yes = this.#solver.variable()
    this.no = not(this.yes)
    this.#solver.add([this.yes])
  }

  /** How many variables there are, gates included. */
  get size(): number {
    return this.#solver.size
  }

  /** Something of which nothing is known. */
  variable(): Literal {
    return this.#solver.variable()
  }

  /** Says that at least one of these is true. */
  require(...literals: readonly Literal[]): void {
    this.#solver.add(literals)
  }

  /** Says that where one thing holds, another does. */
  implies(from: Literal, to: Literal): void {
    this.#solver.add([not(from), to])
  }

  /** Says that two things never hold together. */
  excludes(one: Literal, other: Literal): void {
    this.#solver.add([not(one), not(other)])
  }

  /** Whether these can all hold together, as far as clauses tell. */
  solve(assumptions: readonly Literal[]): Answer {
    return this.#solver.solve(assumptions)
  }

  /** Whether a literal is true in the way that `solve` found last. */
  isTrue(literal: Literal): boolean {
    return this.#solver.isTrue(literal)
  }

  and(parts: readonly Literal[]): Literal {
    const literals = [...new Set(parts)].filter((literal) => literal !== this.yes).sort((a, b) => a - b)
    const isNever = literals.some((literal) => literal === this.no || literals.includes(not(literal)))
    if (isNever) return this.no
    const [first, ...rest] = literals
    if (first === undefined) return this.yes
    if (rest.length === 0) return first
    return this.#gate(`and ${literals.join()}`, (gate) => {
      for (const literal of literals) this.implies(gate, literal)
      this.require(gate, ...literals.map(not))
    })
  }

  or(parts: readonly Literal[]): Literal {
    return not(this.and(parts.map(not)))
  }

  /** Both or neither. */
  same(one: Literal, other: Literal): Literal {
    return this.or([this.and([one, other]), this.and([not(one), not(other)])])
  }

  /** At least so many of these, each counted as often as it stands there. */
  atLeast(count: number, parts: readonly Literal[]): Literal {
    if (count <= 0) return this.yes
    if (count > parts.length) return this.no
    if (count === 1) return this.or(parts)
    if (count === parts.length) return this.and(parts)
    const key = `${String(count)} of ${parts.join()}`
    const found = this.#gates.get(key)
    if (found !== undefined) return found
    const gate = count * parts.length > mostGates ? this.variable() : this.#counted(count, parts)
    this.#gates.set(key, gate)
    return gate
  }

  /** After each part, for each number up to the one asked for: whether so many were true by then. */
  #counted(count: number, parts: readonly Literal[]): Literal {
    let reached: Literal[] = Array.from({ length: count + 1 }, (_, number) => (number === 0 ? this.yes : this.no))
    for (const part of parts) {
      const before = reached
      reached = before.map((already, number) =>
        number === 0 ? this.yes : this.or([already, this.and([before[number - 1] as Literal, part])]),
      )
    }
    return reached[count] as Literal
  }

  #gate(key: string, define: (gate: Literal) => void): Literal {
    const found = this.#gates.get(key)
    if (found !== undefined) return found
    const gate = this.variable()
    this.#gates.set(key, gate)
    define(gate)
    return gate
  }
}
