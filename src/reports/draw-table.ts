import { optionInvalid, plainOptions } from '../engine/arguments.js'
import type { BarChart, Chart, LineChart, MatrixChart } from './chart.js'
import { numberWords } from './number-words.js'
import { fitted, textWidth } from './text-width.js'

/** How a table is drawn. */
export interface TableOptions {
  /** How many columns of the terminal there are, at least 20. Default 80. */
  readonly width?: number
}

/**
 * A chart as a table for a terminal, its lines joined by `\n`, none wider than asked for. One series of bars is drawn with
 * bars; a table that is too wide loses its last columns, and says so.
 *
 * @throws CoterieError `OPTION_INVALID`.
 */
export function drawTable(chart: Chart, options: TableOptions = {}): string {
  const { width = 80 } = plainOptions('options', options)
  if (!Number.isSafeInteger(width) || width < 20) throw optionInvalid('width', width, 'a whole number from 20')
  return [fitted(chart.title, width), ...body(chart, width)].map((line) => line.trimEnd()).join('\n')
}

function body(chart: Chart, width: number): readonly string[] {
  const isEmpty =
    chart.kind === 'matrix'
      ? chart.rows.length === 0 || chart.columns.length === 0
      : chart.labels.length === 0 || chart.series.length === 0
  if (isEmpty) return ['No data']
  if (chart.kind === 'matrix') return cells(chart.rows, matrixColumns(chart), width)
  return chart.kind === 'bars' && chart.series.length === 1 ? bars(chart, width) : series(chart, width)
}

/** A column of a table, its head first. */
type Column = readonly string[]

function matrixColumns({ columns, values, unit }: MatrixChart): readonly Column[] {
  return columns.map((name, place) => [name, ...values.map((row) => numberWords(row[place] ?? null, unit))])
}

function series({ labels, series: all, unit }: BarChart | LineChart, width: number): readonly string[] {
  return cells(
    labels,
    all.map(({ name, values }) => [name, ...labels.map((_, place) => numberWords(values[place] ?? null, unit))]),
    width,
  )
}

/** Rows by their names, with a column for each thing. */
function cells(names: readonly string[], columns: readonly Column[], width: number): readonly string[] {
  const first = nameWidth(names, width)
  const shown: { readonly column: Column; readonly size: number }[] = []
  let left = width - first
  for (const column of columns) {
    const size = Math.min(Math.max(...column.map(textWidth)), 16)
    if (left < size + 2) break
    left -= size + 2
    shown.push({ column, size })
  }
  const lines = ['', ...names].map(
    (name, row) =>
      padded(fitted(name, first), first) +
      shown.map(({ column, size }) => `  ${aligned(fitted(column[row] ?? '', size), size)}`).join(''),
  )
  const hidden = columns.length - shown.length
  return hidden === 0 ? lines : [...lines, fitted(`(${String(hidden)} more columns do not fit)`, width)]
}

function bars({ labels, series: [only], unit }: BarChart, width: number): readonly string[] {
  const values = labels.map((_, place) => only?.values[place] ?? null)
  const words = values.map((value) => numberWords(value, unit))
  const first = nameWidth(labels, width)
  const second = Math.max(...words.map(textWidth))
  const room = width - first - second - 4
  const most = Math.max(0, ...values.map((value) => value ?? 0))
  return labels.map((label, place) => {
    const value = values[place] ?? 0
    const bar = room < 1 || most === 0 || value <= 0 ? '' : barOf((value / most) * room)
    return fitted(`${padded(fitted(label, first), first)}  ${aligned(words[place] ?? '', second)}  ${bar}`, width)
  })
}

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const

/** A bar so many columns long, to an eighth; what is more than nothing is seen. */
function barOf(columns: number): string {
  const parts = Math.max(1, Math.round(columns * 8))
  return '█'.repeat(parts >> 3) + (eighths[parts & 7] ?? '')
}

function nameWidth(names: readonly string[], width: number): number {
  return Math.min(Math.max(...names.map(textWidth)), Math.floor(width * 0.4))
}

function padded(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - textWidth(text)))
}

function aligned(text: string, columns: number): string {
  return ' '.repeat(Math.max(0, columns - textWidth(text))) + text
}
