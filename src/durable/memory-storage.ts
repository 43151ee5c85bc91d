import { storageFenced } from './storage-error.js'
import type {
  StorageAdapter,
  StorageCapabilities,
  StorageOpening,
  StorageSession,
  StoredRecord,
  StoredSnapshot,
} from './storage-adapter.js'

/** What all sessions of one memory storage share. */
interface Kept {
  records: StoredRecord[]
  last: number
  snapshot: { readonly position: number; readonly bytes: readonly Uint8Array[] } | undefined
  /** Rises with each writer; the one who has the last is the one who may write. */
  writer: number
}

/**
 * A storage in memory: the reference for all others, and for tests. What it keeps outlives the engine, not the process; open it
 * again with the same object.
 */
export function memoryStorage(): StorageAdapter {
  const kept: Kept = { records: [], last: 0, snapshot: undefined, writer: 0 }
  return {
    name: 'memory',
    capabilities: Object.freeze<StorageCapabilities>({ survives: 'engine', secondWriter: 'takes-over' }),
    open: ({ role }: StorageOpening) => Promise.resolve(new MemorySession(kept, role === 'writer')),
  }
}

class MemorySession implements StorageSession {
  readonly notices = []
  readonly #kept: Kept
  readonly #writer: number

  constructor(kept: Kept, writes: boolean) {
    this.#kept = kept
    if (writes) kept.writer += 1
    this.#writer = writes ? kept.writer : -1
  }

  snapshot(): Promise<StoredSnapshot | undefined> {
    const { snapshot } = this.#kept
    return Promise.resolve(snapshot && { position: snapshot.position, chunks: eachOf(snapshot.bytes) })
  }

  async *records(after: number): AsyncIterable<readonly StoredRecord[]> {
    const found = await Promise.resolve(this.#kept.records.filter(({ position }) => position > after))
    if (found.length > 0) yield found
  }

  last(): Promise<number> {
    return Promise.resolve(this.#kept.last)
  }

  append(records: readonly StoredRecord[]): Promise<void> {
    return this.#write((kept) => {
      kept.records.push(...records)
      kept.last = records.at(-1)?.position ?? kept.last
    })
  }

  async replaceSnapshot({ position, chunks }: StoredSnapshot): Promise<void> {
    const bytes: Uint8Array[] = []
    for await (const chunk of chunks) bytes.push(chunk.slice())
    await this.#write((kept) => {
      kept.snapshot = { position, bytes }
    })
  }

  drop(upTo: number): Promise<void> {
    return this.#write((kept) => {
      kept.records = kept.records.filter(({ position }) => position > upTo)
    })
  }

  rewrite(records: readonly StoredRecord[]): Promise<void> {
    const anew = new Map(records.map((record) => [record.position, record]))
    return this.#write((kept) => {
      kept.records = kept.records.map((record) => anew.get(record.position) ?? record)
    })
  }

  resume(): Promise<number> {
    return this.#write(({ last }) => last)
  }

  close(): Promise<void> {
    return Promise.resolve()
  }

  async #write<T>(work: (kept: Kept) => T): Promise<T> {
    await Promise.resolve()
    if (this.#kept.writer !== this.#writer) throw storageFenced('memory')
    return work(this.#kept)
  }
}

async function* eachOf<T>(items: readonly T[]): AsyncIterable<T> {
  for (const item of items) yield await Promise.resolve(item)
}
