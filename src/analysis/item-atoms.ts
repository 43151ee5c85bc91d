import type { Items, LeafRule, Operand, Rule } from '../rules/ast.js'
import type { AggregateOperand } from '../rules/aggregate.js'
import { itemsKey, operandKey, ruleKey } from '../rules/rule-key.js'
import { itemWindowOf } from '../rules/windows.js'
import type { Atoms } from './atoms.js'
import { isNeverAfter } from './edge-order.js'
import { shifted, windowEnds, type WindowEnds } from './moving-edge.js'
import { not, type Literal } from './solver.js'
import type { Subject } from './subject.js'

/** Leaves about events or records. */
export type ItemsLeaf = Extract<LeafRule, { readonly op: 'some' | 'none' | 'every' | 'sequence' }>

/** So many groups of items of one type or collection are compared with each other. */
const mostCompared = 60

interface Known {
  readonly of: Items
  readonly subject: Subject
}

/*
 * What is known of events and records: that they are counted, that those of a narrower window and a stricter condition are
 * among those of a wider and looser one, and what the first and last of them and their sums have to do with how many there
 * are. "There is one" is "there is at least one", so that a rule may say it either way.
 */
export class ItemAtoms {
  readonly #atoms: Atoms
  /** By type or collection. */
  readonly #counts = new Map<string, Known[]>()
  /** By aggregate: the first or last of items without a window, by the items. */
  readonly #ends = new Map<string, Known>()
  readonly #extremes = new Map<string, Subject>()

  constructor(atoms: Atoms) {
    this.#atoms = atoms
  }

  literalOf(leaf: ItemsLeaf): Literal {
    const { circuit } = this.#atoms
    switch (leaf.op) {
      case 'some':
      case 'none':
        return this.#atLeast(leaf.of, 1)
      case 'every':
        return not(this.#atLeast(withCondition(leaf.of, { op: 'not', rule: leaf.rule }), 1))
      case 'sequence': {
        const holds = this.#atoms.named(ruleKey(leaf))
        for (const { of, not: isAbsent } of leaf.steps) {
          if (isAbsent !== true) circuit.implies(holds, this.#atLeast(of, 1))
        }
        return holds
      }
    }
  }

  #atLeast(of: Items, count: number): Literal {
    return this.#count(of).numbers.atLeast(count)
  }

  #count(of: Items): Subject {
    return this.#atoms.subject({ get: 'count', of })
  }

  /** Says what is known of an aggregate that is met for the first time. */
  tell(operand: AggregateOperand, subject: Subject): void {
    if (operand.get === 'count') {
      this.#tellCount(operand.of, subject)
      return
    }
    const { circuit, theory } = this.#atoms
    const count = this.#count(operand.of)
    switch (operand.get) {
      case 'distinct':
      case 'distinctPeriods':
        theory.atMost(subject, count)
        return
      case 'sum':
        circuit.require(count.numbers.atLeast(1), subject.numbers.equals(0))
        return
      case 'minimum':
      case 'maximum':
        this.#tellExtreme(operand.get, operand.of, operand.value, subject)
        break
      case 'first':
      case 'last':
        if (operand.value === undefined) this.#tellEnd(operand.get, operand.of, subject)
        break
      default:
    }
    const least = operand.get === 'nth' ? operand.n : 1
    circuit.implies(subject.present, count.numbers.atLeast(least))
    if ('value' in operand) return
    // Of an event it is always known when it was, and that it was not after now.
    if (!('events' in operand.of)) return
    circuit.implies(count.numbers.atLeast(least), subject.present)
    this.#tellTime(operand.of, subject)
  }

  #tellTime(of: Items, subject: Subject): void {
    const { circuit } = this.#atoms
    const { from, to } = endsOf(of, this.#atoms.timeZone)
    circuit.require(not(subject.instants.beyond(shifted(1))))
    circuit.implies(subject.present, subject.instants.beyond(from))
    circuit.require(not(subject.instants.beyond(to)))
  }

  #tellCount(of: Items, subject: Subject): void {
    const { theory, circuit } = this.#atoms
    const { from, to } = endsOf(of, this.#atoms.timeZone)
    const isEmpty = of.window !== undefined && isNeverAfter(to, from, undefined)
    if (isEmpty || this.#atoms.follows(of.where, { op: 'nobody' }, of)) circuit.require(not(subject.numbers.atLeast(1)))
    const key = 'events' in of ? `events ${of.events}` : JSON.stringify(of.records)
    const others = this.#counts.get(key) ?? []
    this.#counts.set(key, others)
    for (const other of others.slice(0, mostCompared)) {
      if (this.#isAmong(of, other.of)) theory.atMost(subject, other.subject)
      if (this.#isAmong(other.of, of)) theory.atMost(other.subject, subject)
    }
    others.push({ of, subject })
    for (const get of ['first', 'last'] as const) {
      const end = this.#ends.get(`${get} ${itemsKey(withoutWindow(of))}`)
      if (end !== undefined) this.#tellEndInWindow(get, end.subject, of, subject)
    }
  }

  /** Whether all items of one kind are among those of another. */
  #isAmong(inner: Items, outer: Items): boolean {
    if (outer.window !== undefined) {
      if (inner.window === undefined && !('events' in inner)) return false
      if (!('events' in inner) && !isOneTime(inner, outer)) return false
      const [one, other] = [endsOf(inner, this.#atoms.timeZone), endsOf(outer, this.#atoms.timeZone)]
      if (!isNeverAfter(other.from, one.from, undefined)) return false
      // What has happened was not after now.
      const isPast = 'events' in inner && isNeverAfter(shifted(1), other.to, undefined)
      if (!isPast && !isNeverAfter(one.to, other.to, undefined)) return false
    }
    return this.#atoms.follows(inner.where, outer.where, inner)
  }

  #tellEnd(get: 'first' | 'last', of: Items, subject: Subject): void {
    if (!('events' in of) || of.window !== undefined) return
    this.#ends.set(`${get} ${itemsKey(of)}`, { of, subject })
    for (const count of this.#counts.get(`events ${of.events}`) ?? []) {
      if (itemsKey(withoutWindow(count.of)) === itemsKey(of))
        this.#tellEndInWindow(get, subject, count.of, count.subject)
    }
  }

  /** The last event lies in a window that reaches to now just when one does; the first, in one without a beginning. */
  #tellEndInWindow(get: 'first' | 'last', end: Subject, of: Items, count: Subject): void {
    if (of.window === undefined) return
    const { circuit } = this.#atoms
    const { from, to } = endsOf(of, this.#atoms.timeZone)
    const { instants } = end
    const isWhole =
      get === 'last' ? isNeverAfter(shifted(1), to, undefined) : from.kind === 'fixed' && from.at === -Infinity
    if (!isWhole) return
    const lies = get === 'last' ? instants.beyond(from) : circuit.and([end.present, not(instants.beyond(to))])
    circuit.implies(lies, count.numbers.atLeast(1))
    circuit.implies(count.numbers.atLeast(1), lies)
  }

  /** The least of some numbers is at most the greatest of them. */
  #tellExtreme(get: 'minimum' | 'maximum', of: Items, value: Operand, subject: Subject): void {
    const rest = `${itemsKey(of)} ${operandKey(value)}`
    this.#extremes.set(`${get} ${rest}`, subject)
    const least = this.#extremes.get(`minimum ${rest}`)
    const greatest = this.#extremes.get(`maximum ${rest}`)
    if (least !== undefined && greatest !== undefined) this.#atoms.theory.atMost(least, greatest)
  }
}

/** The ends of the window of items; open where they have none. */
function endsOf({ window }: Items, defaultZone: string): WindowEnds {
  if (window === undefined) return { from: { kind: 'fixed', at: -Infinity }, to: { kind: 'fixed', at: Infinity } }
  return windowEnds(itemWindowOf(window), ('timeZone' in window ? window.timeZone : undefined) ?? defaultZone)
}

/** Whether two groups of records have their time of one field and in one zone: a day begins when its zone says so. */
function isOneTime(one: Items, other: Items): boolean {
  if (!('records' in one) || !('records' in other)) return false
  return one.by === other.by && zoneOf(one) === zoneOf(other)
}

function zoneOf({ window }: Items): string | undefined {
  return window !== undefined && 'timeZone' in window ? window.timeZone : undefined
}

function withoutWindow(of: Items): Items {
  if ('events' in of) return { events: of.events, ...(of.where === undefined ? undefined : { where: of.where }) }
  return { records: of.records, ...(of.where === undefined ? undefined : { where: of.where }) }
}

/** Those of some items that also satisfy another condition. */
export function withCondition<I extends Items>(of: I, condition: Rule): I {
  const where: Rule = of.where === undefined ? condition : { op: 'all', rules: [of.where, condition] }
  return { ...of, where }
}
