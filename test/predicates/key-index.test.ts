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

/** Adds all, takes some out again, and asks before and after whom a value that moves flips. */
function expectFlips(
  all: readonly (readonly Value[])[],
  out: readonly number[],
  moves: readonly (readonly [before: Value | undefined, after: Value | undefined])[],
): void {
  const index = new KeyIndex<number>()
  let left = new Map(all.entries())
  for (const [item, values] of left) index.add(values, item)
  const check = (): void => {
    for (const [before, after] of moves) {
      const visited: [number, boolean][] = []
      index.visitFlips(before, after, (item, holds) => visited.push([item, holds]))
      const wanted = [...left]
        .filter(([, values]) => waitsFor(values, before) !== waitsFor(values, after))
        .map(([item, values]) => [item, waitsFor(values, after)])
      expect(visited.sort(([a], [b]) => a - b)).toEqual(wanted)
    }
  }
  check()
  for (const item of new Set(out)) {
    const gone = left.get(item)
    if (gone !== undefined) index.delete(gone, item)
    left.delete(item)
  }
  check()
  // The places of those who went are taken by others.
  for (const [item, values] of all.entries()) if (!left.has(item)) index.add(values, item)
  left = new Map(all.entries())
  check()
}

describe('values waited for', () => {
  it('flip where one of the two is theirs (1, 3)', () => {
    const property = fc.property(waits, fc.array(fc.nat(7)), fc.array(fc.tuple(moving, moving)), expectFlips)
    fc.assert(property, { numRuns: runs(500) })
  })

  it('do so however many there are', () => {
    const one = fc.nat(59)
    const many = fc.array(fc.array(one, { minLength: 1, maxLength: 20 }), {
      minLength: 2,
      maxLength: 12,
    })
    const either = fc.option(one, { nil: undefined })
    const moves = fc.array(fc.tuple(either, either), { maxLength: 20 })
    const property = fc.property(many, fc.array(fc.nat(11), { maxLength: 12 }), moves, expectFlips)
    fc.assert(property, { numRuns: runs(300) })
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
