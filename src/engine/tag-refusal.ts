import { isCoterieError, type CoterieError } from '../base/errors.js'
import type { Retagging } from '../changes/tag-changes.js'
import { retag } from './apply-retag.js'
import type { EngineState } from './state.js'
import { Transaction } from './transaction.js'

/**
 * Why a retagging would be refused; undefined where it would be taken. It is written, checked as a whole, and taken back: what could
 * be refused only when all is known, such as a loop of rules and the tags that they hold, is found too.
 */
export function refusalOf(state: EngineState, change: Retagging): CoterieError | undefined {
  const transaction = new Transaction(state, { kind: 'definition', change })
  try {
    retag(state, transaction, change)
    transaction.check()
    return undefined
  } catch (error) {
    if (isCoterieError(error)) return error
    throw error
  } finally {
    transaction.rollback()
    state.segments.arrange([])
  }
}
