import type { ValueInput } from '../changes/input.js'
import type { FieldType, Schema } from '../contacts/schema.js'
import type { AttributeNames } from '../engine/typed-attributes.js'
import type { CellFormat } from './cell-format.js'
import type { ImportSignal } from './csv-source.js'
import type { ImportedRow, ImportProgress } from './import-report.js'

/** How large a file may be, and how much is kept of what is wrong with it. */
export interface ImportLimits {
  /** Bytes; of a source of texts, UTF-16 code units. Beyond it the import ends with `LIMIT_EXCEEDED`. Default 268,435,456. */
  readonly bytes: number
  /** Rows below the header. Beyond it the import ends with `LIMIT_EXCEEDED`. Default 10,000,000. */
  readonly rows: number
  /** UTF-16 code units of one row; a longer one is refused. Default 131,072. */
  readonly row: number
  /** Refusals that the report lists; all are counted. Default 1,000. */
  readonly refusals: number
}

/** How a CSV file is read. */
export interface CsvOptions {
  /** What stands between cells. Default `,`; `profileCsv` guesses it where it is left out. */
  readonly delimiter?: string
  /** The encoding of bytes, as `TextDecoder` names it. A byte-order mark says more than this. Default `utf-8`. */
  readonly encoding?: string
  readonly limits?: Partial<ImportLimits>
  /** Ends the reading: the promise rejects with the signal's reason. What was applied stays. */
  readonly signal?: ImportSignal
  /**
   * Whether a cell that begins with `'` and one of `= + - @ '`, a tab or a carriage return loses that one `'`, with which
   * exports keep spreadsheets from taking texts for formulas, and a cell that is a lone `'` is the empty text. Default true.
   */
  readonly unescapeFormulas?: boolean
}

/** The cells of a row by their headers, as they stand in the file. */
export type CsvCells = ReadonlyMap<string, string>

/** What becomes of a column. */
export interface ColumnOptions<A extends string = string> extends CellFormat {
  /** The attribute. Default the one of the column's name. */
  readonly attribute?: A
  /** What the cells hold, where no schema says it. Default text. */
  readonly type?: FieldType
  /** What the elements of a list are, where no schema says it. Default text. */
  readonly of?: 'text' | 'number'
  /** Reads a cell that is not missing, in place of `type` and format; what it throws refuses the row. */
  readonly read?: (cell: string, cells: CsvCells) => ValueInput
}

/** Where the id of a contact stands. */
export interface IdColumn {
  readonly column: string
  /** What is put before the cell. */
  readonly prefix?: string
}

/** Which tags contacts are given. They are held by `{ kind: 'import', by }`. */
export interface ImportTags {
  /** The column that holds tags; `split` says what stands between them. */
  readonly column?: string
  readonly split?: string
  /** Tags for every contact of the file. */
  readonly add?: readonly string[]
  /** Which import it is; without it, imports are one holder together. */
  readonly by?: string
}

/** The static or hybrid segment that contacts are put into; where there is none, a static one is defined. */
export interface ImportSegment {
  readonly id: string
  /** The name of a segment that is defined. */
  readonly name?: string
  /** Why they are put in; those who are in by hand already keep what they have. */
  readonly reason?: string
  /** Whether those by hand in it whom no row names are taken out at the end. Default false. */
  readonly replace?: boolean
}

/** How contacts are imported. All but `id` may be left out. */
export interface ImportOptions<S extends Schema = Schema> extends CsvOptions, CellFormat {
  /** The column of the contact's id, or what makes an id of a row; what that throws refuses the row. */
  readonly id: string | IdColumn | ((cells: CsvCells) => string)
  /**
   * The columns and what becomes of them; others are passed over. `all`, the default: each column but those of id and tags
   * is the attribute of its name; with a schema, where it has such an attribute.
   */
  readonly columns?: 'all' | { readonly [column: string]: AttributeNames<S> | ColumnOptions<AttributeNames<S>> }
  readonly tags?: ImportTags
  readonly segment?: string | ImportSegment
  /** Whether only the attributes of the columns change, or all of a contact's attributes are replaced. Default `patch`. */
  readonly mode?: 'patch' | 'put'
  /** What a missing cell does to the attribute of a contact that is there: takes it away, or leaves it. Default `clear`. */
  readonly missingCells?: 'clear' | 'keep'
  /** Whether a row with fewer cells than the header is refused, or its last cells are missing. Default `refuse`. */
  readonly shortRows?: 'refuse' | 'missing'
  /** Rows that are applied at once, as one batch, at most 1,000,000. Default 1,000. */
  readonly batchSize?: number
  /** Applies nothing, and reports what would change. Default false. */
  readonly dryRun?: boolean
  /** Hears how far the import is, after each batch; where it returns a promise, that is waited for. */
  readonly onProgress?: (progress: ImportProgress) => void | Promise<void>
  /** Hears what became of each row, in order, after its batch was applied; in a dry run, what would become of it. */
  readonly onRow?: (row: ImportedRow) => void
}
