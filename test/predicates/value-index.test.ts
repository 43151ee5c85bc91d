import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isList, sameValue, type Value } from '../../src/contacts/value.js'
import { isInRange } from '../../src/predicates/cut-index.js'
import type { Shape } from '../../src/predicates/leaf-shape.js'
import { ValueIndex } from '../../src/predicates/value-index.js'
import { runs } from '../runs.js'

/*
 * 1. A value that moves visits exactly those that flip, each once, of whatever shape; those that no index can tell of are tested.
 * 2. What was taken out is neither visited nor tested any more.
 * 3. All of them are ranges where none is anything else.
 */

const number = fc.integer({ min: -2, max: 2 })
const shape: fc.Arbitrary<Shape> = fc.oneof<fc.Arbitrary<Shape>[]>(
  fc.tuple(number, fc.boolean(), fc.boolean()).map(([low, lowOpen, up]) => ({
    kind: 'range',
    range: up
      ? { low, lowOpen, high: Infinity, highOpen: false }
      : { low: -Infinity, lowOpen: false, high: low, highOpen: lowOpen },
  })),
  fc.array(fc.constantFrom<Value[]>(1, 'a', true), { minLength: 1 }).map((values) => ({ kind: 'keys', values })),
  fc.constantFrom<Shape[]>({ kind: 'elements', elements: ['a'] }, { kind: 'elements', elements: ['a', 'b'] }),
  fc.constant<Shape>({ kind: 'presence' }),
  fc.constant<Shape>({ kind: 'tested' }),
)
const value = fc.constantFrom<(Value | undefined)[]>(undefined, -1, 0, 1, 'a', 'z', true, ['a'], ['b'], [])

/** Whether a value is what a shape asks for; undefined where it takes a test. */
function isOf(each: Shape, given: Value | undefined): boolean | undefined {
  switch (each.kind) {
    case 'range':
      return typeof given === 'number' && isInRange(given, each.range)
    case 'keys':
      return given !== undefined && each.values.some((one) => sameValue(one, given))
    case 'presence':
      return given !== undefined
    default:
      return undefined
  }
}

function hasAny(given: Value | undefined, element: string | number): boolean {
  return given !== undefined && isList(given) && (given as readonly (string | number)[]).includes(element)
}

describe('conditions on one value', () => {
  it('flip as the value moves (1, 2, 3)', () => {
    const property = fc.property(
      fc.array(shape, { maxLength: 10 }),
      fc.array(fc.nat(9)),
      fc.array(fc.tuple(value, value), { maxLength: 6 }),
      (all, out, moves) => {
        const index = new ValueIndex<number>()
        const left = new Map(all.entries())
        for (const [item, each] of left) index.add(each, item)
        const check = (): void => {
          expect(index.size).toBe(left.size)
          const ranges = [...left].flatMap(([leaf, each]) =>
            each.kind === 'range' ? [{ leaf, range: each.range }] : [],
          )
          const told = index.ranges?.slice().sort((a, b) => a.leaf - b.leaf)
          expect(told).toEqual(ranges.length === left.size ? ranges : undefined)
          for (const [before, after] of moves) {
            const visited: [number, boolean][] = []
            const tested: number[] = []
            index.visitFlips(
              before,
              after,
              (item, holds) => visited.push([item, holds]),
              (item) => tested.push(item),
            )
            const flips = [...left].flatMap(([item, each]) => {
              const [was, is] = [isOf(each, before), isOf(each, after)]
              return is === undefined || was === is ? [] : [[item, is] as const]
            })
            expect(visited.sort(([a], [b]) => a - b)).toEqual(flips)
            const asked = [...left].flatMap(([item, each]) => {
              if (each.kind === 'tested') return [item]
              if (each.kind !== 'elements') return []
              return each.elements.some((one) => hasAny(before, one) !== hasAny(after, one)) ? [item] : []
            })
            expect(tested.sort((a, b) => a - b)).toEqual(asked)
          }
        }
        check()
        for (const item of new Set(out)) {
          const each = left.get(item)
          if (each === undefined) continue
          index.delete(each, item)
          left.delete(item)
        }
        check()
      },
    )
    fc.assert(property, { numRuns: runs(300) })
  })
})
