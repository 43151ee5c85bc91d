import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import Papa from 'papaparse'

/** A row of a file with a header, its cells by the names of their columns. */
export class CsvRow {
  readonly #columns: ReadonlyMap<string, number>
  readonly #cells: readonly string[]

  constructor(columns: ReadonlyMap<string, number>, cells: readonly string[]) {
    this.#columns = columns
    this.#cells = cells
  }

  /** The cell as it is written. A name that the header has not is a mistake of the test. */
  text(column: string): string {
    const cell = this.#cells[this.#columns.get(column) ?? -1]
    if (cell === undefined) throw new Error(`No cell ${column} among ${[...this.#columns.keys()].join(', ')}`)
    return cell
  }

  number(column: string): number {
    return Number(this.text(column))
  }

  /** A number of so many decimals at most, as the whole number of its smallest parts. */
  scaled(column: string, decimals: number): number {
    return Math.round(this.number(column) * 10 ** decimals)
  }
}

/** Reads a file, unpacked where its name ends in `.gz`; keeps what `read` gives of each row, but for undefined. */
export function readCsv<T>(path: string, read: (row: CsvRow) => T | undefined): readonly T[] {
  const bytes = readFileSync(path)
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  const rows: T[] = []
  let columns: ReadonlyMap<string, number> | undefined
  Papa.parse<readonly string[]>(text, {
    skipEmptyLines: true,
    step({ data }) {
      if (columns === undefined) {
        columns = new Map(data.map((name, place) => [name, place]))
        return
      }
      const row = read(new CsvRow(columns, data))
      if (row !== undefined) rows.push(row)
    },
  })
  return rows
}
