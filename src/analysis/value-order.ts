import { timeZone } from '../base/time-zone.js'
import { epochDay, isDay, isInstant, isList, sameValue, typeOf, type Value } from '../contacts/value.js'
import { isLiteral, type Operand } from '../rules/ast.js'
import { compareDates } from '../rules/dates.js'
import { operandKey } from '../rules/rule-key.js'
import type { Atoms } from './atoms.js'
import { fixed } from './moving-edge.js'
import type { Order } from './order-theory.js'
import { not, type Literal } from './solver.js'
import type { Subject } from './subject.js'
import { ValuePair } from './value-pair.js'

/** Through so many equal values in a row a text is followed. */
const deepestEquality = 8

/** How operands stand to each other, each of them a literal or something to look up. */
export class ValueOrder {
  readonly #atoms: Atoms
  readonly #pairs = new Map<string, ValuePair>()

  constructor(atoms: Atoms) {
    this.#atoms = atoms
  }

  /** That two operands are there, of one type and equal. */
  equal(left: Operand, right: Operand): Literal {
    const { circuit } = this.#atoms
    if (isLiteral(right)) {
      if (isLiteral(left)) return sameValue(left, right) ? circuit.yes : circuit.no
      return equalsValue(this.#atoms.subject(left), right, circuit.no)
    }
    if (isLiteral(left)) return equalsValue(this.#atoms.subject(right), left, circuit.no)
    if (operandKey(left) === operandKey(right)) return this.#atoms.subject(left).present
    return this.#pair(left, right).pair.equal
  }

  /** Lets what is equal be asked for the same texts. */
  shareTexts(): void {
    let isNew = true
    for (let round = 0; isNew && round < deepestEquality; round++)
      isNew = [...this.#pairs.values()].filter((pair) => pair.shareTexts()).length > 0
  }

  /** How two numbers stand; nothing is true where one is no number. */
  numbers(left: Operand, right: Operand): Order {
    if (isLiteral(right)) {
      if (typeof right !== 'number') return this.#none()
      if (isLiteral(left)) return typeof left === 'number' ? this.#known(left - right) : this.#none()
      const { numbers } = this.#atoms.subject(left)
      return { less: numbers.below(right), same: numbers.equals(right), more: numbers.above(right) }
    }
    if (isLiteral(left)) return turned(this.numbers(right, left))
    if (operandKey(left) === operandKey(right)) return this.#equalTo(this.#atoms.subject(left).is('number'))
    const { pair, isTurned } = this.#pair(left, right)
    return isTurned ? turned(pair.numbers) : pair.numbers
  }

  /** How two dates stand, in a zone; nothing is true where one is no date. */
  dates(left: Operand, right: Operand, zone: string): Order {
    if (isLiteral(right)) {
      if (isLiteral(left)) return this.#known(compareDates(left, right, zone))
      return this.#besideDate(this.#atoms.subject(left), right, zone)
    }
    if (isLiteral(left)) return turned(this.dates(right, left, zone))
    if (operandKey(left) === operandKey(right))
      return this.#equalTo(this.#atoms.subject(left).isOneOf(['instant', 'day']))
    const { pair, isTurned } = this.#pair(left, right)
    return isTurned ? turned(pair.dates(zone)) : pair.dates(zone)
  }

  #besideDate(subject: Subject, date: Value, zone: string): Order {
    const { circuit } = this.#atoms
    const of = timeZone(zone)
    // The instants, and the days, from `first` until before `past` are on the date.
    let instants: readonly [number, number]
    let days: readonly [number, number]
    if (isInstant(date)) {
      instants = [date.instant, date.instant + 1]
      days = [of.dayOf(date.instant), of.dayOf(date.instant) + 1]
    } else if (isDay(date)) {
      const day = epochDay(date)
      instants = [of.startOfDay(day), of.startOfDay(day + 1)]
      days = [day, day + 1]
    } else return this.#none()
    const [isFrom, isPast] = instants.map((at) => subject.instants.beyond(fixed(at))) as [Literal, Literal]
    const [dayFrom, dayPast] = days.map((day) => subject.days.atLeast(day)) as [Literal, Literal]
    const [instant, day] = [subject.is('instant'), subject.is('day')]
    return {
      less: circuit.or([circuit.and([instant, not(isFrom)]), circuit.and([day, not(dayFrom)])]),
      same: circuit.or([circuit.and([isFrom, not(isPast)]), circuit.and([dayFrom, not(dayPast)])]),
      more: circuit.or([isPast, dayPast]),
    }
  }

  /** Two operands that are not the same one. */
  #pair(left: Operand, right: Operand): { readonly pair: ValuePair; readonly isTurned: boolean } {
    const { circuit, theory } = this.#atoms
    const [leftKey, rightKey] = [operandKey(left), operandKey(right)]
    const isTurned = rightKey < leftKey
    const key = isTurned ? `${rightKey} ${leftKey}` : `${leftKey} ${rightKey}`
    let pair = this.#pairs.get(key)
    if (pair === undefined) {
      const [one, other] = [this.#atoms.subject(left), this.#atoms.subject(right)]
      pair = isTurned ? new ValuePair(circuit, theory, other, one) : new ValuePair(circuit, theory, one, other)
      this.#pairs.set(key, pair)
    }
    return { pair, isTurned }
  }

  #none(): Order {
    return this.#equalTo(this.#atoms.circuit.no)
  }

  #equalTo(same: Literal): Order {
    const { no } = this.#atoms.circuit
    return { less: no, same, more: no }
  }

  #known(sign: number | undefined): Order {
    const { yes, no } = this.#atoms.circuit
    if (sign === undefined) return this.#none()
    return { less: sign < 0 ? yes : no, same: sign === 0 ? yes : no, more: sign > 0 ? yes : no }
  }
}

function turned({ less, same, more }: Order): Order {
  return { less: more, same, more: less }
}

/** That what is looked up equals a value that is written down. */
function equalsValue(subject: Subject, value: Value, no: Literal): Literal {
  if (subject.is(typeOf(value)) === no) return no
  if (typeof value === 'number') return subject.numbers.equals(value)
  if (typeof value === 'string') return subject.texts.equals(value)
  if (typeof value === 'boolean') return subject.equalsBoolean(value)
  if (isList(value)) return subject.lists.equals(value)
  if (isInstant(value)) return subject.between('instant', value.instant, value.instant + 1)
  return subject.between('day', epochDay(value), epochDay(value) + 1)
}
