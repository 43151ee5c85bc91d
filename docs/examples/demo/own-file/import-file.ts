import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { createEngine, type Engine } from 'coterie'
import { importContacts, profileCsv } from 'coterie/import'
import type { Arguments } from '../arguments.js'
import type { Stopwatch } from '../demonstration.js'
import { counted, printWrapped, type Terminal } from '../print/terminal.js'
import { datesIn } from '../words/dates.js'
import { ownColumns } from './column-options.js'
import type { Column } from './columns.js'
import { showColumns, showReport } from './show-import.js'

/** The contacts of a file. */
export interface Imported {
  readonly engine: Engine
  /** The column that names the contact. */
  readonly id: string
  /** The attributes that were read, in the order of the file's columns. */
  readonly attributes: readonly string[]
}

/** An engine with the contacts of a file; says what is in the file, and what became of it. */
export async function importFile(
  file: string,
  given: Arguments,
  terminal: Terminal,
  stopwatch: Stopwatch,
): Promise<Imported> {
  const { delimiter, split, 'tag-column': column } = given
  const profile = await profileCsv(createReadStream(file), delimiter === undefined ? {} : { delimiter })
  const columns = ownColumns(profile, given)
  const called = `${basename(file)}: ${counted(profile.rows, 'row')}; the contact is named by ${columns.id}`
  terminal.print(terminal.paint('bold', called))
  showColumns(terminal, profile, columns)
  // It begins before all dates; the clock is moved behind them once they are known.
  const engine = createEngine({ now: '1800-01-01', timeZone: given['time-zone'] })
  const begun = stopwatch()
  const report = await importContacts(engine, createReadStream(file), {
    id: columns.id,
    columns: columns.columns,
    delimiter: profile.delimiter,
    ...(column === undefined ? undefined : { tags: { column, split, by: basename(file) } }),
  })
  showReport(terminal, report, stopwatch() - begun)
  const imported = profile.columns.filter(({ column }) => Object.hasOwn(columns.columns, column))
  return { engine, id: columns.id, attributes: imported.map(({ column }) => column) }
}

/** To the day after the latest date in the first column of dates, unless the command line says otherwise. */
export function setClock(engine: Engine, columns: readonly Column[], given: Arguments, terminal: Terminal): void {
  const { now, 'time-zone': timeZone } = given
  const column = columns.find(({ isDate }) => isDate)
  const latest = column?.order.at(-1)
  const say = (more: string): void => {
    printWrapped(terminal, `The clock stands at ${datesIn(timeZone).full(engine.now)}${more}.`)
  }
  if (now !== undefined) {
    engine.advanceTo(now)
    say('')
  } else if (latest !== undefined) {
    engine.advanceTo((Math.floor(latest / 86_400_000) + 1) * 86_400_000)
    say(`, after the latest ${column?.name ?? ''}; --now sets another time`)
  }
}
