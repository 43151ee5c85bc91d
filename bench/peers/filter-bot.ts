import { asQuestion, botContact, channelId, greetings, noted, otherwise, type BotPeer } from '../lib/bot.js'
import type { PlainContact } from '../lib/plain-contact.js'
import { closureOf } from './closures.js'
import type { Filter, FilterPeer } from './peer.js'

/*
 * The same bot by a library that only answers whether a rule holds: contacts are objects in a map by what the channel calls
 * them, a set says which messages came already, and the variants are asked in order. To know all that a contact is a member
 * of, as coterie does, all rules are asked after each message.
 */

/** Asks only the rules that it answers by. */
export function variantsBot({ name, packages, start }: FilterPeer): BotPeer {
  return { name: `${name}, only the variants`, packages, start: filterBot(start, false) }
}

/** Keeps memberships of all rules, and answers by these. */
export function allRulesBot({ name, packages, start }: FilterPeer): BotPeer {
  return { name: `${name}, all segments`, packages, start: filterBot(start, true) }
}

interface Known {
  readonly plain: PlainContact
  /** For each rule 1 where it held after the last message; only where memberships are kept. */
  members: Uint8Array | undefined
}

function filterBot(start: FilterPeer['start'], keepsAll: boolean): BotPeer['start'] {
  return async (population, asked) => {
    const compile = await start()
    const questions = asked.map(asQuestion)
    const filters = questions.slice(0, keepsAll ? questions.length : greetings.length).map(compile)
    const contacts = new Map(
      Array.from({ length: population.size }, (_, contact): [string, Known] => [
        channelId(contact),
        { plain: botContact(population, contact), members: undefined },
      ]),
    )
    const closures = questions.map(closureOf)
    const came = new Set<string>()
    let transitions = 0
    const knownAs = (from: string): Known => {
      const contact = contacts.get(from)
      if (contact === undefined) throw new Error(`Nobody is ${from}`)
      return contact
    }
    const askAll = (plain: PlainContact, members: Uint8Array): void => {
      for (let rule = 0; rule < filters.length; rule += 1) {
        const holds = (filters[rule] as Filter)(plain) ? 1 : 0
        if (holds === members[rule]) continue
        members[rule] = holds
        transitions += 1
      }
    }
    return {
      prepare: (messages) => {
        for (const contact of keepsAll ? messages.map(({ from }) => knownAs(from)) : [])
          contact.members ??= Uint8Array.from(closures, (holds) => (holds(contact.plain) ? 1 : 0))
      },
      answer: (message) => {
        const { plain, members } = knownAs(message.from)
        if (!came.has(message.id)) {
          came.add(message.id)
          noted(plain, message)
          if (members !== undefined) askAll(plain, members)
        }
        for (const [rule, greeting] of greetings.entries()) {
          const isIn = members === undefined ? (filters[rule] as Filter)(plain) : members[rule] === 1
          if (isIn) return greeting
        }
        return otherwise
      },
      transitions: () => (keepsAll ? transitions : undefined),
    }
  }
}
