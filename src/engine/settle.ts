import type { Leaf } from '../predicates/leaf.js'
import { ScopedSides, WrittenSides } from '../predicates/sides.js'
import type { Subject } from '../predicates/subject.js'
import type { Segment } from '../segments/segment.js'
import { settleContact, type AutomaticTags, type EmitMove } from '../segments/settlement.js'
import type { Draft } from '../store/draft.js'
import type { Touched } from '../store/touched.js'
import { definedMoves, moversOf } from './defined-moves.js'
import type { TagSettlement } from './settle-tags.js'
import type { EngineState } from './state.js'
import type { Unsettled } from './unsettled.js'

/*
 * From what was written and what fell due to the moves: contact by contact, in the order in which they were put. Of each is
 * found which leaves flipped, from these which segments may have moved it, and these are decided. Nothing of one contact is
 * kept when the next one's turn comes. Tags that segments hold are written in between, when all who hold them are decided, and
 * what flips by that is found in the same way.
 */

/** Settles all that a transaction unsettled, and hands each move on in order; `tags` where segments hold some. */
export function settleAll(
  state: EngineState,
  draft: Draft,
  unsettled: Unsettled,
  tags: TagSettlement | undefined,
  emit: EmitMove,
): void {
  const { candidates, segments, counters } = state
  state.decisions.arrange(segments)
  state.leafUsers.arrange(segments.orderVersion)
  const around = {
    now: state.now,
    order: segments.order,
    programs: state.programs,
    decisions: state.decisions,
    memberships: state.memberships,
    emit,
    tags: tags && automaticTags(state, draft, tags),
    admit: (segment: Segment, ordinal: number) => {
      if (!segment.slots.include.has(ordinal)) segment.slots.include.set(ordinal, Object.freeze({ at: state.now }))
    },
  }
  const defined =
    unsettled.defined.size === 0
      ? none
      : definedMoves(state, unsettled.defined.keys(), unsettled.isOneDefinition(draft.touchedByOrdinal))
  const addMovers = moversOf(defined, state.store.directory.end)
  for (const ordinal of unsettled.contacts(draft.touchedByOrdinal, defined, state.store.directory)) {
    const touched = draft.touchedAt(ordinal)
    state.programs.truths.turnTo(ordinal)
    addMovers(ordinal, candidates)
    tags?.turnTo(ordinal, touched, unsettled.hasTags(ordinal))
    for (const { rank } of unsettled.slotsOf(ordinal)) candidates.add(rank)
    if (touched !== undefined) considerWritten(state, draft, touched)
    const due = unsettled.dueOf(ordinal)
    if (due !== undefined) considerDue(state, due, ordinal)
    settleContact(ordinal, touched?.removed ?? false, candidates, around, counters)
  }
}

const none: readonly never[] = Object.freeze([])

/** The tags that segments hold, with what their writing moves. */
function automaticTags(state: EngineState, draft: Draft, tags: TagSettlement): AutomaticTags {
  return {
    get next() {
      return tags.next
    },
    moved: (segment, entered) => {
      tags.moved(segment, entered)
    },
    settleNext: () => {
      const written = tags.settleNext()
      if (written === undefined) return
      const { ordinal } = written
      state.windows.contactChanged(ordinal, draft.before(written), state.store.view(ordinal), written, state.now)
      state.programs.truths.tagsWritten()
      considerFields(state, draft, written)
    },
  }
}

/** What may have moved a contact whose data was written. */
function considerWritten(state: EngineState, draft: Draft, touched: Touched): void {
  const { candidates, memberships, segments } = state
  const { ordinal } = touched
  if (touched.removed) {
    memberships.forEachSlotOf(ordinal, (slot) => {
      const segment = segments.atSlot(slot)
      if (segment !== undefined) candidates.add(segment.rank)
    })
    return
  }
  if (touched.created) {
    candidates.addAll(segments.order.length)
    return
  }
  considerFields(state, draft, touched)
}

/** What may have moved a contact by the fields that were written. */
function considerFields(state: EngineState, draft: Draft, touched: Touched): void {
  const { candidates, counters, leaves, leafUsers } = state
  const { ordinal } = touched
  const sides = new WrittenSides(state, touched, (written) => draft.before(written))
  const { truths } = state.programs
  const consider = (leaf: Leaf<Segment>, holds: boolean): void => {
    truths.know(leaf.id, holds)
    leafUsers.consider(leaf, holds, ordinal, candidates)
  }
  leaves.visitFlips(touched, sides, state, counters, consider)
}

/** What time moved for a contact: nothing else happens at a step, so just before it is a millisecond ago. */
function considerDue(state: EngineState, due: Iterable<Subject<Segment>>, ordinal: number): void {
  const { candidates, counters, leafUsers } = state
  const after = state.scopeOf(ordinal)
  const sides = new ScopedSides({ ...after, now: state.now - 1 }, after)
  for (const subject of due) {
    subject.visitFlips(sides, counters, (leaf, holds) => {
      state.programs.truths.know(leaf.id, holds)
      leafUsers.considerWindow(leaf, holds, ordinal, candidates)
    })
  }
}
