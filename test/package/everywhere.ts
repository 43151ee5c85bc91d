// Packs the package and runs one scenario, as a module and as CommonJS, under every runtime that npm has, and type-checks
// a user's file under every line of TypeScript. All must say what the Node at hand says. `npm run test:everywhere`, or with
// the names of some: `npm run test:everywhere -- bun typescript@5.4`. It downloads about 100 MB a runtime into a folder
// of its own. What is not run here: workerd, and browsers but for the storage that has tests of its own in Chromium.

import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { scenario } from './everywhere-scenario.js'
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

const use = `
import { createEngine, defineSchema, field, rulesFor, verify, type Engine } from 'coterie'
import { matches } from 'coterie/rules'
import { analyseRule } from 'coterie/analysis'
import { printRule } from 'coterie/language'
const schema = defineSchema({ attributes: { plan: field.oneOf('free', 'pro'), spent: field.number() } })
const { attribute } = rulesFor(schema)
const engine: Engine<typeof schema> = createEngine({ schema, now: 0 })
const rule = attribute('plan').equals('pro')
// @ts-expect-error the plan is one of two
attribute('plan').equals('fre')
// @ts-expect-error a plan is no number
attribute('plan').greaterThan(3)
const answers: boolean = matches(rule, { id: 'ada' }, { now: 0, schema })
export const all: readonly unknown[] = [verify(engine), answers, analyseRule(rule, { schema }), printRule(rule)]
`

const kinds = { module: 'scenario.mjs', commonjs: 'scenario.cjs' } as const

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

function checkRuntime(packed: Packed, name: string, expected: string): void {
  const command = join(installed(packed, name), name.replace(/@.*/, ''))
  for (const [kind, file] of Object.entries(kinds)) {
    const printed = ran(packed, command, [...(runtimes[name] ?? []), file])
    if (printed !== expected) throw new Error(`${kind}: it says otherwise:\n${printed}\nand should say\n${expected}`)
  }
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
  for (const kind of ['module', 'commonjs'] as const) writeFileSync(join(packed.project, kinds[kind]), scenario(kind))
  writeFileSync(join(packed.project, 'use.mts'), use)
  const expected = ran(packed, process.execPath, [kinds.module])
  const works: readonly (readonly [string, () => void])[] = [
    ...Object.keys(runtimes).map(
      (name) =>
        [
          name,
          () => {
            checkRuntime(packed, name, expected)
          },
        ] as const,
    ),
    ...compilers.map(
      (name) =>
        [
          name,
          () => {
            checkCompiler(packed, name)
          },
        ] as const,
    ),
  ]
  for (const [name, work] of works) {
    if (words.length > 0 && !words.includes(name)) continue
    try {
      work()
      console.log(`ok      ${name}`)
    } catch (error) {
      failed.push(name)
      const printed = (error as { readonly stdout?: string }).stdout ?? ''
      console.log(`FAILED  ${name}: ${error instanceof Error ? error.message : String(error)}\n${printed}`)
    }
  }
} finally {
  rmSync(packed.root, { recursive: true, force: true })
}
if (failed.length > 0) process.exitCode = 1
