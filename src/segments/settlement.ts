import type { Path } from '../base/errors.js'
import { Heap } from '../base/heap.js'
import type { Transition } from '../changes/transition.js'
import type { Scope } from '../rules/scope.js'
import { ownReason, type Reason, type Segment } from './segment.js'

/*
 * Deciding memberships after a change or a step. What flipped is known before: here are the segments that may have changed
 * for a contact, and each is asked once, in the order of ranks, after all that it refers to. A segment that did move calls
 * those that refer to it. So the work is in proportion to the segments that use a flipped leaf, and one change moves a
 * contact at most once per segment, however many paths lead there.
 */

/** Which segments may have changed for which contacts. */
export class Candidates {
  readonly #byContact = new Map<number, Map<Segment, Reason>>()
  /** Segments to decide for every contact. */
  readonly everywhere = new Set<Segment>()

  /** Adds a segment for a contact. Of several reasons its own stands, or the window that comes first in the rule. */
  add(ordinal: number, segment: Segment, reason: Reason): void {
    let segments = this.#byContact.get(ordinal)
    if (segments === undefined) this.#byContact.set(ordinal, (segments = new Map<Segment, Reason>()))
    const known = segments.get(segment)
    if (known === undefined || isBefore(reason.window, known.window)) segments.set(segment, reason)
  }

  of(ordinal: number): ReadonlyMap<Segment, Reason> {
    return this.#byContact.get(ordinal) ?? none
  }

  ordinals(): Iterable<number> {
    return this.#byContact.keys()
  }
}

/** Whether a place in a rule comes before another; no place comes before all. */
function isBefore(a: Path | undefined, b: Path | undefined): boolean {
  if (a === undefined || b === undefined) return a === undefined && b !== undefined
  const at = a.findIndex((step, depth) => step !== b[depth])
  const [mine, other] = [a[at], b[at]]
  return typeof mine === 'number' && typeof other === 'number' && mine < other
}

const none: ReadonlyMap<Segment, Reason> = new Map<Segment, Reason>()

/** What the settlement needs of the world around. */
export interface Surroundings {
  readonly now: number
  /** The contact as it is now. */
  scopeOf(ordinal: number): Scope
  /** Whether the contact was taken away by this change. */
  isGone(ordinal: number): boolean
  /** Gives a transition its place in the sequence and its cause. */
  emit(move: Move): Transition
  /** Called when a static segment that is defined by a rule takes a contact in. */
  admit(segment: Segment, ordinal: number): void
}

/** A membership that flipped. */
export interface Move {
  readonly type: 'enter' | 'exit'
  readonly segment: Segment
  readonly ordinal: number
  readonly reason: Reason
  readonly visit: number | undefined
  readonly duration: number | undefined
}

/** How much deciding it took. */
export interface SettlementCounters {
  candidates: number
  transitions: number
}

/** Decides the candidates for the contacts given, in their order, and returns the transitions. */
export function settle(
  contacts: Iterable<number>,
  candidates: Candidates,
  around: Surroundings,
  counters: SettlementCounters,
): Transition[] {
  const transitions: Transition[] = []
  for (const ordinal of contacts) settleContact(ordinal, candidates, around, counters, transitions)
  return transitions
}

function settleContact(
  ordinal: number,
  candidates: Candidates,
  around: Surroundings,
  counters: SettlementCounters,
  transitions: Transition[],
): void {
  const scope = around.scopeOf(ordinal)
  const gone = around.isGone(ordinal)
  const reasons = new Map<Segment, Reason>(candidates.of(ordinal))
  for (const segment of candidates.everywhere) reasons.set(segment, ownReason)
  const waiting = new Heap<Segment>(({ rank }) => rank)
  for (const segment of reasons.keys()) waiting.push(segment)
  for (let segment = waiting.pop(); segment !== undefined; segment = waiting.pop()) {
    counters.candidates += 1
    const belongs = !gone && !segment.removed && segment.wants(ordinal, scope)
    if (belongs && segment.snapshot !== undefined) around.admit(segment, ordinal)
    const move = moved(segment, ordinal, belongs, around.now, reasons.get(segment) ?? ownReason)
    if (move === undefined) continue
    counters.transitions += 1
    transitions.push(around.emit(move))
    if (gone) continue
    for (const dependent of segment.dependents) {
      if (reasons.has(dependent)) continue
      reasons.set(dependent, segment.moved)
      waiting.push(dependent)
    }
  }
}

/** Brings the membership into line with what it should be: enter, exit, stay in, stay out. */
function moved(segment: Segment, ordinal: number, belongs: boolean, now: number, reason: Reason): Move | undefined {
  const { members } = segment
  if (belongs && !members.has(ordinal)) {
    members.add(ordinal)
    return { type: 'enter', segment, ordinal, reason, visit: beginVisit(segment, ordinal, now), duration: undefined }
  }
  if (!belongs && members.has(ordinal)) {
    members.delete(ordinal)
    return { type: 'exit', segment, ordinal, reason, ...endVisit(segment, ordinal, now) }
  }
  return undefined
}

function beginVisit({ visits }: Segment, ordinal: number, now: number): number | undefined {
  if (visits === undefined) return undefined
  const count = (visits.get(ordinal)?.count ?? 0) + 1
  visits.set(ordinal, { count, since: now })
  return count
}

function endVisit({ visits }: Segment, ordinal: number, now: number): Pick<Move, 'visit' | 'duration'> {
  const visit = visits?.get(ordinal)
  return { visit: visit?.count, duration: visit === undefined ? undefined : now - visit.since }
}
