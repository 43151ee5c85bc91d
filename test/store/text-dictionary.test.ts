import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TextDictionary } from '../../src/store/text-dictionary.js'
import { runs } from '../runs.js'

/*
 * 1. A text in use has one code, which leads back to it.
 * 2. Codes of texts that nobody uses are given again, so that there are never more than texts were in use at once.
 * 3. The generation rises whenever a text comes or goes, and only then.
 * 4. So it is in another one that it was saved to.
 */

/** The same in another one; what happens to the one that was saved is nothing to it. */
function reopened(dictionary: TextDictionary): TextDictionary {
  const later = new TextDictionary()
  const { generation } = later
  later.load(dictionary.save())
  expect(later.generation).toBeGreaterThan(generation)
  dictionary.retain('a')
  dictionary.retain('later')
  return later
}

describe('a dictionary of texts', () => {
  it('counts uses and gives codes again', () => {
    const property = fc.property(
      fc.array(fc.tuple(fc.boolean(), fc.constantFrom('a', 'b', 'c', '', '__proto__'))),
      fc.nat(20),
      (steps, saved) => {
        let dictionary = new TextDictionary()
        const uses = new Map<string, number[]>()
        let most = 0
        for (const [place, [take, text]] of steps.entries()) {
          if (place === saved) dictionary = reopened(dictionary)
          const { generation, size } = dictionary
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
          expect(dictionary.generation - generation).toBe(Math.abs(dictionary.size - size))
          expect(dictionary.end).toBe(most)
          const known = new Map(inUse.map(([each, held]) => [each, held[0]]))
          const visited = new Map<string, number>()
          dictionary.forEach((each, code) => visited.set(each, code))
          expect(visited).toEqual(known)
          for (const [each, held] of uses) expect(dictionary.codeOf(each)).toBe(held[0] ?? -1)
          for (let code = 0; code <= most; code += 1) {
            const isUsed = [...known.values()].includes(code)
            expect(dictionary.has(code)).toBe(isUsed)
            if (!isUsed) expect(dictionary.text(code)).toBe('')
          }
        }
      },
    )
    fc.assert(property, { numRuns: runs(200) })
  })
})
