import { DueQueue } from '../base/due-queue.js'
import type { HeldEvent } from '../contacts/event.js'
import type { Automation } from './automation.js'
import type { PastRun, Run } from './run.js'

/** What is due at an instant: a run goes on, or an event that was recorded ahead of its time happens. */
export type Due = Run | { readonly ordinal: number; readonly event: HeldEvent }

/** The runs under way, and what is remembered of those that are over. */
export class RunStore {
  readonly due = new DueQueue<Due>()
  readonly #byId = new Map<string, Run>()
  readonly #byContact = new Map<number, Set<Run>>()
  /** When each contact last began with an automation, by the automation's id. */
  readonly #lastBegun = new Map<string, Map<number, number>>()
  /** How many runs each automation has had. */
  readonly #counts = new Map<string, number>()
  /** How often a step gave a value in turn. */
  readonly #assigned = new Map<string, number>()
  readonly #past: PastRun[] = []
  readonly #mostPast: number

  /** `mostPast` is how many runs that are over are remembered. */
  constructor(mostPast: number) {
    this.#mostPast = mostPast
  }

  get size(): number {
    return this.#byId.size
  }

  get(id: string): Run | undefined {
    return this.#byId.get(id)
  }

  all(): Iterable<Run> {
    return this.#byId.values()
  }

  /** The runs of a contact, in the order in which they began. */
  of(ordinal: number): Iterable<Run> {
    return this.#byContact.get(ordinal) ?? none
  }

  /** The runs of a contact by any definition of an automation. */
  ofAutomation(ordinal: number, automation: string): readonly Run[] {
    return [...this.of(ordinal)].filter((run) => run.automation.id === automation)
  }

  add(run: Run): void {
    this.#byId.set(run.id, run)
    const own = this.#byContact.get(run.ordinal)
    if (own === undefined) this.#byContact.set(run.ordinal, new Set([run]))
    else own.add(run)
    run.automation.runs += 1
  }

  /** Takes a run out, over or never begun. */
  delete(run: Run): void {
    if (!this.#byId.delete(run.id)) return
    this.unqueue(run)
    const own = this.#byContact.get(run.ordinal)
    own?.delete(run)
    if (own?.size === 0) this.#byContact.delete(run.ordinal)
    run.automation.runs -= 1
  }

  /** Lets a run wait for an instant. */
  queue(run: Run, at: number): void {
    this.unqueue(run)
    run.token = this.due.add(at, run)
  }

  unqueue(run: Run): void {
    if (run.token !== undefined) this.due.remove(run.token)
    run.token = undefined
  }

  remember(past: PastRun): void {
    if (this.#mostPast === 0) return
    this.#past.push(past)
    // In large bites, so that each costs its share.
    if (this.#past.length > this.#mostPast * 2) this.#past.splice(0, this.#past.length - this.#mostPast)
  }

  /** The runs that are over, the last one last. */
  get past(): readonly PastRun[] {
    return this.#past.slice(-this.#mostPast)
  }

  forgetLastPast(past: PastRun): void {
    const place = this.#past.lastIndexOf(past)
    if (place >= 0) this.#past.splice(place, 1)
  }

  /** Forgets the runs of contacts that are gone. */
  forget(isForgotten: (contactId: string) => boolean): void {
    const kept = this.#past.filter(({ contactId }) => !isForgotten(contactId))
    this.#past.splice(0, this.#past.length, ...kept)
  }

  lastBegun(automation: string, ordinal: number): number | undefined {
    return this.#lastBegun.get(automation)?.get(ordinal)
  }

  /** Writes when a contact began; returns what takes it back. */
  setLastBegun(automation: string, ordinal: number, at: number | undefined): () => void {
    const before = this.lastBegun(automation, ordinal)
    let own = this.#lastBegun.get(automation)
    if (own === undefined) this.#lastBegun.set(automation, (own = new Map<number, number>()))
    if (at === undefined) own.delete(ordinal)
    else own.set(ordinal, at)
    return () => {
      this.setLastBegun(automation, ordinal, before)
    }
  }

  /** A contact is gone; whoever stands for it now has been through what it has been through. */
  inherit(ordinal: number, heir: number | undefined): void {
    for (const own of this.#lastBegun.values()) {
      const at = own.get(ordinal)
      own.delete(ordinal)
      if (heir !== undefined && at !== undefined) own.set(heir, Math.max(at, own.get(heir) ?? -Infinity))
    }
  }

  /** The id of the next run of an automation. */
  nextId({ id }: Automation): string {
    return `${id}#${String((this.#counts.get(id) ?? 0) + 1)}`
  }

  count(automation: string): number {
    return this.#counts.get(automation) ?? 0
  }

  setCount(automation: string, count: number): void {
    this.#counts.set(automation, count)
  }

  /** How often a step of an automation gave a value in turn. */
  assigned(automation: string, at: string): number {
    return this.#assigned.get(`${automation} ${at}`) ?? 0
  }

  setAssigned(automation: string, at: string, count: number): void {
    this.#assigned.set(`${automation} ${at}`, count)
  }

  /** The counts, for a snapshot. */
  saveRest(): SavedRest {
    return {
      counts: [...this.#counts],
      assigned: [...this.#assigned],
      lastBegun: [...this.#lastBegun].map(([id, own]) => [id, [...own]] as const),
    }
  }

  loadRest({ counts, assigned, lastBegun }: SavedRest): void {
    for (const [id, count] of counts) this.#counts.set(id, count)
    for (const [key, count] of assigned) this.#assigned.set(key, count)
    for (const [id, own] of lastBegun) this.#lastBegun.set(id, new Map(own))
  }
}

/** The counts of a run store, as they are kept. */
export interface SavedRest {
  readonly counts: readonly (readonly [automation: string, count: number])[]
  readonly assigned: readonly (readonly [step: string, count: number])[]
  readonly lastBegun: readonly (readonly [
    automation: string,
    contacts: readonly (readonly [ordinal: number, at: number])[],
  ])[]
}

const none: readonly Run[] = Object.freeze([])
