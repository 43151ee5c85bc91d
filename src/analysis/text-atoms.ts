import { compareText, lowerCase } from '../base/text.js'
import type { Circuit } from './circuit.js'
import { OrderLine } from './order-line.js'
import { not, type Literal } from './solver.js'

/** Choices of a field beyond so many are not told one by one. */
const mostChoices = 256

/** So many pairs of a text and a condition are looked at; beyond that they are not related. */
const mostPairs = 100_000

/** A condition on a text, by itself. */
export interface TextCondition {
  readonly kind: 'contains' | 'startsWith' | 'endsWith' | 'matches'
  readonly part: string
  readonly ignoreCase: boolean
  readonly test: (text: string) => boolean
}

/**
 * What can be said of a text: which one it is, and what is in it. For each text that is written down all conditions are
 * tried, so that of these everything is known; of all other texts it is known which conditions follow from each other and
 * which exclude each other.
 */
export class TextAtoms {
  readonly isText: Literal
  readonly #circuit: Circuit
  readonly #choices: ReadonlySet<string> | undefined
  readonly #line: OrderLine<{ readonly text: string; readonly after: number }>
  readonly #texts = new Map<string, Literal>()
  readonly #conditions = new Map<string, { readonly condition: TextCondition; readonly holds: Literal }>()
  #pairs = 0

  /** `choices` are the only texts that it can be, where that is known. */
  constructor(circuit: Circuit, isText: Literal, choices: readonly string[] | undefined, canBeEmpty: boolean) {
    this.#circuit = circuit
    this.isText = isText
    this.#line = new OrderLine(circuit, isText, (a, b) => compareText(a.text, b.text) || a.after - b.after)
    this.#choices = choices === undefined ? undefined : new Set(choices)
    if (!canBeEmpty) this.#texts.set('', circuit.no)
    if (choices !== undefined && choices.length <= mostChoices)
      circuit.require(not(isText), ...choices.map((choice) => this.equals(choice)))
  }

  /** The texts that were asked for so far. */
  get texts(): readonly string[] {
    return [...this.#texts.keys()]
  }

  equals(text: string): Literal {
    const known = this.#texts.get(text)
    if (known !== undefined) return known
    if (this.#choices?.has(text) === false) return this.#circuit.no
    // No text is two texts: on a line that costs a few clauses each, and not one for each pair.
    const from = this.#line.beyond({ text, after: 0 })
    const past = this.#line.beyond({ text, after: 1 })
    const isIt = this.#circuit.and([from, not(past)])
    this.#texts.set(text, isIt)
    for (const { condition, holds } of this.#conditions.values()) this.#tell(text, isIt, condition, holds)
    return isIt
  }

  holds(condition: TextCondition): Literal {
    const { kind, part, ignoreCase } = condition
    if (part === '' && kind !== 'matches') return this.isText
    const key = JSON.stringify([kind, ignoreCase && kind !== 'matches' ? lowerCase(part) : part, ignoreCase])
    const known = this.#conditions.get(key)
    if (known !== undefined) return known.holds
    const holds = this.#circuit.variable()
    this.#circuit.implies(holds, this.isText)
    for (const other of this.#conditions.values()) this.#relate(condition, holds, other.condition, other.holds)
    for (const [text, isIt] of this.#texts) this.#tell(text, isIt, condition, holds)
    this.#conditions.set(key, { condition, holds })
    return holds
  }

  #tell(text: string, isIt: Literal, condition: TextCondition, holds: Literal): void {
    if (this.#isRelated()) this.#circuit.implies(isIt, condition.test(text) ? holds : not(holds))
  }

  #relate(one: TextCondition, oneHolds: Literal, other: TextCondition, otherHolds: Literal): void {
    if (!this.#isRelated()) return
    if (follows(other, one)) this.#circuit.implies(oneHolds, otherHolds)
    if (follows(one, other)) this.#circuit.implies(otherHolds, oneHolds)
    if (excludeEachOther(one, other)) this.#circuit.excludes(oneHolds, otherHolds)
  }

  #isRelated(): boolean {
    this.#pairs += 1
    return this.#pairs <= mostPairs
  }
}

/** Whether one condition holds of every text of which another does. What holds exactly holds without regard to case too. */
function follows(condition: TextCondition, from: TextCondition): boolean {
  if (from.kind === 'matches' || condition.kind === 'matches' || (from.ignoreCase && !condition.ignoreCase))
    return false
  const [part, given] = condition.ignoreCase
    ? [lowerCase(condition.part), lowerCase(from.part)]
    : [condition.part, from.part]
  if (condition.kind === 'contains') return given.includes(part)
  if (condition.kind !== from.kind) return false
  return condition.kind === 'startsWith' ? given.startsWith(part) : given.endsWith(part)
}

/** Whether no text begins in both ways, or ends in both. */
function excludeEachOther(one: TextCondition, other: TextCondition): boolean {
  const { kind } = one
  if (kind !== other.kind || (kind !== 'startsWith' && kind !== 'endsWith')) return false
  const isLoose = one.ignoreCase || other.ignoreCase
  const [a, b] = isLoose ? [lowerCase(one.part), lowerCase(other.part)] : [one.part, other.part]
  return kind === 'startsWith' ? !a.startsWith(b) && !b.startsWith(a) : !a.endsWith(b) && !b.endsWith(a)
}
