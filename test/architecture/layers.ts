// The layers: which file of src may import which.
//
// The rooms stand in one order, and a file imports from its own room and from rooms to its left. Entry points stand
// above them. A circle among files is a fault too; between rooms it cannot arise without breaking the order, so the
// search for circles only has something of its own to say inside a room. Types count like values: a circle of types
// is a knot for the reader all the same.

import { posix } from 'node:path'
import { importLines, type SourceTree } from './source-tree.js'

/** From the foundation up: each room imports only from those before it. */
export const rooms = [
  'base',
  'contacts',
  'rules',
  'changes',
  'store',
  'selection',
  'tags',
  'predicates',
  'segments',
  'delivery',
  'engine',
  'population',
  'durable',
] as const

/** Rooms above the engine: each an entry point of its own, that may use every room and these packages, but not its likes. */
const besides: Readonly<Record<string, readonly string[]>> = {
  import: ['papaparse'],
  export: [],
  'storage/file': ['node:fs/promises', 'node:os', 'node:path', 'node:process', 'node:timers'],
  'storage/sql': ['kysely'],
  'storage/redis': [],
  'storage/indexeddb': [],
  testing: ['fast-check'],
  reports: [],
  audiences: [],
  automation: [],
  tagging: [],
  analysis: [],
  language: [],
}

/** What a room beside the others may use besides: laws are proved where they can be. */
const uses: Readonly<Record<string, readonly string[]>> = {
  testing: ['analysis', 'language'],
  tagging: ['language'],
}

/** The entry points, each with the rooms it may hand on. They are the only barrels. */
const entries: Readonly<Record<string, readonly string[]>> = {
  'index.ts': rooms,
  'rules/index.ts': ['base', 'contacts', 'rules'],
  'audiences/index.ts': ['audiences', ...rooms],
  'automation/index.ts': ['automation', 'tagging', ...rooms],
  'reports/index.ts': ['reports', ...rooms],
  'import/index.ts': ['import', 'export', 'population'],
  'storage/file/index.ts': ['storage/file'],
  'storage/sql/index.ts': ['storage/sql'],
  'storage/redis/index.ts': ['storage/redis'],
  'storage/indexeddb/index.ts': ['storage/indexeddb'],
  'testing/index.ts': ['testing'],
  'analysis/index.ts': ['analysis'],
  'language/index.ts': ['base', 'contacts', 'rules', 'language'],
}

/** Everything in a source tree that breaks the layers, one sentence each, naming the file and the line. */
export function layerFaults(tree: SourceTree): string[] {
  const faults: string[] = []
  const graph = new Map<string, Map<string, number>>()
  for (const [path, text] of tree) {
    const place = placeFault(path)
    if (place !== undefined) faults.push(`src/${path}: ${place}`)
    const targets = new Map<string, number>()
    graph.set(path, targets)
    for (const { specifier, line } of importLines(path, text)) {
      const target = specifier.startsWith('.') ? targetOf(path, specifier) : undefined
      const fault = target === undefined ? packageFault(path, specifier) : importFault(tree, path, target)
      if (fault !== undefined) faults.push(`src/${path}:${line} imports '${specifier}': ${fault}`)
      if (target !== undefined && tree.has(target)) targets.set(target, line)
    }
  }
  return [...faults, ...circleFaults(graph)]
}

/** The file a relative import means: `./civil.js` in `base/durations.ts` is `base/civil.ts`. */
function targetOf(path: string, specifier: string): string {
  return posix.join(posix.dirname(path), specifier).replace(/\.js$/, '.ts')
}

/** The folder in `src`; of `storage` the one in that, since each storage is a room of its own. */
function roomOf(path: string): string {
  const folders = path.split('/').slice(0, -1)
  return folders.slice(0, folders[0] === 'storage' ? 2 : 1).join('/')
}

function rankOf(room: string): number {
  return (rooms as readonly string[]).indexOf(room)
}

function placeFault(path: string): string | undefined {
  if (path in entries) return undefined
  if (posix.basename(path) === 'index.ts') return 'a barrel that is no entry point'
  const room = roomOf(path)
  return rankOf(room) >= 0 || room in besides ? undefined : 'it stands in no room that the order of the rooms knows'
}

function packageFault(path: string, specifier: string): string | undefined {
  const room = roomOf(path)
  if (besides[room]?.includes(specifier) === true) return undefined
  return room in besides ? `src/${room} may not use this package` : 'the core depends on no package and no built-in'
}

function importFault(tree: SourceTree, path: string, target: string): string | undefined {
  if (target.startsWith('..')) return 'it leads out of src'
  if (!tree.has(target)) return 'there is no such file'
  const from = roomOf(path)
  const to = roomOf(target)
  const handsOn = entries[path]
  if (target in entries) {
    const allowed = target === 'rules/index.ts' || target === 'index.ts'
    const mayUse = (from in besides && handsOn === undefined) || (path === 'index.ts' && target === 'rules/index.ts')
    return allowed && mayUse ? undefined : 'an entry point is for those outside: import the file that holds the thing'
  }
  if (handsOn !== undefined) return handsOn.includes(to) ? undefined : `src/${path} hands on only ${list(handsOn)}`
  if (from in besides)
    return from === to || rankOf(to) >= 0 || uses[from]?.includes(to) === true
      ? undefined
      : `src/${from} may not use src/${to}`
  return rankOf(to) >= 0 && rankOf(to) <= rankOf(from)
    ? undefined
    : `src/${from} comes before src/${to} (${rooms.join(' < ')})`
}

function list(names: readonly string[]): string {
  return names.map((name) => `src/${name}`).join(', ')
}

/** Each circle once, as the imports that close it. Depth first; a file on the current path that is met again closes one. */
function circleFaults(graph: ReadonlyMap<string, ReadonlyMap<string, number>>): string[] {
  const faults: string[] = []
  const done = new Set<string>()
  const trail: string[] = []
  const visit = (path: string): void => {
    const seenAt = trail.indexOf(path)
    if (seenAt >= 0) {
      const circle = [...trail.slice(seenAt), path]
      const steps = circle.slice(1).map((to, index) => {
        const from = circle[index] ?? ''
        return `src/${from}:${graph.get(from)?.get(to) ?? 0}`
      })
      faults.push(`a circle of imports: ${circle.map((name) => `src/${name}`).join(' → ')} (${steps.join(', ')})`)
      return
    }
    if (done.has(path)) return
    trail.push(path)
    for (const target of graph.get(path)?.keys() ?? []) visit(target)
    trail.pop()
    done.add(path)
  }
  for (const path of graph.keys()) visit(path)
  return faults
}
