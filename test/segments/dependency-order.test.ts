import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isCoterieError } from '../../src/base/errors.js'
import type { Rule } from '../../src/rules/ast.js'
import { dependencyOrder } from '../../src/segments/dependency-order.js'
import { Memberships } from '../../src/segments/memberships.js'
import { Segment } from '../../src/segments/segment.js'
import { refusal } from '../engine/scene.js'
import { runs } from '../runs.js'

/*
 * 1. The order is the one that is had by taking, again and again, the first-defined segment whose references are all taken.
 * 2. Where there is none, the error spells out a loop that is there.
 */

function segment(place: number, references: readonly number[]): Segment {
  const made = new Segment(`s${place}`, 'dynamic', place, new Memberships())
  const rules: readonly Rule[] = references.map((each) => ({ op: 'inSegment', segment: `s${each}` }))
  made.rule = { op: 'any', rules: [{ op: 'everyone' }, ...rules] }
  return made
}

function naiveOrder(segments: readonly Segment[]): readonly string[] | undefined {
  const left = [...segments].sort((a, b) => a.place - b.place)
  const known = new Set(left.map(({ id }) => id))
  const taken: string[] = []
  while (left.length > 0) {
    const next = left.findIndex(({ references }) => [...references].every((id) => !known.has(id) || taken.includes(id)))
    if (next < 0) return undefined
    taken.push(...left.splice(next, 1).map(({ id }) => id))
  }
  return taken
}

describe('the order of segments', () => {
  it('is the naive one, or there is a loop', () => {
    const references = fc.uniqueArray(fc.nat(8), { maxLength: 3 })
    const property = fc.property(fc.array(references, { maxLength: 8 }), (all) => {
      const segments = all.map((each, place) => segment(place, each))
      const expected = naiveOrder(segments)
      try {
        expect(dependencyOrder(segments).map(({ id }) => id)).toEqual(expected)
      } catch (error) {
        if (!isCoterieError(error)) throw error
        expect(expected).toBeUndefined()
        expect(error.code).toBe('RULE_LOOP')
        const loop = [...error.message.matchAll(/"(s\d+)"/g)].map(([, id]) => segments.find((each) => each.id === id))
        expect(loop.length).toBeGreaterThan(1)
        expect(loop[0]).toBe(loop.at(-1))
        for (const [at, each] of loop.slice(1).entries()) expect(loop[at]?.references.has(each?.id ?? '')).toBe(true)
      }
    })
    fc.assert(property, { numRuns: runs(300) })
  })

  it('spells out the loop from where it begins, with the tags by which it goes on (2)', () => {
    const plain = (id: string, references: readonly string[], tag?: string) => ({
      id,
      place: 0,
      references: new Set(references),
      holds: tag === undefined ? undefined : { tag },
    })
    const [before, a, b] = [plain('before', ['a']), plain('a', ['b'], 'x'), plain('b', [], 'y')]
    const refused = refusal(() => dependencyOrder([before, a, b], (segment) => (segment === b ? [a] : [])))
    expect(refused).toMatchObject({
      code: 'RULE_LOOP',
      message: 'Segments refer to each other in a loop: "a" → "b" → tag "x" → "a"',
      received: '"a" → "b" → tag "x" → "a"',
      expected: 'rules that lead to no loop of segments and the tags they hold',
    })
  })
})
