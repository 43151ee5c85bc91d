import { show } from '../base/errors.js'
import { throwIssues, readingOf, type Reading } from '../contacts/reading.js'
import type { Field, Shape } from '../contacts/schema.js'
import { eventShape, propertyOf } from '../contacts/shapes.js'
import { defaultFormat, withFormat, type ReadyFormat } from './cell-format.js'
import { planColumns, type ColumnTarget, type PlannedColumn, type PlannedColumns } from './column-plan.js'
import { placeOf, type CsvHeader } from './csv-header.js'
import { readCsvOptions, type ReadyCsv } from './csv-options.js'
import type { EventImportOptions, InstantColumn } from './event-options.js'
import { planId, readIdOption, type PlannedId, type ReadyId } from './id-option.js'
import type { Target } from './import-plan.js'
import { checkChoice, checkNames, checkSwitch, checkWhole, optionNames } from './known-options.js'
import { optionError } from './option-error.js'

/** The options of an import of events, checked as far as they can be without the file. */
export interface ReadyEventImport {
  readonly csv: ReadyCsv
  readonly format: ReadyFormat
  readonly reading: Reading
  readonly contact: ReadyId
  readonly id: ReadyId | undefined
  readonly type: string | { readonly column: string }
  readonly at: { readonly column: string; readonly format: ReadyFormat } | AtFunction
  readonly columns: EventImportOptions['columns']
  readonly putsUnknown: boolean
  readonly fillsShortRows: boolean
  readonly batchSize: number
  readonly dryRun: boolean
}

type AtFunction = Exclude<EventImportOptions['at'], string | InstantColumn>

/** What becomes of a file of events whose header is known. */
export interface EventPlan extends PlannedColumns {
  readonly header: CsvHeader
  readonly contact: PlannedId
  readonly id: PlannedId | undefined
  readonly type: string | { readonly place: number; readonly column: string }
  readonly at: { readonly place: number; readonly column: string; readonly format: ReadyFormat } | AtFunction
  /** The columns that become properties, for events of a type. */
  readonly columnsOf: (type: string) => readonly PlannedColumn[]
}

/** Checks the options of an import of events. Throws `OPTION_INVALID`, `EVENT_TYPE_UNKNOWN` or `TIME_ZONE_UNKNOWN`. */
export function readEventImportOptions(options: EventImportOptions, target: Target): ReadyEventImport {
  checkNames(options, optionNames.events, [])
  const format = withFormat(defaultFormat(target.timeZone), options, [])
  const reading = readingOf({ schema: target.schema, timeZone: format.timeZone, limits: target.limits })
  const ready: ReadyEventImport = {
    csv: readCsvOptions({ delimiter: ',', ...options }),
    format,
    reading,
    contact: readIdOption(options.contact, 'contact'),
    id: options.id === undefined ? undefined : readIdOption(options.id, 'id'),
    type: readType(options.type, reading),
    at: readAt(options.at, format),
    columns: options.columns,
    putsUnknown: checkChoice(options.unknownContacts, ['refuse', 'put'], ['unknownContacts']) === 'put',
    fillsShortRows: checkChoice(options.shortRows, ['refuse', 'missing'], ['shortRows']) === 'missing',
    batchSize: checkWhole(options.batchSize, 1000, { least: 1, most: 1_000_000 }, ['batchSize']),
    dryRun: checkSwitch(options.dryRun, false, ['dryRun']),
  }
  throwIssues('The import cannot begin', reading)
  return ready
}

function readType(given: EventImportOptions['type'] | undefined, reading: Reading): ReadyEventImport['type'] {
  if (typeof given === 'string') {
    eventShape(given, reading, ['type'])
    return given
  }
  if (given === undefined) throw optionError(['type'], undefined, 'a type of events, or { column }')
  checkNames(given, ['column'], ['type'])
  if (typeof given.column !== 'string') throw optionError(['type', 'column'], given.column, 'a column')
  return given
}

function readAt(given: EventImportOptions['at'] | undefined, format: ReadyFormat): ReadyEventImport['at'] {
  if (typeof given === 'function') return given
  if (typeof given === 'string') return { column: given, format }
  if (given === undefined)
    throw optionError(['at'], undefined, 'the column of the instant, or a function that gives it')
  checkNames(given, optionNames.at, ['at'])
  if (typeof given.column !== 'string') throw optionError(['at', 'column'], given.column, 'a column')
  return { column: given.column, format: withFormat(format, given, ['at']) }
}

/** Plans what becomes of the file with this header. Throws `IMPORT_INVALID` where it lacks a column that is needed. */
export function planEvents(header: CsvHeader, ready: ReadyEventImport): EventPlan {
  const { contact, id, type, at } = ready
  const used = new Set([contact, id, type, at].flatMap((one) => (typeof one === 'object' ? one.column : [])))
  return {
    header,
    contact: planId(header, contact, 'contact'),
    id: id === undefined ? undefined : planId(header, id, 'id'),
    type: typeof type === 'string' ? type : { ...type, place: placeOf(header, type.column, 'type') },
    at: typeof at === 'function' ? at : { ...at, place: placeOf(header, at.column, 'at') },
    ...planProperties(header, ready, used),
  }
}

/**
 * Which columns become properties. With a schema that depends on the type of the row: all types that there can be are
 * planned beforehand. A column that is named and that none of them has is refused; where only the row's type lacks it, it
 * is read as text, and the event is refused if the cell holds anything.
 */
function planProperties(
  header: CsvHeader,
  { type, columns, format, reading }: ReadyEventImport,
  used: ReadonlySet<string>,
): PlannedColumns & Pick<EventPlan, 'columnsOf'> {
  const plan = (target: Pick<ColumnTarget, 'fieldOf' | 'reportUnknown'>): PlannedColumns => {
    const properties = { option: 'property', options: optionNames.eventColumn, ...target } as const
    return planColumns(header, columns, properties, format, reading, used)
  }
  const { schema } = reading
  if (schema === undefined) {
    const planned = plan({ fieldOf: () => 'any', reportUnknown: () => undefined })
    return { ...planned, columnsOf: () => planned.columns }
  }
  const shapes = Object.entries(schema.events ?? {}).filter(([name]) => typeof type !== 'string' || name === type)
  const all: Shape = Object.fromEntries(shapes.flatMap(([, shape]) => Object.entries(shape)))
  const what = typeof type === 'string' ? `the event ${show(type)}` : 'the events of the schema'
  const planned = plan({
    fieldOf: (name) => (Object.hasOwn(all, name) ? 'any' : undefined),
    reportUnknown: (name, path) => void propertyOf(all, name, () => what, reading, path),
  })
  const byType = new Map(
    shapes.map(([name, shape]) => {
      // The properties of events hold no records.
      const fieldOf = (property: string): Field | undefined =>
        Object.hasOwn(shape, property) ? shape[property] : undefined
      return [name, plan({ fieldOf, reportUnknown: () => undefined }).columns]
    }),
  )
  return { ...planned, columnsOf: (name) => byType.get(name) ?? [] }
}
