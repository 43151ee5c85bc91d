import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isCoterieError } from '../../src/base/errors.js'
import { compareEvents, type HeldEvent } from '../../src/contacts/event.js'
import { readContact } from '../../src/contacts/read-contact.js'
import type { ReadingOptions } from '../../src/contacts/reading.js'
import { defineSchema, field } from '../../src/contacts/schema.js'
import { mutated, randomNumbers } from '../rules/mutations.js'
import { runs } from '../runs.js'

/*
 * Contacts with events and records, as people write them:
 *
 * 1. What fits a schema is read, under it and without one.
 * 2. What was read is frozen plain JSON and reads to itself, under the schema, without one, and in another zone.
 * 3. Events are in order; the order in which they were given changes nothing but among those that nothing else tells apart.
 * 4. A contact gone wrong is read or refused with issues; nothing else is thrown, and what is read satisfies law 2.
 */

const schema = defineSchema({
  events: {
    buy: { amount: field.number(), product: field.oneOf('a', 'b'), shipped: field.instant(), on: field.day() },
    see: {},
  },
  records: {
    orders: {
      total: field.number(),
      placedAt: field.instant(),
      lines: field.records({
        id: field.text(),
        labels: field.list(field.text()),
        parts: field.records({ ok: field.boolean() }),
      }),
    },
    deals: { value: field.number() },
  },
})

const instants = fc.oneof(
  fc.constantFrom('2026-01-01', '2026-03-29T02:30', '1970-01-01T00:00Z'),
  fc.constantFrom(0, 5, 7.5),
)
const numbers = fc.constantFrom(-0, 0, 1, 2.5)
const ids = fc.constantFrom('a', 'b', 'B', '1', '10')

function some(fields: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<object> {
  const optional = Object.fromEntries(Object.entries(fields).map(([name, of]) => [name, fc.option(of, { freq: 5 })]))
  return fc.record(optional, { requiredKeys: [] })
}

const properties = some({
  amount: numbers,
  product: fc.constantFrom('a', 'b'),
  shipped: instants,
  on: fc.constant('2026-01-01'),
})
const events = fc.array(
  fc.oneof(
    fc.record({ type: fc.constant('buy'), at: instants, properties, id: ids }, { requiredKeys: ['type', 'at'] }),
    fc.record({ type: fc.constant('see'), at: instants, id: ids }, { requiredKeys: ['type', 'at'] }),
  ),
  { maxLength: 6 },
)
const parts = fc.array(some({ ok: fc.boolean() }), { maxLength: 2 })
const lines = fc.array(some({ id: ids, labels: fc.array(ids, { maxLength: 3 }), parts }), { maxLength: 2 })
const orders = fc.tuple(ids, some({ total: numbers, placedAt: instants, lines })).map(([id, rest]) => ({ ...rest, id }))
const deals = fc.record({ id: ids, value: numbers })
const contacts = fc.record(
  {
    id: ids,
    events,
    records: fc.record(
      { orders: fc.array(orders, { maxLength: 3 }), deals: fc.array(deals, { maxLength: 2 }) },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ['id'] },
)

function expectSettled(contact: unknown, options: ReadingOptions): void {
  const written: unknown = JSON.parse(JSON.stringify(contact))
  // Not strictly: that would take a collection called `constructor` for the type.
  expect(written).toEqual(contact)
  expectFrozen(contact)
  for (const again of [options, {}, { ...options, timeZone: 'Asia/Tokyo' }]) {
    expect(JSON.stringify(readContact(written, again))).toBe(JSON.stringify(contact))
  }
}

function expectFrozen(value: unknown): void {
  if (value === undefined) expect(value).toBe('left out')
  if (typeof value !== 'object' || value === null) return
  if (!Object.isFrozen(value)) expect(value).toBe('frozen')
  Object.values(value).forEach(expectFrozen)
}

describe.each<[string, ReadingOptions]>([
  ['with a schema', { schema, timeZone: 'Europe/Berlin' }],
  ['without', { timeZone: 'Europe/Berlin' }],
])('contacts with events and records %s', (_, options) => {
  // Without a schema a written date is a text, and an instant is one only where it must be.
  it('1, 2. are read, to what reads to itself', () => {
    fc.assert(
      fc.property(contacts, (contact) => {
        expectSettled(readContact(contact, options), options)
      }),
      { numRuns: runs(500) },
    )
  })

  it('3. have their events in order', () => {
    const shuffled = contacts.chain((contact) =>
      fc.tuple(
        fc.constant(contact),
        fc.shuffledSubarray(contact.events ?? [], { minLength: contact.events?.length ?? 0 }),
      ),
    )
    fc.assert(
      fc.property(shuffled, ([contact, other]) => {
        const read = readContact(contact, options).events
        const held = read.map((event, arrival): HeldEvent => ({ ...event, arrival }))
        expect([...held].sort(compareEvents)).toEqual(held)
        const again = readContact({ ...contact, events: other }, options).events
        const withId = (list: typeof read) => list.filter(({ id }) => id !== undefined).map(({ id }) => id)
        expect(new Set(withId(again))).toEqual(new Set(withId(read)))
        const anonymous = (list: typeof read) =>
          list.filter(({ id }) => id === undefined).map((event) => JSON.stringify(event))
        expect(anonymous(again).sort()).toEqual(anonymous(read).sort())
        expect(again.map(({ at }) => at)).toEqual(again.map(({ at }) => at).sort((a, b) => a - b))
      }),
      { numRuns: runs(300) },
    )
  })

  it('4. gone wrong are read or refused', () => {
    const outcomes = { read: 0, refused: 0 }
    fc.assert(
      fc.property(contacts, fc.integer(), (contact, seed) => {
        const random = randomNumbers(seed)
        for (let i = 0; i < 20; i++) {
          const input = mutated(contact, random)
          let read: unknown
          try {
            read = readContact(input, options)
          } catch (error) {
            if (!isCoterieError(error)) throw error
            outcomes.refused++
            expect(error.issues.length).toBeGreaterThan(0)
            continue
          }
          outcomes.read++
          expectSettled(read, options)
        }
      }),
      { numRuns: runs(300) },
    )
    expect(Math.min(outcomes.read, outcomes.refused)).toBeGreaterThan(runs(400) / 4)
  })
})
