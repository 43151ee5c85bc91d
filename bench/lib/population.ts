import { Random } from '../../test/data/random.js'
import { logNormal, Zipf } from './distributions.js'

/*
 * The contacts that everything is measured on, drawn from one seed: countries and tags by Zipf's law, money log-normal, dates
 * over two years, events over the last one. They are kept as plain columns, from which each subject gets what it likes best;
 * a million of them with ten million events take some 200 MB and a few seconds.
 */

/** The instant at which the clock of every workload stands at first. */
export const now = Date.parse('2026-11-01T00:00:00Z')
export const day = 86_400_000

/** Thirty, the commonest first. */
export const countries = Array.from({ length: 30 }, (_, place) => `C${String(place + 1).padStart(2, '0')}`) as [
  string,
  ...string[],
]
export const plans = ['free', 'basic', 'pro', 'enterprise'] as const
export const eventTypes = ['visit', 'message', 'purchase', 'ticket', 'review'] as const
/** 500, the commonest first. */
export const tags = Array.from({ length: 500 }, (_, place) =>
  place === 8 ? 'churned' : place === 20 ? 'VIP' : `tag-${String(place + 1)}`,
)
/** Where the addresses of e-mails end. */
export const domains = Array.from({ length: 64 }, (_, place) =>
  place === 0 ? 'company.com' : place < 32 ? `company-${String(place)}.com` : `mail-${String(place)}.org`,
)

const purchase = eventTypes.indexOf('purchase')
const seed = 20_261_101

/** So many contacts with their tags and events, in columns. */
export class Population {
  readonly size: number
  readonly country: Uint8Array
  readonly plan: Uint8Array
  readonly leadScore: Uint8Array
  readonly lifetimeValue: Float64Array
  readonly createdAt: Float64Array
  readonly lastSeenAt: Float64Array
  readonly optedIn: Uint8Array
  readonly domain: Uint8Array
  /** Those of contact i stand from `tagStart[i]` up to `tagStart[i + 1]`. */
  readonly tagStart: Uint32Array
  readonly tag: Uint16Array
  /** In order of time within a contact. */
  readonly eventStart: Uint32Array
  readonly eventType: Uint8Array
  readonly eventAt: Float64Array
  readonly eventAmount: Uint16Array

  constructor(size: number) {
    this.size = size
    this.country = new Uint8Array(size)
    this.plan = new Uint8Array(size)
    this.leadScore = new Uint8Array(size)
    this.lifetimeValue = new Float64Array(size)
    this.createdAt = new Float64Array(size)
    this.lastSeenAt = new Float64Array(size)
    this.optedIn = new Uint8Array(size)
    this.domain = new Uint8Array(size)
    this.#drawAttributes(new Random(seed))
    const random = new Random(seed + 1)
    this.tagStart = starts(size, () => random.whole(0, 8))
    this.tag = this.#drawTags(new Random(seed + 2))
    this.eventStart = starts(size, () => Math.min(random.often(0.909) - 1, 500))
    const events = this.eventStart[size] as number
    this.eventType = new Uint8Array(events)
    this.eventAt = new Float64Array(events)
    this.eventAmount = new Uint16Array(events)
    this.#drawEvents(new Random(seed + 3))
  }

  idOf(contact: number): string {
    return `contact-${String(contact)}`
  }

  emailOf(contact: number): string {
    return `someone.${String(contact)}@${domains[this.domain[contact] as number] as string}`
  }

  #drawAttributes(random: Random): void {
    const ofCountry = new Zipf(countries.length)
    for (let contact = 0; contact < this.size; contact += 1) {
      this.country[contact] = ofCountry.draw(random)
      this.plan[contact] = random.pick([0, 0, 0, 0, 1, 1, 2, 2, 2, 3])
      this.leadScore[contact] = random.whole(0, 100)
      this.lifetimeValue[contact] = Math.round(100 * logNormal(random, 200, 1.5)) / 100
      this.createdAt[contact] = now - random.whole(1, 730 * day)
      this.lastSeenAt[contact] = now - random.whole(0, now - (this.createdAt[contact] as number) - 1)
      this.optedIn[contact] = random.chance(0.6) ? 1 : 0
      this.domain[contact] = random.whole(0, domains.length - 1)
    }
  }

  /** A tag that is drawn twice for a contact is drawn again. */
  #drawTags(random: Random): Uint16Array {
    const ofTag = new Zipf(tags.length)
    const drawn = new Uint16Array(this.tagStart[this.size] as number)
    for (let contact = 0; contact < this.size; contact += 1) {
      const from = this.tagStart[contact] as number
      for (let place = from; place < (this.tagStart[contact + 1] as number); place += 1) {
        let tag = ofTag.draw(random)
        while (drawn.subarray(from, place).includes(tag)) tag = ofTag.draw(random)
        drawn[place] = tag
      }
    }
    return drawn
  }

  #drawEvents(random: Random): void {
    const ofType = new Zipf(eventTypes.length)
    for (let contact = 0; contact < this.size; contact += 1) {
      const [from, to] = [this.eventStart[contact] as number, this.eventStart[contact + 1] as number]
      for (let place = from; place < to; place += 1) {
        this.eventType[place] = ofType.draw(random)
        this.eventAt[place] = now - random.whole(1, 365 * day)
        const amount = logNormal(random, 60, 1)
        // Whole numbers: every peer adds them up to the same.
        if (this.eventType[place] === purchase) this.eventAmount[place] = 1 + Math.min(Math.floor(amount), 50_000)
      }
      this.eventAt.subarray(from, to).sort()
    }
  }
}

function starts(size: number, draw: () => number): Uint32Array {
  const result = new Uint32Array(size + 1)
  for (let place = 0; place < size; place += 1) result[place + 1] = (result[place] as number) + draw()
  return result
}
