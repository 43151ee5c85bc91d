import { plainContacts, type PlainContact } from '../lib/plain-contact.js'
import { now } from '../lib/population.js'
import type { PurchaseQuestion, Question } from '../lib/question.js'
import type { CountingPeer, Filter } from './peer.js'

/*
 * The least that JavaScript can do with objects: code is made of a rule at run time, one loop with one condition. A library
 * that runs under a strict content security policy cannot. What it finds is what all others are held to.
 */

export const generatedLoop: CountingPeer = {
  name: 'generated loop over objects',
  packages: [],
  start: (population) => {
    const contacts = plainContacts(population)
    return Promise.resolve((question) => generatedCount(question)(contacts))
  },
}

/** Code that counts the contacts a question holds for. */
function generatedCount(question: Question): (contacts: readonly PlainContact[]) => number {
  return made(`
    let count = 0
    for (let place = 0; place < contacts.length; place += 1) {
      const contact = contacts[place]
      if (${sourceOf(question)}) count += 1
    }
    return count
  `) as (contacts: readonly PlainContact[]) => number
}

/** Code that asks a question of one contact. */
export function generatedFilter(question: Question): Filter {
  return made(`const contact = contacts; return ${sourceOf(question)}`) as Filter
}

function made(body: string): unknown {
  // eslint-disable-next-line no-new-func, @typescript-eslint/no-implied-eval -- Making code is what this peer is.
  return new Function('contacts', body)
}

function sourceOf(question: Question): string {
  if ('all' in question) return `(${question.all.map(sourceOf).join(' && ')})`
  if ('any' in question) return `(${question.any.map(sourceOf).join(' || ')})`
  if ('not' in question) return `!(${sourceOf(question.not)})`
  if ('tag' in question) return `contact.tags.includes(${JSON.stringify(question.tag)})`
  if ('purchases' in question) return purchaseSource(question)
  if ('above' in question) return `contact.${question.field} > ${question.above}`
  if ('atMost' in question) return `contact.${question.field} <= ${question.atMost}`
  if ('in' in question)
    return `(${question.in.map((value) => `contact.${question.field} === ${JSON.stringify(value)}`).join(' || ')})`
  if ('is' in question) return `contact.optedIn === ${String(question.is)}`
  if ('endsWith' in question) return `contact.email.endsWith(${JSON.stringify(question.endsWith)})`
  return `contact.${question.field} > ${now - question.inLast}`
}

function purchaseSource({ purchases, inLast, spent }: PurchaseQuestion): string {
  const since = now - inLast
  return `(() => {
    let count = 0, sum = 0
    for (let place = 0; place < contact.events.length; place += 1) {
      const event = contact.events[place]
      if (event.type === 'purchase' && event.at > ${since}) { count += 1; sum += event.amount }
    }
    return count >= ${purchases}${spent === undefined ? '' : ` && sum > ${spent}`}
  })()`
}
