import {
  hasTag,
  isCoterieError,
  memoryStorage,
  openEngine,
  type StorageAdapter,
  type StoredRecord,
  type Transition,
} from 'coterie'
import { describe, expect, it } from 'vitest'
import { crc32OfText, hex32 } from '../../src/base/crc32.js'
import { decodeRecord, encodeRecord } from '../../src/durable/record-codec.js'
import { transitionsOf } from '../properties/playing.js'

/*
 * An engine comes back to a world that went on: time has passed, rules mean something else, a newer version was there.
 */

const day = 86_400_000

async function codeOf(work: Promise<unknown>): Promise<string | undefined> {
  const error = await work.catch((caught: unknown) => caught)
  return isCoterieError(error) ? error.code : undefined
}

/** All that is kept, to be put into another storage. */
async function contentOf(storage: StorageAdapter): Promise<{
  readonly records: readonly StoredRecord[]
  readonly snapshot: { readonly position: number; readonly bytes: Uint8Array } | undefined
}> {
  const session = await storage.open({ role: 'reader', takeOver: false })
  const records: StoredRecord[] = []
  for await (const some of session.records(0)) records.push(...some)
  const snapshot = await session.snapshot()
  const chunks: Uint8Array[] = []
  for await (const chunk of snapshot?.chunks ?? []) chunks.push(chunk)
  return { records, snapshot: snapshot && { position: snapshot.position, bytes: Buffer.concat(chunks) } }
}

async function storageWith({ records, snapshot }: Awaited<ReturnType<typeof contentOf>>): Promise<StorageAdapter> {
  const storage = memoryStorage()
  const session = await storage.open({ role: 'writer', takeOver: false })
  await session.append(records)
  const chunks = async function* (bytes: Uint8Array): AsyncIterable<Uint8Array> {
    yield await Promise.resolve(bytes)
  }
  if (snapshot !== undefined)
    await session.replaceSnapshot({ position: snapshot.position, chunks: chunks(snapshot.bytes) })
  await session.close()
  return storage
}

describe('what falls due while the host is away', () => {
  it.each([false, true])('happens at its own instant when the clock moves on (snapshot: %s)', async (snapshot) => {
    const storage = memoryStorage()
    const start = Date.UTC(2026, 0, 1)
    const first = await openEngine({ now: start, storage })
    first.segments.define({
      id: 'recent',
      rule: { op: 'inLast', left: { get: 'attribute', name: 'seen' }, duration: '60d' },
    })
    for (const [id, after] of Object.entries({ ada: 0, bob: 1, cyd: 50 }))
      first.contacts.put({ id, attributes: { seen: new Date(start + after * day) } })
    await first.advanceTo(start + 50 * day).durable
    if (snapshot) await first.snapshot()
    await first.close()

    const second = await openEngine({ now: start + 90 * day, storage })
    expect(second.now).toBe(start + 50 * day)
    expect([...(second.segments.get('recent')?.members() ?? [])].sort()).toEqual(['ada', 'bob', 'cyd'])
    const transitions = transitionsOf(second)
    second.advanceTo(start + 90 * day)
    expect(transitions.map(({ seq, type, contactId, at }) => [seq, type, contactId, (at - start) / day])).toEqual([
      [4, 'exit', 'ada', 60],
      [5, 'exit', 'bob', 61],
    ])
    await second.close()
  })
})

describe('events of one instant without ids', () => {
  it('stay in the order in which they arrived, also when one arrives after coming back', async () => {
    const storage = memoryStorage()
    const first = await openEngine({ now: 0, storage })
    first.contacts.put({ id: 'ada', attributes: {} })
    const record = (engine: typeof first, plan: string): unknown =>
      engine.events.record('ada', { type: 'chosen', at: 0, properties: { plan } })
    record(first, 'free')
    record(first, 'team')
    await first.snapshot()
    await first.close()

    const second = await openEngine({ now: 0, storage })
    record(second, 'pro')
    expect(second.contacts.get('ada')?.events.map(({ properties }) => properties['plan'])).toEqual([
      'free',
      'team',
      'pro',
    ])
    await second.close()
  })
})

/** The storage as a version would have left it that took a rule to mean something else, and so let bob in no segment. */
async function byAnotherVersion(storage: StorageAdapter): Promise<StorageAdapter> {
  const { records, snapshot } = await contentOf(storage)
  const other = records.map(({ position, data }) => {
    const record = decodeRecord(data, position)
    if (record.kind === 'world')
      return { position, data: encodeRecord({ ...record, world: { ...record.world, meaning: 0 } }) }
    if (record.kind !== 'entry' || record.entry.transitions[0]?.contactId !== 'bob') return { position, data }
    return { position, data: encodeRecord({ ...record, entry: { ...record.entry, transitions: [] } }) }
  })
  return storageWith({ records: other, snapshot })
}

describe('rules that mean something else than in the version before', () => {
  it('change nothing that was decided; what they say now is settled, under the next numbers', async () => {
    const storage = memoryStorage()
    const first = await openEngine({ now: 0, storage })
    first.segments.define({ id: 'vip', rule: hasTag('vip') })
    for (const id of ['ada', 'bob']) first.contacts.put({ id })
    await first.tags.add('ada', 'vip').durable
    await first.tags.add('bob', 'vip').durable
    await first.close()

    const engine = await openEngine({ now: 0, storage: await byAnotherVersion(storage) })
    expect([...(engine.segments.get('vip')?.members() ?? [])]).toEqual(['ada'])
    const transitions = transitionsOf(engine)
    expect(await engine.settled).toBe(true)
    expect(transitions.map(({ seq, type, contactId, cause }) => [seq, type, contactId, cause.kind])).toEqual([
      [2, 'enter', 'bob', 'settle'],
    ])
    await engine.batch([]).durable
    expect(engine.storageStatus().durableSeq).toBe(2)
    await engine.close()
  })

  it('are settled a slice at a time, while changes go on', async () => {
    const storage = memoryStorage()
    const first = await openEngine({ now: 0, storage })
    for (let segment = 0; segment < 50; segment += 1)
      first.segments.define({ id: `s${String(segment)}`, rule: hasTag(`t${String(segment)}`) })
    first.contacts.put({ id: 'bob' })
    for (let number = 0; number < 2_000; number += 1) first.contacts.put({ id: `c${String(number)}` })
    await first.tags.add('bob', 't0').durable
    await first.close()

    const engine = await openEngine({ now: 0, storage: await byAnotherVersion(storage) })
    let isSettled = false
    const settled = engine.settled.then((whole) => {
      isSettled = whole
    })
    // A hundred thousand memberships are several slices; others have their turn between them.
    await new Promise((resolve) => setTimeout(resolve, 0))
    expect(isSettled).toBe(false)
    engine.tags.add('c1999', 't1')
    expect(engine.segments.of('c1999')).toEqual(['s1'])
    await settled
    expect(isSettled).toBe(true)
    expect(engine.segments.of('bob')).toEqual(['s0'])
    await engine.close()
  })
})

describe('a journal whose transitions do not fit', () => {
  it.each<[string, Partial<Transition>]>([
    ['an enter of nobody', { contactId: 'nobody' }],
    ['an enter into no segment', { segmentId: 'nothing' }],
    ['an exit of one who is not inside', { type: 'exit' }],
    ['an exit of nobody', { type: 'exit', contactId: 'nobody' }],
  ])('is damaged: %s', async (_, wrong) => {
    const storage = memoryStorage()
    const first = await openEngine({ now: 0, storage })
    first.segments.define({ id: 'vip', rule: hasTag('vip') })
    first.contacts.put({ id: 'ada' })
    await first.tags.add('ada', 'vip').durable
    await first.close()
    const { records, snapshot } = await contentOf(storage)
    const other = records.map(({ position, data }) => {
      const record = decodeRecord(data, position)
      if (record.kind !== 'entry' || record.entry.transitions.length === 0) return { position, data }
      const transitions = record.entry.transitions.map((transition) => ({ ...transition, ...wrong }))
      return { position, data: encodeRecord({ ...record, entry: { ...record.entry, transitions } }) }
    })
    const damaged = await storageWith({ records: other, snapshot })
    expect(await codeOf(openEngine({ now: 0, storage: damaged }))).toBe('STORAGE_DAMAGED')
  })
})

describe('a snapshot', () => {
  it('is taken by the clock of the engine', async () => {
    const engine = await openEngine({ now: 0, storage: memoryStorage(), snapshots: { every: '1d' } })
    await engine.contacts.put({ id: 'ada' }).durable
    expect(engine.storageStatus().snapshotPosition).toBe(0)
    await engine.advanceTo(day).durable
    await expect.poll(() => engine.storageStatus().snapshotPosition).toBeGreaterThan(0)
    const { snapshotPosition } = engine.storageStatus()
    await engine.advanceTo(day + day / 2).durable
    await engine.contacts.put({ id: 'bob' }).durable
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(engine.storageStatus().snapshotPosition).toBe(snapshotPosition)
    await engine.close()
  })

  it('is taken when the journal has grown', async () => {
    const engine = await openEngine({ now: 0, storage: memoryStorage(), snapshots: { characters: 5_000 } })
    for (let number = 0; number < 10; number += 1) await engine.contacts.put({ id: `c${String(number)}` }).durable
    expect(engine.storageStatus().snapshotPosition).toBe(0)
    await engine.contacts.put({ id: 'long', attributes: { text: 'x'.repeat(5_000) } }).durable
    await expect.poll(() => engine.storageStatus().snapshotPosition).toBeGreaterThan(10)
    await engine.close()
  })

  it('lets changes in while it is written', async () => {
    const storage = memoryStorage()
    const engine = await openEngine({ now: 0, storage })
    for (let number = 0; number < 500; number += 1) engine.contacts.put({ id: `c${String(number)}` })
    const done = engine.snapshot()
    for (let number = 500; number < 510; number += 1) await engine.contacts.put({ id: `c${String(number)}` }).durable
    await done
    await engine.close()
    expect((await openEngine({ now: 0, storage })).contacts.count).toBe(510)
  })
})

describe('what a newer version wrote', () => {
  it('is refused, as what it is', async () => {
    const storage = memoryStorage()
    const engine = await openEngine({ now: 0, storage })
    await engine.contacts.put({ id: 'ada' }).durable
    await engine.snapshot()
    await engine.contacts.put({ id: 'bob' }).durable
    await engine.close()
    const { records, snapshot } = await contentOf(storage)
    expect((await openEngine({ now: 0, storage: await storageWith({ records, snapshot }) })).contacts.count).toBe(2)

    const json = '{"kind":"miracle"}'
    const data = `2 ${hex32(crc32OfText(json))} ${json}`
    const more = [...records, { position: (records.at(-1)?.position ?? 0) + 1, data }]
    const newer = await storageWith({ records: more, snapshot })
    expect(await codeOf(openEngine({ now: 0, storage: newer }))).toBe('STORAGE_NEWER')

    if (snapshot === undefined) throw new Error('no snapshot')
    const bytes = snapshot.bytes.slice()
    bytes[8] = 2
    const newerSnapshot = await storageWith({ records, snapshot: { position: snapshot.position, bytes } })
    expect(await codeOf(openEngine({ now: 0, storage: newerSnapshot }))).toBe('STORAGE_NEWER')
  })
})

describe('what came back from a snapshot', () => {
  it('goes on counting, and takes no copy of an event that was taken out', async () => {
    const storage = memoryStorage()
    const first = await openEngine({ now: 0, storage })
    first.segments.define({ id: 'vip', rule: hasTag('vip') })
    for (const id of ['ada', 'bob']) first.contacts.put({ id })
    first.tags.add('ada', ['vip'])
    first.events.record('ada', { id: 'e1', type: 'visit' })
    first.events.remove('ada', 'e1')
    await first.snapshot()
    await first.close()

    const second = await openEngine({ now: 0, storage })
    expect(second.events.record('ada', { id: 'e1', type: 'visit' }).outcomes).toMatchObject([{ duplicate: true }])
    expect(second.events.of('ada')).toEqual([])
    expect(second.events.record('bob', { id: 'e1', type: 'visit' }).outcomes).toMatchObject([{ duplicate: false }])
    expect(second.tags.add('bob', ['vip']).transitions.map(({ seq }) => seq)).toEqual([2])
    await second.close()
  })
})
