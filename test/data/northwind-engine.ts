import { createEngine, defineSchema, field, type Engine } from 'coterie'
import type { Order, Trade } from './northwind-rows.js'
import type { Random } from './random.js'

export const northwindSchema = defineSchema({
  attributes: { country: field.text(), region: field.text() },
  records: {
    orders: {
      employee: field.number(),
      ordered: field.day(),
      required: field.day(),
      shipped: field.day(),
      via: field.number(),
      freight: field.number(),
      country: field.text(),
      lines: field.records({
        product: field.number(),
        unitPrice: field.number(),
        quantity: field.number(),
        discount: field.number(),
      }),
    },
  },
})

export type NorthwindEngine = Engine<typeof northwindSchema>

/** The zone of days where a rule names none. */
export const york = 'America/New_York'

/** An engine with all clients and no orders. */
export function northwindEngine(now: number): NorthwindEngine {
  return createEngine({ schema: northwindSchema, now, timeZone: york })
}

export function putClients(engine: NorthwindEngine, { clients }: Trade): void {
  for (const { id, country, region } of clients) engine.contacts.put({ id, attributes: { country, region } })
}

/** Puts all orders as they were placed, in any order, and beside them one for each client that is taken out again later. */
export function placeOrders(engine: NorthwindEngine, { clients, orders }: Trade, random: Random): void {
  for (const order of random.shuffled(orders)) {
    putOrder(engine, { ...order, shipped: undefined, lines: order.lines.slice(0, random.whole(0, 2)) })
  }
  for (const { id } of clients) {
    const [order] = orders
    if (order !== undefined) putOrder(engine, { ...order, number: 0, customer: id })
  }
}

/** Puts all orders as they became, most of them at once, the others one by one; what is taken out is to leave no trace. */
export function completeOrders(engine: NorthwindEngine, { clients, orders }: Trade, random: Random): void {
  const shuffled = random.shuffled(orders)
  engine.batch(() => {
    for (const order of shuffled.slice(60)) putOrder(engine, order)
  })
  for (const order of shuffled.slice(0, 60)) putOrder(engine, order)
  for (const { id } of clients) engine.records.remove(id, 'orders', '0')
}

function putOrder(engine: NorthwindEngine, order: Order): void {
  const { number, customer, freightCents, lines, ...same } = order
  engine.records.put(customer, 'orders', {
    ...same,
    id: String(number),
    freight: freightCents / 100,
    lines: lines.map(({ product, cents, quantity, percent }) => ({
      product,
      unitPrice: cents / 100,
      quantity,
      discount: percent / 100,
    })),
  })
}
