import type { Papa } from './papa.js'
import { quoteFault } from './row-text.js'

/*
 * The rows of a text that may go on, by papaparse.
 *
 * The parser says behind each row how far it came. A row is taken when another follows it; the last one may go on in text
 * that has not come yet, so it is left, unless the file has ended. So rows do not depend on where the text was cut.
 */

/** A row as the parser gives it; `from` is its place in the text, `to` the one behind it and its line break. */
export interface ParsedRow {
  readonly from: number
  readonly to: number
  readonly cells: readonly string[]
  /** A quote inside a quoted cell is not doubled, or one is not closed. */
  readonly fault: 'quote' | 'unclosed' | undefined
}

/** What stands between cells and between rows. */
export interface Dialect {
  readonly delimiter: string
  readonly newline: '\n' | '\r'
}

/**
 * Gives the rows of a text from a place on to `take`, in order, until that returns false. Returns the place of the first
 * row that was not taken.
 */
export function parseRows(
  papa: Papa,
  text: string,
  start: number,
  isEnd: boolean,
  { delimiter, newline }: Dialect,
  take: (row: ParsedRow) => boolean,
): number {
  // The parser takes a byte-order mark off the start of its text; here that would be a character of a cell.
  const before = text[start] === '\ufeff' ? newline : ''
  let at = start
  let last: ParsedRow | undefined
  const takeLast = (): boolean => {
    if (last === undefined) return true
    if (!take(last)) return false
    at = last.to
    return true
  }
  papa.parse(before + text.slice(start), {
    delimiter,
    newline,
    quoteChar: '"',
    step: ({ data, errors, meta }, parser) => {
      const to = meta.cursor + start - before.length
      if (to <= start) return
      if (takeLast()) {
        last = { from: at, to, cells: data, fault: quoteFault(errors) }
      } else {
        last = undefined
        parser.abort()
      }
    },
  })
  if (isEnd) takeLast()
  return at
}
