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
    ['what is no shape', { records: { orders: [] } } as never, ['records', 'orders']],
  ])('refuses %s', (_, schema, path) => {
    expect(() => defineSchema(schema)).toThrow(expect.objectContaining({ code: 'SCHEMA_INVALID', path }))
  })
})
