/*
 * CDNOW with all purchases rounded to the day, where many are of one instant: the transitions are the timeline's, none is too
 * many, and they fold to the members.
 */

import { beforeAll, describe, expect, it } from 'vitest'
import { timeline, type ContactInput } from 'coterie/rules'
import { cdnowAggregates } from './cdnow-aggregates.js'
import { cdnowEngine, putAll, quietRule } from './cdnow-engine.js'
import { quietMoves, type Move } from './cdnow-quiet.js'
import { monthByMonth, recordAhead, replay, type Replay } from './cdnow-replay.js'
import { cdnowFiles, closing, generatedCdnow, opening, partOf, roundedToDays, type Shop } from './cdnow-rows.js'
import { cdnowSequences } from './cdnow-sequences.js'
import { cdnowWindows } from './cdnow-windows.js'
import { Folding } from './folding.js'
import { defineAll } from './questions.js'
import { oneIn, patience, sizeOf } from './share.js'

const files = cdnowFiles()

const shops: readonly (readonly [string, Shop])[] = [
  ['a small copy', generatedCdnow(4, 200)],
  files === undefined ? ['a copy', generatedCdnow(5, sizeOf(23_570, 20))] : ['the files', partOf(files, oneIn(20))],
]

describe.each(shops)('%s', (_, inSeconds) => {
  const shop = roundedToDays(inSeconds)
  let found: Replay
  beforeAll(() => {
    found = replay(shop, (engine) => {
      recordAhead(engine, shop.purchases)
      monthByMonth(engine)
    })
  }, patience)

  it('has many purchases of one instant', () => {
    const instants = new Set(shop.purchases.map(({ customer, at }) => `${customer} ${at}`))
    expect(instants.size).toBeLessThan(shop.purchases.length)
  })

  it('moves as the timeline of each customer does', { timeout: patience }, () => {
    const moves = new Map<string, { at: number; holds: boolean }[]>()
    for (const { id } of shop.customers) moves.set(id, [])
    for (const { contactId, at, type } of found.moves) moves.get(contactId)?.push({ at, holds: type === 'enter' })
    for (const contact of contactsOf(shop)) {
      const entries = timeline(quietRule, contact, { from: opening - 1, to: closing, timeZone: 'UTC' })
      expect([{ at: opening - 1, holds: true }, ...(moves.get(contact.id) ?? [])], contact.id).toEqual(entries)
    }
  })

  it('has the transitions of a plain loop, in order', () => {
    const known = shop.purchases.map((each) => ({ ...each, learnt: each.at }))
    expect(found.moves).toEqual<readonly Move[]>(quietMoves(shop, known, 'ahead'))
  })

  it('folds to the members', () => {
    expect(found.folding.faults).toEqual([])
    expect(found.folding.members('quiet')).toEqual(found.members)
  })
})

describe('rules of every kind', () => {
  const { customers, purchases } = roundedToDays(generatedCdnow(9, 25))
  // What is recorded at the opening happens one by one, and not in one step.
  const shop = { customers, purchases: purchases.filter(({ at }) => at > opening) }
  const contacts = contactsOf(shop)
  const questions = [...cdnowAggregates, ...cdnowWindows, ...cdnowSequences]
  const moves = new Map<string, { at: number; holds: boolean }[]>()
  let faults: readonly string[]
  beforeAll(() => {
    const engine = cdnowEngine()
    const folding = new Folding(engine)
    putAll(engine, shop.customers)
    defineAll(engine, questions)
    recordAhead(engine, shop.purchases)
    monthByMonth(engine)
    faults = folding.faults
    for (const { segmentId, contactId, at, type } of folding.moves) {
      const known = moves.get(`${segmentId} ${contactId}`) ?? []
      moves.set(`${segmentId} ${contactId}`, [...known, { at, holds: type === 'enter' }])
    }
  }, patience)

  it.each(questions)('$asks: moves as the timelines do', ({ asks, rule }) => {
    expect(faults).toEqual([])
    for (const contact of contacts) {
      const [, ...flips] = timeline(rule, contact, { from: opening, to: closing, timeZone: 'UTC' })
      expect(moves.get(`${asks} ${contact.id}`) ?? [], contact.id).toEqual(flips)
    }
  })
})

/** Each customer as the plain data that `timeline` takes. */
function contactsOf({ customers, purchases }: Shop): readonly ContactInput[] {
  const events = new Map(customers.map(({ id }) => [id, [] as NonNullable<ContactInput['events']>[number][]]))
  for (const { number, customer, at, quantity, cents } of purchases) {
    const properties = { quantity, amount: cents / 100 }
    events.get(customer)?.push({ type: 'purchase', id: String(number).padStart(6, '0'), at, properties })
  }
  return customers.map(({ id, inSample, limit }) => ({
    id,
    attributes: { inSample, limit: limit / 100 },
    events: events.get(id) ?? [],
  }))
}
