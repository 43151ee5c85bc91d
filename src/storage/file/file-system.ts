/*
 * What the storage asks of a file system, and what it relies on after a power cut:
 *
 * - What was written to a file before its `sync` resolved is there. Of what was written since, any part may be there or not.
 * - What was created, renamed or removed in a directory before its `syncDirectory` resolved is so. Of what was done since, any
 *   part may be so or not, but each as a whole: a rename leads to the old file or to the new one.
 */

/** What the names of files end with that are written beside, and not in place yet. */
export const besideEnding = '.new'

/** A file that is open. */
export interface OpenFile {
  size(): Promise<number>
  /** Reads up to so many bytes from an offset; fewer at the end. */
  read(offset: number, length: number): Promise<Uint8Array>
  /** Writes all bytes at an offset. */
  write(offset: number, bytes: Uint8Array): Promise<void>
  truncate(size: number): Promise<void>
  sync(): Promise<void>
  close(): Promise<void>
}

/** Files in one directory. */
export interface FileSystem {
  /** Makes the directory, and those it is in, where they are not there. */
  makeDirectory(): Promise<void>
  /** The names of the files. */
  list(): Promise<readonly string[]>
  /** Opens a file; `create` makes it where it is not there, and `replace` empties it. */
  open(name: string, mode: 'read' | 'create' | 'replace'): Promise<OpenFile>
  /** Gives a file a second name, which must be free: false where it is not. */
  link(name: string, second: string): Promise<boolean>
  /** Gives a file another name; what had that name is gone. */
  rename(name: string, other: string): Promise<void>
  /** Removes a file; one that is not there is no error. */
  remove(name: string): Promise<void>
  syncDirectory(): Promise<void>
}

/** The bytes of a whole file; `undefined` where there is none. */
export async function readWhole(files: FileSystem, name: string): Promise<Uint8Array | undefined> {
  if (!(await files.list()).includes(name)) return undefined
  const file = await files.open(name, 'read')
  try {
    return await file.read(0, await file.size())
  } finally {
    await file.close()
  }
}

/** How a whole file is put in place. */
export interface Replacing {
  /** What the name ends with while it is written beside. Default `.new`. */
  readonly ending?: string
  /** Runs when all is on the disk, right before it is put in place; where it throws it is not. */
  readonly check?: () => Promise<void>
}

/** Writes a whole file beside, and puts it in place: after a power cut there is the old one, or the new one as a whole. */
export async function replaceWhole(
  files: FileSystem,
  name: string,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { ending = besideEnding, check }: Replacing = {},
): Promise<void> {
  const beside = `${name}${ending}`
  const file = await files.open(beside, 'replace')
  try {
    let offset = 0
    for await (const chunk of chunks) {
      await file.write(offset, chunk)
      offset += chunk.length
    }
    await file.sync()
  } finally {
    await file.close()
  }
  await check?.()
  await files.rename(beside, name)
  await files.syncDirectory()
}
