// Makes each fault, one at a time, in a copy of the source, and runs the tests that must notice. Fails on one that nobody
// notices, on one that no longer applies, and on one whose tests come to no end: a slow machine would pass for having noticed.
// `npm run test:faults`, or with words of the names of some.

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

type Outcome = 'passed' | 'failed' | 'cut off'

function outcomeOf(tests: readonly string[], minutes: number): Outcome {
  const vitest = ['vitest', 'run', '--bail', '1', '--typecheck.enabled=false', ...tests.map((test) => `test/${test}`)]
  const { status, error } = spawnSync('npx', vitest, { cwd: folder, stdio: 'ignore', timeout: minutes * 60_000 })
  if (error !== undefined) return 'cut off'
  return status === 0 ? 'passed' : 'failed'
}

function outcomeWith(fault: Fault): Outcome {
  const path = join(folder, 'src', fault.file)
  const source = readFileSync(path, 'utf8')
  writeFileSync(path, withFault(source, fault))
  try {
    return outcomeOf(fault.caughtBy, 5)
  } finally {
    writeFileSync(path, source)
  }
}

const told: Readonly<Record<Outcome, string>> = { failed: 'noticed', passed: 'MISSED ', 'cut off': 'NO END ' }

const missed: string[] = []
const asked = faults.filter((fault) => words.every((word) => faultName(fault).includes(word)))
try {
  // Without a fault all must pass, or noticing would mean nothing.
  const without = outcomeOf([...new Set(asked.flatMap(({ caughtBy }) => caughtBy))], 20)
  if (without !== 'passed') throw new Error(`without a fault the tests: ${without}`)
  for (const fault of asked) {
    const outcome = outcomeWith(fault)
    if (outcome !== 'failed') missed.push(faultName(fault))
    console.log(`${told[outcome]}  ${faultName(fault)}`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
console.log(`${String(asked.length - missed.length)} of ${String(asked.length)} faults noticed`)
if (missed.length > 0) process.exitCode = 1
