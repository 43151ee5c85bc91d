import {
  isCoterieError,
  memoryStorage,
  type StorageAdapter,
  type StoredEngine,
  type StoredRecord,
  type Transition,
} from 'coterie'
import fc from 'fast-check'
import { expect } from 'vitest'
import type { Timers } from '../../src/engine/run.js'
import { decodeRecord } from '../../src/durable/record-codec.js'
import { fileStorageIn } from '../../src/storage/file/file-storage.js'
import { scripts, type ScriptStep } from '../arbitraries/scripts.js'
import { stages, type Stage } from '../arbitraries/stages.js'
import { doStep, worldOf } from '../properties/playing.js'
import type { SimulatedDisk } from './simulated-disk.js'
import { openIn, wholeStateOf } from './stored.js'

/*
 * An engine on a simulated disk that lives, is cut off, and lives again; and what is known of it from outside, to hold what comes
 * back to: what was asked to be kept, what was acknowledged, what was told and what subscribers heard.
 */

/** What an engine does in one life. */
export type LifeStep = ScriptStep | { readonly do: 'snapshot' } | { readonly do: 'wait' }

/** Something to do, the same for the same seed. */
export function historyOf(seed: number): { readonly stage: Stage; readonly steps: readonly LifeStep[] } {
  const stage = stages[seed % stages.length] as Stage
  const steps = fc.oneof<fc.MaybeWeightedArbitrary<LifeStep>[]>(
    { weight: 3, arbitrary: fc.constant({ do: 'wait' }) },
    { weight: 1, arbitrary: fc.constant({ do: 'snapshot' }) },
  )
  const [history] = fc.sample(
    fc.tuple(scripts(worldOf(stage), { maxLength: 16 }), fc.array(steps, { minLength: 30, maxLength: 30 })),
    { seed, numRuns: 1 },
  )
  if (history === undefined) throw new Error('no history')
  const [script, between] = history
  return { stage, steps: script.flatMap((step, place) => [step, ...between.slice(place, place + 1)]) }
}

/** Timers that never fire: nothing in a life waits for time. */
const stillTimers: Timers = { setTimeout: () => undefined, clearTimeout: () => undefined }

/** What is known of all lives so far. */
export class Witness {
  /** By position, what the engine asked to be kept; of two lives the later one. */
  readonly #asked = new Map<number, StoredRecord>()
  /** The positions at which appends ended. */
  readonly #ends = new Set<number>([0])
  /** By number, what was told. */
  readonly #told = new Map<number, string>()
  /** By number, what the subscriber heard. */
  readonly #heard = new Map<number, string>()
  #acknowledged = 0
  #heardTo = 0

  /** The storage, watched. */
  watch(adapter: StorageAdapter): StorageAdapter {
    return {
      ...adapter,
      open: async (opening) => {
        const session = await adapter.open(opening)
        this.#checkEnd(await session.last())
        return new Proxy(session, {
          get: (target, name) => {
            if (name !== 'append') {
              const value: unknown = Reflect.get(target, name, target)
              return typeof value === 'function' ? (value.bind(target) as unknown) : value
            }
            return async (records: readonly StoredRecord[]) => {
              for (const record of records) this.#asked.set(record.position, record)
              const end = records.at(-1)?.position ?? 0
              this.#ends.add(end)
              await target.append(records)
              this.#acknowledged = end
            }
          },
        })
      },
    }
  }

  /** What the engine came back with is what it asked for, up to the end of some append, and nothing acknowledged is missing. */
  #checkEnd(last: number): void {
    expect(last).toBeGreaterThanOrEqual(this.#acknowledged)
    expect([...this.#ends]).toContain(last)
    // What had not come through is not there: it may be asked for again, and be something else then.
    for (const position of [...this.#asked.keys()]) if (position > last) this.#asked.delete(position)
    for (const end of [...this.#ends]) if (end > last) this.#ends.delete(end)
    const numbers = this.#entries().map(({ seq }) => seq)
    for (const seq of [...this.#told.keys()]) if (seq > (numbers.at(-1) ?? 0)) this.#told.delete(seq)
    expect(Math.max(0, ...this.#heard.keys())).toBeLessThanOrEqual(numbers.at(-1) ?? 0)
  }

  /** Each transition once, numbered without a gap, and as it was told. */
  checkTransitions(): void {
    const transitions = this.#entries()
    expect(transitions.map(({ seq }) => seq)).toEqual(transitions.map((_, place) => place + 1))
    for (const transition of transitions) {
      const told = this.#told.get(transition.seq)
      if (told !== undefined) expect(JSON.stringify(transition)).toBe(told)
    }
  }

  /** The state is the one that the records lead to. */
  async checkState(stage: Stage, engine: StoredEngine): Promise<void> {
    const storage = memoryStorage()
    const session = await storage.open({ role: 'writer', takeOver: true })
    await session.append([...this.#asked.values()].sort((a, b) => a.position - b.position))
    const expected = await openIn(stage, storage, { timers: stillTimers })
    expect(wholeStateOf(engine)).toEqual(wholeStateOf(expected))
  }

  /** The subscriber heard all that is durable. */
  checkHeard(): void {
    expect([...this.#heard.keys()].sort((a, b) => a - b)).toEqual(this.#entries().map(({ seq }) => seq))
  }

  /** Notes what an engine tells and what a subscriber hears of it. */
  listenTo(engine: StoredEngine): void {
    engine.on('transition', (transition) => void this.#told.set(transition.seq, JSON.stringify(transition)))
    let first = true
    this.#heardTo = Math.max(0, ...this.#heard.keys())
    engine.subscribe('witness', { from: 'oldest' }, (transition) => {
      if (first) expect(transition.seq).toBeLessThanOrEqual(this.#heardTo + 1)
      first = false
      const known = this.#heard.get(transition.seq)
      const heard = JSON.stringify(transition)
      if (known !== undefined) expect(heard).toBe(known)
      this.#heard.set(transition.seq, heard)
    })
  }

  #entries(): readonly Transition[] {
    const inOrder = [...this.#asked.values()].sort((a, b) => a.position - b.position)
    return inOrder.flatMap(({ data, position }) => {
      const record = decodeRecord(data, position)
      return record.kind === 'entry' ? record.entry.transitions : []
    })
  }
}

/** One life: opened, checked, and used until the steps or the power end. Returns whether it ended well. */
export async function live(
  disk: SimulatedDisk,
  stage: Stage,
  steps: readonly LifeStep[],
  witness: Witness,
): Promise<boolean> {
  const storage = witness.watch(fileStorageIn(disk, 'a simulated disk', { fileBytes: 1_500 }))
  try {
    const engine = await openIn(stage, storage, {
      takeOver: true,
      timers: stillTimers,
      snapshots: { characters: 4_000 },
      keep: '1ms',
    })
    witness.checkTransitions()
    await witness.checkState(stage, engine)
    witness.listenTo(engine)
    for (const step of steps) {
      if (step.do === 'wait') await idle()
      else if (step.do === 'snapshot') await engine.snapshot()
      else doStep(engine, step)
    }
    await idle()
    if (!disk.isCut) witness.checkHeard()
    await engine.close()
    return true
  } catch (error) {
    if (disk.isCut && isCoterieError(error)) return false
    throw error
  }
}

/** Lets all that waits for nothing but its turn be done. */
function idle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
