import type { StorageAdapter, StorageOpening, StorageSession, StoredRecord } from '../../index.js'

/** A place of its own for one case: a directory, a database, a prefix. */
export interface StoragePlace {
  /** An adapter of this place, made anew as another process would make it. */
  adapter(): StorageAdapter
  /** Takes away what is there; called when the case is over. */
  destroy?(): Promise<void> | void
}

/** The storage that is tested. */
export interface StorageUnderTest {
  /** Makes a place in which nothing is kept yet. */
  create(): Promise<StoragePlace> | StoragePlace
}

/** One case, for whatever test runner there is: `it(name, run)`. */
export interface StorageCase {
  readonly name: string
  /** Resolves where the storage does as it promises; rejects with an error that says what it did instead. */
  run(): Promise<void>
}

/** What a case does in its place. */
export type CaseWork = (place: OpenedPlace) => Promise<void>

/** A place, and the sessions that a case opened in it, to be closed when it is over. */
export class OpenedPlace {
  readonly #place: StoragePlace
  readonly #sessions: StorageSession[] = []

  constructor(place: StoragePlace) {
    this.#place = place
  }

  adapter(): StorageAdapter {
    return this.#place.adapter()
  }

  /** Opens a session. */
  async open(opening: Partial<StorageOpening> = {}): Promise<StorageSession> {
    const session = await this.adapter().open({ role: 'writer', takeOver: false, ...opening })
    this.#sessions.push(session)
    return session
  }

  /** Closes a session as an engine does that ends, and opens another. */
  async reopen(session: StorageSession): Promise<StorageSession> {
    await session.close()
    this.#sessions.splice(this.#sessions.indexOf(session), 1)
    return this.open()
  }

  async end(): Promise<void> {
    // One that was put out by another may be unable to close; what it leaves goes with the place.
    for (const session of this.#sessions) await session.close().catch(() => undefined)
    await this.#place.destroy?.()
  }
}

/** Records with these texts, from a position on. */
export function recordsFrom(position: number, ...texts: readonly string[]): readonly StoredRecord[] {
  return texts.map((data, place) => ({ position: position + place, data }))
}

/** All records after a position. */
export async function allRecords(session: StorageSession, after = 0): Promise<readonly StoredRecord[]> {
  const found: StoredRecord[] = []
  for await (const some of session.records(after)) {
    for (const { position, data } of some) found.push({ position, data })
  }
  return found
}

/** The bytes of the snapshot, with its position; `undefined` where there is none. */
export async function wholeSnapshot(
  session: StorageSession,
): Promise<{ readonly position: number; readonly bytes: readonly number[] } | undefined> {
  const snapshot = await session.snapshot()
  if (snapshot === undefined) return undefined
  const bytes: number[] = []
  for await (const chunk of snapshot.chunks) for (const byte of chunk) bytes.push(byte)
  return { position: snapshot.position, bytes }
}

/** Bytes in chunks. */
export async function* chunksOf(...chunks: readonly Uint8Array[]): AsyncIterable<Uint8Array> {
  for (const chunk of chunks) yield await Promise.resolve(chunk)
}
