import type { RulePrograms } from '../predicates/rule-programs.js'
import type { Candidates } from './candidates.js'
import { notByRule, type DecisionTable } from './decision-table.js'
import type { Memberships } from './memberships.js'
import type { Reason, Segment } from './segment.js'

/*
 * Deciding memberships after a change or a step. What flipped is known before: here are the segments that may have changed
 * for a contact, and each is asked once, in the order of ranks, after all that it refers to. A segment that did move calls
 * those that refer to it. So the work is in proportion to the segments that use a flipped leaf, and one change moves a
 * contact at most once per segment, however many paths lead there.
 */

/** What the settlement needs of the world around. */
export interface Surroundings {
  readonly now: number
  /** The segments by their ranks. */
  readonly order: readonly Segment[]
  readonly decisions: DecisionTable
  readonly memberships: Memberships
  /** What is known of the contact at hand. */
  readonly programs: RulePrograms<Segment>
  /** Takes note of a move: gives it its place in the sequence and its cause. */
  emit(move: Move): void
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

/** Decides the candidates of a contact, which are then none; `gone` where the contact was taken away. */
export function settleContact(
  ordinal: number,
  gone: boolean,
  candidates: Candidates,
  around: Surroundings,
  counters: SettlementCounters,
): void {
  const { order, programs, decisions, memberships } = around
  let decided = 0
  for (let rank = candidates.take(); rank >= 0; rank = candidates.take()) {
    decided += 1
    const start = decisions.start(rank)
    const belongs =
      start === notByRule || gone
        ? !gone && belongsBySlots(order[rank] as Segment, ordinal, around)
        : programs.holdsFrom(start)
    if (belongs === memberships.has(decisions.slot(rank), ordinal)) continue
    const segment = order[rank] as Segment
    memberships.flip(decisions.slot(rank), ordinal)
    counters.transitions += 1
    around.emit(moved(segment, ordinal, belongs, around.now, candidates.reasonOf(rank)))
    if (gone) continue
    for (const dependent of segment.dependents) candidates.addThrough(dependent.rank, segment.moved)
  }
  counters.candidates += decided
  candidates.clear()
}

/** Whether a contact belongs to a segment of which its rule is not the whole truth. */
function belongsBySlots(segment: Segment, ordinal: number, around: Surroundings): boolean {
  const belongs = !segment.removed && segment.wants(ordinal, around.programs)
  if (belongs && segment.snapshotTest !== undefined) around.admit(segment, ordinal)
  return belongs
}

/** A membership that was flipped, with the visit that begins or ends. */
function moved(segment: Segment, ordinal: number, belongs: boolean, now: number, reason: Reason): Move {
  const { visits } = segment
  if (belongs) {
    return { type: 'enter', segment, ordinal, reason, visit: visits?.begin(ordinal, now), duration: undefined }
  }
  const since = visits?.sinceOf(ordinal)
  if (visits === undefined || since === undefined) {
    return { type: 'exit', segment, ordinal, reason, visit: undefined, duration: undefined }
  }
  return { type: 'exit', segment, ordinal, reason, visit: visits.countOf(ordinal), duration: now - since }
}
