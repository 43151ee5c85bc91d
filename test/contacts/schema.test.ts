import { describe, expect, it } from 'vitest'
import { defineSchema, field, type Schema } from '../../src/contacts/schema.js'

describe('a schema', () => {
  it('is frozen to the bottom', () => {
    const schema = defineSchema({
      attributes: { plan: field.oneOf('free', 'pro') },
      events: { buy: { amount: field.number() } },
      records: { orders: { lines: field.records({ parts: field.records({ id: field.text() }) }) } },
    })
    const parts: unknown[] = []
    JSON.stringify(schema, (_, value: unknown) => {
      parts.push(value)
      return value
    })
    expect(parts.every(Object.isFrozen)).toBe(true)
  })

  it('may have a field `id` in attributes, events, and records inside records', () => {
    const id = { id: field.number() }
    expect(() =>
      defineSchema({ attributes: id, events: { buy: id }, records: { orders: { lines: field.records(id) } } }),
    ).not.toThrow()
  })

  it('refuses a list of what a list cannot hold when it is made', () => {
    expect(() => field.list(field.boolean() as never)).toThrow(
      expect.objectContaining({ code: 'SCHEMA_INVALID', received: 'boolean', expected: 'text or number' }),
    )
  })

  it.each<[string, Schema, (string | number)[]]>([
    ['a field `id` of a collection', { records: { orders: { id: field.text() } } }, ['records', 'orders', 'id']],
    ['records `id` of a collection', { records: { orders: { id: field.records({}) } } }, ['records', 'orders', 'id']],
    [
      'records too deep',
      { records: { a: { b: field.records({ c: field.records({ d: field.records({}) }) }) } } },
      ['records', 'a', 'b', 'c', 'd'],
    ],
    ['records in an event', { events: { buy: { lines: field.records({}) } } } as never, ['events', 'buy', 'lines']],
    ['records in attributes', { attributes: { lines: field.records({}) } } as never, ['attributes', 'lines']],
    ['what is no field', { events: { buy: { amount: 'number' } } } as never, ['events', 'buy', 'amount']],
    ['a label that is no text', { attributes: { a: { type: 'text', label: '' } } }, ['attributes', 'a', 'label']],
    ['a list of booleans', { attributes: { a: { type: 'list', of: 'boolean' } } } as never, ['attributes', 'a', 'of']],
    [
      'nothing to choose from',
      { attributes: { a: { type: 'text', oneOf: [] } } } as never,
      ['attributes', 'a', 'oneOf'],
    ],
    [
      'a choice that is no text',
      { attributes: { a: { type: 'text', oneOf: ['x', 1] } } } as never,
      ['attributes', 'a', 'oneOf', 1],
    ],
    [
      'a choice that is no well-formed text',
      { attributes: { a: { type: 'text', oneOf: ['\ud800'] } } },
      ['attributes', 'a', 'oneOf', 0],
    ],
    [
      'what a field of the type does not have',
      { attributes: { a: { type: 'number', oneOf: ['x'] } } },
      ['attributes', 'a', 'oneOf'],
    ],
    ['a name without a character', { attributes: { '': field.text() } }, ['attributes', '']],
    ['a name that is no well-formed text', { events: { '\ud800': {} } }, ['events', '\ud800']],
    [
      'too many choices',
      { attributes: { a: { type: 'text', oneOf: Array.from({ length: 100_000 }, (_, n) => `t${n}`) } } },
      ['attributes', 'a', 'oneOf'],
    ],
    ['what is no shape', { records: { orders: [] } } as never, ['records', 'orders']],
  ])('refuses %s', (_, schema, path) => {
    expect(() => defineSchema(schema)).toThrow(expect.objectContaining({ code: 'SCHEMA_INVALID', path }))
  })
})
