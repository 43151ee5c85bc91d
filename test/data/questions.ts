import { expect, it } from 'vitest'
import type { Engine, Rule } from 'coterie'
import type { Folding } from './folding.js'
import type { Oracle } from './oracle.js'

/** A rule, and the query that gives its members: two answers to one question, written independently. */
export interface Question {
  readonly asks: string
  readonly rule: Rule
  /** Gives the ids of the members at `:now`. */
  readonly sql: string
}

/** An engine of any schema, as far as its segments go. */
export type AnyEngine = Pick<Engine, 'advanceTo' | 'on' | 'segments'> & {
  readonly contacts: { readonly count: number }
}

/** What is compared: an engine that has all the data, and the oracle with the same rows. */
export interface Case {
  readonly engine: AnyEngine
  readonly oracle: Oracle
  /** Instants in order, the first at or after the clock of the engine. */
  readonly instants: readonly number[]
  /** Brings to the engine what it is to know at an instant, before it is asked. */
  readonly bring?: (at: number) => void
}

/** The segments of all questions in an engine, each under what it asks. */
export function defineAll(engine: Pick<Engine, 'segments'>, questions: readonly Question[]): void {
  for (const { asks, rule } of questions) engine.segments.define({ id: asks, rule })
}

/** What engine and oracle answered at the instants. */
export class Answers {
  readonly #case: Case
  readonly #members = new Map<string, readonly string[]>()

  /** Takes the clock of the engine through the instants; its transitions are to fold to its members at each. */
  constructor(of: Case, folding: Folding) {
    this.#case = of
    const { engine, instants, bring } = of
    for (const at of instants) {
      bring?.(at)
      engine.advanceTo(at)
      for (const id of engine.segments.ids()) {
        const members = [...(engine.segments.get(id)?.members() ?? [])].sort()
        const folded = folding.members(id)
        // Only what differs is worth the words.
        if (String(folded) !== String(members)) expect(folded, id).toEqual(members)
        this.#members.set(`${id} ${at}`, members)
      }
      expect(folding.faults).toEqual([])
    }
  }

  /** Compares the answers to a question, and that it was one: somebody belonged, and somebody did not. */
  check({ asks, sql }: Question): void {
    const { engine, oracle, instants } = this.#case
    const sizes = instants.map((at) => {
      const expected = new Set(oracle.members(sql, at))
      const found = new Set(this.#members.get(`${asks} ${at}`))
      const missing = [...expected].filter((id) => !found.has(id))
      const tooMany = [...found].filter((id) => !expected.has(id))
      expect({ missing, tooMany }, new Date(at).toISOString()).toEqual({ missing: [], tooMany: [] })
      return found.size
    })
    expect(
      sizes.some((size) => size > 0),
      'somebody belongs',
    ).toBe(true)
    expect(
      sizes.some((size) => size < engine.contacts.count),
      'somebody does not',
    ).toBe(true)
  }
}

/** A test for each question. */
export function askAll(questions: readonly Question[], answers: () => Answers): void {
  it.each(questions)('$asks', (question) => answers().check(question))
}
