import type { Rule } from '../rules/ast.js'
import { positiveLeaf } from '../rules/rule-key.js'
import { isLeaf } from '../rules/rule-walk.js'
import type { Truths } from './truths.js'

/*
 * Rules as branches. Each leaf of a rule becomes three numbers: which condition to ask, where to go on where it holds, and
 * where where it does not; both can be the end, true or false. That is how compilers of old lay out a condition with short
 * circuits (Aho, Sethi, Ullman: Compilers, 8.4): groups and complements are in the jumps and cost nothing, and a rule is
 * decided after the leaves that matter, in one small loop over one array, without a call or an object for a node.
 *
 * Programs stand in one array; the room of one that is taken out goes to the next of its length.
 */

/** Where a program ends: its rule holds, or it does not. */
const ends = Object.freeze({ holds: -1, fails: -2 })

/** A rule laid out; `start` is where to begin. */
export interface Program {
  readonly start: number
  /** Where it stands, and how many numbers it takes. */
  readonly place: number
  readonly length: number
}

/** The programs of all rules. */
export class Programs {
  readonly #truths: Truths
  #code = new Int32Array(64)
  #end = 0
  readonly #free = new Map<number, number[]>()

  constructor(truths: Truths) {
    this.#truths = truths
  }

  /** Lays out a rule; `idOf` gives the number of a condition: of a positive leaf, a segment, or a group that counts. */
  add(rule: Rule, idOf: (condition: Rule) => number): Program {
    const code: number[] = []
    const entry = layOut(rule, ends.holds, ends.fails, code, idOf)
    const place = this.#room(code.length)
    for (const [i, number] of code.entries()) {
      this.#code[place + i] = i % 3 !== 0 && number >= 0 ? number + place : number
    }
    return { start: entry < 0 ? entry : entry + place, place, length: code.length }
  }

  remove({ place, length }: Program): void {
    if (length === 0) return
    const free = this.#free.get(length)
    if (free === undefined) this.#free.set(length, [place])
    else free.push(place)
  }

  /** Whether the rule of a program holds of the contact that the truths have turned to. */
  holds(start: number): boolean {
    const code = this.#code
    const truths = this.#truths
    let at = start
    while (at >= 0) at = code[truths.holds(code[at] as number) ? at + 1 : at + 2] as number
    return at === ends.holds
  }

  #room(length: number): number {
    const reused = this.#free.get(length)?.pop()
    if (reused !== undefined) return reused
    const place = this.#end
    this.#end += length
    if (this.#end > this.#code.length) {
      const code = new Int32Array(Math.max(this.#end, this.#code.length * 2))
      code.set(this.#code)
      this.#code = code
    }
    return place
  }
}

/** Lays a rule out behind what it leads to, so from its end to its beginning; returns where it begins. */
function layOut(rule: Rule, holds: number, fails: number, code: number[], idOf: (condition: Rule) => number): number {
  switch (rule.op) {
    case 'everyone':
      return holds
    case 'nobody':
      return fails
    case 'not':
      return layOut(rule.rule, fails, holds, code, idOf)
    case 'all':
      return rule.rules.reduceRight((next, inner) => layOut(inner, next, fails, code, idOf), holds)
    case 'any':
      return rule.rules.reduceRight((next, inner) => layOut(inner, holds, next, code, idOf), fails)
    default: {
      if (!isLeaf(rule)) return code.push(idOf(rule), holds, fails) - 3
      const { leaf, negated } = positiveLeaf(rule)
      return negated ? code.push(idOf(leaf), fails, holds) - 3 : code.push(idOf(leaf), holds, fails) - 3
    }
  }
}
