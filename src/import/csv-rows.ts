import type { CsvSource } from './csv-source.js'
import { textOf, type TextOptions } from './csv-text.js'
import type { Papa } from './papa.js'
import { RowReader, type CsvRow } from './row-reader.js'

/** Rows, and how far the file is read with them. */
export interface RowBlock {
  readonly rows: readonly CsvRow[]
  /** Bytes read so far; of a source of texts, UTF-16 code units. */
  readonly bytes: number
  readonly encoding: string | undefined
  /** The delimiter in use. */
  readonly delimiter: string
}

/** How a file is read into rows. */
export interface RowOptions extends TextOptions {
  /** Left out it is guessed from the first part of the text. */
  readonly delimiter: string | undefined
  /** The most characters of one row. */
  readonly mostInRow: number
}

/** The rows of a file, block by block. Throws what {@link textOf} throws. */
export async function* rowsOf(
  papa: Papa,
  source: CsvSource,
  options: RowOptions,
): AsyncGenerator<RowBlock, void, undefined> {
  const reader = new RowReader(papa, options)
  let read: Pick<RowBlock, 'bytes' | 'encoding'> = { bytes: 0, encoding: undefined }
  for await (const { text, broken, bytes, encoding } of textOf(source, options)) {
    read = { bytes, encoding }
    const rows = reader.push(text, broken)
    if (rows.length > 0) yield { rows, ...read, delimiter: reader.delimiter }
    if (reader.isOver) return
  }
  yield { rows: reader.end(), ...read, delimiter: reader.delimiter }
}
