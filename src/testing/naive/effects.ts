import type { Change } from '../../changes/change.js'
import type { CauseKind } from '../../changes/transition.js'

/** What a change did, as far as causes and tag events ask. */
export interface Effects {
  /** Contacts named by it, and those it created. */
  readonly named: Set<number>
  readonly created: Set<number>
  /** Tags touched, by contact, in the order in which they were. */
  readonly tags: Map<number, Set<string>>
  /** Segments that begin to put a tag on, by serial. */
  readonly begun: Set<number>
  /** Tags that only got another name. */
  readonly renamed: { readonly from: string; readonly to: string }[]
}

export function noEffects(): Effects {
  return {
    named: new Set<number>(),
    created: new Set<number>(),
    tags: new Map<number, Set<string>>(),
    begun: new Set<number>(),
    renamed: [],
  }
}

/** Notes that a tag of a contact is written. */
export function touchTag(effects: Effects, serial: number, tag: string): void {
  const touched = effects.tags.get(serial) ?? new Set<string>()
  effects.tags.set(serial, touched.add(tag))
}

/** Adds a tag to those written. */
export function touch(touched: Map<number, Set<string>>, serial: number, tag: string): void {
  touched.set(serial, (touched.get(serial) ?? new Set<string>()).add(tag))
}

/** Remembers what moved whom: the last change that named a contact. */
export function note(
  change: Change,
  { named, created, tags }: Effects,
  causes: Map<number, CauseKind>,
  touched: Map<number, Set<string>>,
): void {
  for (const serial of named) causes.set(serial, causeKind(change))
  for (const serial of created) causes.set(serial, 'contact')
  for (const [serial, names] of tags) touched.set(serial, new Set([...(touched.get(serial) ?? []), ...names]))
}

function causeKind({ type }: Change): CauseKind {
  if (type === 'contact.remove') return 'contact'
  if (type === 'contact.merge') return 'merge'
  if (type.startsWith('event.')) return 'event'
  if (type.startsWith('record.')) return 'record'
  if (type.startsWith('contact.')) return 'attribute'
  if (type.startsWith('tag.')) return 'tag'
  return type.startsWith('member.') ? 'member' : 'definition'
}
