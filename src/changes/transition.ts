import type { Path } from '../base/errors.js'
import type { Holder } from '../contacts/tag.js'
import type { Change } from './change.js'

/** What moved a membership; `settle` where rules say something else than when a storage was written. */
export type CauseKind =
  'contact' | 'attribute' | 'tag' | 'record' | 'event' | 'member' | 'merge' | 'definition' | 'time' | 'settle'

/** Why a membership moved; frozen, and shared by the transitions of a change that have the same one. */
export interface Cause {
  /** The revision of the engine that the change or step made. */
  readonly revision: number
  readonly kind: CauseKind
  /** The change that did it; left out where time did. In a batch the last one that touched the contact or the segment. */
  readonly change?: Change
  /** The instant that fell due, in ms; only where time did it. */
  readonly dueAt?: number
  /** The place in the segment's rule of the node whose window moved; left out where a slot or membership ended. */
  readonly window?: Path
  /** When the event happened that was recorded or corrected, in ms. */
  readonly eventAt?: number
  /** True where it came after it happened: memberships move from now on, nothing is written into the past. */
  readonly late?: true
  /** The name of the listener that made the change, where one did. */
  readonly listener?: string
  /** The segment through whose own transition this one came, where the rule refers to it. */
  readonly through?: string
}

/** A contact entered or left a segment. */
export interface Transition {
  /** Rises by one with each transition of the engine, from 1. */
  readonly seq: number
  readonly type: 'enter' | 'exit'
  readonly segmentId: string
  readonly contactId: string
  /** When the engine knew, in ms; never falls as `seq` rises. */
  readonly at: number
  readonly cause: Cause
  /** Which visit of the contact to the segment this is, from 1; only where the segment keeps visits. */
  readonly visit?: number
  /** How long the visit lasted, in ms; only on an exit, where the segment keeps visits. */
  readonly duration?: number
}

/** A contact gained or lost a tag; another holder of a tag that is there is none. */
export interface TagEvent {
  readonly type: 'added' | 'removed'
  readonly tag: string
  readonly contactId: string
  readonly at: number
  /** Who put it on; on a removal, who had held it last. */
  readonly holder: Holder
  readonly cause: Cause
}
