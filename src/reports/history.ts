import { CoterieError } from '../base/errors.js'
import { formatInstant } from '../base/written-date.js'
import type { Transition } from '../changes/transition.js'
import type { DailyCounts } from './daily-counts.js'

/** The part of a transition that reports over time read: any transition is one. */
export type Move = Pick<Transition, 'type' | 'segmentId' | 'contactId' | 'at' | 'duration'> & {
  readonly cause: Pick<Transition['cause'], 'kind'>
}

/**
 * What has moved: transitions from an instant on, all of them and in order, up to the engine's now. A tracker is one, and
 * so are the transitions of a journal: `{ since, moves }`.
 */
export interface History {
  /** From when on all moves are there, in ms. */
  readonly since: number
  readonly moves: Iterable<Move>
  /** Counts by day, which may reach further back; a tracker has them. */
  readonly daily?: DailyCounts
}

/** Throws `OPTION_INVALID` where a history begins after an instant that is asked about. */
export function checkReaches(history: Pick<History, 'since'>, from: number): void {
  if (from >= history.since) return
  throw new CoterieError('OPTION_INVALID', 'The history does not reach back that far', {
    path: ['from'],
    received: formatInstant(from),
    expected: `an instant from ${formatInstant(history.since)} on`,
  })
}
