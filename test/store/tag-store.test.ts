import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HeldTag, TagHold } from '../../src/contacts/tag.js'
import { TagStore } from '../../src/store/tag-store.js'
import { runs } from '../runs.js'

/*
 * 1. A store of tags gives back what each contact holds of each tag, as it was written last.
 * 2. Its sets are of those who have the tag.
 * 3. Nothing is left once all are taken away.
 */

const tags = ['vip', 'VIP', '__proto__', 'x']
const hold = fc.record(
  {
    kind: fc.constantFrom('person' as const, 'rule' as const),
    by: fc.constantFrom('a', 'b', ''),
    at: fc.nat(2),
  },
  { requiredKeys: ['kind', 'at'] },
) as fc.Arbitrary<TagHold>
const held = fc.record({ since: fc.nat(2), holders: fc.array(hold, { minLength: 1, maxLength: 2 }) })
const write = fc.record({
  ordinal: fc.nat(5),
  tag: fc.constantFrom(...tags),
  held: fc.option(held, { nil: undefined, freq: 3 }),
})

function check(store: TagStore, model: ReadonlyMap<string, HeldTag>, contacts: number): void {
  for (let ordinal = 0; ordinal < contacts; ordinal += 1) {
    const own = tags.map((tag) => model.get(`${ordinal} ${tag}`)).filter((one) => one !== undefined)
    const byName = (a: HeldTag, b: HeldTag): number => (a.tag < b.tag ? -1 : 1)
    expect([...store.of(ordinal)].sort(byName)).toEqual([...own].sort(byName))
    expect(store.countOf(ordinal)).toBe(own.length)
    for (const tag of tags) {
      const is = model.get(`${ordinal} ${tag}`)
      expect(store.get(ordinal, tag)).toEqual(is)
      expect(store.sinceOf(ordinal, tag)).toBe(is?.since ?? NaN)
      expect(store.contactsNow(tag)?.has(ordinal) ?? false).toBe(is !== undefined)
    }
  }
}

describe('a store of tags', () => {
  it('holds what was written last', () => {
    const property = fc.property(fc.array(write, { maxLength: 60, size: 'max' }), (writes) => {
      const store = new TagStore()
      const model = new Map<string, HeldTag>()
      for (const { ordinal, tag, held: given } of writes) {
        const written = given === undefined ? undefined : { tag, ...given }
        store.set(ordinal, tag, written)
        if (written === undefined) model.delete(`${ordinal} ${tag}`)
        else model.set(`${ordinal} ${tag}`, written)
      }
      check(store, model, 6)
      for (const { ordinal, tag } of writes) store.set(ordinal, tag, undefined)
      check(store, new Map(), 6)
      expect([...store.counts()]).toEqual([])
    })
    fc.assert(property, { numRuns: runs(200) })
  })

  it('also when its rows are packed', () => {
    const store = new TagStore()
    const model = new Map<string, HeldTag>()
    for (const [place, tag] of tags.entries()) {
      for (let ordinal = 0; ordinal < 700; ordinal += 1) {
        const written = { tag, since: place, holders: [{ kind: 'person' as const, by: `p${ordinal % 3}`, at: place }] }
        store.set(ordinal, tag, written)
        model.set(`${ordinal} ${tag}`, written)
      }
    }
    check(store, model, 700)
  })
})
