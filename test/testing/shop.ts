import { defineSchema, field, rulesFor } from 'coterie'

/** A small shop, for tests of what tests rules. */
export const schema = defineSchema({
  attributes: {
    plan: field.oneOf('free', 'pro'),
    score: field.number(),
    spent: field.number(),
    name: field.text(),
    joinedAt: field.instant(),
    birthday: field.day(),
    wantsMail: field.boolean(),
    interests: field.list(field.text()),
  },
  records: {
    deals: {
      status: field.oneOf('open', 'won', 'lost'),
      value: field.number(),
      closesAt: field.instant(),
      lines: field.records({ count: field.number() }),
    },
  },
  events: { purchase: { amount: field.number(), product: field.text() }, visit: {} },
})

export const shop = rulesFor(schema)
