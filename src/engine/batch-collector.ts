import { CoterieError, isCoterieError, show } from '../base/errors.js'
import type { Change } from '../changes/change.js'
import type { Receipt } from '../changes/receipt.js'
import { DeferredReceipt } from './receipts.js'

/** A change that a batch's function made, and the receipt that it was given. */
interface Collected {
  readonly change: Change
  readonly receipt: DeferredReceipt
}

/** Collects the changes that the function of a batch makes by calling the engine's methods. */
export class BatchCollector {
  #collected: Collected[] | undefined

  /** Whether a function is being run whose changes are to be collected. */
  get isCollecting(): boolean {
    return this.#collected !== undefined
  }

  /** Takes a change of the function that is being run. */
  take(change: Change, revision: number): Receipt {
    const receipt = new DeferredReceipt(revision)
    this.#collected?.push({ change: instantOnly(change), receipt })
    return receipt
  }

  /**
   * Runs a function, and applies what it changed as one batch. Each of its changes learns what became of the batch.
   *
   * @throws CoterieError `BATCH_PROMISE` where it returns a promise, `CHANGE_INVALID` inside another batch; whatever it
   *   throws itself. Nothing is applied then.
   */
  run(make: () => unknown, apply: (changes: readonly Change[]) => Receipt): Receipt {
    this.checkAlone()
    const collected: Collected[] = []
    try {
      this.#collect(make, collected)
      const receipt = apply(collected.map(({ change }) => change))
      for (const each of collected) each.receipt.follow(receipt)
      return receipt
    } catch (error) {
      const refusal = isCoterieError(error) ? error : functionFailed(error)
      for (const each of collected) each.receipt.reject(refusal)
      throw error
    }
  }

  /** Throws where a batch's function is being run. */
  checkAlone(): void {
    if (!this.isCollecting) return
    throw new CoterieError('CHANGE_INVALID', 'A batch stands in a batch', { received: 'a batch', expected: 'changes' })
  }

  #collect(make: () => unknown, collected: Collected[]): void {
    this.#collected = collected
    try {
      const made = make()
      if (typeof made === 'object' && made !== null && 'then' in made) {
        throw new CoterieError('BATCH_PROMISE', 'A batch cannot wait for a promise', {
          received: 'a promise',
          expected: 'a function that returns when it is done',
        })
      }
    } finally {
      this.#collected = undefined
    }
  }
}

/**
 * The change itself, which must be of one instant.
 *
 * @throws CoterieError `BATCH_CLOCK`.
 */
export function instantOnly(change: Change): Change {
  if (change.type !== 'clock.advance') return change
  throw new CoterieError('BATCH_CLOCK', 'The clock cannot be moved inside a batch', {
    received: 'clock.advance',
    expected: 'changes of one instant',
  })
}

/** What the function of a batch threw, for those who wait for a change in it. */
function functionFailed(cause: unknown): CoterieError {
  return new CoterieError('CHANGE_INVALID', 'The function of the batch threw, and nothing of it was applied', {
    received: cause instanceof Error ? cause.message : show(cause),
    expected: 'a function that returns',
    cause,
  })
}
