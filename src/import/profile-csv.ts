import { defaultFormat } from './cell-format.js'
import { unescaped } from './cell-reader.js'
import { ColumnGuess } from './column-guess.js'
import { readHeader, type CsvHeader } from './csv-header.js'
import { readCsvOptions } from './csv-options.js'
import { rowsOf } from './csv-rows.js'
import type { CsvSource } from './csv-source.js'
import type { ColumnOptions, CsvOptions } from './import-options.js'
import { checkNames, optionNames } from './known-options.js'
import { loadPapaparse } from './load-papaparse.js'
import type { CsvRow } from './row-reader.js'

/** What a column holds. */
export interface ColumnProfile {
  readonly column: string
  /** Cells that hold something. */
  readonly cells: number
  /** Cells that hold nothing, or a word that often means so. */
  readonly missingCells: number
  /** What those hold, as the option `missing` takes it: `''` first, then the words met. */
  readonly missing: readonly string[]
  /** Whether no two cells that hold something are the same, and none is missing: then it could be the id. */
  readonly isUnique: boolean
  /** The first different cells, at most five. */
  readonly sample: readonly string[]
  /**
   * The ways to read all cells, each as the options of a column; none where only text is left. Where there are several,
   * as with dates that are never later than the 12th, the file alone cannot say which it is.
   */
  readonly could: readonly ColumnOptions[]
}

/** What a CSV file holds. */
export interface CsvProfile {
  /** The delimiter, guessed where none was given. */
  readonly delimiter: string
  /** The encoding in use; left out where the source is text. */
  readonly encoding?: string
  /** Rows below the header, blank lines left out. */
  readonly rows: number
  /** Rows with another number of cells than the header, or with quotes out of order. They are not looked into. */
  readonly unfit: number
  readonly columns: readonly ColumnProfile[]
}

/** Words that people and programs write where there is nothing; beside them, white space alone. */
const missingWords: ReadonlySet<string> = new Set([
  'NULL',
  'null',
  '(null)',
  'N/A',
  'n/a',
  '#N/A',
  'NA',
  'NaN',
  'nan',
  'None',
  'none',
  'nil',
  '\\N',
  '-',
  '--',
  '?',
])

const sampleSize = 5

/**
 * Reads a CSV file through and says of each column what it could be, to choose the options of an import by. Nothing is
 * decided: text is what a column is imported as unless it is told otherwise.
 *
 * @throws CoterieError (as a rejection) `OPTION_INVALID`, `LIMIT_EXCEEDED`, or `IMPORT_INVALID` where the header is wrong.
 */
export async function profileCsv(source: CsvSource, options: CsvOptions = {}): Promise<CsvProfile> {
  checkNames(options, optionNames.profile, [])
  const csv = readCsvOptions(options)
  const papa = await loadPapaparse()
  const { trim } = defaultFormat('UTC')
  let file: { readonly header: CsvHeader; readonly columns: readonly ColumnLook[] } | undefined
  let used: { readonly encoding: string | undefined; readonly delimiter: string } = {
    encoding: undefined,
    delimiter: ',',
  }
  let rows = 0
  let unfit = 0
  const begin = (row: CsvRow | undefined): NonNullable<typeof file> => {
    const header = readHeader(row, { trim, unescapeFormulas: csv.unescapeFormulas })
    return { header, columns: header.names.map((name) => new ColumnLook(name)) }
  }
  for await (const block of rowsOf(papa, source, csv.rows)) {
    used = block
    for (const row of block.rows) {
      if (file === undefined) {
        file = begin(row)
        continue
      }
      rows += 1
      if (row.fault !== undefined || row.cells.length !== file.columns.length) unfit += 1
      else
        for (const [place, column] of file.columns.entries())
          column.see(csv.unescapeFormulas ? unescaped(row.cells[place] ?? '') : (row.cells[place] ?? ''))
    }
  }
  const { columns } = file ?? begin(undefined)
  return Object.freeze({
    delimiter: used.delimiter,
    ...(used.encoding === undefined ? undefined : { encoding: used.encoding }),
    rows,
    unfit,
    columns: Object.freeze(columns.filter(({ name }) => name !== '').map((column) => column.profile())),
  })
}

/** A look at one column, cell by cell. */
class ColumnLook {
  readonly name: string
  readonly #guess = new ColumnGuess()
  readonly #missing = new Set<string>([''])
  readonly #sample = new Set<string>()
  /** All cells so far, while no two are the same. */
  #all: Set<string> | undefined = new Set<string>()
  #cells = 0
  #missingCells = 0

  constructor(name: string) {
    this.name = name
  }

  see(cell: string): void {
    if (cell.trim() === '' || missingWords.has(cell)) {
      this.#missing.add(cell)
      this.#missingCells += 1
      return
    }
    this.#cells += 1
    this.#guess.see(cell)
    if (this.#sample.size < sampleSize) this.#sample.add(cell)
    if (this.#all?.has(cell) === true) this.#all = undefined
    else this.#all?.add(cell)
  }

  profile(): ColumnProfile {
    const missing = Object.freeze([...this.#missing])
    const isPlain = missing.length === 1
    return Object.freeze({
      column: this.name,
      cells: this.#cells,
      missingCells: this.#missingCells,
      missing,
      isUnique: this.#all !== undefined && this.#cells > 0 && this.#missingCells === 0,
      sample: Object.freeze([...this.#sample]),
      could: Object.freeze(
        this.#guess.could.map((options) => Object.freeze(isPlain ? options : { ...options, missing })),
      ),
    })
  }
}
