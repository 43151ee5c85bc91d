import { now } from '../lib/population.js'
import type { Question } from '../lib/question.js'

/** A query as MongoDB writes it. */
export interface MongoQuery {
  readonly [key: string]: unknown
}

/** A question as a query of MongoDB, which several peers read. A sum over events is beyond them: see {@link beyondMongo}. */
export function mongoOf(question: Question): MongoQuery {
  if ('all' in question) return { $and: question.all.map(mongoOf) }
  if ('any' in question) return { $or: question.any.map(mongoOf) }
  if ('not' in question) return notMongo(question.not)
  if ('tag' in question) return { tags: question.tag }
  if ('purchases' in question) return { events: purchased(question) }
  if ('above' in question) return { [question.field]: { $gt: question.above } }
  if ('atMost' in question) return { [question.field]: { $lte: question.atMost } }
  if ('in' in question) return { [question.field]: { $in: question.in } }
  if ('is' in question) return { optedIn: question.is }
  if ('endsWith' in question) return { email: { $regex: endOf(question.endsWith) } }
  return { [question.field]: { $gt: now - question.inLast } }
}

/** Why a question cannot be a query. */
export function beyondMongo(question: Question): string | undefined {
  return 'purchases' in question && (question.purchases > 1 || question.spent !== undefined)
    ? 'cannot count and add up events'
    : undefined
}

function notMongo(question: Question): MongoQuery {
  if ('tag' in question) return { tags: { $ne: question.tag } }
  if ('purchases' in question) return { events: { $not: purchased(question) } }
  return { $nor: [mongoOf(question)] }
}

function purchased({ inLast }: { readonly inLast: number }): MongoQuery {
  return { $elemMatch: { type: 'purchase', at: { $gt: now - inLast } } }
}

function endOf(text: string): string {
  return `${text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`
}
