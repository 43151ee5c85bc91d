import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FewMap } from '../../src/base/few-map.js'
import { runs } from '../runs.js'

describe('a map of few', () => {
  it('is a Map, whatever is set', () => {
    const key = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constant(undefined))
    const property = fc.property(
      fc.array(fc.tuple(fc.boolean(), key, fc.option(fc.nat(), { nil: undefined })), { maxLength: 8 }),
      (all) => {
        const few = new FewMap<number | undefined, number | undefined>()
        const model = new Map<number | undefined, number | undefined>()
        for (const [isTaken, each, value] of all) {
          if (isTaken) {
            expect(few.delete(each)).toBe(model.delete(each))
          } else {
            few.set(each, value)
            model.set(each, value)
          }
          const visited: unknown[] = []
          few.forEach((there, at) => visited.push([at, there]))
          expect(visited).toEqual([...model])
          expect([...few]).toEqual([...model])
          expect([...few.keys()]).toEqual([...model.keys()])
          expect([...few.values()]).toEqual([...model.values()])
          expect(few.size).toBe(model.size)
          for (const one of [0, 1, 2, 3, undefined]) {
            expect(few.has(one)).toBe(model.has(one))
            expect(few.get(one)).toBe(model.get(one))
          }
        }
      },
    )
    fc.assert(property, { numRuns: runs(200) })
  })
})
