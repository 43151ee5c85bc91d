// Prints how much of each room's branches the tests have taken, and each branch that none took, from what
// `vitest run --coverage` left in coverage/. `npm run test:coverage`

import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { rooms as layered } from '../architecture/layers.js'

/** The core: from the ground to the engine. */
const core: readonly string[] = layered.slice(0, layered.indexOf('engine') + 1)

/** What Istanbul writes of a file. */
interface FileCoverage {
  readonly path: string
  readonly branchMap: Readonly<Record<string, { readonly type: string; readonly locations: readonly Place[] }>>
  readonly b: Readonly<Record<string, readonly number[]>>
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

for (const { path, branchMap, b } of files) {
  const file = relative('.', path)
  const room = file.split('/')[1] ?? ''
  const counts = rooms.get(room) ?? { taken: 0, all: 0 }
  rooms.set(room, counts)
  for (const [id, ways] of Object.entries(b)) {
    for (const [way, count] of ways.entries()) {
      counts.all += 1
      if (count > 0) counts.taken += 1
      else if (core.includes(room)) missed.push(`${file}:${placeOf(branchMap[id], way)}`)
    }
  }
}

for (const place of missed.sort()) console.log(place)
const inOrder = [...rooms].sort(([a], [b]) => orderOf(a) - orderOf(b) || (a < b ? -1 : 1))
for (const [room, { taken, all }] of inOrder) {
  const share = all === 0 ? 100 : (100 * taken) / all
  console.log(`${room.padEnd(12)} ${share.toFixed(2).padStart(6)} %  ${String(taken)} of ${String(all)} branches`)
}

function orderOf(room: string): number {
  const place = core.indexOf(room)
  return place < 0 ? core.length : place
}

function placeOf(branch: FileCoverage['branchMap'][string] | undefined, way: number): string {
  // An `else` that is not written has no place of its own.
  const own = branch?.locations[way]?.start
  const { line = 0, column = 0 } = own?.line === undefined ? (branch?.locations[0]?.start ?? {}) : own
  return `${String(line)}:${String(column)} ${branch?.type ?? ''}`
}
