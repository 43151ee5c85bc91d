import { hasTag, memoryStorage, openEngine, type CoterieError, type StoredEngine, type Transition } from 'coterie'
import { describe, expect, it } from 'vitest'
import { refusal } from '../engine/scene.js'
import { FailingStorage } from './failing-storage.js'

/** An engine with as many entries into a segment as are asked for. */
async function engineWith(entries: number, storage = memoryStorage()): Promise<StoredEngine> {
  const engine = await openEngine({ now: 0, storage, retryAfter: '1ms', keep: '1ms', snapshots: { characters: 1e9 } })
  if (engine.segments.get('vip') === undefined) engine.segments.define({ id: 'vip', rule: hasTag('vip') })
  await enter(engine, entries)
  return engine
}

async function enter(engine: StoredEngine, entries: number): Promise<void> {
  const from = engine.contacts.count
  const ids = Array.from({ length: entries }, (_, number) => `c${String(from + number)}`)
  for (const id of ids) engine.contacts.put({ id })
  for (const id of ids) engine.tags.add(id, 'vip')
  await engine.batch([]).durable
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 2_000 && !holds(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 1))
  expect(holds()).toBe(true)
}

function errorsOf(engine: StoredEngine): readonly CoterieError[] {
  const errors: CoterieError[] = []
  engine.on('error', (error) => void errors.push(error))
  return errors
}

const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, place) => from + place)

describe('a subscriber', () => {
  it('hears only what is durable', async () => {
    const storage = new FailingStorage(memoryStorage())
    const engine = await openEngine({ now: 0, storage })
    engine.segments.define({ id: 'vip', rule: hasTag('vip') })
    await engine.contacts.put({ id: 'ada' }).durable
    const heard: number[] = []
    engine.subscribe('mailer', ({ seq }) => void heard.push(seq))
    storage.fate = 'hangs'
    engine.tags.add('ada', 'vip')
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(engine.segments.has('vip', 'ada')).toBe(true)
    expect(heard).toEqual([])
    storage.fate = 'works'
    storage.release()
    await until(() => heard.length === 1)
    await engine.close()
  })

  it('begins with what comes, or with the oldest that is kept', async () => {
    const engine = await engineWith(3)
    const [late, all]: [number[], number[]] = [[], []]
    engine.subscribe('late', ({ seq }) => void late.push(seq))
    engine.subscribe('all', { from: 'oldest' }, ({ seq }) => void all.push(seq))
    await enter(engine, 2)
    await until(() => all.length === 5 && late.length === 2)
    expect([late, all]).toEqual([[4, 5], numbers(1, 5)])
    await engine.close()
  })

  it('reads from the storage what does not fit its queue', async () => {
    const engine = await engineWith(0)
    const heard: number[] = []
    let release = (): void => undefined
    const first = new Promise<void>((resolve) => (release = resolve))
    engine.subscribe('slow', async ({ seq }) => {
      heard.push(seq)
      if (seq === 1) await first
    })
    // More than wait in memory, in many appends.
    for (let part = 0; part < 6; part += 1) await enter(engine, 500)
    expect(heard).toEqual([1])
    release()
    await until(() => heard.length === 3_000)
    expect(heard).toEqual(numbers(1, 3_000))
    await engine.close()
  })

  it('hears again what it threw at', async () => {
    const engine = await engineWith(0)
    const errors = errorsOf(engine)
    const heard: number[] = []
    engine.subscribe('shaky', ({ seq }) => {
      heard.push(seq)
      if (heard.length === 2) throw new Error('no mail')
    })
    await enter(engine, 3)
    await until(() => heard.length === 4)
    expect(heard).toEqual([1, 2, 2, 3])
    expect(errors.map(({ code }) => code)).toEqual(['LISTENER_FAILED'])
    await engine.close()
  })

  it('hears only what it asks for, and its cursor moves over the rest', async () => {
    const engine = await engineWith(3)
    const heard: Transition[] = []
    const filter = { segment: 'other', from: 'oldest' } as const
    const subscription = engine.subscribe('other', filter, (transition) => void heard.push(transition))
    await until(() => subscription.lag === 0)
    expect([heard, subscription.seq]).toEqual([[], 3])
    await engine.close()
  })

  it('goes on behind what it acknowledged, in another life', async () => {
    const storage = memoryStorage()
    const first = await engineWith(3, storage)
    const heard: number[] = []
    const subscription = first.subscribe('mailer', { from: 'oldest' }, ({ seq }) => void heard.push(seq))
    await until(() => subscription.lag === 0)
    await first.snapshot()
    await first.close()
    const second = await engineWith(2, storage)
    second.subscribe('mailer', ({ seq }) => void heard.push(seq))
    await until(() => heard.length === 5)
    expect(heard).toEqual(numbers(1, 5))
    await second.close()
  })

  it('stops, and goes on under its name', async () => {
    const engine = await engineWith(1)
    const heard: number[] = []
    const subscription = engine.subscribe('mailer', { from: 'oldest' }, ({ seq }) => void heard.push(seq))
    expect(refusal(() => engine.subscribe('mailer', () => undefined)).code).toBe('OPTION_INVALID')
    await until(() => heard.length === 1)
    subscription.stop()
    await enter(engine, 2)
    expect([heard, subscription.lag]).toEqual([[1], 2])
    engine.subscribe('mailer', ({ seq }) => void heard.push(seq))
    await until(() => heard.length === 3)
    expect(heard).toEqual([1, 2, 3])
    await engine.close()
  })
})

describe('the journal', () => {
  it('is kept for the slowest subscriber, also while it is away', async () => {
    const storage = memoryStorage()
    const engine = await engineWith(1, storage)
    const subscription = engine.subscribe('away', { from: 'oldest' }, () => undefined)
    await until(() => subscription.lag === 0)
    subscription.stop()
    await enter(engine, 3)
    engine.advanceTo(1_000)
    await engine.snapshot()
    engine.advanceTo(2_000)
    await engine.snapshot()
    const heard: number[] = []
    engine.subscribe('away', ({ seq }) => void heard.push(seq))
    await until(() => heard.length === 3)
    engine.unsubscribe('away')
    expect(engine.storageStatus().subscribers).toEqual({})
    engine.advanceTo(3_000)
    await engine.snapshot()
    await engine.close()
    const session = await storage.open({ role: 'reader', takeOver: false })
    const left: number[] = []
    for await (const records of session.records(0)) left.push(...records.map(({ position }) => position))
    expect(left[0] ?? Infinity).toBeGreaterThan(5)
  })

  it('tells of one that falls behind, once', async () => {
    const engine = await engineWith(0)
    const errors = errorsOf(engine)
    const subscription = engine.subscribe('slow', { maxLag: 2 }, () => new Promise(() => undefined))
    await enter(engine, 5)
    await enter(engine, 5)
    expect(errors.map(({ code }) => code)).toEqual(['SUBSCRIPTION_LAGS'])
    subscription.stop()
    await engine.close()
  })

  it('lets go of one that falls behind, where it said so, and tells it when it comes back', async () => {
    const storage = memoryStorage()
    const engine = await engineWith(1, storage)
    const errors = errorsOf(engine)
    const options = { maxLag: 2, onLag: 'drop' } as const
    engine.subscribe('away', options, () => undefined).stop()
    await enter(engine, 5)
    expect(errors.map(({ code }) => code)).toEqual(['SUBSCRIPTION_DROPPED'])
    await engine.close()
    const again = await engineWith(0, storage)
    expect(again.storageStatus().subscribers['away']?.dropped).toBe(true)
    expect(refusal(() => again.subscribe('away', options, () => undefined)).code).toBe('SUBSCRIPTION_DROPPED')
    const heard: number[] = []
    again.subscribe('away', { ...options, restart: true }, ({ seq }) => void heard.push(seq))
    await enter(again, 1)
    await until(() => heard.length === 1)
    await again.close()
  })
})
