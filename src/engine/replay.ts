import { applyChange, type InstantChange } from './apply-change.js'
import { putLive } from './live-rule.js'
import type { Applied } from './recorder.js'
import { waitAgain } from './damp-segment.js'
import { storedContacts, type EngineState } from './state.js'
import { Transaction, type Effects } from './transaction.js'

/*
 * From what was recorded to the state that it led to. Changes are written as they were, and memberships follow the recorded
 * transitions: no rule is asked, so neither a newer version, nor newer zone data, nor another schema can lead elsewhere. What
 * rules need for the work that goes on (leaves, dates in their order) is put up once at the end, by {@link arm}.
 */

/** Does again what was recorded. The state must be `isReplaying`, and {@link arm}ed before anything else is asked of it. */
export function replay(state: EngineState, applied: Applied): Effects {
  const { changes, now, listener } = applied
  state.now = now
  const { automation } = state
  if (listener === undefined) automation?.forgetCalls()
  else automation?.answered(changes)
  const [first] = changes
  const source = first === undefined ? ({ kind: 'time' } as const) : ({ kind: 'definition', change: first } as const)
  const transaction = new Transaction(state, source, listener)
  if (first === undefined) {
    automation?.takeDue(now)
    for (const { segment, kind, ordinal } of state.slotEnds.takeDue(now)) {
      transaction.setSlot(segment, kind, ordinal, undefined)
    }
  }
  try {
    for (const change of changes) applyChange(state, transaction, change as InstantChange)
    return transaction.follow(applied)
  } catch (error) {
    transaction.rollback()
    throw error
  }
}

/** Puts up what lets the state go on: the leaves of all rules, and when time moves them. */
export function arm(state: EngineState): void {
  for (const segment of state.segments.order) putLive(state, segment, undefined, () => storedContacts(state))
  for (const segment of state.segments.order) waitAgain(state, segment)
}
