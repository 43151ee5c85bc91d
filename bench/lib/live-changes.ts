import type { ChangeInput } from 'coterie'
import { Random } from '../../test/data/random.js'
import { logNormal, Zipf } from './distributions.js'
import { plainContact, type PlainContact } from './plain-contact.js'
import { countries, now, tags, type Population } from './population.js'

/*
 * The changes of workload B, each to one contact. They are drawn beside plain objects of the contacts that were touched,
 * which follow them: a tag that is taken away is one that the contact has.
 */

export const changeKinds = ['leadScore', 'lifetimeValue', 'country', 'tag added', 'tag removed', 'purchase'] as const
export type ChangeKind = (typeof changeKinds)[number]

/** How often each kind comes: scores and values move a little and often, a country is another one now and then. */
const usualKinds: readonly ChangeKind[] = ['leadScore', 'leadScore', 'lifetimeValue', 'lifetimeValue', ...changeKinds]

/** A change to one contact, as everybody is told of it. */
export interface LiveChange {
  readonly kind: ChangeKind
  /** The contact's place in the population. */
  readonly contact: number
  readonly number: number
  readonly text: string
}

const seed = 78

/** An endless row of changes to a population. */
export class LiveChanges {
  readonly #population: Population
  readonly #random = new Random(seed)
  readonly #country = new Zipf(countries.length)
  readonly #tag = new Zipf(tags.length)
  /** The contacts that were touched, as they are after the changes drawn so far. */
  readonly touched = new Map<number, PlainContact>()
  readonly #kinds: readonly ChangeKind[]

  constructor(population: Population, kinds: readonly ChangeKind[] = usualKinds) {
    this.#population = population
    this.#kinds = kinds
  }

  /** The next changes. */
  take(count: number): readonly LiveChange[] {
    return Array.from({ length: count }, () => this.#next())
  }

  /** Makes the objects of all contacts now, so that drawing keeps no more than that, however long it goes on. */
  touchAll(): void {
    for (let contact = 0; contact < this.#population.size; contact += 1) this.#touch(contact)
  }

  #touch(contact: number): PlainContact {
    let plain = this.touched.get(contact)
    if (plain === undefined) this.touched.set(contact, (plain = plainContact(this.#population, contact)))
    return plain
  }

  #next(): LiveChange {
    const random = this.#random
    const contact = random.whole(0, this.#population.size - 1)
    const plain = this.#touch(contact)
    const change = this.#draw(contact, plain, this.#kinds[random.whole(0, this.#kinds.length - 1)] as ChangeKind)
    applyToPlain(plain, change)
    return change
  }

  #draw(contact: number, plain: PlainContact, kind: ChangeKind): LiveChange {
    const random = this.#random
    switch (kind) {
      case 'leadScore':
        return { kind, contact, number: within(plain.leadScore + random.whole(-3, 3), 0, 100), text: '' }
      case 'lifetimeValue':
        return {
          kind,
          contact,
          number: Math.round(100 * (plain.lifetimeValue + logNormal(random, 20, 1))) / 100,
          text: '',
        }
      case 'country':
        return { kind, contact, number: 0, text: countries[this.#country.draw(random)] as string }
      case 'tag added':
        return { kind, contact, number: 0, text: tags[this.#tag.draw(random)] as string }
      case 'tag removed': {
        const held = plain.tags[random.whole(0, Math.max(0, plain.tags.length - 1))]
        return { kind, contact, number: 0, text: held ?? (tags[0] as string) }
      }
      case 'purchase':
        return { kind, contact, number: random.whole(1, 200), text: '' }
    }
  }
}

function within(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value))
}

/** Does a change to a plain object. */
export function applyToPlain(plain: PlainContact, { kind, number, text }: LiveChange): void {
  switch (kind) {
    case 'leadScore':
    case 'lifetimeValue':
      plain[kind] = number
      break
    case 'country':
      plain.country = text
      break
    case 'tag added':
      if (!plain.tags.includes(text)) plain.tags.push(text)
      break
    case 'tag removed': {
      const place = plain.tags.indexOf(text)
      if (place >= 0) plain.tags.splice(place, 1)
      break
    }
    case 'purchase':
      plain.purchases += 1
      plain.lastPurchaseAt = now
  }
}

/** A change as coterie takes it, to the contact of an id. */
export function changeOf({ kind, number, text }: LiveChange, id: string): ChangeInput {
  switch (kind) {
    case 'leadScore':
    case 'lifetimeValue':
      return { type: 'contact.patch', contact: id, attributes: { [kind]: number } }
    case 'country':
      return { type: 'contact.patch', contact: id, attributes: { country: text } }
    case 'tag added':
      return { type: 'tag.add', contacts: id, tags: text }
    case 'tag removed':
      return { type: 'tag.remove', contacts: id, tags: text }
    case 'purchase':
      return { type: 'event.record', contact: id, event: { type: 'purchase', properties: { amount: number } } }
  }
}

/** The fields that a change of a kind can make a question about. */
export const fieldsOf: { readonly [kind in ChangeKind]: readonly string[] } = {
  leadScore: ['leadScore'],
  lifetimeValue: ['lifetimeValue'],
  country: ['country'],
  'tag added': ['tag'],
  'tag removed': ['tag'],
  purchase: ['purchases', 'lastPurchaseAt'],
}
