import { hasTag, isCoterieError, memoryStorage, openEngine, type CoterieError, type StorageAdapter } from 'coterie'
import { describe, expect, it } from 'vitest'
import { fileStorageIn } from '../../src/storage/file/file-storage.js'
import { randomFrom, SimulatedDisk } from './simulated-disk.js'
import { wholeStateOf } from './stored.js'

/** Everything that a storage holds, as text. */
async function textOf(storage: StorageAdapter): Promise<string> {
  const session = await storage.open({ role: 'reader', takeOver: false })
  const parts: string[] = []
  for await (const records of session.records(0)) parts.push(...records.map(({ data }) => data))
  const snapshot = await session.snapshot()
  for await (const chunk of snapshot?.chunks ?? []) parts.push(Buffer.from(chunk).toString('latin1'))
  await session.close()
  return parts.join('\n')
}

const secrets = ['zoe', 'zaz', 'zelda', 'z-telegram']

/** An engine with a contact who has left traces everywhere, under several names. */
async function traced(storage: StorageAdapter) {
  const engine = await openEngine({ now: 0, storage, takeOver: true, snapshots: { characters: 1e9 } })
  engine.segments.define({ id: 'vip', rule: hasTag('vip') })
  engine.segments.define({ id: 'hand', kind: 'static' })
  for (const id of ['zoe', 'zaz', 'bob']) engine.contacts.put({ id, attributes: { name: `${id} of here` } })
  engine.contacts.identify('zoe', { channel: 'telegram', id: 'z-telegram' })
  engine.tags.add(['zoe', 'bob'], 'vip')
  engine.members.include('hand', ['zoe', 'bob'], { reason: 'asked' })
  engine.events.record('zoe', { type: 'seen', properties: { by: 'zelda' } })
  engine.records.put('zoe', 'deals', { id: 'd', with: 'zelda' })
  engine.contacts.merge({ from: 'zaz', into: 'zoe' })
  await engine.snapshot()
  engine.tags.remove(['zoe', 'bob'], 'vip')
  await engine.contacts.patch('zaz', { name: 'zelda' }).durable
  return engine
}

describe('a contact that is forgotten', () => {
  it('is named nowhere any more, under no name', async () => {
    const storage = memoryStorage()
    const engine = await traced(storage)
    const before = await textOf(storage)
    for (const secret of secrets) expect(before).toContain(secret)
    await engine.forget({ channel: 'telegram', id: 'z-telegram' })
    const state = wholeStateOf(engine)
    await engine.close()
    const after = await textOf(storage)
    for (const secret of secrets) expect(after).not.toContain(secret)
    expect(after).toContain('bob')
    const again = await openEngine({ now: 0, storage })
    expect(wholeStateOf(again)).toEqual(state)
    expect(again.segments.has('hand', 'bob')).toBe(true)
  })

  it('is erased by a name that leads nowhere any more', async () => {
    const storage = memoryStorage()
    const engine = await traced(storage)
    engine.contacts.remove('zoe')
    await engine.forget('zoe')
    await engine.forget('zaz')
    await engine.close()
    expect(await textOf(storage)).not.toMatch(/zoe|zaz/)
  })

  it('leaves its numbers, and those who had not heard of it are told', async () => {
    const storage = memoryStorage()
    const engine = await traced(storage)
    const errors: CoterieError[] = []
    engine.on('error', (error) => void errors.push(error))
    const heard: number[] = []
    let release = (): void => undefined
    const first = new Promise<void>((resolve) => (release = resolve))
    const subscription = engine.subscribe('slow', { from: 'oldest' }, async ({ seq, contactId }) => {
      if (contactId === 'bob') heard.push(seq)
      await first
    })
    subscription.stop()
    release()
    await engine.forget('zoe')
    const others: [number, string][] = []
    for await (const { seq, contactId } of engine.transitionsBetween(0, 1)) others.push([seq, contactId])
    expect(new Set(others.map(([, contact]) => contact))).toEqual(new Set(['bob']))
    const again = engine.subscribe('slow', ({ seq }) => void heard.push(seq))
    while (again.lag > 0) await new Promise((resolve) => setTimeout(resolve, 1))
    expect(errors.map(({ code }) => code)).toContain('SUBSCRIPTION_GAP')
    expect(heard.filter((seq, place) => heard.indexOf(seq) === place)).toEqual(others.map(([seq]) => seq))
    await engine.close()
  })

  it('is erased in the end, wherever the power is cut', async () => {
    const open = (disk: SimulatedDisk): StorageAdapter => fileStorageIn(disk, 'a simulated disk', { fileBytes: 700 })
    const whole = new SimulatedDisk()
    const engine = await traced(open(whole))
    const from = whole.count
    await engine.forget('zoe')
    const to = whole.count
    expect(to).toBeGreaterThan(from + 10)
    for (let at = from + 1; at <= to; at += 1) {
      const disk = new SimulatedDisk()
      const cut = await traced(open(disk))
      disk.cutAt = disk.count + (at - from)
      const forgotten = await cut.forget('zoe').then(
        () => true,
        (error: unknown) => {
          if (!isCoterieError(error)) throw error
          return false
        },
      )
      const after = disk.afterCut(randomFrom(at))
      const again = await openEngine({ now: 0, storage: open(after), takeOver: true })
      // Where the power was cut before the wish was kept, it is made again; else it is followed by itself.
      if (again.contacts.has('zoe')) {
        expect(forgotten).toBe(false)
        await again.forget('zoe')
      }
      await again.close()
      const text = await textOf(open(after))
      for (const secret of secrets) expect(text, `cut at ${String(at)}`).not.toContain(secret)
    }
  }, 120_000)
})
