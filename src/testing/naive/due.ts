import { durationOf } from '../../base/duration.js'
import { nextFlip, timedRule } from '../../rules/timed.js'
import { standing } from '../../rules/timed-parts.js'
import { contactsOf, segmentsOf, viewOf, type ModelContact, type ModelSegment, type ModelState } from './state.js'

/**
 * The first instant after `now`, up to `until`, at which time alone may end a slot or move somebody: every rule is asked of
 * every contact when its truth flips next, with all memberships as they are now. That is enough, since whoever moves first
 * moves by a condition of its own, or because a wait ends. An instant at which nobody moves does no harm.
 */
export function nextDueOfRules(state: ModelState, until: number, timeZone: string): number | undefined {
  const segments = segmentsOf(state)
  const contacts = contactsOf(state)
  const ends = segments.flatMap((segment) => [...slotEnds(segment), ...waitEnds(segment)])
  const flips = segments.flatMap((segment) =>
    contacts.map((contact) => flipOf(state, segment, contact, until, timeZone)),
  )
  const first = Math.min(...ends.filter((end) => end > state.now), ...flips)
  return first <= until ? first : undefined
}

function slotEnds({ include, exclude }: ModelSegment): number[] {
  return [...include.values(), ...exclude.values()].map(({ until }) => until ?? Infinity)
}

/** When contacts may leave or enter a damped segment again. */
function waitEnds({ damping, movedAt }: ModelSegment): number[] {
  const waits = [damping?.minimumStay, damping?.coolDown].flatMap((text) =>
    text === undefined ? [] : durationOf(text),
  )
  return [...movedAt.values()].flatMap((at) => waits.map((wait) => at + (wait.kind === 'exact' ? wait.ms : 0)))
}

function flipOf(
  { now, segments }: ModelState,
  { rule, damping, include, exclude }: ModelSegment,
  contact: ModelContact,
  until: number,
  timeZone: string,
): number {
  if (include.has(contact.serial) || exclude.has(contact.serial)) return Infinity
  const flips = [rule, damping?.stay].map((one) => {
    if (one === undefined) return Infinity
    const timed = timedRule(one, viewOf(contact), timeZone, (id) =>
      standing(segments.get(id)?.members.has(contact.serial) ?? false),
    )
    const next = nextFlip(timed, now, until)
    return 'at' in next ? next.at : Infinity
  })
  return Math.min(...flips)
}
