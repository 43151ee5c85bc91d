import { createEngine, defineSchema, field, type Engine } from 'coterie'
import { isCancellation, type OrderLine, type Retail } from './retail-rows.js'

const line = {
  invoice: field.text(),
  product: field.text(),
  description: field.text(),
  quantity: field.number(),
  price: field.number(),
}

export const retailSchema = defineSchema({
  attributes: { country: field.text() },
  events: { line, cancellation: line },
})

export type RetailEngine = Engine<typeof retailSchema>

export const london = 'Europe/London'

/** An engine with all customers, in the zone of London. */
export function retailEngine(now: number, { buyers }: Retail): RetailEngine {
  const engine = createEngine({ schema: retailSchema, now, timeZone: london })
  for (const { id, country } of buyers) engine.contacts.put({ id, attributes: { country } })
  return engine
}

export function recordLine(engine: RetailEngine, of: OrderLine): void {
  const { number, customer, at, invoice, product, description, quantity, mills } = of
  engine.events.record(customer, {
    type: isCancellation(of) ? 'cancellation' : 'line',
    id: String(number).padStart(6, '0'),
    at,
    properties: { invoice, product, description, quantity, price: mills / 1_000 },
  })
}
