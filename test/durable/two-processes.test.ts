import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isCoterieError, openEngine, type Transition } from 'coterie'
import { fileStorage } from 'coterie/storage/file'
import { describe, expect, it } from 'vitest'

/*
 * Two processes on one directory: the second is refused while the first writes; told to take over, it does, and the first stops
 * before it could write again.
 */

describe('a second process', () => {
  it('is refused, or takes over, and what was acknowledged to either is there', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'coterie-two-'))
    const args = ['--import', 'tsx', 'test/durable/killed-process.ts', directory, 'always']
    const child = spawn(process.execPath, args, { env: { ...process.env, TSX_TSCONFIG_PATH: 'tsconfig.test.json' } })
    let [output, errors] = ['', '']
    child.stdout.on('data', (data: Buffer) => (output += data.toString()))
    child.stderr.on('data', (data: Buffer) => (errors += data.toString()))
    const ended = new Promise<number | null>((resolve) => child.on('exit', resolve))
    await expect.poll(() => output, { timeout: 30_000 }).toContain('kept 20 ')

    const refusal: unknown = await openEngine({ now: 0, storage: fileStorage({ directory }) }).catch(
      (error: unknown) => error,
    )
    if (!isCoterieError(refusal)) throw new Error('it was not refused')
    expect(refusal.code).toBe('STORAGE_LOCKED')
    expect(refusal.received).toContain(String(child.pid))

    const engine = await openEngine({ now: 0, storage: fileStorage({ directory }), takeOver: true, keep: 'all' })
    expect(await ended).toBe(1)
    expect(errors).toContain('STORAGE_FENCED')
    const kept = Number(/kept (\d+) at revision \d+\n(?!.*kept)/s.exec(output)?.[1])
    const count = Number(engine.contacts.get('counter')?.attributes['count'])
    expect(count).toBeGreaterThanOrEqual(kept)
    engine.contacts.put({ id: 'counter', attributes: { count: count + 1, odd: count % 2 === 0 } })
    await engine.advanceTo(engine.now + 1).durable
    const transitions: Transition[] = []
    for await (const transition of engine.transitionsBetween(0, engine.now + 1)) transitions.push(transition)
    expect(transitions.map(({ seq }) => seq)).toEqual(Array.from({ length: count + 1 }, (_, place) => place + 1))
    await engine.close()
    rmSync(directory, { recursive: true })
  })
})
