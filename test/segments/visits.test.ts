import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Visits } from '../../src/segments/visits.js'
import { runs } from '../runs.js'

/*
 * Held to a Map of counts and beginnings: counts, beginnings, sizes and what is visited are the map's, whatever begins and
 * is forgotten, in tables that are nearly full and at ordinals that fall on one place.
 */

const ordinal = fc.oneof(fc.nat(12), fc.nat(10_000))
const step = fc.tuple(fc.boolean(), ordinal, fc.integer({ min: -1000, max: 1000 }))

describe('visits', () => {
  it('are what a map would hold', () => {
    const property = fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const visits = new Visits()
      const model = new Map<number, { count: number; since: number }>()
      for (const [begins, contact, at] of steps) {
        if (begins) {
          const count = (model.get(contact)?.count ?? 0) + 1
          model.set(contact, { count, since: at })
          expect(visits.begin(contact, at)).toBe(count)
        } else {
          model.delete(contact)
          visits.delete(contact)
        }
        expect(visits.size).toBe(model.size)
      }
      for (const [, contact] of steps) {
        expect(visits.countOf(contact)).toBe(model.get(contact)?.count ?? 0)
        expect(visits.sinceOf(contact)).toBe(model.get(contact)?.since)
      }
      const visited = new Map<number, { count: number; since: number }>()
      visits.forEach((contact, count, since) => visited.set(contact, { count, since }))
      expect(visited).toEqual(model)
    })
    fc.assert(property, { numRuns: runs(500) })
  })

  it('are saved as they are, whatever comes after', () => {
    const visits = new Visits()
    for (let contact = 0; contact < 9; contact += 1) visits.begin(contact, contact * 10)
    const saved = visits.save()
    for (let contact = 0; contact < 9; contact += 1) visits.begin(contact, 500)
    for (let contact = 0; contact < 5; contact += 1) visits.delete(contact)
    visits.begin(100, 1)
    const loaded = new Visits()
    loaded.load(saved)
    expect(loaded.size).toBe(9)
    for (let contact = 0; contact < 9; contact += 1)
      expect([loaded.countOf(contact), loaded.sinceOf(contact)]).toEqual([1, contact * 10])
    expect([loaded.countOf(100), loaded.sinceOf(100)]).toEqual([0, undefined])
  })
})
