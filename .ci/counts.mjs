// Prints what came of a test run, from the JSON report that vitest wrote: the last line is `N passed, N failed`.

import { readFileSync } from 'node:fs'

const path = process.argv[2] ?? ''
const text = readFileSync(path, 'utf8')

if (text === '') {
  console.log('\nThe tests did not come to an end.')
} else {
  const report = JSON.parse(text)
  const files = report.testResults
  const broken = files.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((one) => one.status !== 'failed'),
  )
  const failed = report.numFailedTests + broken.length
  const skipped = report.numPendingTests + report.numTodoTests
  for (const file of broken) console.log(`\n${file.name} could not be run: ${file.message}`)
  console.log(`\nTest files: ${files.length}, tests: ${report.numTotalTests}, whole run a success: ${report.success}`)
  console.log(`${report.numPassedTests} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`)
}
