import { CoterieError, isCoterieError, show } from '../base/errors.js'
import { LAST_INSTANT } from '../base/zone-offsets.js'
import { orderOfBatch } from '../changes/batch-order.js'
import type { Change } from '../changes/change.js'
import type { ChangeInput } from '../changes/input.js'
import { readChange } from '../changes/read-change.js'
import type { Outcome, Receipt } from '../changes/receipt.js'
import { Listeners, type Listener } from '../delivery/listeners.js'
import { applyChange, type InstantChange } from './apply-change.js'
import { readable } from './arguments.js'
import { findContact } from './names.js'
import { DeferredReceipt, receiptOf } from './receipts.js'
import type { EngineState } from './state.js'
import { takeStep } from './step.js'
import { Transaction, type Effects } from './transaction.js'

/*
 * The one way in. A change from outside first takes the clock to the host's time, then applies, settles, and is told to
 * those who listen. What listeners change meanwhile waits, and is applied when the telling is done, one after the other,
 * each told in turn; only then does the outer call return, or the clock look for the next due instant.
 */

/** A change, or a batch of them, that a listener made. */
interface Queued {
  readonly changes: readonly Change[]
  readonly isBatch: boolean
  readonly listener: string
  readonly receipt: DeferredReceipt
}

/** A change that a batch's function made, and the receipt that it was given. */
interface Collected {
  readonly change: Change
  readonly receipt: DeferredReceipt
}

/** How many of the last changes are named as the cycle when a cascade is cut. */
const longestCycle = 100

/** How a core is run. */
export interface CoreOptions {
  readonly clock: (() => number) | undefined
  /** How many changes of listeners may follow one change from outside, or one due instant. */
  readonly cascadeLimit: number
}

/** Applies changes and moves the clock. */
export class Core {
  readonly state: EngineState
  readonly listeners = new Listeners()
  readonly #options: CoreOptions
  readonly #queue: Queued[] = []
  readonly #onSettled = new Set<() => void>()
  #busy = false
  #draining = false
  #listener: Listener | undefined
  #collecting: Collected[] | undefined

  constructor(state: EngineState, options: CoreOptions) {
    this.state = state
    this.#options = options
  }

  /** Called after each change or advance from outside, when all is told. Returns what ends it. */
  onSettled(call: () => void): () => void {
    this.#onSettled.add(call)
    return () => {
      this.#onSettled.delete(call)
    }
  }

  /** The time of the host's clock; `undefined` where the clock is moved by hand. */
  hostTime(): number | undefined {
    const time = this.#options.clock?.()
    if (time !== undefined && !(Math.abs(time) <= LAST_INSTANT)) {
      throw new CoterieError('CLOCK_INVALID', 'The clock gave no time', {
        received: show(time),
        expected: 'milliseconds since 1970',
      })
    }
    return time === undefined ? undefined : Math.floor(time)
  }

  /** Takes one change from outside or from a listener. */
  apply(input: ChangeInput): Receipt {
    const change = this.#read(input)
    if (this.#collecting !== undefined) return this.#collect(change)
    if (this.#busy) return this.#defer([change], false)
    return this.#fromOutside(() => {
      if (change.type === 'clock.advance') return this.#advance(change.to)
      return this.#transact([change], false, undefined)
    })
  }

  /** Takes one change that is made of a method's arguments, which from JavaScript can be anything. */
  make(change: () => ChangeInput): Receipt {
    return this.apply(readable('CHANGE_INVALID', 'The arguments cannot be read', change))
  }

  /** Takes many changes as one, given as a list or made by a function. */
  batch(given: readonly ChangeInput[] | (() => void)): Receipt {
    if (this.#collecting !== undefined) {
      throw new CoterieError('CHANGE_INVALID', 'A batch stands in a batch', {
        received: 'a batch',
        expected: 'changes',
      })
    }
    if (typeof given !== 'function') {
      const inputs = readable('CHANGE_INVALID', 'A batch is a list of changes, or a function', () => [...given])
      return this.#batchOf(inputs.map((input) => instantOnly(this.#read(input))))
    }
    const collected: Collected[] = []
    try {
      this.#collectFrom(given, collected)
      const receipt = this.#batchOf(collected.map(({ change }) => change))
      for (const each of collected) each.receipt.resolve(receipt)
      return receipt
    } catch (error) {
      const refusal = isCoterieError(error) ? error : batchFailed(error)
      for (const each of collected) each.receipt.reject(refusal)
      throw error
    }
  }

  /** Moves the clock, instant by instant through all that falls due. */
  advanceTo(to: number): Receipt {
    return this.apply({ type: 'clock.advance', to })
  }

  #read(input: ChangeInput): Change {
    const { schema, timeZone, weekStartsOn, limits } = this.state.settings
    return readChange(input, { schema, timeZone, weekStartsOn, limits })
  }

  #batchOf(changes: readonly Change[]): Receipt {
    if (this.#busy) return this.#defer(changes, true)
    return this.#fromOutside(() => this.#transact(changes, true, undefined))
  }

  #collectFrom(make: () => unknown, collected: Collected[]): void {
    this.#collecting = collected
    try {
      const made = make()
      if (typeof made === 'object' && made !== null && 'then' in made) {
        throw new CoterieError('BATCH_PROMISE', 'A batch cannot wait for a promise', {
          received: 'a promise',
          expected: 'a function that returns when it is done',
        })
      }
    } finally {
      this.#collecting = undefined
    }
  }

  #collect(change: Change): Receipt {
    const receipt = new DeferredReceipt(this.state.revision)
    this.#collecting?.push({ change: instantOnly(change), receipt })
    return receipt
  }

  #defer(changes: readonly Change[], isBatch: boolean): Receipt {
    if (changes.some(({ type }) => type === 'clock.advance')) {
      throw new CoterieError('CLOCK_INVALID', 'A listener cannot move the clock', {
        received: 'clock.advance',
        expected: 'a change of this instant',
      })
    }
    const receipt = new DeferredReceipt(this.state.revision)
    const listener = this.#listener?.filter.name ?? this.#listener?.event ?? 'error'
    this.#queue.push({ changes, isBatch, listener, receipt })
    return receipt
  }

  #fromOutside(work: () => Receipt): Receipt {
    this.#busy = true
    try {
      const time = this.hostTime()
      if (time !== undefined && time > this.state.now) this.#advance(time)
      return work()
    } finally {
      this.#busy = false
      for (const call of [...this.#onSettled]) call()
    }
  }

  /** A series of steps, one for each due instant. */
  #advance(to: number): Receipt {
    const { state } = this
    const from = state.now
    const effects: Effects[] = []
    for (let due = state.nextDueAt; due !== undefined && due <= to; due = state.nextDueAt) {
      const step = takeStep(state, due)
      effects.push(step)
      this.#tell(step)
    }
    if (to > state.now) state.now = to
    return receiptOf(state.revision, effects, [{ type: 'clock.advance', from, to: state.now }])
  }

  /** Applies changes as one, tells of them, and applies what listeners made of that. */
  #transact(changes: readonly Change[], isBatch: boolean, listener: string | undefined): Receipt {
    const { effects, outcomes } = this.#applyAll(changes, isBatch, listener)
    this.#tell(effects)
    return receiptOf(effects.revision, [effects], outcomes)
  }

  #applyAll(
    changes: readonly Change[],
    isBatch: boolean,
    listener: string | undefined,
  ): { readonly effects: Effects; readonly outcomes: readonly Outcome[] } {
    const { state } = this
    const transaction = new Transaction(
      state,
      changes[0] === undefined ? { kind: 'definition' } : { kind: 'definition', change: changes[0] },
      listener,
    )
    const outcomes: Outcome[] = []
    try {
      for (const place of isBatch ? this.#orderOf(changes) : [0]) {
        const change = changes[place]
        if (change !== undefined) outcomes[place] = applyChange(state, transaction, change as InstantChange)
      }
      const effects = transaction.commit()
      state.counters.changes += changes.length
      return { effects, outcomes }
    } catch (error) {
      transaction.rollback()
      throw error
    }
  }

  #orderOf(changes: readonly Change[]): readonly number[] {
    const { state } = this
    return orderOfBatch(changes, {
      contact: (name) => findContact(state, name),
      segment: (id) => state.segments.get(id) !== undefined,
    })
  }

  #tell({ tagEvents, transitions }: Effects): void {
    this.listeners.tell(tagEvents, transitions, this.#around)
    if (this.#queue.length > 0) this.#drain()
  }

  /** Applies what listeners changed, in order, up to the bound. */
  #drain(): void {
    if (this.#draining) return
    this.#draining = true
    try {
      let left = this.#options.cascadeLimit
      const applied: string[] = []
      for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
        if (left === 0) {
          this.#cut([next, ...this.#queue.splice(0)], applied.slice(-longestCycle))
          return
        }
        left -= 1
        applied.push(next.listener)
        this.#applyQueued(next)
      }
    } finally {
      this.#draining = false
    }
  }

  #applyQueued({ changes, isBatch, listener, receipt }: Queued): void {
    try {
      receipt.resolve(this.#transact(changes, isBatch, listener))
    } catch (error) {
      if (!isCoterieError(error)) throw error
      receipt.reject(error)
      this.#report(error)
    }
  }

  /** Drops what would go on for ever. */
  #cut(dropped: readonly Queued[], applied: readonly string[]): void {
    const names = [...new Set([...applied, ...dropped.map(({ listener }) => listener)])].join(', ')
    const error = new CoterieError('CASCADE_LIMIT', `Listeners went on changing what they listen to: ${names}`, {
      received: `${String(dropped.length)} more changes`,
      expected: `at most ${String(this.#options.cascadeLimit)} changes of listeners after one change or due instant`,
    })
    for (const { receipt } of dropped) receipt.reject(error)
    this.#report(error)
    // What error listeners changed would only go on with it.
    for (const { receipt } of this.#queue.splice(0)) receipt.reject(error)
  }

  #report(error: CoterieError): void {
    this.listeners.tellError(error, this.#aroundError)
  }

  /** Runs a listener: what it changes is its own, and what it throws hurts nobody else. */
  readonly #around = (listener: Listener, run: () => void): void => {
    const before = this.#listener
    this.#listener = listener
    try {
      run()
    } catch (cause) {
      const name = listener.filter.name ?? listener.event
      const received = cause instanceof Error ? cause.message : show(cause)
      this.#report(
        new CoterieError('LISTENER_FAILED', `The listener ${JSON.stringify(name)} threw: ${received}`, {
          received,
          cause,
        }),
      )
    } finally {
      this.#listener = before
    }
  }

  /** A listener for errors that throws has nobody left to tell. */
  readonly #aroundError = (listener: Listener, run: () => void): void => {
    const before = this.#listener
    this.#listener = listener
    try {
      run()
    } catch {
      // Said above: there is nobody left to tell.
    } finally {
      this.#listener = before
    }
  }
}

function instantOnly(change: Change): Change {
  if (change.type !== 'clock.advance') return change
  throw new CoterieError('BATCH_CLOCK', 'The clock cannot be moved inside a batch', {
    received: 'clock.advance',
    expected: 'changes of one instant',
  })
}

/** What the function of a batch threw, for those who wait for a change in it. */
function batchFailed(cause: unknown): CoterieError {
  return new CoterieError('CHANGE_INVALID', 'The function of the batch threw, and nothing of it was applied', {
    received: cause instanceof Error ? cause.message : show(cause),
    expected: 'a function that returns',
    cause,
  })
}
