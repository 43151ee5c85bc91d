import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HeldTag, TagHold } from '../../src/contacts/tag.js'
import { TagStore } from '../../src/store/tag-store.js'
import { tag } from '../rules/asking.js'
import { runs } from '../runs.js'

/*
 * 1. A store of tags gives back what each contact holds of each tag, as it was written last, before it was saved or after.
 * 2. Its sets are of those who have the tag.
 * 3. Nothing is left once all are taken away.
 */

const tags = ['vip', 'VIP', '__proto__', 'x']
const hold = fc.record(
  {
    kind: fc.constantFrom('person' as const, 'rule' as const),
    by: fc.constantFrom('a', 'b', '', 'undefined'),
    at: fc.nat(2),
  },
  { requiredKeys: ['kind', 'at'], noNullPrototype: true },
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
    expect([...store.of(ordinal)].sort(byName)).toStrictEqual([...own].sort(byName))
    expect(store.countOf(ordinal)).toBe(own.length)
    for (const tag of tags) {
      const is = model.get(`${ordinal} ${tag}`)
      expect(store.get(ordinal, tag)).toStrictEqual(is)
      expect(store.sinceOf(ordinal, tag)).toBe(is?.since ?? NaN)
      expect(store.contactsNow(tag)?.has(ordinal) ?? false).toBe(is !== undefined)
    }
  }
}

/** The same in another one, as a snapshot brings it there. */
function reopened(store: TagStore): TagStore {
  const later = new TagStore()
  later.load(store.save())
  return later
}

describe('a store of tags', () => {
  it('holds what was written last, also in another store that it was saved to', () => {
    const property = fc.property(fc.array(write, { maxLength: 60 }), fc.nat(60), (writes, saved) => {
      let store = new TagStore()
      const model = new Map<string, HeldTag>()
      for (const [place, { ordinal, tag, held: given }] of writes.entries()) {
        if (place === saved) store = reopened(store)
        const written = given === undefined ? undefined : { tag, ...given }
        store.set(ordinal, tag, written)
        if (written === undefined) model.delete(`${ordinal} ${tag}`)
        else model.set(`${ordinal} ${tag}`, written)
      }
      check(store, model, 6)
      for (const { ordinal, tag } of writes) store.set(ordinal, tag, undefined)
      check(store, new Map(), 6)
      expect([...store.counts()]).toEqual([])
      expect(store.save().json).toMatchObject({ holders: { holders: [] }, beside: [] })
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

  it('tells who has a tag now, and keeps a set that is asked for', () => {
    const store = new TagStore()
    const put = (ordinal: number, name: string): void => {
      store.set(ordinal, name, tag(name))
    }
    const late = store.contactsWith('late')
    put(1, 'vip')
    put(2, 'vip')
    put(2, 'late')
    expect([store.contactsNow('vip')?.count, store.contactsNow('late'), store.contactsNow('never')]).toEqual([
      2,
      late,
      undefined,
    ])
    expect([...store.counts()]).toEqual([
      { tag: 'late', count: 1 },
      { tag: 'vip', count: 2 },
    ])
    for (const name of ['late', 'late', 'vip', 'never']) store.set(2, name, undefined)
    expect([store.contactsNow('vip')?.count, store.contactsNow('late'), late.count]).toEqual([1, late, 0])
    expect([...store.counts()]).toEqual([{ tag: 'vip', count: 1 }])
    const later = new TagStore()
    later.load(store.save())
    expect([later.contactsNow('vip')?.count, later.contactsNow(''), later.contactsNow('late')]).toEqual([
      1,
      undefined,
      undefined,
    ])
    store.set(1, 'vip', undefined)
    expect([store.contactsNow('vip'), [...store.counts()]]).toEqual([undefined, []])
  })

  it('marks the tags of one contact, by codes below an end', () => {
    const store = new TagStore()
    for (const [ordinal, name] of [
      [1, 'a'],
      [1, 'b'],
      [2, 'c'],
      [0, 'd'],
    ] as const)
      store.set(ordinal, name, tag(name))
    expect(store.codesEnd).toBe(4)
    const marks = new Uint32Array(store.codesEnd)
    store.markTags(1, marks, 7)
    expect(['a', 'b', 'c', 'd'].map((name) => marks[store.codeOf(name)])).toEqual([7, 7, 0, 0])
    store.markTags(3, marks, 9)
    expect([...marks].filter((mark) => mark === 9)).toEqual([])
  })
})
