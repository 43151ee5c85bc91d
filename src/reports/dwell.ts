import { plainOptions } from '../engine/arguments.js'
import { segmentId, type SegmentName } from '../engine/segment-name.js'
import type { AnyEngine } from '../population/any-engine.js'
import type { Rule } from '../rules/ast.js'
import type { BarChart } from './chart.js'
import { peopleOf, type People } from './groups.js'
import type { History } from './history.js'
import { medianOf } from './median.js'

/** Whose stays are told. */
export interface DwellOptions {
  /** Default all segments. */
  readonly segments?: readonly SegmentName[]
  /** Only the contacts that this rule holds for now. */
  readonly within?: Rule
}

/** How long contacts stay in a segment; durations in ms. */
export interface Dwell {
  readonly segment: string
  /** Stays that have ended since the history began, and whose length is known. */
  readonly ended: number
  /** Stays that have ended and began before anybody counted. */
  readonly unknown: number
  readonly average?: number
  readonly median?: number
  readonly shortest?: number
  readonly longest?: number
  /** How many are in it now, and for how long they have been on average, of those of whom that is known. */
  readonly open: number
  readonly openAverage?: number
  /** How many stays were shorter than each of the bounds, and not than the one before; at last the rest. */
  readonly lengths: readonly number[]
}

/** How long contacts stay. */
export interface Dwells {
  readonly at: number
  readonly since: number
  /** The bounds of `lengths`, in ms: an hour, a day, 7, 30 and 90 days. */
  readonly bounds: readonly number[]
  readonly rows: readonly Dwell[]
  readonly chart: BarChart
}

const hour = 3_600_000
const bounds: readonly number[] = [hour, 24 * hour, 7 * 24 * hour, 30 * 24 * hour, 90 * 24 * hour]

/**
 * How long contacts stay in segments: the stays that have ended since a history began, and those that last. A segment that
 * keeps visits knows the whole length of each, also of one that began before. Throws what is wrong with the options.
 */
export function dwell(engine: AnyEngine, history: History, options: DwellOptions = {}): Dwells {
  const { segments, within } = plainOptions('options', options)
  const ids = segments?.map(segmentId) ?? engine.segments.ids()
  const people = within === undefined ? undefined : peopleOf(engine, within)
  const stays = staysOf(history, new Set(ids), people)
  const rows = ids.map((id) => dwellOf(engine, id, stays.get(id) ?? { lengths: [], unknown: 0 }, people))
  return {
    at: engine.now,
    since: history.since,
    bounds,
    rows,
    chart: {
      kind: 'bars',
      title: 'Dwell times (median)',
      unit: 'duration',
      labels: rows.map(({ segment }) => segment),
      series: [{ name: 'median', values: rows.map(({ median }) => median ?? null) }],
    },
  }
}

interface Stays {
  readonly lengths: number[]
  unknown: number
}

function staysOf(history: History, ids: ReadonlySet<string>, people: People | undefined): ReadonlyMap<string, Stays> {
  const found = new Map<string, Stays>()
  const entered = new Map<string, Map<string, number>>()
  for (const { type, segmentId: id, contactId, at, duration } of history.moves) {
    if (!ids.has(id)) continue
    let begun = entered.get(id)
    if (begun === undefined) entered.set(id, (begun = new Map<string, number>()))
    if (type === 'enter') {
      begun.set(contactId, at)
      continue
    }
    const from = begun.get(contactId)
    begun.delete(contactId)
    if (people?.has(contactId) === false) continue
    let stays = found.get(id)
    if (stays === undefined) found.set(id, (stays = { lengths: [], unknown: 0 }))
    const length = duration ?? (from === undefined ? undefined : at - from)
    if (length === undefined) stays.unknown += 1
    else stays.lengths.push(length)
  }
  return found
}

function dwellOf(engine: AnyEngine, id: string, { lengths, unknown }: Stays, people: People | undefined): Dwell {
  const sorted = [...lengths].sort((a, b) => a - b)
  const segment = engine.segments.get(id)
  const members = [...(segment?.members() ?? [])].filter((contactId) => people?.has(contactId) !== false)
  const lasting = members.flatMap((contactId) => {
    const since = segment?.since(contactId)
    return since === undefined ? [] : engine.now - since
  })
  const [shortest] = sorted
  const longest = sorted.at(-1)
  const median = medianOf(sorted)
  const average = averageOf(sorted)
  const openAverage = averageOf(lasting)
  return {
    segment: id,
    ended: sorted.length,
    unknown,
    ...(average === undefined ? undefined : { average }),
    ...(median === undefined ? undefined : { median }),
    ...(shortest === undefined ? undefined : { shortest }),
    ...(longest === undefined ? undefined : { longest }),
    open: members.length,
    ...(openAverage === undefined ? undefined : { openAverage }),
    lengths: [...bounds, Infinity].map(
      (bound, place) => sorted.filter((length) => length < bound && length >= (bounds[place - 1] ?? 0)).length,
    ),
  }
}

function averageOf(lengths: readonly number[]): number | undefined {
  return lengths.length === 0 ? undefined : lengths.reduce((sum, length) => sum + length, 0) / lengths.length
}
