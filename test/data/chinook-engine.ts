import { createEngine, defineSchema, field, type Engine } from 'coterie'
import type { Store } from './chinook-rows.js'
import type { Random } from './random.js'

/** Invoices twice: as events, and as records two levels deep, in the years in which they were written. */
export const chinookSchema = defineSchema({
  attributes: { country: field.text() },
  events: { invoice: { total: field.number(), tracks: field.number() } },
  records: {
    years: {
      year: field.number(),
      invoices: field.records({
        at: field.instant(),
        total: field.number(),
        lines: field.records({ track: field.number(), unitPrice: field.number(), quantity: field.number() }),
      }),
    },
  },
})

export type ChinookEngine = Engine<typeof chinookSchema>

/** An engine with all customers. */
export function chinookEngine(now: number, { listeners }: Store): ChinookEngine {
  const engine = createEngine({ schema: chinookSchema, now })
  for (const { id, country } of listeners) engine.contacts.put({ id, attributes: { country } })
  return engine
}

/** Records and puts all invoices, in any order. */
export function putInvoices(engine: ChinookEngine, { listeners, invoices }: Store, random: Random): void {
  for (const { number, customer, at, cents, tracks } of random.shuffled(invoices)) {
    const properties = { total: cents / 100, tracks: tracks.length }
    engine.events.record(customer, { type: 'invoice', id: String(number).padStart(4, '0'), at, properties })
  }
  for (const { id } of random.shuffled(listeners)) {
    const own = invoices.filter(({ customer }) => customer === id)
    for (const year of new Set(own.map(yearOf))) {
      const ofYear = own.filter((invoice) => yearOf(invoice) === year)
      engine.records.put(id, 'years', {
        id: String(year),
        year,
        invoices: random.shuffled(ofYear).map(({ at, cents, tracks }) => ({
          at,
          total: cents / 100,
          lines: tracks.map((line) => ({ track: line.track, unitPrice: line.cents / 100, quantity: line.quantity })),
        })),
      })
    }
  }
}

function yearOf({ at }: { readonly at: number }): number {
  return new Date(at).getUTCFullYear()
}
