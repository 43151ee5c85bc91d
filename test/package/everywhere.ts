// Packs the package and runs one scenario, as a module and as CommonJS, under every runtime that npm has and in Chromium,
// where there is one, and type-checks a user's file under every line of TypeScript. All must say what the Node at hand says.
// `npm run test:everywhere`, or with the names of some: `npm run test:everywhere -- bun typescript@5.4`. It downloads about
// 100 MB a runtime into a folder of its own.

import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { kinds, scenario, userFile, type Kind } from './everywhere-scenario.js'
import { chromiumAt, inChromium, inWorkerd } from './everywhere-hosts.js'
import { pack, type Packed } from './packed.js'

/** The runtimes by what npm calls them, with the arguments before the file. */
const runtimes: Readonly<Record<string, readonly string[]>> = {
  'node@20.19': [],
  'node@22': [],
  'node@24': [],
  'node@26': [],
  bun: [],
  deno: ['run', '--allow-all', '--quiet'],
}

/** Lines of the compiler. */
const compilers = ['typescript@5.4', 'typescript@5.9', 'typescript@6', 'typescript@7']

function installed(packed: Packed, name: string): string {
  const folder = join(packed.root, name.replaceAll(/\W/g, '-'))
  mkdirSync(folder, { recursive: true })
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--silent', '--prefix', folder, name], {
    stdio: 'inherit',
  })
  return join(folder, 'node_modules', '.bin')
}

function ran(packed: Packed, command: string, args: readonly string[]): string {
  return execFileSync(command, args, { cwd: packed.project, encoding: 'utf8', timeout: 120_000 }).trim()
}

function agree(kind: Kind, printed: string, expected: string): void {
  if (printed !== expected) throw new Error(`${kind}: it says otherwise:\n${printed}\nand should say\n${expected}`)
}

const both = Object.keys(kinds) as readonly Kind[]

function checkRuntime(packed: Packed, name: string, expected: string): void {
  const command = join(installed(packed, name), name.replace(/@.*/, ''))
  for (const kind of both) {
    const printed = ran(packed, command, [...(runtimes[name] ?? []), kinds[kind]])
    agree(kind, printed, expected)
  }
}

async function checkWorkerd(packed: Packed, expected: string): Promise<void> {
  const command = join(installed(packed, 'workerd'), 'workerd')
  for (const kind of both) agree(kind, await inWorkerd(packed, command, kind), expected)
}

async function checkChromium(packed: Packed, expected: string): Promise<void> {
  for (const kind of both) agree(kind, await inChromium(packed, kind), expected)
}

function checkCompiler(packed: Packed, name: string): void {
  const command = join(installed(packed, name), 'tsc')
  const flags = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022', '--skipLibCheck', 'false']
  ran(packed, command, [...flags, 'use.mts'])
}

const words = process.argv.slice(2)
const packed = await pack()
const failed: string[] = []
try {
  for (const kind of both) writeFileSync(join(packed.project, kinds[kind]), scenario(kind))
  writeFileSync(join(packed.project, 'use.mts'), userFile)
  const expected = ran(packed, process.execPath, [kinds.module])
  const works: Readonly<Record<string, () => void | Promise<void>>> = {
    ...Object.fromEntries(
      Object.keys(runtimes).map((name) => [
        name,
        () => {
          checkRuntime(packed, name, expected)
        },
      ]),
    ),
    workerd: () => checkWorkerd(packed, expected),
    chromium: () => checkChromium(packed, expected),
    ...Object.fromEntries(
      compilers.map((name) => [
        name,
        () => {
          checkCompiler(packed, name)
        },
      ]),
    ),
  }
  for (const [name, work] of Object.entries(works)) {
    if (words.length > 0 && !words.includes(name)) continue
    if (name === 'chromium' && chromiumAt === undefined) {
      console.log('NOT RUN chromium: there is none at /usr/bin/chromium, and COTERIE_CHROMIUM names none')
      continue
    }
    try {
      await work()
      console.log(`ok      ${name}`)
    } catch (error) {
      failed.push(name)
      const { stdout = '', stderr = '' } = error as { readonly stdout?: string; readonly stderr?: string }
      console.log(`FAILED  ${name}: ${error instanceof Error ? error.message : String(error)}\n${stdout}\n${stderr}`)
    }
  }
} finally {
  rmSync(packed.root, { recursive: true, force: true })
}
if (failed.length > 0) process.exitCode = 1
