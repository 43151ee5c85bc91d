import type { ErrorCode } from '../../src/base/errors.js'
import type { Change, ContactName } from '../../src/changes/change.js'
import type { ChangeInput } from '../../src/changes/input.js'
import type { CauseKind } from '../../src/changes/transition.js'
import { inOrder } from './naive-batch.js'
import { noEffects, write, type Effects } from './naive-changes.js'
import { ModelRefusal, problemsOf, referenceProblems } from './naive-problems.js'
import { readChange } from './naive-reading.js'
import { settle, tagEventsOf, type ModelCause, type ModelTagEvent, type ModelTransition } from './naive-settlement.js'
import { endSlots } from './naive-slots.js'
import { copyOf, emptyState, segmentsOf, serialOf, type ModelSegment, type ModelState } from './naive-state.js'
import { nextDue } from './naive-time.js'

/** What a listener makes of what it hears: changes, and lists of them that are batches. */
export type Reaction = readonly (ChangeInput | readonly ChangeInput[])[]

/** Whom a listener of the model hears of. */
export interface ModelListener {
  readonly on: 'enter' | 'exit' | 'transition' | 'tag'
  readonly segment?: string
  react(event: ModelTransition | ModelTagEvent): Reaction
}

/** What came of a change or a step. */
export interface ModelReceipt {
  readonly transitions: readonly ModelTransition[]
  readonly tagEvents: readonly ModelTagEvent[]
}

/** The options of the model, which are those of the engine. */
export interface ModelOptions {
  readonly now: number
  readonly timeZone?: string
  readonly unknownContacts?: 'refuse' | 'create'
  readonly cascadeLimit?: number
}

/**
 * The naive engine: plain maps; after each change it asks the plain evaluator about everybody again, and its clock walks
 * from instant to instant. It says what the engine must do, and does it slowly.
 */
export class NaiveModel {
  /** Every transition and tag event so far, as they were delivered. */
  readonly log: (ModelTransition | ModelTagEvent)[] = []
  /** What went wrong in listeners' changes: for each, the codes that are right for it. */
  readonly errors: (readonly ErrorCode[])[] = []
  readonly timeZone: string
  readonly #create: boolean
  readonly #cascadeLimit: number
  readonly #listeners: ModelListener[] = []
  #queue: (ChangeInput | readonly ChangeInput[])[] = []
  #state: ModelState

  constructor({ now, timeZone = 'UTC', unknownContacts = 'refuse', cascadeLimit = 10_000 }: ModelOptions) {
    this.timeZone = timeZone
    this.#create = unknownContacts === 'create'
    this.#cascadeLimit = cascadeLimit
    this.#state = emptyState(now)
  }

  get now(): number {
    return this.#state.now
  }

  /** What it knows, to look at. */
  get state(): Readonly<ModelState> {
    return this.#state
  }

  on(listener: ModelListener): void {
    this.#listeners.push(listener)
  }

  /** Applies a change, or throws a {@link ModelRefusal} and does nothing. */
  apply(change: ChangeInput): ModelReceipt {
    if (change.type === 'clock.advance') return this.advanceTo(Number(change.to))
    const receipt = this.#write([change])
    this.#cascade()
    return receipt
  }

  /** Applies several changes as one. */
  batch(changes: readonly ChangeInput[]): ModelReceipt {
    const receipt = this.#write(changes)
    this.#cascade()
    return receipt
  }

  /** Moves the clock, step by step. */
  advanceTo(to: number): ModelReceipt {
    const transitions: ModelTransition[] = []
    const tagEvents: ModelTagEvent[] = []
    for (let due = this.nextDueAt(to); due !== undefined; due = this.nextDueAt(to)) {
      const step = this.#step(due)
      transitions.push(...step.transitions)
      tagEvents.push(...step.tagEvents)
      this.#cascade()
    }
    this.#state.now = Math.max(to, this.#state.now)
    return { transitions, tagEvents }
  }

  /** The first instant up to `until` at which time alone ends a slot or moves somebody. */
  nextDueAt(until: number): number | undefined {
    return nextDue(this.#state, until, this.timeZone)
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

  #write(inputs: readonly ChangeInput[]): ModelReceipt {
    const before = this.#state
    const after = copyOf(before)
    const causes = new Map<number, CauseKind>()
    const touched = new Map<number, Set<string>>()
    const removed: ModelSegment[] = []
    const renamed: { readonly from: string; readonly to: string }[] = []
    const begun = new Set<number>()
    const changes = inputs.map((input) => readChange(input, this.timeZone))
    inOrder(after, changes, (change) => {
      const problems = problemsOf(after, change, this.#create)
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
    const { timeZone } = this
    const transitions = settle({
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
    const tagEvents = tagEventsOf(before, after, touched, renamed)
    this.#state = after
    this.#deliver({ transitions, tagEvents })
    return { transitions, tagEvents }
  }

  #step(at: number): ModelReceipt {
    const before = this.#state
    const after = copyOf(before)
    after.now = at
    endSlots(after, at)
    const causeOf = (): ModelCause => ({ kind: 'time', dueAt: at })
    const touched = new Map<number, Set<string>>()
    const transitions = settle({
      before,
      beforeAt: at - 1,
      after,
      timeZone: this.timeZone,
      causeOf,
      touched: (serial, tag) => {
        touch(touched, serial, tag)
      },
    })
    const tagEvents = tagEventsOf(before, after, touched, [])
    this.#state = after
    this.#deliver({ transitions, tagEvents })
    return { transitions, tagEvents }
  }

  #deliver({ transitions, tagEvents }: ModelReceipt): void {
    for (const event of [...tagEvents, ...transitions]) {
      this.log.push(event)
      for (const listener of this.#listeners) if (hears(listener, event)) this.#queue.push(...listener.react(event))
    }
  }

  /** Applies what listeners made, one by one, and what comes of that. */
  #cascade(): void {
    for (let count = 0; this.#queue.length > 0; count += 1) {
      if (count === this.#cascadeLimit) {
        this.#queue = []
        this.errors.push(['CASCADE_LIMIT'])
        return
      }
      const [next, ...rest] = this.#queue
      this.#queue = rest
      try {
        if (next !== undefined) this.#write('type' in next ? [next] : next)
      } catch (error) {
        if (!(error instanceof ModelRefusal)) throw error
        this.errors.push(error.codes)
      }
    }
  }
}

/** What is wrong with a change's references as well, where it is wrong anyway: any of it may be said. */
function looseProblems(state: ModelState, change: Change, removed: ReadonlySet<string>): ErrorCode[] {
  const trial = copyOf(state)
  try {
    write(trial, change, noEffects())
  } catch {
    return []
  }
  return referenceProblems(trial, removed)
}

function idsOf(segments: readonly ModelSegment[]): ReadonlySet<string> {
  return new Set(segments.map(({ id }) => id))
}

function touch(touched: Map<number, Set<string>>, serial: number, tag: string): void {
  touched.set(serial, (touched.get(serial) ?? new Set<string>()).add(tag))
}

/** Remembers what moved whom: the last change that named a contact. */
function note(
  change: Change,
  { named, created, tags }: Effects,
  causes: Map<number, CauseKind>,
  touched: Map<number, Set<string>>,
): void {
  for (const serial of named) causes.set(serial, causeKind(change))
  for (const serial of created) causes.set(serial, 'contact')
  for (const [serial, names] of tags) touched.set(serial, new Set([...(touched.get(serial) ?? []), ...names]))
}

function causeKind({ type }: Change): CauseKind {
  if (type === 'contact.remove') return 'contact'
  if (type === 'contact.merge') return 'merge'
  if (type.startsWith('event.')) return 'event'
  if (type.startsWith('record.')) return 'record'
  if (type.startsWith('contact.')) return 'attribute'
  if (type.startsWith('tag.')) return 'tag'
  return type.startsWith('member.') ? 'member' : 'definition'
}

function hears({ on, segment }: ModelListener, event: ModelTransition | ModelTagEvent): boolean {
  if ('tag' in event) return on === 'tag' && segment === undefined
  if (on === 'tag' || (segment !== undefined && segment !== event.segmentId)) return false
  if (on === 'transition') return true
  return on === event.type && event.kind !== 'definition'
}
