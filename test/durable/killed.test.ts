import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEngine, type Transition } from 'coterie'
import { fileStorage } from 'coterie/storage/file'
import { describe, expect, it } from 'vitest'
import { randomFrom } from './simulated-disk.js'

/*
 * A real process is killed with SIGKILL, again and again, on one directory. Each time what it had said to be kept is there, its
 * transitions are numbered without a gap, and its subscriber, over all its lives, missed none.
 *
 * COTERIE_KILLS says how often; a run at night takes a hundred.
 */

const kills = Number(process.env['COTERIE_KILLS'] ?? '5')

interface Said {
  /** What the last line says that something is kept. */
  readonly count: number
  readonly revision: number
  readonly heard: readonly number[]
}

/** Starts the process, lets it live for a while once it works, kills it, and returns what it said. */
function liveAndDie(directory: string, sync: string, ms: number): Promise<Said> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [...['--import', 'tsx'], ...['test/durable/killed-process.ts', directory, sync]],
      { env: { ...process.env, TSX_TSCONFIG_PATH: 'tsconfig.test.json' } },
    )
    let output = ''
    let errors = ''
    child.stdout.on('data', (data: Buffer) => {
      const begins = !output.includes('begins') && data.toString().includes('begins')
      output += data.toString()
      if (begins) setTimeout(() => child.kill('SIGKILL'), ms)
    })
    child.stderr.on('data', (data: Buffer) => (errors += data.toString()))
    child.on('exit', (_, signal) => {
      if (signal !== 'SIGKILL') {
        reject(new Error(`it ended by itself: ${errors}`))
        return
      }
      // The last line may be cut short: it was not said.
      const lines = output.slice(0, output.lastIndexOf('\n')).split('\n')
      const kept = lines.map((line) => /^kept (\d+) at revision (\d+)$/.exec(line)).filter((found) => found !== null)
      const heard = lines.map((line) => /^heard (\d+)$/.exec(line)).filter((found) => found !== null)
      resolve({
        count: Number(kept.at(-1)?.[1] ?? 0),
        revision: Number(kept.at(-1)?.[2] ?? 0),
        heard: heard.map(([, seq]) => Number(seq)),
      })
    })
  })
}

describe.each(['always', 'never'])('a process that is killed, with sync %s', (sync) => {
  it(
    `loses nothing that it said was kept, ${String(kills)} times over`,
    { timeout: 60_000 + kills * 20_000 },
    async () => {
      const directory = mkdtempSync(join(tmpdir(), 'coterie-killed-'))
      const random = randomFrom(kills)
      const heard = new Set<number>()
      try {
        for (let time = 0; time < kills; time += 1) {
          const said = await liveAndDie(directory, sync, 20 + random() * 300)
          const highest = Math.max(0, ...heard)
          expect(said.heard[0] ?? 0).toBeLessThanOrEqual(highest + 1)
          for (const seq of said.heard) heard.add(seq)
          const engine = await openEngine({ now: 0, storage: fileStorage({ directory }), keep: 'all' })
          const count = Number(engine.contacts.get('counter')?.attributes['count'])
          expect(count).toBeGreaterThanOrEqual(said.count)
          expect(engine.revision).toBeGreaterThanOrEqual(said.revision)
          expect(engine.segments.has('odd', 'counter')).toBe(count % 2 === 1)
          const transitions: Transition[] = []
          for await (const each of engine.transitionsBetween(0, engine.now + 1)) transitions.push(each)
          expect(transitions.map(({ seq }) => seq)).toEqual(Array.from({ length: count }, (_, place) => place + 1))
          expect(Math.max(0, ...heard)).toBeLessThanOrEqual(transitions.length)
          expect(heard.size).toBe(Math.max(0, ...heard))
          await engine.close()
        }
      } finally {
        rmSync(directory, { recursive: true })
      }
    },
  )
})
