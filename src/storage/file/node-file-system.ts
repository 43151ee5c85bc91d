import { link, mkdir, open, readdir, rename, rm, type FileHandle } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { FileSystem, OpenFile } from './file-system.js'

const flags = { read: 'r', create: 'a+', replace: 'w+' } as const

/** The files of a directory on the disk. */
export function nodeFileSystem(directory: string): FileSystem {
  const at = (name: string): string => join(directory, name)
  return {
    makeDirectory: async () => {
      await mkdir(directory, { recursive: true })
      await syncDirectory(resolve(directory, '..'))
    },
    list: () => readdir(directory),
    open: async (name, mode) => {
      if (mode !== 'create') return new NodeFile(await open(at(name), flags[mode]))
      // To write at offsets a file must not be open for appending, and must be there.
      await (await open(at(name), flags.create)).close()
      return new NodeFile(await open(at(name), 'r+'))
    },
    link: async (name, second) => {
      try {
        await link(at(name), at(second))
        return true
      } catch (error) {
        if ((error as { readonly code?: unknown }).code === 'EEXIST') return false
        throw error
      }
    },
    rename: (name, other) => rename(at(name), at(other)),
    remove: (name) => rm(at(name), { force: true }),
    syncDirectory: () => syncDirectory(directory),
  }
}

/** On Windows a directory cannot be opened, and needs no sync. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r').catch(() => undefined)
  if (handle === undefined) return
  try {
    await handle.sync()
  } catch (error) {
    const { code } = error as { readonly code?: unknown }
    if (code !== 'EPERM' && code !== 'EISDIR' && code !== 'EINVAL') throw error
  } finally {
    await handle.close()
  }
}

class NodeFile implements OpenFile {
  readonly #handle: FileHandle

  constructor(handle: FileHandle) {
    this.#handle = handle
  }

  async size(): Promise<number> {
    return (await this.#handle.stat()).size
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length)
    let filled = 0
    while (filled < length) {
      const { bytesRead } = await this.#handle.read(bytes, filled, length - filled, offset + filled)
      if (bytesRead === 0) break
      filled += bytesRead
    }
    return bytes.subarray(0, filled)
  }

  async write(offset: number, bytes: Uint8Array): Promise<void> {
    for (let done = 0; done < bytes.length;) {
      const { bytesWritten } = await this.#handle.write(bytes, done, bytes.length - done, offset + done)
      done += bytesWritten
    }
  }

  truncate(size: number): Promise<void> {
    return this.#handle.truncate(size)
  }

  /** The size is part of what is kept, so `datasync` is enough. */
  sync(): Promise<void> {
    return this.#handle.datasync()
  }

  close(): Promise<void> {
    return this.#handle.close()
  }
}
