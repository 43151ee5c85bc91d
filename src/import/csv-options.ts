import { optionError } from './option-error.js'
import type { RowOptions } from './csv-rows.js'
import type { CsvOptions, ImportLimits } from './import-options.js'
import { checkNames, checkSwitch, checkWhole, optionNames } from './known-options.js'

/** {@link CsvOptions} with everything said and checked. */
export interface ReadyCsv {
  readonly rows: RowOptions
  readonly limits: ImportLimits
  readonly unescapeFormulas: boolean
}

const defaultLimits: ImportLimits = Object.freeze({ bytes: 1 << 28, rows: 10_000_000, row: 1 << 17, refusals: 1000 })

/** Checks how a file is to be read. Throws `OPTION_INVALID`. */
export function readCsvOptions(options: CsvOptions): ReadyCsv {
  const { delimiter, encoding = 'utf-8', signal } = options
  if (delimiter !== undefined && (typeof delimiter !== 'string' || !/^[^"\r\n\ufeff]+$/.test(delimiter))) {
    throw optionError(['delimiter'], delimiter, 'a text without quotes and line breaks')
  }
  const limits = readLimits(options.limits ?? {})
  return {
    rows: { delimiter, encoding, signal, mostBytes: limits.bytes, mostInRow: limits.row },
    limits,
    unescapeFormulas: checkSwitch(options.unescapeFormulas, true, ['unescapeFormulas']),
  }
}

function readLimits(given: Partial<ImportLimits>): ImportLimits {
  checkNames(given, optionNames.limits, ['limits'])
  const limits: Record<keyof ImportLimits, number> = { ...defaultLimits }
  for (const name of optionNames.limits) {
    limits[name] = checkWhole(given[name], limits[name], { least: 0, most: Infinity }, ['limits', name])
  }
  return limits
}
