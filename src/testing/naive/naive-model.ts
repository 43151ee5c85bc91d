import { CoterieError, isCoterieError, show, type ErrorCode } from '../../base/errors.js'
import type { Change, ContactName } from '../../changes/change.js'
import type { ChangeInput } from '../../changes/input.js'
import type { Receipt } from '../../changes/receipt.js'
import type { CauseKind, TagEvent, Transition } from '../../changes/transition.js'
import { DeferredReceipt, receiptOf } from '../../engine/receipts.js'
import { inOrder } from './batch.js'
import { write } from './changes.js'
import { note, noEffects, touch } from './effects.js'
import { NaiveListeners, type Heard, type NaiveListener } from './naive-listeners.js'
import { idsOf, looseProblems } from './loose-problems.js'
import { ModelRefusal, problemsOf, referenceProblems } from './problems.js'
import { settle, type ModelCause } from './settlement.js'
import { endSlots } from './slots.js'
import { copyOf, emptyState, segmentsOf, serialOf, type ModelSegment, type ModelState } from './state.js'
import { tagEventsOf, transitionOf } from './told.js'

/** Finds the first instant after `now`, up to `until`, at which time alone ends a slot or moves somebody. */
export type NextDue = (state: ModelState, until: number, timeZone: string) => number | undefined

/** The options of the model: those of the engine that it has, and what it leaves to others. */
export interface ModelOptions {
  /** Where the clock begins, in ms. */
  readonly now: number
  readonly timeZone?: string
  readonly unknownContacts?: 'refuse' | 'create'
  readonly cascadeLimit?: number
  /** How far ahead of the clock an event may lie, in ms. */
  readonly maxAhead?: number
  /** The host's time in ms, to which every change from outside first moves the clock. */
  readonly clock?: () => number
  readonly nextDue: NextDue
  read(input: ChangeInput): Change
}

/** What a model knew once. */
export interface SavedModel {
  readonly state: ModelState
  readonly revision: number
}

/** What was made and what it did, as the model goes through it. */
interface Done {
  readonly revision: number
  readonly transitions: readonly Transition[]
  readonly tagEvents: readonly TagEvent[]
}

/** What a listener changed, which waits. */
interface Waiting {
  readonly changes: readonly Change[]
  readonly receipt: DeferredReceipt
}

/**
 * The naive engine: plain maps; after each change it asks the plain evaluator about everybody again, and its clock goes from
 * one due instant to the next. It says what the engine must do, and does it slowly.
 */
export class NaiveModel {
  /** Every transition and tag event so far, as they were delivered. */
  readonly log: (Transition | TagEvent)[] = []
  /** What went wrong in listeners' changes: for each, the codes that are right for it. */
  readonly errors: (readonly ErrorCode[])[] = []
  readonly timeZone: string
  readonly #options: ModelOptions
  readonly #listeners = new NaiveListeners()
  readonly #waiting: Waiting[] = []
  #state: ModelState
  #revision = 0
  #busy = false

  constructor(options: ModelOptions) {
    this.timeZone = options.timeZone ?? 'UTC'
    this.#options = options
    this.#state = emptyState(options.now)
  }

  get now(): number {
    return this.#state.now
  }

  /** Rises with each change, batch and due instant. */
  get revision(): number {
    return this.#revision
  }

  /** What it knows, to look at. */
  get state(): Readonly<ModelState> {
    return this.#state
  }

  /** All that it knows, to come back to. */
  save(): SavedModel {
    return { state: copyOf(this.#state), revision: this.#revision }
  }

  /** Goes back to what it knew. */
  restore({ state, revision }: SavedModel): void {
    this.#state = copyOf(state)
    this.#revision = revision
  }

  /** Listens; what a listener changes is applied when all is told. Returns what ends it. */
  on(listener: NaiveListener): () => void {
    return this.#listeners.add(listener)
  }

  /** Applies a change, or throws a {@link ModelRefusal} and does nothing. */
  apply(input: ChangeInput): Receipt {
    const change = this.read(input)
    if (this.#busy) return this.#defer([change])
    return this.#fromOutside(() => (change.type === 'clock.advance' ? this.#advance(change.to) : this.#write([change])))
  }

  /** Applies several changes as one. */
  batch(inputs: readonly ChangeInput[]): Receipt {
    return this.batchOf(inputs.map((input) => this.read(input)))
  }

  /** Applies several changes, which are read already, as one. */
  batchOf(changes: readonly Change[]): Receipt {
    return this.#busy ? this.#defer(changes) : this.#fromOutside(() => this.#write(changes))
  }

  /** The change that an input is. */
  read(input: ChangeInput): Change {
    return this.#options.read(input)
  }

  /** Moves the clock, step by step. */
  advanceTo(to: number): Receipt {
    return this.apply({ type: 'clock.advance', to })
  }

  /** The first instant up to `until` at which time alone ends a slot or moves somebody. */
  nextDueAt(until: number): number | undefined {
    return this.#options.nextDue(this.#state, until, this.timeZone)
  }

  members(segment: string): string[] {
    const members = this.#state.segments.get(segment)?.members ?? new Map<number, unknown>()
    return [...this.#state.contacts.values()].filter(({ serial }) => members.has(serial)).map(({ id }) => id)
  }

  has(segment: string, contact: ContactName): boolean {
    const serial = serialOf(this.#state, contact)
    return serial !== undefined && (this.#state.segments.get(segment)?.members.has(serial) ?? false)
  }

  segmentsOf(contact: ContactName): string[] {
    return segmentsOf(this.#state)
      .map(({ id }) => id)
      .filter((id) => this.has(id, contact))
  }

  #fromOutside(work: () => Receipt): Receipt {
    this.#busy = true
    try {
      const time = this.#options.clock?.()
      if (time !== undefined) this.#advance(Math.floor(time))
      const receipt = work()
      this.#cascade()
      return receipt
    } finally {
      this.#busy = false
    }
  }

  #advance(to: number): Receipt {
    const steps: Done[] = []
    for (let due = this.nextDueAt(to); due !== undefined; due = this.nextDueAt(to)) {
      steps.push(this.#step(due))
      this.#cascade()
    }
    this.#state.now = Math.max(to, this.#state.now)
    return receiptOf(this.#revision, steps, [])
  }

  #write(changes: readonly Change[]): Receipt {
    const before = this.#state
    const after = copyOf(before)
    const { timeZone } = this
    const causes = new Map<number, CauseKind>()
    const touched = new Map<number, Set<string>>()
    const removed: ModelSegment[] = []
    const renamed: { readonly from: string; readonly to: string }[] = []
    const begun = new Set<number>()
    inOrder(after, changes, (change) => {
      const problems = problemsOf(after, change, this.#options)
      if (problems.length > 0) throw new ModelRefusal([...problems, ...looseProblems(after, change, idsOf(removed))])
      const effects = noEffects()
      if (change.type === 'segment.remove') removed.push(...segmentsOf(after).filter(({ id }) => id === change.segment))
      write(after, change, effects)
      for (const serial of effects.begun) begun.add(serial)
      note(change, effects, causes, touched)
      renamed.push(...effects.renamed)
    })
    const problems = referenceProblems(after, idsOf(removed))
    if (problems.length > 0) throw new ModelRefusal(problems)
    const causeOf = (serial: number): ModelCause => ({ kind: causes.get(serial) ?? 'definition' })
    const moved = settle({
      before,
      beforeAt: before.now,
      after,
      timeZone,
      removed,
      begun,
      causeOf,
      touched: (serial, tag) => {
        touch(touched, serial, tag)
      },
    })
    this.#revision += 1
    const revision = this.#revision
    const transitions = moved.map((one) => transitionOf(one, revision))
    const tagEvents = tagEventsOf({ before, after, touched, renamed, revision, causeOf })
    this.#state = after
    return this.#tell({ revision, transitions, tagEvents })
  }

  #step(at: number): Done {
    const before = this.#state
    const after = copyOf(before)
    after.now = at
    endSlots(after, at)
    const causeOf = (): ModelCause => ({ kind: 'time', dueAt: at })
    const touched = new Map<number, Set<string>>()
    const moved = settle({
      before,
      beforeAt: at - 1,
      after,
      timeZone: this.timeZone,
      causeOf,
      touched: (serial, tag) => {
        touch(touched, serial, tag)
      },
    })
    this.#revision += 1
    const revision = this.#revision
    const transitions = moved.map((one) => transitionOf(one, revision))
    const tagEvents = tagEventsOf({ before, after, touched, renamed: [], revision, causeOf })
    this.#state = after
    return this.#tell({ revision, transitions, tagEvents })
  }

  #tell(done: Done): Receipt {
    for (const event of [...done.tagEvents, ...done.transitions]) {
      this.log.push(event)
      for (const listener of this.#listeners.of(event)) this.#call(listener, event)
    }
    return receiptOf(done.revision, [done], [])
  }

  #call({ hear }: NaiveListener, heard: Heard): void {
    try {
      hear(heard)
    } catch (cause) {
      if (isCoterieError(heard)) return
      const received = cause instanceof Error ? cause.message : show(cause)
      this.#report(new CoterieError('LISTENER_FAILED', `A listener threw: ${received}`, { received, cause }))
    }
  }

  #report(error: CoterieError): void {
    this.errors.push(error instanceof ModelRefusal ? error.codes : [error.code])
    for (const listener of this.#listeners.of(error)) this.#call(listener, error)
  }

  #defer(changes: readonly Change[]): Receipt {
    if (changes.some(({ type }) => type === 'clock.advance')) {
      throw new CoterieError('CLOCK_INVALID', 'A listener cannot move the clock')
    }
    const receipt = new DeferredReceipt(this.#revision)
    this.#waiting.push({ changes, receipt })
    return receipt
  }

  /** Applies what listeners made, one by one, and what comes of that. */
  #cascade(): void {
    const { cascadeLimit = 10_000 } = this.#options
    for (let count = 0; this.#waiting.length > 0; count += 1) {
      if (count === cascadeLimit) {
        const error = new CoterieError('CASCADE_LIMIT', 'Listeners went on changing what they listen to')
        const cut = this.#waiting.splice(0)
        this.#report(error)
        for (const { receipt } of [...cut, ...this.#waiting.splice(0)]) receipt.reject(error)
        return
      }
      const { changes, receipt } = this.#waiting.shift() as Waiting
      try {
        receipt.resolve(this.#write(changes))
      } catch (error) {
        if (!isCoterieError(error)) throw error
        receipt.reject(error)
        this.#report(error)
      }
    }
  }
}
