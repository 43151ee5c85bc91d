import { sql, type Kysely, type Transaction } from 'kysely'
import type { StorageAdapter } from '../../durable/storage-adapter.js'
import { checkedObject, checkFunction, checkOneOf, optionInvalid, plainOptions } from '../../engine/arguments.js'
import { dialectOf, type SqlDialect } from './dialect.js'
import { SqlSession } from './sql-session.js'
import { checkFormat, makeTables, tableFormat, type Tables } from './tables.js'

/** How and where rows are kept. */
export interface SqlStorageOptions<DB = unknown> {
  /** An instance of Kysely, with the driver of the database; it is the host's to close. */
  readonly db: Kysely<DB>
  /** Which of the storages in the database; several engines can share one. Default `default`. */
  readonly name?: string
  /** The family of the database. Default told by the dialect of `db`. */
  readonly dialect?: SqlDialect
  /** Whether the tables are made where they are not there. Default true; without, see `makeTables`. */
  readonly makesTables?: boolean
}

/**
 * A storage in a database: PostgreSQL, MySQL, MariaDB, SQLite, and what is like one of them, through Kysely.
 *
 * @throws CoterieError `OPTION_INVALID`.
 */
export function sqlStorage<DB>(options: SqlStorageOptions<DB>): StorageAdapter {
  const { db: given, name = 'default', dialect, makesTables = true } = plainOptions('options', options)
  checkFunction((checkedObject('db', given) as { readonly selectFrom?: unknown }).selectFrom, 'db.selectFrom')
  if (typeof name !== 'string' || name === '' || name.length > 191)
    throw optionInvalid('name', name, 'a text of at most 191 characters')
  if (dialect !== undefined) checkOneOf('dialect', dialect, ['postgres', 'mysql', 'sqlite'])
  const db = given as unknown as Kysely<Tables>
  const family = dialect ?? dialectOf(db)
  return {
    name: `${family} tables, storage ${name}`,
    capabilities: Object.freeze({ survives: 'power', secondWriter: 'takes-over' }),
    open: async ({ role }) => {
      if (makesTables) await makeTables(db, family)
      await db
        .transaction()
        .execute((trx) => beginStorage(trx, name))
        // Of two that begin one storage at once one is too late, and finds what the other began.
        .catch(() => undefined)
      if (role === 'reader') return new SqlSession(db, name, -1)
      return new SqlSession(db, name, await db.transaction().execute((trx) => nextWriter(trx, name)))
    },
  }
}

async function beginStorage(trx: Transaction<Tables>, name: string): Promise<void> {
  const known = await trx.selectFrom('coterie_storages').select('format').where('name', '=', name).executeTakeFirst()
  if (known !== undefined) return
  const nothing = { writer: 0, last: 0, snapshot: 0, snapshot_position: 0, snapshot_parts: 0 }
  await trx
    .insertInto('coterie_storages')
    .values({ name, format: tableFormat, ...nothing })
    .execute()
}

async function nextWriter(trx: Transaction<Tables>, name: string): Promise<number> {
  await trx
    .updateTable('coterie_storages')
    .set({ writer: sql<number>`${sql.ref('writer')} + 1` })
    .where('name', '=', name)
    .execute()
  const { writer, format } = await trx
    .selectFrom('coterie_storages')
    .select(['writer', 'format'])
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  checkFormat(Number(format))
  return Number(writer)
}
