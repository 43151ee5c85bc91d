import { createEngine, defineSchema, field, rulesFor, type Engine, type Receipt, type Rule } from 'coterie'
import { opening, type Customer, type Purchase } from './cdnow-rows.js'

export const cdnowSchema = defineSchema({
  attributes: { inSample: field.boolean(), limit: field.number() },
  events: { purchase: { quantity: field.number(), amount: field.number() } },
})

export type CdnowEngine = Engine<typeof cdnowSchema>

/** No purchase in the last 60 days. */
export const quietRule: Rule = rulesFor(cdnowSchema).events('purchase').inLast('60d').none()

/** An engine at the opening. */
export function cdnowEngine(): CdnowEngine {
  return createEngine({ schema: cdnowSchema, now: opening })
}

export function putAll(engine: CdnowEngine, customers: readonly Customer[]): void {
  for (const { id, inSample, limit } of customers) {
    engine.contacts.put({ id, attributes: { inSample, limit: limit / 100 } })
  }
}

/** Records a purchase; with `isNow` at the instant at which the clock stands. */
export function record(engine: CdnowEngine, purchase: Purchase, isNow = false): Receipt {
  const { number, customer, at, quantity, cents } = purchase
  return engine.events.record(customer, {
    type: 'purchase',
    id: String(number).padStart(6, '0'),
    ...(isNow ? undefined : { at }),
    properties: { quantity, amount: cents / 100 },
  })
}
