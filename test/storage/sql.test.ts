import { PGlite } from '@electric-sql/pglite'
import { sqlStorage } from 'coterie/storage/sql'
import { storageConformance } from 'coterie/testing'
import { Kysely, MysqlDialect, PostgresDialect } from 'kysely'
import { createPool } from 'mysql2'
import { Pool } from 'pg'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { hasServer } from './databases/not-run.js'
import { openPglite } from './databases/pglite.js'
import { openSqlite } from './databases/sqlite.js'

/*
 * The suite over every database that is here: two that run inside this process, and servers where they are reachable.
 */

let places = 0

/** Every case in a storage of its own, by name, in one database. */
function runSuite(db: () => Kysely<unknown>): void {
  const cases = storageConformance({
    create: () => {
      places += 1
      const name = `test ${String(process.pid)} ${String(places)}`
      return { adapter: () => sqlStorage({ db: db(), name }) }
    },
  })
  it.each(cases.map(({ name, run }) => [name, run] as const))('%s', (_, run) => run())
}

describe('SQLite in this process', () => {
  const db = openSqlite()
  afterAll(() => db.destroy())
  runSuite(() => db)
})

describe('PGlite in this process', () => {
  let database: PGlite
  let db: Kysely<unknown>
  beforeAll(async () => {
    database = await PGlite.create()
    db = openPglite(database)
  })
  afterAll(() => database.close())
  runSuite(() => db)
})

const hasPostgres = await hasServer('the suite over PostgreSQL', 5432)
const hasMariaDb = await hasServer('the suite over MariaDB', 3306)

describe.skipIf(!hasPostgres)('PostgreSQL on 127.0.0.1:5432', () => {
  const pool = new Pool({ host: '127.0.0.1', port: 5432, user: 'postgres', database: 'test', max: 4 })
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  afterAll(() => dropTables(db))
  runSuite(() => db)
})

describe.skipIf(!hasMariaDb)('MariaDB on 127.0.0.1:3306', () => {
  const pool = createPool({ host: '127.0.0.1', port: 3306, user: 'root', database: 'test', connectionLimit: 4 })
  const db = new Kysely<unknown>({ dialect: new MysqlDialect({ pool }) })
  afterAll(() => dropTables(db))
  runSuite(() => db)
})

/** Others may use the server too: only what these tests made is taken away. */
async function dropTables(db: Kysely<unknown>): Promise<void> {
  for (const table of ['coterie_storages', 'coterie_records', 'coterie_parts'])
    await db.schema.dropTable(table).ifExists().execute()
  await db.destroy()
}
