import { CoterieError } from '../base/errors.js'
import { rowsOf } from './csv-rows.js'
import type { ReadyCsv } from './csv-options.js'
import type { CsvSource } from './csv-source.js'
import { loadPapaparse } from './load-papaparse.js'
import type { CsvRow } from './row-reader.js'

/** An import on its way: rows in, batches of changes out. */
export interface ImportRun<R> {
  readonly csv: ReadyCsv
  /** Whether a batch is together. */
  readonly isFull: boolean
  /** Notes how far the file is read. */
  isAt(bytes: number, encoding: string | undefined): void
  /** Takes the header, which is the first row. Throws `IMPORT_INVALID` of it. */
  begin(header: CsvRow): void
  /** Takes a row below the header. */
  take(row: CsvRow): void
  /** Applies the batch. */
  flush(): Promise<void>
  /** Applies what is left; gives the report. Of a file without a header it throws `IMPORT_INVALID`. */
  finish(): Promise<R>
}

/** Reads a file through a run. Throws `LIMIT_EXCEEDED` where it has too many rows, and what the run throws. */
export async function runImport<R>(source: CsvSource, run: ImportRun<R>): Promise<R> {
  const papa = await loadPapaparse()
  let rows = -1
  for await (const block of rowsOf(papa, source, run.csv.rows)) {
    run.isAt(block.bytes, block.encoding)
    for (const row of block.rows) {
      checkCount(++rows, row, run.csv)
      if (rows === 0) run.begin(row)
      else run.take(row)
      if (run.isFull) await run.flush()
    }
  }
  return run.finish()
}

function checkCount(rows: number, { line }: CsvRow, { limits: { rows: most } }: ReadyCsv): void {
  if (rows <= most) return
  throw new CoterieError('LIMIT_EXCEEDED', `The file has more than ${String(most)} rows`, {
    path: ['limits', 'rows'],
    received: `a row in line ${String(line)}`,
    expected: `at most ${String(most)}`,
  })
}
