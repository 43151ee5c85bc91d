import type { Path } from '../base/errors.js'
import type { LeafRule } from '../rules/ast.js'
import { holds } from '../rules/evaluate.js'
import type { Reason } from '../segments/segment.js'
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
  const reasons = new Map<Path, Reason>()
  state.windows.takeDue(
    at,
    (ordinal) => state.store.view(ordinal),
    (leaf, ordinal) => {
      if (!flips(state, leaf.rule, ordinal)) return
      for (const [segment, window] of leaf.uses) {
        let reason = reasons.get(window)
        if (reason === undefined) reasons.set(window, (reason = Object.freeze({ window })))
        transaction.consider(ordinal, segment, reason)
      }
    },
  )
  return transaction.commit()
}

/** Whether a leaf is otherwise at this instant than just before: both edges of a window can cross at one, and not every crossing counts. */
function flips(state: EngineState, leaf: LeafRule, ordinal: number): boolean {
  const scope = state.scopeOf(ordinal)
  state.counters.leafTests += 1
  if (holds(leaf, scope) === holds(leaf, { ...scope, now: state.now - 1 })) return false
  state.counters.flips += 1
  return true
}
