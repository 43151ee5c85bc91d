import type { Schema } from '../contacts/schema.js'
import type { Engine } from '../engine/engine.js'
import { sizeOf, type CsvSource } from './csv-source.js'
import { EventImport } from './event-import.js'
import type { EventImportOptions } from './event-options.js'
import type { EventImportReport } from './event-report.js'
import { runImport } from './import-run.js'

/**
 * Imports events from a CSV file, a row an event. They are recorded as by `events.record`: of the past late, of the future
 * to count from their instant on. A row that does not fit is refused, reported, and does not stop the rest. With `id` the
 * same file again changes nothing. Rows are applied in batches while the file is read, each batch as one.
 *
 * @throws CoterieError (as a rejection) before anything is applied: `OPTION_INVALID`, `EVENT_TYPE_UNKNOWN`,
 *   `PROPERTY_UNKNOWN`, `TIME_ZONE_UNKNOWN`; `IMPORT_INVALID` where the header is wrong, lacks a column, or papaparse is not
 *   installed. `LIMIT_EXCEEDED` where the file is too large: of a stream that is known only on the way, and the batches
 *   before stay.
 */
export async function importEvents<const S extends Schema = Schema>(
  engine: Engine<S>,
  source: CsvSource,
  options: EventImportOptions<S>,
): Promise<EventImportReport> {
  const given = options as unknown as EventImportOptions
  return runImport(source, new EventImport(engine as unknown as Engine, given, sizeOf(source)))
}
