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
    expect(readContact({ id: 'ada' })).toStrictEqual({ id: 'ada', attributes: {}, tags: [] })
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
