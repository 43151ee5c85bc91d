import { MysqlAdapter, PostgresAdapter, sql, SqliteAdapter, type Kysely, type RawBuilder } from 'kysely'
import { optionInvalid } from '../../engine/arguments.js'

/** The family of a database: what its columns are called. */
export type SqlDialect = 'postgres' | 'mysql' | 'sqlite'

/** The names of column types. Texts compare byte by byte, and hold any text. */
export interface ColumnTypes {
  readonly name: RawBuilder<unknown>
  readonly text: RawBuilder<unknown>
  readonly bytes: RawBuilder<unknown>
}

/**
 * The family of the database that an instance of Kysely talks to.
 *
 * @throws CoterieError `OPTION_INVALID` where it cannot be told.
 */
export function dialectOf<DB>(db: Kysely<DB>): SqlDialect {
  const { adapter } = db.getExecutor()
  if (adapter instanceof PostgresAdapter) return 'postgres'
  if (adapter instanceof MysqlAdapter) return 'mysql'
  if (adapter instanceof SqliteAdapter) return 'sqlite'
  throw optionInvalid('dialect', adapter.constructor.name, 'postgres, mysql or sqlite: say which it is most like')
}

export function columnTypes(dialect: SqlDialect): ColumnTypes {
  switch (dialect) {
    case 'postgres':
      return { name: sql`text`, text: sql`text`, bytes: sql`bytea` }
    case 'mysql':
      return {
        name: sql`varchar(191) character set utf8mb4 collate utf8mb4_bin`,
        text: sql`longtext character set utf8mb4 collate utf8mb4_bin`,
        bytes: sql`longblob`,
      }
    case 'sqlite':
      return { name: sql`text`, text: sql`text`, bytes: sql`blob` }
  }
}
