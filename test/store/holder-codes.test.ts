import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Holder } from '../../src/contacts/tag.js'
import { HolderCodes } from '../../src/store/holder-codes.js'
import { runs } from '../runs.js'

/*
 * 1. A holder in use has one code, which leads back to it; no two share one.
 * 2. Nothing is left of a holder that nobody uses any more: its code is given again.
 * 3. So it is in another one that it was saved to.
 */

const holders: readonly Holder[] = [
  { kind: 'person' },
  { kind: 'person', by: 'ann' },
  { kind: 'campaign', by: 'ann' },
  { kind: 'campaign', by: '' },
  { kind: 'rule', by: 'vip' },
]

describe('codes of holders', () => {
  it('lead back to them as long as they are used', () => {
    const steps = fc.array(fc.record({ take: fc.boolean(), which: fc.nat(holders.length - 1), reopen: fc.boolean() }), {
      maxLength: 40,
    })
    const property = fc.property(steps, (all) => {
      let codes = new HolderCodes()
      const uses = holders.map((): number[] => [])
      let most = 0
      for (const { take, which, reopen } of all) {
        const own = uses[which] ?? []
        if (take) own.push(codes.retain(holders[which] as Holder))
        else if (own.length > 0) codes.release(own.pop() ?? -1)
        const inUse = holders.flatMap((holder, place) =>
          (uses[place] ?? []).slice(0, 1).map((code) => ({ holder, code })),
        )
        most = Math.max(most, inUse.length)
        expect(new Set(inUse.map(({ code }) => code)).size).toBe(inUse.length)
        for (const { holder, code } of inUse) {
          expect(codes.holder(code)).toEqual(holder)
          expect(Object.isFrozen(codes.holder(code))).toBe(true)
          expect(code).toBeLessThan(most)
        }
        for (const own of uses) expect(new Set(own).size).toBeLessThanOrEqual(1)
        const saved = codes.save()
        expect(new Map(saved.json.holders)).toEqual(new Map(inUse.map(({ holder, code }) => [code, holder])))
        if (!reopen) continue
        const later = new HolderCodes()
        // As JSON has it.
        later.load({ json: JSON.parse(JSON.stringify(saved.json)) as typeof saved.json, arrays: saved.arrays })
        for (const { code } of inUse) codes.release(code)
        codes = later
      }
    })
    fc.assert(property, { numRuns: runs(100) })
  })

  it('are those of a person of no name where nobody is known', () => {
    expect(new HolderCodes().holder(7)).toEqual({ kind: 'person' })
  })
})
