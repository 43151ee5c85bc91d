import { isCoterieError, type StoredEngine } from 'coterie'
import { describe, expect, it } from 'vitest'
import { fileStorageIn } from '../../src/storage/file/file-storage.js'
import { salvage } from '../../src/storage/file/salvage.js'
import { stages, type Stage } from '../arbitraries/stages.js'
import { runs } from '../runs.js'
import { randomFrom, SimulatedDisk } from './simulated-disk.js'
import { openIn, wholeStateOf } from './stored.js'

/*
 * What can be saved of a damaged directory, whatever is damaged in it: bits flipped, files cut short or gone.
 *
 * 1. Afterwards it opens, in a state that the engine once was in; in the last one, where only the past is damaged.
 * 2. Numbers of transitions are not given again that a whole record tells of.
 * 3. What is kept has no gap: the past can be read, people can be forgotten, and it opens again.
 * 4. What is not damaged is left as it is, and what was set aside stays, also when it is done again.
 * 5. So it is when the power is cut meanwhile, and it is done again.
 */

const stage = stages[1] as Stage

function open(disk: SimulatedDisk): Promise<StoredEngine> {
  const storage = fileStorageIn(disk, 'a simulated disk', { fileBytes: 700 })
  return openIn(stage, storage, { takeOver: true, keep: 'all', snapshots: { characters: 1e9 } })
}

/** The state but the revision, which goes on behind lost ones. */
function stateOf(engine: StoredEngine): string {
  return JSON.stringify(wholeStateOf(engine)).replace(/"revision":\d+/, '')
}

interface Filled {
  readonly disk: SimulatedDisk
  /** All states that the engine was in, in order. */
  readonly states: readonly string[]
  readonly lastSeq: number
}

/** A life over several files, with a snapshot in the middle or without one. */
async function filled(withSnapshot: boolean): Promise<Filled> {
  const disk = new SimulatedDisk()
  const engine = await open(disk)
  const states = [stateOf(engine)]
  let lastSeq = 0
  engine.on('transition', ({ seq }) => void (lastSeq = seq))
  const note = async (durable: Promise<number>): Promise<void> => {
    await durable
    states.push(stateOf(engine))
  }
  engine.segments.define({ id: 's', rule: { op: 'hasTag', tag: 'x' } })
  await note(engine.batch([]).durable)
  for (let step = 0; step < 8; step += 1) {
    await note(engine.contacts.put({ id: `c${String(step)}` }).durable)
    await note(engine.tags.add(`c${String(step)}`, 'x').durable)
    await note(engine.advanceTo(engine.now + 1_000).durable)
    if (withSnapshot && step === 4) await engine.snapshot()
  }
  await engine.close()
  return { disk, states, lastSeq }
}

const journalOf = async (disk: SimulatedDisk): Promise<readonly string[]> =>
  (await disk.list()).filter((name) => name.startsWith('journal-')).sort()

/** Salvages a directory and goes on with it. Returns the state that was found, by its place among those that there were. */
async function revive(disk: SimulatedDisk, { states, lastSeq }: Filled, knowsNumbers = true): Promise<number> {
  const { lastSeq: known } = await salvage(disk)
  if (knowsNumbers) expect(known).toBe(lastSeq)
  const engine = await open(disk)
  const place = states.lastIndexOf(stateOf(engine))
  expect(place).toBeGreaterThanOrEqual(0)
  const told: number[] = []
  engine.on('transition', ({ seq }) => void told.push(seq))
  engine.advanceTo(engine.now + 1)
  engine.segments.define({ id: 'new', rule: { op: 'hasTag', tag: 'new' } })
  engine.contacts.put({ id: 'ada' })
  await engine.tags.add('ada', 'new').durable
  expect(told).toEqual([known + 1])
  const heard: number[] = []
  for await (const { seq } of engine.transitionsBetween(engine.now, engine.now + 1)) heard.push(seq)
  expect(heard).toEqual(told)
  await engine.forget('ada')
  const after = stateOf(engine)
  await engine.close()
  expect((await salvage(disk)).setAside).toEqual([])
  const again = await open(disk)
  expect(stateOf(again)).toBe(after)
  await again.close()
  return place
}

/** The same, and which damage it was where it fails. */
async function reviveAfter(what: string, ...args: Parameters<typeof revive>): Promise<number> {
  try {
    return await revive(...args)
  } catch (cause) {
    throw new Error(what, { cause })
  }
}

describe.each([false, true])('what is salvaged, with a snapshot: %s', (withSnapshot) => {
  it('is a state of before, wherever a bit of the journal is flipped', { timeout: 300_000 }, async () => {
    const kept = await filled(withSnapshot)
    const random = randomFrom(1)
    for (const name of await journalOf(kept.disk)) {
      const bits = kept.disk.bytesOf(name).length * 8
      for (let turn = 0; turn < runs(25); turn += 1) {
        const bit = Math.floor(random() * bits)
        // The last record is known from nothing else.
        const place = await reviveAfter(`${name}, bit ${String(bit)}`, kept.disk.withFlip(name, bit), kept, false)
        const isPast = withSnapshot && name < ((await journalOf(kept.disk)).at(-3) ?? '')
        if (isPast) expect(place).toBe(kept.states.length - 1)
      }
    }
  })

  it('is the state before a file that is gone; the last, where that is of the past', async () => {
    const kept = await filled(withSnapshot)
    const places: number[] = []
    for (const name of (await journalOf(kept.disk)).slice(0, 4)) {
      const disk = kept.disk.withFlip(name, 0)
      await disk.remove(name)
      places.push(await reviveAfter(name, disk, kept))
    }
    const last = kept.states.length - 1
    if (withSnapshot) expect(places).toEqual([last, last, last, last])
    else {
      // Each file that is there carries on from where the one before ends, up to the one that is gone.
      expect(places).toEqual([...places].sort((a, b) => a - b))
      expect(places[0]).toBe(0)
      expect(places[3]).toBeGreaterThan(places[1] ?? last)
      expect(places[3]).toBeLessThan(last)
    }
  })

  it('ends where a file ends too early', async () => {
    const kept = await filled(withSnapshot)
    const names = await journalOf(kept.disk)
    const random = randomFrom(2)
    for (const name of names.slice(-2)) {
      for (let turn = 0; turn < runs(10); turn += 1) {
        const disk = kept.disk.withFlip(name, 0)
        const size = Math.floor(random() * disk.bytesOf(name).length)
        const file = await disk.open(name, 'create')
        await file.write(0, kept.disk.bytesOf(name))
        await file.truncate(size)
        await reviveAfter(`${name}, cut to ${String(size)}`, disk, kept, false)
      }
    }
  })
})

describe('salvaging', () => {
  it('leaves alone what is not damaged', async () => {
    for (const withSnapshot of [false, true]) {
      const kept = await filled(withSnapshot)
      const before = (await kept.disk.list()).map((name) => [name, [...kept.disk.bytesOf(name)]])
      const { position, lostBytes, lostRecords, lastSeq, setAside } = await salvage(kept.disk)
      expect({ lostBytes, lostRecords, lastSeq, setAside }).toEqual({
        lostBytes: 0,
        lostRecords: 0,
        lastSeq: kept.lastSeq,
        setAside: [],
      })
      expect(position).toBeGreaterThan(20)
      expect((await kept.disk.list()).map((name) => [name, [...kept.disk.bytesOf(name)]])).toEqual(before)
    }
  })

  it('goes back to the journal where a snapshot is damaged and that reaches back', async () => {
    const kept = await filled(true)
    const name = (await kept.disk.list()).find((each) => each.startsWith('snapshot-')) ?? ''
    const random = randomFrom(3)
    for (let turn = 0; turn < runs(60); turn += 1) {
      // Not the version: one that is higher is for a newer library to save, and nothing is touched.
      const bit = 128 + Math.floor(random() * (kept.disk.bytesOf(name).length * 8 - 128))
      const disk = kept.disk.withFlip(name, bit)
      const place = await reviveAfter(`bit ${String(bit)}`, disk, kept)
      expect(place).toBe(kept.states.length - 1)
    }
    const newer = kept.disk.withFlip(name, 65)
    const names = await newer.list()
    const error = await salvage(newer).catch((caught: unknown) => caught)
    expect(isCoterieError(error) && error.code).toBe('STORAGE_NEWER')
    expect(await newer.list()).toEqual(names)
  })

  it('knows numbers from a damaged snapshot whose journal is gone', async () => {
    const kept = await filled(true)
    const engine = await open(kept.disk)
    await engine.snapshot()
    await engine.close()
    const name = (await kept.disk.list()).find((each) => each.startsWith('snapshot-')) ?? ''
    const disk = kept.disk.withFlip(name, kept.disk.bytesOf(name).length * 8 - 1)
    for (const each of await journalOf(disk)) await disk.remove(each)
    expect(await revive(disk, kept)).toBe(0)
  })

  it('goes on after a power cut, and comes to the same', { timeout: 120_000 }, async () => {
    const kept = await filled(true)
    const [, , damaged = ''] = await journalOf(kept.disk)
    const names = await journalOf(kept.disk)
    for (const name of [damaged, names.at(-2) ?? '']) {
      const bit = kept.disk.bytesOf(name).length * 4
      const whole = kept.disk.withFlip(name, bit)
      const report = await salvage(whole)
      const expected = stateOf(await open(whole))
      for (let at = 1; at <= whole.count; at += 1) {
        const cut = kept.disk.withFlip(name, bit)
        cut.cutAt = at
        await salvage(cut).catch(() => undefined)
        const after = cut.afterCut(randomFrom(at))
        expect((await salvage(after)).lastSeq, `cut at ${String(at)}`).toBe(report.lastSeq)
        expect(stateOf(await open(after)), `cut at ${String(at)}`).toBe(expected)
      }
    }
  })
})
