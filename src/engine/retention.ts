import { FIRST_INSTANT } from '../base/zone-offsets.js'
import { canFold } from './fold-history.js'
import type { EngineState } from './state.js'

/** An engine looks for what it can fold away when a part of the time for which it retains events, one in so many, has passed. */
const parts = 10

/**
 * When an engine folds old events away by itself. It looks each time that a tenth of the time has passed for which it retains
 * them, so that what a fold costs is spread over what happened since the last.
 */
export class Retention {
  readonly #retain: number
  #lookedAt: number

  /** `retain` in ms; the first look comes a tenth of it after `now`. */
  constructor(retain: number, now: number) {
    this.#retain = retain
    this.#lookedAt = now
  }

  /** The instant before which events are to be folded away now; undefined where it is not time, or there is nothing that can go. */
  due(state: EngineState): number | undefined {
    if (state.now - this.#lookedAt < this.#retain / parts) return undefined
    this.#lookedAt = state.now
    const before = Math.max(state.now - this.#retain, FIRST_INSTANT)
    return canFold(state, before) ? before : undefined
  }
}
