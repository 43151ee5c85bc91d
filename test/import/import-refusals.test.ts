import { createEngine, defineSchema, field, type Engine } from 'coterie'
import { importContacts, type ImportOptions, type ImportReport } from 'coterie/import'
import { describe, expect, it } from 'vitest'

const engineOf = (): Engine => createEngine({ now: 0 })

async function imported(
  csv: string | Uint8Array,
  options: Partial<ImportOptions> = {},
): Promise<[ImportReport, Engine]> {
  const engine = engineOf()
  return [await importContacts(engine, csv, { id: 'id', ...options }), engine]
}

describe('a row that does not fit', () => {
  it('is reported with line, column and reason, and does not stop the rest', async () => {
    const schema = defineSchema({ attributes: { n: field.number(), born: field.day(), ok: field.boolean() } })
    const engine = createEngine({ schema, now: 0 })
    const csv = 'id,n,born,ok\n1,1,2000-01-01,true\n2,x,2000-02-30,maybe\n"3\n",4,,\n4,5,2000/1/2,FALSE\n'
    const report = await importContacts(engine, csv, { id: 'id' })
    expect(engine.contacts.ids()).toEqual(['1', '3\n', '4'])
    expect(report.refused).toBe(1)
    expect(report.refusals).toEqual([
      {
        line: 3,
        column: 'n',
        code: 'VALUE_INVALID',
        reason: '"x" is not a number with "." before decimals',
        value: '"x"',
      },
      {
        line: 3,
        column: 'born',
        code: 'DATE_INVALID',
        reason: '"2000-02-30" is not a date in the order YMD, the year with four digits',
        value: '"2000-02-30"',
      },
      {
        line: 3,
        column: 'ok',
        code: 'VALUE_INVALID',
        reason: '"maybe" is not one of "true", "false"',
        value: '"maybe"',
      },
    ])
  })

  it('has its line as an editor counts it, behind cells and blank lines of several', async () => {
    const csv = 'id,n,note\r\n\r\n1,1,"two\r\nlines"\n2,x,"a\nb\nc"\n\n3,y,\n'
    const [report] = await imported(csv, { columns: { n: { type: 'number' } } })
    expect(report.refusals.map(({ line, lastLine }) => [line, lastLine])).toEqual([
      [5, 7],
      [9, undefined],
    ])
  })

  it('has more cells than the header', async () => {
    const [report, engine] = await imported('id,a\n1,x,y\n2,x\n3,x,\n')
    expect(engine.contacts.ids()).toEqual(['2'])
    expect(report.refusals).toEqual([
      { line: 2, code: 'IMPORT_INVALID', reason: 'The row has 3 cells and the header has 2' },
      { line: 4, code: 'IMPORT_INVALID', reason: 'The row has 3 cells and the header has 2' },
    ])
  })

  it('has fewer cells than the header, unless those are to be missing', async () => {
    const csv = 'id,a,b\n1,x,y\n2,x\n3\n'
    const [report, engine] = await imported(csv)
    expect(engine.contacts.ids()).toEqual(['1'])
    expect(report.refusals.map(({ line, reason }) => [line, reason])).toEqual([
      [3, 'The row has 2 cells and the header has 3'],
      [4, 'The row has 1 cells and the header has 3'],
    ])
    const [short, filled] = await imported(csv, { shortRows: 'missing', missing: ['NULL'] })
    expect(short.refused).toBe(0)
    expect(filled.contacts.get('2')?.attributes).toEqual({ a: 'x' })
    expect(filled.contacts.get('3')?.attributes).toEqual({})
  })

  it('has no id, or one that is none', async () => {
    const [report, engine] = await imported(`id,a\n,x\nNULL,x\n${'y'.repeat(513)},x\n"a\u0000",x\nok,x\n`, {
      missing: ['', 'NULL'],
    })
    expect(engine.contacts.ids()).toEqual(['ok'])
    expect(report.refusals).toMatchObject([
      { line: 2, column: 'id', code: 'CONTACT_INVALID', reason: 'The row has no id' },
      { line: 3, column: 'id', code: 'CONTACT_INVALID' },
      { line: 4, column: 'id', code: 'LIMIT_EXCEEDED' },
      { line: 5, column: 'id', code: 'VALUE_INVALID' },
    ])
  })

  it('gets no id from the function that makes them', async () => {
    const [report, engine] = await imported('id,a\n1,x\n2,x\n3,x\n', {
      id: (cells) => {
        const id = cells.get('id') ?? ''
        if (id === '2') throw new Error('two is taken')
        return id === '3' ? '' : `n${id}`
      },
    })
    expect(engine.contacts.ids()).toEqual(['n1'])
    expect(report.refusals).toEqual([
      { line: 3, code: 'VALUE_INVALID', reason: 'two is taken' },
      { line: 4, code: 'VALUE_INVALID', reason: '"" is not the id of a contact, a text that is not empty' },
    ])
  })

  it('has quotes out of order', async () => {
    const csv = 'id,a,b\n1,"say "hi" and\nbye",x\n3,ok,x\n4,"he said "hi"",x\n5,ok,"x"\n6,"open,x\n7,ok,x\n'
    const [report, engine] = await imported(csv)
    expect(engine.contacts.ids()).toEqual(['3', '5', '7'])
    const reason = 'A quote inside a quoted cell is not doubled'
    expect(report.refusals).toEqual([
      { line: 2, lastLine: 3, code: 'IMPORT_INVALID', reason },
      { line: 5, code: 'IMPORT_INVALID', reason },
      { line: 7, code: 'IMPORT_INVALID', reason: 'A quoted cell is not closed' },
    ])
  })

  it('is longer than the limit', async () => {
    const [report, engine] = await imported(`id,a\n1,x\n2,${'x'.repeat(50)}\n3,x\n`, { limits: { row: 20 } })
    expect(engine.contacts.ids()).toEqual(['1', '3'])
    expect(report.refusals).toMatchObject([
      { line: 3, code: 'LIMIT_EXCEEDED', reason: expect.stringContaining('20 characters') },
    ])
  })

  it('is one of too many with quotes out of order: the file is given up', async () => {
    const csv = `id,a\n${'1,"x "y""\n'.repeat(5000)}`
    const [report] = await imported(csv)
    expect(report.refusals.at(-1)).toMatchObject({
      code: 'IMPORT_INVALID',
      reason: expect.stringContaining('nothing from here on'),
    })
    expect(report.refused).toBe(report.rows)
    expect(report.rows).toBeLessThan(5000)
  })

  it('has a value that is too large', async () => {
    const engine = createEngine({ now: 0, limits: { text: 5, list: 2 } })
    const report = await importContacts(engine, 'id,t,l\n1,abcdef,\n2,x,a;b;c\n3,x,a;b;a\n', {
      id: 'id',
      split: ';',
      columns: { t: 't', l: { type: 'list' } },
    })
    expect(report.refusals).toMatchObject([
      { line: 2, column: 't', code: 'LIMIT_EXCEEDED' },
      { line: 3, column: 'l', code: 'LIMIT_EXCEEDED' },
      { line: 4, column: 'l', code: 'LIMIT_EXCEEDED' },
    ])
  })

  it('is counted, but listed only up to the limit', async () => {
    const csv = `id,n\n${Array.from({ length: 20 }, (_, place) => `${place},x`).join('\n')}`
    const [report] = await imported(csv, { columns: { n: { type: 'number' } }, limits: { refusals: 3 } })
    expect(report.refused).toBe(20)
    expect(report.refusals.map(({ line }) => line)).toEqual([2, 3, 4])
  })
})

describe('bytes that are not of the encoding', () => {
  const bytes = (...parts: (string | number)[]): Uint8Array =>
    Uint8Array.from(parts.flatMap((part) => (typeof part === 'number' ? [part] : [...new TextEncoder().encode(part)])))

  it('refuse the rows that need them, and nothing is replaced', async () => {
    const file = bytes('id,a,b\n1,x', 0xe9, ',ok\n2,é,ok\n', 0xff, ',x,ok\n4,x,', 0xc3, '\n5,\ufffd,ok\n')
    const [report, engine] = await imported(file, { columns: { a: 'a' } })
    expect(engine.contacts.ids()).toEqual(['2', '4', '5'])
    expect(engine.contacts.get('5')?.attributes).toEqual({ a: '\ufffd' })
    expect(report.encoding).toBe('utf-8')
    expect(report.refusals).toEqual([
      {
        line: 2,
        column: 'a',
        code: 'IMPORT_INVALID',
        reason: 'There are bytes that are not utf-8',
        value: '"x\ufffd"',
      },
      {
        line: 4,
        column: 'id',
        code: 'IMPORT_INVALID',
        reason: 'There are bytes that are not utf-8',
        value: '"\ufffd"',
      },
    ])
    const [byFunction] = await imported(file, { id: (cells) => cells.get('id') ?? '', columns: {} })
    expect(byFunction.refusals.map(({ line }) => line)).toEqual([2, 4, 5])
  })

  it('in the header refuse the file', async () => {
    await expect(imported(bytes('id,a', 0xe9, '\n1,x\n'))).rejects.toMatchObject({ code: 'IMPORT_INVALID' })
  })
})

describe('a file that cannot be imported', () => {
  it.each<[string, string, Partial<ImportOptions>, string, string]>([
    ['is empty', '', {}, 'IMPORT_INVALID', 'The file has no header'],
    ['is blank', '\n\r\n\n', {}, 'IMPORT_INVALID', 'The file has no header'],
    ['has a header twice', 'id,a,b,a\n1,2,3,4', {}, 'IMPORT_INVALID', 'Two columns have the header "a"'],
    ['has a header twice once cells are trimmed', 'id,a,a \n', { trim: true }, 'IMPORT_INVALID', 'Two columns'],
    ['has a header with an open quote', 'id,"a\n1,2', {}, 'IMPORT_INVALID', 'The quotes of the header'],
    ['has no such id', 'ID,a\n1,2', {}, 'IMPORT_INVALID', 'The file has no column "id"'],
    ['has another delimiter', 'id;a\n1;2', {}, 'IMPORT_INVALID', 'is that the delimiter?'],
    ['has no such tag column', 'id\n1', { tags: { column: 'Tags', split: ',' } }, 'IMPORT_INVALID', 'no column "Tags"'],
    ['has no such column', 'id,Emial\n1,2', { columns: { Email: 'email' } }, 'IMPORT_INVALID', 'no column "Email"'],
  ])('%s', async (_, csv, options, code, message) => {
    const engine = engineOf()
    const import_ = importContacts(engine, csv, { id: 'id', segment: 's', ...options })
    await expect(import_).rejects.toMatchObject({ code, message: expect.stringContaining(message) })
    expect([engine.revision, engine.contacts.count, engine.segments.count]).toEqual([0, 0, 0])
  })

  it('says which header was probably meant', async () => {
    await expect(imported('id,Emial\n1,2', { columns: { Email: 'email' } })).rejects.toMatchObject({
      expected: '"Emial"',
    })
  })

  it('may have columns without a header, which are passed over', async () => {
    const [report, engine] = await imported('id,,a,\n1,x,y,z\n')
    expect(engine.contacts.get('1')?.attributes).toEqual({ a: 'y' })
    expect(report.ignoredColumns).toEqual(['', ''])
  })

  it('may have a header and nothing else', async () => {
    const [report, engine] = await imported('id,a', { segment: 's' })
    expect(report).toMatchObject({ rows: 0, segment: { created: true, included: 0 } })
    expect(engine.segments.ids()).toEqual(['s'])
  })
})
