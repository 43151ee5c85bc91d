import type { StorageAdapter } from '../../durable/storage-adapter.js'
import { checkedObject, checkFunction, optionInvalid, plainOptions } from '../../engine/arguments.js'
import { endOf, resultOf, type IdbDatabase, type IdbFactory } from './idb.js'
import { IndexedDbSession, standingKey, stores, type Standing } from './indexeddb-session.js'

/** The version of the object stores; raised, with a step from the one before, when they change. */
const version = 1

/** How and where the browser keeps it. */
export interface IndexedDbStorageOptions {
  /** The name of the database, which is this storage's alone. Default `coterie`. */
  readonly name?: string
  /** Where databases are opened. Default that of the browser. */
  readonly indexedDB?: IdbFactory
}

/**
 * A storage in a database of the browser, for pages and workers. What a browser keeps it may also clear, when it is told to or
 * runs out of room: `navigator.storage.persist()` asks it not to.
 *
 * @throws CoterieError `OPTION_INVALID`.
 */
export function indexedDbStorage(options: IndexedDbStorageOptions = {}): StorageAdapter {
  const { name = 'coterie', indexedDB } = plainOptions('options', options)
  if (typeof name !== 'string' || name === '') throw optionInvalid('name', name, 'a text that is not empty')
  const factory = indexedDB ?? (globalThis as unknown as { readonly indexedDB?: IdbFactory }).indexedDB
  if (factory === undefined) throw optionInvalid('indexedDB', factory, 'a runtime with IndexedDB')
  checkFunction((checkedObject('indexedDB', factory) as { readonly open?: unknown }).open, 'indexedDB.open')
  const title = `IndexedDB ${name}`
  return {
    name: title,
    capabilities: Object.freeze({ survives: 'power', secondWriter: 'takes-over' }),
    open: async ({ role }) => {
      const db = await openDatabase(factory, name)
      return new IndexedDbSession(db, title, role === 'reader' ? -1 : await nextWriter(db))
    },
  }
}

async function openDatabase(factory: IdbFactory, name: string): Promise<IdbDatabase> {
  const request = factory.open(name, version)
  request.onupgradeneeded = () => {
    const { result: db } = request
    db.createObjectStore('standing')
    db.createObjectStore('records', { keyPath: 'position' })
    db.createObjectStore('parts', { keyPath: ['snapshot', 'part'] })
  }
  const db = await resultOf(request)
  // Another tab with a newer version waits for this one to let go.
  db.onversionchange = () => {
    db.close()
  }
  return db
}

async function nextWriter(db: IdbDatabase): Promise<number> {
  const transaction = db.transaction([...stores], 'readwrite', { durability: 'strict' })
  const end = endOf(transaction)
  const store = transaction.objectStore('standing')
  const standing = ((await resultOf(store.get(standingKey))) ?? { writer: 0, last: 0 }) as Standing
  const writer = standing.writer + 1
  store.put({ ...standing, writer }, standingKey)
  await end
  return writer
}
