import { Kysely, SqliteDialect, type SqliteDatabase } from 'kysely'
import wasm from 'node-sqlite3-wasm'

/** An SQLite in this process, in WebAssembly; without a path in memory. */
export function openSqlite(path?: string): Kysely<unknown> {
  return new Kysely({ dialect: new SqliteDialect({ database: adapted(new wasm.Database(path)) }) })
}

/** The database as Kysely's dialect asks for it, which was made for another driver. */
function adapted(database: InstanceType<typeof wasm.Database>): SqliteDatabase {
  return {
    close: () => database.close(),
    prepare: (sql) => {
      const reads = /^\s*(select|with|pragma)|\breturning\b/i.test(sql)
      return {
        reader: reads,
        all: (parameters) => database.all(sql, values(parameters)),
        run: (parameters) => {
          const { changes } = database.run(sql, values(parameters))
          return { changes, lastInsertRowid: 0 }
        },
        iterate: () => {
          throw new Error('not used')
        },
      }
    },
  }
}

function values(parameters: readonly unknown[]): never {
  return [...parameters] as never
}
