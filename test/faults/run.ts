// Makes each fault, one at a time, in a copy of the source, and runs the tests that must notice. Fails on one that nobody
// notices, and on one that no longer applies. `npm run test:faults`, or with words of the names of some.

import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { withFault } from './apply-fault.js'
import { faultName, faults, type Fault } from './faults.js'

const kept = ['src', 'test', 'package.json', 'tsconfig.json', 'tsconfig.test.json', 'vitest.config.ts']
const words = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'coterie-faults-'))

for (const name of kept) cpSync(name, join(folder, name), { recursive: true })
symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))

function pass(tests: readonly string[], minutes: number): boolean {
  const vitest = ['vitest', 'run', '--bail', '1', '--typecheck.enabled=false', ...tests.map((test) => `test/${test}`)]
  return spawnSync('npx', vitest, { cwd: folder, stdio: 'ignore', timeout: minutes * 60_000 }).status === 0
}

function isNoticed(fault: Fault): boolean {
  const path = join(folder, 'src', fault.file)
  const source = readFileSync(path, 'utf8')
  writeFileSync(path, withFault(source, fault))
  try {
    return !pass(fault.caughtBy, 5)
  } finally {
    writeFileSync(path, source)
  }
}

const missed: string[] = []
const asked = faults.filter((fault) => words.every((word) => faultName(fault).includes(word)))
try {
  // Without a fault all must pass, or noticing would mean nothing.
  if (!pass([...new Set(asked.flatMap(({ caughtBy }) => caughtBy))], 20))
    throw new Error('the tests fail without a fault')
  for (const fault of asked) {
    const noticed = isNoticed(fault)
    if (!noticed) missed.push(faultName(fault))
    console.log(`${noticed ? 'noticed' : 'MISSED '}  ${faultName(fault)}`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
console.log(`${String(asked.length - missed.length)} of ${String(asked.length)} faults noticed`)
if (missed.length > 0) process.exitCode = 1
