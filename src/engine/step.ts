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
  }
  state.automation?.takeDue(at)
  for (const { segment, ordinal } of state.dampedEnds.takeDue(at)) transaction.consider(ordinal, segment)
  state.windows.takeDue(
    at,
    (ordinal) => state.store.view(ordinal),
    (subject, ordinal) => {
      transaction.due(ordinal, subject)
    },
  )
  return transaction.commit()
}
