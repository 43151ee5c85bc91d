import { CoterieError, isCoterieError } from '../base/errors.js'
import type { Change } from '../changes/change.js'
import type { Receipt } from '../changes/receipt.js'
import { DeferredReceipt } from './receipts.js'

/** A change, or a batch of them, that a listener made while transitions were told. */
export interface Queued {
  readonly changes: readonly Change[]
  readonly isBatch: boolean
  /** The name of the listener. */
  readonly listener: string
  readonly receipt: DeferredReceipt
}

/** How many of the last changes are named as the cycle when a cascade is cut. */
const longestCycle = 100

/**
 * What listeners change waits here until all is told, and is then applied one after the other; whatever that makes listeners
 * change joins the end. A cascade that goes on beyond its bound is cut, and those who went on are named.
 */
export class Cascade {
  readonly #limit: number
  readonly #apply: (queued: Queued) => Receipt
  readonly #report: (error: CoterieError) => void
  readonly #queue: Queued[] = []
  #draining = false

  /** `limit` is how many changes may follow one change or due instant; `report` hears of refusals and of the cut. */
  constructor(limit: number, apply: (queued: Queued) => Receipt, report: (error: CoterieError) => void) {
    this.#limit = limit
    this.#apply = apply
    this.#report = report
  }

  /**
   * Lets a listener's changes wait; the receipt says later what became of them.
   *
   * @throws CoterieError `CLOCK_INVALID` where the clock would be moved.
   */
  add(changes: readonly Change[], isBatch: boolean, listener: string, revision: number): DeferredReceipt {
    if (changes.some(({ type }) => type === 'clock.advance')) {
      throw new CoterieError('CLOCK_INVALID', 'A listener cannot move the clock', {
        received: 'clock.advance',
        expected: 'a change of this instant',
      })
    }
    const receipt = new DeferredReceipt(revision)
    this.#queue.push({ changes, isBatch, listener, receipt })
    return receipt
  }

  /** Applies what waits, in order, up to the bound. Asked while it does so, it does nothing. */
  drain(): void {
    if (this.#draining || this.#queue.length === 0) return
    this.#draining = true
    try {
      const applied: string[] = []
      for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
        if (applied.length === this.#limit) {
          this.#cut([next, ...this.#queue.splice(0)], applied.slice(-longestCycle))
          return
        }
        applied.push(next.listener)
        this.#applyOne(next)
      }
    } finally {
      this.#draining = false
    }
  }

  #applyOne(queued: Queued): void {
    try {
      queued.receipt.resolve(this.#apply(queued))
    } catch (error) {
      if (!isCoterieError(error)) throw error
      queued.receipt.reject(error)
      this.#report(error)
    }
  }

  /** Drops what would go on for ever. */
  #cut(dropped: readonly Queued[], applied: readonly string[]): void {
    const names = [...new Set([...applied, ...dropped.map(({ listener }) => listener)])].join(', ')
    const error = new CoterieError('CASCADE_LIMIT', `Listeners went on changing what they listen to: ${names}`, {
      received: `${String(dropped.length)} more changes`,
      expected: `at most ${String(this.#limit)} changes of listeners after one change or due instant`,
    })
    for (const { receipt } of dropped) receipt.reject(error)
    this.#report(error)
    // What error listeners changed would only go on with it.
    for (const { receipt } of this.#queue.splice(0)) receipt.reject(error)
  }
}
