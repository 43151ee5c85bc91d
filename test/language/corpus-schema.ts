import { defineSchema, field } from '../../src/contacts/schema.js'

/** What the sentences of the corpus speak of. `visits` are events and records, `orders` all three. */
export const corpusSchema = defineSchema({
  attributes: {
    email: field.text(),
    name: field.text(),
    'first name': field.text(),
    leadScore: field.number(),
    lifetimeValue: field.number(),
    createdAt: field.instant(),
    lastSeen: field.instant(),
    birthday: field.day(),
    plan: field.oneOf('free', 'pro', 'team'),
    topics: field.list(field.text()),
    subscribed: field.boolean(),
    limit: field.number(),
    orders: field.number(),
  },
  records: {
    deals: { status: field.oneOf('open', 'won', 'lost'), value: field.number(), closesAt: field.instant() },
    tickets: { subject: field.text() },
    orders: {
      total: field.number(),
      placedAt: field.instant(),
      lines: field.records({ product: field.text(), quantity: field.number(), price: field.number() }),
    },
    visits: { page: field.text() },
  },
  events: {
    purchase: { amount: field.number(), product: field.text() },
    conversation: {},
    checkout: { cartId: field.text() },
    payment: { cartId: field.text(), amount: field.number() },
    visits: { page: field.text() },
    orders: {},
  },
})

export const corpusSegments = ['vip', { id: 'c1', name: 'Customers' }]
