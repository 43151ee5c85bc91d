import { existsSync } from 'node:fs'
import { isReachable } from './reachable.js'

/*
 * Where the real thing is not here its tests are skipped, and that is said aloud: a run that left something out is not to be taken
 * for a whole one.
 */

/** Says that something was not run. */
function sayNotRun(what: string, why: string): void {
  process.stderr.write(`\n*** NOT RUN: ${what}: ${why}\n\n`)
}

/** Whether a server listens on a port of this machine; where none does, says that its tests are not run. */
export async function hasServer(name: string, port: number): Promise<boolean> {
  if (await isReachable(port)) return true
  sayNotRun(name, `nothing listens on 127.0.0.1:${String(port)}`)
  return false
}

/** Whether a program is there; where it is not, says that its tests are not run. */
export function hasProgram(name: string, path: string): boolean {
  if (existsSync(path)) return true
  sayNotRun(name, `there is no ${path}`)
  return false
}
