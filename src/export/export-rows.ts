import type { Contact } from '../contacts/contact.js'
import type { Value } from '../contacts/value.js'
import { plainOptions } from '../engine/arguments.js'
import type { AnyEngine } from '../population/any-engine.js'
import { readSelection, type Selection } from '../population/selection.js'
import { readColumns, type ExportColumn, type ReadColumn } from './export-columns.js'

/** What is exported of each contact. */
export interface ExportOptions {
  /** Default the id and every attribute. */
  readonly columns?: readonly ExportColumn[]
}

/** A contact by the headers of the columns, as plain data; `null` where a value is missing. */
export type ExportedRow = Readonly<Record<string, Value | null>>

/**
 * The members of a segment, or those a rule holds for, as rows, in the order in which they were put. Who they are is decided
 * when this is called; what each has is read when its row is taken, and one that is there no more by then is left out.
 *
 * @throws CoterieError `SEGMENT_UNKNOWN`, `OPTION_INVALID`, `ATTRIBUTE_UNKNOWN`, and all that is wrong with a rule.
 */
export function exportRows(engine: AnyEngine, of: Selection, options: ExportOptions = {}): Iterable<ExportedRow> {
  const { columns, contacts } = exported(engine, of, plainOptions('options', options).columns)
  return mapped(contacts(), (contact) =>
    Object.fromEntries(columns.map(({ header, valueOf }) => [header, valueOf(contact) ?? null])),
  )
}

/** Who is exported, and what of them. */
export interface Exported {
  readonly columns: readonly ReadColumn[]
  readonly contacts: () => Iterable<Contact>
}

/** Decides whom an export is about, and reads its columns. */
export function exported(engine: AnyEngine, of: Selection, columns: readonly ExportColumn[] | undefined): Exported {
  const ids = engine.contacts.find(readSelection(engine, of, 0).rule)
  return {
    columns: readColumns(engine, columns, ids),
    *contacts() {
      for (const id of ids) {
        const contact = engine.contacts.get(id)
        // The id of one that was merged leads to another, which has a row of its own, or is not asked for.
        if (contact?.id === id) yield contact
      }
    },
  }
}

/** What is made of each of some things, when it is taken. */
export function* mapped<T, R>(all: Iterable<T>, make: (one: T) => R): Generator<R, void, undefined> {
  for (const one of all) yield make(one)
}
