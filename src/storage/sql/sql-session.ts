import type { Kysely, Selectable, Transaction, Updateable } from 'kysely'
import { rechunked } from '../../durable/rechunk.js'
import type { StorageSession, StoredRecord, StoredSnapshot } from '../../durable/storage-adapter.js'
import { partMissing, storageFenced } from '../../durable/storage-error.js'
import type { Tables } from './tables.js'

const recordsInPage = 1_000
const recordsInInsert = 250
const partBytes = 500_000

/**
 * A storage in tables. Whatever writes does so in one transaction whose first statement writes the storage's row, and only where
 * the writer is still the one: so two writers wait for each other, and one that was put out changes nothing.
 */
export class SqlSession implements StorageSession {
  readonly notices = []
  readonly #db: Kysely<Tables>
  readonly #name: string
  /** -1 of a reader. */
  readonly #writer: number

  constructor(db: Kysely<Tables>, name: string, writer: number) {
    this.#db = db
    this.#name = name
    this.#writer = writer
  }

  async snapshot(): Promise<StoredSnapshot | undefined> {
    const { snapshot, snapshot_position: position, snapshot_parts: parts } = await this.#row()
    if (Number(snapshot) === 0) return undefined
    return { position: Number(position), chunks: this.#parts(Number(snapshot), Number(parts)) }
  }

  async *records(after: number): AsyncIterable<readonly StoredRecord[]> {
    for (let last = after; ;) {
      const rows = await this.#db
        .selectFrom('coterie_records')
        .select(['position', 'data'])
        .where('storage', '=', this.#name)
        .where('position', '>', last)
        .orderBy('position')
        .limit(recordsInPage)
        .execute()
      const records = rows.map(({ position, data }) => ({ position: Number(position), data }))
      if (records.length > 0) yield records
      if (records.length < recordsInPage) return
      last = records.at(-1)?.position ?? last
    }
  }

  async last(): Promise<number> {
    return Number((await this.#row()).last)
  }

  async append(records: readonly StoredRecord[]): Promise<void> {
    const last = records.at(-1)?.position
    await this.#write(last === undefined ? {} : { last }, async (trx) => {
      for (let from = 0; from < records.length; from += recordsInInsert) {
        const some = records.slice(from, from + recordsInInsert)
        const rows = some.map(({ position, data }) => ({ storage: this.#name, position, data }))
        await trx.insertInto('coterie_records').values(rows).execute()
      }
    })
  }

  async replaceSnapshot({ position, chunks }: StoredSnapshot): Promise<void> {
    const before = Number((await this.#row()).snapshot)
    await this.#dropPartsBut(before)
    const snapshot = before + 1
    let part = 0
    for await (const data of rechunked(chunks, partBytes)) {
      // A part at a time, so that appends come in between.
      await this.#write({}, async (trx) => {
        await trx.insertInto('coterie_parts').values({ storage: this.#name, snapshot, part, data }).execute()
      })
      part += 1
    }
    await this.#write({ snapshot, snapshot_position: position, snapshot_parts: part }, () => Promise.resolve())
    await this.#dropPartsBut(snapshot)
  }

  async drop(upTo: number): Promise<void> {
    await this.#write({}, async (trx) => {
      await trx.deleteFrom('coterie_records').where('storage', '=', this.#name).where('position', '<=', upTo).execute()
    })
  }

  async rewrite(records: readonly StoredRecord[]): Promise<void> {
    await this.#write({}, async (trx) => {
      for (const { position, data } of records) {
        await trx
          .updateTable('coterie_records')
          .set({ data })
          .where('storage', '=', this.#name)
          .where('position', '=', position)
          .execute()
      }
    })
  }

  async resume(): Promise<number> {
    await this.#write({}, () => Promise.resolve())
    return this.last()
  }

  close(): Promise<void> {
    return Promise.resolve()
  }

  /** Works in a transaction of the one who may write, and notes where the storage stands then. */
  async #write(
    standing: Updateable<Tables['coterie_storages']>,
    work: (trx: Transaction<Tables>) => Promise<void>,
  ): Promise<void> {
    if (this.#writer < 0) throw storageFenced(this.#name)
    await this.#db.transaction().execute(async (trx) => {
      const { numUpdatedRows } = await trx
        .updateTable('coterie_storages')
        .set({ ...standing, writer: this.#writer })
        .where('name', '=', this.#name)
        .where('writer', '=', this.#writer)
        .executeTakeFirst()
      // Some databases do not count a row that was written as it was.
      if (numUpdatedRows === 0n && !(await this.#isWriter(trx))) throw storageFenced(this.#name)
      await work(trx)
    })
  }

  async #isWriter(trx: Transaction<Tables>): Promise<boolean> {
    const { writer } = await trx
      .selectFrom('coterie_storages')
      .select('writer')
      .where('name', '=', this.#name)
      .executeTakeFirstOrThrow()
    return Number(writer) === this.#writer
  }

  #row(): Promise<Selectable<Tables['coterie_storages']>> {
    return this.#db.selectFrom('coterie_storages').selectAll().where('name', '=', this.#name).executeTakeFirstOrThrow()
  }

  async *#parts(snapshot: number, parts: number): AsyncIterable<Uint8Array> {
    for (let part = 0; part < parts; part += 1) {
      const row = await this.#db
        .selectFrom('coterie_parts')
        .select('data')
        .where('storage', '=', this.#name)
        .where('snapshot', '=', snapshot)
        .where('part', '=', part)
        .executeTakeFirst()
      if (row === undefined) throw partMissing(part)
      yield row.data
    }
  }

  async #dropPartsBut(snapshot: number): Promise<void> {
    await this.#write({}, async (trx) => {
      await trx
        .deleteFrom('coterie_parts')
        .where('storage', '=', this.#name)
        .where('snapshot', '!=', snapshot)
        .execute()
    })
  }
}
