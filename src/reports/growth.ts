import type { CalendarUnit } from '../base/calendar-period.js'
import type { InstantInput } from '../changes/input.js'
import type { CauseKind } from '../changes/transition.js'
import { checkOneOf, plainOptions } from '../engine/arguments.js'
import { segmentId, type SegmentName } from '../engine/segment-name.js'
import type { AnyEngine } from '../population/any-engine.js'
import { readMomentFor } from '../population/as-of.js'
import type { Rule } from '../rules/ast.js'
import type { LineChart } from './chart.js'
import { countIn, type FlowByCause } from './daily-counts.js'
import { peopleOf, type People } from './groups.js'
import { checkReaches, type History } from './history.js'
import { periodsOf, placeOfPeriod, type Period } from './periods.js'

/*
 * Sizes over time are found backwards: the size now is known, and at the end of each period it was that much less what has
 * come since. So no size of the past need have been kept.
 */

/** What is told of growth. */
export interface GrowthOptions {
  /** Default all segments. */
  readonly segments?: readonly SegmentName[]
  readonly period?: CalendarUnit
  /** From the period that this instant lies in. Default where the history begins. */
  readonly from?: InstantInput
  /** Only the contacts that this rule holds for now. */
  readonly within?: Rule
}

/** How a segment changed in a period. */
export interface GrowthPeriod extends Period {
  readonly entered: number
  readonly left: number
  /** `entered − left`. */
  readonly net: number
  /** At the end of the period, or now. */
  readonly size: number
  readonly causes: Readonly<FlowByCause>
}

/** How segments grew. */
export interface Growth {
  readonly at: number
  /** Since when the history knows, in ms. The first period may have begun before, and then counts from there on. */
  readonly since: number
  readonly rows: readonly { readonly segment: string; readonly periods: readonly GrowthPeriod[] }[]
  readonly chart: LineChart
}

/**
 * How segments grew, period by period in the engine's zone, by cause. Throws what is wrong with the options, and where the
 * history does not reach back that far.
 *
 * Not restricted, it reads the daily counts of a tracker; restricted, or from a journal, each move.
 */
export function growth(engine: AnyEngine, history: History, options: GrowthOptions = {}): Growth {
  const { segments, period = 'day', from, within } = plainOptions('options', options)
  checkOneOf('period', period, ['day', 'week', 'month', 'quarter', 'year'])
  const daily = within === undefined ? history.daily : undefined
  const since = daily?.since ?? history.since
  const begin = from === undefined ? since : readMomentFor(engine, from, 'from')
  checkReaches({ since }, begin)
  const periods = periodsOf(period, begin, engine.now, engine.timeZone, engine.weekStartsOn)
  const ids = segments?.map(segmentId) ?? engine.segments.ids()
  const people = peopleOf(engine, within)
  const flows = new Map(ids.map((id) => [id, periods.map((): FlowByCause => ({}))]))
  const count = (id: string, at: number, type: 'enter' | 'exit', cause: CauseKind, times: number): void => {
    const flow = flows.get(id)?.[placeOfPeriod(periods, at)]
    if (flow !== undefined && times > 0) countIn(flow, cause, type, times)
  }
  if (daily !== undefined) {
    // Periods are whole days, so a day lies in one of them.
    for (const id of ids)
      for (const [day, byCause] of daily.daysOf(id))
        for (const [cause, { entered, left }] of Object.entries(byCause)) {
          count(id, day, 'enter', cause as CauseKind, entered)
          count(id, day, 'exit', cause as CauseKind, left)
        }
  } else {
    for (const { segmentId: id, contactId, at, type, cause } of history.moves)
      if (within === undefined || people.has(contactId)) count(id, at, type, cause.kind, 1)
  }
  const rows = ids.map((id) => ({
    segment: id,
    periods: withSizes(periods, flows.get(id) ?? [], sizeNow(engine, id, within === undefined ? undefined : people)),
  }))
  return {
    at: engine.now,
    since,
    rows,
    chart: {
      kind: 'lines',
      title: `Sizes by ${period}`,
      unit: 'count',
      labels: periods.map(({ label }) => label),
      series: rows.map((row) => ({ name: row.segment, values: row.periods.map(({ size }) => size) })),
    },
  }
}

function sizeNow(engine: AnyEngine, id: string, people: People | undefined): number {
  const segment = engine.segments.get(id)
  if (segment === undefined) return 0
  if (people === undefined) return segment.count
  let count = 0
  for (const member of segment.members()) if (people.has(member)) count += 1
  return count
}

function withSizes(
  periods: readonly Period[],
  flows: readonly FlowByCause[],
  sizeAtEnd: number,
): readonly GrowthPeriod[] {
  let size = sizeAtEnd
  const found: GrowthPeriod[] = []
  for (let place = periods.length - 1; place >= 0; place -= 1) {
    const period = periods[place]
    const causes = flows[place] ?? {}
    if (period === undefined) continue
    const all = Object.values(causes)
    const entered = all.reduce((sum, flow) => sum + flow.entered, 0)
    const left = all.reduce((sum, flow) => sum + flow.left, 0)
    found.push({ ...period, entered, left, net: entered - left, size, causes })
    size -= entered - left
  }
  return found.reverse()
}
