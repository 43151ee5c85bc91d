import type { ContactName } from '../changes/change.js'
import type { Transition } from '../changes/transition.js'
import type { Schema } from '../contacts/schema.js'
import { checkFunction, checkOneOf, checkWhole, optionInvalid, plainOptions, readable } from '../engine/arguments.js'
import { automationOff } from '../engine/apply-change.js'
import { Core } from '../engine/core.js'
import { Engine } from '../engine/engine.js'
import { plainFilter } from '../engine/listen.js'
import { findContact } from '../engine/names.js'
import { instantOf, readOptions } from '../engine/options.js'
import { arm } from '../engine/replay.js'
import { segmentId } from '../engine/segment-name.js'
import { EngineState } from '../engine/state.js'
import { wantsTransition } from '../delivery/listeners.js'
import { Keeper } from './keeper.js'
import { restore, type Beside } from './restore.js'
import { fitToSchema } from './schema-change.js'
import { settleDifferences } from './settle-differences.js'
import type { StorageSession } from './storage-adapter.js'
import { partOptions, type OpenOptions, type ReadStorageOptions } from './storage-options.js'
import { storageFailed } from './storage-error.js'
import type { StorageStatus, Stored, StoredEngine, SubscribeOptions, Subscription } from './stored-engine.js'
import { membersAt, transitionsBetween } from './time-travel.js'
import { answersAsBefore, sameSchema, worldOf } from './world.js'

/**
 * Opens an engine that is kept in a storage: it comes back exactly as it was. Reads stay synchronous, a change applies at once
 * in memory, and its receipt's `durable` resolves when it is kept. The clock goes on from where it stood; `now` only begins that
 * of a new storage.
 *
 * @throws CoterieError `STORAGE_LOCKED` where another engine writes to it, `STORAGE_DAMAGED`, `STORAGE_NEWER`, `STORAGE_FAILED`,
 *   `SCHEMA_CHANGED` where what is kept does not fit the schema, and what `createEngine` throws.
 */
export async function openEngine<const S extends Schema = Schema>(options: OpenOptions<S>): Promise<StoredEngine<S>> {
  const read = readable('OPTION_INVALID', 'The options cannot be read', () => {
    const { engine, storage } = partOptions(plainOptions('options', options))
    return { engine: readOptions(engine), storage }
  })
  const session = await open(read.storage)
  try {
    const state = new EngineState(read.engine.settings, read.engine.now)
    const beside = await restore(session, state)
    state.isReplaying = false
    if (state.lacksAutomation) throw automationOff('a storage with automations')
    const migrated = changesSchema(state, beside) && fitToSchema(state, read.storage.migrate)
    // Under the new schema from here on, and not settled yet.
    if (migrated) beside.world = { ...worldOf(state), meaning: 0 }
    arm(state)
    const keeper = new Keeper(session, state, beside, read.storage)
    const core = new Core(state, { ...read.engine.core, recorder: keeper.journal })
    keeper.attach(core)
    core.resume()
    const stored = new StoredParts(core, keeper, session, read.storage)
    const isSettled = beside.world === undefined || answersAsBefore(worldOf(state), beside.world)
    const engine = Object.assign(new Engine<S>(core), stored.face(stored.settle(isSettled)))
    if (migrated) await keeper.takeSnapshot()
    if (beside.forgetting.length > 0) await keeper.forget(beside.forgetting)
    return engine
  } catch (error) {
    await session.close().catch(() => undefined)
    throw storageFailed('opening', error)
  }
}

function changesSchema({ settings }: EngineState, { world }: Beside): boolean {
  return world !== undefined && !sameSchema(world.schema, settings.schema)
}

async function open({ storage, takeOver }: ReadStorageOptions): Promise<StorageSession> {
  try {
    return await storage.open({ role: 'writer', takeOver })
  } catch (cause) {
    throw storageFailed(`opening ${storage.name}`, cause)
  }
}

/** What an engine can do besides, made of its parts. */
class StoredParts {
  readonly #core: Core
  readonly #keeper: Keeper
  readonly #session: StorageSession
  readonly #options: ReadStorageOptions

  constructor(core: Core, keeper: Keeper, session: StorageSession, options: ReadStorageOptions) {
    this.#core = core
    this.#keeper = keeper
    this.#session = session
    this.#options = options
  }

  face(settled: Promise<boolean>): Stored {
    const { state } = this.#core
    const keeper = this.#keeper
    const instant = (at: Parameters<typeof instantOf>[0]): number => instantOf(at, state.settings.timeZone)
    return {
      subscribe: (name: string, ...rest: readonly unknown[]) => this.#subscribe(name, rest),
      unsubscribe: (name) => {
        keeper.subscriptions.remove(name)
      },
      forget: (contact) => this.#forget(contact),
      resume: async () => {
        await keeper.journal.resume()
        this.#core.settled()
      },
      snapshot: () => keeper.takeSnapshot(),
      membersAt: (segment, at) => membersAt(keeper, state, segmentId(segment), instant(at)),
      transitionsBetween: (from, to, { segment, contact } = {}) =>
        transitionsBetween(keeper, {
          from: instant(from),
          to: instant(to),
          ...(segment === undefined ? undefined : { segment: segmentId(segment) }),
          ...(contact === undefined ? undefined : { contact }),
        }),
      storageStatus: () => this.#status(),
      settled,
      close: () => keeper.close(),
    }
  }

  /** Brings memberships into line where rules may say something else now; in slices, in the background. */
  async settle(isSettled: boolean): Promise<boolean> {
    const keeper = this.#keeper
    const goesOn = (): boolean => keeper.journal.accepts
    const pause = (): Promise<void> => new Promise((resolve) => this.#options.timers.setTimeout(resolve, 0))
    if (!isSettled) {
      // Those who are to hear of it can begin to listen first.
      await pause()
      if (!(await settleDifferences(this.#core, goesOn, pause))) return false
    }
    keeper.settled()
    return true
  }

  async #forget(contact: ContactName): Promise<void> {
    const { state } = this.#core
    const { directory } = state.store
    const ordinal = findContact(state, contact)
    let names: readonly ContactName[] = [contact]
    if (ordinal !== undefined) {
      const { aliases, identities } = directory.namesOf(ordinal)
      names = [directory.idOf(ordinal), ...aliases, ...identities]
      this.#core.apply({ type: 'contact.remove', contact })
    }
    await this.#keeper.forget(names)
  }

  #subscribe(name: string, rest: readonly unknown[]): Subscription {
    const [options, hear] = rest.length === 1 ? [{}, rest[0]] : rest
    checkFunction(hear, 'The subscriber')
    if (typeof name !== 'string' || name === '') throw optionInvalid('name', name, 'a text that is not empty')
    const {
      from = 'now',
      restart = false,
      maxLag = 1_000_000,
      onLag = 'keep',
      ...filter
    } = plainOptions('options', options as SubscribeOptions)
    checkOneOf('from', from, ['now', 'oldest'])
    checkOneOf('onLag', onLag, ['keep', 'drop'])
    checkOneOf('restart', restart, [true, false])
    checkWhole('maxLag', maxLag, 1)
    const plain = plainFilter(this.#core.state, filter)
    const { subscriptions } = this.#keeper
    subscriptions.add(
      name,
      { from, restart, maxLag, drops: onLag === 'drop' },
      (transition) => wantsTransition({ event: 'transition', filter: plain }, transition),
      hear as (transition: Transition) => unknown,
    )
    return {
      name,
      get seq() {
        return subscriptions.cursorOf(name).seq
      },
      get lag() {
        return subscriptions.durableSeq - subscriptions.cursorOf(name).seq
      },
      stop: () => {
        subscriptions.stop(name)
      },
    }
  }

  #status(): StorageStatus {
    const { journal, subscriptions, snapshotPosition } = this.#keeper
    const { durableSeq } = subscriptions
    const subscribers = Object.entries(subscriptions.cursors()).map(([name, { seq, dropped = false }]) => {
      return [name, Object.freeze({ seq, lag: durableSeq - seq, dropped })] as const
    })
    return Object.freeze({
      durableRevision: journal.durableRevision,
      durableSeq,
      pending: journal.pending,
      ...(journal.stopped === undefined ? undefined : { stopped: journal.stopped }),
      position: journal.position,
      snapshotPosition,
      subscribers: Object.freeze(Object.fromEntries(subscribers)),
      notices: this.#session.notices,
    })
  }
}
