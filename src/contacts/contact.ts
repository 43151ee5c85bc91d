import type { ContactEvent, HeldEvent } from './event.js'
import type { FoldedEvents, FoldedView } from './folded.js'
import type { ContactRecord } from './record.js'
import type { HeldTag } from './tag.js'
import type { Value } from './value.js'

/**
 * What a rule can see of a contact. The evaluators read contacts only through this, so that one meaning serves
 * a plain object, a row of the store, and the row as it was before a change.
 */
export interface ContactView {
  readonly id: string
  /** The attribute's value, or `undefined` where it is missing. */
  attribute(name: string): Value | undefined
  /** What the contact holds of a tag, or `undefined` where it does not have it. */
  tag(name: string): HeldTag | undefined
  /** All tags of the contact, in no order that may be relied on. */
  tags(): Iterable<HeldTag>
  readonly tagCount: number
  /** The contact's events of a type, in order; those of the future too. */
  events(type: string): readonly HeldEvent[]
  /** How many events of a type the contact has with `from ≤ at < to`, both in ms. */
  countEvents(type: string, from: number, to: number): number
  /** What is left of events of a type that were folded away; undefined where none were. All of them were before those of `events`. */
  folded(type: string): FoldedView | undefined
  /** The contact's records of a collection, by id in code point order. */
  records(collection: string): readonly ContactRecord[]
}

/** A contact as plain data: what the engine gives out, and what `matches` and `timeline` take. */
export interface Contact {
  readonly id: string
  readonly attributes: Readonly<Record<string, Value>>
  /** Oldest first, and by name where several are of one instant. */
  readonly tags: readonly HeldTag[]
  /** In order, whatever their type. */
  readonly events: readonly ContactEvent[]
  /** By collection, then by id. */
  readonly records: Readonly<Record<string, readonly ContactRecord[]>>
  /** By type, what is left of events that were folded away; left out where none were. */
  readonly folded?: Readonly<Record<string, FoldedEvents>>
}
