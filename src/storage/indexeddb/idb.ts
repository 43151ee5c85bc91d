import { show } from '../../base/errors.js'

/** The part of IndexedDB that is used, so that the core needs no types of a browser. */
export interface IdbFactory {
  open(name: string, version: number): IdbOpenRequest
}

/** A request on its way. */
export interface IdbRequest<T> {
  readonly result: T
  readonly error: unknown
  onsuccess: unknown
  onerror: unknown
}

/** The request for a database. */
export interface IdbOpenRequest extends IdbRequest<IdbDatabase> {
  onupgradeneeded: unknown
}

/** A database that is open. */
export interface IdbDatabase {
  createObjectStore(name: string, options?: { readonly keyPath: string | string[] }): unknown
  transaction(
    names: string[],
    mode: 'readonly' | 'readwrite',
    options?: { readonly durability: 'strict' | 'relaxed' },
  ): IdbTransaction
  close(): void
  onversionchange: unknown
}

/** A transaction that goes on. */
export interface IdbTransaction {
  objectStore(name: string): IdbStore
  readonly error: unknown
  abort(): void
  oncomplete: unknown
  onabort: unknown
}

/** An object store in a transaction. */
export interface IdbStore {
  get(key: unknown): IdbRequest<unknown>
  getAll(range: unknown, count: number): IdbRequest<unknown>
  put(value: unknown, key?: unknown): unknown
  delete(range: unknown): unknown
}

interface KeyRanges {
  lowerBound(lower: unknown, open: boolean): unknown
  upperBound(upper: unknown): unknown
}

/** The ranges of keys that the runtime makes. */
export function keyRanges(): KeyRanges {
  return (globalThis as unknown as { readonly IDBKeyRange: KeyRanges }).IDBKeyRange
}

/** A request as a promise. */
export function resultOf<T>(request: IdbRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result)
    }
    request.onerror = () => {
      reject(asError(request.error))
    }
  })
}

/** The end of a transaction as a promise: it resolves when all of it is kept, and rejects when none of it is. */
export function endOf(transaction: IdbTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => {
      resolve()
    }
    transaction.onabort = () => {
      reject(asError(transaction.error))
    }
  })
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(`IndexedDB failed: ${show(error)}`)
}
