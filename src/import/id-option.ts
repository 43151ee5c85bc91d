import { placeOf, type CsvHeader } from './csv-header.js'
import type { CsvCells, IdColumn } from './import-options.js'
import { checkNames, optionNames } from './known-options.js'
import { optionError } from './option-error.js'

/** Where an id comes from: a column, or a function of the row. */
export type ReadyId = IdColumn | ((cells: CsvCells) => string)

/** The same for a file whose header is known. */
export type PlannedId =
  { readonly place: number; readonly column: string; readonly prefix: string } | ((cells: CsvCells) => string)

/** Checks an option that says where an id comes from; `option` is its name. Throws `OPTION_INVALID`. */
export function readIdOption(given: string | ReadyId | undefined, option: string): ReadyId {
  if (typeof given === 'string') return { column: given }
  if (typeof given === 'function') return given
  if (given === undefined) throw optionError([option], undefined, 'the column of the id, or a function that gives it')
  checkNames(given, optionNames.id, [option])
  if (typeof given.column !== 'string') throw optionError([option, 'column'], given.column, 'a column')
  if (given.prefix !== undefined && typeof given.prefix !== 'string')
    throw optionError([option, 'prefix'], given.prefix, 'a text')
  return given
}

/** Finds the column of an id. Throws `IMPORT_INVALID` where the file lacks it. */
export function planId(header: CsvHeader, id: ReadyId, option: string): PlannedId {
  if (typeof id === 'function') return id
  return { place: placeOf(header, id.column, option), column: id.column, prefix: id.prefix ?? '' }
}
