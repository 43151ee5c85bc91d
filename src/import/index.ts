/**
 * Contacts from files.
 *
 * @module coterie/import
 */
export type { BooleanWords, CellFormat, DateOrder } from './cell-format.js'
export type { ChunkStream, CsvChunk, CsvSource, ImportSignal } from './csv-source.js'
export { importContacts } from './import-contacts.js'
export type {
  ColumnOptions,
  CsvCells,
  CsvOptions,
  IdColumn,
  ImportLimits,
  ImportOptions,
  ImportSegment,
  ImportTags,
} from './import-options.js'
export type { ImportedColumn, ImportedRow, ImportProgress, ImportReport, Refusal, RowOutcome } from './import-report.js'
export { profileCsv, type ColumnProfile, type CsvProfile } from './profile-csv.js'
