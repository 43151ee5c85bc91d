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
}

/** A contact as plain data: what the engine gives out, and what `matches` and `timeline` take. */
export interface Contact {
  readonly id: string
  readonly attributes: Readonly<Record<string, Value>>
  /** Oldest first, and by name where several are of one instant. */
  readonly tags: readonly HeldTag[]
}
