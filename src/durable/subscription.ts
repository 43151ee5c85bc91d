import type { Transition } from '../changes/transition.js'
import type { Cursor, EntryRecord } from './record.js'

/*
 * One who hears what is durable. It has a place in the journal, `fedTo`, up to which entries were handed to it; those wait in
 * a queue until they are heard, one transition after the other. Entries that become durable are handed over at once while
 * the queue is short; when it is not they are left, and read from the storage once there is room. So memory is bounded, and a
 * slow subscriber slows nobody.
 *
 * A transition that was heard moves the cursor. What the cursor says when the process ends is where hearing goes on: what was
 * heard and not yet written down is heard again, under the same sequence number.
 */

/** Entries that wait for a subscriber before the storage is asked for the rest. */
const mostWaiting = 1_000

/** An entry on its way to subscribers. */
export interface DurableEntry {
  readonly position: number
  readonly record: EntryRecord
}

/** What a subscription is given by the engine around it. */
export interface SubscriptionAround {
  /** Up to which position all is durable. */
  durablePosition(): number
  /** The entries after a position, as far as they are durable, and how far that was; at most about `most` of them. */
  read(after: number, most: number): Promise<{ readonly entries: readonly DurableEntry[]; readonly to: number }>
  /** Something was heard: the cursor is to be written down some time. */
  moved(subscription: SubscriptionFeed): void
  /** It waits, and has nothing to hear. */
  idle(subscription: SubscriptionFeed): void
  /** The subscriber threw. */
  failed(subscription: SubscriptionFeed, transition: Transition, cause: unknown): void
  /** Transitions that it should have heard were erased. */
  erased(subscription: SubscriptionFeed, seqs: readonly number[]): void
  /** Waits before trying again. */
  pause(): Promise<void>
}

/** Hands transitions to one subscriber, in order. */
export class SubscriptionFeed {
  readonly name: string
  readonly #hear: (transition: Transition) => unknown
  readonly #wants: (transition: Transition) => boolean
  readonly #around: SubscriptionAround
  #waiting: DurableEntry[] = []
  #cursor: Cursor
  #fedTo: number
  #stopped = false
  #wake: (() => void) | undefined

  constructor(
    name: string,
    cursor: Cursor,
    wants: (transition: Transition) => boolean,
    hear: (transition: Transition) => unknown,
    around: SubscriptionAround,
  ) {
    this.name = name
    this.#cursor = cursor
    this.#fedTo = cursor.position
    this.#wants = wants
    this.#hear = hear
    this.#around = around
  }

  /** How far it has come. */
  get cursor(): Cursor {
    return this.#cursor
  }

  /** Nothing before this position is of use to it any more. */
  get neededFrom(): number {
    return this.#waiting.length === 0 ? this.#fedTo : this.#cursor.position
  }

  /** Hands over what became durable, where it follows what was handed over before and there is room. */
  offer(entries: readonly DurableEntry[], from: number, to: number): void {
    if (from === this.#fedTo && this.#waiting.length < mostWaiting) {
      this.#waiting.push(...entries)
      this.#fedTo = to
    }
    this.#wake?.()
  }

  /** Hears until it is stopped. */
  async run(): Promise<void> {
    while (!this.#stopped) {
      const next = this.#waiting[0]
      if (next !== undefined) {
        if (await this.#hearEntry(next)) this.#waiting.shift()
      } else if (this.#fedTo < this.#around.durablePosition()) {
        await this.#read()
      } else {
        this.#around.idle(this)
        await new Promise<void>((resolve) => (this.#wake = resolve))
        this.#wake = undefined
      }
    }
  }

  stop(): void {
    this.#stopped = true
    this.#wake?.()
  }

  async #read(): Promise<void> {
    try {
      const { entries, to } = await this.#around.read(this.#fedTo, mostWaiting)
      this.#waiting.push(...entries)
      this.#fedTo = to
    } catch {
      // The storage fails, and says so elsewhere; the entries are still to be had when it is well again.
      await this.#around.pause()
    }
  }

  /** Returns false where it is to be tried again. */
  async #hearEntry({ position, record }: DurableEntry): Promise<boolean> {
    const missed = record.erased?.filter((seq) => seq > this.#cursor.seq) ?? []
    if (missed.length > 0) this.#around.erased(this, missed)
    for (const transition of record.entry.transitions) {
      if (transition.seq <= this.#cursor.seq) continue
      if (this.#wants(transition) && !(await this.#hearOne(transition))) return false
      this.#move({ seq: transition.seq, position: position - 1 })
      if (this.#isStopped()) return false
    }
    const last = Math.max(this.#cursor.seq, ...missed.slice(-1))
    this.#move({ seq: last, position })
    return true
  }

  async #hearOne(transition: Transition): Promise<boolean> {
    try {
      const heard = this.#hear(transition)
      if (heard instanceof Promise) await heard
      return true
    } catch (cause) {
      if (this.#isStopped()) return false
      this.#around.failed(this, transition, cause)
      await this.#around.pause()
      return false
    }
  }

  #isStopped(): boolean {
    return this.#stopped
  }

  #move(cursor: Cursor): void {
    const heard = cursor.seq > this.#cursor.seq
    this.#cursor = { ...this.#cursor, ...cursor }
    if (heard) this.#around.moved(this)
  }
}
