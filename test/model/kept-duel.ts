import { memoryStorage, type StorageAdapter, type StoredEngine } from 'coterie'
import { expect } from 'vitest'
import type { Timers } from '../../src/engine/run.js'
import { fileStorageIn } from '../../src/storage/file/file-storage.js'
import type { SavedModel } from '../../src/testing/naive/naive-model.js'
import type { ListenerScript } from '../arbitraries/listeners.js'
import type { ScriptStep } from '../arbitraries/scripts.js'
import type { Stage } from '../arbitraries/stages.js'
import { gridStep } from '../arbitraries/instants.js'
import { fullSchema } from '../arbitraries/schemas.js'
import { randomFrom, SimulatedDisk } from '../durable/simulated-disk.js'
import { openIn } from '../durable/stored.js'
import { Duel } from './duel.js'

/** One thing that a host does to an engine that is kept. */
export type KeptStep =
  | ScriptStep
  | { readonly do: 'snapshot' }
  /** Gives the storage so many turns. */
  | { readonly do: 'wait'; readonly turns: number }
  /** Closes it, and opens it again. */
  | { readonly do: 'reopen' }
  /** Kills it where it stands, and opens it again with what the storage has. */
  | { readonly do: 'kill'; readonly seed: number }

/** Where an engine is kept, and what becomes of that when its process is killed. */
export interface Place {
  adapter(): StorageAdapter
  kill(seed: number): void
}

/** A memory storage that outlives engines; a killed engine reaches it no more. */
export function memoryPlace(): Place {
  const kept = memoryStorage()
  let alive = { yes: true }
  return {
    adapter: () => whileAlive(kept, alive),
    kill: () => {
      alive.yes = false
      alive = { yes: true }
    },
  }
}

/** Files on a disk that keeps for certain what was synced, and of the rest any part. */
export function filePlace(): Place {
  let disk = new SimulatedDisk()
  return {
    adapter: () => fileStorageIn(disk, 'a simulated disk', { fileBytes: 1_500 }),
    kill: (seed) => {
      disk.cutAt = disk.count
      disk = disk.afterCut(randomFrom(seed))
    },
  }
}

function whileAlive(storage: StorageAdapter, life: { readonly yes: boolean }): StorageAdapter {
  return {
    ...storage,
    open: async (opening) =>
      new Proxy(await storage.open(opening), {
        get: (session, name) => {
          const value: unknown = Reflect.get(session, name, session)
          if (typeof value !== 'function') return value
          return (...given: readonly unknown[]): unknown =>
            life.yes ? (value.apply(session, given) as unknown) : Promise.reject(new Error('killed'))
        },
      }),
  }
}

/** Timers that never fire: nothing waits for time. */
const stillTimers: Timers = { setTimeout: () => undefined, clearTimeout: () => undefined }

const cascadeLimit = 10

interface Saved {
  readonly revision: number
  readonly model: SavedModel
}

/** A kept engine and the naive model side by side, through closing, killing and opening again. */
export class KeptDuel {
  readonly #stage: Stage
  readonly #place: Place
  readonly #duel: Duel
  #engine: StoredEngine
  /** What the model knew after each step since it was last opened, by the revision of the engine. */
  #saved: Saved[] = []

  private constructor(stage: Stage, place: Place, engine: StoredEngine, listeners: readonly ListenerScript[]) {
    const options = { schema: fullSchema.schema, now: stage.around - 2 * gridStep, timeZone: stage.timeZone }
    this.#stage = stage
    this.#place = place
    this.#engine = engine
    this.#duel = new Duel({ ...options, cascadeLimit, listeners }, engine)
    this.#save()
  }

  static async begin(stage: Stage, place: Place, listeners: readonly ListenerScript[]): Promise<KeptDuel> {
    return new KeptDuel(stage, place, await openAt(stage, place), listeners)
  }

  async step(step: KeptStep): Promise<void> {
    switch (step.do) {
      case 'snapshot':
        await this.#engine.snapshot()
        return
      case 'wait':
        for (let turn = 0; turn < step.turns; turn += 1) await Promise.resolve()
        return
      case 'reopen':
        await this.#engine.close()
        await this.#goOn(this.#engine.revision)
        return
      case 'kill': {
        const { durableRevision } = this.#engine.storageStatus()
        this.#place.kill(step.seed)
        await this.#goOn(durableRevision)
        return
      }
      default:
        this.#duel.step(step)
        this.#save()
    }
  }

  async end(): Promise<void> {
    await this.#engine.close()
  }

  /** Opens it again: it is as it was after some step, and none that was durable by a revision is missing. */
  async #goOn(atLeast: number): Promise<void> {
    this.#engine = await openAt(this.#stage, this.#place)
    const { revision, now } = this.#engine
    const saved = this.#saved.findLast((one) => one.revision === revision && one.model.state.now === now)
    if (saved === undefined || revision < atLeast)
      expect.fail(`came back at revision ${revision}, ${now}; ${atLeast} was durable`)
    this.#saved = [saved]
    this.#duel.model.restore(saved.model)
    this.#duel.goOnWith(this.#engine)
  }

  #save(): void {
    this.#saved.push({ revision: this.#engine.revision, model: this.#duel.model.save() })
  }
}

function openAt(stage: Stage, place: Place): Promise<StoredEngine> {
  return openIn(stage, place.adapter(), {
    cascadeLimit,
    takeOver: true,
    timers: stillTimers,
    snapshots: { characters: 4_000 },
    keep: '1ms',
  })
}
