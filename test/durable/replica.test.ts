import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hasTag, memoryStorage, openEngine, openReplica, type CoterieError, type Schema } from 'coterie'
import { fileStorage } from 'coterie/storage/file'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fullSchema } from '../arbitraries/schemas.js'
import { scripts } from '../arbitraries/scripts.js'
import { onAnyStage } from '../arbitraries/stages.js'
import { refusal } from '../engine/scene.js'
import { doStep, membershipOf, tagEventsOf, transitionsOf, worldOf } from '../properties/playing.js'
import { runs } from '../runs.js'
import { openIn } from './stored.js'

describe('a replica', () => {
  it('answers and hears as the engine that it follows, some time behind', async () => {
    const games = onAnyStage((stage) =>
      fc.record({
        script: scripts(worldOf(stage)),
        begins: fc.nat({ max: 20 }),
        follows: fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
        snapshots: fc.nat({ max: 30 }),
      }),
    )
    const property = fc.asyncProperty(games, async ([stage, { script, begins, follows, snapshots }]) => {
      const storage = memoryStorage()
      const engine = await openIn(stage, storage)
      const schema: Schema = fullSchema.schema
      const open = () => openReplica({ storage, schema, timeZone: stage.timeZone, every: 'never' })
      let replica: Awaited<ReturnType<typeof open>> | undefined
      let heard: readonly (readonly unknown[])[] = [[], []]
      let expected: readonly (readonly unknown[])[] = [[], []]
      for (const [place, step] of script.entries()) {
        if (place === snapshots) await engine.snapshot()
        if (place === Math.min(begins, script.length - 1)) {
          await engine.batch([]).durable
          replica = await open()
          heard = [transitionsOf(replica), tagEventsOf(replica)]
          expected = [transitionsOf(engine), tagEventsOf(engine)]
        }
        doStep(engine, step)
        if (replica === undefined || follows[place] !== true) continue
        await engine.batch([]).durable
        await replica.follow()
        expect(replica.revision).toBe(engine.revision)
        expect(replica.now).toBe(engine.now)
        expect(membershipOf(replica)).toEqual(membershipOf(engine))
        expect(replica.contacts.ids().map((id) => replica?.contacts.get(id))).toEqual(
          engine.contacts.ids().map((id) => engine.contacts.get(id)),
        )
      }
      await engine.batch([]).durable
      await replica?.follow()
      expect(heard).toEqual(expected)
      await replica?.close()
      await engine.close()
    })
    await fc.assert(property, { numRuns: runs(40) })
  })

  it('takes no changes', async () => {
    const storage = memoryStorage()
    const engine = await openEngine({ now: 0, storage })
    await engine.contacts.put({ id: 'ada' }).durable
    const replica = await openReplica({ storage, every: 'never' })
    expect(refusal(() => replica.contacts.put({ id: 'bob' })).code).toBe('STORAGE_READ_ONLY')
    expect(refusal(() => replica.advanceTo(1)).code).toBe('STORAGE_READ_ONLY')
    expect(replica.contacts.ids()).toEqual(['ada'])
    await replica.close()
    await expect(replica.follow()).rejects.toMatchObject({ code: 'STORAGE_CLOSED' })
  })

  it('is told where it was left behind', async () => {
    const storage = memoryStorage()
    const engine = await openEngine({ now: 0, storage, keep: '1ms' })
    const replica = await openReplica({ storage, every: 'never' })
    for (let second = 1; second < 5; second += 1) {
      engine.contacts.put({ id: `c${String(second)}` })
      await engine.advanceTo(second * 1_000).durable
      await engine.snapshot()
    }
    await expect(replica.follow()).rejects.toMatchObject({ code: 'STORAGE_BEHIND' })
    expect((await openReplica({ storage, every: 'never' })).contacts.count).toBe(4)
  })

  it('follows the files of another process while that writes', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'coterie-replica-'))
    const engine = await openEngine({
      now: 0,
      storage: fileStorage({ directory, fileBytes: 2_000 }),
      snapshots: { characters: 8_000 },
    })
    engine.segments.define({ id: 'vip', rule: hasTag('vip') })
    await engine.contacts.put({ id: 'ada' }).durable
    const follower = followingProcess(directory)
    await follower.until(({ begins }) => begins !== undefined)
    for (let number = 0; number < 200; number += 1) {
      const id = `c${String(number)}`
      engine.contacts.put({ id })
      await engine.tags.add(id, 'vip').durable
      if (number % 3 === 0) await engine.tags.remove(id, 'vip').durable
    }
    const last = engine.storageStatus().durableSeq
    await follower.until(({ heard }) => heard === last)
    follower.end()
    const { members, contacts, revision } = await follower.until((said) => said.members !== undefined)
    expect(members).toEqual([...(engine.segments.get('vip')?.members() ?? [])].sort())
    expect([contacts, revision]).toEqual([201, engine.revision])
    const heard = follower.said.flatMap((said) => said.heard ?? [])
    expect(heard).toEqual(Array.from({ length: last }, (_, place) => place + 1))
    expect(follower.said.filter(({ error }) => error !== undefined)).toEqual([])
    await engine.close()
    rmSync(directory, { recursive: true })
  })

  it('follows files by itself, as another process would', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'coterie-replica-'))
    const open = () => fileStorage({ directory, fileBytes: 500 })
    const engine = await openEngine({ now: 0, storage: open() })
    const replica = await openReplica({ storage: open(), every: '5ms' })
    const errors: CoterieError[] = []
    replica.on('error', (error) => void errors.push(error))
    const heard = transitionsOf(replica)
    engine.segments.define({ id: 'vip', rule: hasTag('vip') })
    for (let number = 0; number < 40; number += 1) {
      engine.contacts.put({ id: `c${String(number)}` })
      await engine.tags.add(`c${String(number)}`, 'vip').durable
      if (number === 20) await engine.snapshot()
    }
    for (let tries = 0; tries < 1_000 && heard.length < 40; tries += 1) await new Promise((go) => setTimeout(go, 5))
    expect(heard.map(({ seq }) => seq)).toEqual(Array.from({ length: 40 }, (_, place) => place + 1))
    expect(errors).toEqual([])
    await replica.close()
    await engine.close()
    rmSync(directory, { recursive: true })
  })
})

/** What a process that follows says. */
interface Said {
  readonly begins?: number
  readonly heard?: number
  readonly error?: string
  readonly members?: readonly string[]
  readonly contacts?: number
  readonly revision?: number
}

/** A replica in a process of its own. */
function followingProcess(directory: string): {
  readonly said: readonly Said[]
  until(holds: (said: Said) => boolean): Promise<Said>
  end(): void
} {
  const args = ['--import', 'tsx', 'test/durable/replica-process.ts', directory]
  const child = spawn(process.execPath, args, { env: { ...process.env, TSX_TSCONFIG_PATH: 'tsconfig.test.json' } })
  const said: Said[] = []
  let [rest, errors] = ['', '']
  child.stdout.on('data', (data: Buffer) => {
    const lines = (rest + data.toString()).split('\n')
    rest = lines.pop() ?? ''
    said.push(...lines.map((line) => JSON.parse(line) as Said))
  })
  child.stderr.on('data', (data: Buffer) => (errors += data.toString()))
  return {
    said,
    until: async (holds) => {
      for (let tries = 0; tries < 4_000; tries += 1) {
        const found = said.find(holds)
        if (found !== undefined) return found
        await new Promise((go) => setTimeout(go, 5))
      }
      throw new Error(`it did not come: ${JSON.stringify(said.at(-1))} ${errors}`)
    },
    end: () => void child.stdin.write('end\n'),
  }
}
