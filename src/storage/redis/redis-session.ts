import { rechunked } from '../../durable/rechunk.js'
import type { StorageSession, StoredRecord, StoredSnapshot } from '../../durable/storage-adapter.js'
import { partMissing, storageDamaged, storageFenced } from '../../durable/storage-error.js'
import { sendable, sendForBytes, type RedisClient } from './redis-client.js'
import { addPart, append, check, copy, drop, putJournal, putSnapshot, remove } from './scripts.js'

const recordsInPage = 1_000
const partBytes = 1_000_000

/** The names of a storage's keys. The braces keep them together in a cluster. */
export interface RedisKeys {
  readonly standing: string
  readonly journal: string
}

export function keysOf(prefix: string): RedisKeys {
  return { standing: `{${prefix}}:standing`, journal: `{${prefix}}:journal` }
}

/** A storage in Redis: a stream, a list of parts, and a hash that says where it stands. */
export class RedisSession implements StorageSession {
  readonly notices = []
  readonly #client: RedisClient
  readonly #keys: RedisKeys
  readonly #name: string
  /** Empty for a reader. */
  readonly #writer: string
  #made = 0

  constructor(client: RedisClient, keys: RedisKeys, name: string, writer: string) {
    this.#client = client
    this.#keys = keys
    this.#name = name
    this.#writer = writer
  }

  async snapshot(): Promise<StoredSnapshot | undefined> {
    const [snapshot, position, parts] = await this.#standing('snapshot', 'position', 'parts')
    if (snapshot === undefined) return undefined
    return { position: Number(position), chunks: this.#parts(snapshot, Number(parts)) }
  }

  async *records(after: number): AsyncIterable<readonly StoredRecord[]> {
    for (let last = Math.max(after, 0); ;) {
      const args = ['XRANGE', this.#keys.journal, `${String(last + 1)}-0`, '+', 'COUNT', String(recordsInPage)]
      const entries = (await this.#client.sendCommand(args)) as readonly (readonly [string, readonly string[]])[]
      const records = entries.map(([id, [, data = '']]) => ({ position: Number.parseInt(id, 10), data }))
      if (records.length > 0) yield records
      if (records.length < recordsInPage) return
      last = records.at(-1)?.position ?? last
    }
  }

  async last(): Promise<number> {
    const [last] = await this.#standing('last')
    return Number(last ?? 0)
  }

  async append(records: readonly StoredRecord[]): Promise<void> {
    const first = records[0]
    if (first === undefined) return
    const texts = records.map(({ data }) => data)
    await this.#run(append, [this.#keys.standing, this.#keys.journal], [String(first.position), ...texts])
  }

  async replaceSnapshot({ position, chunks }: StoredSnapshot): Promise<void> {
    const { standing } = this.#keys
    const [before, making] = await this.#standing('snapshot', 'making')
    // One that was begun and not ended.
    if (making !== undefined) await this.#run(remove, [standing, this.#partsKey(making)], [])
    this.#made += 1
    const name = `${this.#writer}-${String(this.#made)}`
    let parts = 0
    for await (const part of rechunked(chunks, partBytes)) {
      await this.#run(addPart, [standing, this.#partsKey(name)], [name, sendable(part)])
      parts += 1
    }
    const keys = [standing, this.#partsKey(name), this.#partsKey(before ?? name)]
    await this.#run(putSnapshot, keys, [name, String(position), String(parts)])
  }

  async drop(upTo: number): Promise<void> {
    await this.#run(drop, [this.#keys.standing, this.#keys.journal], [String(upTo + 1)])
  }

  /** An entry of a stream stays as it is: another stream with the other texts takes its place. */
  async rewrite(records: readonly StoredRecord[]): Promise<void> {
    const { standing, journal } = this.#keys
    const made = `${journal}:new`
    const anew = new Map(records.map(({ position, data }) => [position, data]))
    await this.#run(remove, [standing, made], [])
    for await (const some of this.records(0)) {
      const pairs = some.flatMap(({ position, data }) => [String(position), anew.get(position) ?? data])
      await this.#run(copy, [standing, made], pairs)
    }
    await this.#run(putJournal, [standing, made, journal], [])
  }

  async resume(): Promise<number> {
    await this.#run(check, [this.#keys.standing], [])
    return this.last()
  }

  close(): Promise<void> {
    return Promise.resolve()
  }

  async #run(script: string, keys: readonly string[], args: readonly (string | Uint8Array)[]): Promise<void> {
    if (this.#writer === '') throw storageFenced(this.#name)
    const reply = await this.#client.sendCommand(['EVAL', script, String(keys.length), ...keys, this.#writer, ...args])
    if (reply === 'FENCED') throw storageFenced(this.#name)
    if (reply !== 'OK') throw storageDamaged(this.#name, String(reply), 'the next position after the last')
  }

  async #standing(...fields: readonly string[]): Promise<readonly (string | undefined)[]> {
    const values = (await this.#client.sendCommand(['HMGET', this.#keys.standing, ...fields])) as (string | null)[]
    return values.map((value) => value ?? undefined)
  }

  #partsKey(snapshot: string): string {
    return `${this.#keys.standing}:parts:${snapshot}`
  }

  async *#parts(snapshot: string, parts: number): AsyncIterable<Uint8Array> {
    for (let part = 0; part < parts; part += 1) {
      const bytes = await sendForBytes(this.#client, ['LINDEX', this.#partsKey(snapshot), String(part)])
      if (!(bytes instanceof Uint8Array)) throw partMissing(part)
      yield bytes
    }
  }
}
