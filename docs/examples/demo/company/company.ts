import { createEngine, type Engine, type Value } from 'coterie'
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

  /** A contact with more of something than a number, where a few tries find one. */
  anybodyWith(attribute: NumberName, moreThan: number): string | undefined {
    for (let attempt = 0; attempt < 8; attempt++) {
      const id = this.anybody()
      if (this.number(id, attribute) > moreThan) return id
    }
    return undefined
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

  #welcome({ id, attributes, tags }: Person): void {
    this.#ids.push(id)
    this.#names.set(id, attributes.name)
    this.engine.contacts.put({ id, attributes })
    this.engine.tags.add(id, tags, 'import')
  }

  #drop(id: string): void {
    const at = this.#ids.indexOf(id)
    if (at >= 0) this.#ids.splice(at, 1)
  }
}
