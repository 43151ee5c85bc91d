import { createEngine, defineSchema, field } from 'coterie'
import { importContacts, profileCsv, type ImportReport } from 'coterie/import'
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

  it('takes streams, and what a profile says', async () => {
    const stream = createReadStream('contacts.csv')
    void importContacts(untyped, stream, { id: 'id', signal: new AbortController().signal })
    void importContacts(untyped, new Blob([]).stream(), { id: 'id' })
    const { delimiter, columns } = await profileCsv(stream)
    const said = Object.fromEntries(columns.map(({ column, could }) => [column, could[0] ?? {}]))
    void importContacts(untyped, stream, { id: 'id', delimiter, columns: said })
  })
})
