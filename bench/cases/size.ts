import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { markdownTable } from '../../docs/scripts/markdown-table.js'
import { built, installedPackage } from '../lib/built.js'
import { notRun, type Finished, type Outcome, type Plan, type Topic } from '../lib/case.js'
import { told, toldLimit } from '../lib/numbers.js'
import type { Settings } from '../lib/settings.js'
import { peerFolder, withVersion } from '../peers/installed.js'

/*
 * Workload F: what a page has to load, minified and gzipped, of what is used of a package, by size-limit.
 */

interface Measured {
  readonly name: string
  readonly path: string
  readonly import: string
  /** The most that it is to be, in kB. */
  readonly most?: number
}

const ours: readonly Measured[] = [
  { name: 'coterie/rules: { matches }', path: 'rules.js', import: '{ matches }', most: 8 },
  { name: 'coterie/rules: all of it', path: 'rules.js', import: '*', most: 18 },
  {
    name: 'coterie: { createEngine, defineSchema, rulesFor }',
    path: 'index.js',
    import: '{ createEngine, defineSchema, rulesFor }',
    most: 30,
  },
]

/** What of each peer is used. */
const peers: Readonly<Record<string, string>> = {
  sift: '{ default }',
  '@ucast/mongo2js': '{ guard }',
  '@growthbook/growthbook': '{ evalCondition }',
  'json-logic-engine': '{ LogicEngine }',
  mingo: '{ Query }',
  '@tanstack/db': '{ createCollection, createLiveQueryCollection }',
}

function plans(settings: Settings): readonly Plan[] {
  const parameters = { peers: settings.peers }
  return [{ topic: 'size', subject: 'all', group: 'size', parameters }]
}

function run({ parameters }: Plan): Promise<Outcome> {
  const dist = join(installedPackage, 'dist')
  const measured = [
    ...ours.map((each) => ({ ...each, path: join(dist, each.path) })),
    ...(parameters['peers'] === true ? Object.entries(peers).map(([name, used]) => peerEntry(name, used)) : []),
  ]
  const config = join(built, 'sizes.json')
  writeFileSync(
    config,
    JSON.stringify(
      measured.map(({ name, path, import: used }) => ({ name, path: resolve(path), import: used, gzip: true })),
    ),
  )
  const { stdout } = spawnSync('node_modules/.bin/size-limit', ['--json', '--config', config], { encoding: 'utf8' })
  const found = JSON.parse(stdout) as readonly { readonly name: string; readonly size: number }[]
  return Promise.resolve({ figures: Object.fromEntries(found.map(({ name, size }) => [name, size])) })
}

/** A module that hands on what is used of a peer, from where the peer is found. */
function peerEntry(name: string, used: string): Measured {
  const folder = join(peerFolder, 'node_modules', '.sizes')
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${name.replaceAll(/\W/g, '-')}.mjs`)
  writeFileSync(path, `export ${used} from '${name}'\n`)
  return { name: `${withVersion(name)}: ${used}`, path, import: '*' }
}

function report(finished: readonly Finished[]): string {
  const figures = finished[0]?.outcome?.figures ?? {}
  const limits = new Map(ours.map(({ name, most }) => [name, most]))
  const rows = Object.entries(figures).map(([name, size]) => {
    const kilobytes = (size as number) / 1_000
    const most = limits.get(name)
    return [name, most === undefined ? told(kilobytes) : toldLimit(kilobytes, most)]
  })
  return [markdownTable(['what', 'kB'], rows), notRun(finished)].filter((part) => part !== '').join('\n\n')
}

export const size: Topic = { name: 'size', plans, run, report }
