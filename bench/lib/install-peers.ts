import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { peerFolder } from '../peers/installed.js'

/**
 * Installs what coterie is compared with, once. The peers have a package.json of their own, so that nobody who works on
 * the library waits for them. Those that cannot be installed are named in the tables.
 */
export function installPeers(): void {
  if (existsSync(join(peerFolder, 'node_modules'))) return
  console.log('Installing the peers')
  const { status } = spawnSync('npm', ['ci', '--prefix', peerFolder], { stdio: 'inherit' })
  if (status !== 0) console.log('Not all peers could be installed')
}
