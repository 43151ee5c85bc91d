import { foldBlockers } from './live-needs.js'
import type { Counters, EngineState } from './state.js'

/** What an engine holds, and the work it has done since it was made. Work is counted, not timed. */
export interface Statistics extends Readonly<Counters> {
  readonly contacts: number
  readonly segments: number
  /** Different leaves of all live rules. */
  readonly leaves: number
  /** The events of all contacts, those of the future too. */
  readonly events: number
  /** How many events of these contacts were folded away. */
  readonly foldedEvents: number
  /** The ids of the segments whose rules look at single events of all time, so that those cannot be folded away. */
  readonly foldBlockedBy: readonly string[]
}

/** The counters, as they are now. */
export function statisticsOf(state: EngineState): Statistics {
  const { store, segments, leaves, counters } = state
  return Object.freeze({
    contacts: store.directory.count,
    segments: segments.size,
    leaves: leaves.size,
    events: store.history.eventCount,
    foldedEvents: store.folded.count,
    foldBlockedBy: Object.freeze(foldBlockers(state)),
    ...counters,
  })
}
