import { CoterieError, show } from '../base/errors.js'
import type { Transition } from '../changes/transition.js'
import type { Timers } from '../engine/run.js'
import type { Cursor } from './record.js'
import { SubscriptionFeed, type DurableEntry, type SubscriptionAround } from './subscription.js'

/** How many transitions are heard before it is written down how far that was, where nothing else is written. */
const acknowledgeAfter = 1_000

/** How long what was heard waits to be written down together with something else, in ms. */
const acknowledgeWithin = 100

/** What all subscriptions need of the storage. */
export interface SubscriptionsAround {
  durablePosition(): number
  read: SubscriptionAround['read']
  /** Writes down how far subscribers have come. */
  acknowledge(cursors: Readonly<Record<string, Cursor | null>>): void
  report(error: CoterieError): void
  readonly timers: Timers
  /** How long a subscriber that threw is left alone before it is asked again, in ms. */
  readonly retryAfter: number
}

/** How a subscription begins, and how far behind it may be. */
export interface SubscriptionStart {
  /** Where one that is new, or begins again, begins. */
  readonly from: 'now' | 'oldest'
  /** Begins again, where it was let go or not. */
  readonly restart: boolean
  /** How many transitions it may be behind; beyond that it is told, and let go where `drops` says so. */
  readonly maxLag: number
  readonly drops: boolean
}

/** All who hear what is durable, and how far each has come; those too who are not there at present. */
export class Subscriptions {
  readonly #around: SubscriptionsAround
  readonly #cursors: Map<string, Cursor>
  readonly #feeds = new Map<string, { readonly feed: SubscriptionFeed; readonly start: SubscriptionStart }>()
  readonly #late = new Set<string>()
  readonly #dirty = new Set<string>()
  #heard = 0
  #timer: unknown
  #durableSeq: number

  /** `durableSeq` is the number of the last transition that is there. */
  constructor(cursors: Map<string, Cursor>, durableSeq: number, around: SubscriptionsAround) {
    this.#cursors = cursors
    this.#durableSeq = durableSeq
    this.#around = around
  }

  /** The number of the last transition that is durable. */
  get durableSeq(): number {
    return this.#durableSeq
  }

  /** How far each has come, by name. */
  cursors(): Readonly<Record<string, Cursor>> {
    const now = [...this.#cursors.keys()].map((name): [string, Cursor] => [name, this.cursorOf(name)])
    return Object.fromEntries(now)
  }

  cursorOf(name: string): Cursor {
    return this.#feeds.get(name)?.feed.cursor ?? this.#cursors.get(name) ?? { seq: 0, position: 0 }
  }

  /** The position behind which all records are still needed by somebody. */
  get neededFrom(): number {
    let from = Infinity
    for (const [name, cursor] of this.#cursors) {
      if (cursor.dropped !== true) from = Math.min(from, this.#feeds.get(name)?.feed.neededFrom ?? cursor.position)
    }
    return from
  }

  /**
   * Begins to hear. Goes on where the one of that name was before.
   *
   * @throws CoterieError `OPTION_INVALID` where one of that name hears already, `SUBSCRIPTION_DROPPED` where it was let go.
   */
  add(
    name: string,
    start: SubscriptionStart,
    wants: (transition: Transition) => boolean,
    hear: (transition: Transition) => unknown,
  ): SubscriptionFeed {
    if (this.#feeds.has(name)) throw hearsAlready(name)
    const cursor = this.#begin(name, start)
    const feed = new SubscriptionFeed(name, cursor, wants, hear, this.#aroundFeed())
    this.#feeds.set(name, { feed, start })
    void feed.run()
    return feed
  }

  /** Stops to hear; the cursor stays. */
  stop(name: string): void {
    const known = this.#feeds.get(name)
    if (known === undefined) return
    known.feed.stop()
    this.#cursors.set(name, known.feed.cursor)
    this.#feeds.delete(name)
    this.flush()
  }

  /** Forgets a subscriber and its cursor. */
  remove(name: string): void {
    this.stop(name)
    if (this.#cursors.delete(name)) this.#around.acknowledge({ [name]: null })
  }

  /** Stops all. */
  stopAll(): void {
    for (const name of [...this.#feeds.keys()]) this.stop(name)
    this.#clearTimer()
  }

  /** Entries became durable: those after `from` and up to `to`. */
  offer(entries: readonly DurableEntry[], from: number, to: number): void {
    for (const { record } of entries) {
      this.#durableSeq = Math.max(this.#durableSeq, record.entry.transitions.at(-1)?.seq ?? 0)
    }
    for (const { feed } of [...this.#feeds.values()]) feed.offer(entries, from, to)
    if (entries.length > 0) this.#lookForLate()
  }

  /** Writes down how far those have come who heard something since. */
  flush(): void {
    this.#clearTimer()
    if (this.#dirty.size === 0) return
    const cursors: [string, Cursor][] = [...this.#dirty].map((name) => [name, this.cursorOf(name)])
    this.#dirty.clear()
    this.#heard = 0
    for (const [name, cursor] of cursors) this.#cursors.set(name, cursor)
    this.#around.acknowledge(Object.fromEntries(cursors))
  }

  #begin(name: string, { from, restart, maxLag, drops }: SubscriptionStart): Cursor {
    const known = this.#cursors.get(name)
    if (known?.dropped === true && !restart) throw wasDropped(name, known)
    const goesOn = known !== undefined && !restart
    const { seq, position } = goesOn
      ? known
      : from === 'oldest'
        ? { seq: 0, position: 0 }
        : { seq: this.#durableSeq, position: this.#around.durablePosition() }
    const cursor: Cursor = { seq, position, ...(drops ? { dropsAfter: maxLag } : undefined) }
    this.#cursors.set(name, cursor)
    if (!goesOn || known.dropsAfter !== cursor.dropsAfter) this.#around.acknowledge({ [name]: cursor })
    return cursor
  }

  #lookForLate(): void {
    for (const name of [...this.#cursors.keys()]) {
      const cursor = this.cursorOf(name)
      if (cursor.dropped === true) continue
      const lag = this.#durableSeq - cursor.seq
      const maxLag = this.#feeds.get(name)?.start.maxLag ?? cursor.dropsAfter ?? Infinity
      if (lag <= maxLag) this.#late.delete(name)
      else if (cursor.dropsAfter !== undefined) this.#drop(name, cursor, lag)
      else if (!this.#late.has(name)) {
        this.#late.add(name)
        this.#around.report(lags(name, lag, maxLag))
      }
    }
  }

  #drop(name: string, cursor: Cursor, lag: number): void {
    this.stop(name)
    const dropped: Cursor = { ...cursor, dropped: true }
    this.#cursors.set(name, dropped)
    this.#around.acknowledge({ [name]: dropped })
    this.#around.report(wasDropped(name, cursor, lag))
  }

  #aroundFeed(): SubscriptionAround {
    const around = this.#around
    return {
      durablePosition: () => around.durablePosition(),
      read: (after, most) => around.read(after, most),
      moved: ({ name }) => {
        this.#dirty.add(name)
        this.#heard += 1
        if (this.#heard >= acknowledgeAfter) this.flush()
      },
      idle: () => {
        if (this.#dirty.size > 0) this.#timer ??= around.timers.setTimeout(this.#flush, acknowledgeWithin)
      },
      failed: ({ name }, transition, cause) => {
        around.report(subscriberFailed(name, transition, cause))
      },
      erased: ({ name }, seqs) => {
        around.report(gap(name, seqs))
      },
      pause: () => new Promise((resolve) => around.timers.setTimeout(resolve, around.retryAfter)),
    }
  }

  readonly #flush = (): void => {
    this.flush()
  }

  #clearTimer(): void {
    if (this.#timer !== undefined) this.#around.timers.clearTimeout(this.#timer)
    this.#timer = undefined
  }
}

function hearsAlready(name: string): CoterieError {
  return new CoterieError('OPTION_INVALID', `There is a subscription ${JSON.stringify(name)} already`, {
    path: ['name'],
    received: name,
    expected: 'another name, or that one stopped first',
  })
}

function wasDropped(name: string, { seq }: Cursor, lag?: number): CoterieError {
  const behind = lag === undefined ? '' : `, ${String(lag)} transitions behind`
  return new CoterieError(
    'SUBSCRIPTION_DROPPED',
    `The subscription ${JSON.stringify(name)} was let go${behind}: those after transition ${String(seq)} may be gone`,
    { received: name, expected: 'the option restart, once what it keeps was made anew' },
  )
}

function lags(name: string, lag: number, maxLag: number): CoterieError {
  return new CoterieError('SUBSCRIPTION_LAGS', `The subscription ${JSON.stringify(name)} falls behind`, {
    received: `${String(lag)} transitions behind`,
    expected: `at most ${String(maxLag)}; the journal is kept for it meanwhile`,
  })
}

function gap(name: string, seqs: readonly number[]): CoterieError {
  const shown = seqs.length > 10 ? `${seqs.slice(0, 10).join(', ')}…` : seqs.join(', ')
  return new CoterieError(
    'SUBSCRIPTION_GAP',
    `The subscription ${JSON.stringify(name)} does not hear of contacts that were forgotten meanwhile`,
    { received: `transitions ${shown} erased`, expected: 'whatever it keeps of that contact to be forgotten too' },
  )
}

function subscriberFailed(name: string, { seq }: Transition, cause: unknown): CoterieError {
  const received = cause instanceof Error ? cause.message : show(cause)
  return new CoterieError(
    'LISTENER_FAILED',
    `The subscription ${JSON.stringify(name)} failed at transition ${String(seq)}, which it hears again: ${received}`,
    { received, cause },
  )
}
