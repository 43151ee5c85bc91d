import { defineSchema, field } from 'coterie'

/** What the company knows of a contact: what it is like, its deals and tickets, and what it did. */
export const schema = defineSchema({
  attributes: {
    name: field.text(),
    email: field.text(),
    plan: field.oneOf('trial', 'basic', 'pro'),
    leadScore: field.number(),
    lifetimeValue: field.number(),
    createdAt: field.instant(),
  },
  records: {
    deals: { status: field.oneOf('open', 'won', 'lost'), value: field.number() },
    tickets: { subject: field.text() },
  },
  events: { purchase: { amount: field.number() }, conversation: {} },
})

/** The attributes that are numbers. */
export type NumberName = 'leadScore' | 'lifetimeValue'

/** How people say the attributes. */
export const attributeWords: { readonly [attribute: string]: string } = {
  leadScore: 'lead score',
  lifetimeValue: 'lifetime value',
  createdAt: 'created',
}
