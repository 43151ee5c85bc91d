import { crc32OfText, hex32 } from '../base/crc32.js'
import { isCoterieError } from '../base/errors.js'
import type { Change } from '../changes/change.js'
import { readChange } from '../changes/read-change.js'
import type { Cause, Transition } from '../changes/transition.js'
import type { FoldBound } from '../engine/recorder.js'
import { anySize } from './any-size.js'
import type { EntryRecord, JournalRecord } from './record.js'
import { storageDamaged, storageNewer } from './storage-error.js'

/*
 * A record as a line of text: the version of the format, a checksum, and JSON. The checksum goes with the record wherever it is
 * kept, so damage is found in every storage alike. In an entry each cause stands once, and names its change by place; sequence
 * numbers count up from the first; a transition that was erased leaves its place empty.
 *
 *     1 9ae0daaf {"kind":"entry","revision":7,"now":1767225600000,"changes":[…],"causes":[{"kind":"tag","change":0}],
 *                 "seq":12,"transitions":[["enter","vip","ada",0,1]]}
 *
 * Changes were read when they came in, and reading them again gives the same; so they are read as if from outside.
 */

/** The version of the format; raised when an older library could not read it. */
const format = '1'

type Row = readonly [
  type: 'enter' | 'exit',
  segment: string,
  contact: string,
  cause: number,
  visit?: number | null,
  duration?: number,
]

/** Revision and listener are those of the entry; the change is told by its place. */
type CauseText = Omit<Cause, 'change' | 'revision' | 'listener'> & { readonly change?: number }

interface EntryText {
  readonly kind: 'entry'
  readonly revision: number
  readonly now: number
  readonly changes: readonly Change[]
  /** Something of it was erased. */
  readonly altered?: true
  readonly listener?: string
  readonly folds?: readonly (readonly FoldBound[])[]
  readonly seq?: number
  readonly causes?: readonly CauseText[]
  readonly transitions?: readonly (Row | null)[]
}

/** Writes a record as a line of text. */
export function encodeRecord(record: JournalRecord): string {
  const json = JSON.stringify(record.kind === 'entry' ? entryText(record) : record)
  return `${format} ${hex32(crc32OfText(json))} ${json}`
}

/**
 * Reads a record.
 *
 * @throws CoterieError `STORAGE_DAMAGED` where it is not as it was written, `STORAGE_NEWER` where a newer version wrote it.
 */
export function decodeRecord(data: string, position: number): JournalRecord {
  const where = `record ${String(position)} of the journal`
  const [, version, checksum, json] = /^(\d+) ([0-9a-f]{8}) (.*)$/su.exec(data) ?? []
  if (json === undefined || hex32(crc32OfText(json)) !== checksum)
    throw storageDamaged(where, 'a wrong checksum', 'the record as it was written')
  if (version !== format) throw storageNewer(where, `format ${String(version)}`, `format ${format}`)
  try {
    const record = JSON.parse(json) as EntryText | Exclude<JournalRecord, EntryRecord>
    return record.kind === 'entry' ? entryOf(record) : record
  } catch (cause) {
    if (isCoterieError(cause) && cause.code.startsWith('STORAGE_')) throw cause
    throw storageDamaged(where, cause instanceof Error ? cause.message : 'no record', 'a record of this version')
  }
}

function entryText({ entry, erased }: EntryRecord): EntryText {
  const { revision, now, changes, transitions, folds, listener } = entry
  const causes = new Map<Cause, number>()
  const rowOf = ({ type, segmentId, contactId, cause, visit, duration }: Transition): Row => {
    const place = causes.get(cause) ?? causes.size
    if (place === causes.size) causes.set(cause, place)
    if (duration !== undefined) return [type, segmentId, contactId, place, visit ?? null, duration]
    return visit === undefined ? [type, segmentId, contactId, place] : [type, segmentId, contactId, place, visit]
  }
  const rows = new Map<number, Row | null>(erased?.map((seq) => [seq, null]))
  for (const transition of transitions) rows.set(transition.seq, rowOf(transition))
  const inOrder = [...rows].sort(([a], [b]) => a - b)
  const [first] = inOrder
  const places = new Map(changes.map((change, place) => [change, place]))
  return {
    kind: 'entry',
    revision,
    now,
    changes,
    ...(erased === undefined ? undefined : { altered: true as const }),
    ...(listener === undefined ? undefined : { listener }),
    ...(folds.length === 0 ? undefined : { folds }),
    ...(first === undefined
      ? undefined
      : {
          causes: [...causes.keys()].map((cause) => causeText(cause, places)),
          seq: first[0],
          transitions: inOrder.map(([, row]) => row),
        }),
  }
}

function causeText(cause: Cause, places: ReadonlyMap<Change, number>): CauseText {
  const parts = Object.entries(cause).filter(([name]) => name !== 'revision' && name !== 'listener')
  const { change, ...rest } = Object.fromEntries(parts) as Omit<Cause, 'revision' | 'listener'>
  const place = change && places.get(change)
  return place === undefined ? rest : { ...rest, change: place }
}

/** Resolved changes are the same in any zone and under any schema: these settings leave nothing to be read into them. */
const asWritten = { schema: undefined, timeZone: 'UTC', weekStartsOn: 'monday', limits: anySize } as const

function entryOf(text: EntryText): EntryRecord {
  const { revision, now, listener, folds = [], seq = 0, transitions: rows = [] } = text
  const made = listener === undefined ? undefined : { listener }
  const changes = Object.freeze(text.changes.map((change) => readChange(change, asWritten)))
  const causes = (text.causes ?? []).map(({ change: place, ...cause }): Cause => {
    const change = place === undefined ? undefined : changes[place]
    const { kind, ...rest } = cause
    return Object.freeze({ revision, kind, ...(change === undefined ? undefined : { change }), ...rest, ...made })
  })
  const transitions: Transition[] = []
  const erased: number[] = []
  for (const [place, row] of rows.entries()) {
    if (row === null) erased.push(seq + place)
    else transitions.push(transitionOf(row, seq + place, now, causes))
  }
  return {
    kind: 'entry',
    entry: { revision, now, changes, transitions: Object.freeze(transitions), folds, ...made },
    ...(text.altered === true ? { erased } : undefined),
  }
}

function transitionOf(row: Row, seq: number, at: number, causes: readonly Cause[]): Transition {
  const [type, segmentId, contactId, place, visit, duration] = row
  const cause = causes[place]
  if (cause === undefined) throw new TypeError(`transition ${String(seq)} has no cause`)
  return Object.freeze({
    seq,
    type,
    segmentId,
    contactId,
    at,
    cause,
    ...(visit === undefined || visit === null ? undefined : { visit }),
    ...(duration === undefined ? undefined : { duration }),
  })
}
