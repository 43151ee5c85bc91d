import {
  all,
  any,
  createEngine,
  defineSchema,
  field,
  not,
  rulesFor,
  type ChangeInput,
  type Engine,
  type EngineOptions,
  type NumberExpression,
  type Rule,
} from 'coterie'
import { countries, day, eventTypes, now, plans, type Population } from './population.js'
import { tagsOf } from './plain-contact.js'
import type { NumberField, PurchaseQuestion, Question } from './question.js'

/** What the contacts of a population hold. */
export const schema = defineSchema({
  attributes: {
    country: field.oneOf(...countries),
    plan: field.oneOf(...plans),
    leadScore: field.number(),
    lifetimeValue: field.number(),
    createdAt: field.instant(),
    lastSeenAt: field.instant(),
    optedIn: field.boolean(),
    email: field.text(),
  },
  events: {
    visit: { amount: field.number() },
    message: { amount: field.number() },
    purchase: { amount: field.number() },
    ticket: { amount: field.number() },
    review: { amount: field.number() },
  },
})

export type MeasuredEngine = Engine<typeof schema>

const { attribute, events, hasTag } = rulesFor(schema)

/** A question as a rule. */
export function ruleOf(question: Question): Rule {
  if ('all' in question) return all(...question.all.map(ruleOf))
  if ('any' in question) return any(...question.any.map(ruleOf))
  if ('not' in question) return not(ruleOf(question.not))
  if ('tag' in question) return hasTag(question.tag)
  if ('purchases' in question) return purchaseRule(question)
  if ('above' in question) return numberOf(question.field).greaterThan(question.above)
  if ('atMost' in question) return numberOf(question.field).atMost(question.atMost)
  if ('in' in question) {
    return question.field === 'country'
      ? attribute('country').in(question.in)
      : attribute('plan').in(question.in as (typeof plans)[number][])
  }
  if ('is' in question) return attribute('optedIn').equals(question.is)
  if ('endsWith' in question) return attribute('email').endsWith(question.endsWith)
  const { field, inLast } = question
  return field === 'lastPurchaseAt' ? purchaseRule({ purchases: 1, inLast }) : attribute(field).inLast(`${inLast}ms`)
}

function numberOf(field: NumberField): NumberExpression {
  return field === 'purchases' ? events('purchase').count() : attribute(field)
}

function purchaseRule({ purchases, inLast, spent }: PurchaseQuestion): Rule {
  const within = events('purchase').inLast(`${inLast}ms`)
  if (spent !== undefined) return all(within.count().atLeast(purchases), within.sum('amount').greaterThan(spent))
  return purchases === 1 ? within.exists() : within.count().atLeast(purchases)
}

/** An engine whose clock stands where the population's does. */
export function emptyEngine(options: Partial<EngineOptions<typeof schema>> = {}): MeasuredEngine {
  return createEngine({ now, ...options, schema })
}

/** What of the contacts is loaded; everything, unless said. */
export interface Loading {
  readonly events?: boolean
  readonly eventIds?: boolean
  /** Puts all that happened to the beginning of its day, so that nothing falls due between. */
  readonly wholeDays?: boolean
  /** The contacts from the first to before the last. */
  readonly from?: number
  readonly to?: number
}

/** So many contacts are one batch. What larger ones read and note outlives the young generation of the collector, and costs twice as much. */
const atATime = 100

/** Puts a population into an engine, a hundred contacts at a time: first the attributes, then the tags, then what happened. */
export function load(engine: MeasuredEngine, population: Population, loading: Loading = {}): void {
  const { from = 0, to = population.size } = loading
  for (let first = from; first < to; first += atATime) {
    const changes: ChangeInput[] = []
    for (let contact = first; contact < Math.min(first + atATime, to); contact += 1)
      changesOf(population, contact, loading, changes)
    engine.batch(changes)
  }
}

/** Adds the changes to a list that put one contact of a population. */
function changesOf(population: Population, contact: number, loading: Loading, changes: ChangeInput[]): void {
  const id = population.idOf(contact)
  changes.push({
    type: 'contact.put',
    contact: id,
    attributes: {
      country: countries[population.country[contact] as number],
      plan: plans[population.plan[contact] as number],
      leadScore: population.leadScore[contact],
      lifetimeValue: population.lifetimeValue[contact],
      createdAt: population.createdAt[contact],
      lastSeenAt: population.lastSeenAt[contact],
      optedIn: population.optedIn[contact] === 1,
      email: population.emailOf(contact),
    },
  })
  const tags = tagsOf(population, contact)
  if (tags.length > 0) changes.push({ type: 'tag.add', contacts: id, tags })
  if (loading.events === false) return
  const [first, end] = [population.eventStart[contact] as number, population.eventStart[contact + 1] as number]
  for (let place = first; place < end; place += 1) {
    const at = population.eventAt[place] as number
    changes.push({
      type: 'event.record',
      contact: id,
      event: {
        type: eventTypes[population.eventType[place] as number] as string,
        at: loading.wholeDays === true ? at - (at % day) : at,
        properties: { amount: population.eventAmount[place] },
        ...(loading.eventIds === true ? { id: `e${String(place)}` } : undefined),
      },
    })
  }
}
