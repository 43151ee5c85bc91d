import type { Applied } from '../engine/recorder.js'
import type { World } from './world.js'

/*
 * What a journal holds. Most records are entries, which move the state on; the others are about what stands beside it.
 */

/** How far a subscriber has come. */
export interface Cursor {
  /** The sequence number of the last transition that it acknowledged; 0 before the first. */
  readonly seq: number
  /** The position of a record behind which the next one is to be found. */
  readonly position: number
  /** How many transitions it may be behind before it is let go; left out where it is never. */
  readonly dropsAfter?: number
  /** Set where it fell too far behind and transitions that it has not heard may be gone. */
  readonly dropped?: true
}

/** Where the clock stood at a record. */
export interface Mark {
  readonly position: number
  /** In ms. */
  readonly now: number
}

/** What one change, batch or due instant did. Applied as it stands when restoring: nothing is derived from it anew. */
export interface EntryRecord {
  readonly kind: 'entry'
  readonly entry: Applied
  /**
   * Set where something of it was erased, since a contact was forgotten: the sequence numbers of its transitions that were. It
   * tells of the past, and cannot be done again.
   */
  readonly erased?: readonly number[]
}

/** The clock was moved, and nothing fell due. */
export interface ClockRecord {
  readonly kind: 'clock'
  readonly now: number
}

/** Subscribers acknowledged; `null` for one that is gone. */
export interface CursorsRecord {
  readonly kind: 'cursors'
  readonly cursors: Readonly<Record<string, Cursor | null>>
}

/** An engine was opened under another schema, another version or other zone data than the one before. */
export interface WorldRecord {
  readonly kind: 'world'
  readonly world: World
}

/** A contact is being forgotten: entries up to here that name it are to be erased. An empty list when that is done. */
export interface ForgetRecord {
  readonly kind: 'forget'
  readonly names: readonly (string | { readonly channel: string; readonly id: string })[]
}

/** What followed was lost to damage, and left off; the numbers that it had given are not given again. */
export interface LostRecord {
  readonly kind: 'lost'
  readonly seq: number
  readonly revision: number
}

/** One record of a journal. */
export type JournalRecord = EntryRecord | ClockRecord | CursorsRecord | WorldRecord | ForgetRecord | LostRecord
