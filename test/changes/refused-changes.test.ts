import { describe, expect, it } from 'vitest'
import { CoterieError } from '../../src/base/errors.js'
import { changeTypes } from '../../src/changes/change-shapes.js'
import { defaultLimits } from '../../src/contacts/limits.js'
import { faultsOf, issuesOf, read } from './reading.js'

/** For each type a change that is right, and for each of its fields what is wrong. */
const vip = { op: 'hasTag', tag: 'VIP' }
const wrongText = [1, null, true, [], {}, new Date(0), 'a\0', '\ud800', Symbol('a'), () => 'a', 1n]
const wrongName = [...wrongText, '']
const wrongContact = [...wrongName, { channel: 'chat' }, { channel: '', id: '1' }, { channel: 'chat', id: '1', x: 1 }]
const wrongContacts = [
  [''],
  ['a', 1],
  [undefined],
  [['a']],
  ...wrongContact.filter((input) => !Array.isArray(input)),
  [],
]
const wrongTags = [[''], ['a', { tag: 'b' }], ...wrongName]
const wrongInstant = [
  '',
  'soon',
  '2026-13-01',
  NaN,
  Infinity,
  8.64e15 + 1,
  null,
  true,
  {},
  [],
  { instant: 'x' },
  new Date(NaN),
]
const wrongKind = ['dinamic', '', null, 1, ['static']]
const wrongRule = [null, 'VIP', {}, [], { op: 'hasTag' }, { op: 'hasTagg', tag: 'a' }, () => vip]
const wrongAttributes = [
  null,
  'a',
  1,
  [],
  [['a', 1]],
  new Map(),
  { a: NaN },
  { a: {} },
  { a: [1, 'a'] },
  { '': 1 },
  { a: () => 1 },
]
const wrongLabels = ['', [''], [null], null, 1, { a: 1 }]
const wrongData = [
  undefined,
  NaN,
  () => 1,
  Symbol('a'),
  1n,
  new Date(0),
  new Map(),
  [undefined],
  { a: [() => 1] },
  'a\0',
]
const wrongFlag = [null, 'true', 1, 0]
const wrongHolder = [
  null,
  'persn',
  '',
  1,
  [],
  {},
  { kind: 'person', by: '' },
  { kind: 'person', by: null },
  { kind: 'person', at: 1 },
]

const changes: Record<string, { readonly right: Record<string, unknown>; readonly wrong: Record<string, unknown[]> }> =
  {
    'contact.put': { right: { contact: 'a' }, wrong: { contact: wrongContact, attributes: wrongAttributes } },
    'contact.patch': {
      right: { contact: 'a', attributes: {} },
      wrong: { contact: wrongContact, attributes: wrongAttributes },
    },
    'contact.remove': { right: { contact: 'a' }, wrong: { contact: wrongContact } },
    'contact.merge': { right: { from: 'a', into: 'b' }, wrong: { from: wrongContact, into: wrongContact } },
    'contact.identify': {
      right: { contact: 'a', channel: 'chat', id: '1' },
      wrong: { contact: wrongContact, channel: wrongName, id: wrongName },
    },
    'tag.add': {
      right: { contacts: 'a', tags: 'b' },
      wrong: { contacts: wrongContacts, tags: wrongTags, holder: wrongHolder },
    },
    'tag.remove': {
      right: { contacts: 'a', tags: 'b' },
      wrong: { contacts: wrongContacts, tags: wrongTags, holder: wrongHolder, by: wrongName },
    },
    'tag.define': {
      right: { tag: 'a' },
      wrong: {
        tag: wrongName,
        name: wrongText.filter((input) => input !== null),
        kind: ['handmade', '', 1],
        colour: wrongText.filter((input) => input !== null),
      },
    },
    'tag.group': {
      right: { group: 'g' },
      wrong: {
        group: wrongName,
        name: wrongText,
        prefix: wrongName,
        tags: [[''], [null], null, 1],
        exclusive: wrongFlag,
      },
    },
    'tag.ungroup': { right: { group: 'g' }, wrong: { group: wrongName } },
    'tag.rename': { right: { from: 'a', to: 'b' }, wrong: { from: wrongName, to: wrongName, force: wrongFlag } },
    'tag.merge': { right: { from: 'a', into: 'b' }, wrong: { from: wrongTags, into: wrongName, force: wrongFlag } },
    'tag.delete': { right: { tags: 'a' }, wrong: { tags: wrongTags, force: wrongFlag } },
    'segment.define': {
      right: { id: 's' },
      wrong: {
        id: wrongName,
        kind: wrongKind,
        rule: wrongRule,
        contacts: wrongContacts.filter((input) => !(Array.isArray(input) && input.length === 0)),
        visits: wrongFlag,
        name: wrongText,
        description: wrongText,
        owner: wrongText,
        labels: wrongLabels,
        data: wrongData.filter((input) => input !== undefined),
      },
    },
    'segment.describe': {
      right: { segment: 's' },
      wrong: {
        segment: wrongName,
        name: wrongText.filter((input) => input !== null),
        description: wrongText.filter((input) => input !== null),
        owner: wrongText.filter((input) => input !== null),
        labels: wrongLabels.filter((input) => input !== null),
        data: wrongData.filter((input) => input !== undefined),
      },
    },
    'segment.convert': {
      right: { segment: 's', kind: 'static' },
      wrong: { segment: wrongName, kind: wrongKind, rule: wrongRule },
    },
    'segment.remove': { right: { segment: 's' }, wrong: { segment: wrongName } },
    'member.include': {
      right: { segment: 's', contacts: 'a' },
      wrong: { segment: wrongName, contacts: wrongContacts, reason: wrongText, until: wrongInstant },
    },
    'member.exclude': {
      right: { segment: 's', contacts: 'a' },
      wrong: { segment: wrongName, contacts: wrongContacts, reason: wrongText, until: wrongInstant },
    },
    'member.reset': {
      right: { segment: 's', contacts: 'a' },
      wrong: { segment: wrongName, contacts: wrongContacts, slot: ['both', '', null, 1] },
    },
    'event.record': {
      right: { contact: 'a', event: { type: 'visit' } },
      wrong: {
        contact: wrongContact,
        event: [null, 'visit', {}, { type: '' }, { type: 'visit', at: 'soon' }, { type: 'visit', x: 1 }],
      },
    },
    'event.correct': {
      right: { contact: 'a', id: 'e', event: { type: 'visit' } },
      wrong: { contact: wrongContact, id: wrongName, event: [null, {}, { type: 'visit', id: 'other' }] },
    },
    'event.remove': { right: { contact: 'a', id: 'e' }, wrong: { contact: wrongContact, id: wrongName } },
    'record.put': {
      right: { contact: 'a', collection: 'orders', record: { id: 'o' } },
      wrong: { contact: wrongContact, record: [null, 'o', {}, { id: '' }, { id: 'o', lines: [{ n: NaN }] }] },
    },
    'record.remove': {
      right: { contact: 'a', collection: 'orders', id: 'o' },
      wrong: { contact: wrongContact, collection: wrongName, id: wrongName },
    },
    'event.fold': { right: { before: 1 }, wrong: { before: wrongInstant } },
    'automation.define': {
      right: { automation: 'a', when: [], steps: [] },
      wrong: { automation: wrongName, when: [1n], steps: [1n], existing: [1], overlap: ['both'], reentry: [1] },
    },
    'automation.remove': { right: { automation: 'a' }, wrong: { automation: wrongName } },
    'automation.start': {
      right: { automation: 'a', contact: 'a' },
      wrong: { automation: wrongName, contact: wrongContact, run: ['', 1], turn: [-1, 0.5, '1'] },
    },
    'automation.step': {
      right: { contact: 'a', run: 'r', at: '0' },
      wrong: { contact: wrongContact, run: wrongName, at: wrongName, went: ['on'], attempt: [-1], result: [1n] },
    },
    'automation.wait': {
      right: { contact: 'a', run: 'r', at: '0' },
      wrong: { contact: wrongContact, run: wrongName, until: ['soon'], for: ['ever'] },
    },
    'automation.finish': {
      right: { contact: 'a', run: 'r', outcome: 'done' },
      wrong: { contact: wrongContact, run: wrongName, outcome: ['well', null], why: [1] },
    },
    'clock.advance': { right: { to: 1 }, wrong: { to: wrongInstant } },
  }

describe('every type of change', () => {
  it('is tried', () => {
    expect(Object.keys(changes).sort()).toEqual([...changeTypes].sort())
  })

  it.each(Object.entries(changes))('%s: says which field is wrong', (type, { right, wrong }) => {
    expect(read({ type, ...right })).toMatchObject({ type })
    for (const [field, inputs] of Object.entries(wrong)) {
      for (const input of inputs) {
        const issues = issuesOf({ type, ...right, [field]: input })
        expect(issues.map(({ path }) => path[0])).toEqual(issues.map(() => field))
        for (const { message, received, expected } of issues) {
          expect([message, received, expected]).not.toContain('')
        }
      }
    }
  })

  it.each(Object.entries(changes))('%s: says what is missing', (type, { right }) => {
    const needed = Object.keys(right)
    expect(faultsOf({ type })).toEqual(needed.map((field) => `CHANGE_INVALID ${field}`))
    for (const field of needed) {
      expect(faultsOf({ type, ...right, [field]: undefined })).toEqual([`CHANGE_INVALID ${field}`])
    }
  })

  it.each(Object.entries(changes))('%s: has no other properties', (type, { right, wrong }) => {
    for (const field of Object.keys(wrong)) {
      const input = { type, ...right, [`${field}s`]: undefined, x1234567: 1 }
      const issues = issuesOf(input).filter(({ path }) => path[0] === `${field}s`)
      if (Object.hasOwn(wrong, `${field}s`)) continue
      expect(issues).toMatchObject([{ code: 'CHANGE_INVALID', nearest: field }])
    }
    expect(faultsOf({ type, ...right, x1234567: 1 })).toEqual(['CHANGE_INVALID x1234567'])
  })
})

describe('what is no change', () => {
  it.each([
    undefined,
    null,
    1,
    'contact.put',
    Symbol('a'),
    () => ({ type: 'segment.remove', segment: 's' }),
    [{ type: 'segment.remove', segment: 's' }],
    new Map([['type', 'segment.remove']]),
    new (class {
      readonly type = 'segment.remove'
      readonly segment = 's'
    })(),
  ])('is refused as a whole: %o', (input) => {
    expect(faultsOf(input)).toEqual(['CHANGE_INVALID'])
  })

  it('has a type that there is, or one that is near it', () => {
    expect(faultsOf({})).toEqual(['CHANGE_INVALID type'])
    expect(faultsOf({ type: ['contact.put'], contact: 'a' })).toEqual(['CHANGE_INVALID type'])
    expect(issuesOf({ type: 'contact.putt' })).toMatchObject([{ received: '"contact.putt"', nearest: 'contact.put' }])
  })

  it('is told with all that is wrong', () => {
    const input = { type: 'tag.add', contacts: ['', 'a', 3], tags: [], holder: 'nobody', because: 'x' }
    expect(faultsOf(input)).toEqual([
      'CHANGE_INVALID contacts.0',
      'CHANGE_INVALID contacts.2',
      'CHANGE_INVALID tags',
      'CHANGE_INVALID holder',
      'CHANGE_INVALID because',
    ])
    expect(() => read(input)).toThrow(CoterieError)
    expect(() => read(input)).toThrow(/^The change is wrong at "contacts\.0": .* \(and 4 more\)$/)
    expect(() => read(7)).toThrow(/^The change is wrong: 7 is not a change/)
  })

  it('keeps a hundred issues of a hundred thousand', () => {
    const contacts = Array.from({ length: 100_000 }, () => '')
    expect(issuesOf({ type: 'tag.add', contacts, tags: 'a' })).toHaveLength(100)
  })
})

describe('size', () => {
  it('of a list of tags or labels is limited; of contacts there may be a million', () => {
    const limits = { ...defaultLimits, list: 2 }
    const three = ['a', 'b', 'c']
    expect(faultsOf({ type: 'tag.add', contacts: three, tags: three }, { limits })).toEqual(['LIMIT_EXCEEDED tags'])
    expect(faultsOf({ type: 'segment.define', id: 's', labels: three }, { limits })).toEqual(['LIMIT_EXCEEDED labels'])
    const many = Array.from({ length: 1_000_001 }, (_, place) => String(place))
    expect(faultsOf({ type: 'tag.remove', contacts: many, tags: 'a' })).toEqual(['LIMIT_EXCEEDED contacts'])
    many.pop()
    expect(read({ type: 'tag.remove', contacts: many, tags: 'a' })).toMatchObject({ type: 'tag.remove', tags: ['a'] })
  })

  it('of a text is limited', () => {
    const limits = { ...defaultLimits, text: 3 }
    expect(faultsOf({ type: 'segment.define', id: 's', name: 'abcd', owner: 'abc' }, { limits })).toEqual([
      'LIMIT_EXCEEDED name',
    ])
    expect(faultsOf({ type: 'member.include', segment: 's', contacts: 'a', reason: 'abcd' }, { limits })).toEqual([
      'LIMIT_EXCEEDED reason',
    ])
  })
})
