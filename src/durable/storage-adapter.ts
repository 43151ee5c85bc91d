/*
 * What a storage is to an engine: a journal of short texts, each with its position, and one snapshot that stands for all up to
 * a position. The engine knows what the texts mean; a storage keeps them, in order and whole, and lets one writer in.
 *
 * The engine promises: one call to a session at a time, but that others come while `replaceSnapshot` or `records` go on;
 * positions without a gap; nothing is told to be durable before `append` resolved; when that failed nothing is asked but
 * `resume` or `close`.
 * A storage promises what stands at each method below; `storageConformance` of `coterie/testing` tests it.
 */

/** One text of the journal. */
export interface StoredRecord {
  /** Rises by one with each record, from 1. */
  readonly position: number
  /** A line of well-formed text: no line breaks, no control characters. */
  readonly data: string
}

/** A snapshot: what stands for all records up to a position. */
export interface StoredSnapshot {
  /** That of the last record that is in it. */
  readonly position: number
  /** Its bytes, in as many parts as they come; another division of the same bytes is the same snapshot. */
  readonly chunks: AsyncIterable<Uint8Array>
}

/** What a storage found when it was opened and put right, or passed over. */
export interface StorageNotice {
  /** `tail-cut`: the end of the journal was not whole, as after a power cut, and was cut off; nothing acknowledged was in it. */
  readonly kind: 'tail-cut'
  /** Where, in the storage's own words. */
  readonly where: string
  /** How many bytes were cut. */
  readonly bytes: number
}

/** What a storage can do; the conformance suite skips only what is declared to be missing. */
export interface StorageCapabilities {
  /** What resolved survives: a `power` cut, the end of the `process`, or only that of the `engine`. */
  readonly survives: 'power' | 'process' | 'engine'
  /** What becomes of a second writer: it is refused while the first is open, or it takes over and the first is refused from then on. */
  readonly secondWriter: 'refused' | 'takes-over'
}

/** How a storage is opened. */
export interface StorageOpening {
  /** `writer` appends, one at a time; any number of `reader`s follow, also from other processes. */
  readonly role: 'writer' | 'reader'
  /** Whether a writer that may still be there is to be put out; only where `secondWriter` is `refused`. */
  readonly takeOver: boolean
}

/** A place that keeps what an engine does. */
export interface StorageAdapter {
  /** For people, in messages: the kind of storage and where it is. */
  readonly name: string
  readonly capabilities: StorageCapabilities
  /**
   * Opens it, and makes it where there is none. For a writer everything that follows is as its predecessor left it: what had
   * resolved is there, what had not is there as a whole `append` or not at all.
   *
   * @throws CoterieError `STORAGE_LOCKED` where another writer is there, `STORAGE_DAMAGED` where what was kept cannot be read.
   */
  open(opening: StorageOpening): Promise<StorageSession>
}

/** An opened storage. Methods that write throw `STORAGE_FENCED`, and write nothing, once another writer took over. */
export interface StorageSession {
  /** What was put right at opening. */
  readonly notices: readonly StorageNotice[]
  /** The snapshot, or `undefined` where none was put. */
  snapshot(): Promise<StoredSnapshot | undefined>
  /**
   * The records after a position that are there when they are asked for, in order, in lists of any length. Where records up
   * to a later position were dropped it begins behind those. A reader that asks again gets what was appended since.
   */
  records(after: number): AsyncIterable<readonly StoredRecord[]>
  /** The position of the last record ever appended, dropped or not; 0 before the first. */
  last(): Promise<number>
  /** Appends records, all or none; the first is the one after `last`. When it resolves they are durable. */
  append(records: readonly StoredRecord[]): Promise<void>
  /** Puts a snapshot in place of the one that is there: when it fails, at whatever point, that one stands. */
  replaceSnapshot(snapshot: StoredSnapshot): Promise<void>
  /** Lets records up to a position go; some of them may stay. Never those after the snapshot. */
  drop(upTo: number): Promise<void>
  /** Puts other texts in place of those at the same positions, and leaves no copy of the old ones; positions not there are passed over. Done in part and failed, it is asked again. */
  rewrite(records: readonly StoredRecord[]): Promise<void>
  /**
   * After a failure: makes it fit to append again, and gives the position of the last record that is durable: whatever a
   * failed `append` was asked for is there as a whole, or not at all.
   */
  resume(): Promise<number>
  /** Lets go of it. What waits is not waited for. */
  close(): Promise<void>
}
