import { nextFlip, timedRule } from '../../rules/timed.js'
import { standing } from '../../rules/timed-parts.js'
import { contactsOf, segmentsOf, viewOf, type ModelContact, type ModelSegment, type ModelState } from './state.js'

/**
 * The first instant after `now`, up to `until`, at which time alone ends a slot or moves somebody: every rule is asked of
 * every contact when its truth flips next, with all memberships as they are now. That is enough, since whoever moves first
 * moves by a condition of its own.
 */
export function nextDueOfRules(state: ModelState, until: number, timeZone: string): number | undefined {
  const segments = segmentsOf(state)
  const contacts = contactsOf(state)
  const ends = segments.flatMap(slotEnds).filter((end) => end > state.now)
  const flips = segments.flatMap((segment) =>
    contacts.map((contact) => flipOf(state, segment, contact, until, timeZone)),
  )
  const first = Math.min(...ends, ...flips)
  return first <= until ? first : undefined
}

function slotEnds({ include, exclude }: ModelSegment): number[] {
  return [...include.values(), ...exclude.values()].map(({ until }) => until ?? Infinity)
}

function flipOf(
  { now, segments }: ModelState,
  segment: ModelSegment,
  contact: ModelContact,
  until: number,
  timeZone: string,
): number {
  const { rule, include, exclude } = segment
  if (rule === undefined || include.has(contact.serial) || exclude.has(contact.serial)) return Infinity
  const timed = timedRule(rule, viewOf(contact), timeZone, (id) =>
    standing(segments.get(id)?.members.has(contact.serial) ?? false),
  )
  const next = nextFlip(timed, now, until)
  return 'at' in next ? next.at : Infinity
}
