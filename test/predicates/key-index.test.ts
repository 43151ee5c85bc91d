import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isList, sameValue, type Value } from '../../src/contacts/value.js'
import { ElementIndex, KeyIndex } from '../../src/predicates/key-index.js'
import { runs } from '../runs.js'

/*
 * 1. A value that moves visits exactly the items that wait for one of the two only, each once.
 * 2. A list that moves meets, each once, at least the items whose elements it gains or loses some of.
 * 3. What was taken out is not visited any more.
 */

const value = fc.constantFrom<Value[]>(
  1,
  '1',
  true,
  0,
  '',
  { instant: 1 },
  { day: '2026-01-01' },
  ['a', 'b'],
  ['b', 'a'],
)
const moving = fc.option(value, { nil: undefined })
const waits = fc.array(fc.array(value, { minLength: 1, maxLength: 3 }), { maxLength: 8 })

function waitsFor(values: readonly Value[], given: Value | undefined): boolean {
  return given !== undefined && values.some((each) => sameValue(each, given))
}

describe('values waited for', () => {
  it('flip where one of the two is theirs (1, 3)', () => {
    const property = fc.property(waits, fc.nat(7), moving, moving, (all, out, before, after) => {
      const index = new KeyIndex<number>()
      for (const [item, values] of all.entries()) index.add(values, item)
      const left = new Map(all.entries())
      const expectFlips = (): void => {
        const visited: [number, boolean][] = []
        index.visitFlips(before, after, (item, holds) => visited.push([item, holds]))
        const wanted = [...left]
          .filter(([, values]) => waitsFor(values, before) !== waitsFor(values, after))
          .map(([item, values]) => [item, waitsFor(values, after)])
        expect(visited.sort(([a], [b]) => a - b)).toEqual(wanted)
      }
      expectFlips()
      const gone = left.get(out)
      if (gone !== undefined) index.delete(gone, out)
      left.delete(out)
      expectFlips()
    })
    fc.assert(property, { numRuns: runs(500) })
  })
})

describe('elements waited for', () => {
  it('are met where a list gains or loses them (2, 3)', () => {
    const element = fc.constantFrom<(string | number)[]>('a', 'b', 'c', 1, 2)
    const elements = fc.uniqueArray(element, { minLength: 1, maxLength: 3 })
    const list = fc.oneof(elements, fc.constantFrom(undefined, 'a', 1)) as fc.Arbitrary<Value | undefined>
    const property = fc.property(
      fc.array(elements, { maxLength: 6 }),
      list,
      list,
      fc.nat(5),
      (all, before, after, out) => {
        const index = new ElementIndex<number>()
        for (const [item, wanted] of all.entries()) index.add(wanted, item)
        const gone = all[out]
        if (gone !== undefined) index.delete(gone, out)
        const met: number[] = []
        index.visitMet(before, after, (item) => met.push(item))
        const has = (given: Value | undefined, one: string | number): boolean =>
          given !== undefined && isList(given) && (given as readonly (string | number)[]).includes(one)
        const wanted = [...all.keys()].filter(
          (item) => item !== out && all[item]?.some((one) => has(before, one) !== has(after, one)),
        )
        expect(met.sort()).toEqual(wanted)
      },
    )
    fc.assert(property, { numRuns: runs(500) })
  })
})
