import { now } from '../lib/population.js'
import type { PurchaseQuestion, Question } from '../lib/question.js'
import type { Filter, FilterPeer } from './peer.js'

/*
 * What one writes without a library: a function for each part of a rule, made of those of its parts.
 */

export const closures: FilterPeer = {
  name: 'closures over objects',
  packages: [],
  start: () => Promise.resolve(closureOf),
}

/** A question as a function made of functions. */
export function closureOf(question: Question): Filter {
  if ('all' in question) return everyOf(question.all.map(closureOf))
  if ('any' in question) return someOf(question.any.map(closureOf))
  if ('not' in question) {
    const part = closureOf(question.not)
    return (contact) => !part(contact)
  }
  if ('tag' in question) {
    const { tag } = question
    return ({ tags }) => tags.includes(tag)
  }
  if ('purchases' in question) return purchased(question)
  if ('above' in question) {
    const { field, above } = question
    return (contact) => contact[field] > above
  }
  if ('atMost' in question) {
    const { field, atMost } = question
    return (contact) => contact[field] <= atMost
  }
  if ('in' in question) {
    const { field } = question
    const values = new Set(question.in)
    return (contact) => values.has(contact[field])
  }
  if ('is' in question) {
    const { is } = question
    return ({ optedIn }) => optedIn === is
  }
  if ('endsWith' in question) {
    const { endsWith } = question
    return ({ email }) => email.endsWith(endsWith)
  }
  const { field, inLast } = question
  return (contact) => contact[field] > now - inLast
}

function everyOf(parts: readonly Filter[]): Filter {
  return (contact) => {
    for (let place = 0; place < parts.length; place += 1) if (!(parts[place] as Filter)(contact)) return false
    return true
  }
}

function someOf(parts: readonly Filter[]): Filter {
  return (contact) => {
    for (let place = 0; place < parts.length; place += 1) if ((parts[place] as Filter)(contact)) return true
    return false
  }
}

function purchased({ purchases, inLast, spent }: PurchaseQuestion): Filter {
  const since = now - inLast
  return ({ events }) => {
    let [count, sum] = [0, 0]
    for (let place = 0; place < events.length; place += 1) {
      const event = events[place]
      if (event?.type !== 'purchase' || event.at <= since) continue
      count += 1
      sum += event.amount
    }
    return count >= purchases && (spent === undefined || sum > spent)
  }
}
