import type { CoterieError } from '../base/errors.js'
import type { ContactName } from '../changes/change.js'
import type { InstantInput } from '../changes/input.js'
import type { Transition } from '../changes/transition.js'
import type { Schema } from '../contacts/schema.js'
import type { Engine } from '../engine/engine.js'
import type { FilterFor } from '../engine/listen.js'
import type { SegmentName } from '../engine/segment-name.js'
import type { StorageNotice } from './storage-adapter.js'

/** How a durable subscription begins, what it hears, and how far behind it may be. */
export interface SubscribeOptions extends Omit<FilterFor<'transition'>, 'name'> {
  /** Where one begins that is new, or begins again: with what happens from now on, or with the oldest that is kept. Default `now`. */
  readonly from?: 'now' | 'oldest'
  /** Begins again instead of going on where it was; needed once it was let go. Default false. */
  readonly restart?: boolean
  /** How many transitions it may be behind before `error` hears of it. Default 1,000,000. */
  readonly maxLag?: number
  /** What happens then: the journal is kept for it, or it is let go, and told so when it comes back. Default `keep`. */
  readonly onLag?: 'keep' | 'drop'
}

/** Someone who hears what is durable. */
export interface Subscription {
  readonly name: string
  /** The sequence number of the last transition that was heard; 0 before the first. */
  readonly seq: number
  /** How many durable transitions there are that it has not heard, those too that it does not ask for. */
  readonly lag: number
  /** Stops to hear. Under the same name it goes on later where it was. */
  stop(): void
}

/** How an engine and its storage stand. */
export interface StorageStatus {
  /** The engine's revision up to which all is durable. */
  readonly durableRevision: number
  /** The sequence number of the last durable transition. */
  readonly durableSeq: number
  /** How many records wait to become durable. */
  readonly pending: number
  /** Why no changes are taken, while the storage fails. */
  readonly stopped?: CoterieError
  /** The position of the last record, and of the snapshot; 0 where there is none. */
  readonly position: number
  readonly snapshotPosition: number
  /** How far each subscriber has come, by name; those too who are not there at present. */
  readonly subscribers: Readonly<
    Record<string, { readonly seq: number; readonly lag: number; readonly dropped: boolean }>
  >
  /** What was put right when the storage was opened. */
  readonly notices: readonly StorageNotice[]
}

/** What an engine that is kept in a storage can do besides. */
export interface Stored {
  /**
   * Hears transitions once they are durable, in order, from where the subscriber of that name was: each at least once, and known
   * by its `seq` where it comes again. What `hear` returned for, or resolved, counts as heard; where it throws it hears the same
   * again. Throws `SUBSCRIPTION_DROPPED` where it fell too far behind, `OPTION_INVALID`.
   */
  subscribe(name: string, hear: (transition: Transition) => unknown): Subscription
  subscribe(name: string, options: SubscribeOptions, hear: (transition: Transition) => unknown): Subscription
  /** Forgets a subscriber, so that the journal is not kept for it any more. */
  unsubscribe(name: string): void
  /**
   * Removes a contact, and erases from journal and snapshots every entry about it; resolves once that is done. One that is gone
   * already is erased by the name given. Subscribers that had not heard of it yet are told by `SUBSCRIPTION_GAP`.
   */
  forget(contact: ContactName): Promise<void>
  /** After the storage failed: tries again. Resolves once all that waited is durable; rejects with `STORAGE_STOPPED`. */
  resume(): Promise<void>
  /** Takes a snapshot now; resolves once it is in place. */
  snapshot(): Promise<void>
  /** The ids of those who were members of a segment at an instant of the past. Rejects with `HISTORY_GONE`. */
  membersAt(segment: SegmentName, at: InstantInput): Promise<readonly string[]>
  /** The transitions from one instant up to another, in order. Throws `HISTORY_GONE`. */
  transitionsBetween(
    from: InstantInput,
    to: InstantInput,
    filter?: { readonly segment?: SegmentName; readonly contact?: string },
  ): AsyncIterableIterator<Transition>
  /** How it stands. */
  storageStatus(): StorageStatus
  /**
   * Resolves once memberships are as rules say now: at once, unless rules may mean something else than when they were decided.
   * With false where it was broken off, by a failure or by closing.
   */
  readonly settled: Promise<boolean>
  /** Writes what waits, and lets go of the storage. The engine answers on, and takes no changes. */
  close(): Promise<void>
}

/** An engine that is kept in a storage. */
export type StoredEngine<S extends Schema = Schema> = Engine<S> & Stored
