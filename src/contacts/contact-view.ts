import type { Contact, ContactView } from './contact.js'
import { placeFrom, type ContactEvent, type HeldEvent } from './event.js'
import type { FoldedEvents, FoldedView } from './folded.js'
import type { HeldTag } from './tag.js'

/**
 * The view of a plain contact. It reads the contact as it is at each call; only the tags and the events are looked through
 * once, when the first one is asked for by name or type.
 */
export function viewOf(contact: Contact): ContactView {
  const { id, attributes, tags, events, records, folded = {} } = contact
  let byName: ReadonlyMap<string, HeldTag> | undefined
  let byType: ReadonlyMap<string, readonly HeldEvent[]> | undefined
  return {
    id,
    // Only what is the record's own: a name such as `__proto__` or `constructor` finds nothing that nobody put there.
    attribute: (name) => (Object.hasOwn(attributes, name) ? attributes[name] : undefined),
    tag: (name) => (byName ??= new Map(tags.map((held) => [held.tag, held]))).get(name),
    tags: () => tags,
    tagCount: tags.length,
    events: (type) => (byType ??= eventsByType(events)).get(type) ?? [],
    countEvents: (type, from, to) => {
      const ofType = (byType ??= eventsByType(events)).get(type) ?? []
      return Math.max(0, placeFrom(ofType, to) - placeFrom(ofType, from))
    },
    folded: (type) => (Object.hasOwn(folded, type) ? viewOfFolded(folded[type]) : undefined),
    records: (collection) => (Object.hasOwn(records, collection) ? (records[collection] ?? []) : []),
  }
}

function viewOfFolded(folded: FoldedEvents | undefined): FoldedView | undefined {
  if (folded === undefined) return undefined
  const { before, totals } = folded
  return { before, total: (key) => (Object.hasOwn(totals, key) ? totals[key] : undefined) }
}

/** A contact's events stand in order, so their places say in which order those arrived that nothing else tells apart. */
function eventsByType(events: readonly ContactEvent[]): ReadonlyMap<string, readonly HeldEvent[]> {
  const byType = new Map<string, HeldEvent[]>()
  for (const [arrival, event] of events.entries()) {
    const held = Object.freeze({ ...event, arrival })
    const ofType = byType.get(event.type)
    if (ofType === undefined) byType.set(event.type, [held])
    else ofType.push(held)
  }
  return byType
}
