// Laws:
//   1. A table of events that is written as CSV and imported gives the events that recording them one by one gives, and the
//      same members, in batches of whatever size.
//   2. A dry run changes nothing, and reports what the import then reports, row by row.
//   3. The same file again changes nothing: no transition, no new revision, all rows that were recorded are duplicates.
//   4. A row that does not fit changes nothing else.

import { createEngine, events, type Engine } from 'coterie'
import { importEvents, type EventImportOptions, type ImportedEvent } from 'coterie/import'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../runs.js'
import { styles, writeCsv } from './written-csv.js'

const day = 86_400_000
const start = Date.parse('2026-01-01T00:00:00Z')

const rows = fc.array(
  fc.record({
    contact: fc.constantFrom('ada', 'bob', 'cyd', '__proto__', ''),
    type: fc.constantFrom('purchase', 'visit', ''),
    at: fc.oneof(
      fc.integer({ min: -40, max: 40 }).map((days) => new Date(start + days * day).toISOString()),
      fc.constantFrom('2026-01-05', '', 'yesterday'),
    ),
    id: fc.constantFrom('1', '2', '3', '4', ''),
    amount: fc.constantFrom('1', '2.5', '', 'many'),
  }),
  { maxLength: 12 },
)

const games = fc.record({
  rows,
  style: styles,
  batchSize: fc.constantFrom(1, 2, 1000),
  puts: fc.boolean(),
  creates: fc.boolean(),
  named: fc.boolean(),
})
type Game = typeof games extends fc.Arbitrary<infer G> ? G : never

function engineOf({ creates }: Game): Engine {
  const engine: Engine = createEngine({ now: start, unknownContacts: creates ? 'create' : 'refuse' })
  engine.contacts.put({ id: 'ada' })
  engine.contacts.put({ id: '__proto__' })
  engine.segments.define({ id: 'recent', rule: events('purchase').inLast('7d').exists() })
  engine.segments.define({ id: 'spender', rule: events('purchase').sum('amount').atLeast(3) })
  return engine
}

const header = ['id', 'at', 'type', 'contact', 'amount']

function csvOf({ rows: table, style }: Game): string {
  return writeCsv([header, ...table.map(({ id, at, type, contact, amount }) => [id, at, type, contact, amount])], style)
    .text
}

function optionsOf({ style, batchSize, puts, named }: Game, onRow?: (row: ImportedEvent) => void): EventImportOptions {
  return {
    contact: 'contact',
    type: { column: 'type' },
    at: 'at',
    ...(named ? { id: 'id' } : {}),
    columns: { amount: { type: 'number' } },
    delimiter: style.delimiter,
    batchSize,
    unknownContacts: puts ? 'put' : 'refuse',
    ...(onRow === undefined ? {} : { onRow }),
  }
}

/** Records the rows that fit, one by one. */
function recordByHand(engine: Engine, { rows: table, puts, creates, named }: Game): void {
  for (const { contact, type, at, id, amount } of table) {
    const isThere = engine.contacts.has(contact)
    const fits = contact !== '' && type !== '' && at !== '' && at !== 'yesterday' && amount !== 'many'
    if (!fits || (named && id === '') || !(isThere || puts || creates)) continue
    if (!isThere) engine.contacts.put({ id: contact })
    const properties = amount === '' ? {} : { amount: Number(amount) }
    engine.events.record(contact, { type, at, properties, ...(named ? { id } : {}) })
  }
}

/** All that an engine says of its contacts, now and in the weeks to come. */
function viewOf(engine: Engine): unknown {
  const contacts = engine.contacts.ids().map((id) => [engine.contacts.get(id), engine.segments.of(id)])
  const { transitions } = engine.advanceTo(start + 60 * day)
  return { contacts, later: transitions.map(({ type, contactId, segmentId, at }) => [type, contactId, segmentId, at]) }
}

describe('events that are written as CSV', () => {
  it('1, 4. are those that are recorded one by one', async () => {
    await fc.assert(
      fc.asyncProperty(games, async (game) => {
        const [imported, byHand] = [engineOf(game), engineOf(game)]
        await importEvents(imported, csvOf(game), optionsOf(game))
        recordByHand(byHand, game)
        expect(viewOf(imported)).toEqual(viewOf(byHand))
      }),
      { numRuns: runs(200) },
    )
  })

  it('2. are foreseen by a dry run', async () => {
    await fc.assert(
      fc.asyncProperty(games, async (game) => {
        const engine = engineOf(game)
        const { revision } = engine
        const [foreseen, found]: ImportedEvent[][] = [[], []]
        const dry = await importEvents(engine, csvOf(game), {
          ...optionsOf(game, (row) => void foreseen?.push(row)),
          dryRun: true,
        })
        expect(engine.revision).toBe(revision)
        const report = await importEvents(
          engine,
          csvOf(game),
          optionsOf(game, (row) => void found?.push(row)),
        )
        expect({ ...report, dryRun: true }).toEqual(dry)
        expect(found).toEqual(foreseen)
      }),
      { numRuns: runs(200) },
    )
  })

  it('3. change nothing when they come again with ids', async () => {
    await fc.assert(
      fc.asyncProperty(games, async (given) => {
        const game = { ...given, named: true }
        const engine = engineOf(game)
        const first = await importEvents(engine, csvOf(game), optionsOf(game))
        const { revision } = engine
        const again = await importEvents(engine, csvOf(game), optionsOf(game))
        expect(engine.revision).toBe(revision)
        expect(again).toMatchObject({
          recorded: 0,
          duplicate: first.recorded + first.duplicate,
          refused: first.refused,
        })
      }),
      { numRuns: runs(100) },
    )
  })
})
