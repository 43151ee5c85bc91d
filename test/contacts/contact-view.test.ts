import { expect, it } from 'vitest'
import { viewOf } from '../../src/contacts/contact-view.js'
import type { Contact } from '../../src/contacts/contact.js'
import type { HeldTag } from '../../src/contacts/tag.js'

const held = (tag: string): HeldTag => ({ tag, since: 0, holders: [{ kind: 'person', at: 0 }] })
const buy = { type: 'buy', at: 5, properties: { amount: 1 } }
const see = { type: 'see', at: 5, properties: {}, id: '1' }
const order = { id: '1', total: 3, lines: [{ amount: 1 }] }
const contact: Contact = {
  id: 'ada',
  attributes: { plan: 'pro' },
  tags: [held('b'), held('a')],
  events: [buy, see, { ...buy, at: 6 }],
  records: { orders: [order] },
}

it('gives what the contact has', () => {
  const view = viewOf(contact)
  expect(view.id).toBe('ada')
  expect(view.attribute('plan')).toBe('pro')
  expect(view.attribute('name')).toBeUndefined()
  expect(view.tag('a')).toBe(contact.tags[1])
  expect(view.tag('A')).toBeUndefined()
  expect(Array.from(view.tags(), ({ tag }) => tag)).toEqual(['b', 'a'])
  expect(view.tagCount).toBe(2)
  expect(view.records('orders')).toEqual([order])
  expect(view.records('deals')).toEqual([])
})

it('gives events by type, each with its place, which says which of two came first', () => {
  const view = viewOf(contact)
  expect(view.events('buy')).toEqual([
    { ...buy, arrival: 0 },
    { ...buy, at: 6, arrival: 2 },
  ])
  expect(view.events('see')).toEqual([{ ...see, arrival: 1 }])
  expect(view.events('click')).toEqual([])
})

it('gives nothing that the contact has not, whatever the name', () => {
  const view = viewOf(contact)
  for (const name of ['__proto__', 'constructor', 'toString', 'valueOf']) {
    expect(view.attribute(name)).toBeUndefined()
    expect(view.tag(name)).toBeUndefined()
    expect(view.events(name)).toEqual([])
    expect(view.records(name)).toEqual([])
  }
})

it('gives attributes and tags that are called so', () => {
  const attributes = JSON.parse('{"__proto__": 1, "constructor": 2}') as Record<string, number>
  const records = JSON.parse('{"__proto__": [{"id": "1"}]}') as Contact['records']
  const events = [{ ...buy, type: '__proto__' }]
  const view = viewOf({ id: 'ada', attributes, tags: [held('__proto__')], events, records })
  expect(view.attribute('__proto__')).toBe(1)
  expect(view.attribute('constructor')).toBe(2)
  expect(view.tag('__proto__')?.tag).toBe('__proto__')
  expect(view.events('__proto__')).toEqual([{ ...buy, type: '__proto__', arrival: 0 }])
  expect(view.records('__proto__')).toEqual([{ id: '1' }])
})
