import { isCoterieError, type StorageSession, type StoredRecord } from 'coterie'
import { describe, expect, it } from 'vitest'
import { fileStorageIn } from '../../src/storage/file/file-storage.js'
import type { FileSystem, OpenFile } from '../../src/storage/file/file-system.js'
import { SimulatedDisk } from './simulated-disk.js'

/*
 * A host stands still in the middle of what it does, wherever that is, as a machine that is suspended; another takes over and
 * writes; then the first goes on with what it was about to do. Files cannot refuse a write, so this is the hardest of all.
 *
 * 1. What was acknowledged to the second, before or after, is there, and nothing of the first that came too late.
 * 2. The first is told, and was acknowledged nothing that is not there.
 */

/** A file system that stands still before the how many-th call, until it is let go on. */
class PausedFiles {
  readonly files: FileSystem
  #left = Infinity
  #goOn = (): void => undefined
  #waiting: Promise<void> | undefined
  #reached = (): void => undefined

  constructor(disk: SimulatedDisk) {
    this.files = this.#paused(disk)
  }

  /** Stands still before that call from now; resolves when it does. */
  pauseBefore(calls: number): Promise<void> {
    this.#left = calls
    this.#waiting = new Promise((resolve) => (this.#goOn = resolve))
    return new Promise((resolve) => (this.#reached = resolve))
  }

  goOn(): void {
    this.#left = Infinity
    this.#goOn()
  }

  #paused<T extends FileSystem | OpenFile>(target: T): T {
    return new Proxy(target, {
      get: (_, name) => {
        const value: unknown = Reflect.get(target, name, target)
        if (typeof value !== 'function') return value
        return async (...args: readonly unknown[]) => {
          if ((this.#left -= 1) < 0) {
            this.#reached()
            await this.#waiting
          }
          const result: unknown = await Reflect.apply(value, target, args)
          return name === 'open' ? this.#paused(result as OpenFile) : result
        }
      },
    })
  }
}

const records = (position: number, ...texts: readonly string[]): readonly StoredRecord[] =>
  texts.map((data, place) => ({ position: position + place, data }))

async function allOf(session: StorageSession): Promise<readonly StoredRecord[]> {
  const found: StoredRecord[] = []
  for await (const some of session.records(0)) found.push(...some)
  return found
}

const opening = { role: 'writer', takeOver: true } as const

async function* chunksOf(...bytes: readonly number[]): AsyncIterable<Uint8Array> {
  for (const byte of bytes) yield await Promise.resolve(Uint8Array.of(byte))
}

async function snapshotOf(session: StorageSession): Promise<readonly number[] | undefined> {
  const snapshot = await session.snapshot()
  if (snapshot === undefined) return undefined
  const bytes: number[] = [snapshot.position]
  for await (const chunk of snapshot.chunks) bytes.push(...chunk)
  return bytes
}

/** What the first does when it stands still. */
const works: Readonly<Record<string, (session: StorageSession) => Promise<unknown>>> = {
  appends: (session) => session.append(records(3, 'of the first')),
  'puts a snapshot in place': (session) => session.replaceSnapshot({ position: 2, chunks: chunksOf(2, 2) }),
  rewrites: (session) => session.rewrite(records(1, 'uno')),
  resumes: (session) => session.resume(),
  drops: (session) => session.drop(1),
}

describe.each([
  ['a file that goes on', 10_000],
  ['files of one append', 1],
])('a writer that stands still, in %s,', (_, fileBytes) => {
  it.each(Object.entries(works))('while it %s, hurts nobody when it goes on', async (name, work) => {
    let pauses = 0
    for (let calls = 0; ; calls += 1) {
      const disk = new SimulatedDisk()
      const paused = new PausedFiles(disk)
      const first = await fileStorageIn(paused.files, 'first', { fileBytes }).open(opening)
      await first.append(records(1, 'one'))
      await first.append(records(2, 'two'))
      await first.replaceSnapshot({ position: 1, chunks: chunksOf(1) })
      const reached = paused.pauseBefore(calls)
      const late = work(first).then(
        () => 'done',
        (error: unknown) => (isCoterieError(error) ? error.code : String(error)),
      )
      if (!(await Promise.race([reached.then(() => true), late.then(() => false)]))) break
      pauses += 1

      const second = await fileStorageIn(disk, 'second', { fileBytes }).open(opening)
      const last = await second.last()
      const before = (await allOf(second)).filter(({ position }) => position > 2)
      await second.append(records(last + 1, 'of the second'))
      await second.replaceSnapshot({ position: last + 1, chunks: chunksOf(9) })
      paused.goOn()
      const became = await late
      await second.append(records(last + 2, 'and more'))
      const what = `before call ${String(calls)}: ${became}`
      expect(['done', 'STORAGE_FENCED'], what).toContain(became)
      // What was acknowledged to the first is there for the second from the beginning.
      if (name === 'appends' && became === 'done') expect(before, what).toEqual(records(3, 'of the first'))
      const found = await allOf(second)
      const expected = [...before, ...records(last + 1, 'of the second', 'and more')]
      expect(
        found.filter(({ position }) => position > 2),
        what,
      ).toEqual(expected)
      expect(await snapshotOf(second), what).toEqual([last + 1, 9])
      await expect(first.append(records(last + 3, 'too late')), what).rejects.toMatchObject({ code: 'STORAGE_FENCED' })
      await second.close()
      const third = await fileStorageIn(disk, 'third', { fileBytes }).open(opening)
      expect(await allOf(third), what).toEqual(found)
      expect(await snapshotOf(third), what).toEqual([last + 1, 9])
    }
    expect(pauses).toBeGreaterThan(2)
  })

  it('while it opens, hurts nobody when it goes on', async () => {
    let pauses = 0
    for (let calls = 0; ; calls += 1) {
      const disk = new SimulatedDisk()
      const zeroth = await fileStorageIn(disk, 'zeroth', { fileBytes }).open(opening)
      await zeroth.append(records(1, 'one'))
      await zeroth.append(records(2, 'two'))
      await zeroth.close()
      const [name = ''] = (await disk.list()).filter((each) => each.startsWith('journal-')).slice(-1)
      // A tail to be cut.
      const file = await disk.open(name, 'create')
      await file.write(await file.size(), Uint8Array.of(0x1e, 0x30))
      const paused = new PausedFiles(disk)
      const reached = paused.pauseBefore(calls)
      const late = fileStorageIn(paused.files, 'first', { fileBytes })
        .open(opening)
        .then(
          (session) => session,
          (error: unknown) => error,
        )
      if (!(await Promise.race([reached.then(() => true), late.then(() => false)]))) break
      pauses += 1
      const second = await fileStorageIn(disk, 'second', { fileBytes }).open(opening)
      await second.append(records(3, 'of the second'))
      await second.replaceSnapshot({ position: 2, chunks: chunksOf(9) })
      paused.goOn()
      await late
      // Whoever got the lock last writes; what was acknowledged is there for both.
      const third = await fileStorageIn(disk, 'third', { fileBytes }).open(opening)
      const what = `before call ${String(calls)}`
      expect(await allOf(third), what).toEqual(records(1, 'one', 'two', 'of the second'))
      expect(await snapshotOf(third), what).toEqual([2, 9])
    }
    expect(pauses).toBeGreaterThan(5)
  })
})
