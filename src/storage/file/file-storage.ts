import { durationOf, type DurationInput } from '../../base/duration.js'
import type { StorageAdapter } from '../../durable/storage-adapter.js'
import { checkOneOf, checkWhole, optionInvalid, plainOptions } from '../../engine/arguments.js'
import { longestDelay } from '../../engine/run.js'
import type { FileSystem } from './file-system.js'
import { FileSession, type FileSessionOptions, type SyncPolicy } from './file-session.js'
import { nodeFileSystem } from './node-file-system.js'
import { WriterLock } from './writer-lock.js'

/** How and where files are kept. */
export interface FileStorageOptions {
  /** The directory, which is made where it is not there; nothing else should be in it. */
  readonly directory: string
  /**
   * When what was written goes to the disk: `always` before it counts as durable, so that it survives a power cut; with `every` so
   * often, and `never` when the system sees fit, so that it survives the end of the process only. Default `always`.
   */
  readonly sync?: 'always' | 'never' | { readonly every: DurationInput }
  /** Bytes of a journal file after which the next is begun: what nobody needs any more goes file by file. Default 16,000,000. */
  readonly fileBytes?: number
}

/**
 * A storage in files: an append-only journal with checksums, and a snapshot that is replaced as a whole. For Node, Bun and Deno.
 *
 * @throws CoterieError `OPTION_INVALID`.
 */
export function fileStorage(options: FileStorageOptions): StorageAdapter {
  const { directory, ...rest } = plainOptions('options', options)
  if (typeof directory !== 'string' || directory === '') throw optionInvalid('directory', directory, 'a path')
  return fileStorageIn(nodeFileSystem(directory), `files in ${directory}`, rest)
}

/** A storage in the files of any file system. */
export function fileStorageIn(
  files: FileSystem,
  name: string,
  { sync = 'always', fileBytes = 16_000_000 }: Omit<FileStorageOptions, 'directory'>,
): StorageAdapter {
  checkWhole('fileBytes', fileBytes, 1)
  const options: FileSessionOptions = { sync: policyOf(sync), fileBytes }
  return {
    name,
    capabilities: Object.freeze({ survives: sync === 'always' ? 'power' : 'process', secondWriter: 'refused' }),
    open: async ({ role, takeOver }) => {
      await files.makeDirectory()
      const lock = role === 'writer' ? await WriterLock.take(files, name, takeOver) : undefined
      const session = new FileSession(files, name, lock, options)
      try {
        await session.begin()
        return session
      } catch (error) {
        await session.close()
        throw error
      }
    },
  }
}

function policyOf(sync: Exclude<FileStorageOptions['sync'], undefined>): SyncPolicy {
  if (typeof sync === 'string') {
    checkOneOf('sync', sync, ['always', 'never'])
    return sync
  }
  const duration = durationOf(sync.every)
  if (duration.kind === 'exact' && duration.ms > 0) return { everyMs: Math.min(duration.ms, longestDelay) }
  throw optionInvalid('sync.every', sync.every, "an exact duration such as '100ms'")
}
