import type { ChangeInput } from 'coterie'
import { emptyEngine, load, ruleOf, type MeasuredEngine } from './engine.js'
import { LiveChanges, changeOf, type LiveChange } from './live-changes.js'
import { liveQuestions } from './live-questions.js'
import { clockNow } from './measure.js'
import { tagsOf } from './plain-contact.js'
import { countries, day, eventTypes, now, plans, type Population } from './population.js'
import { PurchaseLog } from './purchase-log.js'

/*
 * What a soak does to an engine, and enough of it kept aside to build a fresh one that has seen nothing but the outcome: of
 * each contact the attributes, the tags, and every purchase ever made, also those that the soaked engine has folded away.
 * One change in a thousand takes a contact away and puts another in its place, under an id of its own.
 */

/** How far the clock goes in all. */
const span = 730 * day
/** Purchases are asked for 180 days back. */
const retain = '200d'
const replacing = 1_000

/** The engine under load, and what became of its contacts. */
export class SoakWorld {
  readonly engine: MeasuredEngine
  readonly #population: Population
  readonly #segments: number
  /** How far the clock goes with each change, in ms. */
  readonly #tick: number
  readonly #changes: LiveChanges
  /** How often the contact of a place was replaced by another. */
  readonly #generation: Uint32Array
  readonly #purchases: PurchaseLog
  #made = 0
  #transitions = 0

  constructor(population: Population, segments: number, changes: number) {
    this.#population = population
    this.#segments = segments
    this.#tick = span / changes
    this.#changes = new LiveChanges(population)
    this.#changes.touchAll()
    this.#generation = new Uint32Array(population.size)
    // One change in eight is a purchase.
    this.#purchases = new PurchaseLog(1_000 + Math.ceil(changes / 4))
    this.engine = emptyEngine({ retain })
    load(this.engine, population)
    define(this.engine, segments)
    this.engine.on('transition', () => (this.#transitions += 1))
  }

  get transitions(): number {
    return this.#transitions
  }

  /** Makes so many changes; gives how long the engine took, in ms. */
  make(count: number): number {
    let took = 0
    for (let left = count; left > 0; left -= 10_000) {
      const changes = this.#changes.take(Math.min(left, 10_000)).flatMap((change) => this.#changesFor(change))
      const start = clockNow()
      for (const change of changes) this.engine.apply(change)
      took += clockNow() - start
    }
    return took
  }

  /** An engine that was never under load and never folded anything, with the same contacts at the same instant. */
  freshEngine(): MeasuredEngine {
    const fresh = emptyEngine({ now: this.engine.now })
    for (let contact = 0; contact < this.#population.size; contact += 1) {
      const id = this.#idOf(contact)
      const tags = this.engine.tags.of(id).map(({ tag }) => tag)
      const { attributes = {} } = this.engine.contacts.get(id) ?? {}
      fresh.contacts.put({ id, attributes })
      if (tags.length > 0) fresh.tags.add(id, tags)
    }
    this.#firstPurchases(fresh)
    this.#purchases.visit((contact, generation, at, amount) => {
      if (this.#generation[contact] === generation) buy(fresh, this.#idOf(contact), at, amount)
    })
    define(fresh, this.#segments)
    return fresh
  }

  /** Those that the population began with, where the contact is still the same. */
  #firstPurchases(fresh: MeasuredEngine): void {
    const { size, eventStart, eventType, eventAt, eventAmount } = this.#population
    for (let contact = 0; contact < size; contact += 1) {
      if (this.#generation[contact] !== 0) continue
      for (let place = eventStart[contact] as number; place < (eventStart[contact + 1] as number); place += 1) {
        if (eventTypes[eventType[place] as number] === 'purchase')
          buy(fresh, this.#idOf(contact), eventAt[place] as number, eventAmount[place] as number)
      }
    }
  }

  #changesFor(change: LiveChange): readonly ChangeInput[] {
    const { contact, kind, number } = change
    this.#made += 1
    const at = Math.floor(now + this.#made * this.#tick)
    const replaced = this.#made % replacing === 0 ? this.#replace(contact) : []
    if (kind === 'purchase') this.#purchases.add(contact, this.#generation[contact] as number, at, number)
    return [{ type: 'clock.advance', to: at }, ...replaced, changeOf(change, this.#idOf(contact))]
  }

  /** Takes a contact away, and puts one with the same attributes and tags, which did nothing yet. */
  #replace(contact: number): readonly ChangeInput[] {
    const before = this.#idOf(contact)
    this.#generation[contact] = (this.#generation[contact] as number) + 1
    const id = this.#idOf(contact)
    const population = this.#population
    const tags = tagsOf(population, contact)
    return [
      { type: 'contact.remove', contact: before },
      {
        type: 'contact.put',
        contact: id,
        attributes: {
          country: countries[population.country[contact] as number],
          plan: plans[population.plan[contact] as number],
          leadScore: 50,
          lifetimeValue: 0,
        },
      },
      ...(tags.length === 0 ? [] : [{ type: 'tag.add' as const, contacts: id, tags }]),
    ]
  }

  #idOf(contact: number): string {
    const generation = this.#generation[contact] as number
    const id = this.#population.idOf(contact)
    return generation === 0 ? id : `${id}.${generation}`
  }
}

function buy(engine: MeasuredEngine, id: string, at: number, amount: number): void {
  engine.events.record(id, { type: 'purchase', at, properties: { amount } })
}

function define(engine: MeasuredEngine, segments: number): void {
  engine.batch(
    liveQuestions(segments).map((question, n) => ({
      type: 'segment.define',
      id: `s${n}`,
      rule: ruleOf(question),
      visits: false,
    })),
  )
}
