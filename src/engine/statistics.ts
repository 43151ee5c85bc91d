import type { Counters, EngineState } from './state.js'

/** What an engine holds, and the work it has done since it was made. Work is counted, not timed. */
export interface Statistics extends Readonly<Counters> {
  readonly contacts: number
  readonly segments: number
  /** Different leaves of all live rules. */
  readonly leaves: number
}

/** The counters, as they are now. */
export function statisticsOf({ store, segments, leaves, counters }: EngineState): Statistics {
  return Object.freeze({ contacts: store.directory.count, segments: segments.size, leaves: leaves.size, ...counters })
}
