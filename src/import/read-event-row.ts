import type { CoterieError, Issue, Path } from '../base/errors.js'
import type { EventInput } from '../contacts/read-event.js'
import { readInstantInput } from '../contacts/read-date.js'
import { report } from '../contacts/reading.js'
import type { Refused } from '../contacts/refused.js'
import type { InstantValue, Value } from '../contacts/value.js'
import { cellReader, type CellReader } from './cell-reader.js'
import type { EventPlan, ReadyEventImport } from './event-plan.js'
import { RowAccess } from './row-access.js'
import type { RowCells } from './row-cells.js'
import type { CsvRow } from './row-reader.js'
import { refusedRow, type RefusedRow } from './row-refusal.js'

/** A row that says what happened to a contact. */
export interface EventRow {
  readonly line: number
  readonly contact: string
  readonly event: EventInput & { readonly at: InstantValue }
  /** The refusal of the row for what the engine finds wrong with the event. */
  readonly refuse: (error: CoterieError) => RefusedRow
}

/** Reads rows of one file of events. */
export class EventRowReading {
  readonly #import: ReadyEventImport
  readonly #plan: EventPlan
  readonly #access: RowAccess
  readonly #readInstant: CellReader | undefined

  constructor(ready: ReadyEventImport, plan: EventPlan, encoding: string | undefined) {
    this.#import = ready
    this.#plan = plan
    this.#access = new RowAccess({ ...ready, header: plan.header, encoding })
    this.#readInstant = typeof plan.at === 'function' ? undefined : cellReader({ type: 'instant' }, plan.at.format)
  }

  /** What a row says, or all that is wrong with it by itself. */
  read(row: CsvRow): EventRow | RefusedRow {
    const { reading } = this.#import
    const fault = this.#access.fault(row)
    if (fault !== undefined) return refusedRow(row, undefined, true, [fault])
    reading.issues.length = 0
    const cells = this.#access.cellsOf(row)
    const contact = this.#needed('The row names no contact', this.#columnOf('contact'), () =>
      this.#access.id(this.#plan.contact, 'the id of a contact', cells, row),
    )
    const type = this.#needed('The row says no type', this.#columnOf('type'), () => this.#typeOf(cells, row))
    const at = this.#needed('The row says no instant', this.#columnOf('at'), () => this.#instantOf(cells, row))
    const { id: idPlan } = this.#plan
    const id =
      idPlan === undefined
        ? undefined
        : this.#needed('The row has no id', this.#columnOf('id'), () =>
            this.#access.id(idPlan, 'the id of an event', cells, row),
          )
    const values = this.#access.values(type === undefined ? [] : this.#plan.columnsOf(type), cells, row)
    const [first, ...rest] = reading.issues
    if (first !== undefined || contact === undefined || type === undefined || at === undefined) {
      // What is missing was reported.
      return refusedRow(row, contact, contact === undefined, [first as Issue, ...rest], cells.byName)
    }
    const properties = Object.fromEntries([...values].filter(([, value]) => value !== null))
    return {
      line: row.line,
      contact,
      event: { type, at, properties, ...(id === undefined ? undefined : { id }) },
      refuse: (error) => {
        const [issue, ...more] = this.#issuesOf(error, type)
        return refusedRow(row, contact, false, [issue, ...more], cells.byName)
      },
    }
  }

  #typeOf(cells: RowCells, row: CsvRow): string | undefined {
    const { type } = this.#plan
    return typeof type === 'string' ? type : this.#access.cell(cells, type.place, type.column, this.#import.format, row)
  }

  #instantOf(cells: RowCells, row: CsvRow): InstantValue | undefined {
    const { at } = this.#plan
    const { reading } = this.#import
    if (typeof at === 'function') {
      return instantOf(this.#access.made(at, cells, row, (written) => readInstantInput(written, reading, [])))
    }
    const cell = this.#access.cell(cells, at.place, at.column, at.format, row)
    return cell === undefined ? undefined : instantOf(this.#readInstant?.(cell, reading, [at.column]))
  }

  /** Reports that something is missing, where nothing else is wrong with it. */
  #needed<T>(message: string, column: string | undefined, read: () => T | undefined): T | undefined {
    const { issues } = this.#import.reading
    const before = issues.length
    const found = read()
    if (found === undefined && issues.length === before) {
      const path = column === undefined ? [] : [column]
      report(this.#import.reading, { code: 'EVENT_INVALID', path, message })
    }
    return found
  }

  /** The column of a part of the event; undefined where it comes from a function or an option. */
  #columnOf(part: 'contact' | 'type' | 'at' | 'id'): string | undefined {
    const planned = this.#plan[part]
    return typeof planned === 'object' ? planned.column : undefined
  }

  /** What the engine finds wrong, at the column that says it. */
  #issuesOf(error: CoterieError, type: string): readonly [Issue, ...Issue[]] {
    const { code, message, path = [] } = error
    const [first = { code, path, message }, ...rest] = error.issues
    const placed = (issue: Issue): Issue => {
      const column = this.#columnAt(issue.path, type)
      return { ...issue, path: column === undefined ? [] : [column] }
    }
    return [placed(first), ...rest.map(placed)]
  }

  #columnAt([whole, part, name]: Path, type: string): string | undefined {
    if (whole === 'contact' || whole === undefined) return this.#columnOf('contact')
    if (part === 'type' || part === 'at' || part === 'id') return this.#columnOf(part)
    return this.#plan.columnsOf(type).find((column) => column.name === name)?.column
  }
}

/** The instant that was read; undefined where it was refused. */
function instantOf(read: Value | Refused | undefined): InstantValue | undefined {
  return typeof read === 'object' && 'instant' in read ? read : undefined
}
