import type { CsvSource } from './csv-source.js'
import { textOf, type TextOptions } from './csv-text.js'
import type { Span } from './decode-bytes.js'
import type { Papa, PapaError } from './papaparse.js'

/*
 * Text into rows, by papaparse, with the line that each row begins in.
 *
 * The parser is given all text that waits, and says behind each row how far it came. A row is taken when another follows
 * it; the last one may go on in text that has not come yet, so it waits, unless the file has ended. So rows do not depend
 * on where the text was cut. Text that waits is parsed when it has doubled, and one row may have so many characters at
 * most, so the work is linear in the file, also where a quote is opened and never closed.
 *
 * The parser knows one line break for a file, but files mix them. It is told `\n`, and where a row ends in `\r\n` the `\r`
 * that stays at the end of an unquoted last cell is taken off. A file without any `\n` in its first part has `\r` instead.
 */

/** Why a row cannot be read: a quote inside a quoted cell is not doubled, one is not closed, or the row is too long. */
export type RowFault = 'quote' | 'unclosed' | 'long'

/** A row of a file. A line without any character is none. */
export interface CsvRow {
  /** The line of the file that the row begins in, from 1, and the one that it ends in. */
  readonly line: number
  readonly lastLine: number
  readonly cells: readonly string[]
  readonly fault: RowFault | undefined
  /** Whether it holds bytes that are not of the encoding, as U+FFFD. */
  readonly isBroken: boolean
}

/** Rows, and how far the file is read with them. */
export interface RowBlock {
  readonly rows: readonly CsvRow[]
  /** Bytes read so far; of a source of texts, UTF-16 code units. */
  readonly bytes: number
  readonly encoding: string | undefined
  /** The delimiter in use. */
  readonly delimiter: string
}

/** How text is read into rows. */
export interface RowOptions extends TextOptions {
  /** Left out it is guessed from the first part of the text. */
  readonly delimiter: string | undefined
  /** The most characters of one row. */
  readonly mostInRow: number
}

/** A row as the parser gives it; `to` is the place behind it and its line break. */
interface Parsed {
  readonly cells: readonly string[]
  readonly to: number
  readonly fault: RowFault | undefined
}

/** The first part of a file, by which line break and delimiter are known. In UTF-16 code units. */
const firstPart = 1 << 16

/** What a delimiter may be where none is given. */
const delimiters: readonly string[] = [',', ';', '\t', '|']

/** The rows of a file, block by block; nothing is read behind a row that is too long. Throws what {@link textOf} throws. */
export async function* rowsOf(
  papa: Papa,
  source: CsvSource,
  options: RowOptions,
): AsyncGenerator<RowBlock, void, undefined> {
  const reader = new RowReader(papa, options)
  let read: Pick<RowBlock, 'bytes' | 'encoding'> = { bytes: 0, encoding: undefined }
  for await (const { text, broken, bytes, encoding } of textOf(source, options)) {
    read = { bytes, encoding }
    const rows = reader.push(text, broken)
    if (rows.length > 0) yield { rows, ...read, delimiter: reader.delimiter }
    if (reader.isOver) return
  }
  yield { rows: reader.end(), ...read, delimiter: reader.delimiter }
}

/** Reads rows out of text as it comes. */
export class RowReader {
  readonly #papa: Papa
  readonly #mostInRow: number
  #delimiter: string | undefined
  #newline: '\n' | '\r' | undefined
  #waiting: string[] = []
  #size = 0
  readonly #stretch: number
  #wanted: number
  #line = 1
  /** How much text was read before what waits. */
  #offset = 0
  /** In order, by their place in the file. */
  #broken: Span[] = []
  #nextBroken = 0
  #isOver = false

  /** `first` and `stretch` are how many characters are waited for, at the start and then. */
  constructor(
    papa: Papa,
    { delimiter, mostInRow }: Pick<RowOptions, 'delimiter' | 'mostInRow'>,
    { first = firstPart, stretch = firstPart } = {},
  ) {
    this.#papa = papa
    this.#wanted = first
    this.#stretch = stretch
    this.#delimiter = delimiter
    this.#mostInRow = mostInRow
  }

  /** Set by a row that was too long: nothing is read behind it. */
  get isOver(): boolean {
    return this.#isOver
  }

  /** The delimiter in use; a comma until it is known. */
  get delimiter(): string {
    return this.#delimiter ?? ','
  }

  /** The rows that more text completes. */
  push(text: string, broken: readonly Span[] = []): readonly CsvRow[] {
    const at = this.#offset + this.#size
    for (const { from, to } of broken) this.#broken.push({ from: at + from, to: at + to })
    this.#waiting.push(text)
    this.#size += text.length
    return this.#size < this.#wanted ? [] : this.#parse(false)
  }

  /** The rows that are left when the file has ended. */
  end(): readonly CsvRow[] {
    return this.#isOver ? [] : this.#parse(true)
  }

  #parse(isEnd: boolean): readonly CsvRow[] {
    const waiting = this.#waiting.join('')
    this.#newline ??= newlineOf(waiting)
    this.#delimiter ??= this.#guess(waiting)
    // A line break of two characters that was cut in half would be taken for a part of the last cell.
    const text = isEnd && this.#newline === '\n' && waiting.endsWith('\r') ? `${waiting}\n` : waiting
    const rows: CsvRow[] = []
    const end = this.#parseRows(text, isEnd, rows)
    const rest = text.slice(end)
    if (!this.#isOver && rest.length > this.#mostInRow) rows.push(this.#tooLong(this.#line))
    this.#offset += end
    this.#waiting = [rest]
    this.#size = rest.length
    this.#wanted = Math.max(this.#stretch, 2 * rest.length)
    this.#broken = this.#broken.slice(this.#nextBroken)
    this.#nextBroken = 0
    return rows
  }

  /** Adds the rows of a text to `rows`; gives the place behind the last one taken. */
  #parseRows(text: string, isEnd: boolean, rows: CsvRow[]): number {
    let from = 0
    let last: Parsed | undefined
    const take = (): void => {
      if (last === undefined || this.#isOver) return
      const row = this.#rowOf(text, from, last)
      if (row !== undefined) rows.push(row)
      from = last.to
    }
    const newline = this.#newline ?? '\n'
    // The parser takes a byte-order mark off the start of its text; here that would be a character of a cell.
    const before = text.startsWith('\ufeff') ? newline : ''
    this.#papa.parse(before + text, {
      delimiter: this.delimiter,
      newline,
      quoteChar: '"',
      step: ({ data, errors, meta }) => {
        if (meta.cursor <= before.length) return
        take()
        last = { cells: data, to: meta.cursor - before.length, fault: faultOf(errors) }
      },
    })
    if (isEnd) take()
    return from
  }

  #rowOf(text: string, from: number, { to, cells, fault }: Parsed): CsvRow | undefined {
    const newline = this.#newline ?? '\n'
    const line = this.#line
    if (to - from > this.#mostInRow) return this.#tooLong(line)
    const isEnded = to > from && text[to - 1] === newline
    const contentEnd = isEnded ? to - 1 : to
    const inside = breaksIn(text, from, contentEnd, newline)
    this.#line += inside + (isEnded ? 1 : 0)
    const own =
      text[contentEnd - 1] === '\r' ? withoutReturn(cells, text.slice(from, contentEnd), this.delimiter) : cells
    if (own.length === 1 && own[0] === '' && isBlank(text, from, contentEnd)) return undefined
    return { line, lastLine: line + inside, cells: own, fault, isBroken: this.#isBroken(from, to) }
  }

  /** Whether a row of the text that waits holds what could not be decoded; asked in order, for each row once. */
  #isBroken(from: number, to: number): boolean {
    while ((this.#broken[this.#nextBroken]?.to ?? Infinity) <= this.#offset + from) this.#nextBroken += 1
    return (this.#broken[this.#nextBroken]?.from ?? Infinity) < this.#offset + to
  }

  #tooLong(line: number): CsvRow {
    this.#isOver = true
    return { line, lastLine: line, cells: [], fault: 'long', isBroken: false }
  }

  #guess(text: string): string {
    const part = text.slice(0, firstPart)
    const guessed = this.#papa.parse(part, { delimiter: '', delimitersToGuess: delimiters, newline: '\n', preview: 1 })
    return guessed?.meta.delimiter ?? ','
  }
}

function faultOf(errors: readonly PapaError[]): RowFault | undefined {
  const quotes = errors.filter(({ type }) => type === 'Quotes')
  if (quotes.some(({ code }) => code === 'MissingQuotes')) return 'unclosed'
  return quotes.length > 0 ? 'quote' : undefined
}

function newlineOf(text: string): '\n' | '\r' {
  const part = text.slice(0, firstPart)
  return part.includes('\n') || !part.includes('\r') ? '\n' : '\r'
}

function breaksIn(text: string, from: number, to: number, newline: string): number {
  let count = 0
  for (let at = text.indexOf(newline, from); at >= 0 && at < to; at = text.indexOf(newline, at + 1)) count += 1
  return count
}

function isBlank(text: string, from: number, to: number): boolean {
  return from === to || (to === from + 1 && text[from] === '\r')
}

/**
 * The cells of a row that ends in `\r`, without it. It belongs to the last cell only where that was quoted: an unquoted
 * cell stands in the row as it is, behind a delimiter or at the start. (A quoted one cannot look like that: it would have
 * to end in `\r"\r`, which stands there as `\r""\r"\r`, so it would have to go on as itself without end.)
 */
function withoutReturn(cells: readonly string[], raw: string, delimiter: string): readonly string[] {
  const last = cells.at(-1)
  if (last?.endsWith('\r') !== true || !raw.endsWith(last)) return cells
  const before = raw.length - last.length
  if (before > 0 && !raw.endsWith(delimiter, before)) return cells
  return [...cells.slice(0, -1), last.slice(0, -1)]
}
