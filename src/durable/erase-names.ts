import type { Change, ContactName } from '../changes/change.js'
import type { Cause, Transition } from '../changes/transition.js'
import type { EntryRecord } from './record.js'

/*
 * Taking a contact out of what was recorded. Changes that are about it alone go; of those about several it goes; its transitions
 * leave their sequence numbers behind, so that no other transition gets another number and whoever missed one knows it.
 *
 * Entries are erased only where a snapshot stands for them: nothing is restored from them any more.
 */

/** Says whether a name is one of the contact's. */
export type IsNamed = (name: ContactName) => boolean

/** Says which names are those of a contact, given all that it had. */
export function namedAs(names: readonly ContactName[]): IsNamed {
  const keys = new Set(names.map(keyOf))
  return (name) => keys.has(keyOf(name))
}

/** The entry without a contact; the entry itself where it does not name it. */
export function eraseContact(record: EntryRecord, isNamed: IsNamed): EntryRecord {
  const { entry, erased = [] } = record
  const changes = new Map(entry.changes.map((change) => [change, withoutContact(change, isNamed)]))
  const gone = entry.transitions.filter(({ contactId }) => isNamed(contactId))
  if (gone.length === 0 && [...changes].every(([change, left]) => change === left)) return record
  const causes = new Map<Cause, Cause>()
  const transitions = entry.transitions
    .filter(({ contactId }) => !isNamed(contactId))
    .map((transition): Transition => {
      let cause = causes.get(transition.cause)
      if (cause === undefined) causes.set(transition.cause, (cause = withChange(transition.cause, changes)))
      return { ...transition, cause }
    })
  return {
    kind: 'entry',
    entry: { ...entry, changes: [...changes.values()].filter((left) => left !== undefined), transitions },
    erased: [...erased, ...gone.map(({ seq }) => seq)].sort((a, b) => a - b),
  }
}

/** A cause without a contact; the cause itself where its change does not name it. */
export function eraseFromCause(cause: Cause, isNamed: IsNamed): Cause {
  const { change, ...rest } = cause
  const left = change && withoutContact(change, isNamed)
  if (left === change) return cause
  return Object.freeze(left === undefined ? rest : { ...rest, change: left })
}

function withChange(cause: Cause, changes: ReadonlyMap<Change, Change | undefined>): Cause {
  const { change, ...rest } = cause
  if (change === undefined) return cause
  const left = changes.has(change) ? changes.get(change) : change
  return left === undefined ? rest : { ...rest, change: left }
}

/** The change without the contact: itself where it does not name it, `undefined` where nothing is left. */
function withoutContact(change: Change, isNamed: IsNamed): Change | undefined {
  switch (change.type) {
    case 'contact.put':
    case 'contact.patch':
    case 'contact.remove':
    case 'event.record':
    case 'event.correct':
    case 'event.remove':
    case 'record.put':
    case 'record.remove':
    case 'automation.start':
    case 'automation.step':
    case 'automation.wait':
    case 'automation.finish':
      return isNamed(change.contact) ? undefined : change
    case 'contact.identify':
      return isNamed(change.contact) || isNamed({ channel: change.channel, id: change.id }) ? undefined : change
    case 'contact.merge':
      return isNamed(change.from) || isNamed(change.into) ? undefined : change
    case 'tag.add':
    case 'tag.remove':
    case 'member.include':
    case 'member.exclude':
    case 'member.reset': {
      const contacts = change.contacts.filter((name) => !isNamed(name))
      if (contacts.length === change.contacts.length) return change
      return contacts.length === 0 ? undefined : { ...change, contacts }
    }
    case 'segment.define': {
      const contacts = change.contacts?.filter((name) => !isNamed(name))
      return contacts === undefined || contacts.length === change.contacts?.length ? change : { ...change, contacts }
    }
    case 'tag.define':
    case 'tag.group':
    case 'tag.ungroup':
    case 'tag.rename':
    case 'tag.merge':
    case 'tag.delete':
    case 'event.fold':
    case 'automation.define':
    case 'automation.remove':
    case 'segment.describe':
    case 'segment.convert':
    case 'segment.remove':
    case 'clock.advance':
      return change
  }
}

function keyOf(name: ContactName): string {
  return typeof name === 'string' ? `i${name}` : `c${JSON.stringify([name.channel, name.id])}`
}
