import type { CoterieError } from '../base/errors.js'
import type { Outcome, Receipt } from '../changes/receipt.js'
import type { TagEvent, Transition } from '../changes/transition.js'
import type { Effects } from './transaction.js'

/** The receipt of what was applied at once, in one step or in several; `durable` where a storage keeps it. */
export function receiptOf(
  revision: number,
  effects: readonly Effects[],
  outcomes: readonly Outcome[],
  durable?: () => Promise<number>,
): Receipt {
  const [only] = effects
  const single = effects.length === 1 ? only : undefined
  const transitions = single?.transitions ?? Object.freeze(effects.flatMap((step) => step.transitions))
  const tagEvents = single?.tagEvents ?? Object.freeze(effects.flatMap((step) => step.tagEvents))
  return new AppliedReceipt(revision, transitions, tagEvents, Object.freeze(outcomes), durable)
}

class AppliedReceipt implements Receipt {
  readonly revision: number
  readonly transitions: readonly Transition[]
  readonly tagEvents: readonly TagEvent[]
  readonly outcomes: readonly Outcome[]
  readonly deferred = false
  readonly #durable: (() => Promise<number>) | undefined

  constructor(
    revision: number,
    transitions: readonly Transition[],
    tagEvents: readonly TagEvent[],
    outcomes: readonly Outcome[],
    durable: (() => Promise<number>) | undefined,
  ) {
    this.revision = revision
    this.transitions = transitions
    this.tagEvents = tagEvents
    this.outcomes = outcomes
    this.#durable = durable
  }

  /** Without a storage a change is as durable as it can be at once. */
  get durable(): Promise<number> {
    return this.#durable?.() ?? Promise.resolve(this.revision)
  }
}

/** What became of a change that waited. */
type Result = Receipt | CoterieError

const nothing: readonly never[] = Object.freeze([])

/** The receipt of a change that waits: one that a listener or a batch's function made. */
export class DeferredReceipt implements Receipt {
  readonly transitions: readonly Transition[] = nothing
  readonly tagEvents: readonly TagEvent[] = nothing
  readonly outcomes: readonly Outcome[] = nothing
  readonly deferred = true
  /** The revision at which it was made. */
  readonly revision: number
  readonly #followers: DeferredReceipt[] = []
  #result: Promise<number> | undefined
  #settle: ((result: Result) => void) | undefined
  #settled: Result | undefined

  constructor(revision: number) {
    this.revision = revision
  }

  /** Made when asked for, so that a refusal nobody waits for is no unhandled rejection. */
  get durable(): Promise<number> {
    this.#result ??= new Promise((resolve, reject) => {
      const settle = (result: Result): void => {
        if ('durable' in result) resolve(result.durable)
        else reject(result)
      }
      if (this.#settled === undefined) this.#settle = settle
      else settle(this.#settled)
    })
    return this.#result
  }

  /** Ends as another does: at once, or when that is settled. */
  follow(receipt: Receipt): void {
    if (receipt instanceof DeferredReceipt) receipt.#followers.push(this)
    else this.resolve(receipt)
  }

  /** Ends as what became of it does: when that is durable. */
  resolve(receipt: Receipt): void {
    this.#finish(receipt)
  }

  reject(error: CoterieError): void {
    this.#finish(error)
  }

  #finish(result: Result): void {
    this.#settled = result
    this.#settle?.(result)
    for (const follower of this.#followers.splice(0)) follower.#finish(result)
  }
}
