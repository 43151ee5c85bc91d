import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Where the peers are installed, seen from the root. */
export const peerFolder = 'bench/peers'

/** A peer's module, of which what is used is written down as a type: it is not installed where this is type-checked. */
export async function loadPeer(name: string): Promise<unknown> {
  const { load } = (await import(pathToFileURL(resolve(peerFolder, 'load.mjs')).href)) as {
    load: (name: string) => Promise<unknown>
  }
  return load(name)
}

/** A package with the version of it that is installed. */
export function withVersion(name: string): string {
  const text = readFileSync(resolve(peerFolder, 'node_modules', name, 'package.json'), 'utf8')
  return `${name} ${(JSON.parse(text) as { version: string }).version}`
}
