import { redisStorage } from 'coterie/storage/redis'
import { storageConformance } from 'coterie/testing'
import { createClient } from 'redis'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { hasServer } from './databases/not-run.js'

/*
 * The suite over a Redis where one is reachable; there is none that runs inside this process.
 */

const hasRedis = await hasServer('the suite over Redis', 6379)

describe.skipIf(!hasRedis)('Redis on 127.0.0.1:6379', () => {
  const client = createClient({ url: 'redis://127.0.0.1:6379' })
  let places = 0
  beforeAll(async () => {
    await client.connect()
  })
  afterAll(() => client.close())

  const cases = storageConformance({
    create: () => {
      places += 1
      const prefix = `coterie-test-${String(process.pid)}-${String(places)}`
      return {
        adapter: () => redisStorage({ client, prefix }),
        destroy: async () => {
          for (const key of await client.keys(`{${prefix}}*`)) await client.del(key)
        },
      }
    },
  })
  it.each(cases.map(({ name, run }) => [name, run] as const))('%s', (_, run) => run())
})
