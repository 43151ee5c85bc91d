/**
 * An engine kept in a database, through Kysely.
 *
 * @module coterie/storage/sql
 */
export type { SqlDialect } from './dialect.js'
export { sqlStorage, type SqlStorageOptions } from './sql-storage.js'
export { makeTables, type Tables } from './tables.js'
