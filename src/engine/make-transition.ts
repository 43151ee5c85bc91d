import type { Transition } from '../changes/transition.js'
import type { Reason, Segment } from '../segments/segment.js'
import type { Causes } from './causes.js'
import type { EngineState } from './state.js'

/** A membership that flipped as a transition, with the next number; visit and duration where the segment keeps visits. */
export function makeTransition(
  state: EngineState,
  causes: Causes,
  type: Transition['type'],
  segment: Segment,
  ordinal: number,
  reason: Reason,
  visit: number | undefined,
  duration: number | undefined,
): Transition {
  state.seq += 1
  const seq = state.seq
  const segmentId = segment.id
  const contactId = state.store.directory.idOf(ordinal)
  const at = state.now
  const cause = causes.of(ordinal, reason)
  // Written out, as there are many of them: parts that are spread in cost as much as all the rest.
  if (visit === undefined) return Object.freeze({ seq, type, segmentId, contactId, at, cause })
  if (duration === undefined) return Object.freeze({ seq, type, segmentId, contactId, at, cause, visit })
  return Object.freeze({ seq, type, segmentId, contactId, at, cause, visit, duration })
}
