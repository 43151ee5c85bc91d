import { compareText } from '../../base/text.js'
import type { Contact } from '../../contacts/contact.js'
import { compareEvents } from '../../contacts/event.js'
import type { Rule } from '../../rules/ast.js'
import { holds } from '../../rules/evaluate.js'
import { byAge } from './tags.js'
import { contactsOf, recordsOf, viewOf, type ModelContact, type ModelState } from './state.js'

/** A contact as plain data, as the engine gives it out. */
export function contactOf(contact: ModelContact): Contact {
  const collections = [...contact.records].filter(([, held]) => held.size > 0).map(([name]) => name)
  return {
    id: contact.id,
    attributes: Object.fromEntries(contact.attributes),
    tags: byAge(contact.tags),
    events: [...contact.events]
      .sort(compareEvents)
      .map(({ type, at, properties, id }) => ({ type, at, properties, ...(id === undefined ? undefined : { id }) })),
    records: Object.fromEntries(collections.sort(compareText).map((name) => [name, recordsOf(contact, name)])),
  }
}

/** The outside identities of a contact. */
export function identitiesOf(
  { identities }: ModelState,
  serial: number | undefined,
): readonly { readonly channel: string; readonly id: string }[] {
  const keys = [...identities].filter(([, owner]) => owner === serial).map(([key]) => key)
  return keys.map((key) => {
    const [channel, id] = JSON.parse(key) as [string, string]
    return { channel, id }
  })
}

/** The ids of the contacts that a rule holds for, in the order in which they were put. */
export function idsWhere(state: ModelState, rule: Rule, timeZone: string): readonly string[] {
  const found = contactsOf(state).filter((contact) => {
    const inSegment = (id: string): boolean => state.segments.get(id)?.members.has(contact.serial) ?? false
    return holds(rule, { contact: viewOf(contact), now: state.now, timeZone, inSegment })
  })
  return found.map(({ id }) => id)
}
