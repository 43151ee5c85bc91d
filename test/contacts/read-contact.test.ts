import { describe, expect, it } from 'vitest'
import { isCoterieError, type Issue } from '../../src/base/errors.js'
import { readAttributes } from '../../src/contacts/read-attributes.js'
import { readContact } from '../../src/contacts/read-contact.js'
import { readId, readTag } from '../../src/contacts/read-text.js'
import { readingOf, type ReadingOptions } from '../../src/contacts/reading.js'
import { defineSchema, field } from '../../src/contacts/schema.js'
import { hostileInputs } from './hostile-inputs.js'

const schema = defineSchema({
  attributes: {
    plan: field.oneOf('free', 'pro'),
    score: field.number(),
    since: field.instant(),
    birthday: field.day(),
  },
})

function issuesOf(input: unknown, options: ReadingOptions = {}): readonly Issue[] {
  try {
    readContact(input, options)
  } catch (error) {
    if (isCoterieError(error)) return error.issues
    throw error
  }
  return []
}

describe('attributes', () => {
  function attributesOf(input: unknown, options: ReadingOptions = {}) {
    const reading = readingOf(options)
    const read = readAttributes(input, reading, ['attributes'])
    return { read: read === undefined ? undefined : [...read], issues: reading.issues }
  }

  it('are read by the schema, in order; null and undefined take away', () => {
    const input = { since: '2026-01-01', birthday: '1990-05-17', plan: null, score: undefined }
    expect(attributesOf(input, { schema })).toEqual({
      read: [
        ['since', { instant: Date.UTC(2026, 0, 1) }],
        ['birthday', { day: '1990-05-17' }],
        ['plan', null],
        ['score', null],
      ],
      issues: [],
    })
  })

  it('are what they are without a schema', () => {
    expect(attributesOf({ since: '2026-01-01', at: new Date(5) }).read).toEqual([
      ['since', '2026-01-01'],
      ['at', { instant: 5 }],
    ])
  })

  it('left out are none', () => {
    expect(attributesOf(undefined)).toEqual({ read: [], issues: [] })
  })

  it('have any name, __proto__ too', () => {
    const input: unknown = JSON.parse('{ "__proto__": 1, "constructor": 2, "": 3 }')
    const { read, issues } = attributesOf(input)
    expect(read).toBeUndefined()
    expect(issues).toMatchObject([{ code: 'VALUE_INVALID', path: ['attributes', ''] }])
    expect(attributesOf(JSON.parse('{ "__proto__": 1, "constructor": 2 }')).read).toEqual([
      ['__proto__', 1],
      ['constructor', 2],
    ])
  })

  it('that the schema does not know are refused, with the nearest that it does', () => {
    expect(attributesOf({ paln: 'pro', toString: 1, score: 'x' }, { schema })).toMatchObject({
      read: undefined,
      issues: [
        { code: 'ATTRIBUTE_UNKNOWN', path: ['attributes', 'paln'], received: '"paln"', nearest: 'plan' },
        { code: 'ATTRIBUTE_UNKNOWN', path: ['attributes', 'toString'] },
        { code: 'VALUE_INVALID', path: ['attributes', 'score'] },
      ],
    })
    expect(attributesOf({ a: 1 }, { schema: {} }).issues).toMatchObject([{ code: 'ATTRIBUTE_UNKNOWN' }])
  })

  it.each([
    ['a Map', new Map([['a', 1]])],
    ['a list', [['a', 1]]],
    ['null', null],
    ['a text', 'a'],
  ])('are not %s', (_, input) => {
    expect(attributesOf(input)).toMatchObject({ read: undefined, issues: [{ path: ['attributes'] }] })
  })

  it('are read once each', () => {
    let looks = 0
    const input = {
      get a() {
        return looks++ === 0 ? 1 : {}
      },
    }
    expect(attributesOf(input).read).toEqual([['a', 1]])
    expect(looks).toBe(1)
  })
})

describe('ids and tags', () => {
  const limits = { name: 5 }

  it.each<[unknown, string | undefined]>([
    ['ada', undefined],
    ['12345', undefined],
    ['123456', 'LIMIT_EXCEEDED'],
    ['', 'VALUE_INVALID'],
    ['\ud800', 'VALUE_INVALID'],
    ['a\0', 'VALUE_INVALID'],
    [7, 'VALUE_INVALID'],
    [undefined, 'VALUE_INVALID'],
  ])('%j', (input, code) => {
    for (const read of [readId(input, 'an id', readingOf({ limits }), []), readTag(input, readingOf({ limits }), [])]) {
      expect(read).toBe(code === undefined ? input : undefined)
    }
    const reading = readingOf({ limits })
    readId(input, 'an id', reading, ['id'])
    expect(reading.issues.map((issue) => issue.code)).toEqual(code === undefined ? [] : [code])
  })
})

describe('a contact', () => {
  const full = {
    id: 'ada',
    attributes: { plan: 'pro', score: null, since: new Date(7) },
    tags: [
      'VIP',
      { tag: 'late', since: 5 },
      {
        tag: 'held',
        holders: [{ kind: 'campaign', by: 'spring', at: 9 }, { kind: 'person', at: '1970-01-01' }, 'person'],
      },
      { tag: 'VIP', since: 3, holders: ['import'] },
    ],
  }

  it('is read with all that it has', () => {
    expect(readContact(full, { schema })).toStrictEqual({
      id: 'ada',
      attributes: { plan: 'pro', since: { instant: 7 } },
      tags: [
        {
          tag: 'VIP',
          since: 0,
          holders: [
            { kind: 'person', at: 0 },
            { kind: 'import', at: 3 },
          ],
        },
        { tag: 'late', since: 5, holders: [{ kind: 'person', at: 5 }] },
        {
          tag: 'held',
          since: 0,
          holders: [
            { kind: 'campaign', by: 'spring', at: 9 },
            { kind: 'person', at: 0 },
          ],
        },
      ],
      events: [],
      records: {},
    })
  })

  it('is frozen, and reads to itself', () => {
    const contact = readContact(full, { schema })
    expect(
      [contact, contact.attributes, contact.tags, contact.tags[0], contact.tags[0]?.holders].every(Object.isFrozen),
    ).toBe(true)
    expect(readContact(JSON.parse(JSON.stringify(contact)), { schema })).toStrictEqual(contact)
  })

  it('needs an id and nothing else', () => {
    expect(readContact({ id: 'ada' })).toStrictEqual({
      id: 'ada',
      attributes: {},
      tags: [],
      events: [],
      records: {},
    })
  })

  describe('with events and records', () => {
    const typed = defineSchema({
      events: { buy: { amount: field.number() }, see: {} },
      records: { orders: { total: field.number(), lines: field.records({ amount: field.number() }) }, deals: {} },
    })

    it('has the events in order, whatever the order in which they are given', () => {
      const events = [
        { type: 'see', at: 9 },
        { type: 'buy', at: '1970-01-01', properties: { amount: 1 } },
        { type: 'buy', at: 9, properties: { amount: 2 } },
        { type: 'see', at: 9, id: 'b' },
        { type: 'see', at: 9, id: 'a' },
      ]
      const contact = readContact({ id: 'ada', events }, { schema: typed })
      expect(contact.events).toStrictEqual([
        { type: 'buy', at: 0, properties: { amount: 1 } },
        { type: 'see', at: 9, properties: {}, id: 'a' },
        { type: 'see', at: 9, properties: {}, id: 'b' },
        { type: 'see', at: 9, properties: {} },
        { type: 'buy', at: 9, properties: { amount: 2 } },
      ])
      expect(readContact(JSON.parse(JSON.stringify(contact)))).toStrictEqual(contact)
    })

    it('has the first of several events with one id, and the last of such records', () => {
      const contact = readContact({
        id: 'ada',
        events: [
          { type: 'buy', at: 5, id: 'a' },
          { type: 'see', at: 1, id: 'a' },
        ],
        records: { orders: [{ id: '1', total: 1 }, { id: '1' }] },
      })
      expect(contact.events).toStrictEqual([{ type: 'buy', at: 5, properties: {}, id: 'a' }])
      expect(contact.records).toStrictEqual({ orders: [{ id: '1' }] })
    })

    it('has the records by collection and by id', () => {
      const records = { orders: [{ id: 'b', lines: [{ amount: 1 }] }, { id: 'B' }, { id: 'a' }], deals: [{ id: '1' }] }
      const contact = readContact({ id: 'ada', records: { ...records, tickets: undefined } }, {})
      expect(JSON.stringify(contact.records)).toBe(
        '{"deals":[{"id":"1"}],"orders":[{"id":"B"},{"id":"a"},{"id":"b","lines":[{"amount":1}]}]}',
      )
      expect(readContact(JSON.parse(JSON.stringify(contact)), { schema: typed })).toStrictEqual(contact)
      expect(readContact({ id: 'ada', records: { orders: [] } }).records).toStrictEqual({})
    })

    it('is frozen to the bottom', () => {
      const contact = readContact({
        id: 'ada',
        events: [{ type: 'buy', at: 1, properties: { list: ['a'] } }],
        records: { orders: [{ id: '1', lines: [{ amount: 1 }] }] },
      })
      const parts: unknown[] = []
      JSON.stringify(contact, (_, value: unknown) => {
        parts.push(value)
        return value
      })
      expect(parts.every(Object.isFrozen)).toBe(true)
    })

    it('says all that is wrong with them', () => {
      const wrong = {
        id: 'ada',
        events: [{ type: 'buy' }, { type: 'by', at: 1 }, { type: 'buy', at: 1, properties: { amont: 1 } }, 7],
        records: { orders: [{ total: 1 }, { id: '1', totl: 1 }], order: [{ id: '1' }], deals: { id: '1' } },
      }
      expect(
        issuesOf(wrong, { schema: typed }).map(({ code, path, nearest }) => [code, path.join('.'), nearest]),
      ).toEqual([
        ['EVENT_INVALID', 'events.0.at', undefined],
        ['EVENT_TYPE_UNKNOWN', 'events.1.type', 'buy'],
        ['PROPERTY_UNKNOWN', 'events.2.properties.amont', 'amount'],
        ['EVENT_INVALID', 'events.3', undefined],
        ['RECORD_INVALID', 'records.orders.0.id', undefined],
        ['PROPERTY_UNKNOWN', 'records.orders.1.totl', 'total'],
        ['COLLECTION_UNKNOWN', 'records.order', 'orders'],
        ['CONTACT_INVALID', 'records.deals', undefined],
      ])
      expect(issuesOf({ id: 'ada', events: {}, records: [] }).map(({ path }) => path)).toEqual([
        ['events'],
        ['records'],
      ])
    })

    it('keeps names such as __proto__', () => {
      const { records, events } = readContact(
        JSON.parse('{"id":"ada","events":[{"type":"__proto__","at":1}],"records":{"__proto__":[{"id":"__proto__"}]}}'),
      )
      expect(Object.entries(records)).toEqual([['__proto__', [{ id: '__proto__' }]]])
      expect(Object.getPrototypeOf(records)).toBe(Object.prototype)
      expect(events).toEqual([{ type: '__proto__', at: 1, properties: {} }])
    })

    it('is refused as the library refuses, whatever they are', () => {
      for (const [name, input] of hostileInputs()) {
        const wrong = [{ events: [input] }, { records: { orders: input } }, { records: { orders: [{ id: input }] } }]
        for (const part of wrong) expect(issuesOf({ id: 'ada', ...part }), name).not.toEqual([])
        for (const part of [{ events: input }, { records: input }, { records: { orders: [input] } }]) {
          expect(() => issuesOf({ id: 'ada', ...part }), name).not.toThrow()
        }
      }
    })

    it('is as large as the limits allow, however often the same stands in it', () => {
      const properties = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`p${String(i)}`, 'x']))
      const events = new Array(9000).fill({ type: 'buy', at: 1, properties })
      expect(issuesOf({ id: 'ada', events })).toMatchObject([{ code: 'LIMIT_EXCEEDED' }])
      expect(issuesOf({ id: 'ada', events: new Array(10_001).fill({ type: 'buy', at: 1 }) })).toMatchObject([
        { code: 'LIMIT_EXCEEDED', path: ['events'] },
      ])
      expect(readContact({ id: 'ada', events: new Array(10_000).fill({ type: 'buy', at: 1 }) }).events).toHaveLength(
        10_000,
      )
    })

    it('holds at most so many records, also where they stand in many collections', () => {
      const collections = (count: number) =>
        Object.fromEntries(
          Array.from({ length: count }, (_, place) => [`c${String(place)}`, [{ id: 'a' }, { id: 'b' }]]),
        )
      const limits = { list: 4 }
      expect(issuesOf({ id: 'ada', records: collections(200) }, { limits })).toEqual([])
      expect(issuesOf({ id: 'ada', records: collections(201) }, { limits })).toMatchObject([
        { code: 'LIMIT_EXCEEDED', path: ['records', 'c200', 0] },
      ])
    })
  })

  it('keeps an attribute that is called __proto__', () => {
    const { attributes } = readContact(JSON.parse('{ "id": "ada", "attributes": { "__proto__": 1 } }'))
    expect(Object.entries(attributes)).toEqual([['__proto__', 1]])
    expect(Object.getPrototypeOf(attributes)).toBe(Object.prototype)
  })

  it('says all that is wrong with it', () => {
    const wrong = {
      id: '',
      atributes: {},
      tags: [
        '',
        { tag: 'a', sincee: 1 },
        { tag: 'a', since: 'x' },
        { tag: 'a', holders: [] },
        { tag: 'a', holders: ['persn', { kind: 'person', by: 7 }] },
        4,
      ],
    }
    expect(issuesOf(wrong).map(({ code, path, nearest }) => [code, path.join('.'), nearest])).toEqual([
      ['CONTACT_INVALID', 'atributes', 'attributes'],
      ['CONTACT_INVALID', 'id', undefined],
      ['VALUE_INVALID', 'tags.0', undefined],
      ['CONTACT_INVALID', 'tags.1.sincee', 'since'],
      ['DATE_INVALID', 'tags.2.since', undefined],
      ['CONTACT_INVALID', 'tags.3.holders', undefined],
      ['CONTACT_INVALID', 'tags.4.holders.0', 'person'],
      ['VALUE_INVALID', 'tags.4.holders.1.by', undefined],
      ['CONTACT_INVALID', 'tags.5', undefined],
    ])
  })

  it('is refused as the library refuses, whatever it is', () => {
    for (const [name, input] of hostileInputs()) {
      expect(issuesOf(input), name).not.toEqual([])
      expect(issuesOf({ id: input }), name).not.toEqual([])
      // Some are attributes or values all the same: a Date is one, whatever it claims.
      for (const attributes of [input, { a: input }]) {
        expect(() => issuesOf({ id: 'ada', attributes }), name).not.toThrow()
      }
      expect(issuesOf({ id: 'ada', tags: [{ tag: 'a', holders: input }] }), name).not.toEqual([])
      expect(issuesOf({ id: 'ada', tags: [{ tag: 'a', holders: [input] }] }), name).not.toEqual([])
    }
  })
})
