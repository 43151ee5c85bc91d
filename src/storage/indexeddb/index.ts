/**
 * An engine kept in a browser.
 *
 * @module coterie/storage/indexeddb
 */
export type { IdbDatabase, IdbFactory, IdbOpenRequest, IdbRequest, IdbStore, IdbTransaction } from './idb.js'
export { indexedDbStorage, type IndexedDbStorageOptions } from './indexeddb-storage.js'
