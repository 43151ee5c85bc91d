import { defineSchema, field } from 'coterie'

/**
 * What the company knows of a contact. Until there are records and events, attributes say the same: how many open deals
 * and tickets there are, and when the last purchase and conversation were.
 */
export const schema = defineSchema({
  attributes: {
    name: field.text(),
    email: field.text(),
    plan: field.oneOf('trial', 'basic', 'pro'),
    leadScore: field.number(),
    lifetimeValue: field.number(),
    openDeals: field.number(),
    tickets: field.number(),
    createdAt: field.instant(),
    lastConversationAt: field.instant(),
    lastPurchaseAt: field.instant(),
  },
})

/** The attributes that are numbers. */
export type NumberName = 'leadScore' | 'lifetimeValue' | 'openDeals' | 'tickets'

/** How people say the attributes. */
export const attributeWords: { readonly [attribute: string]: string } = {
  leadScore: 'lead score',
  lifetimeValue: 'lifetime value',
  openDeals: 'open deals',
  createdAt: 'created',
  lastConversationAt: 'last conversation',
  lastPurchaseAt: 'last purchase',
}
