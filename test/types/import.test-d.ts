import { createEngine, defineSchema, field } from 'coterie'
import { importContacts, importEvents, profileCsv, type EventImportReport, type ImportReport } from 'coterie/import'
import { createReadStream } from 'node:fs'
import { describe, expectTypeOf, it } from 'vitest'

const schema = defineSchema({ attributes: { email: field.text(), score: field.number() } })
const typed = createEngine({ schema, now: 0 })
const untyped = createEngine({ now: 0 })

describe('an import', () => {
  it('names attributes of the schema', () => {
    expectTypeOf(
      importContacts(typed, 'id', { id: 'id', columns: { a: 'email' } }),
    ).resolves.toEqualTypeOf<ImportReport>()
    void importContacts(typed, 'id', { id: 'id', columns: { a: { attribute: 'score', type: 'number' } } })
    // @ts-expect-error no such attribute
    void importContacts(typed, 'id', { id: 'id', columns: { a: 'scor' } })
    // @ts-expect-error no such attribute
    void importContacts(typed, 'id', { id: 'id', columns: { a: { attribute: 'scor' } } })
  })

  it('names any attribute without a schema', () => {
    void importContacts(untyped, 'id', { id: 'id', columns: { a: 'anything', b: { type: 'day' } } })
    // @ts-expect-error no such type
    void importContacts(untyped, 'id', { id: 'id', columns: { b: { type: 'date' } } })
    // @ts-expect-error an id is needed
    void importContacts(untyped, 'id', {})
    // @ts-expect-error no such option
    void importContacts(untyped, 'id', { id: 'id', colums: {} })
  })

  it('of events names types of the schema', () => {
    const shop = createEngine({ schema: defineSchema({ events: { purchase: { amount: field.number() } } }), now: 0 })
    const options = { contact: 'who', at: 'when' } as const
    expectTypeOf(
      importEvents(shop, 'who,when', { ...options, type: 'purchase' }),
    ).resolves.toEqualTypeOf<EventImportReport>()
    void importEvents(shop, 'who,when', { ...options, type: { column: 'kind' } })
    void importEvents(untyped, 'who,when', { ...options, type: 'anything', columns: { a: { type: 'day' }, b: 'c' } })
    // @ts-expect-error no such type of events
    void importEvents(shop, 'who,when', { ...options, type: 'purchas' })
    // @ts-expect-error an instant is needed
    void importEvents(shop, 'who,when', { contact: 'who', type: 'purchase' })
    // @ts-expect-error no such option of a column
    void importEvents(untyped, 'who,when', { ...options, type: 'a', columns: { a: { attribute: 'b' } } })
  })

  it('takes streams, and what a profile says', async () => {
    const stream = createReadStream('contacts.csv')
    void importContacts(untyped, stream, { id: 'id', signal: new AbortController().signal })
    void importContacts(untyped, new Blob([]).stream(), { id: 'id' })
    const { delimiter, columns } = await profileCsv(stream)
    const said = Object.fromEntries(columns.map(({ column, could }) => [column, could[0] ?? {}]))
    void importContacts(untyped, stream, { id: 'id', delimiter, columns: said })
  })
})
