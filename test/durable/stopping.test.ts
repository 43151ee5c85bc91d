import { hasTag, memoryStorage, openEngine, type CoterieError, type StoredEngine } from 'coterie'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fileStorageIn } from '../../src/storage/file/file-storage.js'
import { scripts } from '../arbitraries/scripts.js'
import { onAnyStage } from '../arbitraries/stages.js'
import { refusal } from '../engine/scene.js'
import { doStep, worldOf } from '../properties/playing.js'
import { runs } from '../runs.js'
import { FailingStorage } from './failing-storage.js'
import { SimulatedDisk } from './simulated-disk.js'
import { openIn, wholeStateOf } from './stored.js'

/*
 * The storage fails: the connection is lost before or after an append came through, an answer never comes, the disk is full.
 *
 * 1. No change is taken, questions are answered, and everybody who waits is told.
 * 2. Resuming goes on where the storage stands: nothing is lost, nothing is there twice, whatever failed and how often.
 */

async function vipEngine(storage: FailingStorage): Promise<{ engine: StoredEngine; errors: CoterieError[] }> {
  const engine = await openEngine({ now: 0, storage, timeout: '50ms' })
  const errors: CoterieError[] = []
  engine.on('error', (error) => void errors.push(error))
  engine.segments.define({ id: 'vip', rule: hasTag('vip') })
  await engine.contacts.put({ id: 'ada' }).durable
  return { engine, errors }
}

describe('1. while the storage fails', () => {
  it.each(['fails', 'fails after', 'hangs'] as const)('no change is taken (an append %s)', async (fate) => {
    const storage = new FailingStorage(memoryStorage())
    const { engine, errors } = await vipEngine(storage)
    storage.fate = fate
    const { durable } = engine.tags.add('ada', 'vip')
    await expect(durable).rejects.toMatchObject({ code: 'STORAGE_STOPPED' })
    expect(errors.map(({ code }) => code)).toEqual(['STORAGE_STOPPED'])
    expect(errors[0]?.message).toContain('after revision 2')
    expect(engine.segments.has('vip', 'ada')).toBe(true)
    expect(refusal(() => engine.contacts.put({ id: 'bob' })).code).toBe('STORAGE_STOPPED')
    expect(refusal(() => engine.batch([])).code).toBe('STORAGE_STOPPED')
    expect(refusal(() => engine.advanceTo(1)).code).toBe('STORAGE_STOPPED')
    expect(engine.contacts.has('bob')).toBe(false)
    expect(engine.now).toBe(0)
    const { stopped, durableRevision, pending } = engine.storageStatus()
    expect([stopped?.code, durableRevision, pending]).toEqual(['STORAGE_STOPPED', 2, 1])

    storage.resumes = false
    await expect(engine.resume()).rejects.toMatchObject({ code: 'STORAGE_STOPPED' })
    storage.resumes = true
    storage.fate = 'works'
    storage.release()
    await engine.resume()
    expect(engine.storageStatus().stopped).toBeUndefined()
    await engine.contacts.put({ id: 'bob' }).durable
    const state = wholeStateOf(engine)
    await engine.close()
    expect(wholeStateOf(await openEngine({ now: 0, storage }))).toEqual(state)
  })

  it('an engine that runs by itself stands still, and goes on when it is resumed', async () => {
    const storage = new FailingStorage(memoryStorage())
    let time = 0
    const timers = new Map<object, () => void>()
    const engine = await openEngine({ clock: () => time, storage })
    engine.segments.define({
      id: 'new',
      rule: { op: 'inLast', left: { get: 'attribute', name: 'at' }, duration: '1d' },
    })
    await engine.contacts.put({ id: 'ada', attributes: { at: new Date(0) } }).durable
    const stop = engine.run({
      setTimeout: (call) => {
        const timer = {}
        timers.set(timer, call)
        return timer
      },
      clearTimeout: (timer) => void timers.delete(timer as object),
    })
    storage.fate = 'fails'
    await engine.contacts.put({ id: 'bob' }).durable.catch(() => undefined)
    time = 2 * 86_400_000
    for (const [timer, fire] of [...timers]) {
      timers.delete(timer)
      fire()
    }
    expect(engine.segments.has('new', 'ada')).toBe(true)
    storage.fate = 'works'
    await engine.resume()
    for (const fire of [...timers.values()]) fire()
    expect(engine.segments.has('new', 'ada')).toBe(false)
    stop()
    await engine.close()
  })

  it('one that was put out by another cannot be resumed', async () => {
    const storage = memoryStorage()
    const first = await openEngine({ now: 0, storage })
    await first.contacts.put({ id: 'ada' }).durable
    const second = await openEngine({ now: 0, storage })
    const error = await first.contacts.put({ id: 'bob' }).durable.then(
      () => undefined,
      (caught: unknown) => caught as CoterieError,
    )
    expect(error?.code).toBe('STORAGE_STOPPED')
    expect((error?.cause as CoterieError).code).toBe('STORAGE_FENCED')
    await expect(first.resume()).rejects.toMatchObject({ code: 'STORAGE_STOPPED' })
    await second.contacts.put({ id: 'cyd' }).durable
    expect(second.contacts.ids()).toEqual(['ada', 'cyd'])
  })

  it('a storage is not blamed for a host that gave it no turn', async () => {
    const storage = new FailingStorage(memoryStorage())
    const { engine, errors } = await vipEngine(storage)
    storage.fate = 'hangs'
    const { durable } = engine.tags.add('ada', 'vip')
    while (storage.appends < 3) await Promise.resolve()
    const end = Date.now() + 200
    while (Date.now() < end);
    // What was done meanwhile takes some turns to come through.
    for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setTimeout(resolve, 1))
    storage.fate = 'works'
    storage.release()
    await durable
    expect(errors).toEqual([])
  })

  it('a timeout may be longer than timers of a host can wait', async () => {
    const storage = new FailingStorage(memoryStorage())
    const engine = await openEngine({ now: 0, storage, timeout: '1000d' })
    storage.fate = 'hangs'
    const { durable } = engine.contacts.put({ id: 'ada' })
    await new Promise((resolve) => setTimeout(resolve, 20))
    storage.fate = 'works'
    storage.release()
    await durable
    await engine.close()
  })

  it('a closed engine answers, and takes no changes', async () => {
    const engine = await openEngine({ now: 0 })
    engine.contacts.put({ id: 'ada' })
    await engine.close()
    expect(engine.contacts.has('ada')).toBe(true)
    expect(refusal(() => engine.contacts.put({ id: 'bob' })).code).toBe('STORAGE_CLOSED')
    await expect(engine.snapshot()).rejects.toMatchObject({ code: 'STORAGE_CLOSED' })
    await engine.close()
  })
})

describe('2. resuming', () => {
  it('loses nothing, and writes nothing twice', async () => {
    const fates = fc.constantFrom('works', 'works', 'fails', 'fails after')
    const games = onAnyStage((stage) =>
      fc.record({
        script: scripts(worldOf(stage)),
        fates: fc.array(fates as fc.Arbitrary<FailingStorage['fate']>, { minLength: 40, maxLength: 40 }),
      }),
    )
    const property = fc.asyncProperty(games, async ([stage, game]) => {
      const kept = memoryStorage()
      const storage = new FailingStorage(kept)
      const engine = await openIn(stage, storage)
      for (const [place, step] of game.script.entries()) {
        storage.fate = game.fates[place] ?? 'works'
        doStep(engine, step)
        if (place % 3 === 0) await new Promise((resolve) => setImmediate(resolve))
        while (engine.storageStatus().stopped !== undefined) {
          storage.fate = 'works'
          await engine.resume()
        }
      }
      storage.fate = 'works'
      await new Promise((resolve) => setImmediate(resolve))
      await engine.resume()
      const state = wholeStateOf(engine)
      await engine.close()
      expect(wholeStateOf(await openIn(stage, kept))).toEqual(state)
    })
    await fc.assert(property, { numRuns: runs(60) })
  })

  it('goes on when a full disk has room again', async () => {
    const disk = new SimulatedDisk()
    const storage = fileStorageIn(disk, 'a simulated disk', { fileBytes: 600 })
    const engine = await openEngine({ now: 0, storage, takeOver: true })
    let refused = 0
    for (let number = 0; number < 60; number += 1) {
      // The disk is full at every place of a frame, and where a file is begun.
      const held = (await disk.list()).reduce((sum, name) => sum + disk.bytesOf(name).length, 0)
      disk.room = held + number * 7
      try {
        await engine.contacts.put({ id: `contact ${String(number)}` }).durable
      } catch {
        refused += 1
        disk.room = Infinity
        await engine.resume()
      }
      if (number % 10 === 9) {
        disk.room = held + 100
        await engine.snapshot().catch(() => undefined)
        disk.room = Infinity
      }
    }
    disk.room = Infinity
    expect(refused).toBeGreaterThan(10)
    const state = wholeStateOf(engine)
    await engine.close()
    const again = await openEngine({ now: 0, storage, takeOver: true })
    expect(wholeStateOf(again)).toEqual(state)
    expect(again.contacts.count).toBe(60)
  })
})
