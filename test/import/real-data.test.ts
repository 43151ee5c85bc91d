// Public data sets, where COTERIE_DATA says in which folder they are. Without it these tests are passed over.

import { createReadStream, existsSync } from 'node:fs'
import { join } from 'node:path'
import { createEngine, type Engine } from 'coterie'
import { importContacts, profileCsv } from 'coterie/import'
import { describe, expect, it } from 'vitest'

const folder = process.env['COTERIE_DATA'] ?? ''
const telco = join(folder, 'telco', 'Telco-Customer-Churn.csv')
const northwind = join(folder, 'northwind', 'customers.csv')
const has = (path: string): boolean => folder !== '' && existsSync(path)

describe.runIf(has(telco))('the telco customers', () => {
  it('have eleven totals of one space, found by the profile and by the import', async () => {
    const profile = await profileCsv(createReadStream(telco))
    const totals = profile.columns.find(({ column }) => column === 'TotalCharges')
    expect(profile.rows).toBe(7043)
    expect(totals).toMatchObject({
      missingCells: 11,
      missing: ['', ' '],
      could: [{ type: 'number', missing: ['', ' '] }],
    })

    const engine: Engine = createEngine({ now: 0 })
    const columns = { TotalCharges: { attribute: 'total', type: 'number' }, Contract: 'contract' } as const
    const strict = await importContacts(engine, createReadStream(telco), { id: 'customerID', columns })
    expect(strict).toMatchObject({ rows: 7043, created: 7032, refused: 11 })
    expect(new Set(strict.refusals.map(({ column, value }) => `${String(column)} ${String(value)}`))).toEqual(
      new Set(['TotalCharges " "']),
    )
    const told = { id: 'customerID', columns, missing: ['', ' '] }
    expect(await importContacts(engine, createReadStream(telco), told)).toMatchObject({ created: 11, unchanged: 7032 })
    const { revision } = engine
    expect(await importContacts(engine, createReadStream(telco), told)).toMatchObject({ unchanged: 7043 })
    expect(engine.revision).toBe(revision)
  })
})

describe.runIf(has(northwind))('the Northwind customers', () => {
  it('have cells that read NULL', async () => {
    const engine: Engine = createEngine({ now: 0 })
    const options = { id: 'customerID', missing: ['NULL'], segment: 'northwind' }
    const report = await importContacts(engine, createReadStream(northwind), options)
    expect(report).toMatchObject({ rows: 91, created: 91, refused: 0, segment: { included: 91 } })
    expect(engine.contacts.get('ALFKI')?.attributes).not.toHaveProperty('region')
    expect(engine.contacts.get('ANATR')?.attributes).toMatchObject({ city: 'México D.F.' })
    expect(await importContacts(engine, createReadStream(northwind), options)).toMatchObject({ unchanged: 91 })
  })
})
