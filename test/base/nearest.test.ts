import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nearestName } from '../../src/base/nearest.js'
import { compareText } from '../../src/base/text.js'
import { runs } from '../runs.js'

// The law: nearestName is the first, by distance without regard to case, then with, then by code point, of those
// that are near enough.

/** The optimal string alignment distance, from its recursive definition. */
function distance(a: string, b: string): number {
  const [as, bs] = [Array.from(a), Array.from(b)]
  const known = new Map<number, number>()
  const from = (i: number, j: number): number => {
    if (i === 0 || j === 0) return i + j
    const found = known.get(i * 100 + j)
    if (found !== undefined) return found
    const least = Math.min(
      from(i - 1, j) + 1,
      from(i, j - 1) + 1,
      from(i - 1, j - 1) + (as[i - 1] === bs[j - 1] ? 0 : 1),
      i > 1 && j > 1 && as[i - 1] === bs[j - 2] && as[i - 2] === bs[j - 1] ? from(i - 2, j - 2) + 1 : Infinity,
    )
    known.set(i * 100 + j, least)
    return least
  }
  return from(as.length, bs.length)
}

describe('nearestName', () => {
  it.each<[string, string[], string | undefined]>([
    ['emial', ['name', 'email', 'mail'], 'email'],
    ['leadscore', ['leadScore', 'lead'], 'leadScore'],
    ['plna', ['plan', 'plane'], 'plan'],
    ['plan', ['planned', 'plan'], 'plan'],
    ['birthdy', ['birthday'], 'birthday'],
    ['zzz', ['email', 'plan'], undefined],
    ['', ['a'], 'a'],
    ['x', [], undefined],
    ['plan', ['p'.repeat(10_000), 'plam'], 'plam'],
    ['vip', ['VIp', 'Vip', 'VIP'], 'Vip'],
    ['cat', ['bat', 'bar', 'cab'], 'bat'],
    ['😀a', ['😀b'], '😀b'],
    ['__proto_', ['constructor', '__proto__'], '__proto__'],
  ])('for %j among %j is %j', (name, known, nearest) => {
    expect(nearestName(name, known)).toBe(nearest)
  })

  it('is the best of those near enough', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'A', '😀'), maxLength: 9 })
    const law = fc.property(name, fc.array(name, { maxLength: 6 }), (wanted, known) => {
      const lower = wanted.toLowerCase()
      const limit = Math.max(1, Math.floor(Array.from(wanted).length / 3))
      const [best] = known
        .map((each) => ({ each, far: distance(lower, each.toLowerCase()), exactly: distance(wanted, each) }))
        .filter(({ far }) => far <= limit)
        .sort((a, b) => a.far - b.far || a.exactly - b.exactly || compareText(a.each, b.each))
      expect(nearestName(wanted, known)).toBe(best?.each)
    })
    fc.assert(law, { numRuns: runs(2000) })
  })

  it('passes over names of more than 64 characters', () => {
    const long = 'n'.repeat(65)
    expect(nearestName(long, [long])).toBeUndefined()
    expect(nearestName('n'.repeat(64), [long])).toBeUndefined()
    expect(nearestName('n'.repeat(63), ['n'.repeat(64)])).toBe('n'.repeat(64))
    expect(nearestName('😀'.repeat(64), ['😀'.repeat(63)])).toBe('😀'.repeat(63))
    expect(nearestName('x'.repeat(1_000_000), ['x'])).toBeUndefined()
  })

  it('looks at 10,000 names and no more', () => {
    let asked = 0
    function* names(): Generator<string> {
      for (; ; asked++) yield asked === 9_999 ? 'email' : 'something else'
    }
    expect(nearestName('emial', names())).toBe('email')
    expect(asked).toBeLessThanOrEqual(10_000)
  })
})
