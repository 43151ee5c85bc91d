/**
 * Contacts and events from files, and contacts to files.
 *
 * @module coterie/import
 */
export type { BooleanWords, CellFormat, DateOrder } from './cell-format.js'
export type { ChunkStream, CsvChunk, CsvSource, ImportSignal } from './csv-source.js'
export type { EventColumnOptions, EventImportOptions, EventTypes, InstantColumn } from './event-options.js'
export type {
  EventImportProgress,
  EventImportReport,
  EventOutcome,
  ImportedEvent,
  ImportedProperty,
} from './event-report.js'
export { exportCsv, type CsvExportOptions } from '../export/export-csv.js'
export { exportJsonLines } from '../export/export-json-lines.js'
export { exportRows, type ExportedRow, type ExportOptions } from '../export/export-rows.js'
export type { ExportColumn, ExportedValue } from '../export/export-columns.js'
export type { AnyEngine } from '../population/any-engine.js'
export type { NamedRule, Selection } from '../population/selection.js'
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
export { importEvents } from './import-events.js'
export { profileCsv, type ColumnProfile, type CsvProfile } from './profile-csv.js'
