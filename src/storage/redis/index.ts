/**
 * An engine kept in Redis.
 *
 * @module coterie/storage/redis
 */
export type { RedisClient } from './redis-client.js'
export { redisStorage, type RedisStorageOptions } from './redis-storage.js'
