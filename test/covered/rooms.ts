// Prints how much of each room's branches the tests have taken, from what `vitest run --coverage` left in coverage/, and each
// branch of the core that none took and `exceptions.ts` does not name; fails where there is one, and on an exception that is
// none any more. `npm run test:coverage`

import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { rooms as layered } from '../architecture/layers.js'
import { exceptions, type Exception } from './exceptions.js'

/** The core: from the ground to the engine. */
const core: readonly string[] = layered.slice(0, layered.indexOf('engine') + 1)

/** What Istanbul writes of a file. */
interface FileCoverage {
  readonly path: string
  readonly branchMap: Readonly<Record<string, Branch>>
  readonly b: Readonly<Record<string, readonly number[]>>
}

interface Branch {
  readonly type: string
  readonly locations: readonly Place[]
}

interface Place {
  readonly start: { readonly line?: number; readonly column?: number }
}

const files = Object.values(
  JSON.parse(readFileSync(process.argv[2] ?? 'coverage/coverage-final.json', 'utf8')) as Readonly<
    Record<string, FileCoverage>
  >,
)
const rooms = new Map<string, { taken: number; all: number }>()
const missed: string[] = []
const used = new Set<Exception>()
let fallbacks = 0
const sources = new Map<string, readonly string[]>()

for (const { path, branchMap, b } of files) {
  const file = relative('.', path)
  const room = file.split('/')[1] ?? ''
  const counts = rooms.get(room) ?? { taken: 0, all: 0 }
  rooms.set(room, counts)
  for (const [id, ways] of Object.entries(b)) {
    for (const [way, count] of ways.entries()) {
      counts.all += 1
      if (count > 0) counts.taken += 1
      else if (core.includes(room)) note(file, branchMap[id], way)
    }
  }
}

for (const place of missed.sort()) console.log(place)
const idle = exceptions.filter((exception) => !used.has(exception))
for (const { file, line } of idle) console.log(`src/${file}: taken, or not there any more: ${line}`)
const inOrder = [...rooms].sort(([a], [b]) => orderOf(a) - orderOf(b) || (a < b ? -1 : 1))
for (const [room, { taken, all }] of inOrder) {
  const share = all === 0 ? 100 : (100 * taken) / all
  console.log(`${room.padEnd(12)} ${share.toFixed(2).padStart(6)} %  ${String(taken)} of ${String(all)} branches`)
}

console.log(
  `Of the core ${String(missed.length)} branches are taken by no test and named nowhere; ${String(fallbacks)} stand behind ??, ` +
    `${String(used.size)} exceptions are named.`,
)
if (missed.length + idle.length > 0) process.exitCode = 1

/** Takes note of a branch that no test took. */
function note(file: string, branch: Branch | undefined, way: number): void {
  const { line, column } = placeOf(branch, way)
  const lines = sourceOf(file)
  const before = `${lines[line - 2] ?? ''} ${(lines[line - 1] ?? '').slice(0, column)}`.trimEnd()
  if (branch?.type === 'binary-expr' && before.endsWith('??')) {
    fallbacks += 1
    return
  }
  const text = lines[line - 1] ?? ''
  const exception = exceptions.find((each) => file === `src/${each.file}` && text.includes(each.line))
  if (exception === undefined) missed.push(`${file}:${String(line)}:${String(column)} ${branch?.type ?? ''}`)
  else used.add(exception)
}

function sourceOf(file: string): readonly string[] {
  const known = sources.get(file)
  if (known !== undefined) return known
  const lines = readFileSync(file, 'utf8').split('\n')
  sources.set(file, lines)
  return lines
}

function orderOf(room: string): number {
  const place = core.indexOf(room)
  return place < 0 ? core.length : place
}

function placeOf(branch: Branch | undefined, way: number): { readonly line: number; readonly column: number } {
  // An `else` that is not written has no place of its own.
  const own = branch?.locations[way]?.start
  const { line = 0, column = 0 } = own?.line === undefined ? (branch?.locations[0]?.start ?? {}) : own
  return { line, column }
}
