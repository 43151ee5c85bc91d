// Law: whatever a profile says a column could be, an import with those options refuses no row for that column.

import { createEngine, type Engine } from 'coterie'
import { importContacts, profileCsv, type ColumnOptions } from 'coterie/import'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../runs.js'

/** What the column `x` could be, with these cells. */
async function could(...written: string[]): Promise<readonly ColumnOptions[]> {
  const rows = written.map((cell, place) => `${place},"${cell.replaceAll('"', '""')}"`)
  const { columns } = await profileCsv(['id,x', ...rows].join('\n'))
  return columns[1]?.could ?? []
}

const number = { type: 'number' }
const dates = (...orders: string[]): unknown[] => orders.map((dateOrder) => ({ type: 'day', dateOrder }))

describe('a column could be', () => {
  it.each<[string, string[], unknown[]]>([
    ['text only', ['Ada', '5'], []],
    ['anything, where it is empty', ['', ''], []],
    ['numbers', ['1', '-2.5', '1e3', ''], [number]],
    ['whole numbers', ['10', '20'], [number]],
    ['numbers with a comma', ['1,5', '2'], [{ type: 'number', decimal: ',' }]],
    [
      'numbers with either',
      ['1,500'],
      [
        { type: 'number', decimal: ',' },
        { type: 'number', thousands: ',' },
      ],
    ],
    ['grouped numbers', ['1.234,5'], [{ type: 'number', decimal: ',', thousands: '.' }]],
    ['English grouped numbers', ['1,234,567.89', '12'], [{ type: 'number', thousands: ',' }]],
    ['French grouped numbers', ['1 234,5'], [{ type: 'number', decimal: ',', thousands: ' ' }]],
    ['no numbers, but post codes', ['05021', '12209'], []],
    ['no numbers, but telephone numbers', ['+49301234', '+49305678'], []],
    ['no numbers, but long ids', ['12345678901234567890'], []],
    ['yes and no', ['Yes', 'no'], [{ type: 'boolean', booleans: { true: ['yes'], false: ['no'] } }]],
    ['numbers or truths', ['1', '0'], [number, { type: 'boolean', booleans: { true: ['1'], false: ['0'] } }]],
    ['days', ['2026-01-31'], dates('YMD')],
    ['days, day first', ['31/01/2026', '01/02/2026'], dates('DMY')],
    ['days, month first', ['01/31/2026', '02/01/2026'], dates('MDY')],
    ['days in either order', ['01/02/2026'], dates('DMY', 'MDY')],
    ['instants', ['31.1.2026 13:45'], [{ type: 'instant', dateOrder: 'DMY' }]],
    ['days or instants', ['1948-12-08 00:00:00.000'], [...dates('YMD'), { type: 'instant', dateOrder: 'YMD' }]],
  ])('%s', async (_, written, expected) => {
    expect(await could(...written)).toEqual(expected)
  })

  it('only what all cells fit, whatever they are', async () => {
    const cell = fc.constantFrom(
      '1',
      '0',
      '1,5',
      '1.5',
      '1.234,5',
      '1,234',
      'yes',
      'true',
      '01.02.2026',
      '13.02.2026',
      '2026-01-02',
      '2026-01-02 10:00',
      'NULL',
      ' ',
      '',
      'x',
      '007',
    )
    await fc.assert(
      fc.asyncProperty(fc.array(cell, { minLength: 1, maxLength: 5 }), async (written) => {
        const csv = ['id;x', ...written.map((text, place) => `${place};${text}`)].join('\n')
        const { columns, delimiter } = await profileCsv(csv, { delimiter: ';' })
        for (const options of columns[1]?.could ?? []) {
          const engine: Engine = createEngine({ now: 0 })
          const report = await importContacts(engine, csv, { id: 'id', delimiter, columns: { x: options } })
          expect(report.refusals).toEqual([])
        }
      }),
      { numRuns: runs(200) },
    )
  })
})

describe('a profile', () => {
  it('tells of each column what it holds', async () => {
    const csv = 'id;code;total\n1;a;\n2;b;NULL\n3;a; \n4;a;5,5\n'
    expect(await profileCsv(csv)).toEqual({
      delimiter: ';',
      rows: 4,
      unfit: 0,
      columns: [
        {
          column: 'id',
          cells: 4,
          missingCells: 0,
          missing: [''],
          isUnique: true,
          sample: ['1', '2', '3', '4'],
          could: [number],
        },
        { column: 'code', cells: 4, missingCells: 0, missing: [''], isUnique: false, sample: ['a', 'b'], could: [] },
        {
          column: 'total',
          cells: 1,
          missingCells: 3,
          missing: ['', 'NULL', ' '],
          isUnique: false,
          sample: ['5,5'],
          could: [{ type: 'number', decimal: ',', missing: ['', 'NULL', ' '] }],
        },
      ],
    })
  })

  it('counts rows that fit no header, and passes over columns without one', async () => {
    const profile = await profileCsv('a,,"b"\n1,2,3\n1,2\n1,2,3,4\n"x"y,1,2\n')
    expect(profile).toMatchObject({ rows: 4, unfit: 3 })
    expect(profile.columns.map(({ column, cells }) => [column, cells])).toEqual([
      ['a', 1],
      ['b', 1],
    ])
  })

  it('can be of a file with a header only, and of none without', async () => {
    expect(await profileCsv('a,b')).toMatchObject({ rows: 0, columns: [{ column: 'a', could: [] }, { column: 'b' }] })
    await expect(profileCsv('')).rejects.toMatchObject({ code: 'IMPORT_INVALID' })
    await expect(profileCsv('a', { id: 'a' } as object)).rejects.toMatchObject({ code: 'OPTION_INVALID' })
  })

  it('reads cells as the import does', async () => {
    const { columns } = await profileCsv("a\n'=1\n'-5\n")
    expect(columns[0]?.sample).toEqual(['=1', '-5'])
    const raw = await profileCsv("a\n'=1\n", { unescapeFormulas: false })
    expect(raw.columns[0]?.sample).toEqual(["'=1"])
  })
})
