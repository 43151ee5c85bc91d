import { Database, type JSValue } from 'node-sqlite3-wasm'
import { zoneDays } from './zone-days.js'

/** The rows of the data sets in SQLite, asked by queries that are written by hand: what the engine is compared with. */
export class Oracle {
  readonly #database = new Database()

  /** Makes a table of rows; numbers in it are whole: instants in ms, money in its smallest parts. */
  table(name: string, columns: readonly string[], rows: Iterable<readonly JSValue[]>): this {
    this.#database.exec(`CREATE TABLE ${name} (${columns.join(', ')})`)
    this.#database.exec('BEGIN')
    const statement = this.#database.prepare(`INSERT INTO ${name} VALUES (${columns.map(() => '?').join(', ')})`)
    for (const row of rows) statement.run([...row])
    statement.finalize()
    this.#database.exec('COMMIT')
    return this
  }

  index(name: string, ...columns: readonly string[]): this {
    this.#database.exec(`CREATE INDEX ${name}_by_${columns.join('_')} ON ${name} (${columns.join(', ')})`)
    return this
  }

  /** Makes the table of local days: SQLite knows none. Its queries are made of the pieces in `local-days.ts`. */
  localDays(zones: readonly string[], from: string, to: string): this {
    const days = zones.flatMap((zone) => zoneDays(zone, from, to))
    return this.table('days', ['zone', 'day', 'start'], days)
      .index('days', 'zone', 'start')
      .index('days', 'zone', 'day')
  }

  /** The ids that a query gives at an instant, sorted; it names the instant `:now`, and gives them in its first column. */
  members(query: string, now: number): readonly string[] {
    const rows = this.#database.all(query, query.includes(':now') ? { ':now': now } : undefined)
    return rows.map((row) => String(Object.values(row)[0])).sort()
  }

  close(): void {
    this.#database.close()
  }
}
