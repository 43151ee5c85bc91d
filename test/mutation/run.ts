// Mutation testing, by room or by file: `npm run test:mutation -- delivery segments/settlement`; without names every room of
// `rooms.ts`, which takes hours. What was tried before and has not changed since is not tried again (coverage/mutation). Properties run
// with one seed and a tenth of their runs, so that a mutant costs seconds; COTERIE_RUNS and COTERIE_SEED say otherwise. With
// `-- --share 0.2 rules` only a part of the lines is mutated, drawn by the seed in blocks of ten, for a score that is near. What is
// worked out once, as its file is loaded, concerns every test, so that a mutant of it costs as much as all of them: with `--skip-static`
// such mutants are left out, and counted. What survives is tried once more by all tests of the room, with the mutant in place before any
// file is loaded (see `as-static.ts`), and what survives that by its long tests, where it has some. Mutants that `equivalent/` names
// are not: they do the same, and each would take all of that time.

import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, readdirSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { md5First32 } from '../../src/base/md5.js'
import { equivalents, type Equivalent } from './equivalent/index.js'
import { rooms, type Room } from './rooms.js'

interface Position {
  readonly line: number
  readonly column: number
}

/** What Stryker writes of a mutant. */
interface Mutant {
  readonly mutatorName: string
  readonly status: string
  readonly replacement?: string
  readonly location: { readonly start: Position; readonly end: Position }
}

interface MutatedFile {
  readonly source: string
  readonly mutants: readonly Mutant[]
}

interface Report {
  readonly files: Readonly<Record<string, MutatedFile>>
}

const folder = 'coverage/mutation'
const { values, positionals: names } = parseArgs({
  allowPositionals: true,
  options: { share: { type: 'string' }, 'skip-static': { type: 'boolean', default: false } },
})
const share = values.share === undefined ? undefined : Number(values.share)
const seed = process.env['COTERIE_SEED'] ?? '1'
mkdirSync(folder, { recursive: true })

const low: string[] = []
const stale: string[] = []
for (const name of names.length > 0 ? names : Object.keys(rooms)) {
  const [roomName = '', ...path] = name.split('/')
  const room = rooms[roomName]
  if (room === undefined) throw new Error(`no such room: ${name}; there are ${Object.keys(rooms).join(', ')}`)
  const files = path.length === 0 ? room.files : [`src/${name}.ts`]
  const mutated = share === undefined ? files : drawn(path.length === 0 ? filesOf(roomName, room) : files, share)
  const { tests, long = [] } = room
  const skipsStatic = values['skip-static']
  let report = tried(name, { tests, without: long }, mutated, skipsStatic ? ['--ignoreStatic'] : [])
  const again = (by: string, asked: Asked): void => {
    const left = survivorsOf(report)
    if (left.length === 0 || asked.tests.length === 0) return
    report = withNoticed(report, tried(`${name}.${by}`, asked, left.map(rangeOf), []))
  }
  again('again', { tests, without: long, all: true })
  again('long', { tests: long })
  const score = scoreOf(name, report)
  if (score < 90) low.push(name)
}
if (low.length > 0) console.log(`Below 90 %: ${low.join(', ')}`)
for (const one of stale) console.log(`Noticed, or not there any more: ${one}`)
if (low.length > 0 || stale.length > 0) process.exitCode = 1

/** Which tests are asked, and whether each of them is, of every mutant. */
interface Asked {
  readonly tests: readonly string[]
  readonly without?: readonly string[]
  readonly all?: boolean
}

/** Runs Stryker over files, or pieces of them; what it did not change since the last time, it does not try again. */
function tried(
  name: string,
  { tests, without = [], all = false }: Asked,
  mutated: readonly string[],
  options: readonly string[],
): Report {
  const incremental = `${folder}/${name.replaceAll('/', '.')}${share === undefined ? '' : '.share'}.incremental.json`
  const { status } = spawnSync(
    'npx',
    [
      ...['stryker', 'run', 'test/mutation/stryker.json', '--mutate', mutated.join(',')],
      ...['--incrementalFile', incremental, ...options],
    ],
    {
      stdio: 'inherit',
      env: {
        COTERIE_RUNS: '0.1',
        ...process.env,
        COTERIE_SEED: seed,
        COTERIE_TESTS: tests.join(' '),
        COTERIE_NO_TESTS: without.join(' '),
        COTERIE_ALL_TESTS: all ? '1' : '0',
      },
    },
  )
  if (status !== 0) throw new Error(`Stryker failed for ${name}`)
  return JSON.parse(readFileSync(`${folder}/report.json`, 'utf8')) as Report
}

/** What no test noticed and nobody named, with the file that it is in. */
function survivorsOf({ files }: Report): readonly (readonly [file: string, mutant: Mutant])[] {
  return Object.entries(files).flatMap(([file, { source, mutants }]) =>
    mutants
      .filter((one) => isMissed(one) && knownOf(file, lineOf(source, one), one) === undefined)
      .map((one) => [file, one] as const),
  )
}

function isMissed({ status }: Mutant): boolean {
  return status === 'Survived' || status === 'NoCoverage'
}

function isNoticed({ status }: Mutant): boolean {
  return status === 'Killed' || status === 'Timeout'
}

/** The piece of a file that a mutant replaces, as Stryker takes it: columns from 0. */
function rangeOf([file, { location }]: readonly [file: string, mutant: Mutant]): string {
  const { start, end } = location
  return `${file}:${[start, end].map(({ line, column }) => `${String(line)}:${String(column - 1)}`).join('-')}`
}

/** A report in which those count as noticed that another one says were. */
function withNoticed({ files }: Report, other: Report): Report {
  const nameOf = ({ location, replacement }: Mutant): string => JSON.stringify([location, replacement])
  const merged = Object.entries(files).map(([file, { source, mutants }]): readonly [string, MutatedFile] => {
    const again = new Map(other.files[file]?.mutants.map((mutant) => [nameOf(mutant), mutant]))
    const noticed = (mutant: Mutant): Mutant => {
      const found = again.get(nameOf(mutant))
      return found !== undefined && isNoticed(found) ? found : mutant
    }
    return [file, { source, mutants: mutants.map(noticed) }]
  })
  return { files: Object.fromEntries(merged) }
}

/** The source files of a room that are mutated. */
function filesOf(name: string, { files }: Room): readonly string[] {
  const all = readdirSync(`src/${name}`, { recursive: true, encoding: 'utf8' })
  return all.map((file) => `src/${name}/${file}`).filter((file) => file.endsWith('.ts') && !files.includes(`!${file}`))
}

/** A part of the lines of files, as Stryker takes them, in blocks of ten lines. */
function drawn(files: readonly string[], part: number): readonly string[] {
  return files.flatMap((file) => {
    const blocks = Math.ceil(readFileSync(file, 'utf8').split('\n').length / 10)
    return Array.from({ length: blocks }, (_, block) => block)
      .filter((block) => md5First32(`${seed} ${file} ${String(block)}`) < part * 2 ** 32)
      .map((block) => `${file}:${String(10 * block + 1)}-${String(10 * block + 10)}`)
  })
}

/** Prints the survivors of a room that are not named, each on a line, and its score in percent. */
function scoreOf(name: string, { files }: Report): number {
  const counts: Record<string, number> = {}
  const named = new Set<string>()
  let noticed = 0
  let missed = 0
  let equivalent = 0
  for (const [file, { source, mutants }] of Object.entries(files)) {
    for (const mutant of mutants) {
      const { status, mutatorName, location } = mutant
      counts[status] = (counts[status] ?? 0) + 1
      if (isNoticed(mutant)) {
        noticed += 1
        continue
      }
      const line = lineOf(source, mutant)
      const made = madeBy(mutant)
      const known = knownOf(file, line, mutant)
      // It is there, also where it was left out.
      if (known !== undefined) named.add(keyOf(known, made))
      if (!isMissed(mutant)) continue
      if (known === undefined) {
        missed += 1
        console.log(
          `${status}  ${file}:${String(location.start.line)}  ${mutatorName}: ${made.slice(0, 80)}\n    ${line}`,
        )
      } else equivalent += 1
    }
  }
  // Of a part of the lines it cannot be told.
  const asked = equivalents.filter(({ file }) => share === undefined && Object.hasOwn(files, `src/${file}`))
  for (const each of asked) {
    for (const made of each.mutants.filter((made) => !named.has(keyOf(each, made)))) {
      stale.push(`${each.file}  ${each.line}  ${made}`)
    }
  }
  const score = (100 * noticed) / Math.max(1, noticed + missed)
  const told = [`${String(noticed)} noticed`, `${String(missed)} not`, `${String(equivalent)} equivalent`]
  console.log(`${name}: ${score.toFixed(1)} % (${told.join(', ')}; ${JSON.stringify(counts)})`)
  return score
}

/** The line that a mutant begins in. */
function lineOf(source: string, { location }: Mutant): string {
  return source.split('\n')[location.start.line - 1]?.trim() ?? ''
}

/** What stands there instead, with single spaces. */
function madeBy({ replacement = '' }: Mutant): string {
  return replacement.replaceAll(/\s+/g, ' ')
}

/** What is said of a mutant that does the same. */
function knownOf(file: string, line: string, mutant: Mutant): Equivalent | undefined {
  const made = madeBy(mutant)
  return equivalents.find(
    (each) => file === `src/${each.file}` && line.includes(each.line) && each.mutants.includes(made),
  )
}

function keyOf({ file, line }: Equivalent, made: string): string {
  return JSON.stringify([file, line, made])
}
