import type { Change, ContactName } from './change.js'

const nobody: readonly ContactName[] = Object.freeze([])

/** The contacts that must be there for a change to be applied; those that it puts are not among them. */
export function contactsNamed(change: Change): readonly ContactName[] {
  switch (change.type) {
    case 'contact.put':
      return typeof change.contact === 'string' ? nobody : [change.contact]
    case 'contact.patch':
    case 'contact.remove':
    case 'contact.identify':
    case 'event.record':
    case 'event.correct':
    case 'event.remove':
    case 'record.put':
    case 'record.remove':
    case 'automation.start':
    case 'automation.step':
    case 'automation.wait':
    case 'automation.finish':
      return [change.contact]
    case 'contact.merge':
      return [change.from, change.into]
    case 'segment.define':
      return change.contacts ?? nobody
    case 'tag.add':
    case 'tag.remove':
    case 'member.include':
    case 'member.exclude':
    case 'member.reset':
      return change.contacts
    case 'tag.define':
    case 'tag.group':
    case 'tag.ungroup':
    case 'tag.rename':
    case 'tag.merge':
    case 'tag.delete':
    case 'segment.describe':
    case 'segment.convert':
    case 'segment.remove':
    case 'event.fold':
    case 'automation.define':
    case 'automation.remove':
    case 'clock.advance':
      return nobody
  }
}

/** The segment that must be there for a change to be applied; those that its rule refers to are looked for later. */
export function segmentNamed(change: Change): string | undefined {
  return 'segment' in change ? change.segment : undefined
}

/** What a change brings, so that others can name it: the key of a contact, an identity or a segment. */
export function broughtBy(change: Change): string | undefined {
  switch (change.type) {
    case 'contact.put':
      return typeof change.contact === 'string' ? contactKey(change.contact) : undefined
    case 'contact.identify':
      return contactKey(change)
    case 'segment.define':
      return segmentKey(change.id)
    default:
      return undefined
  }
}

/** A text that two names of contacts share exactly when they are one name: no text of a change holds U+0000. */
export function contactKey(name: ContactName): string {
  return typeof name === 'string' ? `contact ${name}` : `identity ${name.channel}\0${name.id}`
}

/** The same for segments; no contact's name has such a key. */
export function segmentKey(id: string): string {
  return `segment ${id}`
}
