import type { CoterieError } from '../base/errors.js'
import type { Applied, Recorder } from '../engine/recorder.js'
import { encodeRecord } from './record-codec.js'
import type { Cursor, JournalRecord } from './record.js'
import type { StorageSession, StoredRecord } from './storage-adapter.js'
import { storageStopped } from './storage-error.js'

/*
 * From what the engine does to what is durable. Records wait in a queue; whatever waits when the storage is free goes to it in
 * one append, so that a hundred changes of one turn, or of one slow commit, cost one. Order is that of the queue, and the
 * storage appends all or none, so what is durable is always all up to a position.
 *
 * When an append fails nothing more is taken, and all that waits stays where it is: `resume` asks the storage how far it came,
 * and goes on from there. So the state in memory and the journal never part.
 */

/** The most records, and about the most characters, of one append. */
const mostRecords = 10_000
const mostText = 4_000_000

const nothing = (): void => undefined

/** A record that waits for its append, with what is known once it is durable. */
export interface Pending {
  readonly position: number
  readonly record: JournalRecord
  /** The engine's revision after it. */
  readonly revision: number
  /** How many characters it has, once it was written. */
  text: number
}

interface Waiter {
  readonly position: number
  readonly resolve: () => void
  readonly reject: (error: CoterieError) => void
}

/** What a journal tells. */
export interface JournalListener {
  /** Records are about to go to the storage: what can go with them may be added. */
  appending(): void
  /** Records became durable. */
  durable(records: readonly Pending[]): void
  /** The storage failed. */
  stopped(error: CoterieError): void
}

/** Takes down what an engine does, and gets it to the storage. */
export class Journal implements Recorder {
  readonly #session: StorageSession
  readonly #listener: JournalListener
  #queue: Pending[] = []
  /** How many of the queue are with the storage. */
  #sent = 0
  #position: number
  #durablePosition: number
  #durableRevision: number
  #revision: number
  #waiters: Waiter[] = []
  #stopped: CoterieError | undefined
  #closed: CoterieError | undefined
  /** Whether a turn to append was asked for. */
  #isAsking = false
  /** The end of the last turn that was given. */
  #turn: Promise<void> = Promise.resolve()

  /** `position` and `revision` are those of the last record that is there. */
  constructor(session: StorageSession, position: number, revision: number, listener: JournalListener) {
    this.#session = session
    this.#listener = listener
    this.#position = this.#durablePosition = position
    this.#revision = this.#durableRevision = revision
  }

  get accepts(): boolean {
    return this.#stopped === undefined && this.#closed === undefined
  }

  /** Why it stopped, while it does. */
  get stopped(): CoterieError | undefined {
    return this.#stopped
  }

  /** The position of the last record that was taken down. */
  get position(): number {
    return this.#position
  }

  get durablePosition(): number {
    return this.#durablePosition
  }

  /** The engine's revision up to which all is durable. */
  get durableRevision(): number {
    return this.#durableRevision
  }

  /** How many records wait. */
  get pending(): number {
    return this.#queue.length
  }

  check(): void {
    const why = this.#closed ?? this.#stopped
    if (why !== undefined) throw why
  }

  /** Takes no changes any more; what waits still goes out. */
  close(why: CoterieError): void {
    this.#closed = why
  }

  record(applied: Applied): void {
    this.#revision = applied.revision
    this.#dropIdleClock()
    this.add({ kind: 'entry', entry: applied })
  }

  moved(now: number): void {
    this.#dropIdleClock()
    this.add({ kind: 'clock', now })
  }

  /** Takes down how far subscribers have come. */
  acknowledge(cursors: Readonly<Record<string, Cursor | null>>): void {
    this.add({ kind: 'cursors', cursors })
  }

  add(record: JournalRecord): void {
    this.#position += 1
    this.#queue.push({ position: this.#position, record, revision: this.#revision, text: 0 })
    this.#start()
  }

  durability(revision: number): () => Promise<number> {
    const position = this.#position
    return () => this.until(position).then(() => revision)
  }

  /** Resolves once all up to a position is durable. */
  until(position: number): Promise<void> {
    if (position <= this.#durablePosition) return Promise.resolve()
    if (this.#stopped !== undefined) return Promise.reject(this.#stopped)
    return new Promise((resolve, reject) => this.#waiters.push({ position, resolve, reject }))
  }

  /** Runs something of the storage's in its turn: never while records are with it. */
  exclusively<T>(work: (session: StorageSession) => Promise<T>): Promise<T> {
    const turn = this.#turn.then(() => work(this.#session))
    this.#turn = turn.then(nothing, nothing)
    return turn
  }

  /** Tries again after a failure; resolves once all that waited is durable. */
  async resume(): Promise<void> {
    if (this.#stopped === undefined) return
    try {
      const last = await this.exclusively((session) => session.resume())
      this.#stopped = undefined
      this.#landed(last)
    } catch (cause) {
      throw storageStopped(cause, this.#durableRevision)
    }
    const done = this.until(this.#position)
    this.#start()
    await done
  }

  /** Two moves of the clock in a row are one, as long as the first has not gone to the storage. */
  #dropIdleClock(): void {
    const last = this.#queue.at(-1)
    if (last?.record.kind !== 'clock' || this.#queue.length <= this.#sent) return
    this.#queue.pop()
    this.#position -= 1
  }

  /** Asks for a turn to append, unless one is asked for. */
  #start(): void {
    if (this.#isAsking || this.#stopped !== undefined || this.#queue.length === 0) return
    this.#isAsking = true
    void this.exclusively((session) => this.#append(session))
  }

  async #append(session: StorageSession): Promise<void> {
    try {
      this.#listener.appending()
      const records = this.#next()
      this.#sent = records.length
      await session.append(records)
      this.#landed(records.at(-1)?.position ?? 0)
    } catch (cause) {
      this.#stop(cause)
    }
    this.#sent = 0
    this.#isAsking = false
    this.#start()
  }

  #next(): readonly StoredRecord[] {
    const records: StoredRecord[] = []
    let text = 0
    for (const waiting of this.#queue) {
      if (records.length === mostRecords || text >= mostText) break
      const data = encodeRecord(waiting.record)
      waiting.text = data.length
      text += data.length
      records.push({ position: waiting.position, data })
    }
    return records
  }

  #landed(position: number): void {
    const landed = this.#queue.filter((each) => each.position <= position)
    this.#queue = this.#queue.slice(landed.length)
    const last = landed.at(-1)
    if (last === undefined) return
    this.#durablePosition = last.position
    this.#durableRevision = last.revision
    const waiters = this.#waiters
    this.#waiters = waiters.filter((each) => each.position > position)
    for (const each of waiters) if (each.position <= position) each.resolve()
    this.#listener.durable(landed)
  }

  #stop(cause: unknown): void {
    const error = storageStopped(cause, this.#durableRevision)
    this.#stopped = error
    for (const { reject } of this.#waiters.splice(0)) reject(error)
    this.#listener.stopped(error)
  }
}
