import type { ContactRecord } from '../contacts/record.js'
import type { HolderKind } from '../contacts/tag.js'
import type { Value } from '../contacts/value.js'

/*
 * Changes that are about contacts: their attributes, tags, events and records, and the segments that they are put into by hand.
 */

/** A contact by its id, or by an identity that was tied to it. */
export type ContactName = string | { readonly channel: string; readonly id: string }

/** Puts a contact, or replaces all attributes of one that is there, and nothing else of it. */
export interface ContactPut {
  readonly type: 'contact.put'
  readonly contact: ContactName
  readonly attributes: Readonly<Record<string, Value>>
}

/** Changes the attributes named; `null` takes one away. */
export interface ContactPatch {
  readonly type: 'contact.patch'
  readonly contact: ContactName
  readonly attributes: Readonly<Record<string, Value | null>>
}

/** Takes a contact away with all that it has; it exits from all its segments. */
export interface ContactRemove {
  readonly type: 'contact.remove'
  readonly contact: ContactName
}

/** Makes two contacts one: `into` wins, its gaps are filled from `from`, and `from` becomes another name of it. */
export interface ContactMerge {
  readonly type: 'contact.merge'
  readonly from: ContactName
  readonly into: ContactName
}

/** Ties an outside identity to a contact. */
export interface ContactIdentify {
  readonly type: 'contact.identify'
  readonly contact: ContactName
  readonly channel: string
  readonly id: string
}

/** Puts tags on contacts. Under a holder that is there it is no change. */
export interface TagAdd {
  readonly type: 'tag.add'
  readonly contacts: readonly ContactName[]
  readonly tags: readonly string[]
  readonly holder: { readonly kind: HolderKind; readonly by?: string }
}

/** Takes tags off contacts: all their holders but automatic rules, or only the holder that is named. */
export interface TagRemove {
  readonly type: 'tag.remove'
  readonly contacts: readonly ContactName[]
  readonly tags: readonly string[]
  readonly holder?: { readonly kind: HolderKind; readonly by?: string }
  /** Who takes them off, for the trail. */
  readonly by?: string
}

/** An event as a change carries it. */
export interface EventData {
  readonly type: string
  /** When it happened, in ms; left out, the instant at which the change is applied. */
  readonly at?: number
  readonly properties: Readonly<Record<string, Value>>
  /** Unique within the contact: the first event that comes with it stands. */
  readonly id?: string
}

/** Records that something happened to a contact: now, before, or in the future, where it counts from its instant on. */
export interface EventRecord {
  readonly type: 'event.record'
  readonly contact: ContactName
  readonly event: EventData
}

/** Replaces an event by its id. An instant that is left out stays. */
export interface EventCorrect {
  readonly type: 'event.correct'
  readonly contact: ContactName
  readonly id: string
  readonly event: Omit<EventData, 'id'>
}

/** Takes an event out and keeps its id, so that a late copy does not bring it back. */
export interface EventRemove {
  readonly type: 'event.remove'
  readonly contact: ContactName
  readonly id: string
}

/**
 * Folds events away that happened before an instant, as far as no live rule needs them: of each type those before the
 * beginning of every window over it. What rules ask of all of them is kept as totals.
 */
export interface EventFold {
  readonly type: 'event.fold'
  /** In ms, at most now. */
  readonly before: number
}

/** Puts a record into a collection of a contact, or replaces the one of that id. */
export interface RecordPut {
  readonly type: 'record.put'
  readonly contact: ContactName
  readonly collection: string
  readonly record: ContactRecord
}

/** Takes a record out of a collection. */
export interface RecordRemove {
  readonly type: 'record.remove'
  readonly contact: ContactName
  readonly collection: string
  readonly id: string
}

/** Puts contacts into a static segment, or fills the slot of a hybrid one that includes them. */
export interface MemberInclude {
  readonly type: 'member.include'
  readonly segment: string
  readonly contacts: readonly ContactName[]
  readonly reason?: string
  /** The instant at which it ends by itself, in ms. */
  readonly until?: number
}

/** Fills the slot of a hybrid segment that keeps contacts out, whatever rule and inclusion say. */
export interface MemberExclude {
  readonly type: 'member.exclude'
  readonly segment: string
  readonly contacts: readonly ContactName[]
  readonly reason?: string
  readonly until?: number
}

/** Takes contacts out of a static segment, or empties the slots of a hybrid one; both slots unless one is named. */
export interface MemberReset {
  readonly type: 'member.reset'
  readonly segment: string
  readonly contacts: readonly ContactName[]
  readonly slot?: 'include' | 'exclude'
}

/** A change that is about contacts. */
export type ContactChange =
  | ContactPut
  | ContactPatch
  | ContactRemove
  | ContactMerge
  | ContactIdentify
  | TagAdd
  | TagRemove
  | EventRecord
  | EventCorrect
  | EventRemove
  | EventFold
  | RecordPut
  | RecordRemove
  | MemberInclude
  | MemberExclude
  | MemberReset
