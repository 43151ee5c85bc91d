import { clearInterval, setInterval } from 'node:timers'
import type { StorageNotice, StorageSession, StoredRecord, StoredSnapshot } from '../../durable/storage-adapter.js'
import { storageDamaged, storageFenced } from '../../durable/storage-error.js'
import { besideEnding, readWhole, replaceWhole, type FileSystem, type OpenFile } from './file-system.js'
import { frameBytes, framesOf } from './frame.js'
import { checkTail, journalFiles, journalName, scanFile } from './journal-file.js'
import { newestSnapshot, readChunks, snapshotFiles, snapshotName } from './snapshot-file.js'
import type { WriterLock } from './writer-lock.js'

/*
 * Files cannot refuse a write of somebody who was put out, and whose host stood still between looking at the lock and writing, as one
 * that was suspended. So such a write has to go where nobody looks:
 *
 * - Who takes over puts the newest journal file in place anew: what the other still writes goes to a file without a name.
 * - Whatever gets a name, is written beside under a name that only this writer uses, and gets it right after another look at the
 *   lock. Who takes over removes what it finds beside, before it looks what is there: what had not got its name never does.
 * - Nothing that has a name is cut short or emptied.
 * - An append counts once the lock is found again behind it: then who takes over, later, finds it.
 */

/** When what was written goes to the disk: before it counts as durable, or later. */
export type SyncPolicy = 'always' | 'never' | { readonly everyMs: number }

/** How a session works. */
export interface FileSessionOptions {
  readonly sync: SyncPolicy
  /** A journal file that has so many bytes is followed by a new one. */
  readonly fileBytes: number
}

/** The journal file that is written to. */
interface Active {
  readonly name: string
  readonly file: OpenFile
  /** Behind the last whole frame that was acknowledged. */
  end: number
  /** Up to where it is on the disk. */
  synced: number
}

/** A directory with a journal and a snapshot, open. */
export class FileSession implements StorageSession {
  readonly notices: StorageNotice[] = []
  readonly #files: FileSystem
  readonly #name: string
  readonly #lock: WriterLock | undefined
  readonly #options: FileSessionOptions
  #active: Active | undefined
  #last = 0
  #syncing: ReturnType<typeof setInterval> | undefined
  #syncFailed: Error | undefined

  constructor(files: FileSystem, name: string, lock: WriterLock | undefined, options: FileSessionOptions) {
    this.#files = files
    this.#name = name
    this.#lock = lock
    this.#options = options
  }

  /** Puts right what a power cut left, and finds the end. */
  async begin(): Promise<void> {
    if (this.#lock !== undefined) {
      for (const name of await this.#files.list()) if (name.endsWith(besideEnding)) await this.#files.remove(name)
    }
    const names = await this.#files.list()
    const snapshot = newestSnapshot(names)
    this.#last = snapshot?.position ?? 0
    const newest = journalFiles(names).at(-1)
    if (this.#lock !== undefined) {
      for (const { name } of snapshotFiles(names)) if (name !== snapshot?.name) await this.#files.remove(name)
    }
    if (newest === undefined) return
    const bytes = (await readWhole(this.#files, newest.name)) ?? new Uint8Array(0)
    const scanned = scanFile(bytes, newest.first)
    checkTail(newest.name, scanned, true)
    this.#last = Math.max(this.#last, newest.first + scanned.records.length - 1)
    if (this.#lock === undefined) return
    if (scanned.rest > 0 || this.#lock.tookOver) await this.#put(newest.name, [bytes.subarray(0, scanned.end)])
    const file = await this.#files.open(newest.name, 'create')
    this.#active = { name: newest.name, file, end: scanned.end, synced: scanned.end }
    if (scanned.rest > 0) {
      this.notices.push({
        kind: 'tail-cut',
        where: `${newest.name}, at byte ${String(scanned.end)}`,
        bytes: scanned.rest,
      })
    }
    // What is whole may not have been on the disk yet; from here on it counts as durable.
    await file.sync()
    await this.#files.syncDirectory()
    this.#syncNowAndThen()
  }

  async snapshot(): Promise<StoredSnapshot | undefined> {
    const newest = newestSnapshot(await this.#files.list())
    return newest && { position: newest.position, chunks: readChunks(this.#files, newest.name) }
  }

  async *records(after: number): AsyncIterable<readonly StoredRecord[]> {
    const files = journalFiles(await this.#files.list())
    const begin = files.findLastIndex(({ first }) => first <= after + 1)
    let expected = files[Math.max(begin, 0)]?.first ?? 0
    for (const [place, { name, first }] of [...files.entries()].slice(Math.max(begin, 0))) {
      if (first !== expected) throw storageDamaged('the journal', `a file ${name}`, `a file ${journalName(expected)}`)
      const isActive = name === this.#active?.name
      const acknowledged = isActive ? (this.#active?.end ?? 0) : Infinity
      const whole = await readWhole(this.#files, name)
      if (whole === undefined) return // Dropped meanwhile.
      const bytes = whole.subarray(0, acknowledged)
      const scanned = scanFile(bytes, first)
      checkTail(name, scanned, place === files.length - 1)
      expected = first + scanned.records.length
      const found = scanned.records.filter(({ position }) => position > after)
      if (found.length > 0) yield found
    }
  }

  last(): Promise<number> {
    return Promise.resolve(this.#last)
  }

  async append(records: readonly StoredRecord[]): Promise<void> {
    await this.#check()
    const first = records[0]
    if (first === undefined) return
    if (this.#active === undefined || this.#active.end >= this.#options.fileBytes) await this.#beginFile(records)
    else await this.#extendFile(this.#active, records)
    await this.#lock?.check()
    this.#last = records.at(-1)?.position ?? this.#last
  }

  async replaceSnapshot({ position, chunks }: StoredSnapshot): Promise<void> {
    await this.#check()
    const before = snapshotFiles(await this.#files.list())
    await this.#put(snapshotName(position), chunks)
    for (const { name } of before) if (name !== snapshotName(position)) await this.#files.remove(name)
  }

  async drop(upTo: number): Promise<void> {
    await this.#check()
    const files = journalFiles(await this.#files.list())
    for (const [place, { name }] of files.entries()) {
      const next = files[place + 1]
      if (next === undefined || next.first > upTo + 1) return
      await this.#files.remove(name)
      // One after the other: after a power cut none may be there again before one that is gone.
      await this.#files.syncDirectory()
    }
  }

  async rewrite(records: readonly StoredRecord[]): Promise<void> {
    await this.#check()
    const anew = new Map(records.map((record) => [record.position, record]))
    for (const { name, first } of journalFiles(await this.#files.list())) {
      const bytes = (await readWhole(this.#files, name)) ?? new Uint8Array(0)
      const active = this.#active?.name === name ? this.#active : undefined
      const scanned = scanFile(active === undefined ? bytes : bytes.subarray(0, active.end), first)
      if (!scanned.records.some(({ position }) => anew.has(position))) continue
      await this.#rewriteFile(
        name,
        scanned.records.map((record) => anew.get(record.position) ?? record),
        active,
      )
    }
  }

  async resume(): Promise<number> {
    await this.#lock?.check()
    this.#syncFailed = undefined
    const { file, end } = this.#active ?? {}
    if (file !== undefined && end !== undefined) {
      await file.truncate(end)
      await file.sync()
    }
    return this.#last
  }

  async close(): Promise<void> {
    clearInterval(this.#syncing)
    const active = this.#active
    this.#active = undefined
    try {
      if (active !== undefined && active.synced < active.end) await active.file.sync()
    } finally {
      await active?.file.close()
      await this.#lock?.release()
    }
  }

  async #check(): Promise<void> {
    if (this.#lock === undefined) throw storageFenced(this.#name)
    await this.#lock.check()
    if (this.#syncFailed !== undefined) throw this.#syncFailed
  }

  /** Puts a whole file in place, unless another took over meanwhile. */
  async #put(name: string, chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<void> {
    const lock = this.#lock
    if (lock === undefined) throw storageFenced(this.#name)
    try {
      await replaceWhole(this.#files, name, chunks, {
        ending: `-${lock.token}${besideEnding}`,
        check: () => lock.check(),
      })
    } catch (error) {
      // Who took over removes what is beside: that it is not there has this reason, then.
      await lock.check()
      throw error
    }
  }

  async #extendFile(active: Active, records: readonly StoredRecord[]): Promise<void> {
    const bytes = frameBytes(records, active.synced)
    await active.file.write(active.end, bytes)
    const end = active.end + bytes.length
    if (this.#options.sync === 'always') {
      await active.file.sync()
      active.synced = end
    }
    active.end = end
  }

  /** The one before is on the disk as a whole before there is another: only the last can end in a torn write. */
  async #beginFile(records: readonly StoredRecord[]): Promise<void> {
    const before = this.#active
    if (before !== undefined && before.synced < before.end) await before.file.sync()
    const name = journalName(records[0]?.position ?? 0)
    const bytes = frameBytes(records, 0)
    await this.#put(name, [bytes])
    this.#active = { name, file: await this.#files.open(name, 'create'), end: bytes.length, synced: bytes.length }
    this.#syncNowAndThen()
    await before?.file.close()
  }

  /** A file with other texts, each record in a frame of its own, in place of the one that is there. */
  async #rewriteFile(name: string, records: readonly StoredRecord[], active: Active | undefined): Promise<void> {
    const { frames, end } = framesOf(records)
    await this.#put(name, frames)
    if (active === undefined) return
    await active.file.close()
    this.#active = { name, file: await this.#files.open(name, 'create'), end, synced: end }
  }

  #syncNowAndThen(): void {
    const { sync } = this.#options
    if (typeof sync === 'string' || this.#syncing !== undefined) return
    this.#syncing = setInterval(() => {
      const active = this.#active
      if (active === undefined || active.synced === active.end) return
      const { end } = active
      active.file.sync().then(
        () => (active.synced = Math.max(active.synced, end)),
        (error: unknown) => {
          // That of a file that is closed already was made in full before.
          if (this.#active === active) this.#syncFailed = error instanceof Error ? error : new Error(String(error))
        },
      )
    }, sync.everyMs)
    this.#syncing.unref()
  }
}
