import { expect, it } from 'vitest'
import { viewOf } from '../../src/contacts/contact-view.js'
import type { Contact } from '../../src/contacts/contact.js'
import type { HeldTag } from '../../src/contacts/tag.js'

const held = (tag: string): HeldTag => ({ tag, since: 0, holders: [{ kind: 'person', at: 0 }] })
const contact: Contact = { id: 'ada', attributes: { plan: 'pro' }, tags: [held('b'), held('a')] }

it('gives what the contact has', () => {
  const view = viewOf(contact)
  expect(view.id).toBe('ada')
  expect(view.attribute('plan')).toBe('pro')
  expect(view.attribute('name')).toBeUndefined()
  expect(view.tag('a')).toBe(contact.tags[1])
  expect(view.tag('A')).toBeUndefined()
  expect(Array.from(view.tags(), ({ tag }) => tag)).toEqual(['b', 'a'])
  expect(view.tagCount).toBe(2)
})

it('gives nothing that the contact has not, whatever the name', () => {
  const view = viewOf(contact)
  for (const name of ['__proto__', 'constructor', 'toString', 'valueOf']) {
    expect(view.attribute(name)).toBeUndefined()
    expect(view.tag(name)).toBeUndefined()
  }
})

it('gives attributes and tags that are called so', () => {
  const attributes = JSON.parse('{"__proto__": 1, "constructor": 2}') as Record<string, number>
  const view = viewOf({ id: 'ada', attributes, tags: [held('__proto__')] })
  expect(view.attribute('__proto__')).toBe(1)
  expect(view.attribute('constructor')).toBe(2)
  expect(view.tag('__proto__')?.tag).toBe('__proto__')
})
