import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { withFault } from './apply-fault.js'
import { faultName, faults, type Fault } from './faults.js'

/*
 * Here only that each fault still applies; `npm run test:faults` makes them one at a time and runs the tests that must notice.
 */

const example: Fault = { file: 'a.ts', in: 'twice', from: '2', to: '3', caughtBy: [] }

describe('the faults', () => {
  it('are at least thirty, each another one', () => {
    expect(new Set(faults.map(faultName)).size).toBe(faults.length)
    expect(faults.length).toBeGreaterThanOrEqual(30)
  })

  it.each(faults.map((one) => [faultName(one), one] as const))('%s', (_, one) => {
    const source = readFileSync(`src/${one.file}`, 'utf8')
    expect(withFault(source, one)).not.toBe(source)
    expect(one.caughtBy).not.toEqual([])
    for (const path of one.caughtBy) expect(existsSync(`test/${path}`), path).toBe(true)
  })

  it('are refused where they do not apply any more', () => {
    expect(withFault('function once() { return 2 } function twice() { return 2 }', example)).toBe(
      'function once() { return 2 } function twice() { return 3 }',
    )
    expect(() => withFault('function once() { return 2 }', example)).toThrow('0 functions')
    expect(() => withFault('function twice() { return 2 * 2 }', example)).toThrow('2 times')
  })
})
