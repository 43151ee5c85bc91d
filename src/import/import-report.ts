import type { ErrorCode } from '../base/errors.js'

/** Why a row was refused; one for each thing that is wrong with it. */
export interface Refusal {
  /** The line of the file that the row begins in; the header's is 1 where nothing stands before it. */
  readonly line: number
  /** The line that it ends in, where that is another. */
  readonly lastLine?: number
  /** The header of the column, where it is about one cell. */
  readonly column?: string
  readonly code: ErrorCode
  /** What is wrong, in a sentence for a person. */
  readonly reason: string
  /** The cell, shortened and in quotes. */
  readonly value?: string
}

/** What became of a row: a contact put, a contact changed, nothing to change, or a refusal. */
export type RowOutcome = 'created' | 'changed' | 'unchanged' | 'refused'

/** A row and what became of it. */
export interface ImportedRow {
  readonly line: number
  readonly outcome: RowOutcome
  /** Left out where the row names no contact. */
  readonly contactId?: string
  /** The attributes that changed. */
  readonly attributes: readonly string[]
  /** The tags that the contact did not have, or has now by one more holder. */
  readonly tags: readonly string[]
  /** Whether the contact was put into the segment. */
  readonly included: boolean
  /** Why it was refused. */
  readonly refusals: readonly Refusal[]
}

/** How far an import is. */
export interface ImportProgress {
  /** Bytes read; of a source of texts, UTF-16 code units. */
  readonly bytes: number
  /** The size of the file, where it is known beforehand. */
  readonly totalBytes?: number
  readonly rows: number
  readonly created: number
  readonly changed: number
  readonly unchanged: number
  readonly refused: number
  /** True the last time. */
  readonly isDone: boolean
}

/** A column and what became of it. */
export interface ImportedColumn {
  readonly column: string
  readonly attribute: string
  /** How many rows changed the attribute. */
  readonly changed: number
}

/** What an import did; of a dry run, what it would do. A dry run and the import after it report the same. */
export interface ImportReport {
  readonly dryRun: boolean
  /** The encoding in use: the declared one, or that of the byte-order mark. Left out where the source is text. */
  readonly encoding?: string
  /** Rows below the header, blank lines left out: those created, changed, unchanged and refused together. */
  readonly rows: number
  /** Rows that put a contact. */
  readonly created: number
  /** Rows that changed a contact that was there: an attribute, a tag, or the membership. */
  readonly changed: number
  readonly unchanged: number
  readonly refused: number
  /** Rows, among those, whose contact an earlier row of the file was about: they change it once more. */
  readonly repeated: number
  /** Why rows were refused, in order; as many as the limit says. */
  readonly refusals: readonly Refusal[]
  readonly columns: readonly ImportedColumn[]
  /** The headers of columns that are passed over. */
  readonly ignoredColumns: readonly string[]
  /** Tags of contacts: new ones, those there already under another holder, and those there already under this one. */
  readonly tags: { readonly added: number; readonly held: number; readonly present: number }
  /** Only where contacts are put into a segment. */
  readonly segment?: {
    readonly id: string
    /** Whether it was defined. */
    readonly created: boolean
    readonly included: number
    /** Rows whose contact was in by hand already. */
    readonly present: number
    /** Those taken out, with `replace`. */
    readonly removed: number
    /** Those who would have been, had not rows been refused that may be about them. */
    readonly spared: number
  }
}
