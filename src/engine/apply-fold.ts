import { CoterieError } from '../base/errors.js'
import { formatInstant } from '../base/written-date.js'
import type { EventFold } from '../changes/change.js'
import type { Outcome } from '../changes/receipt.js'
import type { EngineState } from './state.js'
import type { Transaction } from './transaction.js'

/**
 * Folds events away, when all else that the transaction does is settled.
 *
 * @throws CoterieError `CHANGE_INVALID` where the instant is still to come.
 */
export function foldEvents({ now }: EngineState, transaction: Transaction, { type, before }: EventFold): Outcome {
  if (before > now) {
    throw new CoterieError('CHANGE_INVALID', 'What has not happened yet cannot be folded away', {
      path: ['before'],
      received: formatInstant(before),
      expected: `an instant up to ${formatInstant(now)}`,
    })
  }
  return Object.assign(transaction.fold(before), { type })
}
