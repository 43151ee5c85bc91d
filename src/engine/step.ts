import type { Path } from '../base/errors.js'
import { ownReason, type Reason } from '../segments/segment.js'
import type { EngineState } from './state.js'
import { Transaction, type Effects } from './transaction.js'

/**
 * One step of the clock, to an instant at which something is due: everything due at it happens together, and is settled in
 * one go.
 */
export function takeStep(state: EngineState, at: number): Effects {
  state.now = at
  state.counters.steps += 1
  const transaction = new Transaction(state, { kind: 'time' })
  for (const { segment, kind, ordinal } of state.slotEnds.takeDue(at)) {
    transaction.setSlot(segment, kind, ordinal, undefined)
    transaction.consider(ordinal, segment, ownReason)
  }
  const reasons = new Map<Path, Reason>()
  state.windows.takeDue(
    at,
    (ordinal) => state.store.view(ordinal),
    (leaf, ordinal) => {
      for (const [segment, window] of leaf.uses) {
        let reason = reasons.get(window)
        if (reason === undefined) reasons.set(window, (reason = Object.freeze({ window })))
        transaction.consider(ordinal, segment, reason)
      }
    },
  )
  return transaction.commit()
}
