import { FoldingTotal } from '../contacts/folding-total.js'
import {
  emptyTotal,
  type FoldedEvents,
  type FoldedEnd,
  type FoldedTotal,
  type FoldedView,
  type HeldTotal,
} from '../contacts/folded.js'
import { FoldedTotals, type HeldFolded } from './folded-totals.js'

export type { HeldFolded } from './folded-totals.js'

/*
 * What is left of events that were folded away. How far a type is folded, and which totals of it are kept, is the same for
 * all contacts; what they came to stands with each contact.
 */

/** How far a type of events is folded. */
export interface FoldedType {
  /** Those before this instant are gone. */
  readonly before: number
  /** The keys of the totals that are kept. */
  readonly keys: ReadonlySet<string>
}

interface TypeOfEvents extends FoldedType {
  readonly held: FoldedTotals
}

/** The folded events of all contacts, by type and ordinal. */
export class FoldedHistory {
  readonly #types = new Map<string, TypeOfEvents>()
  #count = 0

  /** How many events of the contacts that are there were folded away. */
  get count(): number {
    return this.#count
  }

  /** How far a type is folded; undefined where it is not. */
  type(type: string): FoldedType | undefined {
    return this.#types.get(type)
  }

  /** The types that are folded. */
  types(): Iterable<string> {
    return this.#types.keys()
  }

  /** What is left of a contact's events of a type; undefined where none were folded away. */
  get(ordinal: number, type: string): HeldFolded | undefined {
    return this.#types.get(type)?.held.get(ordinal)
  }

  /** How many events of a type of a contact were folded away. */
  eventsOf(ordinal: number, type: string): number {
    return this.#types.get(type)?.held.eventsOf(ordinal) ?? 0
  }

  /** What is left of a contact's events of a type, as rules see it; reads at each question. */
  view(ordinal: number, type: string): FoldedView | undefined {
    const folded = this.#types.get(type)
    if (folded === undefined || folded.held.eventsOf(ordinal) === 0) return undefined
    return viewOf(folded, (key) => folded.held.total(ordinal, key))
  }

  /** Whether events of a contact were folded away. */
  has(ordinal: number): boolean {
    return [...this.#types.values()].some(({ held }) => held.eventsOf(ordinal) > 0)
  }

  /** Writes what is left of a contact's events of a folded type. */
  set(ordinal: number, type: string, folded: HeldFolded | undefined): void {
    const known = this.#types.get(type)?.held
    if (known === undefined) return
    this.#count += (folded?.events ?? 0) - known.eventsOf(ordinal)
    known.set(ordinal, folded)
  }

  /** Folds a type up to an instant, and keeps the totals of these keys. Those of others are dropped. */
  fold(type: string, before: number, keys: ReadonlySet<string>): void {
    const held = this.#types.get(type)?.held ?? new FoldedTotals()
    held.keepOnly(keys)
    this.#types.set(type, { before, keys, held })
  }

  /** What is left of a contact's events, as plain data; undefined where none were folded away. */
  of(ordinal: number): Readonly<Record<string, FoldedEvents>> | undefined {
    const found: [string, FoldedEvents][] = []
    for (const [type, { before, keys, held }] of this.#types) {
      const events = held.eventsOf(ordinal)
      if (events === 0) continue
      const totals = [...keys].map((key) => [key, plainTotal(held.total(ordinal, key))] as const)
      found.push([type, Object.freeze({ before, events, totals: Object.freeze(Object.fromEntries(totals)) })])
    }
    return found.length === 0 ? undefined : Object.freeze(Object.fromEntries(found))
  }

  /** Forgets a contact. */
  release(ordinal: number): void {
    for (const type of this.#types.keys()) this.set(ordinal, type, undefined)
  }
}

/** What is left of a contact's events of a type, as rules see it. */
export function viewOfFolded(type: FoldedType | undefined, held: HeldFolded | undefined): FoldedView | undefined {
  return type === undefined || held === undefined ? undefined : viewOf(type, (key) => held.totals.get(key))
}

function viewOf({ before, keys }: FoldedType, total: (key: string) => HeldTotal | undefined): FoldedView {
  return { before, total: (key) => total(key) ?? (keys.has(key) ? emptyTotal : undefined) }
}

/** What is left of the events of two contacts. */
export function unitedFolded(one: HeldFolded, other: HeldFolded): HeldFolded {
  const totals = new Map(one.totals)
  for (const [key, total] of other.totals) {
    const united = new FoldingTotal(totals.get(key))
    united.unite(total)
    totals.set(key, united.total)
  }
  return { events: one.events + other.events, totals }
}

function plainTotal(held: HeldTotal | undefined): FoldedTotal {
  if (held === undefined) return emptyTotal
  const { first, last, ...rest } = held
  const ends = first === undefined || last === undefined ? undefined : { first: plainEnd(first), last: plainEnd(last) }
  return Object.freeze({ ...rest, ...ends })
}

function plainEnd({ at, value }: FoldedEnd): FoldedEnd {
  return Object.freeze(value === undefined ? { at } : { at, value })
}
