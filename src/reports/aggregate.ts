import { ExactSum } from '../base/exact-sum.js'
import { checkOneOf, optionInvalid, plainOptions } from '../engine/arguments.js'
import type { AnyEngine } from '../population/any-engine.js'
import type { BarChart } from './chart.js'
import { groupsOf, peopleOf } from './groups.js'
import { medianOf } from './median.js'
import type { ReportOptions } from './sizes.js'

/** What numbers come down to. */
export type Summary = 'sum' | 'average' | 'minimum' | 'maximum' | 'median'

/** Which attribute is summed up. */
export interface AggregateOptions extends ReportOptions {
  /** An attribute; values that are no numbers are passed over. */
  readonly of: string
  /** Which summary the chart shows. Default `average`. */
  readonly show?: Summary
}

/** An attribute of some contacts, summed up. Over no numbers the sum is 0 and the others are missing. */
export interface Aggregate {
  readonly name: string
  readonly contacts: number
  /** How many of them have a number. */
  readonly values: number
  /** Exact, and rounded once. */
  readonly sum: number
  readonly average?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly median?: number
}

/** An attribute by groups. */
export interface Aggregates {
  readonly at: number
  /** Of all that the report is about. */
  readonly all: Aggregate
  readonly rows: readonly Aggregate[]
  readonly chart: BarChart
}

/** Sums up an attribute for each group. Throws what is wrong with the options. */
export function aggregate(engine: AnyEngine, options: AggregateOptions): Aggregates {
  const { by = 'segments', within, of, show = 'average' } = plainOptions('options', options)
  if (typeof of !== 'string') throw optionInvalid('of', of, 'the name of an attribute')
  checkOneOf('show', show, ['sum', 'average', 'minimum', 'maximum', 'median'])
  const people = peopleOf(engine, within)
  const rows = groupsOf(engine, by, people).map(({ name, ids }) => summed(engine, name, ids, of))
  return {
    at: engine.now,
    all: summed(engine, 'all', people.ids, of),
    rows,
    chart: {
      kind: 'bars',
      title: `${of}: ${show}`,
      unit: 'number',
      labels: rows.map(({ name }) => name),
      series: [{ name: show, values: rows.map((row) => row[show] ?? null) }],
    },
  }
}

function summed(engine: AnyEngine, name: string, ids: readonly string[], attribute: string): Aggregate {
  const sum = new ExactSum()
  const values: number[] = []
  for (const id of ids) {
    const value = engine.contact(id).get(attribute)
    if (typeof value !== 'number') continue
    sum.add(value)
    values.push(value)
  }
  values.sort((a, b) => a - b)
  const [minimum] = values
  const maximum = values.at(-1)
  const median = medianOf(values)
  return {
    name,
    contacts: ids.length,
    values: values.length,
    sum: sum.value,
    ...(values.length === 0 ? undefined : { average: sum.value / values.length }),
    ...(minimum === undefined ? undefined : { minimum }),
    ...(maximum === undefined ? undefined : { maximum }),
    ...(median === undefined ? undefined : { median }),
  }
}
