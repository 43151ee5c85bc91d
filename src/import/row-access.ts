import { isCoterieError, type Issue } from '../base/errors.js'
import { readId } from '../contacts/read-text.js'
import { report, type Reading } from '../contacts/reading.js'
import type { ReadyFormat } from './cell-format.js'
import { unescaped } from './cell-reader.js'
import { messageOf, type PlannedColumn } from './column-plan.js'
import type { ReadyCsv } from './csv-options.js'
import type { CsvHeader } from './csv-header.js'
import type { PlannedId } from './id-option.js'
import type { CsvCells } from './import-options.js'
import { RowCells } from './row-cells.js'
import type { CsvRow } from './row-reader.js'
import { faultIssue } from './row-refusal.js'
import { refused, type Refused } from '../contacts/refused.js'
import type { Value } from '../contacts/value.js'

/** How the rows of a file are looked at. */
export interface RowLook {
  readonly header: CsvHeader
  readonly csv: ReadyCsv
  readonly format: ReadyFormat
  readonly fillsShortRows: boolean
  readonly reading: Reading
  readonly encoding: string | undefined
}

/** The cells of rows of one file: whether a row can be looked into at all, and what a cell of it holds. */
export class RowAccess {
  readonly #look: RowLook

  constructor(look: RowLook) {
    this.#look = look
  }

  /** What is wrong with a row as a whole. */
  fault({ fault, cells }: CsvRow): Issue | undefined {
    const { csv, header, fillsShortRows } = this.#look
    if (fault !== undefined) return faultIssue(fault, csv.limits.row)
    const wanted = header.names.length
    if (cells.length === wanted || (cells.length < wanted && fillsShortRows)) return undefined
    const message = `The row has ${String(cells.length)} cells and the header has ${String(wanted)}`
    return { code: 'IMPORT_INVALID', path: [], message }
  }

  cellsOf({ cells }: CsvRow): RowCells {
    const { csv, header } = this.#look
    return new RowCells(csv.unescapeFormulas ? cells.map(unescaped) : cells, header.places)
  }

  /** An id; undefined where it is missing, or where it cannot be read, which is reported. */
  id(id: PlannedId, what: string, cells: RowCells, row: CsvRow): string | undefined {
    const { reading, format } = this.#look
    if (typeof id === 'function') return this.made(id, cells, row, (made) => readId(made, what, reading, []))
    const cell = this.cell(cells, id.place, id.column, format, row)
    return cell === undefined ? undefined : readId(id.prefix + cell, what, reading, [id.column])
  }

  /** What a function of the user's makes of a row, read; undefined where that is refused, which is reported. */
  made<T, R>(make: (cells: CsvCells) => T, cells: RowCells, row: CsvRow, read: (made: T) => R): R | undefined {
    const { reading } = this.#look
    if (row.isBroken && cells.all.some(isBroken)) {
      report(reading, this.#broken([]))
      return undefined
    }
    try {
      return read(make(cells.byName()))
    } catch (error) {
      const code = isCoterieError(error) ? error.code : 'VALUE_INVALID'
      report(reading, { code, path: [], message: messageOf(error) })
      return undefined
    }
  }

  /** The values of columns by their names, `null` for a missing cell; without those that are reported. */
  values(columns: readonly PlannedColumn[], cells: RowCells, row: CsvRow): ReadonlyMap<string, Value | null> {
    const { reading } = this.#look
    const values = new Map<string, Value | null>()
    for (const { column, place, name, format, read } of columns) {
      const before = reading.issues.length
      const cell = this.cell(cells, place, column, format, row)
      if (reading.issues.length > before) continue
      const value: Value | undefined | Refused = cell === undefined ? undefined : read(cell, cells.byName, reading)
      if (value !== refused) values.set(name, value ?? null)
    }
    return values
  }

  /** A cell as it is to be read; undefined where it is missing, or reported where it holds what cannot be read. */
  cell(cells: RowCells, place: number, column: string, format: ReadyFormat, row: CsvRow): string | undefined {
    const written = cells.all[place]
    if (written === undefined) return undefined
    // A lone quote is the empty text, as in spreadsheets: it is there, and nothing follows.
    if (this.#look.csv.unescapeFormulas && row.cells[place] === "'") return ''
    if (row.isBroken && isBroken(written)) {
      report(this.#look.reading, this.#broken([column]))
      return undefined
    }
    const cell = format.trim ? written.trim() : written
    return format.missing.has(cell) ? undefined : cell
  }

  #broken(path: readonly string[]): Issue {
    return { code: 'IMPORT_INVALID', path, message: `There are bytes that are not ${this.#look.encoding ?? 'text'}` }
  }
}

function isBroken(cell: string): boolean {
  return cell.includes('\ufffd')
}
