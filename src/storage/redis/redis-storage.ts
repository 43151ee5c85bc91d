import type { StorageAdapter, StorageCapabilities } from '../../durable/storage-adapter.js'
import { storageNewer } from '../../durable/storage-error.js'
import { checkedObject, checkFunction, checkOneOf, optionInvalid, plainOptions } from '../../engine/arguments.js'
import type { RedisClient } from './redis-client.js'
import { keysOf, RedisSession } from './redis-session.js'
import { begin } from './scripts.js'

/** The version of what stands in the keys. */
const format = 1

/** How and where keys are kept. */
export interface RedisStorageOptions {
  /** A connected client of the package `redis`; it is the host's to close. */
  readonly client: RedisClient
  /** What all keys begin with; several engines can share a database. Default `coterie`. */
  readonly prefix?: string
  /**
   * What survives when an append has resolved. That is the server's to say: `power` with `appendfsync always`, `process` with
   * anything less. Default `process`.
   */
  readonly survives?: StorageCapabilities['survives']
}

/**
 * A storage in Redis, 6.2 or later, or what speaks its language: the journal is a stream.
 *
 * @throws CoterieError `OPTION_INVALID`.
 */
export function redisStorage(options: RedisStorageOptions): StorageAdapter {
  const { client, prefix = 'coterie', survives = 'process' } = plainOptions('options', options)
  const { sendCommand } = checkedObject('client', client) as { readonly sendCommand?: unknown }
  checkFunction(sendCommand, 'client.sendCommand')
  if (typeof prefix !== 'string' || prefix === '') throw optionInvalid('prefix', prefix, 'a text that is not empty')
  checkOneOf('survives', survives, ['power', 'process', 'engine'])
  const keys = keysOf(prefix)
  const name = `Redis, keys ${prefix}`
  return {
    name,
    capabilities: Object.freeze({ survives, secondWriter: 'takes-over' }),
    open: async ({ role }) => {
      if (role === 'reader') return new RedisSession(client, keys, name, '')
      const reply = await client.sendCommand(['EVAL', begin, '1', keys.standing, String(format)])
      const [writer, written] = reply as readonly [number, string]
      if (Number(written) > format) throw storageNewer(name, `format ${written}`, `format ${String(format)}`)
      return new RedisSession(client, keys, name, String(writer))
    },
  }
}
