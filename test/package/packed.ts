import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** What `npm pack` puts into the archive besides what is built, if it is there. */
const companions = ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md', 'docs/rule.schema.json']

/** The peers that an entry point imports, or whose types it names; all others are handed in, or loaded when first used. */
const peers = ['kysely', 'fast-check']

/** The entry points that do not load without their peer. */
const needPeers = ['coterie/storage/sql']

/** The project to use entry points in: one with peers where one of them loads a peer. */
function projectFor({ project, projectWithPeers }: Packed, source: string): string {
  return needPeers.some((name) => source.includes(`'${name}'`)) ? projectWithPeers : project
}

/** The package as somebody installs it. */
export interface Packed {
  /** The folder of a project that has coterie, and nothing else, in its node_modules. */
  readonly project: string
  /** The folder of one that has the peers too which some entry points load. */
  readonly projectWithPeers: string
  /** The paths of the packed files. */
  readonly files: readonly string[]
  readonly root: string
}

/** Builds and packs the package in a folder of its own, which the caller removes: `root`. */
export async function pack(): Promise<Packed> {
  const root = mkdtempSync(join(tmpdir(), 'coterie-packed-'))
  const staged = join(root, 'staged')
  mkdirSync(staged)
  await execute(process.execPath, [
    'node_modules/tsup/dist/cli-default.js',
    '--out-dir',
    join(staged, 'dist'),
    '--silent',
  ])
  for (const name of companions) if (existsSync(name)) cpSync(name, join(staged, name))
  const { stdout } = await npm(['pack', '--json', '--ignore-scripts', '--pack-destination', root], staged)
  const [packed] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }]
  const installed = join(root, 'project', 'node_modules', 'coterie')
  mkdirSync(installed, { recursive: true })
  await execute('tar', ['-xzf', join(root, packed.filename), '-C', installed, '--strip-components=1'])
  const [project, projectWithPeers] = [join(root, 'project'), join(root, 'project-with-peers')]
  cpSync(project, projectWithPeers, { recursive: true })
  for (const peer of peers)
    symlinkSync(join(process.cwd(), 'node_modules', peer), join(projectWithPeers, 'node_modules', peer), 'junction')
  for (const folder of [project, projectWithPeers])
    writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n')
  return { project, projectWithPeers, root, files: packed.files.map((file) => file.path).sort() }
}

/** Runs a script in the project as `node` would, and gives the JSON value that it prints. */
export async function run(packed: Packed, kind: 'module' | 'commonjs', script: string): Promise<unknown> {
  const project = projectFor(packed, script)
  const file = join(project, kind === 'module' ? 'script.mjs' : 'script.cjs')
  writeFileSync(file, script)
  const { stdout } = await execute(process.execPath, [file], { cwd: project })
  return JSON.parse(stdout)
}

/** Type-checks files of the project under the settings of a strict user; gives what the compiler prints. */
export async function compile(packed: Packed, files: Readonly<Record<string, string>>): Promise<string> {
  const project = projectFor(packed, Object.values(files).join('\n'))
  for (const [name, source] of Object.entries(files)) writeFileSync(join(project, name), source)
  const flags = [
    '--noEmit',
    '--strict',
    '--exactOptionalPropertyTypes',
    '--skipLibCheck',
    'false',
    '--target',
    'es2022',
  ]
  const args = ['--ignoreConfig', '--module', 'nodenext', ...flags, ...Object.keys(files)]
  const compiler = join(process.cwd(), 'node_modules/typescript/bin/tsc')
  const { stdout } = await execute(process.execPath, [compiler, ...args], { cwd: project }).catch(printed)
  return stdout
}

/** What a process that failed had printed; anything else goes on failing. */
function printed(error: unknown): { stdout: string } {
  if (error instanceof Error && 'stdout' in error && typeof error.stdout === 'string') return { stdout: error.stdout }
  throw error
}

function npm(args: readonly string[], cwd: string): Promise<{ stdout: string }> {
  return execute('npm', [...args], { cwd, shell: process.platform === 'win32' })
}
