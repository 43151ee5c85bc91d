import type { ValueType } from '../contacts/value.js'
import type { Circuit } from './circuit.js'
import { DayAtoms, EdgeAtoms } from './date-atoms.js'
import { ListAtoms } from './list-atoms.js'
import { fixed } from './moving-edge.js'
import { anyNumber, NumberAtoms } from './number-atoms.js'
import type { Possible } from './operand-types.js'
import { not, type Literal } from './solver.js'
import { TextAtoms } from './text-atoms.js'

/** What can be said of one operand: whether it is there, of which type it is, and of each type what it is. */
export class Subject {
  readonly key: string
  readonly present: Literal
  readonly #circuit: Circuit
  readonly #possible: Possible
  readonly #since: number | undefined
  readonly #types = new Map<ValueType, Literal>()
  #numbers: NumberAtoms | undefined
  #texts: TextAtoms | undefined
  #lists: ListAtoms | undefined
  #instants: EdgeAtoms | undefined
  #days: DayAtoms | undefined
  #isTrue: Literal | undefined

  /** `since` is the instant before which the clock does not stand. */
  constructor(key: string, circuit: Circuit, possible: Possible, since: number | undefined) {
    const { types, isAlways } = possible
    this.key = key
    this.#circuit = circuit
    this.#possible = possible
    this.#since = since
    this.present = types.length === 0 ? circuit.no : isAlways ? circuit.yes : circuit.variable()
    const [only] = types
    if (only !== undefined && types.length === 1) this.#types.set(only, this.present)
    else this.#tellTypes(types)
  }

  /** That it is of a type, and so there. */
  is(type: ValueType): Literal {
    return this.#types.get(type) ?? this.#circuit.no
  }

  /** That it is of one of several types. */
  isOneOf(types: readonly ValueType[]): Literal {
    return this.#circuit.or(types.map((type) => this.is(type)))
  }

  get numbers(): NumberAtoms {
    return (this.#numbers ??= new NumberAtoms(this.#circuit, this.is('number'), this.#possible.range ?? anyNumber))
  }

  /** Lets what is said of its number be what is said of another's. */
  shareNumbers(numbers: NumberAtoms): void {
    this.#numbers = numbers
  }

  get texts(): TextAtoms {
    const choices = this.#possible.field?.oneOf
    const canBeEmpty = this.key !== 'contactId()'
    return (this.#texts ??= new TextAtoms(this.#circuit, this.is('text'), choices, canBeEmpty))
  }

  get lists(): ListAtoms {
    return (this.#lists ??= new ListAtoms(this.#circuit, this.is('list'), this.#possible.field?.of))
  }

  get instants(): EdgeAtoms {
    return (this.#instants ??= new EdgeAtoms(this.#circuit, this.is('instant'), this.#since))
  }

  get days(): DayAtoms {
    return (this.#days ??= new DayAtoms(this.#circuit, this.is('day'), this.#since))
  }

  /** That it is `true`, or `false`. */
  equalsBoolean(value: boolean): Literal {
    this.#isTrue ??= this.#circuit.variable()
    return this.#circuit.and([this.is('boolean'), value ? this.#isTrue : not(this.#isTrue)])
  }

  /** That it is an instant, or a day since 1970-01-01, from one until before another. */
  between(type: 'instant' | 'day', from: number, to: number): Literal {
    const beyond = (bound: number): Literal =>
      type === 'instant' ? this.instants.beyond(fixed(bound)) : this.days.atLeast(bound)
    return this.#circuit.and([beyond(from), not(beyond(to))])
  }

  /** Whatever is there is of just one type. */
  #tellTypes(types: readonly ValueType[]): void {
    const literals = types.map((type) => {
      const literal = this.#circuit.variable()
      this.#types.set(type, literal)
      this.#circuit.implies(literal, this.present)
      return literal
    })
    this.#circuit.require(not(this.present), ...literals)
    for (const [place, one] of literals.entries())
      for (const other of literals.slice(place + 1)) this.#circuit.excludes(one, other)
  }
}
