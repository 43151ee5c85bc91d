import { durationOf, type DurationInput } from '../base/duration.js'
import type { CoterieError } from '../base/errors.js'
import type { Schema } from '../contacts/schema.js'
import { checkFunction, checkedObject, optionInvalid, plainOptions, readable } from '../engine/arguments.js'
import { Core } from '../engine/core.js'
import { Engine } from '../engine/engine.js'
import { readOptions, type EngineOptions } from '../engine/options.js'
import type { Recorder } from '../engine/recorder.js'
import { longestDelay, type Timers } from '../engine/run.js'
import { EngineState } from '../engine/state.js'
import { restore, takeRecord, type Beside } from './restore.js'
import type { StorageAdapter, StorageSession } from './storage-adapter.js'
import { storageBehind, storageClosed, storageFailed, storageReadOnly } from './storage-error.js'

/*
 * An engine that follows another one's storage, from another process for instance: it reads what was appended and does it again,
 * as restoring does, and tells its listeners. It decides nothing and changes nothing, so its clock is the writer's, and it needs
 * no schema, no timers for what is due and no leaves.
 */

/** How a replica follows. */
export interface ReplicaOptions<S extends Schema = Schema> {
  /** Where the other engine is kept. */
  readonly storage: StorageAdapter
  /** The IANA zone of questions. Default `UTC`. */
  readonly timeZone?: string
  /** What contacts hold, for questions with rules. Default anything. */
  readonly schema?: S
  /** How often it looks for more by itself; with `never` only when `follow` is called. Default `1s`. */
  readonly every?: DurationInput | 'never'
  /** The timers of the host, where they are not the global ones. */
  readonly timers?: Timers
}

/** What a replica can do besides answering. */
export interface Following {
  /**
   * Takes in what was appended since; returns how many records that were. Rejects with `STORAGE_BEHIND` where the journal was
   * dropped beyond it, and with what the storage throws; then it stays where it is.
   */
  follow(): Promise<number>
  /** Ends it. It answers on with what it has. */
  close(): Promise<void>
}

/** An engine that only reads. */
export type Replica<S extends Schema = Schema> = Engine<S> & Following

/**
 * Opens a replica: an engine that answers, and hears, as the one that writes to the storage does, some time behind it. A change is
 * refused with `STORAGE_READ_ONLY`. Time moves it only as it moved the other one, so it has nothing due of its own.
 *
 * @throws CoterieError `OPTION_INVALID`, `STORAGE_DAMAGED`, `STORAGE_NEWER`, `STORAGE_FAILED`.
 */
export async function openReplica<const S extends Schema = Schema>(options: ReplicaOptions<S>): Promise<Replica<S>> {
  const {
    storage,
    every = '1s',
    timers = globalThis as unknown as Timers,
    schema,
    timeZone,
  } = plainOptions('options', options)
  checkFunction((checkedObject('storage', storage) as { readonly open?: unknown }).open, 'storage.open')
  const wait = every === 'never' ? undefined : waitOf(every)
  const engineOptions: EngineOptions = {
    now: 0,
    ...(schema === undefined ? undefined : { schema }),
    ...(timeZone === undefined ? undefined : { timeZone }),
  }
  const read = readable('OPTION_INVALID', 'The options cannot be read', () => readOptions(engineOptions))
  const state = new EngineState(read.settings, read.now)
  const session = await open(storage)
  try {
    const beside = await restoreOnce(session, state)
    const core = new Core(state, { ...read.core, recorder: readOnly })
    const follower = new Follower(core, session, beside)
    if (wait !== undefined) follower.keepFollowing(wait, timers)
    return Object.assign(new Engine<S>(core), {
      follow: () => follower.follow(),
      close: () => follower.close(),
    })
  } catch (error) {
    await session.close().catch(() => undefined)
    throw storageFailed('opening', error)
  }
}

async function open(storage: StorageAdapter): Promise<StorageSession> {
  try {
    return await storage.open({ role: 'reader', takeOver: false })
  } catch (cause) {
    throw storageFailed(`opening ${storage.name}`, cause)
  }
}

async function restoreOnce(session: StorageSession, state: EngineState): Promise<Beside> {
  const beside = await restore(session, state)
  state.isReplaying = false
  return beside
}

/** Takes no changes, and nothing down. */
const readOnly: Recorder = {
  accepts: false,
  check() {
    throw storageReadOnly()
  },
  record() {
    throw storageReadOnly()
  },
  moved() {
    throw storageReadOnly()
  },
  durability: (revision) => () => Promise.resolve(revision),
}

/** Follows a journal. */
class Follower {
  readonly #core: Core
  readonly #session: StorageSession
  readonly #beside: Beside
  #turn: Promise<unknown> = Promise.resolve()
  #stop: (() => void) | undefined
  #closed = false

  constructor(core: Core, session: StorageSession, beside: Beside) {
    this.#core = core
    this.#session = session
    this.#beside = beside
  }

  /** One at a time: a second call waits for the first, and looks again. */
  follow(): Promise<number> {
    const turn = this.#turn.then(() => this.#follow())
    this.#turn = turn.catch(() => undefined)
    return turn
  }

  /** Looks again and again, until it is closed or cannot go on. */
  keepFollowing(wait: number, timers: Timers): void {
    let timer: unknown
    const look = (): void => {
      this.follow().then(
        () => {
          if (!this.#closed) timer = timers.setTimeout(look, wait)
        },
        (error: unknown) => {
          this.#core.report(error as CoterieError)
          const goesOn = (error as CoterieError).code === 'STORAGE_FAILED' && !this.#closed
          if (goesOn) timer = timers.setTimeout(look, wait)
        },
      )
    }
    timer = timers.setTimeout(look, wait)
    this.#stop = () => {
      timers.clearTimeout(timer)
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    this.#stop?.()
    await this.#turn
    await this.#session.close()
  }

  async #follow(): Promise<number> {
    if (this.#closed) throw storageClosed()
    const before = this.#beside.position
    try {
      for await (const records of this.#session.records(before)) {
        for (const record of records) {
          if (record.position > this.#beside.position + 1) throw storageBehind(this.#beside.position)
          this.#take(record)
        }
      }
      if (this.#beside.position === before && (await this.#session.last()) > before) await this.#checkBehind()
    } catch (cause) {
      throw storageFailed('following', cause)
    }
    return this.#beside.position - before
  }

  /** Where nothing is there to read and the end is further on, either all of it was dropped or it comes any moment. */
  async #checkBehind(): Promise<void> {
    const snapshot = await this.#session.snapshot()
    if (snapshot !== undefined && snapshot.position > this.#beside.position) throw storageBehind(this.#beside.position)
  }

  #take(record: Parameters<typeof takeRecord>[2]): void {
    const { state } = this.#core
    state.isReplaying = true
    try {
      const effects = takeRecord(state, this.#beside, record)
      state.isReplaying = false
      if (effects !== undefined) this.#core.tell(effects)
    } finally {
      state.isReplaying = false
    }
  }
}

function waitOf(every: DurationInput): number {
  const duration = durationOf(every)
  if (duration.kind === 'exact' && duration.ms > 0) return Math.min(duration.ms, longestDelay)
  throw optionInvalid('every', every, "an exact duration such as '1s', or never")
}
