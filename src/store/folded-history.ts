import { FoldingTotal } from '../contacts/folding-total.js'
import {
  emptyTotal,
  type FoldedEvents,
  type FoldedEnd,
  type FoldedTotal,
  type FoldedView,
  type HeldTotal,
} from '../contacts/folded.js'

/*
 * What is left of events that were folded away. How far a type is folded, and which totals of it are kept, is the same for
 * all contacts; what they came to stands with each contact. That is never changed, only replaced, so that what was there
 * before a change stays at hand as it was.
 */

/** What is left of a contact's events of a type. */
export interface HeldFolded {
  /** How many there were. */
  readonly events: number
  /** By key; a total that is kept and not here is of none. */
  readonly totals: ReadonlyMap<string, HeldTotal>
}

/** How far a type of events is folded. */
export interface FoldedType {
  /** Those before this instant are gone. */
  readonly before: number
  /** The keys of the totals that are kept. */
  readonly keys: ReadonlySet<string>
}

interface TypeOfEvents extends FoldedType {
  readonly byContact: Map<number, HeldFolded>
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
    return this.#types.get(type)?.byContact.get(ordinal)
  }

  /** Whether events of a contact were folded away. */
  has(ordinal: number): boolean {
    return [...this.#types.values()].some(({ byContact }) => byContact.has(ordinal))
  }

  /** Writes what is left of a contact's events of a folded type. */
  set(ordinal: number, type: string, folded: HeldFolded | undefined): void {
    const byContact = this.#types.get(type)?.byContact
    this.#count += (folded?.events ?? 0) - (byContact?.get(ordinal)?.events ?? 0)
    if (folded === undefined) byContact?.delete(ordinal)
    else byContact?.set(ordinal, folded)
  }

  /** Folds a type up to an instant, and keeps the totals of these keys. Those of others are dropped. */
  fold(type: string, before: number, keys: ReadonlySet<string>): void {
    const known = this.#types.get(type)
    const byContact = known?.byContact ?? new Map<number, HeldFolded>()
    this.#types.set(type, { before, keys, byContact })
    if (known === undefined || [...known.keys].every((key) => keys.has(key))) return
    for (const [ordinal, { events, totals }] of byContact) {
      const kept = [...totals].filter(([key]) => keys.has(key))
      if (kept.length < totals.size) byContact.set(ordinal, { events, totals: new Map(kept) })
    }
  }

  /** What is left of a contact's events, as plain data; undefined where none were folded away. */
  of(ordinal: number): Readonly<Record<string, FoldedEvents>> | undefined {
    const found: [string, FoldedEvents][] = []
    for (const [type, { before, keys, byContact }] of this.#types) {
      const held = byContact.get(ordinal)
      if (held === undefined) continue
      const totals = [...keys].map((key) => [key, plainTotal(held.totals.get(key))] as const)
      found.push([
        type,
        Object.freeze({ before, events: held.events, totals: Object.freeze(Object.fromEntries(totals)) }),
      ])
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
  if (type === undefined || held === undefined) return undefined
  const { before, keys } = type
  return { before, total: (key) => held.totals.get(key) ?? (keys.has(key) ? emptyTotal : undefined) }
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
