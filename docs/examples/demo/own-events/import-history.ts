import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import type { Engine } from 'coterie'
import { importEvents, profileCsv, type ColumnOptions, type ColumnProfile, type CsvProfile } from 'coterie/import'
import { UsageError, type Arguments } from '../arguments.js'
import { counted, milliseconds, printWrapped, type Terminal } from '../print/terminal.js'
import { datesIn } from '../words/dates.js'
import type { Stopwatch } from '../demonstration.js'

/** The events of a file, all recorded ahead of the clock. */
export interface History {
  /** What the events are called. */
  readonly type: string
  /** The properties that are numbers. */
  readonly numbers: readonly string[]
  readonly first: number
  readonly last: number
}

/** Which column of a file says what. */
interface EventColumns {
  readonly contact: string
  readonly at: string
  readonly id: string | undefined
  readonly properties: { readonly [column: string]: ColumnOptions }
}

/** Records the events of a file; says what is in it, and what became of it. `contactColumn` is the one that names contacts elsewhere. */
export async function importHistory(
  engine: Engine,
  file: string,
  given: Arguments,
  contactColumn: string | undefined,
  terminal: Terminal,
  stopwatch: Stopwatch,
): Promise<History> {
  const { delimiter, 'event-type': type, 'time-zone': timeZone } = given
  const profile = await profileCsv(createReadStream(file), delimiter === undefined ? {} : { delimiter })
  const { contact, at, id, properties } = eventColumns(profile, given, contactColumn)
  const events = `${basename(file)}: ${counted(profile.rows, 'row')}; each is an event "${type}" of the contact in ${contact}, at ${at}`
  printWrapped(terminal, terminal.paint('bold', `${events}${id === undefined ? '' : `, its id in ${id}`}`))
  printWrapped(terminal, `Properties: ${Object.keys(properties).join(', ') || 'none'}.`)
  const begun = stopwatch()
  const report = await importEvents(engine, createReadStream(file), {
    contact,
    type,
    at: { column: at, ...dateFormat(profile, at, given) },
    ...(id === undefined ? undefined : { id }),
    columns: properties,
    delimiter: profile.delimiter,
    unknownContacts: given.contacts === undefined ? 'put' : 'refuse',
  })
  const { recorded, refused, contactsCreated, refusals, first, last } = report
  if (first === undefined || last === undefined) throw new UsageError(`No row of ${basename(file)} could be recorded`)
  const dates = datesIn(timeZone)
  const of = contactsCreated === 0 ? '' : ` of ${counted(contactsCreated, 'contact')}`
  printWrapped(
    terminal,
    `Recorded ${counted(recorded, 'event')}${of} from ${dates.day(first)} to ${dates.day(last)} in ` +
      `${milliseconds(stopwatch() - begun)}, all ahead of the clock; ${counted(refused, 'row')} refused.`,
  )
  for (const { line, column, reason } of refusals.slice(0, 3)) {
    printWrapped(terminal, `  line ${line}${column === undefined ? '' : `, ${column}`}: ${reason}`)
  }
  const numbers = Object.keys(properties).filter((name) => properties[name]?.type === 'number')
  return { type, numbers, first, last }
}

/**
 * The contact is in the column that names contacts elsewhere, the instant in the first column of dates, and the id in the
 * first with another value in every row, unless the command line says otherwise.
 */
function eventColumns(profile: CsvProfile, given: Arguments, contactColumn: string | undefined): EventColumns {
  const known = profile.columns.map(({ column }) => column)
  const need = (option: string, column: string | undefined, what: string): string => {
    if (column !== undefined && known.includes(column)) return column
    const asked = column === undefined ? `No column ${what}` : `There is no column '${column}'`
    throw new UsageError(`${asked}: say with --${option} which it is; the columns are ${known.join(', ')}`)
  }
  const isDate = ({ could }: ColumnProfile): boolean => could.some(({ type }) => type === 'day' || type === 'instant')
  const dated = profile.columns.find(isDate)?.column
  const contact = need('event-contact', given['event-contact'] ?? contactColumn, 'names the contact')
  const at = need('event-at', given['event-at'] ?? dated, 'holds dates')
  const unique = profile.columns.find(({ column, isUnique }) => isUnique && column !== contact && column !== at)?.column
  const id = given['event-id'] === undefined ? unique : need('event-id', given['event-id'], 'is the id')
  const others = profile.columns.filter(({ column }) => ![contact, at, id].includes(column))
  const properties = others.map(({ column, could, missing }): [string, ColumnOptions] => {
    const number = could.find(({ type }) => type === 'number')
    return [column, number ?? { type: 'text', missing }]
  })
  return { contact, at, id, properties: Object.fromEntries(properties) }
}

/** The order of year, month and day that fits all dates of a column. */
function dateFormat(profile: CsvProfile, column: string, given: Arguments): Pick<ColumnOptions, 'dateOrder'> {
  const { could = [] } = profile.columns.find((one) => one.column === column) ?? {}
  const orders = [...new Set(could.flatMap(({ dateOrder }) => dateOrder ?? []))]
  const asked = orders.find((order) => order === given['date-order']?.toUpperCase())
  if (asked === undefined && orders.length > 1) {
    throw new UsageError(`The dates of ${column} could be in several orders: say with --date-order ymd, dmy or mdy`)
  }
  const order = asked ?? orders[0]
  return order === undefined ? {} : { dateOrder: order }
}
