import { createEngine, defineSchema, field, type Engine } from 'coterie'
import { checkoutStart, HOUR, type Recorded, type Visits } from './checkout-rows.js'
import type { Random } from './random.js'

export const checkoutSchema = defineSchema({
  events: {
    checkout: { cart: field.text(), amount: field.number() },
    purchase: { cart: field.text(), amount: field.number() },
    opened: {},
  },
  records: { tickets: { opened: field.instant(), isSolved: field.boolean() } },
})

export type CheckoutEngine = Engine<typeof checkoutSchema>

type EventOf = Parameters<CheckoutEngine['events']['record']>[1]

/** An engine with all visitors and their tickets. */
export function checkoutEngine({ visitors, tickets }: Visits): CheckoutEngine {
  const engine = createEngine({ schema: checkoutSchema, now: checkoutStart })
  for (const id of visitors) engine.contacts.put({ id })
  for (const { visitor, ...ticket } of tickets) engine.records.put(visitor, 'tickets', ticket)
  return engine
}

export function recordHappening(engine: CheckoutEngine, of: Recorded): void {
  engine.events.record(of.visitor, eventOf(of))
}

/**
 * Records what has an id wrongly, and beside it purchases that never were; ten days later all is put right, in any
 * order, and copies of what was wrong come late. Nothing of it is to leave a trace.
 */
export function recordWrongly(
  engine: CheckoutEngine,
  { visitors }: Visits,
  recorded: readonly Recorded[],
  random: Random,
): void {
  const wrong = (of: Recorded): Recorded => ({
    ...of,
    type: random.pick(['checkout', 'purchase']),
    at: of.at + random.whole(-30, 30) * HOUR,
    cart: random.pick(['a', 'b']),
    cents: 1,
  })
  const withId = recorded.filter(({ id }) => id !== undefined)
  for (const of of recorded) recordHappening(engine, of.id === undefined ? of : wrong(of))
  for (const visitor of visitors) {
    engine.events.record(visitor, { type: 'purchase', id: 'none', at: checkoutStart + 240 * HOUR })
  }
  engine.advanceTo(checkoutStart + 240 * HOUR)
  for (const of of random.shuffled(withId)) {
    if (of.id !== undefined) engine.events.correct(of.visitor, of.id, correctionOf(of))
  }
  for (const visitor of visitors) engine.events.remove(visitor, 'none')
  for (const of of withId) recordHappening(engine, wrong(of))
  for (const visitor of visitors) engine.events.record(visitor, { type: 'purchase', id: 'none' })
}

function eventOf(of: Recorded): EventOf {
  return of.id === undefined ? correctionOf(of) : { ...correctionOf(of), id: of.id }
}

/** An event without its id. */
function correctionOf({ type, at, cart, cents }: Recorded): EventOf {
  return type === 'opened' ? { type, at } : { type, at, properties: { cart, amount: cents / 100 } }
}
