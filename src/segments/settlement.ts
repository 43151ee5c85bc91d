import type { RulePrograms } from '../predicates/rule-programs.js'
import type { Candidates } from './candidates.js'
import type { Damper } from './damper.js'
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
  readonly emit: EmitMove
  /** The automatic tags of the contact at hand; `undefined` where no segment holds a tag. */
  readonly tags: AutomaticTags | undefined
  /** Called when a static segment that is defined by a rule takes a contact in. */
  admit(segment: Segment, ordinal: number): void
}

/** Decides the tags that segments hold, each when all its holders are decided. */
export interface AutomaticTags {
  /** The rank after which tags are to be decided next; infinite where none are. */
  readonly next: number
  /** Notes that the contact entered a segment, or left it. */
  moved(segment: Segment, entered: boolean): void
  /** Decides the next tags, and adds to the candidates what that may have moved. */
  settleNext(): void
}

/**
 * Takes note of a membership that flipped: gives it its place in the sequence and its cause. There are many, so its parts come
 * one by one, and no object is made of them before the transition.
 */
export type EmitMove = (
  type: 'enter' | 'exit',
  segment: Segment,
  ordinal: number,
  reason: Reason,
  visit: number | undefined,
  duration: number | undefined,
) => void

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
  const tags = gone ? undefined : around.tags
  let decided = 0
  for (let rank = takeNext(candidates, tags); rank >= 0; rank = takeNext(candidates, tags)) {
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
    emitMoved(segment, ordinal, belongs, candidates.reasonOf(rank), around)
    if (gone) continue
    tags?.moved(segment, belongs)
    if (segment.dependents.size > 0) addDependents(segment, candidates)
  }
  counters.candidates += decided
  candidates.clear()
}

function addDependents({ dependents, moved }: Segment, candidates: Candidates): void {
  for (const { rank } of dependents) candidates.addThrough(rank, moved)
}

/** Takes the next candidate, when the tags that come before it are decided; −1 where there is neither. */
function takeNext(candidates: Candidates, tags: AutomaticTags | undefined): number {
  let rank = candidates.take()
  while (tags !== undefined && (rank < 0 ? tags.next < Infinity : tags.next < rank)) {
    if (rank >= 0) candidates.putBack(rank)
    tags.settleNext()
    rank = candidates.take()
  }
  return rank
}

/** Whether a contact belongs to a segment of which its rule is not the whole truth. */
function belongsBySlots(segment: Segment, ordinal: number, around: Surroundings): boolean {
  if (segment.removed) return false
  if (segment.damper !== undefined) return belongsDamped(segment, segment.damper, ordinal, around)
  const belongs = segment.wants(ordinal, around.programs, around.now)
  if (belongs && segment.snapshotTest !== undefined) around.admit(segment, ordinal)
  return belongs
}

/** Whether a contact belongs to a damped segment; whom its rules would move, and it is too early, waits. */
function belongsDamped(
  segment: Segment,
  damper: Damper<Segment>,
  ordinal: number,
  { programs, memberships, now }: Surroundings,
): boolean {
  const from = segment.movesFrom(ordinal, programs)
  const isTime = from !== undefined && from <= now
  damper.wait(ordinal, isTime ? undefined : from)
  return memberships.has(segment.members.slot, ordinal) !== isTime
}

/** Tells of a membership that was flipped, with the visit that begins or ends. */
function emitMoved(segment: Segment, ordinal: number, belongs: boolean, reason: Reason, around: Surroundings): void {
  const { visits, damper } = segment
  const { now } = around
  damper?.moved(ordinal, now)
  if (belongs) {
    around.emit('enter', segment, ordinal, reason, visits?.begin(ordinal, now), undefined)
    return
  }
  const since = visits?.sinceOf(ordinal)
  if (visits === undefined || since === undefined) around.emit('exit', segment, ordinal, reason, undefined, undefined)
  else around.emit('exit', segment, ordinal, reason, visits.countOf(ordinal), now - since)
}
