import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryStorage, type StorageAdapter, type StorageSession } from 'coterie'
import { fileStorage } from 'coterie/storage/file'
import { storageConformance, type StorageUnderTest } from 'coterie/testing'
import { describe, expect, it } from 'vitest'

/*
 * Every storage does what the port promises; and a storage that breaks any one promise is found out.
 */

const inMemory: StorageUnderTest = {
  create: () => {
    const adapter = memoryStorage()
    return { adapter: () => adapter }
  },
}

function inFiles(options: Omit<Parameters<typeof fileStorage>[0], 'directory'>): StorageUnderTest {
  return {
    create: () => {
      const directory = mkdtempSync(join(tmpdir(), 'coterie-files-'))
      return {
        adapter: () => fileStorage({ directory, ...options }),
        destroy: () => {
          rmSync(directory, { recursive: true })
        },
      }
    },
  }
}

describe.each([
  ['memory', inMemory],
  ['files', inFiles({})],
  ['files, small ones', inFiles({ fileBytes: 200 })],
  ['files, synced now and then', inFiles({ sync: { every: '20ms' } })],
  ['files, synced by the system', inFiles({ sync: 'never' })],
])('%s', (_, storage) => {
  it.each(storageConformance(storage).map(({ name, run }) => [name, run] as const))('%s', (_, run) => run())
})

/** A session of which one method does something else. */
type Fault = (session: StorageSession) => Partial<StorageSession>

const faults: Readonly<Record<string, Fault>> = {
  'appends half of a list': (session) => ({ append: (records) => session.append(records.slice(0, -1)) }),
  'forgets what was appended before': (session) => ({
    async *records(after) {
      for await (const some of session.records(after)) yield some.slice(1)
    },
  }),
  'gives records out of order': (session) => ({
    async *records(after) {
      for await (const some of session.records(after)) yield [...some].reverse()
    },
  }),
  'begins one too early': (session) => ({ records: (after) => session.records(after - 1) }),
  'says a wrong end': (session) => ({ last: async () => (await session.last()) + 1 }),
  'keeps the first snapshot': (session) => ({
    replaceSnapshot: async (snapshot) => {
      if ((await session.snapshot()) === undefined) await session.replaceSnapshot(snapshot)
    },
  }),
  'loses the last chunk of a snapshot': (session) => ({
    replaceSnapshot: (snapshot) =>
      session.replaceSnapshot({
        ...snapshot,
        chunks: (async function* () {
          let last: Uint8Array | undefined
          for await (const chunk of snapshot.chunks) {
            if (last !== undefined) yield last
            last = chunk
          }
        })(),
      }),
  }),
  'drops what came after': (session) => ({ drop: (upTo) => session.drop(upTo + 1) }),
  'does not rewrite': () => ({ rewrite: () => Promise.resolve() }),
  'lets readers write': (session) => ({
    append: (records) => session.append(records).catch(() => undefined),
  }),
  'resumes anywhere': () => ({ resume: () => Promise.resolve(0) }),
}

describe('the suite', () => {
  it.each(Object.entries(faults))('finds out a storage that %s', async (_, fault) => {
    const storage: StorageUnderTest = {
      create: () => {
        const adapter = faulty(memoryStorage(), fault)
        return { adapter: () => adapter }
      },
    }
    const results = await Promise.allSettled(storageConformance(storage).map(({ run }) => run()))
    expect(results.filter(({ status }) => status === 'rejected')).not.toEqual([])
  })
})

function faulty(adapter: StorageAdapter, fault: Fault): StorageAdapter {
  return {
    ...adapter,
    open: async (opening) => {
      const session = await adapter.open(opening)
      const other = fault(session)
      return new Proxy(session, {
        get: (target, name) => {
          const value: unknown = Reflect.get(other, name) ?? Reflect.get(target, name, target)
          return typeof value === 'function' ? (value.bind(target) as unknown) : value
        },
      })
    },
  }
}
