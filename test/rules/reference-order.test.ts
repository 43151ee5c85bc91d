import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isCoterieError } from '../../src/base/errors.js'
import { referenceOrder } from '../../src/rules/reference-order.js'
import { runs } from '../runs.js'

/*
 * Over random references among six ids:
 *
 * 1. The order holds each id that can be reached from the roots, once, after all that it refers to.
 * 2. There is none just when one of them can be reached from itself; the error spells such a loop out.
 */

type References = Readonly<Record<string, readonly string[]>>

const ids = ['a', 'b', 'c', 'd', 'e', 'f']
const some = fc.uniqueArray(fc.constantFrom(...ids), { maxLength: 2 })
const references: fc.Arbitrary<References> = fc.record(Object.fromEntries(ids.map((id) => [id, some])))

/** All that can be reached by one reference or more. */
function reached(from: readonly string[], to: References): Set<string> {
  const found = new Set<string>()
  const visit = (id: string): void => {
    if (found.has(id)) return
    found.add(id)
    to[id]?.forEach(visit)
  }
  from.forEach(visit)
  return found
}

describe('referenceOrder', () => {
  it('puts what is referred to first', () => {
    const to: References = { a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }
    expect(referenceOrder(['a', 'b'], (id) => to[id] ?? [])).toEqual(['d', 'b', 'c', 'a'])
    expect(referenceOrder([], () => [])).toEqual([])
  })

  it('is an order, or finds a loop', () => {
    const law = (roots: readonly string[], to: References): void => {
      const all = reached(roots, to)
      const loops = [...all].some((id) => reached(to[id] ?? [], to).has(id))
      let order: readonly string[] = []
      try {
        order = referenceOrder(roots, (id) => to[id] ?? [])
      } catch (error) {
        if (!isCoterieError(error)) throw error
        expect(loops).toBe(true)
        const spelled = (error.received ?? '').split(' → ').map((id) => JSON.parse(id) as string)
        expect(spelled.length).toBeGreaterThan(1)
        expect(spelled.at(-1)).toBe(spelled[0])
        spelled.slice(1).forEach((id, place) => expect(to[spelled[place] ?? '']).toContain(id))
        return
      }
      expect(loops).toBe(false)
      expect([...order].sort()).toEqual([...all].sort())
      order.forEach((id, place) => to[id]?.forEach((other) => expect(order.indexOf(other)).toBeLessThan(place)))
    }
    fc.assert(fc.property(some, references, law), { numRuns: runs(500) })
  })
})
