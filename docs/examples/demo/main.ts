/* The demonstration: `npm run demo`. What it takes is said by `npm run demo -- --help`. */

import { isCoterieError } from 'coterie'
import { UsageError } from './arguments.js'
import { demonstrate } from './demonstration.js'
import { terminalOf } from './print/terminal.js'

// Whoever looks at the first lines only (`| head`) closes the pipe: no reason to complain.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

try {
  process.exitCode = await demonstrate(process.argv.slice(2), terminalOf(process.stdout), () => performance.now())
} catch (error) {
  // What was typed is wrong, or the file is: a sentence is enough. All else is a fault of ours, with its stack.
  const meant = isCoterieError(error) || error instanceof UsageError || (error instanceof Error && 'code' in error)
  if (!meant) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 2
}
