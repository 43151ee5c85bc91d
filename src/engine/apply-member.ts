import { CoterieError } from '../base/errors.js'
import type { MemberExclude, MemberInclude, MemberReset } from '../changes/change.js'
import type { Outcome } from '../changes/receipt.js'
import type { Segment, Slot, SlotKind } from '../segments/segment.js'
import { namedContact, needContact } from './names.js'
import { kindError } from './segment-writes.js'
import type { EngineState } from './state.js'
import type { Transaction } from './transaction.js'

/**
 * Fills a slot for each of several contacts.
 *
 * @throws CoterieError `SEGMENT_KIND` where the segment has no such slot, `CHANGE_INVALID` where it would end at once.
 */
export function fillSlots(
  state: EngineState,
  transaction: Transaction,
  change: MemberInclude | MemberExclude,
): Outcome {
  const segment = segmentWithSlots(state, change.segment)
  const kind: SlotKind = change.type === 'member.include' ? 'include' : 'exclude'
  if (kind === 'exclude' && segment.kind === 'static')
    throw kindError(segment, 'a hybrid segment; member.reset takes contacts out of a static one')
  if (change.until !== undefined && change.until <= state.now) {
    throw new CoterieError('CHANGE_INVALID', 'The end is not after now', {
      path: ['until'],
      received: String(change.until),
      expected: `later than ${String(state.now)}`,
    })
  }
  return outcome(state, change, (changed) => {
    for (const name of change.contacts) {
      const { ordinal } = namedContact(state, transaction, name, 'member', change)
      const before = segment.slots[kind].get(ordinal)
      const same = before !== undefined && before.reason === change.reason && before.until === change.until
      changed(ordinal, !same)
      if (!same) transaction.setSlot(segment, kind, ordinal, slotOf(change, state.now))
    }
  })
}

/**
 * Empties slots.
 *
 * @throws CoterieError `SEGMENT_KIND` where the segment is dynamic or damped.
 */
export function resetMembers(state: EngineState, transaction: Transaction, change: MemberReset): Outcome {
  const segment = segmentWithSlots(state, change.segment)
  const kinds: readonly SlotKind[] = change.slot === undefined ? ['include', 'exclude'] : [change.slot]
  return outcome(state, change, (changed) => {
    for (const name of change.contacts) {
      const ordinal = needContact(state, name)
      transaction.touch(ordinal, 'member', change)
      const filled = kinds.filter((kind) => segment.slots[kind].has(ordinal))
      changed(ordinal, filled.length > 0)
      for (const kind of filled) transaction.setSlot(segment, kind, ordinal, undefined)
    }
  })
}

function segmentWithSlots(state: EngineState, id: string): Segment {
  const segment = state.segments.need(id)
  if (segment.kind === 'dynamic' || segment.kind === 'damped')
    throw kindError(segment, `a static or hybrid segment; nobody is put into a ${segment.kind} one by hand`)
  return segment
}

function slotOf({ reason, until }: MemberInclude | MemberExclude, at: number): Slot {
  return Object.freeze({
    ...(reason === undefined ? undefined : { reason }),
    ...(until === undefined ? undefined : { until }),
    at,
  })
}

function outcome(
  state: EngineState,
  change: MemberInclude | MemberExclude | MemberReset,
  work: (note: (ordinal: number, changed: boolean) => void) => void,
): Outcome {
  const changed: string[] = []
  const unchanged: string[] = []
  work((ordinal, moved) => (moved ? changed : unchanged).push(state.store.directory.idOf(ordinal)))
  return { type: change.type, segmentId: change.segment, changed, unchanged }
}
