import { replay } from '../engine/replay.js'
import type { EngineState } from '../engine/state.js'
import type { Effects } from '../engine/transaction.js'
import { decodeRecord } from './record-codec.js'
import type { Cursor, ForgetRecord, JournalRecord, Mark } from './record.js'
import { loadState } from './snapshot/load-state.js'
import type { StorageSession, StoredRecord } from './storage-adapter.js'
import { storageBehind, storageDamaged } from './storage-error.js'
import type { World } from './world.js'

/** What stands in a storage beside the state of an engine. */
export interface Beside {
  /** The position of the last record that was taken in. */
  position: number
  /** That of the snapshot; 0 where there is none. */
  snapshotPosition: number
  /** What rules meant when memberships were decided; undefined in a new storage. */
  world: World | undefined
  readonly cursors: Map<string, Cursor>
  /** Where the clock stood at snapshots since the journal begins. */
  marks: readonly Mark[]
  /** Contacts that were to be forgotten, and may still be named in the journal. */
  forgetting: ForgetRecord['names']
}

/**
 * Brings the state of a new engine to where the storage stands: the snapshot, and then record by record. It is left
 * `isReplaying`, so that it can follow further records.
 *
 * @throws CoterieError `STORAGE_DAMAGED`, `STORAGE_NEWER`.
 */
export async function restore(session: StorageSession, state: EngineState): Promise<Beside> {
  state.isReplaying = true
  const beside: Beside = {
    position: 0,
    snapshotPosition: 0,
    world: undefined,
    cursors: new Map<string, Cursor>(),
    marks: [],
    forgetting: [],
  }
  const snapshot = await session.snapshot()
  if (snapshot !== undefined) {
    const { world, cursors, marks } = await loadState(state, snapshot)
    beside.position = beside.snapshotPosition = snapshot.position
    beside.world = world
    beside.marks = marks
    for (const [name, cursor] of Object.entries(cursors)) beside.cursors.set(name, cursor)
  }
  for await (const records of session.records(beside.position)) {
    for (const record of records) takeRecord(state, beside, record)
  }
  return beside
}

/** Takes the next record in; returns what it did, where it moved the engine on. */
export function takeRecord(state: EngineState, beside: Beside, { position, data }: StoredRecord): Effects | undefined {
  if (position !== beside.position + 1) {
    throw storageDamaged('the journal', `record ${String(position)}`, `record ${String(beside.position + 1)}`, position)
  }
  const effects = take(state, beside, decodeRecord(data, position))
  beside.position = position
  return effects
}

function take(state: EngineState, beside: Beside, record: JournalRecord): Effects | undefined {
  switch (record.kind) {
    case 'entry':
      // Erased entries stand before a snapshot; who meets one was left behind by it.
      if (record.erased !== undefined) throw storageBehind(beside.position)
      return replay(state, record.entry)
    case 'clock':
      state.automation?.forgetCalls()
      state.now = record.now
      return undefined
    case 'cursors':
      for (const [name, cursor] of Object.entries(record.cursors)) {
        if (cursor === null) beside.cursors.delete(name)
        else beside.cursors.set(name, cursor)
      }
      return undefined
    case 'world':
      beside.world = record.world
      return undefined
    case 'lost':
      state.seq = Math.max(state.seq, record.seq)
      state.revision = Math.max(state.revision, record.revision)
      return undefined
    case 'forget':
      beside.forgetting = [...beside.forgetting, ...record.names]
      return undefined
  }
}
