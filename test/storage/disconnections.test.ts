import { hasTag, isCoterieError, openEngine, type StorageAdapter } from 'coterie'
import { redisStorage } from 'coterie/storage/redis'
import { sqlStorage } from 'coterie/storage/sql'
import { Kysely, MysqlDialect, PostgresDialect } from 'kysely'
import { createPool } from 'mysql2'
import { Pool } from 'pg'
import { createClient } from 'redis'
import { describe, expect, it } from 'vitest'
import { randomFrom } from '../durable/simulated-disk.js'
import { wholeStateOf } from '../durable/stored.js'
import { runs } from '../runs.js'
import { CuttableConnection, type Trouble } from './cuttable-connection.js'
import { hasServer } from './databases/not-run.js'

/*
 * Connections to real servers are lost before a message and before its answer, and fall silent, at any point of what is said.
 * The engine stops, tells everybody who waits, and goes on when it is resumed: nothing that was acknowledged is lost, nothing is
 * there twice, and a subscriber hears each transition.
 */

interface Connected {
  readonly storage: StorageAdapter
  /** Takes away what is kept there. */
  clear(): Promise<unknown>
  end(): Promise<unknown>
}

interface Subject {
  readonly name: string
  readonly port: number
  /** About how many messages an append takes. */
  readonly messages: number
  /** Connects to a place of its own, which is made where it is not there. */
  connect(port: number, place: string): Promise<Connected>
}

const ignored = (): void => undefined

const subjects: readonly Subject[] = [
  {
    name: 'PostgreSQL',
    port: 5432,
    messages: 5,
    connect: async (port, place) => {
      const options = `-c search_path=${place}`
      const pool = new Pool({ host: '127.0.0.1', port, user: 'postgres', database: 'test', max: 2, options })
      // As the driver asks for: else a connection that is lost ends the process.
      pool.on('error', ignored).on('connect', (client) => client.on('error', ignored))
      await pool.query(`create schema if not exists ${place}`)
      const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
      return {
        storage: sqlStorage({ db }),
        clear: () => pool.query(`drop schema ${place} cascade`),
        end: () => db.destroy(),
      }
    },
  },
  {
    name: 'MariaDB',
    port: 3306,
    messages: 5,
    connect: async (port, place) => {
      const options = { host: '127.0.0.1', port, user: 'root' }
      const first = createPool(options)
      await first.promise().query(`create database if not exists ${place}`)
      await first.promise().end()
      const pool = createPool({ ...options, database: place, connectionLimit: 2 })
      const db = new Kysely<unknown>({ dialect: new MysqlDialect({ pool }) })
      return {
        storage: sqlStorage({ db }),
        clear: () => pool.promise().query(`drop database ${place}`),
        end: () => db.destroy(),
      }
    },
  },
  {
    name: 'Redis',
    port: 6379,
    messages: 1,
    connect: async (port, prefix) => {
      const client = createClient({ socket: { host: '127.0.0.1', port, reconnectStrategy: 5 } })
      client.on('error', ignored)
      await client.connect()
      return {
        storage: redisStorage({ client, prefix }),
        clear: async () => {
          for (const key of await client.keys(`{${prefix}}*`)) await client.del(key)
        },
        end: () => Promise.resolve(client.destroy()),
      }
    },
  },
]

const troubles: readonly Trouble[] = ['lost', 'answer lost', 'silence']

for (const { name, port, messages, connect } of subjects) {
  const isThere = await hasServer(`lost connections to ${name}`, port)
  describe.skipIf(!isThere)(`${name} on 127.0.0.1:${String(port)}, through a bad connection`, () => {
    it.each(troubles)('loses nothing and keeps nothing twice: %s', { timeout: 120_000 }, async (trouble) => {
      const place = `coterie_${trouble.replace(' ', '_')}_${String(process.pid)}`
      const line = await CuttableConnection.to(port)
      const connected = await connect(line.port, place)
      const engine = await openEngine({
        now: 0,
        storage: connected.storage,
        timeout: '150ms',
        retryAfter: '1ms',
        keep: 'all',
      })
      const resumed = async (): Promise<void> => {
        for (let tries = 0; engine.storageStatus().stopped !== undefined; tries += 1) {
          await engine.resume().catch((error: unknown) => {
            if (!isCoterieError(error) || tries > 100) throw error
          })
        }
      }
      const heard: number[] = []
      engine.subscribe('witness', { from: 'oldest' }, ({ seq }) => void heard.push(seq))
      engine.segments.define({ id: 'vip', rule: hasTag('vip') })
      await engine.batch([]).durable
      const random = randomFrom(7)
      let [stops, acknowledged] = [0, 0]
      for (let step = 0; step < runs(25); step += 1) {
        const id = `c${String(step)}`
        line.breakAfter(Math.floor(random() * (messages + 1)), trouble)
        engine.contacts.put({ id })
        engine.advanceTo(engine.now + 1)
        const { durable } = engine.tags.add(id, 'vip')
        const isSnapshot = step % 8 === 7
        const results = await Promise.allSettled([
          durable,
          ...(isSnapshot && trouble !== 'silence' ? [engine.snapshot()] : []),
        ])
        if (results[0].status === 'fulfilled') acknowledged = engine.revision
        else stops += 1
        line.mend()
        await resumed()
        expect(engine.storageStatus().durableRevision).toBeGreaterThanOrEqual(acknowledged)
      }
      await engine.batch([]).durable
      await resumed()
      for (let tries = 0; tries < 1_000 && heard.at(-1) !== runs(25); tries += 1)
        await new Promise((go) => setTimeout(go, 5))
      const state = wholeStateOf(engine)
      await engine.close()
      await connected.end()
      await line.close()

      expect(line.troubles).toBeGreaterThan(5)
      expect(stops).toBeGreaterThan(5)
      const numbers = Array.from({ length: runs(25) }, (_, number) => number + 1)
      expect([...new Set(heard)]).toEqual(numbers)
      const direct = await connect(port, place)
      const again = await openEngine({ now: 0, storage: direct.storage, keep: 'all' })
      expect(wholeStateOf(again)).toEqual(state)
      const kept: number[] = []
      for await (const { seq } of again.transitionsBetween(0, again.now + 1)) kept.push(seq)
      expect(kept).toEqual(numbers)
      await again.close()
      await direct.clear()
      await direct.end()
    })
  })
}
