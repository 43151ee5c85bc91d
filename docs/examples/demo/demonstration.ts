import { readArguments, help } from './arguments.js'
import { showCompany } from './company/show-company.js'
import { showHistory } from './own-events/show-history.js'
import { showOwnFile } from './own-file/show-own-file.js'
import type { Terminal } from './print/terminal.js'

/** Reads a clock, in ms. */
export type Stopwatch = () => number

/** Runs the demonstration that the command line asks for; returns the exit code: 1 where a check failed. */
export async function demonstrate(argv: readonly string[], terminal: Terminal, stopwatch: Stopwatch): Promise<number> {
  const given = readArguments(argv)
  if (given.help) {
    terminal.print(help)
    return 0
  }
  if (given.events !== undefined) return (await showHistory(given.events, given, terminal, stopwatch)) ? 0 : 1
  if (given.contacts !== undefined) {
    await showOwnFile(given.contacts, given, terminal, stopwatch)
    return 0
  }
  return (await showCompany(given.seed, given.size, terminal, stopwatch)) ? 0 : 1
}
