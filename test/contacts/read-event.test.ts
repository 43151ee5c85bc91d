import { describe, expect, it } from 'vitest'
import type { Issue } from '../../src/base/errors.js'
import { readEvent } from '../../src/contacts/read-event.js'
import { readingOf, type ReadingOptions } from '../../src/contacts/reading.js'
import { accepted } from '../../src/contacts/refused.js'
import { defineSchema, field } from '../../src/contacts/schema.js'
import { hostileInputs } from './hostile-inputs.js'

const schema = defineSchema({
  events: {
    purchase: {
      amount: field.number(),
      product: field.oneOf('boots', 'hats'),
      shipped: field.instant(),
      on: field.day(),
      labels: field.list(field.text()),
    },
    open: {},
  },
})
const at = Date.UTC(2026, 0, 1)

function read(
  input: unknown,
  options: ReadingOptions = {},
): { readonly event: unknown; readonly issues: readonly Issue[] } {
  const reading = readingOf(options)
  const event = accepted(readEvent(input, reading, ['event']))
  return { event, issues: reading.issues }
}

/** What is wrong in short: `EVENT_INVALID event.type`. */
function faults(input: unknown, options: ReadingOptions = {}): string[] {
  const { event, issues } = read(input, options)
  expect(event === undefined).toBe(issues.length > 0)
  return issues.map(({ code, path, nearest }) =>
    [code, path.join('.'), ...(nearest === undefined ? [] : [nearest])].join(' '),
  )
}

describe('an event', () => {
  it('is read by the schema', () => {
    const properties = { shipped: '2026-01-01', on: '2026-01-01', amount: -0, product: 'hats', labels: ['a', 'a'] }
    const { event } = read(
      { id: 'e1', properties, at: '2026-01-01', type: 'purchase' },
      { schema, timeZone: 'Asia/Tokyo' },
    )
    const tokyo = at - 9 * 3_600_000
    expect(JSON.stringify(event)).toBe(
      `{"type":"purchase","at":${String(tokyo)},"properties":{"shipped":{"instant":${String(tokyo)}},"on":{"day":"2026-01-01"},` +
        '"amount":0,"product":"hats","labels":["a"]},"id":"e1"}',
    )
  })

  it('is what it is without one', () => {
    const properties = { on: '2026-01-01', shipped: new Date(5), at: null, then: undefined, list: [1, 1] }
    expect(read({ type: 'purchase', at: new Date(7.9), properties }).event).toStrictEqual({
      type: 'purchase',
      at: 7,
      properties: { on: '2026-01-01', shipped: { instant: 5 }, list: [1] },
    })
  })

  it('needs a type and nothing else', () => {
    const { event } = read({ type: 'open' }, { schema })
    expect(event).toStrictEqual({ type: 'open', properties: {} })
    expect(read({ type: 'open', at: undefined, id: undefined, properties: undefined }, { schema }).event).toStrictEqual(
      event,
    )
  })

  it('is frozen, and reads to itself', () => {
    const { event } = read({ type: 'purchase', at, properties: { labels: ['a'], shipped: at } }, { schema })
    const parts: unknown[] = []
    JSON.stringify(event, (_, value: unknown) => {
      parts.push(value)
      return value
    })
    expect(parts.every(Object.isFrozen)).toBe(true)
    expect(read(JSON.parse(JSON.stringify(event)), { schema }).event).toStrictEqual(event)
    expect(read(JSON.parse(JSON.stringify(event)), { timeZone: 'Asia/Tokyo' }).event).toStrictEqual(event)
  })

  it.each<[string, unknown, string[]]>([
    ['no object', 'purchase', ['EVENT_INVALID event']],
    ['a list', [{ type: 'open' }], ['EVENT_INVALID event']],
    ['no type', {}, ['EVENT_INVALID event.type']],
    ['an empty type', { type: '' }, ['EVENT_INVALID event.type']],
    ['an unknown type', { type: 'purchse', properties: { any: 1 } }, ['EVENT_TYPE_UNKNOWN event.type purchase']],
    ['a type from a prototype', { type: '__proto__' }, ['EVENT_TYPE_UNKNOWN event.type']],
    ['an unknown part', { type: 'open', prperties: {} }, ['EVENT_INVALID event.prperties properties']],
    ['its place', { type: 'open', arrival: 1 }, ['EVENT_INVALID event.arrival']],
    ['no date', { type: 'open', at: 'soon' }, ['DATE_INVALID event.at']],
    ['a missing date', { type: 'open', at: null }, ['VALUE_INVALID event.at']],
    ['no id', { type: 'open', id: '' }, ['EVENT_INVALID event.id']],
    ['a missing id', { type: 'open', id: null }, ['EVENT_INVALID event.id']],
    ['no properties', { type: 'open', properties: [] }, ['EVENT_INVALID event.properties']],
    ['missing properties', { type: 'open', properties: null }, ['EVENT_INVALID event.properties']],
    [
      'an unknown property',
      { type: 'purchase', properties: { amont: 1 } },
      ['PROPERTY_UNKNOWN event.properties.amont amount'],
    ],
    ['a property of none', { type: 'open', properties: { amount: 1 } }, ['PROPERTY_UNKNOWN event.properties.amount']],
    [
      'an unknown property that is missing',
      { type: 'purchase', properties: { amont: null } },
      ['PROPERTY_UNKNOWN event.properties.amont amount'],
    ],
    [
      'values of other types',
      { type: 'purchase', properties: { amount: '1', product: 'boot', on: 'x', '': 1 } },
      [
        'VALUE_INVALID event.properties.amount',
        'VALUE_INVALID event.properties.product boots',
        'DATE_INVALID event.properties.on',
        'VALUE_INVALID event.properties.',
      ],
    ],
  ])('with %s is refused', (_, input, expected) => {
    expect(faults(input, { schema })).toEqual(expected)
  })

  it('says what is unknown of what', () => {
    const { issues } = read({ type: 'purchase', properties: { amont: 1 } }, { schema })
    expect(issues[0]?.message).toBe('In the event "purchase" there is no property "amont"; did you mean "amount"?')
  })

  it('of a schema without events is unknown', () => {
    expect(faults({ type: 'open' }, { schema: {} })).toEqual(['EVENT_TYPE_UNKNOWN event.type'])
  })

  it('keeps properties of any name', () => {
    const { event } = read(JSON.parse('{"type":"__proto__","properties":{"__proto__":1,"constructor":2,"toString":3}}'))
    const { properties } = event as { readonly properties: object }
    expect(Object.entries(properties)).toEqual([
      ['__proto__', 1],
      ['constructor', 2],
      ['toString', 3],
    ])
    expect(Object.getPrototypeOf(properties)).toBe(Object.prototype)
    expect(read(event).event).toStrictEqual(event)
  })

  it.each([...hostileInputs()])('%s is refused as an event and as its parts', (_, input) => {
    expect(faults(input)).not.toEqual([])
    expect(faults({ type: input })).not.toEqual([])
    expect(faults({ type: 'open', id: input })).not.toEqual([])
    // A Date is an instant, whatever it claims.
    expect(() => read({ type: 'open', at: input })).not.toThrow()
    expect(() => read({ type: 'open', properties: input })).not.toThrow()
    expect(() => read({ type: 'open', properties: { a: input } })).not.toThrow()
  })

  it('is as large as the limits allow', () => {
    const limits = { list: 3, text: 10, name: 8 }
    const of = (properties: object) => faults({ type: 'open', properties }, { limits })
    const entries = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`p${String(i)}`, 1]))
    expect(of(entries(29))).toEqual([])
    expect(of(entries(30))).toEqual(['LIMIT_EXCEEDED event.properties.p29'])
    const texts = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`p${String(i)}`, 'x'.repeat(10)]))
    expect(of(texts(10))).toEqual([])
    expect(of(texts(11))).toEqual(['LIMIT_EXCEEDED event.properties.p10'])
    expect(of({ a: [1, 2, 3] })).toEqual([])
    expect(of({ a: [1, 2, 3, 4] })).toEqual(['LIMIT_EXCEEDED event.properties.a'])
    expect(of({ muchtoolong: 1 })).toEqual(['LIMIT_EXCEEDED event.properties.muchtoolong'])
    expect(faults({ type: 'muchtoolong' }, { limits })).toEqual(['LIMIT_EXCEEDED event.type'])
  })

  it('is answered with a hundred issues at most, and then read no further', () => {
    let looks = 0
    const wrong = new Proxy(
      {},
      {
        getPrototypeOf: () => {
          looks++
          return null
        },
      },
    )
    const properties = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`p${String(i)}`, wrong]))
    expect(read({ type: 'open', properties }).issues).toHaveLength(100)
    expect(looks).toBeLessThan(1000)
  })
})
