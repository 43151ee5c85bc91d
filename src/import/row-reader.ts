import type { Span } from './decode-bytes.js'
import type { Papa } from './papa.js'
import { parseRows, type Dialect, type ParsedRow } from './parse-rows.js'
import { breaksIn, firstPart, isBlank, newlineOf, withoutReturn } from './row-text.js'

/*
 * Text into rows, with the line that each row begins in.
 *
 * Text that waits is parsed when it has doubled, so a row costs time linear in its length. The parser knows one line break
 * for a file, but files mix them. It is told `\n`, and where a row ends in `\r\n` the `\r` that stays at the end of an
 * unquoted last cell is taken off. A file without any `\n` in its first part has `\r` instead.
 *
 * Where quotes are out of order nobody knows where the row ends. What the parser takes for its end is taken for right if
 * the row then has as many cells as the header, and the lines behind its first do not all read as rows of their own. Else,
 * or if there is no end before the file's or within the bound of a row, only the line that it begins in is given up, and
 * reading goes on in the next. What was read beyond that line is read again: as long as that comes to so many times the
 * text read so far, or to a fixed amount. Then the file is given up, so that the whole stays linear.
 */

/**
 * Why a row cannot be read: a quote inside a quoted cell is not doubled, one is not closed, no end is found within the
 * bound, or too much was wrong before to go on.
 */
export type RowFault = 'quote' | 'unclosed' | 'long' | 'rest'

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

/** How much may be read again: so many times the text read so far, and so many UTF-16 code units. */
const mostAgain = { times: 16, atLeast: 1 << 22 }

/** What a delimiter may be where none is given. */
const delimiters: readonly string[] = [',', ';', '\t', '|']

/** Where the parser stopped: at a row that may go on, or at one that cannot be read. */
interface Stop {
  readonly at: number
  readonly fault: RowFault | undefined
  /** How much of the text the row takes. */
  readonly length: number
}

/** Reads rows out of text as it comes. */
export class RowReader {
  readonly #papa: Papa
  readonly #mostInRow: number
  readonly #stretch: number
  #delimiter: string | undefined
  #newline: '\n' | '\r' | undefined
  #waiting: string[] = []
  #size = 0
  #wanted: number
  #line = 1
  /** How much text was read before what waits. */
  #offset = 0
  /** How many cells the header has. */
  #width: number | undefined
  #isInLostLine = false
  #again = 0
  /** In order, by their place in the file. */
  #broken: Span[] = []
  #nextBroken = 0
  #isOver = false

  /** `first` and `stretch` are how many characters are waited for, at the start and then. */
  constructor(
    papa: Papa,
    { delimiter, mostInRow }: { readonly delimiter: string | undefined; readonly mostInRow: number },
    { first = firstPart, stretch = firstPart } = {},
  ) {
    this.#papa = papa
    this.#wanted = first
    this.#stretch = stretch
    this.#delimiter = delimiter
    this.#mostInRow = mostInRow
  }

  /** Set when the file was given up. */
  get isOver(): boolean {
    return this.#isOver
  }

  /** The delimiter in use; a comma until it is known. */
  get delimiter(): string {
    return this.#delimiter ?? ','
  }

  /** The rows that more text completes; `broken` is where that holds what could not be decoded. */
  push(text: string, broken: readonly Span[] = []): readonly CsvRow[] {
    const at = this.#offset + this.#size
    for (const { from, to } of broken) this.#broken.push({ from: at + from, to: at + to })
    this.#waiting.push(text)
    this.#size += text.length
    return this.#size < this.#wanted ? [] : this.#read(false)
  }

  /** The rows that are left when the file has ended. */
  end(): readonly CsvRow[] {
    return this.#isOver ? [] : this.#read(true)
  }

  #read(isEnd: boolean): readonly CsvRow[] {
    const waiting = this.#waiting.join('')
    this.#newline ??= newlineOf(waiting)
    this.#delimiter ??= this.#guess(waiting)
    // A line break of two characters that was cut in half would be taken for a part of the last cell.
    const text = isEnd && this.#newline === '\n' && waiting.endsWith('\r') ? `${waiting}\n` : waiting
    const rows: CsvRow[] = []
    let at = this.#leaveLostLine(text, 0)
    while (at < text.length && !this.#isOver) {
      const stop = this.#parse(text, at, isEnd, rows)
      at = stop.at
      if (stop.fault === undefined) break
      rows.push(this.#giveUp(stop))
      at = this.#leaveLostLine(text, at)
    }
    this.#keep(text.slice(at), at)
    return rows
  }

  #keep(rest: string, at: number): void {
    this.#offset += at
    this.#waiting = [rest]
    this.#size = rest.length
    this.#wanted = Math.max(this.#stretch, 2 * rest.length)
    this.#broken = this.#broken.slice(this.#nextBroken)
    this.#nextBroken = 0
  }

  /** Adds the rows of a text from a place on to `rows`, up to one that may go on, or that cannot be read. */
  #parse(text: string, start: number, isEnd: boolean, rows: CsvRow[]): Stop {
    let stop: Stop | undefined
    const at = parseRows(this.#papa, text, start, isEnd, this.#dialect(), (row) => {
      stop = this.#stopAt(text, row)
      if (stop === undefined) this.#take(text, row, rows)
      return stop === undefined
    })
    const isLong = !isEnd && text.length - at > this.#mostInRow
    return stop ?? { at, fault: isLong ? 'long' : undefined, length: this.#mostInRow }
  }

  /** Whether the row cannot be read to an end that can be right. */
  #stopAt(text: string, row: ParsedRow): Stop | undefined {
    const { from, to, cells, fault } = row
    const length = to - from
    if (length > this.#mostInRow) return { at: from, fault: 'long', length: this.#mostInRow }
    if (fault === undefined) return undefined
    const isSound = fault === 'quote' && cells.length === (this.#width ?? cells.length) && !this.#holdsRows(text, row)
    return isSound ? undefined : { at: from, fault, length }
  }

  /** Whether the lines of a row behind its first are rows of their own, all of them. */
  #holdsRows(text: string, { from, to }: ParsedRow): boolean {
    const second = text.indexOf(this.#newline ?? '\n', from) + 1
    if (second === 0 || second >= to || this.#width === undefined) return false
    let areRows = true
    parseRows(
      this.#papa,
      text.slice(second, to),
      0,
      true,
      this.#dialect(),
      ({ cells, fault, from: start, to: end }) => {
        const isBlankLine = isBlank(text, second + start, second + end)
        return (areRows = isBlankLine || (fault === undefined && cells.length === this.#width))
      },
    )
    return areRows
  }

  #dialect(): Dialect {
    return { delimiter: this.delimiter, newline: this.#newline ?? '\n' }
  }

  #take(text: string, { from, to, cells, fault }: ParsedRow, rows: CsvRow[]): void {
    const newline = this.#newline ?? '\n'
    const line = this.#line
    const isEnded = to > from && text[to - 1] === newline
    const end = isEnded ? to - 1 : to
    const inside = breaksIn(text, from, end, newline)
    this.#line += inside + (isEnded ? 1 : 0)
    const own = text[end - 1] === '\r' ? withoutReturn(cells, text.slice(from, end), this.delimiter) : cells
    if (own.length === 1 && own[0] === '' && isBlank(text, from, end)) return
    this.#width ??= own.length
    rows.push({ line, lastLine: line + inside, cells: own, fault, isBroken: this.#isBroken(from, to) })
  }

  /** Gives up the line that a row begins in, or the file. */
  #giveUp({ at, fault, length }: Stop): CsvRow {
    this.#isInLostLine = true
    this.#again += length
    const isTooMuch = this.#again > mostAgain.atLeast + mostAgain.times * (this.#offset + at)
    this.#isOver = isTooMuch
    return { line: this.#line, lastLine: this.#line, cells: [], fault: isTooMuch ? 'rest' : fault, isBroken: false }
  }

  /** Passes over what is left of a line that was given up; gives the place where the next one begins. */
  #leaveLostLine(text: string, at: number): number {
    if (!this.#isInLostLine) return at
    const end = text.indexOf(this.#newline ?? '\n', at)
    if (end < 0) return text.length
    this.#isInLostLine = false
    this.#line += 1
    return end + 1
  }

  /** Whether a row of the text that waits holds what could not be decoded; asked in order, for each row once. */
  #isBroken(from: number, to: number): boolean {
    while ((this.#broken[this.#nextBroken]?.to ?? Infinity) <= this.#offset + from) this.#nextBroken += 1
    return (this.#broken[this.#nextBroken]?.from ?? Infinity) < this.#offset + to
  }

  #guess(text: string): string {
    const part = text.slice(0, firstPart)
    const guessed = this.#papa.parse(part, { delimiter: '', delimitersToGuess: delimiters, newline: '\n', preview: 1 })
    return guessed?.meta.delimiter ?? ','
  }
}
