import type { Path } from '../base/errors.js'
import { lowerCase } from '../base/text.js'
import { timeZone } from '../base/time-zone.js'
import { optionError } from './option-error.js'

/** The order in which dates are written: year, month, day; day, month, year; or month, day, year. */
export type DateOrder = 'YMD' | 'DMY' | 'MDY'

/** The words that stand for true and for false; case does not matter. */
export interface BooleanWords {
  readonly true: readonly string[]
  readonly false: readonly string[]
}

/** How cells are written: of all columns, and where a column is otherwise, of that one. */
export interface CellFormat {
  /** Cells that mean that the value is missing. Default `['']`. */
  readonly missing?: readonly string[]
  /** Whether white space around cells, and around the parts of cells that are split, is taken off. Default false. */
  readonly trim?: boolean
  /** What stands before the decimals of a number. Default `.`. */
  readonly decimal?: '.' | ','
  /** What stands between the thousands of a number, one character. Default nothing. */
  readonly thousands?: string
  /** The order of year, month and day. Years have four digits. Default `YMD`. */
  readonly dateOrder?: DateOrder
  /** The IANA zone of dates and times without an offset. Default that of the engine. */
  readonly timeZone?: string
  /** Default `true` and `false`. */
  readonly booleans?: BooleanWords
  /** What stands between the parts of a cell that holds several: a list, or tags. They have no default. */
  readonly split?: string
}

/** A {@link CellFormat} with everything said and checked. */
export interface ReadyFormat {
  readonly missing: ReadonlySet<string>
  readonly trim: boolean
  readonly decimal: '.' | ','
  readonly thousands: string | undefined
  readonly dateOrder: DateOrder
  readonly timeZone: string
  /** By lower-cased words. */
  readonly booleans: ReadonlyMap<string, boolean>
  readonly split: string | undefined
}

/** The format of cells about which nothing is said. */
export function defaultFormat(timeZone: string): ReadyFormat {
  return {
    missing: new Set(['']),
    trim: false,
    decimal: '.',
    thousands: undefined,
    dateOrder: 'YMD',
    timeZone,
    booleans: wordsOf({ true: ['true'], false: ['false'] }, []),
    split: undefined,
  }
}

/**
 * The format with what is said in place of what held before.
 *
 * @throws CoterieError `OPTION_INVALID` or `TIME_ZONE_UNKNOWN`.
 */
export function withFormat(before: ReadyFormat, given: CellFormat, path: Path): ReadyFormat {
  const { missing, trim, decimal, thousands, dateOrder, booleans, split } = given
  if (missing !== undefined && !isTexts(missing)) throw optionError([...path, 'missing'], missing, 'a list of texts')
  if (trim !== undefined && typeof trim !== 'boolean') throw optionError([...path, 'trim'], trim, 'true or false')
  if (decimal !== undefined && !['.', ','].includes(decimal)) throw optionError([...path, 'decimal'], decimal, '. or ,')
  if (dateOrder !== undefined && !['YMD', 'DMY', 'MDY'].includes(dateOrder)) {
    throw optionError([...path, 'dateOrder'], dateOrder, 'YMD, DMY or MDY')
  }
  if (split !== undefined && (typeof split !== 'string' || split === '')) {
    throw optionError([...path, 'split'], split, 'a text that is not empty')
  }
  if (given.timeZone !== undefined) timeZone(given.timeZone)
  const format: ReadyFormat = {
    missing: missing === undefined ? before.missing : new Set(missing),
    trim: trim ?? before.trim,
    decimal: decimal ?? before.decimal,
    thousands: thousands ?? before.thousands,
    dateOrder: dateOrder ?? before.dateOrder,
    timeZone: given.timeZone ?? before.timeZone,
    booleans: booleans === undefined ? before.booleans : wordsOf(booleans, [...path, 'booleans']),
    split: split ?? before.split,
  }
  checkThousands(format, path)
  return format
}

/** It must be told from the other characters of a number, so that a number can be read in one way. */
function checkThousands({ thousands, decimal }: ReadyFormat, path: Path): void {
  if (thousands === undefined) return
  if (typeof thousands === 'string' && thousands.length === 1 && thousands !== decimal && !/[\d+\-eE]/.test(thousands))
    return
  throw optionError(
    [...path, 'thousands'],
    thousands,
    'one character that is no digit, no sign and not the decimal one',
  )
}

function wordsOf(given: BooleanWords, path: Path): ReadonlyMap<string, boolean> {
  const words = new Map<string, boolean>()
  for (const value of [true, false]) {
    const list: unknown = value ? given.true : given.false
    if (!isTexts(list)) throw optionError([...path, String(value)], list, 'a list of texts')
    for (const word of list) {
      const key = lowerCase(word)
      if (words.get(key) === !value) throw optionError(path, word, 'words that are true or false, not both')
      words.set(key, value)
    }
  }
  return words
}

function isTexts(input: unknown): input is readonly string[] {
  return Array.isArray(input) && input.every((element) => typeof element === 'string')
}
