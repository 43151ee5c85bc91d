import { now } from '../lib/population.js'
import type { Question } from '../lib/question.js'
import { loadPeer } from './installed.js'
import { beyondMongo, mongoOf, type MongoQuery } from './mongo.js'
import type { Filter, FilterPeer } from './peer.js'

/*
 * Libraries that make a function of a rule. Of each, what is used of it is written down as a type: they are not installed
 * where this is type-checked.
 */

const sift: FilterPeer = {
  name: 'sift',
  packages: ['sift'],
  cannot: beyondMongo,
  start: async () => {
    const { default: compile } = (await loadPeer('sift')) as { default: (query: MongoQuery) => Filter }
    return (question) => compile(mongoOf(question))
  },
}

const ucast: FilterPeer = {
  name: 'ucast',
  packages: ['@ucast/mongo2js'],
  cannot: beyondMongo,
  start: async () => {
    const { guard } = (await loadPeer('@ucast/mongo2js')) as { guard: (query: MongoQuery) => Filter }
    return (question) => guard(mongoOf(question))
  },
}

const mingo: FilterPeer = {
  name: 'mingo',
  packages: ['mingo'],
  cannot: beyondMongo,
  start: async () => {
    const { Query } = (await loadPeer('mingo')) as { Query: new (query: MongoQuery) => { test: Filter } }
    return (question) => {
      const query = new Query(mongoOf(question))
      return (contact) => query.test(contact)
    }
  },
}

const growthbook: FilterPeer = {
  name: 'growthbook',
  packages: ['@growthbook/growthbook'],
  cannot: beyondMongo,
  start: async () => {
    const { evalCondition } = (await loadPeer('@growthbook/growthbook')) as {
      evalCondition: (contact: unknown, query: MongoQuery) => boolean
    }
    return (question) => {
      const query = listTags(mongoOf(question)) as MongoQuery
      return (contact) => evalCondition(contact, query)
    }
  },
}

/** GrowthBook compares a list with a whole list: an element is asked for by `$elemMatch`. */
function listTags(query: unknown): unknown {
  if (Array.isArray(query)) return query.map(listTags)
  if (typeof query !== 'object' || query === null) return query
  return Object.fromEntries(
    Object.entries(query).map(([key, value]: [string, unknown]) => {
      if (key !== 'tags') return [key, listTags(value)]
      if (typeof value === 'string') return [key, { $elemMatch: { $eq: value } }]
      return [key, { $not: { $elemMatch: { $eq: (value as { $ne: string }).$ne } } }]
    }),
  )
}

const jsonLogic: FilterPeer = {
  name: 'json-logic-engine, compiled',
  packages: ['json-logic-engine'],
  start: async () => {
    const { LogicEngine } = (await loadPeer('json-logic-engine')) as {
      LogicEngine: new () => { build: (logic: unknown) => Filter }
    }
    const engine = new LogicEngine()
    return (question) => engine.build(logicOf(question))
  },
}

/** A question as JsonLogic. */
function logicOf(question: Question): unknown {
  if ('all' in question) return { and: question.all.map(logicOf) }
  if ('any' in question) return { or: question.any.map(logicOf) }
  if ('not' in question) return { '!': [logicOf(question.not)] }
  if ('tag' in question) return { in: [question.tag, { var: 'tags' }] }
  if ('purchases' in question) {
    const isPurchase = {
      and: [{ '===': [{ var: 'type' }, 'purchase'] }, { '>': [{ var: 'at' }, now - question.inLast] }],
    }
    const events = { var: 'events' }
    if (question.purchases === 1 && question.spent === undefined) return { some: [events, isPurchase] }
    const amounts = { map: [{ filter: [events, isPurchase] }, { var: 'amount' }] }
    const sum = { reduce: [amounts, { '+': [{ var: 'current' }, { var: 'accumulator' }] }, 0] }
    const count = { length: [amounts] }
    return { and: [{ '>=': [count, question.purchases] }, { '>': [sum, question.spent ?? -1] }] }
  }
  if ('above' in question) return { '>': [{ var: question.field }, question.above] }
  if ('atMost' in question) return { '<=': [{ var: question.field }, question.atMost] }
  if ('in' in question) return { in: [{ var: question.field }, question.in] }
  if ('is' in question) return { '===': [{ var: 'optedIn' }, question.is] }
  // JsonLogic has no suffix: the end of a text is cut off, and compared.
  if ('endsWith' in question) {
    return { '===': [{ substr: [{ var: 'email' }, -question.endsWith.length] }, question.endsWith] }
  }
  return { '>': [{ var: question.field }, now - question.inLast] }
}

/** All of them, the fastest ones last. */
export const filterPeers: readonly FilterPeer[] = [sift, mingo, growthbook, ucast, jsonLogic]
