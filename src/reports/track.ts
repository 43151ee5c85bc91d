import { durationOf, type DurationInput } from '../base/duration.js'
import { optionInvalid, plainOptions } from '../engine/arguments.js'
import { segmentId, type SegmentName } from '../engine/segment-name.js'
import type { AnyEngine } from '../population/any-engine.js'
import { DailyCounts } from './daily-counts.js'
import type { History, Move } from './history.js'

/** What is tracked. All may be left out. */
export interface TrackOptions {
  /** Which segments; ids may be tracked before their segments are defined. Default all. */
  readonly segments?: readonly SegmentName[]
  /**
   * For how long it is known who moved: an exact duration, or `all`. Older moves are only counted by day, which is all that
   * `growth` needs as long as it is not restricted. Default 90 days.
   */
  readonly keep?: DurationInput | 'all'
}

/** Writes down who enters and leaves from when it was started on; see {@link track}. */
export class Tracker implements History {
  readonly daily: DailyCounts
  readonly #engine: AnyEngine
  readonly #keep: number
  readonly #stop: () => void
  #moves: Move[] = []
  #first = 0
  #since: number

  /** @internal */
  constructor(engine: AnyEngine, segments: ReadonlySet<string> | undefined, keep: number) {
    this.#engine = engine
    this.#keep = keep
    this.#since = engine.now
    this.daily = new DailyCounts(engine.now, engine.timeZone)
    this.#stop = engine.on('transition', { name: 'tracker' }, (transition) => {
      if (segments === undefined || segments.has(transition.segmentId)) this.#note(transition)
    })
  }

  /** Since when it is known who moved, in ms; `daily.since` says since when it is counted. */
  get since(): number {
    this.#forget()
    return this.#since
  }

  /** The moves that are kept, in order. */
  get moves(): readonly Move[] {
    this.#forget()
    return this.#moves.slice(this.#first)
  }

  /** Ends the tracking. What was written down stays. */
  stop(): void {
    this.#stop()
  }

  /** Only what reports read is kept: a cause holds the whole change. */
  #note({ type, segmentId: id, contactId, at, cause: { kind }, duration }: Move): void {
    this.daily.add(id, at, type, kind)
    const move: Move = { type, segmentId: id, contactId, at, cause: { kind } }
    this.#moves.push(duration === undefined ? move : { ...move, duration })
    // Looked at now and then, so that what is kept stays within twice of what is asked for.
    if (this.#moves.length - this.#first > 64 && (this.#moves.length & 63) === 0) this.#forget()
  }

  #forget(): void {
    const from = this.#engine.now - this.#keep
    if (from <= this.#since) return
    this.#since = from
    while ((this.#moves[this.#first]?.at ?? Infinity) < from) this.#first += 1
    if (2 * this.#first < this.#moves.length) return
    this.#moves = this.#moves.slice(this.#first)
    this.#first = 0
  }
}

/**
 * Begins to write down who enters and leaves, for reports over time. It counts from now on, and says so: `since`.
 *
 * @throws CoterieError `OPTION_INVALID` or `DURATION_INVALID`.
 */
export function track(engine: AnyEngine, options: TrackOptions = {}): Tracker {
  const { segments, keep = '90d' } = plainOptions('options', options)
  if (segments !== undefined && !Array.isArray(segments))
    throw optionInvalid('segments', segments, 'a list of segments')
  return new Tracker(engine, segments && new Set(segments.map(segmentId)), keptFor(keep))
}

function keptFor(keep: DurationInput | 'all'): number {
  if (keep === 'all') return Infinity
  const duration = durationOf(keep)
  if (duration.kind === 'exact') return duration.ms
  throw optionInvalid('keep', keep, "an exact duration such as '90d', or all")
}
