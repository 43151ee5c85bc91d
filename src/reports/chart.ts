/*
 * A report in a form that is ready to be drawn, by `drawSvg`, by `drawTable`, or by a library of charts: labels and numbers,
 * nothing else. A number that is not known is `null`.
 */

/** What the numbers of a chart are: counts, shares from 0 to 1, durations in ms, or other numbers. */
export type Unit = 'count' | 'share' | 'duration' | 'number'

/** Numbers under one name, one for each label of the chart. */
export interface Series {
  readonly name: string
  readonly values: readonly (number | null)[]
}

/** Some numbers for each of several things: bars side by side. */
export interface BarChart {
  readonly kind: 'bars'
  readonly title: string
  readonly unit: Unit
  readonly labels: readonly string[]
  readonly series: readonly Series[]
}

/** Numbers over time: the labels are periods, in order and without gaps. */
export interface LineChart {
  readonly kind: 'lines'
  readonly title: string
  readonly unit: Unit
  readonly labels: readonly string[]
  readonly series: readonly Series[]
}

/** A number for each row and column. */
export interface MatrixChart {
  readonly kind: 'matrix'
  readonly title: string
  readonly unit: Unit
  readonly rows: readonly string[]
  readonly columns: readonly string[]
  /** By row, then by column. */
  readonly values: readonly (readonly (number | null)[])[]
}

/** A report that is ready to be drawn. */
export type Chart = BarChart | LineChart | MatrixChart
