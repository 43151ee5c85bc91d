import { createEngine, defineSchema, events, field, type Engine } from 'coterie'
import { importEvents, type EventImportOptions, type EventImportReport, type ImportedEvent } from 'coterie/import'
import { describe, expect, it } from 'vitest'

const now = Date.parse('2026-01-10T00:00:00Z')

function engineOf(...ids: readonly string[]): Engine {
  const engine: Engine = createEngine({ now })
  for (const id of ids) engine.contacts.put({ id })
  return engine
}

const counts = ({ rows, recorded, duplicate, refused }: EventImportReport): number[] => [
  rows,
  recorded,
  duplicate,
  refused,
]

const reasons = ({ refusals }: EventImportReport): string[] =>
  refusals.map(({ line, column, code }) => `${line} ${column ?? '-'} ${code}`)

const csv = `when,who,sum,what,no
2026-01-05,ada,12.50,hat,1
2026-01-09T23:00:00+01:00,bob,3,,2
2026-01-20,ada,7,boots,3
`
const purchases: EventImportOptions = {
  contact: 'who',
  type: 'purchase',
  at: 'when',
  id: 'no',
  columns: { sum: { property: 'amount', type: 'number' }, what: 'product' },
}

describe('rows', () => {
  it('are events: of the past late, of the future from their instant on', async () => {
    const engine = engineOf('ada', 'bob')
    engine.segments.define({ id: 'recent', rule: events('purchase').inLast('7d').exists() })
    const moves: string[] = []
    engine.on('transition', ({ type, contactId, at, cause }) => {
      const day = new Date(at).toISOString().slice(0, 10)
      moves.push(`${day} ${contactId} ${type} ${cause.kind}${cause.late === true ? ' late' : ''}`)
    })
    const report = await importEvents(engine, csv, purchases)
    expect(engine.events.of('ada')).toEqual([
      {
        type: 'purchase',
        at: Date.parse('2026-01-05T00:00:00Z'),
        properties: { amount: 12.5, product: 'hat' },
        id: '1',
      },
      {
        type: 'purchase',
        at: Date.parse('2026-01-20T00:00:00Z'),
        properties: { amount: 7, product: 'boots' },
        id: '3',
      },
    ])
    expect(engine.events.of('bob')).toMatchObject([{ properties: { amount: 3 } }])
    expect(report).toEqual({
      dryRun: false,
      rows: 3,
      recorded: 3,
      duplicate: 0,
      refused: 0,
      contactsCreated: 0,
      types: [{ type: 'purchase', recorded: 3 }],
      first: Date.parse('2026-01-05T00:00:00Z'),
      last: Date.parse('2026-01-20T00:00:00Z'),
      refusals: [],
      columns: [
        { column: 'sum', property: 'amount', recorded: 3 },
        { column: 'what', property: 'product', recorded: 2 },
      ],
      ignoredColumns: [],
    })
    engine.advanceTo('2026-02-01')
    // The cause is the last change of the batch that named the contact: for ada the event that is still to come.
    expect(moves).toEqual([
      '2026-01-10 ada enter event',
      '2026-01-10 bob enter event late',
      '2026-01-12 ada exit time',
      '2026-01-16 bob exit time',
      '2026-01-20 ada enter time',
      '2026-01-27 ada exit time',
    ])
  })

  it('are read by the schema, each by its own type', async () => {
    const schema = defineSchema({
      attributes: {},
      events: { purchase: { amount: field.number(), gift: field.boolean() }, visit: { page: field.text() } },
    })
    const engine = createEngine({ schema, now, timeZone: 'Europe/Berlin' })
    engine.contacts.put({ id: 'ada' })
    const mixed = `who;kind;when;amount;gift;page;other
ada;purchase;05.01.2026 10:00;1.234,5;true;;x
ada;visit;06.01.2026;;;/home;x
ada;visit;06.01.2026;5;;/home;x
ada;vist;06.01.2026;;;;x
`
    const options = { contact: 'who', type: { column: 'kind' }, at: 'when', delimiter: ';', dateOrder: 'DMY' } as const
    const report = await importEvents(engine, mixed, { ...options, decimal: ',', thousands: '.' })
    expect(engine.events.of('ada')).toEqual([
      { type: 'purchase', at: Date.parse('2026-01-05T09:00:00Z'), properties: { amount: 1234.5, gift: true } },
      { type: 'visit', at: Date.parse('2026-01-05T23:00:00Z'), properties: { page: '/home' } },
      { type: 'visit', at: Date.parse('2026-01-05T23:00:00Z'), properties: { page: '/home' } },
    ])
    expect(report.types).toEqual([
      { type: 'purchase', recorded: 1 },
      { type: 'visit', recorded: 2 },
    ])
    expect(report.ignoredColumns).toEqual(['other'])
    expect(reasons(report)).toEqual(['5 kind EVENT_TYPE_UNKNOWN'])

    const named = { amount: 'amount', page: 'page' }
    const strict = await importEvents(engine, mixed, { ...options, columns: named, decimal: ',', thousands: '.' })
    expect(reasons(strict)).toEqual(['4 amount PROPERTY_UNKNOWN', '5 kind EVENT_TYPE_UNKNOWN'])
  })

  it('may be made of functions of the row', async () => {
    const engine = engineOf('crm-1')
    const report = await importEvents(engine, 'n,epoch,cents\n1,1767225600,1250\n2,x,3\n', {
      contact: (cells) => `crm-${cells.get('n') ?? ''}`,
      type: 'purchase',
      at: (cells) => Number(cells.get('epoch')) * 1000,
      id: (cells) => `${cells.get('n') ?? ''}/${cells.get('epoch') ?? ''}`,
      columns: { cents: { property: 'amount', read: (cell) => Number(cell) / 100 } },
    })
    expect(engine.events.of('crm-1')).toEqual([
      { type: 'purchase', at: 1767225600000, properties: { amount: 12.5 }, id: '1/1767225600' },
    ])
    expect(reasons(report)).toEqual(['3 - DATE_INVALID'])
  })

  it('find their contact by its other names', async () => {
    const engine = engineOf('ada', 'old')
    engine.contacts.merge({ from: 'old', into: 'ada' })
    const report = await importEvents(engine, 'who,when,no\nold,2026-01-01,1\nada,2026-01-02,1\n', {
      ...purchases,
      columns: {},
    })
    expect(counts(report)).toEqual([2, 1, 1, 0])
    expect(engine.events.of('ada')).toHaveLength(1)
  })

  it('put contacts that are not there where that is asked for', async () => {
    const engine = engineOf('ada')
    const refused = await importEvents(engine, csv, purchases)
    expect(reasons(refused)).toEqual(['3 who CONTACT_UNKNOWN'])
    const report = await importEvents(engine, csv, { ...purchases, unknownContacts: 'put' })
    expect(report).toMatchObject({ recorded: 1, duplicate: 2, contactsCreated: 1 })
    expect(engine.contacts.ids()).toEqual(['ada', 'bob'])

    const creates: Engine = createEngine({ now, unknownContacts: 'create' })
    expect(await importEvents(creates, csv, purchases)).toMatchObject({ recorded: 3, contactsCreated: 2 })
  })
})

describe('the same file again', () => {
  it('records nothing where events have ids', async () => {
    const engine = engineOf('ada', 'bob')
    await importEvents(engine, csv, purchases)
    engine.events.remove('ada', '1')
    const { revision } = engine
    expect(counts(await importEvents(engine, csv, purchases))).toEqual([3, 0, 3, 0])
    expect(engine.revision).toBe(revision)
    expect(engine.events.of('ada')).toHaveLength(1)
  })

  it('records all again where they have none', async () => {
    const engine = engineOf('ada', 'bob')
    const nameless = { ...purchases, columns: { ...(purchases.columns as object), no: 'number' } }
    Reflect.deleteProperty(nameless, 'id')
    await importEvents(engine, csv, nameless)
    expect(counts(await importEvents(engine, csv, nameless))).toEqual([3, 3, 0, 0])
    expect(engine.events.count).toBe(6)
  })
})

describe('a row that does not fit', () => {
  it('is refused with its line, column and reason, and the rest goes on', async () => {
    const engine = engineOf('ada')
    const file = `who,when,no,sum
ada,2026-01-01,1,5
,2026-01-01,2,5
nobody,2026-01-01,3,5
ada,01.02.2026,4,5
ada,,5,5
ada,2026-01-01,,5
ada,2026-01-01,6,five
ada,2026-01-01,7
ada,2026-01-01,8,9
`
    const heard: ImportedEvent[] = []
    const options = {
      ...purchases,
      columns: { sum: { type: 'number' } },
      onRow: (row: ImportedEvent) => heard.push(row),
    }
    const report = await importEvents(engine, file, {
      ...options,
      onRow: (row) => void heard.push(row),
    } as EventImportOptions)
    expect(counts(report)).toEqual([9, 2, 0, 7])
    expect(reasons(report)).toEqual([
      '3 who EVENT_INVALID',
      '4 who CONTACT_UNKNOWN',
      '5 when DATE_INVALID',
      '6 when EVENT_INVALID',
      '7 no EVENT_INVALID',
      '8 sum VALUE_INVALID',
      '9 - IMPORT_INVALID',
    ])
    expect(heard.map(({ line, outcome, eventId }) => `${line} ${outcome} ${eventId ?? '-'}`)).toEqual([
      '2 recorded 1',
      ...[3, 4, 5, 6, 7, 8, 9].map((line) => `${line} refused -`),
      '10 recorded 8',
    ])
    expect(engine.events.of('ada').map(({ id }) => id)).toEqual(['1', '8'])
  })

  it('is one that lies too far ahead of a clock', async () => {
    const engine: Engine = createEngine({ clock: () => now })
    engine.contacts.put({ id: 'ada' })
    engine.contacts.put({ id: 'bob' })
    expect(reasons(await importEvents(engine, csv, purchases))).toEqual(['4 when EVENT_FAR_FUTURE'])
  })

  it('is one of a time that was folded away, in a dry run too', async () => {
    const engine = engineOf('ada', 'bob')
    engine.events.record('ada', { type: 'purchase', at: now - 1 })
    engine.events.fold('2026-01-08')
    engine.events.record('ada', { type: 'purchase', at: '2026-01-09' })
    engine.events.fold(now)
    const expected = ['2 when EVENT_TOO_OLD', '3 when EVENT_TOO_OLD']
    expect(reasons(await importEvents(engine, csv, { ...purchases, dryRun: true }))).toEqual(expected)
    expect(reasons(await importEvents(engine, csv, purchases))).toEqual(expected)
  })
})

describe('options', () => {
  it.each<[string, Record<string, unknown>, readonly (string | number)[]]>([
    ['no contact', { contact: undefined }, ['contact']],
    ['no type', { type: undefined }, ['type']],
    ['a type that is none', { type: 5 }, ['type']],
    ['a type of no column', { type: { column: 5 } }, ['type', 'column']],
    ['no instant', { at: undefined }, ['at']],
    ['an instant of no column', { at: {} }, ['at', 'column']],
    ['an unknown part of the instant', { at: { column: 'when', order: 'DMY' } }, ['at', 'order']],
    ['an unknown name', { contacts: 'who' }, ['contacts']],
    ['an attribute', { columns: { sum: { attribute: 'sum' } } }, ['columns', 'sum', 'attribute']],
    ['an unknown answer to unknown contacts', { unknownContacts: 'create' }, ['unknownContacts']],
  ])('cannot be %s', async (_, options, path) => {
    const engine = engineOf('ada', 'bob')
    const all = { ...purchases, ...options } as EventImportOptions
    await expect(importEvents(engine, csv, all)).rejects.toMatchObject({ code: 'OPTION_INVALID', path })
    expect(engine.events.count).toBe(0)
  })

  it('name types and properties of the schema', async () => {
    const schema = defineSchema({ attributes: {}, events: { purchase: { amount: field.number() } } })
    const engine: Engine = createEngine({ schema, now }) as unknown as Engine
    await expect(importEvents(engine, csv, { ...purchases, type: 'purchas' })).rejects.toMatchObject({
      code: 'EVENT_TYPE_UNKNOWN',
      path: ['type'],
    })
    for (const type of ['purchase', { column: 'what' }]) {
      const options = { ...purchases, type, columns: { sum: 'amont' } } as EventImportOptions
      await expect(importEvents(engine, csv, options)).rejects.toMatchObject({
        code: 'PROPERTY_UNKNOWN',
        issues: [{ nearest: 'amount' }],
      })
    }
  })

  it('name columns of the file', async () => {
    const missing = importEvents(engineOf('ada'), csv, { ...purchases, at: 'date' })
    await expect(missing).rejects.toMatchObject({ code: 'IMPORT_INVALID' })
  })
})
