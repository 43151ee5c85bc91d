import { decodeRecord, encodeRecord } from '../../durable/record-codec.js'
import type { JournalRecord } from '../../durable/record.js'
import { readSections } from '../../durable/snapshot/sections.js'
import { isCoterieError } from '../../base/errors.js'
import { readWhole, replaceWhole, type FileSystem } from './file-system.js'
import { frameAt, framesOf, nextFrameFrom } from './frame.js'
import { journalFiles, journalName, scanFile } from './journal-file.js'
import { nodeFileSystem } from './node-file-system.js'
import { newestSnapshot, readChunks } from './snapshot-file.js'
import { WriterLock } from './writer-lock.js'

/** What was saved, and what was not. */
export interface SalvageReport {
  /** The position of the last record that stands; 0 where none does. */
  readonly position: number
  /** How many whole records were left off, since something before them is damaged. */
  readonly lostRecords: number
  /** How many bytes were left off. */
  readonly lostBytes: number
  /** The sequence number of the last transition that is known to have been told; numbers go on behind it. */
  readonly lastSeq: number
  /** The files that were set aside as they were, under these names. */
  readonly setAside: readonly string[]
}

/**
 * Makes a damaged directory fit to be opened again: keeps what stands before the first damage, and sets the rest aside under
 * names that begin with `damaged-`. Sequence numbers that whole records behind the damage carry are not given again. A damaged
 * snapshot is set aside too; then the journal stands only where it reaches back to its beginning. What is not damaged is left as
 * it is.
 *
 * @throws CoterieError `STORAGE_LOCKED` while an engine writes to it.
 */
export async function salvageFiles(directory: string): Promise<SalvageReport> {
  const files = nodeFileSystem(directory)
  const lock = await WriterLock.take(files, `files in ${directory}`, false)
  try {
    return await salvage(files)
  } finally {
    await lock.release()
  }
}

/** The same in any file system. */
export async function salvage(files: FileSystem): Promise<SalvageReport> {
  const setAside: string[] = []
  const snapshot = await soundSnapshot(files, setAside)
  const lost = { records: 0, bytes: 0, seq: 0, revision: 0 }
  let expected: number | undefined
  let isSound = true
  for (const { name, first } of journalFiles(await files.list())) {
    const bytes = (await readWhole(files, name)) ?? new Uint8Array(0)
    // Without a snapshot only a journal from its beginning leads anywhere.
    expected ??= snapshot === 0 ? 1 : first
    const scanned = scanFile(bytes, first)
    const sound = isSound && first === expected ? soundRecords(scanned.records) : []
    const isWhole = sound.length === scanned.records.length && scanned.rest === 0 && isSound && first === expected
    if (isWhole) {
      expected += sound.length
      continue
    }
    isSound = false
    expected += sound.length
    note(lost, bytes, sound.length === 0 ? 0 : first + sound.length)
    await files.rename(name, `damaged-${name}`)
    setAside.push(`damaged-${name}`)
    if (sound.length > 0) await replaceWhole(files, name, framesOf(sound).frames)
  }
  const position = Math.max(snapshot, (expected ?? 1) - 1)
  if (lost.seq > 0) {
    const data = encodeRecord({ kind: 'lost', seq: lost.seq, revision: lost.revision })
    await replaceWhole(files, journalName(position + 1), framesOf([{ position: position + 1, data }]).frames)
  }
  return {
    position,
    lostRecords: lost.records,
    lostBytes: lost.bytes,
    lastSeq: lost.seq,
    setAside,
  }
}

/** The position of the snapshot, 0 where there is none; one that is damaged is set aside. */
async function soundSnapshot(files: FileSystem, setAside: string[]): Promise<number> {
  const newest = newestSnapshot(await files.list())
  if (newest === undefined) return 0
  try {
    for await (const section of readSections(readChunks(files, newest.name))) if (section.name === '') break
    return newest.position
  } catch (error) {
    if (!isCoterieError(error) || error.code !== 'STORAGE_DAMAGED') throw error
    await files.rename(newest.name, `damaged-${newest.name}`)
    setAside.push(`damaged-${newest.name}`)
    return 0
  }
}

/** Those before the first that cannot be read. */
function soundRecords<R extends { readonly position: number; readonly data: string }>(
  records: readonly R[],
): readonly R[] {
  const end = records.findIndex(({ position, data }) => recordIn(data, position) === undefined)
  return end < 0 ? records : records.slice(0, end)
}

/** Notes what the whole frames of a file from a position on say of the numbers that were given. */
function note(
  lost: { records: number; bytes: number; seq: number; revision: number },
  bytes: Uint8Array,
  from: number,
): void {
  let kept = 0
  for (let place = nextFrameFrom(bytes, 0); place < bytes.length;) {
    const frame = frameAt(bytes, place)
    for (const { position, data } of frame?.records ?? []) {
      const record = recordIn(data, position)
      if (position < from || record === undefined) continue
      lost.records += 1
      if (record.kind !== 'entry') continue
      lost.seq = Math.max(lost.seq, record.entry.transitions.at(-1)?.seq ?? 0)
      lost.revision = Math.max(lost.revision, record.entry.revision)
    }
    if (frame !== undefined && (frame.records.at(-1)?.position ?? 0) < from) kept = frame.end
    place = frame?.end ?? nextFrameFrom(bytes, place + 1)
  }
  lost.bytes += bytes.length - kept
}

function recordIn(data: string, position: number): JournalRecord | undefined {
  try {
    return decodeRecord(data, position)
  } catch {
    return undefined
  }
}
