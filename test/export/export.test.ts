import { createEngine, defineSchema, field, hasTag } from 'coterie'
import { exportCsv, exportJsonLines, exportRows } from 'coterie/import'
import { describe, expect, it } from 'vitest'
import { refusal } from '../engine/scene.js'

function shop(): ReturnType<typeof createEngine> {
  const engine = createEngine({ now: Date.parse('2026-01-01') })
  engine.segments.define({ id: 'vip', rule: hasTag('VIP') })
  for (const [id, name] of [
    ['ada', 'Ada'],
    ['bob', 'Bob'],
    ['cyd', '=HYPERLINK("x")'],
  ] as const)
    engine.contacts.put({ id, attributes: { name } })
  engine.contacts.identify('ada', { channel: 'mail', id: 'ada@example.com' })
  engine.tags.add(['ada', 'cyd'], ['VIP', 'lead'])
  return engine
}

describe('rows', () => {
  it('hold the columns that were chosen, of the members of a segment', () => {
    const rows = exportRows(shop(), 'vip', {
      columns: [
        { header: 'Contact', value: 'id' },
        'name',
        { header: 'Tags', value: 'tags' },
        { header: 'Segments', value: 'segments' },
        { header: 'Mail', value: { identity: 'mail' } },
        { header: 'Letters', value: ({ attributes }) => JSON.stringify(attributes['name']).length },
      ],
    })
    expect([...rows]).toEqual([
      { Contact: 'ada', name: 'Ada', Tags: ['VIP', 'lead'], Segments: ['vip'], Mail: 'ada@example.com', Letters: 5 },
      { Contact: 'cyd', name: '=HYPERLINK("x")', Tags: ['VIP', 'lead'], Segments: ['vip'], Mail: null, Letters: 19 },
    ])
  })

  it('are of those who were members when it began, as they are when they are taken', () => {
    const engine = shop()
    const rows = exportRows(engine, hasTag('VIP'))[Symbol.iterator]()
    engine.tags.remove('cyd', 'VIP')
    engine.contacts.patch('cyd', { name: 'Cyd' })
    engine.contacts.merge({ from: 'ada', into: 'bob' })
    expect(rows.next().value).toEqual({ id: 'cyd', name: 'Cyd' })
    expect(rows.next().done).toBe(true)
  })

  it('have a column of the schema though nobody has it, and one `__proto__` that is only a name', () => {
    const engine = createEngine({ now: 0, schema: defineSchema({ attributes: { a: field.text(), b: field.day() } }) })
    engine.contacts.put({ id: 'ada', attributes: { a: 'x' } })
    expect([...exportRows(engine, { op: 'everyone' })]).toEqual([{ id: 'ada', a: 'x', b: null }])
    const free = createEngine({ now: 0 })
    free.contacts.put({ id: 'ada', attributes: { ['__proto__']: 'x' } })
    expect([...exportJsonLines(free, { op: 'everyone' })]).toEqual(['{"id":"ada","__proto__":"x"}\n'])
  })
})

describe('a CSV file', () => {
  it('keeps spreadsheets from running what a text says', () => {
    expect([...exportCsv(shop(), 'vip', { newline: '\n' })].join('')).toBe(
      'id,name\nada,Ada\ncyd,"\'=HYPERLINK(""x"")"\n',
    )
  })

  it('tells the empty text and the empty list from what is missing', () => {
    const engine = createEngine({ now: 0 })
    engine.contacts.put({ id: 'a', attributes: { text: '', list: [] } })
    engine.contacts.put({ id: 'b', attributes: { text: "'", list: ['x', 'y'] } })
    engine.contacts.put({ id: 'c' })
    expect([...exportCsv(engine, { op: 'everyone' }, { newline: '\n' })].join('')).toBe(
      "id,list,text\na,','\nb,x|y,''\nc,,\n",
    )
  })

  it('writes dates as they are read', () => {
    const engine = createEngine({ now: 0 })
    engine.contacts.put({ id: 'a', attributes: { at: new Date(1), born: { day: '1990-05-17' }, on: true, n: 1e21 } })
    expect([...exportCsv(engine, { op: 'everyone' }, { newline: '\n' })].join('')).toBe(
      'id,at,born,n,on\na,1970-01-01T00:00:00.001Z,1990-05-17,1e+21,true\n',
    )
  })

  it('comes in parts', () => {
    const engine = createEngine({ now: 0 })
    engine.batch(() => {
      for (let n = 0; n < 5000; n++) engine.contacts.put({ id: `c${String(n)}`, attributes: { note: 'x'.repeat(60) } })
    })
    const parts = [...exportCsv(engine, { op: 'everyone' })]
    expect(parts.length).toBeGreaterThan(4)
    expect(parts.join('').split('\r\n')).toHaveLength(5002)
    for (const part of parts) expect(part.length).toBeLessThan(70_000)
  })

  it('refuses a list that cannot be taken apart again, by contact and column', () => {
    const engine = createEngine({ now: 0 })
    engine.contacts.put({ id: 'ada', attributes: { likes: ['a|b'] } })
    const found = refusal(() => [...exportCsv(engine, { op: 'everyone' })])
    expect([found.code, found.path]).toEqual(['VALUE_INVALID', ['likes']])
    expect(found.message).toContain('"ada"')
    expect([...exportCsv(engine, { op: 'everyone' }, { split: ';', newline: '\n' })].join('')).toBe(
      'id,likes\nada,a|b\n',
    )
    engine.contacts.put({ id: 'ada', attributes: { likes: [''] } })
    expect(refusal(() => [...exportCsv(engine, { op: 'everyone' })]).code).toBe('VALUE_INVALID')
  })
})

describe('what is wrong', () => {
  const wrong: readonly (readonly [string, unknown, object])[] = [
    ['SEGMENT_UNKNOWN', 'vpi', {}],
    ['RULE_INVALID', { op: 'hasTags' }, {}],
    ['OPTION_INVALID', 'vip', { columns: [] }],
    ['OPTION_INVALID', 'vip', { columns: ['name', 'name'] }],
    ['OPTION_INVALID', 'vip', { columns: [''] }],
    ['OPTION_INVALID', 'vip', { columns: [{ header: 'x', value: 'ids' }] }],
    ['OPTION_INVALID', 'vip', { columns: [{ header: 'x', value: { attribute: 5 } }] }],
    ['OPTION_INVALID', 'vip', { delimiter: '"' }],
    ['OPTION_INVALID', 'vip', { split: '' }],
    ['OPTION_INVALID', 'vip', { newline: 'x' }],
  ]

  it.each(wrong)('is refused before anything is written: %s %j %j', (code, of, options) => {
    expect(refusal(() => exportCsv(shop(), of as never, options)).code).toBe(code)
  })

  it('is an attribute that the schema does not know', () => {
    const engine = createEngine({ now: 0, schema: defineSchema({ attributes: { a: field.text() } }) })
    expect(refusal(() => exportRows(engine, { op: 'everyone' }, { columns: ['b'] })).code).toBe('ATTRIBUTE_UNKNOWN')
  })

  it('is an attribute called id, unless the columns say which is which', () => {
    const engine = createEngine({ now: 0 })
    engine.contacts.put({ id: 'ada', attributes: { id: 7 } })
    expect(refusal(() => exportRows(engine, { op: 'everyone' })).code).toBe('OPTION_INVALID')
    const columns = [{ header: 'contact', value: 'id' as const }, 'id']
    expect([...exportRows(engine, { op: 'everyone' }, { columns })]).toEqual([{ contact: 'ada', id: 7 }])
  })
})
