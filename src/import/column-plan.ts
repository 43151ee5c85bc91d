import { isCoterieError, show } from '../base/errors.js'
import { propertiesOf } from '../contacts/plain-input.js'
import { reportUnknownAttribute } from '../contacts/read-attributes.js'
import { readId } from '../contacts/read-text.js'
import { readValue } from '../contacts/read-value.js'
import { report, throwIssues, type Reading } from '../contacts/reading.js'
import { refused, type Refused } from '../contacts/refused.js'
import { fieldOf, type Field, type FieldType } from '../contacts/schema.js'
import type { Value } from '../contacts/value.js'
import { withFormat, type ReadyFormat } from './cell-format.js'
import { cellReader } from './cell-reader.js'
import { placeOf, type CsvHeader } from './csv-header.js'
import type { ColumnOptions, CsvCells, ImportOptions } from './import-options.js'
import { checkChoice, checkNames, optionNames } from './known-options.js'
import { optionError } from './option-error.js'

/** A column that becomes an attribute. */
export interface PlannedColumn {
  readonly column: string
  readonly place: number
  readonly attribute: string
  readonly format: ReadyFormat
  /** The value of a cell that is not missing. `cells` gives the row by its headers. */
  readonly read: (cell: string, cells: () => CsvCells, reading: Reading) => Value | undefined | Refused
}

/** Columns that become attributes, and the headers of those that are passed over. */
export interface PlannedColumns {
  readonly columns: readonly PlannedColumn[]
  readonly ignored: readonly string[]
}

const fieldTypes: readonly [FieldType, ...FieldType[]] = ['text', 'number', 'boolean', 'instant', 'day', 'list']

/**
 * Plans what becomes of each column; `used` are those of id and tags.
 *
 * @throws CoterieError `OPTION_INVALID`, `ATTRIBUTE_UNKNOWN`, or `IMPORT_INVALID` where the file has no such column.
 */
export function planColumns(
  header: CsvHeader,
  given: ImportOptions['columns'],
  format: ReadyFormat,
  reading: Reading,
  used: ReadonlySet<string>,
): PlannedColumns {
  const columns =
    given === undefined || given === 'all'
      ? [...header.places.keys()]
          .filter((name) => !used.has(name) && isKnown(name, reading))
          .map((name) => [name, {}] as const)
      : columnsGiven(given)
  const planned = columns.map(([column, options]) => planColumn(header, column, options, format, reading))
  throwIssues('The columns do not fit', reading)
  const byAttribute = new Map<string, string>()
  for (const { column, attribute } of planned) {
    const other = byAttribute.get(attribute)
    if (other !== undefined)
      throw optionError(['columns', column], attribute, `another attribute than that of ${show(other)}`)
    byAttribute.set(attribute, column)
  }
  const taken = new Set([...used, ...columns.map(([column]) => column)])
  return { columns: planned, ignored: header.names.filter((name) => !taken.has(name)) }
}

function isKnown(name: string, { schema }: Reading): boolean {
  return schema === undefined || fieldOf(schema.attributes, name) !== undefined
}

function columnsGiven(given: unknown): readonly (readonly [string, ColumnOptions])[] {
  const properties = propertiesOf(given)
  if (properties === undefined) throw optionError(['columns'], given, "'all', or an object of columns")
  return [...properties].map(([column, options]) => {
    if (typeof options === 'string') return [column, { attribute: options }]
    checkNames(options, optionNames.column, ['columns', column])
    return [column, options as ColumnOptions]
  })
}

function planColumn(
  header: CsvHeader,
  column: string,
  options: ColumnOptions,
  fileFormat: ReadyFormat,
  reading: Reading,
): PlannedColumn {
  const path = ['columns', column]
  const place = placeOf(header, column, 'columns')
  const attribute = options.attribute ?? column
  const format = withFormat(fileFormat, options, path)
  const field = fieldFor(attribute, options, reading, path)
  const { read } = options
  if (read !== undefined) {
    if (typeof read !== 'function') throw optionError([...path, 'read'], read, 'a function')
    return { column, place, attribute, format, read: byFunction(read, field, column) }
  }
  if (field?.type === 'list' && format.split === undefined) {
    throw optionError([...path, 'split'], undefined, 'what stands between the elements of the list')
  }
  const readCell = cellReader(field ?? { type: 'text' }, format)
  return { column, place, attribute, format, read: (cell, _, at) => readCell(cell, at, [column]) }
}

/** The field of an attribute by the schema, or else by the options; undefined where neither says one. */
function fieldFor(
  attribute: string,
  options: ColumnOptions,
  reading: Reading,
  path: readonly string[],
): Field | undefined {
  const { type, of } = options
  if (type !== undefined) checkChoice(type, fieldTypes, [...path, 'type'])
  if (of !== undefined) checkChoice(of, ['text', 'number'], [...path, 'of'])
  readId(attribute, 'the name of an attribute', reading, path)
  if (reading.schema !== undefined) {
    const field = fieldOf(reading.schema.attributes, attribute)
    if (field === undefined) reportUnknownAttribute(attribute, reading, path)
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
