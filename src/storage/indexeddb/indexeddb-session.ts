import { rechunked } from '../../durable/rechunk.js'
import type { StorageSession, StoredRecord, StoredSnapshot } from '../../durable/storage-adapter.js'
import { partMissing, storageFenced } from '../../durable/storage-error.js'
import { endOf, keyRanges, resultOf, type IdbDatabase, type IdbStore } from './idb.js'

const recordsInPage = 1_000
const partBytes = 1_000_000

/** The names of the object stores. */
export const stores = ['standing', 'records', 'parts'] as const

/** Where the storage stands: the one value of the store `standing`. */
export interface Standing {
  /** Rises with each writer; the one who has the last is the one who may write. */
  readonly writer: number
  readonly last: number
  readonly snapshot?: { readonly id: number; readonly position: number; readonly parts: number }
}

/** The key of the one value. */
export const standingKey = 'now'

/** What is written in one transaction; where the storage stands then, where that is another. */
type Write = (store: (name: (typeof stores)[number]) => IdbStore, standing: Standing) => Partial<Standing>

/** A storage in a database of the browser. Each write is one transaction, which first looks whether the writer is still the one. */
export class IndexedDbSession implements StorageSession {
  readonly notices = []
  readonly #db: IdbDatabase
  readonly #name: string
  /** -1 of a reader. */
  readonly #writer: number

  constructor(db: IdbDatabase, name: string, writer: number) {
    this.#db = db
    this.#name = name
    this.#writer = writer
  }

  async snapshot(): Promise<StoredSnapshot | undefined> {
    const { snapshot } = await this.#standing()
    return snapshot && { position: snapshot.position, chunks: this.#parts(snapshot.id, snapshot.parts) }
  }

  async *records(after: number): AsyncIterable<readonly StoredRecord[]> {
    for (let last = after; ;) {
      const range = keyRanges().lowerBound(last, true)
      const records = (await resultOf(this.#reading('records').getAll(range, recordsInPage))) as readonly StoredRecord[]
      if (records.length > 0) yield records
      if (records.length < recordsInPage) return
      last = records.at(-1)?.position ?? last
    }
  }

  async last(): Promise<number> {
    return (await this.#standing()).last
  }

  async append(records: readonly StoredRecord[]): Promise<void> {
    await this.#write((store, { last }) => {
      for (const { position, data } of records) store('records').put({ position, data })
      return { last: records.at(-1)?.position ?? last }
    })
  }

  async replaceSnapshot({ position, chunks }: StoredSnapshot): Promise<void> {
    const id = ((await this.#standing()).snapshot?.id ?? 0) + 1
    await this.#write((store) => {
      // Parts of one that was begun and not ended.
      store('parts').delete(keyRanges().lowerBound([id], false))
      return {}
    })
    let parts = 0
    for await (const data of rechunked(chunks, partBytes)) {
      await this.#write((store) => {
        store('parts').put({ snapshot: id, part: parts, data })
        return {}
      })
      parts += 1
    }
    await this.#write((store) => {
      store('parts').delete(keyRanges().upperBound([id]))
      return { snapshot: { id, position, parts } }
    })
  }

  async drop(upTo: number): Promise<void> {
    await this.#write((store) => {
      store('records').delete(keyRanges().upperBound(upTo))
      return {}
    })
  }

  async rewrite(records: readonly StoredRecord[]): Promise<void> {
    const there = new Set<number>()
    for await (const some of this.records(0)) for (const { position } of some) there.add(position)
    await this.#write((store) => {
      for (const { position, data } of records) if (there.has(position)) store('records').put({ position, data })
      return {}
    })
  }

  async resume(): Promise<number> {
    await this.#write(() => ({}))
    return this.last()
  }

  close(): Promise<void> {
    this.#db.close()
    return Promise.resolve()
  }

  /** A transaction ends by itself as soon as nothing is asked of it, so all is asked in one go. */
  async #write(write: Write): Promise<void> {
    if (this.#writer < 0) throw storageFenced(this.#name)
    const transaction = this.#db.transaction([...stores], 'readwrite', { durability: 'strict' })
    const end = endOf(transaction)
    const standing = (await resultOf(transaction.objectStore('standing').get(standingKey))) as Standing
    const isWriter = standing.writer === this.#writer
    if (isWriter) {
      const next = { ...standing, ...write((name) => transaction.objectStore(name), standing) }
      transaction.objectStore('standing').put(next, standingKey)
    }
    await end
    if (!isWriter) throw storageFenced(this.#name)
  }

  #reading(name: (typeof stores)[number]): IdbStore {
    return this.#db.transaction([name], 'readonly').objectStore(name)
  }

  async #standing(): Promise<Standing> {
    return ((await resultOf(this.#reading('standing').get(standingKey))) ?? { writer: 0, last: 0 }) as Standing
  }

  async *#parts(snapshot: number, parts: number): AsyncIterable<Uint8Array> {
    for (let part = 0; part < parts; part += 1) {
      const found = await resultOf(this.#reading('parts').get([snapshot, part]))
      if (found === undefined) throw partMissing(part)
      yield (found as { readonly data: Uint8Array }).data
    }
  }
}
