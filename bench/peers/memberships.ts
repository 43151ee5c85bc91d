import { plainContacts } from '../lib/plain-contact.js'
import type { Population } from '../lib/population.js'
import type { Question } from '../lib/question.js'
import { closureOf } from './closures.js'
import { loadPeer } from './installed.js'

/** Memberships, asked by the numbers of contact and rule. */
export interface Memberships {
  readonly has: (contact: number, rule: number) => boolean
  /** How many rules a contact is in, each of them put into a list. */
  readonly countOf: (contact: number) => number
}

/** A way to hold memberships. */
export interface MembershipPeer {
  readonly name: string
  readonly packages: readonly string[]
  readonly start: (population: Population, questions: readonly Question[]) => Promise<Memberships>
}

/** The members of each rule, by closures. */
function membersOf(population: Population, questions: readonly Question[]): number[][] {
  const contacts = plainContacts(population)
  return questions.map((question) => {
    const holds = closureOf(question)
    return contacts.flatMap((contact, place) => (holds(contact) ? [place] : []))
  })
}

/** Structures that hold the contacts of each rule, asked for a contact by asking all of them. */
function perSegment(
  name: string,
  packages: readonly string[],
  make: () => Promise<(members: number[]) => { has: (contact: number) => boolean }>,
): MembershipPeer {
  return {
    name,
    packages,
    start: async (population, questions) => {
      const made = membersOf(population, questions).map(await make())
      return {
        has: (contact, rule) => (made[rule] as (typeof made)[number]).has(contact),
        countOf: (contact) => {
          const found: number[] = []
          for (let rule = 0; rule < made.length; rule += 1)
            if ((made[rule] as (typeof made)[number]).has(contact)) found.push(rule)
          return found.length
        },
      }
    },
  }
}

const setPerContact: MembershipPeer = {
  name: 'Set per contact',
  packages: [],
  start: (population, questions) => {
    const sets = Array.from({ length: population.size }, () => new Set<number>())
    membersOf(population, questions).forEach((members, rule) => {
      for (const contact of members) (sets[contact] as Set<number>).add(rule)
    })
    return Promise.resolve({
      has: (contact, rule) => (sets[contact] as Set<number>).has(rule),
      countOf: (contact) => [...(sets[contact] as Set<number>)].length,
    })
  },
}

export const membershipPeers: readonly MembershipPeer[] = [
  perSegment('Set per segment', [], () => Promise.resolve((members) => new Set(members))),
  setPerContact,
  perSegment('roaring bitmap per segment', ['roaring'], async () => {
    const { default: roaring } = (await loadPeer('roaring')) as { default: Roaring }
    return (members) => new roaring.RoaringBitmap32(members)
  }),
]

interface Roaring {
  readonly RoaringBitmap32: new (values: readonly number[]) => { has: (value: number) => boolean }
}
