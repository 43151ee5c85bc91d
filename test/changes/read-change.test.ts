import { describe, expect, it } from 'vitest'
import { changeTypes } from '../../src/changes/change-shapes.js'
import { defaultLimits } from '../../src/contacts/limits.js'
import { defineSchema, field } from '../../src/contacts/schema.js'
import { faultsOf, isFrozenDeep, issuesOf, read } from './reading.js'

const schema = defineSchema({
  attributes: { score: field.number(), plan: field.oneOf('free', 'pro'), at: field.instant(), birthday: field.day() },
})
const identity = { channel: 'chat', id: '1' }
const vip = { op: 'hasTag', tag: 'VIP' }

describe('a change that is right', () => {
  const valid: [string, unknown, unknown?][] = [
    ['put', { type: 'contact.put', contact: 'ada', attributes: { score: 1 } }],
    ['put by identity', { type: 'contact.put', contact: identity, attributes: {} }],
    [
      'put without attributes',
      { type: 'contact.put', contact: 'ada' },
      { type: 'contact.put', contact: 'ada', attributes: {} },
    ],
    [
      'put with missing attributes',
      { type: 'contact.put', contact: 'ada', attributes: { a: null, b: undefined, c: [1, 1], d: -0 } },
      { type: 'contact.put', contact: 'ada', attributes: { c: [1], d: 0 } },
    ],
    [
      'patch',
      { type: 'contact.patch', contact: 'ada', attributes: { a: 'x', b: null, c: undefined, d: new Date(7) } },
      { type: 'contact.patch', contact: 'ada', attributes: { a: 'x', b: null, c: null, d: { instant: 7 } } },
    ],
    ['patch of nothing', { type: 'contact.patch', contact: 'ada', attributes: {} }],
    ['remove', { type: 'contact.remove', contact: 'ada' }],
    ['merge', { type: 'contact.merge', from: 'ada', into: identity }],
    ['identify', { type: 'contact.identify', contact: 'ada', ...identity }],
    [
      'tag',
      { type: 'tag.add', contacts: 'ada', tags: 'VIP' },
      { type: 'tag.add', contacts: ['ada'], tags: ['VIP'], holder: { kind: 'person' } },
    ],
    [
      'tag one by identity, held by a kind',
      { type: 'tag.add', contacts: identity, tags: ['VIP'], holder: 'import' },
      { type: 'tag.add', contacts: [identity], tags: ['VIP'], holder: { kind: 'import' } },
    ],
    [
      'tag several, some twice',
      {
        type: 'tag.add',
        contacts: ['b', 'a', 'b', identity, { ...identity }, '1'],
        tags: ['x', 'X', 'x'],
        holder: { kind: 'campaign', by: 'spring' },
      },
      {
        type: 'tag.add',
        contacts: ['b', 'a', identity, '1'],
        tags: ['x', 'X'],
        holder: { kind: 'campaign', by: 'spring' },
      },
    ],
    [
      'untag',
      { type: 'tag.remove', contacts: 'ada', tags: 'VIP' },
      { type: 'tag.remove', contacts: ['ada'], tags: ['VIP'] },
    ],
    ['untag, and say who does', { type: 'tag.remove', contacts: ['ada'], tags: ['VIP'], by: 'zoe' }],
    ['declare a tag', { type: 'tag.define', tag: 'VIP', name: 'Very', when: '', kind: 'campaign', colour: null }],
    ['group tags', { type: 'tag.group', group: 'g', prefix: 'source-', tags: [], exclusive: true }],
    ['ungroup tags', { type: 'tag.ungroup', group: 'g' }],
    ['rename a tag', { type: 'tag.rename', from: 'vip', to: 'VIP', force: true }],
    ['merge tags', { type: 'tag.merge', from: 'vip', into: 'VIP' }, { type: 'tag.merge', from: ['vip'], into: 'VIP' }],
    ['delete a tag', { type: 'tag.delete', tags: 'vip' }, { type: 'tag.delete', tags: ['vip'] }],
    ['define by nothing but an id', { type: 'segment.define', id: 's' }],
    [
      'define with all there is',
      {
        type: 'segment.define',
        id: 's',
        kind: 'hybrid',
        rule: vip,
        contacts: ['ada'],
        visits: false,
        name: '',
        description: 'Those we like',
        owner: 'Ada',
        labels: ['a', 'b'],
        data: { color: '#fff', order: [1, 2.5, null, true, { deep: '' }] },
      },
    ],
    ['define a static segment with nobody', { type: 'segment.define', id: 's', contacts: [], labels: [] }],
    ['describe', { type: 'segment.describe', segment: 's', name: 'S', labels: ['a'], data: { a: 1 } }],
    [
      'describe no more',
      { type: 'segment.describe', segment: 's', name: null, description: null, owner: null, labels: null, data: null },
    ],
    ['convert', { type: 'segment.convert', segment: 's', kind: 'static' }],
    ['convert by a rule', { type: 'segment.convert', segment: 's', kind: 'dynamic', rule: vip }],
    ['remove a segment', { type: 'segment.remove', segment: 's' }],
    [
      'include',
      { type: 'member.include', segment: 's', contacts: 'ada', reason: 'asked', until: new Date(99) },
      { type: 'member.include', segment: 's', contacts: ['ada'], reason: 'asked', until: 99 },
    ],
    ['exclude', { type: 'member.exclude', segment: 's', contacts: ['ada', identity] }],
    ['reset', { type: 'member.reset', segment: 's', contacts: ['ada'], slot: 'exclude' }],
    ['reset both', { type: 'member.reset', segment: 's', contacts: ['ada'] }],
    [
      'record an event',
      { type: 'event.record', contact: 'ada', event: { type: 'visit', at: new Date(5), id: 'e1' } },
      { type: 'event.record', contact: 'ada', event: { type: 'visit', at: 5, properties: {}, id: 'e1' } },
    ],
    [
      'correct an event',
      { type: 'event.correct', contact: 'ada', id: 'e1', event: { type: 'visit', properties: { amount: 0.1 } } },
    ],
    ['take an event out', { type: 'event.remove', contact: identity, id: 'e1' }],
    [
      'put a record',
      { type: 'record.put', contact: 'ada', collection: 'orders', record: { id: 'o1', lines: [{ n: 2 }] } },
    ],
    ['take a record out', { type: 'record.remove', contact: 'ada', collection: 'orders', id: 'o1' }],
    [
      'define an automation',
      { type: 'automation.define', automation: 'a', when: [], steps: [], if: { op: 'everyone' }, existing: true },
    ],
    ['remove an automation', { type: 'automation.remove', automation: 'a' }],
    ['begin a run', { type: 'automation.start', automation: 'a', contact: 'ada', because: { on: 'start' }, turn: 0 }],
    [
      'move a run',
      { type: 'automation.step', contact: 'ada', run: 'a#1', at: '0', to: '1', went: 'then', why: [1], attempt: 2 },
    ],
    ['let a run wait', { type: 'automation.wait', contact: 'ada', run: 'a#1', at: '0', until: 5, for: 'time' }],
    ['end a run', { type: 'automation.finish', contact: 'ada', run: 'a#1', outcome: 'done', why: 'so' }],
    ['fold', { type: 'event.fold', before: '1970-01-01T00:00:01Z' }, { type: 'event.fold', before: 1000 }],
    ['advance', { type: 'clock.advance', to: 0 }],
    ['advance to before 1970', { type: 'clock.advance', to: -1.5 }, { type: 'clock.advance', to: -2 }],
  ]

  it.each(valid)('%s', (_, input, expected = input) => {
    const change = read(input)
    expect(change).toStrictEqual(expected)
    expect(isFrozenDeep(change)).toBe(true)
    expect(read(change)).toStrictEqual(change)
    expect(read(JSON.parse(JSON.stringify(change)))).toStrictEqual(change)
  })

  it('is of every type there is', () => {
    const types = new Set(valid.map(([, input]) => (input as { type: string }).type))
    expect([...types].sort()).toEqual([...changeTypes].sort())
  })

  it('may have properties that are undefined', () => {
    expect(read({ type: 'member.reset', segment: 's', contacts: 'a', slot: undefined })).toStrictEqual({
      type: 'member.reset',
      segment: 's',
      contacts: ['a'],
    })
  })

  it('may have no prototype, or be of another realm', () => {
    const bare = Object.assign(Object.create(null) as object, { type: 'segment.remove', segment: 's' })
    expect(read(bare)).toStrictEqual({ type: 'segment.remove', segment: 's' })
  })
})

describe('instants and attributes', () => {
  it('are read in the zone that is in force, once', () => {
    const advance = { type: 'clock.advance', to: '2026-07-01' }
    const there = read(advance, { timeZone: 'Europe/Berlin' })
    expect(there).toEqual({ type: 'clock.advance', to: Date.parse('2026-06-30T22:00:00Z') })
    expect(read(there, { timeZone: 'Asia/Tokyo' })).toEqual(there)
    expect(read({ type: 'clock.advance', to: { instant: '1970-01-01T00:00:01Z' } })).toEqual({
      type: 'clock.advance',
      to: 1000,
    })
  })

  it('are what the schema says', () => {
    const put = {
      type: 'contact.put',
      contact: 'ada',
      attributes: { at: '2026-01-01', birthday: '1990-05-17', plan: 'pro' },
    }
    expect(read(put, { schema, timeZone: 'Europe/Berlin' })).toEqual({
      ...put,
      attributes: {
        at: { instant: Date.parse('2025-12-31T23:00:00Z') },
        birthday: { day: '1990-05-17' },
        plan: 'pro',
      },
    })
  })

  it('say what the schema does not know or allow, with the path and the nearest name', () => {
    const put = (attributes: unknown) => ({ type: 'contact.put', contact: 'ada', attributes })
    expect(issuesOf(put({ scroe: 1 }), { schema })).toMatchObject([
      { code: 'ATTRIBUTE_UNKNOWN', path: ['attributes', 'scroe'], nearest: 'score' },
    ])
    expect(faultsOf(put({ score: '1', plan: 'pr', at: 'soon', birthday: '1990-02-30' }), { schema })).toEqual([
      'VALUE_INVALID attributes.score',
      'VALUE_INVALID attributes.plan',
      'DATE_INVALID attributes.at',
      'DATE_INVALID attributes.birthday',
    ])
  })
})

describe('a rule', () => {
  it('gets the zone and the first day of the week written into it', () => {
    const rule = { op: 'inCalendar', left: { get: 'attribute', name: 'at' }, period: { period: 'this', unit: 'week' } }
    const define = { type: 'segment.define', id: 's', rule }
    const there = read(define, { timeZone: 'Europe/Berlin', weekStartsOn: 'sunday' })
    expect(there).toMatchObject({ rule: { timeZone: 'Europe/Berlin', weekStartsOn: 'sunday' } })
    expect(read(there)).toEqual(there)
  })

  it('has its own codes, and its place in the change', () => {
    const rule = { op: 'not', rule: { op: 'all', rules: [] } }
    expect(faultsOf({ type: 'segment.define', id: 's', rule })).toEqual(['RULE_EMPTY rule.rule.rules'])
    expect(faultsOf({ type: 'segment.convert', segment: 's', kind: 'dynamic', rule: { op: 'al' } })).toEqual([
      'RULE_INVALID rule.op',
    ])
    const deep = { op: 'not', rule: { op: 'not', rule: vip } }
    const limits = { ...defaultLimits, depth: 2 }
    expect(faultsOf({ type: 'segment.define', id: 's', rule: deep }, { limits })).toEqual([
      'LIMIT_EXCEEDED rule.rule.rule',
    ])
  })
})

describe('names', () => {
  it.each(['__proto__', 'constructor', 'toString', ' ', '😀', 'ς'])('may be any text: %j', (name) => {
    const attributes = Object.fromEntries([[name, 1]])
    for (const type of ['contact.put', 'contact.patch'] as const) {
      const change = read({ type, contact: name, attributes })
      expect(change).toStrictEqual({ type, contact: name, attributes })
      expect(Object.keys((change as { attributes: object }).attributes)).toEqual([name])
      expect(read(change)).toStrictEqual(change)
    }
    const tag = read({ type: 'tag.add', contacts: [name, { channel: name, id: name }], tags: name })
    expect(tag).toMatchObject({ contacts: [name, { channel: name, id: name }], tags: [name] })
  })

  it('are not looked for in prototypes', () => {
    expect(faultsOf({ type: '__proto__' })).toEqual(['CHANGE_INVALID type'])
    expect(faultsOf({ type: 'constructor' })).toEqual(['CHANGE_INVALID type'])
    const inherited = Object.create({ segment: 's' }) as { type?: string }
    inherited.type = 'segment.remove'
    expect(faultsOf(inherited)).toEqual(['CHANGE_INVALID'])
    expect(faultsOf(JSON.parse('{ "type": "segment.remove", "__proto__": { "segment": "s" } }'))).toEqual([
      'CHANGE_INVALID segment',
      'CHANGE_INVALID __proto__',
    ])
    expect(faultsOf({ type: 'tag.add', contacts: 'a', tags: 'x', holder: { kind: 'toString' } })).toEqual([
      'CHANGE_INVALID holder.kind',
    ])
  })

  it('are as long as the limit at most', () => {
    const limits = { ...defaultLimits, name: 3 }
    expect(read({ type: 'contact.remove', contact: 'abc' }, { limits })).toMatchObject({ contact: 'abc' })
    expect(faultsOf({ type: 'contact.remove', contact: 'abcd' }, { limits })).toEqual(['LIMIT_EXCEEDED contact'])
    expect(faultsOf({ type: 'tag.add', contacts: ['abc', 'abcd'], tags: 'abcd' }, { limits })).toEqual([
      'LIMIT_EXCEEDED contacts.1',
      'LIMIT_EXCEEDED tags',
    ])
  })
})
