import type { ColumnOptions, ColumnProfile, CsvProfile, DateOrder } from 'coterie/import'
import { UsageError, type Arguments } from './arguments.js'

/** What each column of a file is read as, and what there is to say of it. */
export interface OwnColumns {
  readonly id: string
  readonly columns: { readonly [column: string]: ColumnOptions }
  /** Columns that could be dates in several orders. */
  readonly undecided: readonly string[]
}

/** Decides what the command line leaves open: an id where values are all different, numbers and dates where all cells fit. */
export function ownColumns(profile: CsvProfile, given: Arguments): OwnColumns {
  const id = given.id ?? profile.columns.find(({ isUnique }) => isUnique)?.column
  if (id === undefined) throw new UsageError('No column has another value in every row: say with --id which one names the contact')
  const order = orderOf(given['date-order'])
  const tagColumns = given['tag-column'] === undefined ? [] : [given['tag-column']]
  const others = profile.columns.filter(({ column }) => column !== id && !tagColumns.includes(column))
  return {
    id,
    columns: Object.fromEntries(others.map((column) => [column.column, optionsOf(column, given, order)])),
    undecided: others.filter((column) => order === undefined && orders(column).size > 1).map(({ column }) => column),
  }
}

function optionsOf(profile: ColumnProfile, given: Arguments, order: DateOrder | undefined): ColumnOptions {
  if (given.text?.includes(profile.column) === true) return { type: 'text' }
  const text: ColumnOptions = { type: 'text', missing: profile.missing }
  const { could } = profile
  const number = could.find(({ type, decimal = '.' }) => type === 'number' && decimal === (given.decimal ?? decimal))
  if (number !== undefined) return number
  if (order === undefined && orders(profile).size > 1) return text
  const isDate = (type: 'day' | 'instant') => (options: ColumnOptions) => options.type === type && options.dateOrder === (order ?? options.dateOrder)
  return could.find(isDate('day')) ?? could.find(isDate('instant')) ?? text
}

function orders({ could }: ColumnProfile): ReadonlySet<DateOrder> {
  return new Set(could.flatMap(({ dateOrder }) => dateOrder ?? []))
}

function orderOf(text: string | undefined): DateOrder | undefined {
  const order = text?.toUpperCase()
  if (order === undefined || order === 'YMD' || order === 'DMY' || order === 'MDY') return order
  throw new UsageError(`--date-order is ymd, dmy or mdy, not '${text}'`)
}
