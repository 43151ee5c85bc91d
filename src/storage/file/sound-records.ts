import { isCoterieError } from '../../base/errors.js'
import { decodeRecord } from '../../durable/record-codec.js'
import type { Cursor, JournalRecord } from '../../durable/record.js'
import type { StoredRecord } from '../../durable/storage-adapter.js'
import { frameAt, nextFrameFrom } from './frame.js'

/*
 * What is sound in a journal file with damage in it: its whole frames, wherever they stand, in runs of records that follow each
 * other; and what they tell of the numbers that were given.
 */

/** Numbers that an engine gave: that of its last transition, and its revision. */
export interface GivenNumbers {
  seq: number
  revision: number
}

/** Whole frames in a row. */
export interface Run {
  /** The positions of the first and last record. */
  readonly first: number
  last: number
  /** Where its bytes begin and end. */
  readonly begin: number
  end: number
}

/** The runs of whole frames in a file. */
export function runsIn(bytes: Uint8Array): readonly Run[] {
  const runs: Run[] = []
  for (let place = nextFrameFrom(bytes, 0); place < bytes.length;) {
    const frame = frameAt(bytes, place)
    const records = frame?.records.filter(isSound)
    const [first] = records ?? []
    if (frame === undefined || first === undefined || records?.length !== frame.records.length) {
      place = nextFrameFrom(bytes, place + 1)
      continue
    }
    const last = first.position + frame.records.length - 1
    const run = runs.at(-1)
    if (run?.end === place && run.last + 1 === first.position) {
      run.last = last
      run.end = frame.end
    } else runs.push({ first: first.position, last, begin: place, end: frame.end })
    place = nextFrameFrom(bytes, frame.end)
  }
  return runs
}

/** The records of a run from one position up to another. */
export function recordsOf(bytes: Uint8Array, run: Run, from: number, to: number): readonly StoredRecord[] {
  const records: StoredRecord[] = []
  for (let frame = frameAt(bytes, run.begin); frame !== undefined; frame = frameAt(bytes, frame.end)) {
    records.push(...frame.records.filter(({ position }) => position >= from && position <= to))
    if (frame.end >= run.end) break
  }
  return records
}

/** Raises `given` to what records tell. */
export function noteNumbers(given: GivenNumbers, records: readonly StoredRecord[]): void {
  for (const { position, data } of records) {
    const record = soundRecord(data, position)
    if (record?.kind === 'entry') {
      raise(given, record.entry.transitions.at(-1)?.seq ?? 0, record.entry.revision)
      raise(given, record.erased?.at(-1) ?? 0, 0)
    } else if (record?.kind === 'lost') raise(given, record.seq, record.revision)
    else if (record?.kind === 'cursors') noteCursors(given, record.cursors)
  }
}

/** Raises `given` to what subscribers have heard. */
export function noteCursors(given: GivenNumbers, cursors: Readonly<Record<string, Cursor | null>>): void {
  for (const cursor of Object.values(cursors)) raise(given, cursor?.seq ?? 0, 0)
}

/** Raises numbers to others, where those are higher. */
export function raise(given: GivenNumbers, seq: number, revision: number): void {
  given.seq = Math.max(given.seq, seq)
  given.revision = Math.max(given.revision, revision)
}

/** Whether one of the numbers is higher than among others. */
export function isHigher(given: GivenNumbers, than: GivenNumbers): boolean {
  return given.seq > than.seq || given.revision > than.revision
}

function isSound({ position, data }: StoredRecord): boolean {
  return soundRecord(data, position) !== undefined
}

/** A record that can be read; one of a newer version is no damage, and for that version to save. */
function soundRecord(data: string, position: number): JournalRecord | undefined {
  try {
    return decodeRecord(data, position)
  } catch (error) {
    if (isCoterieError(error) && error.code === 'STORAGE_NEWER') throw error
    return undefined
  }
}
