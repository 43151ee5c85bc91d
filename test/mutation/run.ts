// Mutation testing, by room or by file: `npm run test:mutation -- delivery segments/settlement`; without names every room of
// `rooms.ts`, which takes hours. What was tried before and has not changed since is not tried again (coverage/mutation). Properties run
// with one seed and a tenth of their runs, so that a mutant costs seconds; COTERIE_RUNS and COTERIE_SEED say otherwise.

import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { rooms } from './rooms.js'

/** What Stryker writes of a mutant. */
interface Mutant {
  readonly mutatorName: string
  readonly status: string
  readonly replacement?: string
  readonly location: { readonly start: { readonly line: number; readonly column: number } }
}

interface Report {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>>
}

const folder = 'coverage/mutation'
const names = process.argv.slice(2)
mkdirSync(folder, { recursive: true })

const low: string[] = []
for (const name of names.length > 0 ? names : Object.keys(rooms)) {
  const [roomName = '', ...path] = name.split('/')
  const room = rooms[roomName]
  if (room === undefined) throw new Error(`no such room: ${name}; there are ${Object.keys(rooms).join(', ')}`)
  const files = path.length === 0 ? room.files : [`src/${name}.ts`]
  const incremental = `${folder}/${name.replaceAll('/', '.')}.incremental.json`
  const { status } = spawnSync(
    'npx',
    ['stryker', 'run', 'test/mutation/stryker.json', '--mutate', files.join(','), '--incrementalFile', incremental],
    {
      stdio: 'inherit',
      env: { COTERIE_RUNS: '0.1', COTERIE_SEED: '1', ...process.env, COTERIE_TESTS: room.tests.join(' ') },
    },
  )
  if (status !== 0) throw new Error(`Stryker failed for ${name}`)
  const score = scoreOf(name, JSON.parse(readFileSync(`${folder}/report.json`, 'utf8')) as Report)
  if (score < 90) low.push(name)
}
if (low.length > 0) {
  console.log(`Below 90 %: ${low.join(', ')}`)
  process.exitCode = 1
}

/** Prints the survivors of a room, each on a line, and its score in percent. */
function scoreOf(name: string, { files }: Report): number {
  const counts: Record<string, number> = {}
  for (const [file, { source, mutants }] of Object.entries(files)) {
    for (const { status, mutatorName, replacement = '', location } of mutants) {
      counts[status] = (counts[status] ?? 0) + 1
      if (status !== 'Survived' && status !== 'NoCoverage') continue
      const line = source.split('\n')[location.start.line - 1]?.trim() ?? ''
      const made = replacement.replaceAll(/\s+/g, ' ').slice(0, 80)
      console.log(`${status}  ${file}:${String(location.start.line)}  ${mutatorName}: ${made}\n    ${line}`)
    }
  }
  const noticed = (counts['Killed'] ?? 0) + (counts['Timeout'] ?? 0)
  const missed = (counts['Survived'] ?? 0) + (counts['NoCoverage'] ?? 0)
  const score = (100 * noticed) / Math.max(1, noticed + missed)
  console.log(
    `${name}: ${score.toFixed(1)} % (${String(noticed)} noticed, ${String(missed)} not; ${JSON.stringify(counts)})`,
  )
  return score
}
