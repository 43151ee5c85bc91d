import { createEngine, defineSchema, field, type Engine } from 'coterie'
import { md5First32 } from '../../src/base/md5.js'

/** What the contacts of a crowd have. */
export const crowdSchema = defineSchema({
  attributes: {
    optedIn: field.boolean(),
    plan: field.oneOf('free', 'pro', 'team'),
    spent: field.number(),
    timeZone: field.text(),
  },
  events: { purchase: { amount: field.number() } },
})

export const crowdStart = Date.parse('2026-03-02T08:00:00Z')

/** A number from 0 to below 1 that belongs to a text. */
export function chance(text: string): number {
  return md5First32(text) / 2 ** 32
}

/** An engine with so many contacts, the same each time. */
export function crowd(size: number): Engine<typeof crowdSchema> {
  const engine = createEngine({ schema: crowdSchema, now: crowdStart })
  engine.batch(() => {
    for (let n = 0; n < size; n++) {
      const id = `c${String(n)}`
      const luck = chance(`plan ${id}`)
      engine.contacts.put({
        id,
        attributes: {
          optedIn: chance(`opted ${id}`) < 0.8,
          plan: luck < 0.7 ? 'free' : luck < 0.95 ? 'pro' : 'team',
          spent: Math.floor(chance(`spent ${id}`) * 1000),
        },
      })
    }
  })
  return engine
}
