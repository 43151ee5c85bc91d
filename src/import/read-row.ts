import { isCoterieError, type Issue } from '../base/errors.js'
import { reportTooLarge } from '../contacts/plain-input.js'
import { readId, readTag } from '../contacts/read-text.js'
import { report } from '../contacts/reading.js'
import { refused } from '../contacts/refused.js'
import type { Value } from '../contacts/value.js'
import type { ReadyFormat } from './cell-format.js'
import { partsOf, unescaped } from './cell-reader.js'
import { messageOf } from './column-plan.js'
import type { ImportPlan, ReadyImport } from './import-plan.js'
import { RowCells } from './row-cells.js'
import type { CsvRow } from './row-reader.js'
import { faultIssue, refusedRow, type RefusedRow } from './row-refusal.js'

/** A row that says what a contact is to have. */
export interface ContactRow {
  readonly line: number
  readonly contactId: string
  /** By attribute; `null` for a missing cell. */
  readonly attributes: ReadonlyMap<string, Value | null>
  readonly tags: readonly string[]
}

/** Reads rows of one file. */
export class RowReading {
  readonly #import: ReadyImport
  readonly #plan: ImportPlan
  readonly #encoding: string

  constructor(ready: ReadyImport, plan: ImportPlan, encoding: string | undefined) {
    this.#import = ready
    this.#plan = plan
    this.#encoding = encoding ?? 'text'
  }

  /** What a row says, or all that is wrong with it. */
  read(row: CsvRow): ContactRow | RefusedRow {
    const { reading } = this.#import
    const shape = this.#shapeIssue(row)
    if (shape !== undefined) return refusedRow(row, undefined, true, [shape])
    reading.issues.length = 0
    const cells = this.#cellsOf(row)
    const contactId = this.#readId(cells, row)
    // A row whose id is missing is about nobody; of one whose id is wrong nobody knows.
    const isAnyones = contactId === undefined && reading.issues.length > 0
    if (contactId === undefined && !isAnyones) report(reading, this.#noId())
    const attributes = this.#readAttributes(cells, row)
    const tags = this.#readTags(cells, row)
    const [first, ...rest] = reading.issues
    if (first !== undefined) return refusedRow(row, contactId, isAnyones, [first, ...rest], cells.byName)
    return { line: row.line, contactId: contactId ?? '', attributes, tags }
  }

  #cellsOf({ cells }: CsvRow): RowCells {
    const own = this.#import.csv.unescapeFormulas ? cells.map(unescaped) : cells
    return new RowCells(own, this.#plan.header.places)
  }

  #readId(cells: RowCells, row: CsvRow): string | undefined {
    const { id } = this.#plan
    const { reading, format } = this.#import
    if (typeof id !== 'function') {
      const cell = this.#cell(cells, id.place, id.column, format, row)
      return cell === undefined ? undefined : readId(id.prefix + cell, 'the id of a contact', reading, [id.column])
    }
    if (row.isBroken && cells.all.some((cell) => this.#isBroken(cell))) {
      report(reading, this.#broken([]))
      return undefined
    }
    try {
      return readId(id(cells.byName()), 'the id of a contact', reading, [])
    } catch (error) {
      report(reading, {
        code: isCoterieError(error) ? error.code : 'VALUE_INVALID',
        path: [],
        message: messageOf(error),
      })
      return undefined
    }
  }

  #readAttributes(cells: RowCells, row: CsvRow): ReadonlyMap<string, Value | null> {
    const { reading } = this.#import
    const attributes = new Map<string, Value | null>()
    for (const { column, place, attribute, format, read } of this.#plan.columns) {
      const before = reading.issues.length
      const cell = this.#cell(cells, place, column, format, row)
      if (reading.issues.length > before) continue
      const value = cell === undefined ? undefined : read(cell, cells.byName, reading)
      if (value !== refused) attributes.set(attribute, value ?? null)
    }
    return attributes
  }

  #readTags(cells: RowCells, row: CsvRow): readonly string[] {
    const { tags, reading } = this.#import
    const { tagPlace } = this.#plan
    const { column } = tags
    if (tagPlace === undefined || column === undefined) return tags.add
    const cell = this.#cell(cells, tagPlace, column, tags.format, row)
    if (cell === undefined) return tags.add
    const all = [...new Set([...tags.add, ...partsOf(cell, tags.format)])]
    const { list } = reading.limits
    if (all.length > list) reportTooLarge(reading, [column], 'tags', list, String(all.length))
    else for (const tag of all) readTag(tag, reading, [column])
    return all
  }

  /** A cell as it is to be read; undefined where it is missing, or reported where it holds what cannot be read. */
  #cell(
    cells: RowCells,
    place: number,
    column: string,
    { trim, missing }: ReadyFormat,
    row: CsvRow,
  ): string | undefined {
    const written = cells.all[place]
    if (written === undefined) return undefined
    if (row.isBroken && this.#isBroken(written)) {
      report(this.#import.reading, this.#broken([column]))
      return undefined
    }
    const cell = trim ? written.trim() : written
    return missing.has(cell) ? undefined : cell
  }

  #isBroken(cell: string): boolean {
    return cell.includes('\ufffd')
  }

  #broken(path: readonly string[]): Issue {
    return { code: 'IMPORT_INVALID', path, message: `There are bytes that are not ${this.#encoding}` }
  }

  #noId(): Issue {
    const { id } = this.#plan
    return { code: 'CONTACT_INVALID', path: typeof id === 'function' ? [] : [id.column], message: 'The row has no id' }
  }

  #shapeIssue({ fault, cells }: CsvRow): Issue | undefined {
    if (fault !== undefined) return faultIssue(fault, this.#import.csv.limits.row)
    const wanted = this.#plan.header.names.length
    if (cells.length === wanted || (cells.length < wanted && this.#import.fillsShortRows)) return undefined
    const message = `The row has ${String(cells.length)} cells and the header has ${String(wanted)}`
    return { code: 'IMPORT_INVALID', path: [], message }
  }
}
