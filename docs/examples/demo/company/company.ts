import { createEngine, type ContactRecord, type Engine, type Value } from 'coterie'
import { acquaintance, newcomer, type Person } from './people.js'
import type { Random } from './random.js'
import { schema, type NumberName } from './schema.js'

/** Where the company sits: its days begin and end here. */
export const companyZone = 'Europe/Berlin'

/** The morning on which the demonstration begins, a Monday. */
export const companyStart = Date.parse('2026-01-12T00:00:00+01:00')

/** Attributes to change, as `contacts.patch` takes them. */
export type Changes = Parameters<Engine<typeof schema>['contacts']['patch']>[1]

/**
 * A company whose contacts live in an engine. Beside it stands only what the engine does not keep: whom there is to
 * pick from, the names of those who are gone, and what a contact held before the change at hand.
 */
export class Company {
  readonly engine: Engine<typeof schema>
  readonly random: Random
  /** The attributes that the change at hand replaces, as they were before it. */
  before: { readonly [attribute: string]: Value | undefined } = {}
  readonly #ids: string[] = []
  readonly #names = new Map<string, string>()
  #numbers = 0
  #records = 0

  constructor(random: Random, size: number) {
    this.random = random
    this.engine = createEngine({ schema, now: companyStart, timeZone: companyZone })
    this.engine.batch(() => {
      for (let person = 0; person < size; person++) this.#welcome(acquaintance(random, ++this.#numbers, companyStart))
    })
  }

  /** How many contacts there are. */
  get size(): number {
    return this.#ids.length
  }

  /** What a contact is called, also after it is gone. */
  nameOf(id: string): string {
    return this.#names.get(id) ?? id
  }

  /** Some contact. */
  anybody(): string {
    return this.#ids[this.random.whole(0, this.#ids.length - 1)] ?? ''
  }

  /** A contact of whom something is true, where a few tries find one. */
  anybodyWith(isTrue: (id: string) => boolean): string | undefined {
    for (let attempt = 0; attempt < 8; attempt++) {
      const id = this.anybody()
      if (isTrue(id)) return id
    }
    return undefined
  }

  /** A deal of a contact that is open, if there is one. */
  openDeal(id: string): ContactRecord | undefined {
    return this.engine.records.of(id, 'deals').find(({ status }) => status === 'open')
  }

  /** A ticket of a contact, if there is one. */
  ticket(id: string): ContactRecord | undefined {
    return this.engine.records.of(id, 'tickets')[0]
  }

  /** A contact writes, or is written with. */
  converse(id: string): void {
    this.engine.events.record(id, { type: 'conversation' })
  }

  openDealOf(id: string, value: number): void {
    this.engine.records.put(id, 'deals', { id: `d${++this.#records}`, status: 'open', value })
  }

  raiseTicketOf(id: string, subject: string): void {
    this.engine.records.put(id, 'tickets', { id: `t${++this.#records}`, subject })
  }

  /** A contact pays, and is worth that much more. */
  buy(id: string, amount: number): void {
    this.engine.events.record(id, { type: 'purchase', properties: { amount } })
    const lifetimeValue = this.number(id, 'lifetimeValue') + amount
    this.patch(id, { lifetimeValue, plan: lifetimeValue > 2000 ? 'pro' : 'basic' })
  }

  /** One who came lately. */
  anybodyNew(): string {
    return this.#ids[this.random.whole(Math.max(0, this.#ids.length - 60), this.#ids.length - 1)] ?? ''
  }

  number(id: string, attribute: NumberName): number {
    const value = this.engine.contact(id).get(attribute)
    return typeof value === 'number' ? value : 0
  }

  patch(id: string, changes: Changes): void {
    const contact = this.engine.contact(id)
    this.before = Object.fromEntries(Object.keys(changes).map((attribute) => [attribute, contact.get(attribute)]))
    this.engine.contacts.patch(id, changes)
  }

  /** Somebody signs up. */
  signUp(source?: string): string {
    const person = newcomer(this.random, ++this.#numbers, this.engine.now, source)
    this.#welcome(person)
    return person.id
  }

  /** Somebody wants to be forgotten. */
  forget(id: string): void {
    this.engine.contacts.remove(id)
    this.#drop(id)
  }

  /** Two contacts turn out to be one person. */
  merge(from: string, into: string): void {
    this.engine.contacts.merge({ from, into })
    this.#drop(from)
  }

  #welcome({ id, attributes, tags, deals, tickets, talked, bought }: Person): void {
    const { contacts, events } = this.engine
    this.#ids.push(id)
    this.#names.set(id, attributes.name)
    contacts.put({ id, attributes })
    this.engine.tags.add(id, tags, 'import')
    for (const value of deals) this.openDealOf(id, value)
    for (let ticket = 0; ticket < tickets; ticket++) this.raiseTicketOf(id, 'Late again')
    if (talked !== undefined) events.record(id, { type: 'conversation', at: talked })
    if (bought !== undefined) {
      events.record(id, { type: 'purchase', at: bought.at, properties: { amount: bought.amount } })
    }
  }

  #drop(id: string): void {
    const at = this.#ids.indexOf(id)
    if (at >= 0) this.#ids.splice(at, 1)
  }
}
