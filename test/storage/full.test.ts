import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hasTag, openEngine, type StorageAdapter } from 'coterie'
import { redisStorage } from 'coterie/storage/redis'
import { sqlStorage } from 'coterie/storage/sql'
import { sql } from 'kysely'
import { createClient } from 'redis'
import { describe, expect, it } from 'vitest'
import { wholeStateOf } from '../durable/stored.js'
import { hasProgram } from './databases/not-run.js'
import { isReachable } from './databases/reachable.js'
import { openSqlite } from './databases/sqlite.js'

/*
 * Storages that are full: a database that may have no more pages, a Redis that may take no more memory. The engine stops, and goes
 * on when there is room: nothing is lost, and nothing is there in part. Files on a full disk: test/durable/stopping.test.ts.
 */

interface Room {
  /** Leaves room for about so many bytes more. */
  leave(bytes: number): Promise<void>
  /** Leaves as much room as anybody wants. */
  widen(): Promise<unknown>
}

/** Runs into the end of the room again and again, within appends and within snapshots. */
async function outgrow(storage: StorageAdapter, { leave, widen }: Room): Promise<void> {
  const engine = await openEngine({ now: 0, storage, keep: 'all' })
  engine.segments.define({ id: 'vip', rule: hasTag('vip') })
  await engine.batch([]).durable
  let [stops, contacts, failedSnapshots] = [0, 0, 0]
  for (let round = 0; round < 12; round += 1) {
    await leave(60_000 + round * 5_000)
    for (let tries = 0; tries < 100 && engine.storageStatus().stopped === undefined; tries += 1) {
      engine.contacts.put({ id: `c${String(contacts)}`, attributes: { text: String(contacts).repeat(7_000) } })
      const { durable } = engine.tags.add(`c${String(contacts)}`, 'vip')
      contacts += 1
      await durable.catch(() => (stops += 1))
    }
    await widen()
    await engine.resume()
    if (round % 4 === 3) {
      await leave(1)
      await engine.snapshot().catch(() => (failedSnapshots += 1))
      await widen()
      await engine.resume()
      await engine.snapshot()
    }
  }
  expect([stops, failedSnapshots]).toEqual([12, 3])
  const state = wholeStateOf(engine)
  await engine.close()
  const again = await openEngine({ now: 0, storage, keep: 'all' })
  expect(wholeStateOf(again)).toEqual(state)
  const numbers: number[] = []
  for await (const { seq } of again.transitionsBetween(0, again.now + 1)) numbers.push(seq)
  expect(numbers).toEqual(Array.from({ length: contacts }, (_, place) => place + 1))
  await again.close()
}

describe('a full storage', () => {
  it('of SQLite goes on when there is room again', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'coterie-full-'))
    const db = openSqlite(join(directory, 'segments.db'))
    const number = async (name: string): Promise<number> => {
      const { rows } = await sql.raw<Record<string, number>>(`pragma ${name}`).execute(db)
      return Number(rows[0]?.[name])
    }
    await outgrow(sqlStorage({ db }), {
      leave: async (bytes) => {
        const free = (await number('freelist_count')) * (await number('page_size'))
        const pages = Math.floor((bytes - free) / (await number('page_size')))
        await number(`max_page_count = ${String((await number('page_count')) + Math.max(0, pages))}`)
      },
      widen: () => number('max_page_count = 1000000'),
    })
    await db.destroy()
    rmSync(directory, { recursive: true })
  })
})

const redisServer = process.env['COTERIE_REDIS_SERVER'] ?? '/usr/bin/redis-server'

describe.skipIf(!hasProgram('a full Redis', redisServer))('a full storage', () => {
  it('of Redis goes on when there is room again', async () => {
    const port = await freePort()
    const server = await startRedis(port)
    const client = createClient({ url: `redis://127.0.0.1:${String(port)}` })
    try {
      await client.connect()
      const limit = (bytes: number): Promise<unknown> => client.configSet('maxmemory', String(bytes))
      await outgrow(redisStorage({ client }), {
        leave: async (bytes) => {
          const used = Number(/used_memory:(\d+)/.exec(await client.info('memory'))?.[1])
          await limit(used + bytes)
        },
        widen: () => limit(0),
      })
    } finally {
      client.destroy()
      server.kill()
    }
  })
})

/** A server of this test's own, so that nobody else's is full. */
async function startRedis(port: number): Promise<ChildProcess> {
  const server = spawn(redisServer, ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'])
  for (let tries = 0; tries < 200 && !(await isReachable(port)); tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 20))
  return server
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => {
        resolve(port)
      })
    })
  })
}
