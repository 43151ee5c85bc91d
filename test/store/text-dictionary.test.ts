import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TextDictionary } from '../../src/store/text-dictionary.js'
import { runs } from '../runs.js'

/*
 * 1. A text in use has one code, which leads back to it.
 * 2. Codes of texts that nobody uses are given again, so that there are never more than texts were in use at once.
 */

describe('a dictionary of texts', () => {
  it('counts uses and gives codes again', () => {
    const property = fc.property(
      fc.array(fc.tuple(fc.boolean(), fc.constantFrom('a', 'b', 'c', '', '__proto__'))),
      (steps) => {
        const dictionary = new TextDictionary()
        const uses = new Map<string, number[]>()
        let most = 0
        for (const [take, text] of steps) {
          const codes = uses.get(text) ?? []
          uses.set(text, codes)
          if (take) codes.push(dictionary.retain(text))
          else if (codes.length > 0) dictionary.release(codes.pop() ?? -1)
          const inUse = [...uses].filter(([, each]) => each.length > 0)
          most = Math.max(most, inUse.length)
          expect(dictionary.size).toBe(inUse.length)
          for (const [each, held] of inUse) {
            expect(new Set(held).size).toBe(1)
            expect(dictionary.text(held[0] ?? -1)).toBe(each)
            expect(Math.max(...held)).toBeLessThan(most)
          }
          expect(new Set(inUse.map(([, held]) => held[0])).size).toBe(inUse.length)
        }
      },
    )
    fc.assert(property, { numRuns: runs(200) })
  })
})
