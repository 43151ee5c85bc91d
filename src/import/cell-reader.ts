import type { Path } from '../base/errors.js'
import { lowerCase } from '../base/text.js'
import { timeZone } from '../base/time-zone.js'
import { readValue } from '../contacts/read-value.js'
import type { Reading } from '../contacts/reading.js'
import { refuse, refused, type Refused } from '../contacts/refused.js'
import type { Field } from '../contacts/schema.js'
import type { DayValue, InstantValue, Value } from '../contacts/value.js'
import type { ReadyFormat } from './cell-format.js'
import { readCellDay, readCellInstant } from './cell-date.js'
import { numberReader } from './cell-number.js'

/** Reads a cell as a value of a field. `undefined` is no value here: whether a cell is missing was asked before. */
export type CellReader = (cell: string, reading: Reading, path: Path) => Value | undefined | Refused

/** What a cell stands for, as the reader of values takes it. */
type Written = string | number | boolean | InstantValue | DayValue | readonly (string | number | Refused)[] | Refused

/**
 * The reader of cells that hold a field, written in a format. What a cell writes then goes through the reader that all
 * values go through, so what is refused elsewhere is refused here, with the same words.
 */
export function cellReader(field: Field, format: ReadyFormat): CellReader {
  const write = writtenReader(field, format)
  return (cell, reading, path) => {
    const written = write(cell, reading, path)
    if (written === refused || (Array.isArray(written) && written.includes(refused))) return refused
    return readValue(written, field, reading, path)
  }
}

function writtenReader(field: Field, format: ReadyFormat): (cell: string, reading: Reading, path: Path) => Written {
  switch (field.type) {
    case 'text':
      return (cell) => cell
    case 'number':
      return numbers(format)
    case 'boolean':
      return booleans(format)
    case 'instant':
      return instants(format)
    case 'day':
      return days(format)
    case 'list': {
      const number = numbers(format)
      return (cell, reading, path) => {
        const parts = partsOf(cell, format)
        return field.of === 'number' ? parts.map((part) => number(part, reading, path)) : parts
      }
    }
  }
}

/** The parts of a cell that holds several; empty ones are left out. */
export function partsOf(cell: string, { split, trim }: ReadyFormat): readonly string[] {
  const parts = split === undefined ? [cell] : cell.split(split)
  return (trim ? parts.map((part) => part.trim()) : parts).filter((part) => part !== '')
}

type ReaderOf<T> = (cell: string, reading: Reading, path: Path) => T | Refused

function numbers(format: ReadyFormat): ReaderOf<number> {
  const read = numberReader(format)
  const grouped = format.thousands === undefined ? '' : ` and ${JSON.stringify(format.thousands)} between thousands`
  const words = `a number with ${JSON.stringify(format.decimal)} before decimals${grouped}`
  return (cell, reading, path) => read(cell) ?? refuse(cell, words, reading, path)
}

function booleans({ booleans: known }: ReadyFormat): ReaderOf<boolean> {
  const words = `one of ${[...known.keys()].map((word) => JSON.stringify(word)).join(', ')}`
  return (cell, reading, path) => known.get(lowerCase(cell)) ?? refuse(cell, words, reading, path)
}

function instants({ dateOrder, timeZone: zone }: ReadyFormat): ReaderOf<InstantValue> {
  const words = `a date in the order ${dateOrder}, the year with four digits, with or without a time`
  return (cell, reading, path) => {
    const instant = readCellInstant(cell, dateOrder, timeZone(zone))
    return instant === undefined ? refuse(cell, words, reading, path, 'DATE_INVALID') : { instant }
  }
}

function days({ dateOrder }: ReadyFormat): ReaderOf<DayValue> {
  const words = `a date in the order ${dateOrder}, the year with four digits`
  return (cell, reading, path) => {
    const day = readCellDay(cell, dateOrder)
    return day === undefined ? refuse(cell, words, reading, path, 'DATE_INVALID') : { day }
  }
}

/** What a spreadsheet would take for a formula, behind the quote that a careful writer puts before it. */
const protectedCell = /^'[=+\-@'\t\r]/

/** A cell without the quote that keeps spreadsheets from reading it as a formula. */
export function unescaped(cell: string): string {
  return protectedCell.test(cell) ? cell.slice(1) : cell
}
