import { attribute, createEngine, defineSchema, field, type Engine } from 'coterie'
import { importContacts, type ImportedRow, type ImportProgress, type ImportReport } from 'coterie/import'
import { describe, expect, it } from 'vitest'

const now = Date.parse('2026-01-01T00:00:00Z')

const engineOf = (): Engine => createEngine({ now })

/** The attributes of all contacts, by id. */
function attributesOf({ contacts }: Pick<Engine, 'contacts'>): Record<string, unknown> {
  return Object.fromEntries(contacts.ids().map((id) => [id, contacts.get(id)?.attributes]))
}

function counts({ rows, created, changed, unchanged, refused }: ImportReport): number[] {
  return [rows, created, changed, unchanged, refused]
}

describe('columns', () => {
  it('are attributes of their names, as text, unless something else is said', async () => {
    const engine = engineOf()
    const report = await importContacts(engine, 'id,name,score\n1,Ada,007\n2,Grace,\n', { id: 'id' })
    expect(attributesOf(engine)).toEqual({ '1': { name: 'Ada', score: '007' }, '2': { name: 'Grace' } })
    expect(counts(report)).toEqual([2, 2, 0, 0, 0])
    expect(report.columns).toEqual([
      { column: 'name', attribute: 'name', changed: 2 },
      { column: 'score', attribute: 'score', changed: 1 },
    ])
    expect(report.ignoredColumns).toEqual([])
  })

  it('are mapped to attributes and types, and others are passed over', async () => {
    const engine = engineOf()
    const csv = [
      'CustomerID;Email;Score;Joined;Seen;VIP;Interests;Sizes;Skip',
      'c1;ada@example.com;1.234,5;31.12.2025;02.01.2026 13:30;Ja;tea|chess;38|40,5;x',
    ].join('\n')
    const report = await importContacts(engine, csv, {
      id: { column: 'CustomerID', prefix: 'crm:' },
      delimiter: ';',
      decimal: ',',
      dateOrder: 'DMY',
      timeZone: 'Europe/Berlin',
      split: '|',
      columns: {
        Email: 'email',
        Score: { attribute: 'leadScore', type: 'number', thousands: '.' },
        Joined: { type: 'day' },
        Seen: { attribute: 'seen', type: 'instant' },
        VIP: { type: 'boolean', booleans: { true: ['ja'], false: ['nein'] } },
        Interests: { type: 'list' },
        Sizes: { type: 'list', of: 'number' },
      },
    })
    expect(report.refusals).toEqual([])
    expect(attributesOf(engine)).toEqual({
      'crm:c1': {
        email: 'ada@example.com',
        leadScore: 1234.5,
        Joined: { day: '2025-12-31' },
        seen: { instant: Date.parse('2026-01-02T12:30:00Z') },
        VIP: true,
        Interests: ['tea', 'chess'],
        Sizes: [38, 40.5],
      },
    })
    expect(report.ignoredColumns).toEqual(['Skip'])
  })

  it('have the types of a schema, and those that it does not know are passed over', async () => {
    const schema = defineSchema({
      attributes: {
        score: field.number(),
        since: field.day(),
        seen: field.instant(),
        plan: field.oneOf('free', 'pro'),
        likes: field.list(field.text()),
      },
    })
    const engine = createEngine({ schema, now, timeZone: 'Europe/Berlin' })
    const csv = 'id,score,since,seen,plan,likes,other\n1,5,2025-12-31,2026-01-02 13:30,pro,a;b,x\n2,five,,,pr,,\n'
    const report = await importContacts(engine, csv, { id: 'id', split: ';' })
    expect(engine.contacts.get('1')?.attributes).toEqual({
      score: 5,
      since: { day: '2025-12-31' },
      seen: { instant: Date.parse('2026-01-02T12:30:00Z') },
      plan: 'pro',
      likes: ['a', 'b'],
    })
    expect(report.ignoredColumns).toEqual(['other'])
    expect(report.refusals).toEqual([
      {
        line: 3,
        column: 'score',
        code: 'VALUE_INVALID',
        reason: '"five" is not a number with "." before decimals',
        value: '"five"',
      },
      {
        line: 3,
        column: 'plan',
        code: 'VALUE_INVALID',
        reason: expect.stringContaining('"pr" is not one of "free", "pro"'),
        value: '"pr"',
      },
    ])
  })

  it('can be read by a function, which sees the whole row', async () => {
    const engine = engineOf()
    const csv = 'key,first,last,cents\n17850.0,Ada,Lovelace,1250\n2,Grace,Hopper,much\n3,Katherine,,1\n'
    const report = await importContacts(engine, csv, {
      id: (cells) => (cells.get('key') ?? '').replace(/\.0$/, ''),
      columns: {
        first: { attribute: 'name', read: (cell, cells) => `${cell} ${cells.get('last') ?? ''}` },
        cents: {
          attribute: 'spent',
          read: (cell) => {
            if (!/^\d+$/.test(cell)) throw new Error(`${cell} is no amount`)
            return Number(cell) / 100
          },
        },
      },
    })
    expect(attributesOf(engine)).toEqual({
      '17850': { name: 'Ada Lovelace', spent: 12.5 },
      '3': { name: 'Katherine ', spent: 0.01 },
    })
    expect(report.refusals).toEqual([
      { line: 3, column: 'cents', code: 'VALUE_INVALID', reason: 'much is no amount', value: '"much"' },
    ])
  })

  it('may have any name, and none reaches a prototype', async () => {
    const engine = engineOf()
    const csv = '__proto__,constructor,toString,id\npolluted,1,2,a\npolluted,1,2,__proto__\n'
    await importContacts(engine, csv, { id: 'id' })
    const attributes = engine.contacts.get('a')?.attributes ?? {}
    expect(Object.entries(attributes)).toEqual([
      ['__proto__', 'polluted'],
      ['constructor', '1'],
      ['toString', '2'],
    ])
    expect(Object.getPrototypeOf(attributes)).toBe(Object.prototype)
    expect(engine.contacts.has('__proto__')).toBe(true)
    expect(({} as { readonly polluted?: unknown }).polluted).toBeUndefined()
    const named = JSON.parse('{"__proto__": "constructor", "constructor": "__proto__"}') as Record<string, string>
    const other = engineOf()
    await importContacts(other, csv, { id: 'id', columns: named })
    expect(Object.entries(other.contacts.get('a')?.attributes ?? {})).toEqual([
      ['__proto__', '1'],
      ['constructor', 'polluted'],
    ])
    await importContacts(other, csv, { id: 'id', columns: named, dryRun: true }).then((report) =>
      expect(counts(report)).toEqual([2, 0, 0, 2, 0]),
    )
  })
})

describe('cells', () => {
  it('are missing where they are one of the words for it', async () => {
    const engine = engineOf()
    const csv = 'id,a,b,c\n1,NULL, ,\n'
    await importContacts(engine, csv, {
      id: 'id',
      missing: ['NULL'],
      columns: { a: 'a', b: 'b', c: { missing: [' '] } },
    })
    expect(engine.contacts.get('1')?.attributes).toEqual({ b: ' ', c: '' })
  })

  it('take away what a contact has, unless they are to keep it', async () => {
    const engine = engineOf()
    engine.contacts.put({ id: '1', attributes: { a: 'old', b: 'old', other: 'stays' } })
    const kept = await importContacts(engine, 'id,a,b\n1,,new\n', { id: 'id', missingCells: 'keep' })
    expect(engine.contacts.get('1')?.attributes).toEqual({ a: 'old', b: 'new', other: 'stays' })
    const cleared = await importContacts(engine, 'id,a,b\n1,,new\n', { id: 'id' })
    expect(engine.contacts.get('1')?.attributes).toEqual({ b: 'new', other: 'stays' })
    expect([kept, cleared].map(({ columns }) => columns.map(({ changed }) => changed))).toEqual([
      [0, 1],
      [1, 0],
    ])
  })

  it('lose white space around them where that is told, headers too', async () => {
    const engine = engineOf()
    const csv = ' id , n , tags \n 1 , 5 , a ; b \n'
    await importContacts(engine, csv, {
      id: 'id',
      trim: true,
      columns: { n: { type: 'number' } },
      tags: { column: 'tags', split: ';' },
    })
    expect(engine.contacts.get('1')).toMatchObject({ id: '1', attributes: { n: 5 } })
    expect(engine.contact('1').tags).toEqual(['a', 'b'])
    const other = engineOf()
    await importContacts(other, csv, { id: ' id ' })
    expect(other.contacts.get(' 1 ')?.attributes).toEqual({ ' n ': ' 5 ', ' tags ': ' a ; b ' })
  })

  it('lose the quote that protects them from being taken for a formula', async () => {
    const cells = ["'=1+1", "'+1", "'-1", "'@x", "''x", '"\'\tx"', '"\'\rx"', "'x", "'", "x'=1"]
    const csv = `id,'=h\n${cells.map((cell, place) => `'-${place},${cell}`).join('\n')}\n`
    const engine = engineOf()
    await importContacts(engine, csv, { id: 'id' })
    expect(Object.values(attributesOf(engine))).toEqual(
      ['=1+1', '+1', '-1', '@x', "'x", '\tx', '\rx', "'x", '', "x'=1"].map((value) => ({ '=h': value })),
    )
    expect(engine.contacts.ids()[1]).toBe('-1')
    const raw = engineOf()
    await importContacts(raw, csv, { id: 'id', unescapeFormulas: false })
    expect(raw.contacts.get("'-0")?.attributes).toEqual({ "'=h": "'=1+1" })
  })
})

describe('a contact', () => {
  it('keeps what no column says, unless it is put', async () => {
    const engine = engineOf()
    engine.contacts.put({ id: '1', attributes: { a: 'old', other: 'x' } })
    engine.tags.add('1', 'VIP')
    const csv = 'id,a\n1,new\n2,b\n'
    expect(counts(await importContacts(engine, csv, { id: 'id' }))).toEqual([2, 1, 1, 0, 0])
    expect(engine.contacts.get('1')?.attributes).toEqual({ a: 'new', other: 'x' })
    expect(counts(await importContacts(engine, csv, { id: 'id', mode: 'put' }))).toEqual([2, 0, 1, 1, 0])
    expect(engine.contacts.get('1')?.attributes).toEqual({ a: 'new' })
    expect(engine.tags.has('1', 'VIP')).toBe(true)
    expect(counts(await importContacts(engine, csv, { id: 'id', mode: 'put' }))).toEqual([2, 0, 0, 2, 0])
  })

  it('that comes twice is changed twice', async () => {
    const rows: ImportedRow[] = []
    const engine = engineOf()
    const csv = 'id,a,b\n1,x,\n1,,y\n1,,y\n'
    const report = await importContacts(engine, csv, { id: 'id', onRow: (row) => rows.push(row) })
    expect(counts(report)).toEqual([3, 1, 1, 1, 0])
    expect(report.repeated).toBe(2)
    expect(rows.map(({ line, outcome, attributes }) => [line, outcome, attributes])).toEqual([
      [2, 'created', ['a']],
      [3, 'changed', ['a', 'b']],
      [4, 'unchanged', []],
    ])
    expect(engine.contacts.get('1')?.attributes).toEqual({ b: 'y' })
  })

  it('is found by the name of one that was merged into it', async () => {
    const engine = engineOf()
    engine.contacts.put({ id: 'old' })
    engine.contacts.put({ id: 'new' })
    engine.contacts.merge({ from: 'old', into: 'new' })
    const csv = 'id,a\nold,1\nnew,2\nold,2\n'
    const report = await importContacts(engine, csv, { id: 'id', tags: { add: ['t'] }, segment: 's' })
    expect(counts(report)).toEqual([3, 0, 2, 1, 0])
    expect(report.repeated).toBe(2)
    expect(engine.contacts.ids()).toEqual(['new'])
    expect(engine.contacts.get('new')).toMatchObject({ attributes: { a: '2' }, tags: [{ tag: 't' }] })
    expect([...(engine.segments.get('s')?.members() ?? [])]).toEqual(['new'])
  })
})

describe('tags', () => {
  it('come from a column and for the whole file, held by the import', async () => {
    const engine = engineOf()
    engine.contacts.put({ id: '1' })
    engine.tags.add('1', 'b')
    const csv = 'id,Tags\n1,"a,b,,a"\n2,\n'
    const tags = { column: 'Tags', split: ',', add: ['imported-2026'], by: 'spring.csv' }
    const report = await importContacts(engine, csv, { id: 'id', tags })
    expect(engine.tags.of('1')).toEqual([
      { tag: 'a', since: now, holders: [{ kind: 'import', by: 'spring.csv', at: now }] },
      {
        tag: 'b',
        since: now,
        holders: [
          { kind: 'person', at: now },
          { kind: 'import', by: 'spring.csv', at: now },
        ],
      },
      { tag: 'imported-2026', since: now, holders: [{ kind: 'import', by: 'spring.csv', at: now }] },
    ])
    expect(engine.contact('2').tags).toEqual(['imported-2026'])
    expect(report.tags).toEqual({ added: 3, held: 1, present: 0 })
    expect(report.columns).toEqual([])
    const again = await importContacts(engine, csv, { id: 'id', tags })
    expect(again.tags).toEqual({ added: 0, held: 0, present: 4 })
    expect(counts(again)).toEqual([2, 0, 0, 2, 0])
  })

  it('are put on many contacts by one change', async () => {
    const engine = engineOf()
    const rows = Array.from({ length: 50 }, (_, place) => `${place},${place % 2 === 0 ? 'even' : 'odd'}`)
    const before = engine.statistics().changes
    await importContacts(engine, ['id,parity', ...rows].join('\n'), {
      id: 'id',
      tags: { column: 'parity', split: ';' },
    })
    expect(engine.statistics().changes - before).toBe(50 + 2)
  })

  it('that a row has too long a name for refuse the row', async () => {
    const engine = engineOf()
    const report = await importContacts(engine, `id,t\n1,${'x'.repeat(513)}\n`, {
      id: 'id',
      tags: { column: 't', split: ',' },
    })
    expect(report.refusals).toMatchObject([{ line: 2, column: 't', code: 'LIMIT_EXCEEDED' }])
    expect(engine.contacts.count).toBe(0)
  })
})

describe('a segment', () => {
  it('that is not there is defined, static, and contacts are put into it', async () => {
    const engine = engineOf()
    const heard: string[] = []
    engine.on('enter', ({ contactId, segmentId, cause }) => heard.push(`${contactId} ${segmentId} ${cause.kind}`))
    const report = await importContacts(engine, 'id\n1\n2\n', {
      id: 'id',
      segment: { id: 'news', name: 'News', reason: 'spring.csv' },
    })
    expect(engine.segments.get('news')).toMatchObject({ kind: 'static', count: 2, description: { name: 'News' } })
    expect(engine.members.slotsOf('news', '1')).toEqual({ include: { reason: 'spring.csv', at: now } })
    expect(heard).toEqual(['1 news contact', '2 news contact'].map((line) => line.replace('contact', 'member')))
    expect(report.segment).toEqual({ id: 'news', created: true, included: 2, present: 0, removed: 0, spared: 0 })
    const more = await importContacts(engine, 'id\n2\n3\n', { id: 'id', segment: 'news' })
    expect(more.segment).toEqual({ id: 'news', created: false, included: 1, present: 1, removed: 0, spared: 0 })
    expect(engine.members.slotsOf('news', '2')).toEqual({ include: { reason: 'spring.csv', at: now } })
  })

  it('may be hybrid: the contacts are included, whatever its rule says', async () => {
    const engine = engineOf()
    engine.segments.define({ id: 'h', kind: 'hybrid', rule: { op: 'hasTag', tag: 'VIP' } })
    engine.contacts.put({ id: '1' })
    engine.tags.add('1', 'VIP')
    engine.members.exclude('h', '1')
    const first = await importContacts(engine, 'id\n1\n2\n', { id: 'id', segment: 'h' })
    expect(first.segment).toMatchObject({ created: false, included: 2, present: 0 })
    expect([...(engine.segments.get('h')?.members() ?? [])]).toEqual(['2'])
    const again = await importContacts(engine, 'id\n1\n2\n', { id: 'id', segment: 'h' })
    expect(again.segment).toMatchObject({ included: 0, present: 2 })
    expect(counts(again)).toEqual([2, 0, 0, 2, 0])
  })

  it('may be replaced: those whom no row names are taken out', async () => {
    const engine = engineOf()
    for (const id of ['1', '2', '3', '4']) engine.contacts.put({ id, attributes: { n: 1 } })
    engine.segments.define({ id: 's', kind: 'static', contacts: ['1', '2', '3'] })
    const exits: string[] = []
    engine.on('exit', ({ contactId }) => exits.push(contactId))
    const csv = 'id,n\n4,1\n2,not a number\n,7\n'
    const options = { id: 'id', columns: { n: { type: 'number' } }, segment: { id: 's', replace: true } } as const
    const report = await importContacts(engine, csv, options)
    expect(report.segment).toEqual({ id: 's', created: false, included: 1, present: 0, removed: 2, spared: 0 })
    expect([...(engine.segments.get('s')?.members() ?? [])]).toEqual(['2', '4'])
    expect(exits).toEqual(['1', '3'])
    const revision = engine.revision
    await importContacts(engine, csv, options)
    expect(engine.revision).toBe(revision)
  })

  it('loses nobody by a replacement where a refused row may be about anybody', async () => {
    const engine = engineOf()
    engine.contacts.put({ id: '1' })
    engine.segments.define({ id: 's', kind: 'static', contacts: ['1'] })
    const segment = { id: 's', replace: true }
    const ragged = await importContacts(engine, 'id\n2\n3,1\n', { id: 'id', segment })
    expect(ragged.segment).toMatchObject({ included: 1, removed: 0, spared: 1 })
    const whole = await importContacts(engine, 'id\n2\n3\n', { id: 'id', segment })
    expect(whole.segment).toMatchObject({ included: 1, present: 1, removed: 1, spared: 0 })
  })

  it('cannot be dynamic', async () => {
    const engine = engineOf()
    engine.segments.define({ id: 'd', rule: { op: 'hasTag', tag: 'VIP' } })
    const import_ = importContacts(engine, 'id\n1\n', { id: 'id', segment: 'd' })
    await expect(import_).rejects.toMatchObject({ code: 'SEGMENT_KIND' })
    expect(engine.contacts.count).toBe(0)
  })
})

describe('the same file again', () => {
  const csv = 'id,name,n,likes,tags\n1,Ada,1,a;b,x\n2,Grace,,,x;y\n3,,bad,,\n4,Katherine,4,b;a,z\n'
  const options = {
    id: 'id',
    columns: { name: 'name', n: { type: 'number' }, likes: { type: 'list' } },
    split: ';',
    tags: { column: 'tags', add: ['all'] },
    segment: 'list',
  } as const

  it.each([1, 2, 1000])('changes nothing, in batches of %i', async (batchSize) => {
    const engine = engineOf()
    await importContacts(engine, csv, { ...options, batchSize })
    const { revision } = engine
    const heard: unknown[] = []
    engine.on('transition', (transition) => heard.push(transition))
    engine.on('tag', (event) => heard.push(event))
    const again = await importContacts(engine, csv, { ...options, batchSize })
    expect(counts(again)).toEqual([4, 0, 0, 3, 1])
    expect(again.columns.map(({ changed }) => changed)).toEqual([0, 0, 0])
    expect(engine.revision).toBe(revision)
    expect(heard).toEqual([])
  })

  it('changes nothing where rows of a batch contradict each other', async () => {
    const engine = engineOf()
    const contradicting = 'id,plan,n\n1,free,1\n1,pro,2\n1,,2\n1,pro,2\n'
    await importContacts(engine, contradicting, { id: 'id' })
    engine.segments.define({ id: 'pro', rule: attribute('plan').equals('pro') })
    const { revision } = engine
    const again = await importContacts(engine, contradicting, { id: 'id' })
    expect(engine.revision).toBe(revision)
    expect(counts(again)).toEqual([4, 0, 4, 0, 0])
    expect(engine.contacts.get('1')?.attributes).toEqual({ plan: 'pro', n: '2' })
  })
})

describe('batches', () => {
  const csv = `id,n\n${Array.from({ length: 10 }, (_, place) => `${place},${place}`).join('\n')}`

  it('are applied as one each, while the file is read, and progress is told', async () => {
    const engine = engineOf()
    const seen: (readonly [number, number, boolean])[] = []
    const total: ImportProgress[] = []
    await importContacts(engine, csv, {
      id: 'id',
      batchSize: 4,
      onProgress: (progress) => {
        total.push(progress)
        seen.push([progress.rows, engine.contacts.count, progress.isDone])
      },
    })
    expect(seen).toEqual([
      [4, 4, false],
      [8, 8, false],
      [10, 10, false],
      [10, 10, true],
    ])
    expect(engine.revision).toBe(3)
    expect(total.at(-1)).toEqual({
      bytes: csv.length,
      totalBytes: csv.length,
      rows: 10,
      created: 10,
      changed: 0,
      unchanged: 0,
      refused: 0,
      isDone: true,
    })
  })

  it('wait for a promise that progress gives', async () => {
    const order: string[] = []
    const parts = [csv.slice(0, 20), csv.slice(20)]
    await importContacts(engineOf(), parts, {
      id: 'id',
      batchSize: 5,
      onProgress: async ({ rows }) => {
        order.push(`begin ${rows}`)
        await new Promise((resolve) => setTimeout(resolve, 1))
        order.push(`end ${rows}`)
      },
    })
    expect(order).toEqual(['begin 5', 'end 5', 'begin 10', 'end 10', 'begin 10', 'end 10'])
  })

  it('end with the signal, and those before stay', async () => {
    const engine = engineOf()
    const controller = new AbortController()
    const reason = new Error('enough')
    const import_ = importContacts(engine, csv, {
      id: 'id',
      batchSize: 4,
      signal: controller.signal,
      onProgress: () => controller.abort(reason),
    })
    await expect(import_).rejects.toBe(reason)
    expect(engine.contacts.count).toBe(4)
    await expect(importContacts(engine, csv, { id: 'id', signal: controller.signal })).rejects.toBe(reason)
    await expect(importContacts(engine, csv, { id: 'id', signal: { aborted: true } })).rejects.toThrow(
      'The import was aborted',
    )
  })

  it('do not come from within another change', async () => {
    const engine = engineOf()
    let report: Promise<ImportReport> | undefined
    engine.on('transition', () => {
      report ??= importContacts(engine, csv, { id: 'id' })
    })
    engine.contacts.put({ id: 'x' })
    engine.segments.define({ id: 's', kind: 'static', contacts: ['x'] })
    expect(counts((await report) as ImportReport)).toEqual([10, 10, 0, 0, 0])
  })
})

describe('a dry run', () => {
  it('changes nothing and reports what the import then reports', async () => {
    const engine = engineOf()
    engine.contacts.put({ id: '2', attributes: { name: 'Grace' } })
    engine.segments.define({ id: 's', kind: 'static', contacts: ['2'] })
    const csv = 'id,name,tags\n1,Ada,a\n2,Grace H.,a;b\n1,Ada L.,\n,nobody,\n'
    const options = { id: 'id', tags: { column: 'tags', split: ';' }, segment: { id: 's', replace: true } }
    const { revision } = engine
    const told: ImportedRow[][] = [[], []]
    const dry = await importContacts(engine, csv, { ...options, dryRun: true, onRow: (row) => told[0]?.push(row) })
    expect(engine.revision).toBe(revision)
    expect(engine.contacts.ids()).toEqual(['2'])
    const real = await importContacts(engine, csv, { ...options, onRow: (row) => told[1]?.push(row) })
    expect(dry).toEqual({ ...real, dryRun: true })
    expect(told[0]).toEqual(told[1])
    expect(counts(real)).toEqual([4, 1, 2, 0, 1])
  })

  it('does not define a segment', async () => {
    const engine = engineOf()
    const report = await importContacts(engine, 'id\n1\n', { id: 'id', segment: 's', dryRun: true })
    expect(report.segment).toMatchObject({ created: true, included: 1 })
    expect(engine.segments.count).toBe(0)
  })
})
