// Every ts code block of the README and of docs/ is type-checked and run, and its promises are held. How blocks are
// written is said in blocks.ts, how they join in modules.ts, and what a promise is in promises.ts.

import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { blocksOf } from './blocks.js'
import { modulesOf } from './modules.js'
import { typeFaults } from './type-check.js'

const generated = ['docs/api/', 'docs/playground/']

function pages(): string[] {
  const guides = existsSync('docs') ? readdirSync('docs', { recursive: true, encoding: 'utf8' }) : []
  return ['README.md', ...guides.map((path) => `docs/${path.replaceAll('\\', '/')}`)]
    .filter((path) => path.endsWith('.md') && existsSync(path) && !generated.some((folder) => path.startsWith(folder)))
    .sort()
}

const modules = pages().flatMap((page) => modulesOf(page, blocksOf(page, readFileSync(page, 'utf8'))))
const runnable = modules.filter((module) => module.run !== undefined)

describe('the documentation', () => {
  it('shows code in the README', () => {
    expect(modules.filter((module) => module.page === 'README.md')).not.toEqual([])
  })

  it('compiles', () => {
    expect(typeFaults(modules)).toEqual([])
  })
})

describe.runIf(runnable.length > 0)('the documentation, run', () => {
  let folder = ''
  const held: string[] = []

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'coterie-docs-'))
    vi.stubGlobal('__holds', (actual: unknown, expected: unknown, place: string) => {
      expect(actual, place).toEqual(expected)
      held.push(place)
    })
    for (const method of ['log', 'info', 'warn', 'error', 'table'] as const) {
      vi.spyOn(console, method).mockImplementation(() => {})
    }
  })

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true })
    vi.unstubAllGlobals()
    vi.restoreAllMocks()
  })

  it.each(runnable)('$name does what it says', async ({ name, run = '', promises }) => {
    const file = join(folder, `${name.replaceAll(/[^\w]/g, '-')}.ts`)
    writeFileSync(file, `${run}\nexport {}\n`)
    held.length = 0
    await import(/* @vite-ignore */ file).catch((error: unknown) => {
      throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
    })
    expect(
      promises.filter((place) => !held.includes(place)),
      'promises that were never reached',
    ).toEqual([])
  })
})
