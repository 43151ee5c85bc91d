import type { ColumnOptions, ColumnProfile, CsvProfile, DateOrder } from 'coterie/import'
import { UsageError, type Arguments } from '../arguments.js'

/** What each column of a file is read as, and what there is to say of it. */
export interface OwnColumns {
  readonly id: string
  readonly columns: { readonly [column: string]: ColumnOptions }
  /** Columns that could be dates in several orders. */
  readonly undecided: readonly string[]
}

/**
 * Decides what the command line leaves open: the id is the first column with another value in every row, and numbers
 * and dates are where every cell is one.
 */
export function ownColumns(profile: CsvProfile, given: Arguments): OwnColumns {
  const id = given.id ?? profile.columns.find(({ isUnique }) => isUnique)?.column
  if (id === undefined)
    throw new UsageError('No column has another value in every row: say with --id which one names the contact')
  const order = orderOf(given['date-order'])
  const others = profile.columns.filter(({ column }) => column !== id && column !== given['tag-column'])
  const known = profile.columns.map(({ column }) => column)
  for (const column of [...given.number, ...given.date, ...given.text]) {
    if (!known.includes(column))
      throw new UsageError(`There is no column '${column}'; the columns are ${known.join(', ')}`)
  }
  const isUndecided = (column: ColumnProfile): boolean =>
    order === undefined && orders(column).size > 1 && !given.text.includes(column.column)
  return {
    id,
    columns: Object.fromEntries(others.map((column) => [column.column, optionsOf(column, given, order)])),
    undecided: others.filter(isUndecided).map(({ column }) => column),
  }
}

function optionsOf(profile: ColumnProfile, given: Arguments, order: DateOrder | undefined): ColumnOptions {
  const { column, could, missing } = profile
  const { decimal, thousands } = given
  if (given.text.includes(column)) return { type: 'text' }
  if (given.number.includes(column)) return { type: 'number', missing, ...numberFormat(decimal, thousands) }
  if (given.date.includes(column)) return { type: 'instant', missing, dateOrder: order ?? 'YMD' }
  const fits = (options: ColumnOptions): boolean => {
    const mark = options.decimal ?? '.'
    return (decimal ?? mark) === mark && (thousands ?? options.thousands) === options.thousands
  }
  const number = could.find((options) => options.type === 'number' && fits(options))
  if (number !== undefined) return number
  const inOrder = could.filter(({ dateOrder }) => dateOrder !== undefined && dateOrder === (order ?? dateOrder))
  const isDecided = order !== undefined || orders(profile).size < 2
  const date = inOrder.find(({ type }) => type === 'day') ?? inOrder.find(({ type }) => type === 'instant')
  return isDecided && date !== undefined ? date : { type: 'text', missing }
}

function numberFormat(
  decimal: string | undefined,
  thousands: string | undefined,
): Pick<ColumnOptions, 'decimal' | 'thousands'> {
  if (decimal !== undefined && decimal !== '.' && decimal !== ',')
    throw new UsageError(`--decimal is . or , and not '${decimal}'`)
  return {
    ...(decimal === undefined ? undefined : { decimal }),
    ...(thousands === undefined ? undefined : { thousands }),
  }
}

function orders({ could }: ColumnProfile): ReadonlySet<DateOrder> {
  return new Set(could.flatMap(({ dateOrder }) => dateOrder ?? []))
}

function orderOf(text: string | undefined): DateOrder | undefined {
  const order = text?.toUpperCase()
  if (order === undefined || order === 'YMD' || order === 'DMY' || order === 'MDY') return order
  throw new UsageError(`--date-order is ymd, dmy or mdy, not '${text}'`)
}
