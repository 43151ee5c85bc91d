import { timeZone } from '../base/time-zone.js'
import type { CauseKind } from '../changes/transition.js'

/** How many entered and left. */
export interface Flow {
  entered: number
  left: number
}

/** How many entered and left, by cause; those without any are left out. */
export type FlowByCause = Partial<Record<CauseKind, Flow>>

/** Counts who entered and left, by segment, local day and cause: what is left of moves when nobody needs to know whose. */
export class DailyCounts {
  /** From when on everything is counted, in ms. */
  readonly since: number
  readonly timeZone: string
  readonly #bySegment = new Map<string, Map<number, FlowByCause>>()

  constructor(since: number, zone: string) {
    this.since = since
    this.timeZone = zone
  }

  add(segmentId: string, at: number, type: 'enter' | 'exit', cause: CauseKind): void {
    let days = this.#bySegment.get(segmentId)
    if (days === undefined) this.#bySegment.set(segmentId, (days = new Map<number, FlowByCause>()))
    const day = timeZone(this.timeZone).dayOf(at)
    let flows = days.get(day)
    if (flows === undefined) days.set(day, (flows = {}))
    countIn(flows, cause, type, 1)
  }

  /** The days of a segment on which somebody moved, with the instant at which each begins. */
  *daysOf(segmentId: string): Iterable<readonly [at: number, flows: Readonly<FlowByCause>]> {
    const zone = timeZone(this.timeZone)
    for (const [day, flows] of this.#bySegment.get(segmentId) ?? []) yield [zone.startOfDay(day), flows]
  }
}

/** Counts somebody in a flow. */
export function countIn(flows: FlowByCause, cause: CauseKind, type: 'enter' | 'exit', times: number): void {
  const flow = (flows[cause] ??= { entered: 0, left: 0 })
  if (type === 'enter') flow.entered += times
  else flow.left += times
}
