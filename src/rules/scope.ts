import type { ContactView } from '../contacts/contact.js'

/** All that the truth of a rule depends on besides the rule itself. */
export interface Scope {
  readonly contact: ContactView
  /** The instant at which the rule is asked, in ms. */
  readonly now: number
  /** The zone of windows that do not carry their own. */
  readonly timeZone: string
  /** Whether the contact is a member of a segment, at `now`. */
  inSegment(segment: string): boolean
}
