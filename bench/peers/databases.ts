import { plainContacts } from '../lib/plain-contact.js'
import { countries, eventTypes, plans, tags, type Population } from '../lib/population.js'
import { loadPeer } from './installed.js'
import { beyondMongo, mongoOf } from './mongo.js'
import type { CountingPeer } from './peer.js'
import { countQuery, indexes, rowsOf, tables } from './sql.js'

/*
 * Databases in the process, each with the tables and indexes that it likes best.
 */

const sqlite: CountingPeer = {
  name: 'SQLite, indexed',
  packages: ['node-sqlite3-wasm'],
  start: async (population) => {
    const { default: wasm } = (await loadPeer('node-sqlite3-wasm')) as { default: Sqlite }
    const database = new wasm.Database(':memory:')
    for (const sql of [...tables, 'BEGIN']) database.exec(sql)
    const put = (table: string, rows: Iterable<readonly unknown[]>, columns: number): void => {
      const statement = database.prepare(`INSERT INTO ${table} VALUES (${Array(columns).fill('?').join(', ')})`)
      for (const row of rows) statement.run(row)
      statement.finalize()
    }
    put('contacts', contactRows(population), 9)
    put('tags', tagRows(population), 2)
    put('events', eventRows(population), 4)
    for (const sql of ['COMMIT', ...indexes, 'ANALYZE']) database.exec(sql)
    return (question) => Number((database.get(countQuery(question)) as { count: number | bigint }).count)
  },
}

interface Sqlite {
  readonly Database: new (path: string) => {
    exec: (sql: string) => void
    get: (sql: string) => unknown
    prepare: (sql: string) => { run: (values: readonly unknown[]) => unknown; finalize: () => void }
  }
}

const loki: CountingPeer = {
  name: 'LokiJS, indexed',
  packages: ['lokijs'],
  cannot: beyondMongo,
  start: async (population) => {
    const { default: Loki } = (await loadPeer('lokijs')) as { default: LokiClass }
    const contacts = new Loki('bench').addCollection('contacts', {
      indices: ['leadScore', 'lifetimeValue', 'createdAt', 'lastSeenAt', 'country'],
      disableMeta: true,
    })
    contacts.insert(plainContacts(population))
    return (question) =>
      contacts
        .chain()
        .find(lokiTags(mongoOf(question)))
        .count()
  },
}

type LokiClass = new (name: string) => { addCollection: (name: string, options: object) => LokiCollection }

interface LokiCollection {
  readonly insert: (contacts: unknown) => void
  readonly chain: () => { find: (query: unknown) => { count: () => number } }
}

/** LokiJS asks a list for an element by `$contains`, and has no `$nor`. */
function lokiTags(query: unknown): unknown {
  if (Array.isArray(query)) return query.map(lokiTags)
  if (typeof query !== 'object' || query === null) return query
  return Object.fromEntries(
    Object.entries(query).map(([key, value]: [string, unknown]) => {
      if (key === '$regex') return [key, new RegExp(value as string)]
      if (key !== 'tags') return [key, lokiTags(value)]
      return [key, typeof value === 'string' ? { $contains: value } : { $containsNone: (value as { $ne: string }).$ne }]
    }),
  )
}

function duckdb(threads: number): CountingPeer {
  return {
    name: threads === 1 ? 'DuckDB, 1 thread' : `DuckDB, ${threads} threads`,
    packages: ['@duckdb/node-api'],
    start: async (population) => {
      const { DuckDBInstance } = (await loadPeer('@duckdb/node-api')) as Duckdb
      const instance = await DuckDBInstance.create(':memory:', { threads: String(threads) })
      const connection = await instance.connect()
      for (const sql of tables) await connection.run(sql)
      await fill(connection, 'contacts', contactRows(population), 'ittidlltb'.replaceAll('lltb', 'llbt'))
      await fill(connection, 'tags', tagRows(population), 'it')
      await fill(connection, 'events', eventRows(population), 'itli')
      return async (question) => {
        const rows = (await connection.runAndReadAll(countQuery(question))).getRows()
        return Number(rows[0]?.[0])
      }
    },
  }
}

interface DuckConnection {
  run: (sql: string) => Promise<unknown>
  runAndReadAll: (sql: string) => Promise<{ getRows: () => readonly (readonly unknown[])[] }>
  createAppender: (table: string) => Promise<{
    appendInteger: (value: unknown) => void
    appendVarchar: (value: unknown) => void
    appendDouble: (value: unknown) => void
    appendBigInt: (value: bigint) => void
    appendBoolean: (value: unknown) => void
    endRow: () => void
    closeSync: () => void
  }>
}

interface Duckdb {
  readonly DuckDBInstance: {
    create: (path: string, options: object) => Promise<{ connect: () => Promise<DuckConnection> }>
  }
}

/** Fills a table; `columns` has a letter for the type of each: integer, text, double, long or boolean. */
async function fill(
  connection: DuckConnection,
  table: string,
  rows: Iterable<readonly unknown[]>,
  columns: string,
): Promise<void> {
  const appender = await connection.createAppender(table)
  for (const row of rows) {
    for (let place = 0; place < columns.length; place += 1) {
      const value = row[place]
      switch (columns[place]) {
        case 'i':
          appender.appendInteger(value)
          break
        case 't':
          appender.appendVarchar(value)
          break
        case 'd':
          appender.appendDouble(value)
          break
        case 'l':
          appender.appendBigInt(BigInt(value as number))
          break
        default:
          appender.appendBoolean(value === 1)
      }
    }
    appender.endRow()
  }
  appender.closeSync()
}

function* contactRows(population: Population): Generator<readonly unknown[], void> {
  for (let contact = 0; contact < population.size; contact += 1) {
    yield [
      contact,
      countries[population.country[contact] as number],
      plans[population.plan[contact] as number],
      population.leadScore[contact],
      population.lifetimeValue[contact],
      population.createdAt[contact],
      population.lastSeenAt[contact],
      population.optedIn[contact],
      population.emailOf(contact),
    ]
  }
}

function* tagRows({ tag, tagStart }: Population): Generator<readonly unknown[], void> {
  for (const { contact, place } of rowsOf(tagStart)) yield [contact, tags[tag[place] as number]]
}

function* eventRows({ eventStart, eventType, eventAt, eventAmount }: Population): Generator<readonly unknown[], void> {
  for (const { contact, place } of rowsOf(eventStart))
    yield [contact, eventTypes[eventType[place] as number], eventAt[place], eventAmount[place]]
}

export const sqlitePeer = sqlite
export const lokiPeer = loki
export const duckdbPeers: readonly CountingPeer[] = [duckdb(1), duckdb(2)]
