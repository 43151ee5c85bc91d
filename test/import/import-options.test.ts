import { createEngine, defineSchema, field, type Engine } from 'coterie'
import { importContacts, profileCsv, type ImportOptions } from 'coterie/import'
import { afterEach, describe, expect, it, vi } from 'vitest'

const csv = 'id,a,b\n1,2,3\n'

async function refusal(options: unknown, engine: Engine = createEngine({ now: 0 })): Promise<unknown> {
  const import_ = importContacts(engine, csv, options as ImportOptions)
  const error: unknown = await import_.then(
    () => 'it was imported',
    (caught: unknown) => caught,
  )
  expect(engine.contacts.count).toBe(0)
  return error
}

describe('options', () => {
  it.each<[string, unknown, readonly (string | number)[]]>([
    ['no object', null, ['options']],
    ['no id', {}, ['id']],
    ['an id that is no column', { id: 5 }, ['id']],
    ['an id without a column', { id: {} }, ['id', 'column']],
    ['a prefix that is no text', { id: { column: 'id', prefix: 5 } }, ['id', 'prefix']],
    ['an unknown name', { id: 'id', colums: {} }, ['colums']],
    ['an unknown name of a column', { id: 'id', columns: { a: { typ: 'number' } } }, ['columns', 'a', 'typ']],
    ['columns that are none', { id: 'id', columns: 5 }, ['columns']],
    ['a column that is none', { id: 'id', columns: { a: 5 } }, ['columns', 'a']],
    ['an unknown type', { id: 'id', columns: { a: { type: 'date' } } }, ['columns', 'a', 'type']],
    ['a list of what is no element', { id: 'id', columns: { a: { of: 'day' } } }, ['columns', 'a', 'of']],
    ['a reader that is no function', { id: 'id', columns: { a: { read: 5 } } }, ['columns', 'a', 'read']],
    ['a list without split', { id: 'id', columns: { a: { type: 'list' } } }, ['columns', 'a', 'split']],
    ['one attribute for two columns', { id: 'id', columns: { a: 'x', b: 'x' } }, ['columns', 'b']],
    ['an empty delimiter', { id: 'id', delimiter: '' }, ['delimiter']],
    ['a quote for delimiter', { id: 'id', delimiter: '"' }, ['delimiter']],
    ['an unknown encoding', { id: 'id', encoding: 'utf-9' }, ['encoding']],
    ['a decimal that is none', { id: 'id', decimal: ';' }, ['decimal']],
    ['thousands as decimals', { id: 'id', thousands: '.' }, ['thousands']],
    ['thousands of two characters', { id: 'id', thousands: '..' }, ['thousands']],
    ['thousands that are a digit', { id: 'id', columns: { a: { thousands: '0' } } }, ['columns', 'a', 'thousands']],
    ['an unknown order', { id: 'id', dateOrder: 'YDM' }, ['dateOrder']],
    ['missing that is no list', { id: 'id', missing: 'NULL' }, ['missing']],
    ['words that are both', { id: 'id', booleans: { true: ['x'], false: ['X'] } }, ['booleans']],
    ['words that are no list', { id: 'id', booleans: { true: ['x'] } }, ['booleans', 'false']],
    ['an empty split', { id: 'id', split: '' }, ['split']],
    ['trim that is no switch', { id: 'id', trim: 1 }, ['trim']],
    ['tags without split', { id: 'id', tags: { column: 'a' } }, ['tags', 'split']],
    ['tags that are no list', { id: 'id', tags: { add: 'x' } }, ['tags', 'add']],
    ['an unknown mode', { id: 'id', mode: 'merge' }, ['mode']],
    ['cells that are kept in a put', { id: 'id', mode: 'put', missingCells: 'keep' }, ['missingCells']],
    ['a batch of none', { id: 'id', batchSize: 0 }, ['batchSize']],
    ['a batch of half', { id: 'id', batchSize: 1.5 }, ['batchSize']],
    ['a limit that is none', { id: 'id', limits: { bytes: -1 } }, ['limits', 'bytes']],
    ['an unknown limit', { id: 'id', limits: { byte: 1 } }, ['limits', 'byte']],
    ['a dry run that is no switch', { id: 'id', dryRun: 'yes' }, ['dryRun']],
    ['a replacement that is no switch', { id: 'id', segment: { id: 's', replace: 'yes' } }, ['segment', 'replace']],
  ])('cannot be %s', async (_, options, path) => {
    expect(await refusal(options)).toMatchObject({ code: 'OPTION_INVALID', path })
  })

  it('say which name was meant', async () => {
    expect(await refusal({ id: 'id', dryrun: true })).toMatchObject({ expected: 'dryRun' })
  })

  it('cannot name a zone, a tag, a segment or an attribute that is none', async () => {
    expect(await refusal({ id: 'id', timeZone: 'Mars/Olympus' })).toMatchObject({ code: 'TIME_ZONE_UNKNOWN' })
    expect(await refusal({ id: 'id', tags: { add: ['ok', ''] } })).toMatchObject({ path: ['tags', 'add', 1] })
    expect(await refusal({ id: 'id', tags: { by: '' } })).toMatchObject({ path: ['tags', 'by'] })
    expect(await refusal({ id: 'id', segment: '' })).toMatchObject({ path: ['segment', 'id'] })
    expect(await refusal({ id: 'id', columns: { a: '' } })).toMatchObject({ path: ['columns', 'a'] })
  })

  it('cannot name an attribute that the schema does not know, or another type', async () => {
    const engine = createEngine({ schema: defineSchema({ attributes: { score: field.number() } }), now: 0 })
    const known = engine as unknown as Engine
    expect(await refusal({ id: 'id', columns: { a: 'scor' } }, known)).toMatchObject({
      code: 'ATTRIBUTE_UNKNOWN',
      path: ['columns', 'a'],
    })
    expect(await refusal({ id: 'id', columns: { a: { attribute: 'score', type: 'text' } } }, known)).toMatchObject({
      code: 'OPTION_INVALID',
      path: ['columns', 'a', 'type'],
    })
  })
})

describe('limits', () => {
  it('refuse a file that is known to be too large before anything is applied', async () => {
    const engine = createEngine({ now: 0 })
    for (const source of [csv, new TextEncoder().encode(csv)]) {
      const import_ = importContacts(engine, source, { id: 'id', batchSize: 1, limits: { bytes: 5 } })
      await expect(import_).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED', path: ['limits', 'bytes'] })
    }
    await expect(profileCsv(csv, { limits: { bytes: 5 } })).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' })
    expect(engine.contacts.count).toBe(0)
  })

  it('end an import of parts when they become too large', async () => {
    const engine = createEngine({ now: 0 })
    const row = `x,${'y'.repeat(100)},z\n`
    async function* parts(): AsyncGenerator<string> {
      yield 'id,a,b\n'
      for (let at = 0; at < 10_000; at++) yield `${at}${row}`
    }
    const import_ = importContacts(engine, parts(), { id: 'id', batchSize: 10, limits: { bytes: 200_000 } })
    await expect(import_).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' })
    expect(engine.contacts.count).toBeGreaterThan(0)
    expect(engine.contacts.count).toBeLessThan(2000)
  })

  it('end an import at a number of rows', async () => {
    const engine = createEngine({ now: 0 })
    const options = { id: 'id', batchSize: 1, limits: { rows: 2 } }
    await expect(importContacts(engine, 'id\n1\n2\n3\n4\n', options)).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
      path: ['limits', 'rows'],
      received: 'a row in line 4',
    })
    expect((await importContacts(engine, 'id\n1\n2\n', options)).rows).toBe(2)
  })
})

describe('the parser', () => {
  afterEach(() => {
    vi.doUnmock('papaparse')
    vi.resetModules()
  })

  it('is asked for by name where it is not installed', async () => {
    vi.resetModules()
    vi.doMock('papaparse', () => {
      throw new Error('Cannot find package')
    })
    const { importContacts: lacking } = await import('coterie/import')
    await expect(lacking(createEngine({ now: 0 }), csv, { id: 'id' })).rejects.toMatchObject({
      code: 'IMPORT_INVALID',
      message: expect.stringContaining('npm install papaparse'),
    })
  })
})
