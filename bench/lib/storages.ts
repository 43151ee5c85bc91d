import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryStorage, type StorageAdapter } from 'coterie'
import { fileStorage, type FileStorageOptions } from 'coterie/storage/file'
import { redisStorage } from 'coterie/storage/redis'
import { sqlStorage } from 'coterie/storage/sql'
import { Kysely, MysqlDialect, PostgresDialect } from 'kysely'
import { createPool } from 'mysql2'
import { Pool } from 'pg'
import { createClient } from 'redis'
import { isReachable } from '../../test/storage/databases/reachable.js'
import { openSqlite } from '../../test/storage/databases/sqlite.js'

/** A storage to measure, and what takes it away. */
export interface MeasuredStorage {
  readonly storage: StorageAdapter
  end(): Promise<void>
}

/** The storages that are measured, by the names of the page; one whose server is not there throws. */
export const storages: Readonly<Record<string, () => Promise<MeasuredStorage>>> = {
  memory: () => Promise.resolve({ storage: memoryStorage(), end: () => Promise.resolve() }),
  'files, synced by the system': () => inFiles({ sync: 'never' }),
  'files, synced every 100 ms': () => inFiles({ sync: { every: '100ms' } }),
  'files, always synced': () => inFiles({ sync: 'always' }),
  'SQLite in WebAssembly, a file': () => inSqlite(),
  PostgreSQL: () => inPostgres(),
  MariaDB: () => inMariaDb(),
  Redis: () => inRedis(),
}

function temporary(): string {
  return mkdtempSync(join(tmpdir(), 'coterie-bench-'))
}

function inFiles(options: Omit<FileStorageOptions, 'directory'>): Promise<MeasuredStorage> {
  const directory = temporary()
  return Promise.resolve({
    storage: fileStorage({ directory, ...options }),
    end: () => Promise.resolve(rmSync(directory, { recursive: true })),
  })
}

function inSqlite(): Promise<MeasuredStorage> {
  const directory = temporary()
  const db = openSqlite(join(directory, 'segments.db'))
  return Promise.resolve({
    storage: sqlStorage({ db }),
    end: async () => {
      await db.destroy()
      rmSync(directory, { recursive: true })
    },
  })
}

async function inPostgres(): Promise<MeasuredStorage> {
  await checkReachable(5432)
  const pool = new Pool({ host: '127.0.0.1', user: 'postgres', database: 'test', max: 2 })
  return inTables(new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) }))
}

async function inMariaDb(): Promise<MeasuredStorage> {
  await checkReachable(3306)
  const pool = createPool({ host: '127.0.0.1', user: 'root', database: 'test', connectionLimit: 2 })
  return inTables(new Kysely<unknown>({ dialect: new MysqlDialect({ pool }) }))
}

function inTables(db: Kysely<unknown>): MeasuredStorage {
  return {
    storage: sqlStorage({ db, name: `bench ${String(process.pid)}` }),
    end: async () => {
      for (const table of ['coterie_storages', 'coterie_records', 'coterie_parts'])
        await db.schema.dropTable(table).ifExists().execute()
      await db.destroy()
    },
  }
}

async function inRedis(): Promise<MeasuredStorage> {
  await checkReachable(6379)
  const client = createClient({ url: 'redis://127.0.0.1:6379' })
  await client.connect()
  const prefix = `coterie-bench-${String(process.pid)}`
  return {
    storage: redisStorage({ client, prefix }),
    end: async () => {
      for (const key of await client.keys(`{${prefix}}*`)) await client.del(key)
      await client.close()
    },
  }
}

async function checkReachable(port: number): Promise<void> {
  if (!(await isReachable(port))) throw new Error(`nothing listens on 127.0.0.1:${String(port)}`)
}
