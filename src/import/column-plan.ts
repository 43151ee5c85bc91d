import { isCoterieError, show, type Path } from '../base/errors.js'
import { propertiesOf } from '../contacts/plain-input.js'
import { readId } from '../contacts/read-text.js'
import { readValue } from '../contacts/read-value.js'
import { report, throwIssues, type Reading } from '../contacts/reading.js'
import { refused, type Refused } from '../contacts/refused.js'
import type { Field, FieldType } from '../contacts/schema.js'
import type { Value } from '../contacts/value.js'
import { withFormat, type ReadyFormat } from './cell-format.js'
import { cellReader } from './cell-reader.js'
import { placeOf, type CsvHeader } from './csv-header.js'
import type { ColumnOptions, CsvCells } from './import-options.js'
import { checkChoice, checkNames } from './known-options.js'
import { optionError } from './option-error.js'

/** A column that becomes an attribute of contacts, or a property of events. */
export interface PlannedColumn {
  readonly column: string
  readonly place: number
  /** The attribute or property. */
  readonly name: string
  readonly format: ReadyFormat
  /** The value of a cell that is not missing. `cells` gives the row by its headers. */
  readonly read: (cell: string, cells: () => CsvCells, reading: Reading) => Value | undefined | Refused
}

/** What the columns become, and the headers of those that are passed over. */
export interface PlannedColumns {
  readonly columns: readonly PlannedColumn[]
  readonly ignored: readonly string[]
}

/** What columns can become. */
export interface ColumnTarget {
  /** What an option of a column calls it. */
  readonly option: 'attribute' | 'property'
  /** The options that a column can have. */
  readonly options: readonly string[]
  /** The field of a name; undefined where there is none, `any` where no schema says. */
  readonly fieldOf: (name: string) => Field | 'any' | undefined
  /** Reports a name of which there is no field. */
  readonly reportUnknown: (name: string, path: Path) => void
}

/** What is said of a column, whatever it becomes. */
type GivenColumn = Omit<ColumnOptions, 'attribute'> & { readonly attribute?: string; readonly property?: string }

const fieldTypes: readonly [FieldType, ...FieldType[]] = ['text', 'number', 'boolean', 'instant', 'day', 'list']

/**
 * Plans what becomes of each column; `used` are those that mean something else.
 *
 * @throws CoterieError `OPTION_INVALID`, `ATTRIBUTE_UNKNOWN`, `PROPERTY_UNKNOWN`, or `IMPORT_INVALID` where the file has no
 *   such column.
 */
export function planColumns(
  header: CsvHeader,
  given: 'all' | object | undefined,
  target: ColumnTarget,
  format: ReadyFormat,
  reading: Reading,
  used: ReadonlySet<string>,
): PlannedColumns {
  const columns =
    given === undefined || given === 'all'
      ? [...header.places.keys()]
          .filter((name) => !used.has(name) && target.fieldOf(name) !== undefined)
          .map((name) => [name, {}] as const)
      : columnsGiven(given, target)
  const planned = columns.map(([column, options]) => planColumn(header, column, options, target, format, reading))
  throwIssues('The columns do not fit', reading)
  const byName = new Map<string, string>()
  for (const { column, name } of planned) {
    const other = byName.get(name)
    if (other !== undefined)
      throw optionError(['columns', column], name, `another ${target.option} than that of ${show(other)}`)
    byName.set(name, column)
  }
  const taken = new Set([...used, ...columns.map(([column]) => column)])
  return { columns: planned, ignored: header.names.filter((name) => !taken.has(name)) }
}

function columnsGiven(
  given: unknown,
  { option, options: known }: ColumnTarget,
): readonly (readonly [string, GivenColumn])[] {
  const properties = propertiesOf(given)
  if (properties === undefined) throw optionError(['columns'], given, "'all', or an object of columns")
  return [...properties].map(([column, options]) => {
    if (typeof options === 'string') return [column, { [option]: options }]
    checkNames(options, known, ['columns', column])
    return [column, options as GivenColumn]
  })
}

function planColumn(
  header: CsvHeader,
  column: string,
  options: GivenColumn,
  target: ColumnTarget,
  fileFormat: ReadyFormat,
  reading: Reading,
): PlannedColumn {
  const path = ['columns', column]
  const place = placeOf(header, column, 'columns')
  const name = options[target.option] ?? column
  const format = withFormat(fileFormat, options, path)
  const field = fieldFor(name, options, target, reading, path)
  const { read } = options
  if (read !== undefined) {
    if (typeof read !== 'function') throw optionError([...path, 'read'], read, 'a function')
    return { column, place, name, format, read: byFunction(read, field, column) }
  }
  if (field?.type === 'list' && format.split === undefined) {
    throw optionError([...path, 'split'], undefined, 'what stands between the elements of the list')
  }
  const readCell = cellReader(field ?? { type: 'text' }, format)
  return { column, place, name, format, read: (cell, _, at) => readCell(cell, at, [column]) }
}

/** The field of a name by the schema, or else by the options; undefined where neither says one. */
function fieldFor(
  name: string,
  options: GivenColumn,
  { option, fieldOf, reportUnknown }: ColumnTarget,
  reading: Reading,
  path: readonly string[],
): Field | undefined {
  const { type, of } = options
  if (type !== undefined) checkChoice(type, fieldTypes, [...path, 'type'])
  if (of !== undefined) checkChoice(of, ['text', 'number'], [...path, 'of'])
  readId(name, option === 'attribute' ? 'the name of an attribute' : 'the name of a property', reading, path)
  const field = fieldOf(name)
  if (field !== 'any') {
    if (field === undefined) reportUnknown(name, path)
    else if (type !== undefined && type !== field.type)
      throw optionError([...path, 'type'], type, `${field.type}, as the schema says`)
    return field
  }
  if (type === undefined) return of === undefined ? undefined : listOf(of)
  return type === 'list' ? listOf(of ?? 'text') : { type }
}

function listOf(of: 'text' | 'number'): Field {
  return { type: 'list', of }
}

function byFunction(
  read: NonNullable<ColumnOptions['read']>,
  field: Field | undefined,
  column: string,
): PlannedColumn['read'] {
  return (cell, cells, reading) => {
    try {
      return readValue(read(cell, cells()), field, reading, [column])
    } catch (error) {
      report(reading, {
        code: isCoterieError(error) ? error.code : 'VALUE_INVALID',
        path: [column],
        message: messageOf(error),
      })
      return refused
    }
  }
}

/** What somebody's own function threw, in words. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : `It threw ${show(error)}`
}
