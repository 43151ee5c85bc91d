import { countries, eventTypes, plans, tags, type Population } from './population.js'

/** An event as a plain object. */
export interface PlainEvent {
  readonly type: string
  readonly at: number
  readonly amount: number
}

/** A contact as a plain object, for peers that look at objects; `purchases` and `lastPurchaseAt` only sum the events up. */
export interface PlainContact {
  readonly id: string
  country: string
  readonly plan: string
  leadScore: number
  lifetimeValue: number
  readonly createdAt: number
  lastSeenAt: number
  readonly optedIn: boolean
  readonly email: string
  readonly tags: string[]
  readonly events: PlainEvent[]
  purchases: number
  lastPurchaseAt: number
}

/** The contact at a place of a population. */
export function plainContact(population: Population, contact: number): PlainContact {
  const events: PlainEvent[] = []
  let [purchases, lastPurchaseAt] = [0, 0]
  for (let place = from(population.eventStart, contact); place < from(population.eventStart, contact + 1); place += 1) {
    const type = eventTypes[population.eventType[place] as number] as string
    const at = population.eventAt[place] as number
    events.push({ type, at, amount: population.eventAmount[place] as number })
    if (type !== 'purchase') continue
    purchases += 1
    lastPurchaseAt = Math.max(lastPurchaseAt, at)
  }
  return {
    id: population.idOf(contact),
    country: countries[population.country[contact] as number] as string,
    plan: plans[population.plan[contact] as number] as string,
    leadScore: population.leadScore[contact] as number,
    lifetimeValue: population.lifetimeValue[contact] as number,
    createdAt: population.createdAt[contact] as number,
    lastSeenAt: population.lastSeenAt[contact] as number,
    optedIn: population.optedIn[contact] === 1,
    email: population.emailOf(contact),
    tags: tagsOf(population, contact),
    events,
    purchases,
    lastPurchaseAt,
  }
}

/** The names of a contact's tags. */
export function tagsOf(population: Population, contact: number): string[] {
  const { tag, tagStart } = population
  return Array.from(
    tag.subarray(from(tagStart, contact), from(tagStart, contact + 1)),
    (place) => tags[place] as string,
  )
}

/** All contacts of a population. */
export function plainContacts(population: Population): PlainContact[] {
  return Array.from({ length: population.size }, (_, contact) => plainContact(population, contact))
}

function from(starts: Uint32Array, contact: number): number {
  return starts[contact] as number
}
