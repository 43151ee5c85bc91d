import type { ColumnOptions, CsvProfile, ImportReport } from 'coterie/import'
import { counted, milliseconds, printWrapped, type Terminal } from '../print/terminal.js'
import type { OwnColumns } from './column-options.js'

/** So many refused rows are shown. */
const refusalsShown = 5

/** What each column is read as. */
export function showColumns(terminal: Terminal, profile: CsvProfile, { columns, undecided }: OwnColumns): void {
  const of = (...types: readonly ColumnOptions['type'][]): string =>
    Object.entries(columns)
      .filter(([, { type }]) => types.includes(type))
      .map(([column]) => column)
      .join(', ') || 'none'
  printWrapped(terminal, `Numbers: ${of('number')}.`)
  printWrapped(terminal, `Dates: ${of('day', 'instant')}.`)
  printWrapped(terminal, `Texts: ${of('text')}.`)
  const missing = profile.columns.filter(
    ({ column, missing }) => missing.length > 1 && columns[column]?.missing !== undefined,
  )
  if (missing.length > 0) {
    const words = [...new Set(missing.flatMap((column) => column.missing.slice(1)))].map((word) => JSON.stringify(word))
    const where = missing.map(({ column, missingCells }) => `${column} (${counted(missingCells)})`)
    printWrapped(terminal, `Taken as not known: ${words.join(', ')} in ${where.join(', ')}.`)
  }
  if (undecided.length > 0) {
    printWrapped(
      terminal,
      `Dates, but in which order? ${undecided.join(', ')} could be in several: say with --date-order. Read as texts.`,
    )
  }
}

/** What became of the rows. */
export function showReport(terminal: Terminal, report: ImportReport, took: number): void {
  const { created, repeated, refused, refusals, tags } = report
  const again = repeated === 0 ? '' : ` (${counted(repeated, 'row')} about a contact that an earlier row was about)`
  const tagged = tags.added === 0 ? '' : ` and ${counted(tags.added, 'tag')}`
  printWrapped(
    terminal,
    `Imported ${counted(created, 'contact')}${tagged}${again} in ${milliseconds(took)}; ` +
      `${counted(refused, 'row')} refused.`,
  )
  for (const { line, column, reason } of refusals.slice(0, refusalsShown)) {
    const where = `  line ${line}${column === undefined ? '' : `, ${column}`}`
    printWrapped(terminal, `${where}: ${reason}`)
  }
  if (refusals.length > refusalsShown) terminal.print(`  and ${counted(refusals.length - refusalsShown)} more`)
}
