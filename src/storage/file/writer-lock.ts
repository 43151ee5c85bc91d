import { utf8Bytes, utf8Text } from '../../base/utf8.js'
import { storageFenced, storageLocked } from '../../durable/storage-error.js'
import { readWhole, type FileSystem } from './file-system.js'
import { isRunning, thisProcess, type ProcessMark } from './process-mark.js'

/*
 * Who writes: the process named in the file `writer`. It is made under another name and linked, so it is there as a whole or not
 * at all, and only one of several can do so. One whose process is gone is taken away. Before each write the holder looks whether
 * it still is the one: another may have been told to take over.
 */

const lockName = 'writer'

interface Holder extends ProcessMark {
  /** Different for every engine. */
  readonly token: string
}

/** The right to write. */
export class WriterLock {
  readonly #files: FileSystem
  readonly #storage: string
  readonly #token: string

  private constructor(files: FileSystem, storage: string, token: string) {
    this.#files = files
    this.#storage = storage
    this.#token = token
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
    try {
      while (!(await files.link(made, lockName))) {
        const holder = await holderOf(files)
        if (holder !== undefined && !takeOver && (await isRunning(holder)))
          throw storageLocked(storage, `process ${String(holder.pid)} on ${holder.host}`)
        await breakLock(files, holder)
      }
    } finally {
      await files.remove(made)
    }
    await files.syncDirectory()
    return new WriterLock(files, storage, token)
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
  const bytes = await readWhole(files, name).catch(() => undefined)
  if (bytes === undefined) return undefined
  try {
    return JSON.parse(utf8Text(bytes)) as Holder
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
