import { durationOf, type DurationInput } from '../base/duration.js'
import { nearestName } from '../base/nearest.js'
import type { Schema } from '../contacts/schema.js'
import { checkedObject, checkFunction, checkWhole, optionInvalid } from '../engine/arguments.js'
import type { EngineOptions } from '../engine/options.js'
import { longestDelay, type Timers } from '../engine/run.js'
import { memoryStorage } from './memory-storage.js'
import type { Migration } from './migration.js'
import type { StorageAdapter } from './storage-adapter.js'

/** When a snapshot is taken by itself. */
export interface SnapshotPolicy {
  /** After so many characters of journal. Default 16,000,000, and at least as many as the snapshot has bytes. */
  readonly characters?: number
  /** After so long by the engine's clock, where anything happened. Default never. */
  readonly every?: DurationInput
}

/** How what an engine does is kept. */
export interface StorageOptions {
  /** Where it is kept. Default `memoryStorage()`. */
  readonly storage?: StorageAdapter
  /** Whether another writer is put out that the storage still takes to be there. Default false. */
  readonly takeOver?: boolean
  /** What becomes of data and rules that another schema leaves no place for. Default: the opening is refused. */
  readonly migrate?: Migration
  /** When snapshots are taken. */
  readonly snapshots?: SnapshotPolicy
  /** For how long the journal is kept for questions about the past, by the engine's clock; `all` for ever. Default `30d`. */
  readonly keep?: DurationInput | 'all'
  /** How long the storage may take for one append, while the host has turns to give, before it counts as failed. Default `30s`. */
  readonly timeout?: DurationInput
  /** How long a subscriber that threw is left alone before it hears the same transition again. Default `1s`. */
  readonly retryAfter?: DurationInput
  /** The timers of the host, where they are not the global ones. */
  readonly timers?: Timers
}

/** All options of {@link openEngine}. */
export interface OpenOptions<S extends Schema = Schema> extends EngineOptions<S>, StorageOptions {}

/** The options that are the storage's, checked; times in ms. */
export interface ReadStorageOptions {
  readonly storage: StorageAdapter
  readonly takeOver: boolean
  readonly migrate: Migration
  readonly characters: number
  readonly every: number
  readonly keep: number
  readonly timeout: number
  readonly retryAfter: number
  readonly timers: Timers
}

/**
 * Parts the options of an engine from those of its storage, and checks the latter.
 *
 * @throws CoterieError `OPTION_INVALID`, `DURATION_INVALID`.
 */
export function partOptions<S extends Schema>(
  given: OpenOptions<S>,
): { readonly engine: EngineOptions<S>; readonly storage: ReadStorageOptions } {
  const {
    storage,
    takeOver = false,
    migrate = {},
    snapshots = {},
    keep = '30d',
    timeout,
    retryAfter,
    timers,
    ...engine
  } = given
  for (const name of Object.keys(checkedObject('snapshots', snapshots))) {
    if (name !== 'characters' && name !== 'every')
      throw optionInvalid(`snapshots.${name}`, name, nearestName(name, ['characters', 'every']) ?? 'characters, every')
  }
  const { characters = 16_000_000, every } = snapshots
  checkWhole('snapshots.characters', characters, 1)
  if (typeof takeOver !== 'boolean') throw optionInvalid('takeOver', takeOver, 'true or false')
  return {
    engine,
    storage: {
      storage: checkedAdapter(storage),
      takeOver,
      migrate: checkedMigration(migrate),
      characters,
      every: every === undefined ? Infinity : exact('snapshots.every', every),
      keep: keep === 'all' ? Infinity : exact('keep', keep),
      timeout: exact('timeout', timeout ?? '30s'),
      retryAfter: Math.min(exact('retryAfter', retryAfter ?? '1s'), longestDelay),
      timers: timers === undefined ? (globalThis as unknown as Timers) : checkedTimers(timers),
    },
  }
}

function checkedAdapter(storage: StorageAdapter | undefined): StorageAdapter {
  if (storage === undefined) return memoryStorage()
  checkFunction((checkedObject('storage', storage) as { readonly open?: unknown }).open, 'storage.open')
  return storage
}

function checkedMigration(migrate: Migration): Migration {
  const parts = ['attribute', 'event', 'record', 'rule']
  for (const [name, part] of Object.entries(checkedObject('migrate', migrate))) {
    if (!parts.includes(name))
      throw optionInvalid(`migrate.${name}`, name, nearestName(name, parts) ?? parts.join(', '))
    checkFunction(part, `migrate.${name}`)
  }
  return migrate
}

function checkedTimers(timers: Timers): Timers {
  const given = checkedObject('timers', timers) as unknown as Readonly<Record<string, unknown>>
  for (const name of ['setTimeout', 'clearTimeout']) checkFunction(given[name], `timers.${name}`)
  return timers
}

function exact(name: string, given: DurationInput): number {
  const duration = durationOf(given)
  if (duration.kind === 'exact') return duration.ms
  throw optionInvalid(name, given, "an exact duration such as '30d'")
}
