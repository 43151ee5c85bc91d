import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { grown, roomAfter } from '../../src/base/grown.js'
import { runs } from '../runs.js'

describe('an array that grows', () => {
  it('keeps what it held', () => {
    expect(grown(Uint8Array.of(1, 2), new Uint8Array(4))).toEqual(Uint8Array.of(1, 2, 0, 0))
  })

  it('has room for what it has to hold, by half more while it is short, by an eighth when it is long', () => {
    const property = fc.property(fc.nat(10_000_000), fc.nat(10_000_000), (has, more) => {
      const least = has < 65_536 ? has * 1.5 : has * 1.125
      expect(roomAfter(has, has + more)).toBe(Math.max(has + more, Math.floor(least)))
    })
    fc.assert(property, { numRuns: runs(200) })
  })
})
