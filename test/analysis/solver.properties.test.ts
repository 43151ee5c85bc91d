import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Circuit } from '../../src/analysis/circuit.js'
import { not, Solver, type Literal } from '../../src/analysis/solver.js'
import { runs } from '../runs.js'

/*
 * 1. What a solver finds of clauses and assumptions is what trying all ways finds, asked again and again as clauses are added.
 * 2. The way it finds makes every clause true.
 * 3. A gate is true just when what stands in it is.
 * 4. Without a budget it claims nothing.
 */

const variables = 7

const literal = fc.nat(2 * variables - 1)
const clauses = fc.array(fc.array(literal, { minLength: 1, maxLength: 3 }), { maxLength: 40 })
const rounds = fc.array(fc.record({ clauses, assumptions: fc.array(literal, { maxLength: 3 }) }), {
  minLength: 1,
  maxLength: 4,
})

const isTrueIn = (way: number, one: Literal): boolean => ((way >> (one >> 1)) & 1) === ((one & 1) === 0 ? 1 : 0)

function isPossible(all: readonly (readonly Literal[])[], assumptions: readonly Literal[]): boolean {
  for (let way = 0; way < 2 ** variables; way++) {
    const isTrue = (one: Literal): boolean => isTrueIn(way, one)
    if (assumptions.every(isTrue) && all.every((clause) => clause.some(isTrue))) return true
  }
  return false
}

describe('the solver', () => {
  it('finds what there is', { timeout: 600_000 }, () => {
    const property = fc.property(rounds, (given) => {
      const solver = new Solver({ steps: 1_000_000 })
      for (let count = 0; count < variables; count++) solver.variable()
      const all: (readonly Literal[])[] = []
      for (const round of given) {
        for (const clause of round.clauses) {
          solver.add(clause)
          all.push(clause)
        }
        const answer = solver.solve(round.assumptions)
        expect(answer).toBe(isPossible(all, round.assumptions) ? 'some' : 'never')
        if (answer === 'never') continue
        for (const clause of [...all, ...round.assumptions.map((one) => [one])])
          expect(clause.some((one) => solver.isTrue(one))).toBe(true)
      }
    })
    fc.assert(property, { numRuns: runs(400) })
  })

  it('counts in gates', () => {
    const property = fc.property(
      fc.array(literal, { maxLength: 6 }),
      fc.integer({ min: 0, max: 7 }),
      (parts, count) => {
        const circuit = new Circuit({ steps: 1_000_000 })
        const base = Array.from({ length: variables }, () => circuit.variable())
        const inputs = parts.map(
          (one) => ((one & 1) === 0 ? base[one >> 1] : not(base[one >> 1] as Literal)) as Literal,
        )
        const gates = [circuit.and(inputs), circuit.or(inputs), circuit.atLeast(count, inputs)]
        for (let way = 0; way < 2 ** variables; way++) {
          const facts = base.map((one, place) => (((way >> place) & 1) === 1 ? one : not(one)))
          const held = parts.filter((one) => isTrueIn(way, one)).length
          const expected = [held === parts.length, held > 0, held >= count]
          for (const [place, gate] of gates.entries())
            expect(circuit.solve([...facts, expected[place] === true ? not(gate) : gate])).toBe('never')
        }
      },
    )
    fc.assert(property, { numRuns: runs(30) })
  })

  it('claims nothing without a budget', () => {
    const solver = new Solver({ steps: 0 })
    const one = solver.variable()
    solver.add([one])
    expect(solver.solve([])).toBe('open')
  })
})
