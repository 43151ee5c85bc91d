import type { Schema } from '../contacts/schema.js'
import type { Engine } from '../engine/engine.js'
import { ContactImport } from './contact-import.js'
import { sizeOf, type CsvSource } from './csv-source.js'
import type { ImportOptions } from './import-options.js'
import type { ImportReport } from './import-report.js'
import { runImport } from './import-run.js'

/**
 * Imports contacts from a CSV file. Rows become contacts, or change those that are there; a row that does not fit is
 * refused as a whole, reported, and does not stop the rest. Rows are applied in batches while the file is read, each
 * batch as one; a row that says what is so already makes no change, so the same file again changes nothing.
 *
 * Two imports into one engine must not run at the same time if they share contacts: the later batch wins.
 *
 * @throws CoterieError (as a rejection) before anything is applied: `OPTION_INVALID`, `ATTRIBUTE_UNKNOWN`, `SEGMENT_KIND`,
 *   `TIME_ZONE_UNKNOWN`; `IMPORT_INVALID` where the header is wrong, lacks a column, or papaparse is not installed.
 *   `LIMIT_EXCEEDED` where the file is too large: of a stream that is known only on the way, and the batches before stay.
 */
export async function importContacts<const S extends Schema = Schema>(
  engine: Engine<S>,
  source: CsvSource,
  options: ImportOptions<S>,
): Promise<ImportReport> {
  const given = options as unknown as ImportOptions
  return runImport(source, new ContactImport(engine as unknown as Engine, given, sizeOf(source)))
}
