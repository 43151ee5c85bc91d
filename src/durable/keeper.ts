import type { CoterieError } from '../base/errors.js'
import type { ContactName } from '../changes/change.js'
import type { Core } from '../engine/core.js'
import type { EngineState } from '../engine/state.js'
import { eraseContact, eraseFromCause, namedAs } from './erase-names.js'
import { Journal, type Pending } from './journal.js'
import { decodeRecord, encodeRecord } from './record-codec.js'
import type { Mark } from './record.js'
import type { Beside } from './restore.js'
import { saveState } from './snapshot/save-state.js'
import type { StorageSession, StoredRecord } from './storage-adapter.js'
import { storageClosed, storageFailed } from './storage-error.js'
import type { ReadStorageOptions } from './storage-options.js'
import type { DurableEntry } from './subscription.js'
import { Subscriptions } from './subscriptions.js'
import { timedSession } from './timed-session.js'
import { worldOf, type World } from './world.js'

/*
 * What goes on between an engine and its storage: records go out, those that are durable go to the subscribers, now and then a
 * snapshot is taken, and what nobody needs any more is dropped.
 *
 * A snapshot is of one moment: what is in it is taken out in one go, while no change is being applied, and written in its own
 * time, once all of it is durable. Before that the journal would end before the snapshot, and transitions between the two
 * be heard by nobody.
 */

/** Keeps what an engine does. */
export class Keeper {
  readonly journal: Journal
  readonly subscriptions: Subscriptions
  readonly #session: StorageSession
  readonly #options: ReadStorageOptions
  readonly #state: EngineState
  #core: Core | undefined
  /** What rules meant when memberships were decided; what they mean now, once all are settled. */
  #world: World
  #isSettled = false
  #closed = false
  #snapshot: Promise<void> | undefined
  #snapshotPosition: number
  #snapshotBytes = 0
  #snapshotAt: number
  #charactersSince = 0
  /** Up to which position the journal was dropped, and points of time that it went through since. */
  readonly #marks: Mark[]

  constructor(session: StorageSession, state: EngineState, beside: Beside, options: ReadStorageOptions) {
    this.#session = timedSession(session, options.timeout, options.timers)
    this.#options = options
    this.#state = state
    this.#world = beside.world ?? worldOf(state)
    this.#snapshotPosition = beside.snapshotPosition
    this.#snapshotAt = state.now
    this.#marks = [...beside.marks]
    this.journal = new Journal(this.#session, beside.position, state.revision, {
      appending: () => {
        this.subscriptions.flush()
      },
      durable: (records) => {
        this.#becameDurable(records)
      },
      stopped: (error) => {
        this.#report(error)
      },
    })
    this.subscriptions = new Subscriptions(beside.cursors, state.seq, {
      durablePosition: () => this.journal.durablePosition,
      read: (after, most) => this.#read(after, most),
      acknowledge: (cursors) => {
        if (!this.#closed) this.journal.acknowledge(cursors)
      },
      report: (error) => {
        this.#report(error)
      },
      timers: options.timers,
      retryAfter: options.retryAfter,
    })
  }

  /** The engine that it keeps; what happens without anybody waiting for it is told there. */
  attach(core: Core): void {
    this.#core = core
  }

  /** Where the clock of the engine stands. */
  get now(): number {
    return this.#state.now
  }

  /** The position of the snapshot; 0 where there is none. */
  get snapshotPosition(): number {
    return this.#snapshotPosition
  }

  /** Memberships are as rules say now. */
  settled(): void {
    const world = worldOf(this.#state)
    this.#isSettled = true
    if (JSON.stringify(world) !== JSON.stringify(this.#world) || this.journal.position === 0)
      this.journal.add({ kind: 'world', world })
    this.#world = world
  }

  /** The records after a position, as long as all of them are durable. */
  async *records(after: number): AsyncIterable<StoredRecord> {
    const end = this.journal.durablePosition
    for await (const some of this.#session.records(after)) {
      for (const record of some) {
        if (record.position > end) return
        yield record
      }
    }
  }

  /** Takes a snapshot, once the one that is being taken is there. */
  async takeSnapshot(): Promise<void> {
    while (this.#snapshot !== undefined) await this.#snapshot
    this.#checkOpen()
    await this.#takeSnapshot()
  }

  /** Erases a contact that is gone already from all that is kept. */
  async forget(names: readonly ContactName[]): Promise<void> {
    const isNamed = namedAs(names)
    this.#state.automation?.forget(isNamed)
    this.#state.trail.recast((cause) => eraseFromCause(cause, isNamed))
    this.#state.store.pack()
    this.journal.add({ kind: 'forget', names })
    // A snapshot that is being taken now would bring the contact back when it is put in place.
    while (this.#snapshot !== undefined) await this.#snapshot
    this.#checkOpen()
    // The note goes in again behind the snapshot: it is still there when that is and the journal is not erased yet.
    await this.#takeSnapshot(names)
    try {
      await this.journal.exclusively((session) => this.#erase(session, names))
    } catch (cause) {
      throw storageFailed('erasing a contact', cause)
    }
  }

  /** Ends it: what waits is written first, where the storage takes it. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.subscriptions.stopAll()
    this.#closed = true
    this.journal.close(storageClosed())
    try {
      await this.#snapshot
      await this.journal.until(this.journal.position)
    } finally {
      await this.#session.close().catch((cause: unknown) => {
        throw storageFailed('closing', cause)
      })
    }
  }

  #checkOpen(): void {
    if (this.#closed) throw storageClosed()
    this.journal.check()
  }

  #report(error: CoterieError): void {
    this.#core?.report(error)
  }

  #becameDurable(records: readonly Pending[]): void {
    const from = (records[0]?.position ?? 1) - 1
    const to = records.at(-1)?.position ?? from
    const entries: DurableEntry[] = []
    for (const { position, record, text } of records) {
      this.#charactersSince += text
      if (record.kind === 'entry' && record.entry.transitions.length > 0) entries.push({ position, record })
    }
    this.subscriptions.offer(entries, from, to)
    if (this.#isSnapshotDue()) {
      this.#takeSnapshot().catch((error: unknown) => {
        this.#report(error as CoterieError)
      })
    }
  }

  #isSnapshotDue(): boolean {
    if (this.#snapshot !== undefined || this.#closed || this.#charactersSince === 0) return false
    const { characters, every } = this.#options
    return (
      this.#charactersSince >= Math.max(characters, this.#snapshotBytes) || this.#state.now - this.#snapshotAt >= every
    )
  }

  /** Its first part, up to the first `await`, sees one moment of the engine. */
  #takeSnapshot(forgetting?: readonly ContactName[]): Promise<void> {
    const position = this.journal.position
    const now = this.#state.now
    if (this.#isSettled) this.#world = worldOf(this.#state)
    const beside = { world: this.#world, cursors: this.subscriptions.cursors(), marks: this.#marks }
    const chunks = saveState(this.#state, beside)
    if (forgetting !== undefined) this.journal.add({ kind: 'forget', names: forgetting })
    this.#charactersSince = 0
    this.#snapshotAt = now
    const work = this.#putSnapshot(position, now, chunks)
      .catch((cause: unknown) => {
        throw storageFailed('the snapshot', cause)
      })
      .finally(() => {
        this.#snapshot = undefined
      })
    this.#snapshot = work.catch(() => undefined)
    return work
  }

  async #putSnapshot(position: number, now: number, chunks: Iterable<Uint8Array>): Promise<void> {
    await this.journal.until(this.journal.position)
    let bytes = 0
    const counted = async function* (): AsyncIterable<Uint8Array> {
      for (const chunk of chunks) {
        bytes += chunk.length
        // Others have their turn between two chunks.
        yield await Promise.resolve(chunk)
      }
    }
    await this.#session.replaceSnapshot({ position, chunks: counted() })
    this.#snapshotPosition = position
    this.#snapshotBytes = bytes
    this.#marks.push({ position, now })
    const upTo = Math.min(position, this.subscriptions.neededFrom, this.#keptFrom(now))
    if (upTo > 0) await this.journal.exclusively((session) => session.drop(upTo))
  }

  /** The last position that the past which is kept can do without. */
  #keptFrom(now: number): number {
    const old = this.#marks.filter((mark) => mark.now <= now - this.#options.keep)
    this.#marks.splice(0, Math.max(0, old.length - 1))
    return old.at(-1)?.position ?? 0
  }

  async #read(
    after: number,
    most: number,
  ): Promise<{ readonly entries: readonly DurableEntry[]; readonly to: number }> {
    const entries: DurableEntry[] = []
    const end = this.journal.durablePosition
    for await (const { position, data } of this.records(after)) {
      const record = decodeRecord(data, position)
      if (record.kind === 'entry' && (record.entry.transitions.length > 0 || record.erased !== undefined))
        entries.push({ position, record })
      if (entries.length >= most) return { entries, to: position }
    }
    return { entries, to: end }
  }

  async #erase(session: StorageSession, names: readonly ContactName[]): Promise<void> {
    const isNamed = namedAs(names)
    const rewritten: StoredRecord[] = []
    for await (const some of session.records(0)) {
      for (const { position, data } of some) {
        const record = decodeRecord(data, position)
        if (record.kind === 'forget' && record.names.length > 0 && record.names.every(isNamed)) {
          rewritten.push({ position, data: encodeRecord({ kind: 'forget', names: [] }) })
        } else if (record.kind === 'entry' && position <= this.#snapshotPosition) {
          const erased = eraseContact(record, isNamed)
          if (erased !== record) rewritten.push({ position, data: encodeRecord(erased) })
        }
      }
    }
    if (rewritten.length > 0) await session.rewrite(rewritten)
  }
}
