import { CoterieError, show } from '../base/errors.js'
import { isDay, isInstant, isList, type ListValue, type Value } from '../contacts/value.js'
import { checkOneOf, optionInvalid, plainOptions } from '../engine/arguments.js'
import type { AnyEngine } from '../population/any-engine.js'
import type { Selection } from '../population/selection.js'
import { exported, type ExportOptions } from './export-rows.js'

/*
 * Cells are written so that `importContacts` reads back what was there, and so that a spreadsheet runs none of them. A text
 * or list that begins with `=`, `+`, `-`, `@`, `'`, a tab or a return gets a `'` in front. A missing value is an empty cell,
 * and so that an empty text or list is not taken for one, it is a lone `'`.
 */

/** How a CSV file is written. */
export interface CsvExportOptions extends ExportOptions {
  /** Default `,`. */
  readonly delimiter?: string
  /** What stands between the elements of a list, and between tags. Default `|`. */
  readonly split?: string
  /** What ends a row. Default `\r\n`, as RFC 4180 has it. */
  readonly newline?: '\r\n' | '\n'
  /** Whether it begins with a byte-order mark, by which spreadsheets know UTF-8. Default false. */
  readonly mark?: boolean
}

/** How many UTF-16 code units of text are put together at least, where there are so many. */
const chunk = 1 << 16

/**
 * The members of a segment, or those a rule holds for, as the text of a CSV file, in parts: the first has the header. See
 * `exportRows` for who is in it and when.
 *
 * @throws CoterieError as `exportRows`; while it is read, `VALUE_INVALID` for a list that `split` cannot tell apart, and for an
 *   instant that has no year of four digits.
 */
export function exportCsv(engine: AnyEngine, of: Selection, options: CsvExportOptions = {}): Iterable<string> {
  const { columns, delimiter = ',', split = '|', newline = '\r\n', mark = false } = plainOptions('options', options)
  if (typeof delimiter !== 'string' || !/^[^"'\r\n\ufeff]+$/.test(delimiter))
    throw optionInvalid('delimiter', delimiter, 'a text without quotes and line breaks')
  if (typeof split !== 'string' || split === '') throw optionInvalid('split', split, 'a text that is not empty')
  checkOneOf('newline', newline, ['\r\n', '\n'])
  const read = exported(engine, of, columns)
  const rowOf = (cells: readonly string[]): string =>
    cells.map((cell) => quoted(cell, delimiter)).join(delimiter) + newline
  return parts(function* () {
    yield (mark ? '\ufeff' : '') + rowOf(read.columns.map(({ header }) => guarded(header)))
    for (const contact of read.contacts())
      yield rowOf(read.columns.map(({ header, valueOf }) => cellOf(valueOf(contact), split, header, contact.id)))
  })
}

/** Rows put together into larger parts. */
function* parts(rows: () => Iterable<string>): Generator<string, void, undefined> {
  let text = ''
  for (const row of rows()) {
    text += row
    if (text.length < chunk) continue
    yield text
    text = ''
  }
  if (text !== '') yield text
}

function cellOf(value: Value | undefined, split: string, header: string, contactId: string): string {
  if (value === undefined) return ''
  if (typeof value === 'string') return textCell(value)
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (isList(value)) return textCell(listText(value, split, header, contactId))
  if (isDay(value)) return value.day
  return isInstant(value) ? instantText(value.instant, header, contactId) : ''
}

/** A text as a cell that is there, also where it is empty. */
function textCell(text: string): string {
  return text === '' ? "'" : guarded(text)
}

function guarded(text: string): string {
  return /^[=+\-@'\t\r]/.test(text) ? `'${text}` : text
}

function listText(list: ListValue, split: string, header: string, contactId: string): string {
  const elements = list.map(String)
  const joined = elements.join(split)
  // An element that is empty or holds what stands between them, or ends with the beginning of it, is lost when they are taken apart.
  const back = list.length === 0 ? [] : joined.split(split)
  if (back.length === elements.length && back.every((one, place) => one === elements[place] && one !== ''))
    return joined
  throw notWritable(contactId, header, show(joined), `a list without ${show(split)} in its elements, or another split`)
}

function instantText(ms: number, header: string, contactId: string): string {
  const text = new Date(ms).toISOString()
  if (/^\d{4}-/.test(text)) return text
  throw notWritable(contactId, header, text, 'an instant in the years 0 to 9999')
}

function notWritable(contactId: string, header: string, received: string, expected: string): CoterieError {
  return new CoterieError(
    'VALUE_INVALID',
    `${show(header)} of contact ${show(contactId)} cannot be written as a cell`,
    {
      path: [header],
      received,
      expected,
    },
  )
}

function quoted(cell: string, delimiter: string): string {
  const needsQuotes = /["\r\n]/.test(cell) || cell.includes(delimiter) || /^\s|\s$|^\ufeff/.test(cell)
  return needsQuotes ? `"${cell.replaceAll('"', '""')}"` : cell
}
