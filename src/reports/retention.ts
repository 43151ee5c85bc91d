import type { CalendarUnit } from '../base/calendar-period.js'
import type { InstantInput } from '../changes/input.js'
import { checkOneOf, plainOptions } from '../engine/arguments.js'
import type { AnyEngine } from '../population/any-engine.js'
import { readMomentFor } from '../population/as-of.js'
import type { Rule } from '../rules/ast.js'
import type { MatrixChart } from './chart.js'
import { peopleOf } from './groups.js'
import { periodsOf, placeOfPeriod, type Period } from './periods.js'
import { readMoments, type Moments } from './starts.js'

/** Who begins together, and what shows that they are still there. */
export interface RetentionOptions {
  /** When a contact begins, the first time: it belongs to the cohort of that period. */
  readonly start: Moments
  /** What shows that it is active. */
  readonly active: Moments
  /** Default `month`. */
  readonly period?: CalendarUnit
  /** From the cohort of this instant on. Default the earliest there is. */
  readonly from?: InstantInput
  /** Only the contacts that this rule holds for now. */
  readonly within?: Rule
}

/** Those who began in one period. */
export interface Cohort extends Period {
  readonly size: number
  /**
   * How many of them were active in the period itself after they had begun, in the next, and so on; `null` for one that is
   * not over.
   */
  readonly active: readonly (number | null)[]
}

/** How many of each cohort stay. */
export interface Retention {
  readonly at: number
  readonly cohorts: readonly Cohort[]
  /** Shares of the cohort's size. */
  readonly chart: MatrixChart
}

/**
 * How many of those who began together were active in each period since. Periods are those of the calendar, in the engine's
 * zone. Throws what is wrong with the options, and `RULE_NEEDS_FOLDED` where events were folded away.
 */
export function retention(engine: AnyEngine, options: RetentionOptions): Retention {
  const { start, active, period = 'month', from, within } = plainOptions('options', options)
  checkOneOf('period', period, ['day', 'week', 'month', 'quarter', 'year'])
  const starts = readMoments(engine, start, 'start')
  const actives = readMoments(engine, active, 'active')
  const begin = from === undefined ? undefined : readMomentFor(engine, from, 'from')
  const began = new Map<string, number>()
  for (const id of peopleOf(engine, within).ids) {
    const [first] = starts(id)
    if (first !== undefined && first >= (begin ?? -Infinity)) began.set(id, first)
  }
  const earliest = begin ?? [...began.values()].reduce((least, at) => Math.min(least, at), Infinity)
  const periods =
    earliest === Infinity ? [] : periodsOf(period, earliest, engine.now, engine.timeZone, engine.weekStartsOn)
  const counts = periods.map(() => ({ size: 0, active: periods.map(() => 0) }))
  for (const [id, at] of began) {
    const cohort = placeOfPeriod(periods, at)
    const count = counts[cohort]
    if (count === undefined) continue
    count.size += 1
    const seen = new Set(actives(id, at + 1).map((moment) => placeOfPeriod(periods, moment) - cohort))
    for (const after of seen) count.active[after] = (count.active[after] ?? 0) + 1
  }
  const cohorts = periods.map((one, place): Cohort => {
    const { size = 0, active: found = [] } = counts[place] ?? {}
    const since = periods.slice(place)
    return { ...one, size, active: since.map(({ to }, after) => (to > engine.now ? null : (found[after] ?? 0))) }
  })
  return {
    at: engine.now,
    cohorts,
    chart: {
      kind: 'matrix',
      title: `Retention by ${period}`,
      unit: 'share',
      rows: cohorts.map(({ label, size }) => `${label} (${String(size)})`),
      columns: periods.map((_, after) => String(after)),
      values: cohorts.map(({ size, active: found }) =>
        periods.map((_, after) => {
          const count = found[after] ?? null
          return count === null || size === 0 ? null : count / size
        }),
      ),
    },
  }
}
