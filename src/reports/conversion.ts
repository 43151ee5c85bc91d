import { shareInterval, type Interval } from '../base/confidence.js'
import { durationOf, type DurationInput } from '../base/duration.js'
import { optionInvalid, plainOptions } from '../engine/arguments.js'
import type { AnyEngine } from '../population/any-engine.js'
import type { BarChart } from './chart.js'
import { groupsOf, peopleOf } from './groups.js'
import { medianOf } from './median.js'
import type { ReportOptions } from './sizes.js'
import { readMoments, type Moments, type ReadMoments } from './starts.js'

/** From where to where, and within what time. */
export interface ConversionOptions extends ReportOptions {
  /** Where it begins, for each contact the first time. */
  readonly from: Moments
  /** What is to be reached after that. */
  readonly goal: Moments
  /** For how long it counts: an exact duration. */
  readonly time: DurationInput
}

/** How many of some contacts reached a goal. */
export interface Conversion {
  readonly name: string
  /** How many began, and have had their time. */
  readonly started: number
  /** How many of those reached the goal in it. */
  readonly reached: number
  /** `reached / started`; 0 of nobody. */
  readonly rate: number
  /** Where the true rate probably lies, with a confidence of 0.95; left out of nobody. */
  readonly interval?: Interval
  /** How long those took who reached it: the median, in ms. */
  readonly median?: number
  /** How many began whose time is not over: they count for nothing yet. */
  readonly open: number
}

/** A conversion by groups. */
export interface Conversions {
  readonly at: number
  readonly all: Conversion
  readonly rows: readonly Conversion[]
  readonly chart: BarChart
}

/**
 * How many contacts get from a beginning to a goal within a time, by what they are in now. Only those count whose time is
 * over, whether they reached it or not, so that late beginners do not make it look better or worse.
 *
 * @throws CoterieError what is wrong with the options; `RULE_NEEDS_FOLDED` where events were folded away.
 */
export function conversion(engine: AnyEngine, options: ConversionOptions): Conversions {
  const { by = 'segments', within, from, goal, time } = plainOptions('options', options)
  const duration = durationOf(time)
  if (duration.kind !== 'exact') throw optionInvalid('time', time, "an exact duration, such as '30d'")
  const people = peopleOf(engine, within)
  const starts = readMoments(engine, from, 'from')
  const goals = readMoments(engine, goal, 'goal')
  const journeys = new Map(people.ids.map((id) => [id, journeyOf(engine, id, starts, goals, duration.ms)]))
  const convert = (name: string, ids: readonly string[]): Conversion =>
    conversionOf(
      name,
      ids.flatMap((id) => journeys.get(id) ?? []),
    )
  const rows = groupsOf(engine, by, people).map(({ name, ids }) => convert(name, ids))
  return {
    at: engine.now,
    all: convert('all', people.ids),
    rows,
    chart: {
      kind: 'bars',
      title: 'Conversion',
      unit: 'share',
      labels: rows.map(({ name }) => name),
      series: [{ name: 'rate', values: rows.map(({ started, rate }) => (started === 0 ? null : rate)) }],
    },
  }
}

/** How far a contact that began has come. */
interface Journey {
  readonly isOpen: boolean
  /** How long it took, in ms; undefined where the goal was not reached. */
  readonly took: number | undefined
}

/** Undefined where it has not begun. */
function journeyOf(
  engine: AnyEngine,
  contactId: string,
  starts: ReadMoments,
  goals: ReadMoments,
  allowed: number,
): Journey | undefined {
  const [start] = starts(contactId)
  if (start === undefined) return undefined
  const [reached] = goals(contactId, start + 1, start + allowed + 1)
  return { isOpen: start + allowed > engine.now, took: reached === undefined ? undefined : reached - start }
}

function conversionOf(name: string, journeys: readonly Journey[]): Conversion {
  const over = journeys.filter(({ isOpen }) => !isOpen)
  const times = over.flatMap(({ took }) => took ?? []).sort((a, b) => a - b)
  const interval = shareInterval({ part: times.length, of: over.length }, 0.95)
  const median = medianOf(times)
  return {
    name,
    started: over.length,
    reached: times.length,
    rate: over.length === 0 ? 0 : times.length / over.length,
    ...(interval === undefined ? undefined : { interval }),
    ...(median === undefined ? undefined : { median }),
    open: journeys.length - over.length,
  }
}
