import type { ColumnType, Kysely } from 'kysely'
import { storageNewer } from '../../durable/storage-error.js'
import { columnTypes, type SqlDialect } from './dialect.js'

/*
 * Three tables for any number of storages, each with a name: where each stands, its journal a row a record, and its snapshot a row
 * a part. `coterie_storages.format` is the version of the tables that a storage was written with; later versions change tables in
 * steps, each from one format to the next.
 */

/** The version of the tables. */
export const tableFormat = 1

/** A whole number: drivers give it as a number, a text or a bigint. */
type Whole = ColumnType<number | string | bigint, number, number>

/** The tables as Kysely sees them. */
export interface Tables {
  readonly coterie_storages: {
    readonly name: string
    readonly format: Whole
    /** Rises with each writer; the one who has the last is the one who may write. */
    readonly writer: Whole
    /** The position of the last record. */
    readonly last: Whole
    readonly snapshot: Whole
    readonly snapshot_position: Whole
    readonly snapshot_parts: Whole
  }
  readonly coterie_records: { readonly storage: string; readonly position: Whole; readonly data: string }
  readonly coterie_parts: {
    readonly storage: string
    readonly snapshot: Whole
    readonly part: Whole
    readonly data: Uint8Array
  }
}

/** Makes the tables where they are not there. */
export async function makeTables(db: Kysely<Tables>, dialect: SqlDialect): Promise<void> {
  const { name, text, bytes } = columnTypes(dialect)
  await db.schema
    .createTable('coterie_storages')
    .ifNotExists()
    .addColumn('name', name, (column) => column.primaryKey().notNull())
    .addColumn('format', 'integer', (column) => column.notNull())
    .addColumn('writer', 'bigint', (column) => column.notNull())
    .addColumn('last', 'bigint', (column) => column.notNull())
    .addColumn('snapshot', 'bigint', (column) => column.notNull())
    .addColumn('snapshot_position', 'bigint', (column) => column.notNull())
    .addColumn('snapshot_parts', 'bigint', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('coterie_records')
    .ifNotExists()
    .addColumn('storage', name, (column) => column.notNull())
    .addColumn('position', 'bigint', (column) => column.notNull())
    .addColumn('data', text, (column) => column.notNull())
    .addPrimaryKeyConstraint('coterie_records_key', ['storage', 'position'])
    .execute()
  await db.schema
    .createTable('coterie_parts')
    .ifNotExists()
    .addColumn('storage', name, (column) => column.notNull())
    .addColumn('snapshot', 'bigint', (column) => column.notNull())
    .addColumn('part', 'bigint', (column) => column.notNull())
    .addColumn('data', bytes, (column) => column.notNull())
    .addPrimaryKeyConstraint('coterie_parts_key', ['storage', 'snapshot', 'part'])
    .execute()
}

/** @throws CoterieError `STORAGE_NEWER` where a newer version wrote the storage. */
export function checkFormat(format: number): void {
  if (format > tableFormat)
    throw storageNewer('the tables', `format ${String(format)}`, `format ${String(tableFormat)}`)
}
