import type { AnyEngine } from '../population/any-engine.js'
import type { Selection } from '../population/selection.js'
import { exportRows, mapped, type ExportOptions } from './export-rows.js'

/**
 * The members of a segment, or those a rule holds for, as lines of JSON, each with its `\n`: an object by the headers, instants
 * and days tagged, so that nothing is lost. See {@link exportRows} for who is in it and when, and for what is thrown.
 */
export function exportJsonLines(engine: AnyEngine, of: Selection, options: ExportOptions = {}): Iterable<string> {
  return mapped(exportRows(engine, of, options), (row) => `${JSON.stringify(row)}\n`)
}
