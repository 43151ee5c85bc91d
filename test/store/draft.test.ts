import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Value } from '../../src/contacts/value.js'
import { withHolder } from '../../src/contacts/tag.js'
import { ContactStore } from '../../src/store/contact-store.js'
import { Draft } from '../../src/store/draft.js'
import { runs } from '../runs.js'

/*
 * 1. A draft that is rolled back leaves the store as it was: contacts, attributes, tags, names and their order.
 * 2. `before` is the contact as it was, whatever the draft wrote since.
 * 3. A draft that is committed leaves nothing behind of those it removed.
 */

type Step =
  | { readonly do: 'create'; readonly id: string }
  | { readonly do: 'remove'; readonly id: string }
  | { readonly do: 'set'; readonly id: string; readonly name: string; readonly value: Value | undefined }
  | { readonly do: 'tag'; readonly id: string; readonly name: string }
  | { readonly do: 'untag'; readonly id: string; readonly name: string }
  | { readonly do: 'identify'; readonly id: string; readonly name: string }
  | { readonly do: 'alias'; readonly id: string; readonly name: string }

const id = fc.constantFrom('a', 'b', 'c')
const name = fc.constantFrom('x', 'y', '__proto__')
const value = fc.constantFrom<(Value | undefined)[]>(
  1,
  'text',
  true,
  ['a'],
  { instant: 5 },
  { day: '2026-01-01' },
  undefined,
)
const steps = fc.array(
  fc.oneof<fc.Arbitrary<Step>[]>(
    fc.record({ do: fc.constant('create' as const), id }),
    fc.record({ do: fc.constant('remove' as const), id }),
    fc.record({ do: fc.constant('set' as const), id, name, value }),
    fc.record({ do: fc.constant('tag' as const), id, name }),
    fc.record({ do: fc.constant('untag' as const), id, name }),
    fc.record({ do: fc.constant('identify' as const), id, name }),
    fc.record({ do: fc.constant('alias' as const), id, name }),
  ),
  { maxLength: 20 },
)

/** Does what can be done of the steps. */
function write(store: ContactStore, draft: Draft, all: readonly Step[]): void {
  const { directory } = store
  for (const step of all) {
    const ordinal = directory.ordinalOf(step.id)
    if (step.do === 'create') {
      if (ordinal === undefined) draft.create(step.id)
    } else if (ordinal !== undefined) {
      if (step.do === 'remove') draft.remove(ordinal)
      else if (step.do === 'set') draft.setAttribute(ordinal, step.name, step.value)
      else if (step.do === 'tag')
        draft.setTag(
          ordinal,
          step.name,
          withHolder(store.tags.get(ordinal, step.name), step.name, { kind: 'person', at: 1 }),
        )
      else if (step.do === 'untag') draft.setTag(ordinal, step.name, undefined)
      else if (step.do === 'identify') {
        if (directory.ordinalOfIdentity('ch', step.name) === undefined) draft.identify(ordinal, 'ch', step.name)
      } else if (directory.ordinalOf(step.name) === undefined) draft.alias(step.name, ordinal)
    }
  }
}

/** All that can be asked of a store. */
function stateOf({ directory, tags, contact }: ContactStore, store: ContactStore): unknown {
  return {
    count: directory.count,
    tags: [...tags.counts()].sort((a, b) => (a.tag < b.tag ? -1 : 1)),
    contacts: directory.inOrder().map((ordinal) => ({
      ordinal,
      place: directory.placeOf(ordinal),
      contact: contact.call(store, ordinal),
      names: structuredClone(directory.namesOf(ordinal)),
    })),
    names: ['a', 'b', 'c', 'x', 'y', '__proto__'].map((each) => [
      directory.ordinalOf(each),
      directory.ordinalOfIdentity('ch', each),
    ]),
  }
}

function storeAfter(all: readonly Step[]): ContactStore {
  const store = new ContactStore()
  const draft = new Draft(store)
  write(store, draft, all)
  draft.commit()
  return store
}

describe('a draft', () => {
  it('rolled back leaves the store as it was, and shows who was there before', () => {
    const property = fc.property(steps, steps, steps, (first, second, third) => {
      const store = storeAfter(first)
      const before = stateOf(store, store)
      const views = new Map(store.directory.inOrder().map((ordinal) => [ordinal, store.contact(ordinal)]))
      const draft = new Draft(store)
      write(store, draft, second)
      for (const touched of draft.touched) {
        const was = views.get(touched.ordinal)
        if (touched.created || was === undefined) continue
        const view = draft.before(touched)
        expect(['x', 'y', '__proto__'].map((each) => view.attribute(each))).toEqual(
          ['x', 'y', '__proto__'].map((each) =>
            Object.hasOwn(was.attributes, each) ? was.attributes[each] : undefined,
          ),
        )
        expect(view.tagCount).toBe(was.tags.length)
        expect([...view.tags()].map(({ tag }) => tag).sort()).toEqual(was.tags.map(({ tag }) => tag).sort())
      }
      draft.rollback()
      expect(stateOf(store, store)).toEqual(before)
      // It also goes on as if nothing had been.
      const draftAfter = new Draft(store)
      write(store, draftAfter, third)
      draftAfter.commit()
      const other = storeAfter(first)
      const otherDraft = new Draft(other)
      write(other, otherDraft, third)
      otherDraft.commit()
      const ids = (each: ContactStore): unknown => each.directory.inOrder().map((ordinal) => each.contact(ordinal))
      expect(ids(store)).toEqual(ids(other))
    })
    fc.assert(property, { numRuns: runs(300) })
  })

  it('counts the events of before as they were, whatever came and went since', () => {
    const event = fc.record({ at: fc.integer({ min: 0, max: 5 }), arrival: fc.integer({ min: 0, max: 5 }) })
    const events = fc.uniqueArray(event, { selector: ({ arrival }) => arrival, maxLength: 6 })
    const property = fc.property(events, fc.nat(6), fc.nat(5), fc.nat(5), (all, first, from, to) => {
      const store = new ContactStore()
      const creating = new Draft(store)
      const ordinal = creating.create('a')
      const held = all.map((one) => ({ ...one, type: 'visit', properties: {} }))
      const [there, coming] = [held.slice(0, first), held.slice(first)]
      for (const one of there) creating.addEvent(ordinal, one)
      creating.commit()
      const draft = new Draft(store)
      for (const one of coming) draft.addEvent(ordinal, one)
      for (const one of there.slice(1)) draft.removeEvent(ordinal, one)
      const touched = draft.touchedAt(ordinal)
      if (touched === undefined) return
      const before = draft.before(touched)
      expect(before.events('visit')).toHaveLength(there.length)
      expect(before.countEvents('visit', from, to)).toBe(there.filter(({ at }) => from <= at && at < to).length)
    })
    fc.assert(property, { numRuns: runs(200) })
  })

  it('committed leaves nothing behind of those it removed', () => {
    const store = storeAfter([
      { do: 'create', id: 'a' },
      { do: 'set', id: 'a', name: 'x', value: 'text' },
      { do: 'tag', id: 'a', name: 'x' },
      { do: 'identify', id: 'a', name: 'x' },
      { do: 'remove', id: 'a' },
      { do: 'create', id: 'b' },
    ])
    expect(store.directory.count).toBe(1)
    expect([...store.tags.counts()]).toEqual([])
    const draft = new Draft(store)
    const ordinal = draft.create('c')
    expect(ordinal).toBe(0)
    expect(store.contact(ordinal)).toEqual({ id: 'c', attributes: {}, tags: [], events: [], records: {} })
  })
})
