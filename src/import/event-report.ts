import type { Refusal } from './import-report.js'

/** What became of a row: an event recorded, one whose id the contact has or had already, or a refusal. */
export type EventOutcome = 'recorded' | 'duplicate' | 'refused'

/** A row of a file of events and what became of it. */
export interface ImportedEvent {
  readonly line: number
  readonly outcome: EventOutcome
  /** Left out where the row names no contact. */
  readonly contactId?: string
  /** Left out where the event has none. */
  readonly eventId?: string
  /** Why it was refused. */
  readonly refusals: readonly Refusal[]
}

/** How far an import of events is. */
export interface EventImportProgress {
  /** Bytes read; of a source of texts, UTF-16 code units. */
  readonly bytes: number
  /** The size of the file, where it is known beforehand. */
  readonly totalBytes?: number
  readonly rows: number
  readonly recorded: number
  readonly duplicate: number
  readonly refused: number
  /** True the last time. */
  readonly isDone: boolean
}

/** A column and what became of it. */
export interface ImportedProperty {
  readonly column: string
  readonly property: string
  /** How many of the recorded events have the property. */
  readonly recorded: number
}

/** What an import of events did; of a dry run, what it would do. A dry run and the import after it report the same. */
export interface EventImportReport {
  readonly dryRun: boolean
  /** The encoding in use: the declared one, or that of the byte-order mark. Left out where the source is text. */
  readonly encoding?: string
  /** Rows below the header, blank lines left out: those recorded, duplicates and refused together. */
  readonly rows: number
  readonly recorded: number
  readonly duplicate: number
  readonly refused: number
  /** Contacts that were put because a row named them. */
  readonly contactsCreated: number
  /** The types of the recorded events in the order in which they came, and how many there are of each. */
  readonly types: readonly { readonly type: string; readonly recorded: number }[]
  /** The earliest and the latest instant of the recorded events, in ms; left out where there are none. */
  readonly first?: number
  readonly last?: number
  /** Why rows were refused, in order; as many as the limit says. */
  readonly refusals: readonly Refusal[]
  readonly columns: readonly ImportedProperty[]
  /** The headers of columns that are passed over. */
  readonly ignoredColumns: readonly string[]
}
