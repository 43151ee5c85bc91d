import { isCoterieError } from '../../base/errors.js'
import { encodeRecord } from '../../durable/record-codec.js'
import { readBody } from '../../durable/snapshot/section-body.js'
import type { SavedHead } from '../../durable/snapshot/saved.js'
import { readSections } from '../../durable/snapshot/sections.js'
import { readWhole, replaceWhole, type FileSystem } from './file-system.js'
import { framesOf } from './frame.js'
import { checkTail, journalFiles, journalName, scanFile } from './journal-file.js'
import { nodeFileSystem } from './node-file-system.js'
import { newestSnapshot, readChunks } from './snapshot-file.js'
import {
  isHigher,
  noteCursors,
  noteNumbers,
  raise,
  recordsOf,
  runsIn,
  type GivenNumbers,
  type Run,
} from './sound-records.js'
import { WriterLock } from './writer-lock.js'

/*
 * Of all whole frames those are kept that lead on from the snapshot without a gap, or from the beginning where there is none:
 * so damage in what a snapshot stands for costs the past only. Everything else is set aside, under the names of before with
 * `damaged-` in front, and still tells which numbers were given. Files are put in place as a whole, and set aside before that, so
 * what is broken off is done again.
 */

/** What was saved, and what was not. */
export interface SalvageReport {
  /** The position of the last record that stands; 0 where none does. */
  readonly position: number
  /** How many whole records were set aside, since they do not follow on what stands. */
  readonly lostRecords: number
  /** How many bytes of the journal were set aside. */
  readonly lostBytes: number
  /** The sequence number of the last transition that anything sound tells of; numbers go on behind it. */
  readonly lastSeq: number
  /** The files that were set aside as they were, under these names. */
  readonly setAside: readonly string[]
}

/**
 * Makes a damaged directory fit to be opened again: keeps what leads on from the snapshot up to the first damage, and sets the rest
 * aside under names that begin with `damaged-`. Sequence numbers that anything sound tells of are not given again. A damaged
 * snapshot is set aside too; then the journal stands only where it reaches back to its beginning. What is not damaged is left as
 * it is.
 *
 * @throws CoterieError `STORAGE_LOCKED` while an engine writes to it, `STORAGE_NEWER` where a newer version wrote it.
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
  /** What is known of the numbers that were given, and what of that is in what stands. */
  const [known, standing]: [GivenNumbers, GivenNumbers] = [
    { seq: 0, revision: 0 },
    { seq: 0, revision: 0 },
  ]
  const journal = await lookThrough(files, known)
  const snapshot = await soundSnapshot(files, setAside, known, standing)
  const kept = following(snapshot, journal)
  let [lostRecords, lostBytes] = [0, 0]
  for (const [place, { name, first, runs, size }] of journal.entries()) {
    const bytes = (await readWhole(files, name)) ?? new Uint8Array(0)
    const records = runs.flatMap((run) => recordsOf(bytes, run, kept.first, kept.last))
    noteNumbers(standing, records)
    const isLast = place === journal.length - 1 && !isHigher(known, standing)
    if (isFit(bytes, first, records.length, isLast)) continue
    const { frames, end } = framesOf(records)
    lostRecords += runs.reduce((sum, run) => sum + run.last - run.first + 1, 0) - records.length
    lostBytes += Math.max(0, size - end)
    const second = await freeName(files, `damaged-${name}`)
    await files.link(name, second)
    await files.syncDirectory()
    const anew = journalName(records[0]?.position ?? 0)
    if (records.length > 0) await replaceWhole(files, anew, frames)
    if (records.length === 0 || anew !== name) await files.remove(name)
    setAside.push(second)
  }
  const position = Math.max(snapshot, kept.last)
  if (isHigher(known, standing)) {
    const data = encodeRecord({ kind: 'lost', ...known })
    await replaceWhole(files, journalName(position + 1), framesOf([{ position: position + 1, data }]).frames)
  }
  await files.syncDirectory()
  return { position, lostRecords, lostBytes, lastSeq: known.seq, setAside }
}

interface LookedThrough {
  readonly name: string
  readonly first: number
  readonly runs: readonly Run[]
  readonly size: number
}

/** What is whole in the files of the journal; files that were set aside before tell of numbers too. */
async function lookThrough(files: FileSystem, known: GivenNumbers): Promise<readonly LookedThrough[]> {
  const names = await files.list()
  const found: LookedThrough[] = []
  const journal = journalFiles(names)
  const others = names.filter((name) => name.startsWith('damaged-journal-')).map((name) => ({ name, first: 0 }))
  for (const { name, first } of [...journal, ...others]) {
    const bytes = (await readWhole(files, name)) ?? new Uint8Array(0)
    const runs = runsIn(bytes)
    for (const run of runs) noteNumbers(known, recordsOf(bytes, run, run.first, run.last))
    if (first > 0) found.push({ name, first, runs, size: bytes.length })
  }
  return found
}

/** The positions of the records that lead on from a snapshot, or to it; `last` is before `first` where there are none. */
function following(
  snapshot: number,
  journal: readonly LookedThrough[],
): { readonly first: number; readonly last: number } {
  let found = { first: 1, last: 0 }
  for (const { first, last } of journal.flatMap(({ runs }) => runs)) {
    if (found.last >= found.first && first === found.last + 1) found = { first: found.first, last }
    else if (found.last >= Math.max(snapshot, found.first)) break
    else found = { first, last }
  }
  const leadsOn = found.first <= snapshot + 1 && found.last >= Math.max(snapshot, 1)
  return leadsOn ? found : { first: 1, last: 0 }
}

/** Whether a file is as it should be: all of it stands, but for what opening would cut from the end of the last. */
function isFit(bytes: Uint8Array, first: number, standing: number, isLast: boolean): boolean {
  const scanned = scanFile(bytes, first)
  if (standing === 0 || scanned.records.length !== standing) return false
  try {
    checkTail('', scanned, isLast)
    return true
  } catch {
    return false
  }
}

/** The position of the newest snapshot that is sound, 0 where none is; those that are damaged are set aside. */
async function soundSnapshot(
  files: FileSystem,
  setAside: string[],
  known: GivenNumbers,
  standing: GivenNumbers,
): Promise<number> {
  for (;;) {
    const newest = newestSnapshot(await files.list())
    if (newest === undefined) return 0
    const given: GivenNumbers = { seq: 0, revision: 0 }
    try {
      for await (const { name, body } of readSections(readChunks(files, newest.name)))
        if (name === 'HEAD') noteHead(given, readBody(body).json as SavedHead)
      raise(standing, given.seq, given.revision)
      return newest.position
    } catch (error) {
      if (!isCoterieError(error) || error.code !== 'STORAGE_DAMAGED') throw error
      const second = await freeName(files, `damaged-${newest.name}`)
      await files.rename(newest.name, second)
      setAside.push(second)
    } finally {
      raise(known, given.seq, given.revision)
    }
  }
}

function noteHead(given: GivenNumbers, { seq, revision, cursors }: SavedHead): void {
  raise(given, seq, revision)
  noteCursors(given, cursors)
}

/** A name that no file has: what was set aside before stays. */
async function freeName(files: FileSystem, name: string): Promise<string> {
  const names = new Set(await files.list())
  let free = name
  for (let number = 2; names.has(free); number += 1) free = `${name}-${String(number)}`
  return free
}
