import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'tsup'
import { built, installedPackage } from './built.js'

/*
 * What is measured is the package as somebody installs it: `dist`, built with the settings that it is released with, under a
 * `node_modules` of its own. The benchmark is built beside it and runs as plain JavaScript, since what runs TypeScript
 * directly adds code of its own to functions.
 */

/** Builds the package and the benchmark; gives the file that runs a case. */
export async function buildAll(): Promise<string> {
  rmSync(built, { recursive: true, force: true })
  mkdirSync(installedPackage, { recursive: true })
  writeFileSync(join(built, 'package.json'), '{ "private": true, "type": "module" }\n')
  cpSync('package.json', join(installedPackage, 'package.json'))
  await build({ outDir: join(installedPackage, 'dist'), dts: false, silent: true })
  await build({
    config: false,
    entry: { 'run-case': 'bench/run-case.ts', 'shard-worker': 'bench/lib/shard-worker.ts' },
    outDir: built,
    format: 'esm',
    target: 'node20',
    sourcemap: true,
    silent: true,
    skipNodeModulesBundle: true,
  })
  return join(built, 'run-case.js')
}
