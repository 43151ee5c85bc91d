import { CoterieError } from '../base/errors.js'
import type { Transition } from '../changes/transition.js'
import type { Segment } from '../segments/segment.js'
import type { Touched } from '../store/touched.js'
import type { EngineState } from './state.js'

/*
 * Memberships as they were once decided. A transition names its segment and contact by id, and within one change an id can
 * stand for two: for what was taken away, and for what was put under its name since. An exit is of the one that was a member.
 */

/** Moves members as recorded transitions say, with their visits; `moved` hears of each. */
export function followTransitions(
  state: EngineState,
  transitions: readonly Transition[],
  removed: readonly Segment[],
  touched: Iterable<Touched>,
  moved: Moved,
): void {
  if (transitions.length === 0) return
  const gone = contactsGone(state, touched)
  for (const transition of transitions) {
    if (transition.type === 'enter') enter(state, transition, moved)
    else exit(state, transition, removed, gone, moved)
    state.seq = transition.seq
  }
}

/** Fills the slots of a static segment that a rule put its members into. */
export function admitMembers({ members, slots }: Segment, now: number): void {
  members.forEach((ordinal) => {
    if (!slots.include.has(ordinal)) slots.include.set(ordinal, Object.freeze({ at: now }))
  })
}

type Moved = (segment: Segment, ordinal: number, entered: boolean) => void

function enter(state: EngineState, { segmentId, contactId, at, visit, seq }: Transition, moved: Moved): void {
  const segment = state.segments.get(segmentId)
  const ordinal = state.store.directory.ordinalOf(contactId)
  if (segment === undefined || ordinal === undefined || segment.members.has(ordinal)) throw doesNotFollow(seq)
  segment.members.flip(ordinal)
  if (visit !== undefined) segment.visits?.set(ordinal, visit, at)
  segment.damper?.moved(ordinal, at)
  moved(segment, ordinal, true)
}

function exit(
  state: EngineState,
  { segmentId, contactId, at, seq }: Transition,
  removed: readonly Segment[],
  gone: ReadonlyMap<string, readonly number[]>,
  moved: Moved,
): void {
  const live = state.store.directory.ordinalOf(contactId)
  const ordinals = [...(gone.get(contactId) ?? []), ...(live === undefined ? [] : [live])]
  for (const segment of [...removed, state.segments.get(segmentId)]) {
    if (segment?.id !== segmentId) continue
    const ordinal = ordinals.find((one) => segment.members.has(one))
    if (ordinal === undefined) continue
    segment.members.flip(ordinal)
    segment.damper?.moved(ordinal, at)
    moved(segment, ordinal, false)
    return
  }
  throw doesNotFollow(seq)
}

/** The contacts that the change takes away, by the ids that they had. */
function contactsGone({ store: { directory } }: EngineState, touched: Iterable<Touched>): Map<string, number[]> {
  const gone = new Map<string, number[]>()
  for (const { ordinal, removed } of touched) {
    if (!removed) continue
    const id = directory.idOf(ordinal)
    const same = gone.get(id)
    if (same === undefined) gone.set(id, [ordinal])
    else same.push(ordinal)
  }
  return gone
}

function doesNotFollow(seq: number): CoterieError {
  return new CoterieError('STORAGE_DAMAGED', `Transition ${String(seq)} does not fit what is there`, {
    received: `transition ${String(seq)}`,
    expected: 'a journal of this engine, without a gap',
  })
}
