import { CoterieError, show } from '../base/errors.js'
import { orderOfBatch } from '../changes/batch-order.js'
import type { Change } from '../changes/change.js'
import type { ChangeInput } from '../changes/input.js'
import { readChange } from '../changes/read-change.js'
import type { Outcome, Receipt } from '../changes/receipt.js'
import { Listeners, type EventName, type Events, type Listener } from '../delivery/listeners.js'
import { applyChange, type InstantChange } from './apply-change.js'
import { readable } from './arguments.js'
import { BatchCollector, instantOnly } from './batch-collector.js'
import { changesGiven } from './batch-list.js'
import { Cascade } from './cascade.js'
import { timeOf } from './host-clock.js'
import { findContact } from './names.js'
import { receiptOf } from './receipts.js'
import { appliedOf, type Recorder } from './recorder.js'
import { Retention } from './retention.js'
import type { EngineState } from './state.js'
import { takeStep } from './step.js'
import { Transaction, type Effects } from './transaction.js'
import { TurnMaker } from './turn-maker.js'

/*
 * The one way in. A change from outside first takes the clock to the host's time, then applies, settles, and is told to
 * those who listen. What listeners change meanwhile waits, and is applied when the telling is done, one after the other,
 * each told in turn; only then does the outer call return, or the clock look for the next due instant.
 */

/** How a core is run. */
export interface CoreOptions {
  readonly clock: (() => number) | undefined
  /** How many changes of listeners may follow one change from outside, or one due instant. */
  readonly cascadeLimit: number
  /** For how long events are kept, in ms; undefined for ever. */
  readonly retain: number | undefined
  /** What keeps what the engine does; without one it is kept nowhere. */
  readonly recorder?: Recorder
}

/** Applies changes and moves the clock. */
export class Core {
  readonly state: EngineState
  readonly listeners = new Listeners()
  readonly #options: CoreOptions
  readonly #batch = new BatchCollector()
  readonly #cascade: Cascade
  readonly #onSettled = new Set<() => void>()
  readonly #retention: Retention | undefined
  readonly #turns: TurnMaker | undefined
  #busy = false
  #listener: Listener | undefined

  constructor(state: EngineState, options: CoreOptions) {
    this.state = state
    this.#options = options
    this.#cascade = new Cascade(
      options.cascadeLimit,
      ({ changes, isBatch, listener }) => this.#transact(changes, isBatch, listener),
      (error) => {
        this.report(error)
      },
    )
    const { automation, settings } = state
    if (automation !== undefined) {
      this.#turns = new TurnMaker(automation, {
        transact: (changes, name) => this.#transact(changes, false, name),
        report: (error) => {
          this.report(error)
        },
      })
      settings.automation?.bind(this, automation)
    }
    this.#retention = options.retain === undefined ? undefined : new Retention(options.retain, state.now)
  }

  /** Whether changes are taken: not while the storage fails. */
  get accepts(): boolean {
    return this.#options.recorder?.accepts ?? true
  }

  /** Tells those who listen for errors of something that nobody waits for. */
  report(error: CoterieError): void {
    this.listeners.tellError(error, this.#call)
  }

  /** Tells of what was done elsewhere and followed here. */
  tell(effects: Effects): void {
    this.#tell(effects)
  }

  /** Called after each change or advance from outside, when all is told. Returns what ends it. */
  onSettled(call: () => void): () => void {
    this.#onSettled.add(call)
    return () => {
      this.#onSettled.delete(call)
    }
  }

  /** Lets those who wait for the engine to settle look again. */
  settled(): void {
    if (this.#onSettled.size === 0) return
    for (const call of [...this.#onSettled]) call()
  }

  /** The time of the host's clock; `undefined` where the clock is moved by hand. */
  hostTime(): number | undefined {
    const { clock } = this.#options
    return clock === undefined ? undefined : timeOf(clock)
  }

  /** Takes one change from outside or from a listener. */
  apply(input: ChangeInput): Receipt {
    const change = this.read(input)
    if (this.#batch.isCollecting) return this.#batch.take(change, this.state.revision)
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
    const apply = (changes: readonly Change[]): Receipt =>
      this.#busy ? this.#defer(changes, true) : this.#fromOutside(() => this.#transact(changes, true, undefined))
    if (typeof given === 'function') return this.#batch.run(given, apply)
    this.#batch.checkAlone()
    return apply(changesGiven(given).map((input) => instantOnly(this.read(input))))
  }

  /** Takes changes as one; while a batch is being made they are a part of it. */
  together(given: readonly ChangeInput[]): Receipt {
    if (!this.#batch.isCollecting) return this.batch(given)
    const receipts = given.map((input) => this.apply(input))
    return receipts.at(-1) ?? this.batch(given)
  }

  /** Whether the clock follows the host's. */
  get hasClock(): boolean {
    return this.#options.clock !== undefined
  }

  /** Whether a change is being told: what listeners change is applied only when that is over. */
  get isTelling(): boolean {
    return this.#busy
  }

  /** Moves the clock to an instant, unless it follows the host's, and applies changes there as one, if there are any. */
  applyAt(at: number | undefined, inputs: readonly ChangeInput[]): void {
    this.#batch.checkAlone()
    const changes = inputs.map((input) => instantOnly(this.read(input)))
    if (this.#busy) {
      if (changes.length > 0) this.#defer(changes, true)
      return
    }
    this.#fromOutside(() => {
      if (at !== undefined && at > this.state.now && !this.hasClock) this.#advance(at)
      if (changes.length > 0) this.#transact(changes, changes.length > 1, undefined)
    })
  }

  /** Does what was called for when the engine was last there, at the instant at which its clock stood, before anything else happens. */
  resume(): void {
    if (this.state.automation === undefined) return
    this.state.automation.resume()
    this.#busy = true
    try {
      this.#turns?.makeAll()
    } finally {
      this.#busy = false
    }
  }

  /** Moves the clock, instant by instant through all that falls due. */
  advanceTo(to: number): Receipt {
    return this.apply({ type: 'clock.advance', to })
  }

  /** A change as it would be applied: checked by itself, not against what is there. */
  read(input: ChangeInput): Change {
    const { schema, timeZone, weekStartsOn, limits, automation } = this.state.settings
    return readChange(input, { schema, timeZone, weekStartsOn, limits, definitions: automation?.definitions })
  }

  #defer(changes: readonly Change[], isBatch: boolean): Receipt {
    const listener = this.#listener?.filter.name ?? this.#listener?.event ?? 'error'
    return this.#cascade.add(changes, isBatch, listener, this.state.revision)
  }

  /** Makes changes that nobody asked for: their work is given, and they are told like any other. */
  settle(work: () => Effects | undefined): void {
    this.#busy = true
    try {
      const effects = work()
      if (effects !== undefined) this.#recordAndTell(effects, [], [])
      this.#turns?.makeAll()
    } finally {
      this.#busy = false
      this.settled()
    }
  }

  #fromOutside<T>(work: () => T): T {
    this.#options.recorder?.check()
    this.#busy = true
    try {
      const time = this.hostTime()
      if (time !== undefined && time > this.state.now) this.#advance(time)
      const result = work()
      this.#turns?.makeAll()
      this.#foldOld()
      return result
    } finally {
      this.#busy = false
      this.settled()
    }
  }

  /** Folds away what need not be retained any more: a change like any other, but that nobody outside made it. */
  #foldOld(): void {
    const before = this.#retention?.due(this.state)
    if (before !== undefined) this.#transact([Object.freeze({ type: 'event.fold', before })], false, undefined)
  }

  /** A series of steps, one for each due instant. */
  #advance(to: number): Receipt {
    const { state } = this
    const from = state.now
    const effects: Effects[] = []
    for (let due = state.nextDueAt; due !== undefined && due <= to; due = state.nextDueAt) {
      const step = takeStep(state, due)
      effects.push(step)
      this.#recordAndTell(step, [], [])
      this.#turns?.makeAll()
    }
    if (to > state.now) {
      state.now = to
      this.#options.recorder?.moved(to)
    }
    const outcomes: Outcome[] = [{ type: 'clock.advance', from, to: state.now }]
    return receiptOf(state.revision, effects, outcomes, this.#options.recorder?.durability(state.revision))
  }

  /** Applies changes as one, tells of them, and applies what listeners made of that. */
  #transact(changes: readonly Change[], isBatch: boolean, listener: string | undefined): Receipt {
    const order = isBatch ? this.#orderOf(changes) : undefined
    const { effects, outcomes } = this.#applyAll(changes, order, listener)
    const durable = this.#recordAndTell(effects, changes, outcomes, order, listener)
    return receiptOf(effects.revision, [effects], outcomes, durable)
  }

  /** What listeners make of it is recorded after it. */
  #recordAndTell(
    effects: Effects,
    changes: readonly Change[],
    outcomes: readonly Outcome[],
    order?: readonly number[],
    listener?: string,
  ): (() => Promise<number>) | undefined {
    const { recorder } = this.#options
    if (recorder !== undefined) recorder.record(appliedOf(effects, this.state.now, changes, outcomes, order, listener))
    const durable = recorder?.durability(effects.revision)
    this.#tell(effects)
    return durable
  }

  #applyAll(
    changes: readonly Change[],
    order: readonly number[] | undefined,
    listener: string | undefined,
  ): { readonly effects: Effects; readonly outcomes: readonly Outcome[] } {
    const { state } = this
    const transaction = new Transaction(
      state,
      changes[0] === undefined ? { kind: 'definition' } : { kind: 'definition', change: changes[0] },
      listener,
    )
    // With just the room that it takes, as there is one for each change.
    const outcomes = new Array<Outcome>(changes.length)
    try {
      for (let i = 0; i < changes.length; i++) {
        const place = order?.[i] ?? i
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
    this.listeners.tell(tagEvents, transitions, this.#call)
    this.#cascade.drain()
  }

  /** Calls a listener: what it changes is its own, and what it throws hurts nobody else. */
  readonly #call = (listener: Listener, heard: Events[EventName]): void => {
    const before = this.#listener
    this.#listener = listener
    try {
      listener.hear(heard)
    } catch (cause) {
      // A listener for errors that throws has nobody left to tell.
      if (listener.event !== 'error') this.report(listenerFailed(listener, cause))
    } finally {
      this.#listener = before
    }
  }
}

function listenerFailed({ event, filter: { name = event } }: Listener, cause: unknown): CoterieError {
  const received = cause instanceof Error ? cause.message : show(cause)
  return new CoterieError('LISTENER_FAILED', `The listener ${JSON.stringify(name)} threw: ${received}`, {
    received,
    cause,
  })
}
