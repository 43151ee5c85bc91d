import type { InstantInput, ValueInput } from '../changes/input.js'
import type { FieldType, Schema } from '../contacts/schema.js'
import type { CellFormat } from './cell-format.js'
import type { EventImportProgress, ImportedEvent } from './event-report.js'
import type { CsvCells, CsvOptions, IdColumn } from './import-options.js'

/** What becomes of a column in a file of events. */
export interface EventColumnOptions extends CellFormat {
  /** The property. Default the one of the column's name. */
  readonly property?: string
  /** What the cells hold, where no schema says it. Default text. */
  readonly type?: FieldType
  /** What the elements of a list are, where no schema says it. Default text. */
  readonly of?: 'text' | 'number'
  /** Reads a cell that is not missing, in place of `type` and format; what it throws refuses the row. */
  readonly read?: (cell: string, cells: CsvCells) => ValueInput
}

/** The column that says when an event happened, and how it is written. A date without a time is the start of that day. */
export interface InstantColumn extends CellFormat {
  readonly column: string
}

/** The types of events that a schema knows. */
export type EventTypes<S extends Schema> = keyof NonNullable<S['events']> & string

/** How events are imported. */
export interface EventImportOptions<S extends Schema = Schema> extends CsvOptions, CellFormat {
  /** The column that names the contact, or what makes a name of a row; what that throws refuses the row. */
  readonly contact: string | IdColumn | ((cells: CsvCells) => string)
  /** The type of all events of the file, or the column that says it. */
  readonly type: EventTypes<S> | { readonly column: string }
  /** When an event happened: the column, or what makes it of a row. */
  readonly at: string | InstantColumn | ((cells: CsvCells) => InstantInput)
  /**
   * The event's id, unique within its contact: by it a file that is imported again changes nothing. Left out, events have
   * none, and the same file again records all of them again.
   */
  readonly id?: string | IdColumn | ((cells: CsvCells) => string)
  /**
   * The columns and what becomes of them; others are passed over. `all`, the default: each column that says nothing else is
   * the property of its name; with a schema, where events of the row's type have it.
   */
  readonly columns?: 'all' | { readonly [column: string]: string | EventColumnOptions }
  /** Whether a row about a contact that is not there is refused, or puts that contact, without attributes. Default `refuse`. */
  readonly unknownContacts?: 'refuse' | 'put'
  /** Whether a row with fewer cells than the header is refused, or its last cells are missing. Default `refuse`. */
  readonly shortRows?: 'refuse' | 'missing'
  /** Rows that are applied at once, as one batch, at most 1,000,000. Default 1,000. */
  readonly batchSize?: number
  /** Applies nothing, and reports what would be recorded. Default false. */
  readonly dryRun?: boolean
  /** Hears how far the import is, after each batch; where it returns a promise, that is waited for. */
  readonly onProgress?: (progress: EventImportProgress) => void | Promise<void>
  /** Hears what became of each row, in order, after its batch was applied; in a dry run, what would become of it. */
  readonly onRow?: (row: ImportedEvent) => void
}
