import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HeldEvent } from '../../src/contacts/event.js'
import type { Value } from '../../src/contacts/value.js'
import { withHolder } from '../../src/contacts/tag.js'
import { ContactStore } from '../../src/store/contact-store.js'
import { Draft } from '../../src/store/draft.js'
import { tag } from '../rules/asking.js'
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

  it('keeps of everything what was there before, and brings it back', () => {
    const store = new ContactStore()
    const creating = new Draft(store)
    const ordinal = creating.create('a')
    const vip = tag('vip', 1)
    const visit = (at: number, id: string): HeldEvent => ({ type: 'visit', at, properties: {}, id, arrival: at })
    creating.setAttribute(ordinal, 'list', ['x', 'y'])
    creating.setTag(ordinal, 'vip', vip)
    for (const one of [visit(1, 'e1'), visit(2, 'e2')]) creating.addEvent(ordinal, one)
    creating.setRecords(ordinal, 'deals', [{ id: 'd1' }])
    expect(creating.touched.map(({ created, removed }) => [created, removed])).toEqual([[true, false]])
    creating.commit()
    const before = stateOf(store, store)

    const draft = new Draft(store)
    expect(draft.setAttribute(ordinal, 'list', ['x', 'y'])).toBe(false)
    expect(draft.setAttribute(ordinal, 'none', undefined)).toBe(false)
    draft.setTag(ordinal, 'vip', vip)
    expect(draft.touched).toEqual([])
    // In another order it is another list.
    expect(draft.setAttribute(ordinal, 'list', ['y', 'x'])).toBe(true)
    expect(draft.setAttribute(ordinal, 'list', ['y'])).toBe(true)
    expect(draft.setAttribute(ordinal, 'list', 'text')).toBe(true)
    expect(draft.setAttribute(ordinal, 'new', 5)).toBe(true)
    draft.setTag(ordinal, 'vip', undefined)
    draft.setTag(ordinal, 'late', tag('late', 2))
    draft.removeEvent(ordinal, visit(1, 'e1'))
    draft.setRemoved(ordinal, 'e1')
    draft.setRemoved(ordinal, 'e1')
    draft.addEvent(ordinal, visit(3, 'e3'))
    draft.setRecords(ordinal, 'deals', [{ id: 'd2' }])
    draft.setRecords(ordinal, 'tickets', [{ id: 't1' }])
    draft.identify(ordinal, 'mail', 'a@x')
    draft.alias('older', ordinal)
    expect(store.history.eventById(ordinal, 'e1')).toBe('removed')
    expect(draft.touched.map(({ created, removed }) => [created, removed])).toEqual([[false, false]])

    const [touched] = draft.touched
    const view = draft.before(touched as NonNullable<typeof touched>)
    expect([view.id, view.tagCount, view.attribute('list'), view.attribute('new')]).toEqual([
      'a',
      1,
      ['x', 'y'],
      undefined,
    ])
    expect([view.tag('vip'), view.tag('late'), [...view.tags()]]).toEqual([vip, undefined, [vip]])
    expect([view.events('visit').map(({ id }) => id), view.events('never')]).toEqual([['e1', 'e2'], []])
    expect([view.countEvents('visit', 0, 9), view.countEvents('visit', 3, 9), view.countEvents('never', 0, 9)]).toEqual(
      [2, 0, 0],
    )
    expect([view.records('deals'), view.records('tickets'), view.folded('visit')]).toEqual([
      [{ id: 'd1' }],
      [],
      undefined,
    ])

    draft.rollback()
    expect(stateOf(store, store)).toEqual(before)
    expect(store.history.eventById(ordinal, 'e1')).toMatchObject({ id: 'e1' })
    expect([store.directory.ordinalOfIdentity('mail', 'a@x'), store.directory.ordinalOf('older')]).toEqual([
      undefined,
      undefined,
    ])
  })

  it('says of whom it removes that it does', () => {
    const store = storeAfter([{ do: 'create', id: 'a' }])
    const draft = new Draft(store)
    draft.remove(0)
    expect(draft.touched.map(({ created, removed }) => [created, removed])).toEqual([[false, true]])
    expect([store.directory.ordinalOf('a'), store.directory.has(0)]).toEqual([undefined, true])
    draft.commit()
    expect(store.directory.has(0)).toBe(false)
  })
})
