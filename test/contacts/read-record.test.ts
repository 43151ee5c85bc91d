import { describe, expect, it } from 'vitest'
import type { Issue } from '../../src/base/errors.js'
import { readRecord } from '../../src/contacts/read-record.js'
import { readingOf, type ReadingOptions } from '../../src/contacts/reading.js'
import { accepted } from '../../src/contacts/refused.js'
import { defineSchema, field } from '../../src/contacts/schema.js'
import { counted } from '../rules/counted-reads.js'
import { hostileInputs } from './hostile-inputs.js'

const schema = defineSchema({
  records: {
    orders: {
      total: field.number(),
      due: field.day(),
      lines: field.records({
        id: field.number(),
        product: field.oneOf('boots', 'hats'),
        parts: field.records({ made: field.instant() }),
      }),
    },
    deals: {},
  },
})
const at = Date.UTC(2026, 0, 1)
const typed: ReadingOptions = { schema }

function read(
  input: unknown,
  options: ReadingOptions = {},
  collection = 'orders',
): { readonly record: unknown; readonly issues: readonly Issue[] } {
  const reading = readingOf(options)
  const record = accepted(readRecord(collection, input, reading, ['record']))
  return { record, issues: reading.issues }
}

/** What is wrong in short: `RECORD_INVALID record.id`. */
function faults(input: unknown, options: ReadingOptions = {}, collection = 'orders'): string[] {
  const { record, issues } = read(input, options, collection)
  expect(record === undefined).toBe(issues.length > 0)
  return issues.map(({ code, path, nearest }) =>
    [code, path.join('.'), ...(nearest === undefined ? [] : [nearest])].join(' '),
  )
}

describe('a record', () => {
  const full = {
    total: 3,
    due: '2026-01-01',
    lines: [{ id: 7, product: 'hats', parts: [{ made: '2026-01-01' }, {}] }, { product: null }],
    id: 'o1',
  }

  it('is read by the schema, its id first', () => {
    const { record } = read(full, { schema, timeZone: 'Asia/Tokyo' })
    expect(JSON.stringify(record)).toBe(
      '{"id":"o1","total":3,"due":{"day":"2026-01-01"},"lines":[{"id":7,"product":"hats",' +
        `"parts":[{"made":{"instant":${String(at - 9 * 3_600_000)}}},{}]},{}]}`,
    )
  })

  it('is what it is without one', () => {
    expect(
      read({ id: 'o1', due: '2026-01-01', at: new Date(5), list: [1, 1], none: null, empty: [] }).record,
    ).toStrictEqual({
      id: 'o1',
      due: '2026-01-01',
      at: { instant: 5 },
      list: [1],
      empty: [],
    })
    expect(read({ id: 'o1', lines: [{ instant: 5 }, { day: 'x' }] }).record).toStrictEqual({
      id: 'o1',
      lines: [{ instant: 5 }, { day: 'x' }],
    })
  })

  it('needs an id and nothing else', () => {
    expect(read({ id: 'o1' }, typed).record).toStrictEqual({ id: 'o1' })
    expect(read({ id: 'o1', lines: [] }, typed).record).toStrictEqual({ id: 'o1', lines: [] })
    expect(read({ id: 'o1', lines: null }, typed).record).toStrictEqual({ id: 'o1' })
  })

  it('is frozen, and reads to itself', () => {
    const { record } = read(full, typed)
    const parts: unknown[] = []
    JSON.stringify(record, (_, value: unknown) => {
      parts.push(value)
      return value
    })
    expect(parts.every(Object.isFrozen)).toBe(true)
    expect(read(JSON.parse(JSON.stringify(record)), typed).record).toStrictEqual(record)
    expect(read(JSON.parse(JSON.stringify(record)), { timeZone: 'Asia/Tokyo' }).record).toStrictEqual(record)
  })

  it.each<[string, unknown, string[]]>([
    ['no object', 'o1', ['RECORD_INVALID record']],
    ['no id', {}, ['RECORD_INVALID record.id']],
    ['an empty id', { id: '' }, ['RECORD_INVALID record.id']],
    ['a number for an id', { id: 7 }, ['RECORD_INVALID record.id']],
    ['an unknown field', { id: 'a', totl: 1 }, ['PROPERTY_UNKNOWN record.totl total']],
    ['a value of another type', { id: 'a', total: '1' }, ['VALUE_INVALID record.total']],
    ['a value for records', { id: 'a', lines: 1 }, ['RECORD_INVALID record.lines']],
    ['one record for records', { id: 'a', lines: {} }, ['RECORD_INVALID record.lines']],
    [
      'values among records',
      { id: 'a', lines: [{}, 1, null] },
      ['RECORD_INVALID record.lines.1', 'RECORD_INVALID record.lines.2'],
    ],
    ['records for a value', { id: 'a', total: [{}] }, ['VALUE_INVALID record.total']],
    [
      'an unknown field inside',
      { id: 'a', lines: [{ produt: 'hats' }] },
      ['PROPERTY_UNKNOWN record.lines.0.produt product'],
    ],
    [
      'a wrong value inside',
      { id: 'a', lines: [{ product: 'hat', id: 'x' }] },
      ['VALUE_INVALID record.lines.0.product hats', 'VALUE_INVALID record.lines.0.id'],
    ],
    [
      'a wrong value deep inside',
      { id: 'a', lines: [{ parts: [{}, { made: 'x' }] }] },
      ['DATE_INVALID record.lines.0.parts.1.made'],
    ],
    ['a field without a name', { id: 'a', '': 1 }, ['VALUE_INVALID record.']],
  ])('with %s is refused', (_, input, expected) => {
    expect(faults(input, typed)).toEqual(expected)
  })

  it('says what is unknown of what', () => {
    const { issues } = read({ id: 'a', lines: [{ produt: 'hats' }] }, typed)
    expect(issues[0]?.message).toBe(
      'In the records "orders.lines" there is no property "produt"; did you mean "product"?',
    )
  })

  it('of an unknown collection is refused, with the nearest', () => {
    expect(faults({ id: 'a', any: 1 }, typed, 'order')).toEqual(['COLLECTION_UNKNOWN record orders'])
    expect(faults({ id: 'a' }, typed, '__proto__')).toEqual(['COLLECTION_UNKNOWN record'])
    expect(faults({ id: 'a' }, { schema: {} })).toEqual(['COLLECTION_UNKNOWN record'])
  })

  it('holds records two levels deep', () => {
    const deep = (depth: number): object => (depth === 0 ? { a: 1 } : { a: [deep(depth - 1)] })
    expect(faults({ id: 'a', ...deep(2) })).toEqual([])
    expect(faults({ id: 'a', ...deep(3) })).toEqual(['RECORD_INVALID record.a.0.a.0.a'])
  })

  it('keeps fields of any name', () => {
    const { record } = read(JSON.parse('{"id":"a","__proto__":1,"lines":[{"__proto__":[{"constructor":2}]}]}'))
    expect(JSON.stringify(record)).toBe('{"id":"a","__proto__":1,"lines":[{"__proto__":[{"constructor":2}]}]}')
    expect(Object.getPrototypeOf(record)).toBe(Object.prototype)
    expect(read(record).record).toStrictEqual(record)
    expect(({} as { constructor?: unknown }).constructor).toBe(Object)
  })

  it.each([...hostileInputs()])('%s is refused as a record and as its id', (_, input) => {
    expect(faults(Object.is(input, undefined) ? {} : { id: input })).not.toEqual([])
    expect(() => read(input)).not.toThrow()
    for (const place of [{ a: input }, { a: [input] }, { a: [{}, input] }, { a: [{ b: [input] }] }]) {
      expect(() => read({ id: 'a', ...place })).not.toThrow()
    }
  })
})

describe('how much a record holds', () => {
  const limits = { list: 4, text: 10 }

  it('is limited, records inside and elements included', () => {
    const lines = (count: number) => Array.from({ length: count }, () => ({ a: 1, b: 2, c: 3 }))
    const of = (count: number, width: number) => {
      const fields = Array.from({ length: width }, (_, i) => [`l${String(i)}`, lines(count)])
      return faults({ id: 'a', ...(Object.fromEntries(fields) as object) }, { limits })
    }
    expect(of(4, 2)).toEqual([])
    expect(of(4, 3)).toEqual(['LIMIT_EXCEEDED record.l2.0.a'])
    expect(of(5, 1)).toEqual(['LIMIT_EXCEEDED record.l0'])
    const texts = Array.from({ length: 4 }, () => ({ a: 'x'.repeat(10), b: 'y'.repeat(9), c: 'z'.repeat(9) }))
    expect(faults({ id: 'a', l: texts }, { limits })).toEqual(['LIMIT_EXCEEDED record.l.3.b'])
  })

  it('does not unfold: the same object in many places', () => {
    const inner = new Array(9000).fill(Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`f${String(i)}`, 'x'])))
    const record = { id: 'a', lines: new Array(9000).fill({ parts: inner }) }
    const counter = { reads: 0 }
    expect(faults(counted(record, counter))).toEqual(['LIMIT_EXCEEDED record.lines.0.parts.1639.f47'])
    expect(counter.reads).toBeLessThan(1_000_000)
  })

  it('is finite, of one that holds itself', () => {
    const circle: Record<string, unknown> = { id: 'a' }
    circle['lines'] = [circle, circle]
    expect(faults(circle)).toEqual([
      'RECORD_INVALID record.lines.0.lines.0.lines',
      'RECORD_INVALID record.lines.0.lines.1.lines',
      'RECORD_INVALID record.lines.1.lines.0.lines',
      'RECORD_INVALID record.lines.1.lines.1.lines',
    ])
  })
})
