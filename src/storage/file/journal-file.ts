import type { StoredRecord } from '../../durable/storage-adapter.js'
import { storageDamaged } from '../../durable/storage-error.js'
import { frameAt, nextFrameFrom } from './frame.js'

/** The files of a journal are called by the position of their first record, so that they sort. */
const prefix = 'journal-'

export function journalName(first: number): string {
  return `${prefix}${String(first).padStart(16, '0')}`
}

/** The journal files among some, oldest first. */
export function journalFiles(names: readonly string[]): readonly { readonly name: string; readonly first: number }[] {
  return names
    .filter((name) => /^journal-\d{16}$/.test(name))
    .sort()
    .map((name) => ({ name, first: Number(name.slice(prefix.length)) }))
}

/** What a journal file holds, as far as it is whole. */
export interface ScannedFile {
  readonly records: readonly StoredRecord[]
  /** The offset behind the last whole frame before anything that is not one. */
  readonly end: number
  /** How many bytes follow. */
  readonly rest: number
  /** The highest offset up to which the file was once known to be on the disk, as far as whole frames tell. */
  readonly synced: number
}

/** Reads a journal file, whose first record should have the position `first`. */
export function scanFile(bytes: Uint8Array, first: number): ScannedFile {
  const records: StoredRecord[] = []
  let end = 0
  let synced = 0
  for (let frame = frameAt(bytes, 0); frame !== undefined; frame = frameAt(bytes, end)) {
    const expected = first + records.length
    if (frame.records[0]?.position !== expected) break
    records.push(...frame.records)
    end = frame.end
    synced = Math.max(synced, frame.synced)
  }
  for (let place = nextFrameFrom(bytes, end); place < bytes.length; place = nextFrameFrom(bytes, place + 1)) {
    synced = Math.max(synced, frameAt(bytes, place)?.synced ?? 0)
  }
  return { records, end, rest: bytes.length - end, synced }
}

/**
 * Checks that what is not whole at the end of a file is no more than a write that was cut short.
 *
 * @throws CoterieError `STORAGE_DAMAGED` where it was on the disk as a whole once.
 */
export function checkTail(name: string, { end, rest, synced }: ScannedFile, isLast: boolean): void {
  if (rest === 0 || (isLast && synced <= end)) return
  throw storageDamaged(
    `the journal file ${name}, at byte ${String(end)}`,
    'no whole frame',
    'a frame as it was written; salvageFiles keeps what stands before it',
    end,
  )
}
