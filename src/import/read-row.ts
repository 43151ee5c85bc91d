import type { Issue } from '../base/errors.js'
import { reportTooLarge } from '../contacts/plain-input.js'
import { readTag } from '../contacts/read-text.js'
import { report } from '../contacts/reading.js'
import type { Value } from '../contacts/value.js'
import { partsOf } from './cell-reader.js'
import type { ImportPlan, ReadyImport } from './import-plan.js'
import { RowAccess } from './row-access.js'
import type { RowCells } from './row-cells.js'
import type { CsvRow } from './row-reader.js'
import { refusedRow, type RefusedRow } from './row-refusal.js'

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
  readonly #access: RowAccess

  constructor(ready: ReadyImport, plan: ImportPlan, encoding: string | undefined) {
    this.#import = ready
    this.#plan = plan
    this.#access = new RowAccess({ ...ready, header: plan.header, encoding })
  }

  /** What a row says, or all that is wrong with it. */
  read(row: CsvRow): ContactRow | RefusedRow {
    const { reading } = this.#import
    const fault = this.#access.fault(row)
    if (fault !== undefined) return refusedRow(row, undefined, true, [fault])
    reading.issues.length = 0
    const cells = this.#access.cellsOf(row)
    const contactId = this.#access.id(this.#plan.id, 'the id of a contact', cells, row)
    // A row whose id is missing is about nobody; of one whose id is wrong nobody knows.
    const isAnyones = contactId === undefined && reading.issues.length > 0
    if (contactId === undefined && !isAnyones) report(reading, this.#noId())
    const attributes = this.#access.values(this.#plan.columns, cells, row)
    const tags = this.#readTags(cells, row)
    const [first, ...rest] = reading.issues
    if (first !== undefined) return refusedRow(row, contactId, isAnyones, [first, ...rest], cells.byName)
    return { line: row.line, contactId: contactId ?? '', attributes, tags }
  }

  #readTags(cells: RowCells, row: CsvRow): readonly string[] {
    const { tags, reading } = this.#import
    const { tagPlace } = this.#plan
    const { column } = tags
    if (tagPlace === undefined || column === undefined) return tags.add
    const cell = this.#access.cell(cells, tagPlace, column, tags.format, row)
    if (cell === undefined) return tags.add
    const all = [...new Set([...tags.add, ...partsOf(cell, tags.format)])]
    const { list } = reading.limits
    if (all.length > list) reportTooLarge(reading, [column], 'tags', list, String(all.length))
    else for (const tag of all) readTag(tag, reading, [column])
    return all
  }

  #noId(): Issue {
    const { id } = this.#plan
    return { code: 'CONTACT_INVALID', path: typeof id === 'function' ? [] : [id.column], message: 'The row has no id' }
  }
}
