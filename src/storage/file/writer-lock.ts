import { utf8Bytes, utf8Text } from '../../base/utf8.js'
import { storageFenced, storageLocked } from '../../durable/storage-error.js'
import type { FileSystem } from './file-system.js'
import { isRunning, thisProcess, type ProcessMark } from './process-mark.js'

/*
 * Who writes: the process named in the file `writer`. It is made under another name and linked, so it is there as a whole or not
 * at all, and only one of several can do so. One whose process is gone is taken away. The holder looks whether it still is
 * the one, before each write and before it counts as durable: another may have been told to take over.
 */

const lockName = 'writer'
/** More bytes than any mark has. */
const longestMark = 4_096

interface Holder extends ProcessMark {
  /** Different for every engine. */
  readonly token: string
}

/** The right to write. */
export class WriterLock {
  readonly #files: FileSystem
  readonly #storage: string
  readonly #token: string
  /** Whether another was put out who may still be there, and about to write. */
  readonly tookOver: boolean

  private constructor(files: FileSystem, storage: string, token: string, tookOver: boolean) {
    this.#files = files
    this.#storage = storage
    this.#token = token
    this.tookOver = tookOver
  }

  /** Different for every engine. */
  get token(): string {
    return this.#token
  }

  /**
   * Takes the right to write.
   *
   * @throws CoterieError `STORAGE_LOCKED` where another process has it and is running.
   */
  static async take(files: FileSystem, storage: string, takeOver: boolean): Promise<WriterLock> {
    const token = newToken()
    const own: Holder = { token, ...(await thisProcess()) }
    const made = `${lockName}-${token}`
    const file = await files.open(made, 'replace')
    try {
      await file.write(0, utf8Bytes(JSON.stringify(own)))
      await file.sync()
    } finally {
      await file.close()
    }
    let tookOver = false
    try {
      while (!(await files.link(made, lockName))) {
        const holder = await holderOf(files)
        tookOver = takeOver
        if (holder !== undefined && !takeOver && (await isRunning(holder)))
          throw storageLocked(storage, `process ${String(holder.pid)} on ${holder.host}`)
        await breakLock(files, holder)
      }
    } finally {
      await files.remove(made)
    }
    await files.syncDirectory()
    return new WriterLock(files, storage, token, tookOver)
  }

  /** @throws CoterieError `STORAGE_FENCED` where another took over. */
  async check(): Promise<void> {
    if ((await holderOf(this.#files))?.token !== this.#token) throw storageFenced(this.#storage)
  }

  async release(): Promise<void> {
    if ((await holderOf(this.#files))?.token === this.#token) await this.#files.remove(lockName)
  }
}

/** Takes away the lock of a holder that is gone. By renaming: of several who try only one gets it, and sees whose it was. */
async function breakLock(files: FileSystem, holder: Holder | undefined): Promise<void> {
  const broken = `${lockName}-${newToken()}`
  try {
    await files.rename(lockName, broken)
  } catch {
    return // Another was faster.
  }
  const taken = await holderOf(files, broken)
  // That of one who was faster still: it is put back, unless yet another is there already.
  if (taken !== undefined && taken.token !== holder?.token) await files.link(broken, lockName)
  await files.remove(broken)
}

async function holderOf(files: FileSystem, name = lockName): Promise<Holder | undefined> {
  try {
    // Asked before and after every write: in as few steps as there can be.
    const file = await files.open(name, 'read')
    try {
      return JSON.parse(utf8Text(await file.read(0, longestMark))) as Holder
    } finally {
      await file.close()
    }
  } catch {
    return undefined
  }
}

function newToken(): string {
  return Array.from({ length: 4 }, () =>
    Math.floor(Math.random() * 0x10000)
      .toString(16)
      .padStart(4, '0'),
  ).join('')
}
