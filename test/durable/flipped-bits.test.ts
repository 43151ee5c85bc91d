import { isCoterieError, type StoredEngine } from 'coterie'
import { describe, expect, it } from 'vitest'
import { fileStorageIn } from '../../src/storage/file/file-storage.js'
import { stages, type Stage } from '../arbitraries/stages.js'
import { SimulatedDisk } from './simulated-disk.js'
import { openIn, wholeStateOf } from './stored.js'

/*
 * Every bit of a journal and of a snapshot is flipped in turn. What comes back is a clean error or the same state; of the last
 * frame of the journal, which cannot be told from a torn write, the state before it, and a notice that a tail was cut.
 */

const stage = stages[1] as Stage

function open(disk: SimulatedDisk): Promise<StoredEngine> {
  return openIn(stage, fileStorageIn(disk, 'a simulated disk', { fileBytes: 1_000 }), { takeOver: true })
}

/** A few frames of every kind: entries with transitions, moves of the clock, cursors; then perhaps a snapshot. */
async function filled(withSnapshot: boolean): Promise<{ disk: SimulatedDisk; before: unknown; after: unknown }> {
  const disk = new SimulatedDisk()
  const engine = await open(disk)
  engine.subscribe('someone', { from: 'oldest' }, () => undefined)
  engine.segments.define({ id: 's', rule: { op: 'hasTag', tag: 'x' } })
  await engine.contacts.put({ id: 'ada' }).durable
  await engine.tags.add('ada', 'x').durable
  await engine.advanceTo(engine.now + 60_000).durable
  if (withSnapshot) await engine.snapshot()
  const before = wholeStateOf(engine)
  await engine.tags.remove('ada', 'x').durable
  const after = wholeStateOf(engine)
  await engine.close()
  return { disk, before, after }
}

interface Flips {
  readonly same: number
  readonly refused: number
  readonly cut: number
}

/** Flips each bit of a file, or every n-th, and sorts what comes of it; anything else fails. */
async function flipAll(
  { disk, before, after }: Awaited<ReturnType<typeof filled>>,
  name: string,
  isLast: boolean,
): Promise<Flips> {
  const flips = { same: 0, refused: 0, cut: 0 }
  const bits = disk.bytesOf(name).length * 8
  for (let bit = 0; bit < bits; bit += 1) {
    let engine: StoredEngine
    try {
      engine = await open(disk.withFlip(name, bit))
    } catch (error) {
      if (!isCoterieError(error) || !/^STORAGE_(DAMAGED|NEWER)$/.test(error.code))
        throw new Error(`bit ${String(bit)} of ${name}`, { cause: error })
      flips.refused += 1
      continue
    }
    const state = JSON.stringify(wholeStateOf(engine))
    const { notices } = engine.storageStatus()
    if (notices.length === 0) {
      expect(state, `bit ${String(bit)}`).toBe(JSON.stringify(after))
      flips.same += 1
    } else {
      expect(isLast && state === JSON.stringify(before), `bit ${String(bit)}`).toBe(true)
      flips.cut += 1
    }
  }
  return flips
}

describe('a bit that is flipped', () => {
  it('in a journal file before the last is refused', async () => {
    const kept = await filled(false)
    const [first = ''] = (await kept.disk.list()).filter((name) => name.startsWith('journal-')).sort()
    const flips = await flipAll(kept, first, false)
    expect(flips).toEqual({ same: 0, refused: kept.disk.bytesOf(first).length * 8, cut: 0 })
  }, 300_000)

  it('in the last journal file is refused, or in its last frame cut', async () => {
    const kept = await filled(true)
    const last = (await kept.disk.list())
      .filter((name) => name.startsWith('journal-'))
      .sort()
      .at(-1)
    const flips = await flipAll(kept, last ?? '', true)
    expect(flips.refused + flips.cut).toBe(kept.disk.bytesOf(last ?? '').length * 8)
    expect(flips.cut).toBeGreaterThan(0)
  }, 300_000)

  it('in a snapshot is refused', async () => {
    const kept = await filled(true)
    const [name = ''] = (await kept.disk.list()).filter((each) => each.startsWith('snapshot-'))
    expect(await flipAll(kept, name, false)).toEqual({
      same: 0,
      refused: kept.disk.bytesOf(name).length * 8,
      cut: 0,
    })
  }, 300_000)
})
