import { describe, expect, it } from 'vitest'
import type { HeldEvent } from '../../src/contacts/event.js'
import type { HeldTag } from '../../src/contacts/tag.js'
import { ContactStore } from '../../src/store/contact-store.js'
import { tag } from '../rules/asking.js'

function held(name: string, since: number): HeldTag {
  return tag(name, since, [{ kind: 'person', by: 'ann', at: since }])
}

function event(type: string, at: number, arrival: number, id?: string): HeldEvent {
  return { type, at, properties: { x: at }, arrival, ...(id === undefined ? undefined : { id }) }
}

/** A store with Ada, who has something of everything, and Bea, who has little. */
function filled(): { readonly store: ContactStore; readonly ada: number; readonly bea: number } {
  const store = new ContactStore()
  const ada = store.directory.add('ada')
  const bea = store.directory.add('bea')
  store.setAttribute(ada, 'zeal', 3)
  store.setAttribute(ada, 'age', 40)
  store.setAttribute(bea, 'age', 20)
  store.tags.set(ada, 'vip', held('vip', 5))
  store.tags.set(ada, 'late', held('late', 9))
  store.tags.set(ada, 'early', held('early', 5))
  for (const one of [event('visit', 7, 1), event('purchase', 3, 2, 'p1'), event('visit', 1, 3)])
    store.history.addEvent(ada, one)
  store.history.setRecords(ada, 'tickets', [{ id: 't1' }])
  store.history.setRecords(ada, 'deals', [{ id: 'd1' }])
  return { store, ada, bea }
}

describe('a store of contacts', () => {
  it('gives a contact as plain data, everything in its order, frozen', () => {
    const { store, ada, bea } = filled()
    const contact = store.contact(ada)
    expect(contact).toEqual({
      id: 'ada',
      attributes: { age: 40, zeal: 3 },
      tags: [held('early', 5), held('vip', 5), held('late', 9)],
      events: [
        { type: 'visit', at: 1, properties: { x: 1 } },
        { type: 'purchase', at: 3, properties: { x: 3 }, id: 'p1' },
        { type: 'visit', at: 7, properties: { x: 7 } },
      ],
      records: { deals: [{ id: 'd1' }], tickets: [{ id: 't1' }] },
    })
    expect([Object.keys(contact.attributes), Object.keys(contact.records)]).toEqual([
      ['age', 'zeal'],
      ['deals', 'tickets'],
    ])
    for (const part of [contact, contact.attributes, contact.tags, contact.events, contact.records])
      expect(Object.isFrozen(part)).toBe(true)
    for (const one of contact.events) expect([Object.isFrozen(one), 'arrival' in one]).toEqual([true, false])
    expect(store.contact(bea)).toEqual({ id: 'bea', attributes: { age: 20 }, tags: [], events: [], records: {} })
  })

  it('shows a contact as it is when it is asked', () => {
    const { store, ada } = filled()
    const view = store.view(ada)
    expect([view.id, view.tagCount, view.attribute('age'), view.attribute('size')]).toEqual(['ada', 3, 40, undefined])
    expect([view.tag('vip'), view.tag('gone')]).toEqual([held('vip', 5), undefined])
    expect([...view.tags()].map((one) => one.tag).sort()).toEqual(['early', 'late', 'vip'])
    expect(view.events('visit').map(({ at }) => at)).toEqual([1, 7])
    expect([view.countEvents('visit', 1, 7), view.countEvents('visit', 1, 8), view.countEvents('visit', 2, 7)]).toEqual(
      [1, 2, 0],
    )
    expect([view.countEvents('visit', 8, 1), view.countEvents('never', 0, 9), view.folded('visit')]).toEqual([
      0,
      0,
      undefined,
    ])
    expect([view.records('deals'), view.records('never')]).toEqual([[{ id: 'd1' }], []])
    store.setAttribute(ada, 'age', 41)
    expect(view.attribute('age')).toBe(41)
  })

  it('keeps a column while anybody has a value or somebody holds it', () => {
    const { store, ada, bea } = filled()
    const age = store.column('age')
    expect(store.columnNow('age')).toBe(age)
    for (const ordinal of [ada, bea]) store.setAttribute(ordinal, 'age', undefined)
    expect([store.columnNow('age'), age.count, store.column('age')]).toEqual([age, 0, age])
    store.setAttribute(ada, 'zeal', undefined)
    store.setAttribute(ada, 'never', undefined)
    expect([store.columnNow('zeal'), store.columnNow('never')]).toEqual([undefined, undefined])
    const size = store.column('size')
    store.setAttribute(bea, 'size', 2)
    expect([size.get(bea), store.columnNow('size'), [...store.attributesOf(bea)]]).toEqual([2, size, [['size', 2]]])
    expect(store.saveAttributes().map(([name]) => name)).toEqual(['size'])
    const later = new ContactStore()
    for (const id of ['ada', 'bea']) later.directory.add(id)
    for (const [name, saved] of store.saveAttributes()) later.loadAttribute(name, saved)
    expect([later.attribute(bea, 'size'), later.attribute(ada, 'size')]).toEqual([2, undefined])
  })

  it('leaves nothing of a contact whose ordinal it gave away', () => {
    const { store, ada, bea } = filled()
    store.history.setRemoved(ada, 'e1', true)
    store.directory.hide(ada)
    store.release(ada)
    expect(store.directory.add('cyd')).toBe(ada)
    expect(store.contact(ada)).toEqual({ id: 'cyd', attributes: {}, tags: [], events: [], records: {} })
    expect([store.columnNow('zeal'), store.history.eventCount, store.history.eventById(ada, 'e1')]).toEqual([
      undefined,
      0,
      undefined,
    ])
    expect([store.tags.countOf(ada), store.attribute(bea, 'age')]).toEqual([0, 20])
    store.pack()
    expect(store.contact(bea).attributes).toEqual({ age: 20 })
  })
})
