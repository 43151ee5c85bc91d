// Laws:
//   1. A table of contacts that is written as CSV and imported gives the contacts that putting them one by one gives:
//      attributes, tags and members, whatever delimiter, line breaks, quotes, encoding, mark and numbers it is written
//      with, wherever its bytes are cut, and in batches of whatever size.
//   2. A dry run changes nothing, and reports what the import then reports, row by row.
//   3. The same file again changes nothing: no transition, no tag event, no new revision, all rows unchanged.
//   4. A row that does not fit changes nothing else: the import is that of the file without it.

import { createEngine, type Engine } from 'coterie'
import { importContacts, type ImportedRow, type ImportOptions } from 'coterie/import'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../runs.js'
import { cells, cut, cuts, styles, writeCsv, type CsvStyle } from './written-csv.js'

interface Person {
  readonly id: string
  readonly note: string | undefined
  readonly score: number | undefined
  readonly born: string | undefined
  readonly likes: readonly string[]
  readonly tags: readonly string[]
}

const day = fc.record({
  y: fc.integer({ min: 1900, max: 2099 }),
  m: fc.integer({ min: 1, max: 12 }),
  d: fc.integer({ min: 1, max: 28 }),
})
const two = (value: number): string => String(value).padStart(2, '0')

const people: fc.Arbitrary<readonly Person[]> = fc.uniqueArray(
  fc.record({
    id: fc.oneof(
      fc.constantFrom('__proto__', 'constructor', 'ada', "'", '=1'),
      cells.filter((text) => text !== ''),
    ),
    note: fc.option(
      cells.filter((text) => text !== ''),
      { nil: undefined },
    ),
    score: fc.option(
      fc.oneof(
        fc.integer({ min: -2000, max: 2000 }),
        fc.integer({ min: -2000, max: 2000 }).map((n) => n / 8),
      ),
      { nil: undefined },
    ),
    born: fc.option(
      day.map(({ y, m, d }) => `${y}-${two(m)}-${two(d)}`),
      { nil: undefined },
    ),
    likes: fc.uniqueArray(fc.constantFrom('tea', 'chess', 'rain'), { maxLength: 3 }),
    tags: fc.uniqueArray(fc.constantFrom('a', 'b', 'VIP'), { maxLength: 2 }),
  }),
  { selector: ({ id }) => id, maxLength: 6 },
)

const header = ['tags', '__proto__', 'score', 'id', 'born', 'likes']

/** What an export writes, so that a spreadsheet does not take a text for a formula. */
const guarded = (text: string): string => (/^[=+\-@'\t\r]/.test(text) ? `'${text}` : text)

function rowOf({ id, note, score, born, likes, tags }: Person, decimal: string): string[] {
  const [year = '', month = '', date = ''] = (born ?? '').split('-')
  return [
    tags.join('/'),
    guarded(note ?? ''),
    score === undefined ? '' : String(score).replace('.', decimal),
    guarded(id),
    born === undefined ? '' : `${Number(date)}.${month}.${year}`,
    likes.join('/'),
  ]
}

interface File {
  readonly style: CsvStyle
  readonly decimal: '.' | ','
  readonly hasMark: boolean
  readonly encoding: 'utf-8' | 'utf-16le'
  readonly places: readonly number[]
  readonly batchSize: number
}

const files: fc.Arbitrary<File> = fc.record({
  style: styles,
  decimal: fc.constantFrom('.', ','),
  hasMark: fc.boolean(),
  encoding: fc.constantFrom('utf-8', 'utf-16le'),
  places: cuts,
  batchSize: fc.integer({ min: 1, max: 4 }),
})

function partsOf(table: readonly (readonly string[])[], { style, hasMark, encoding, places }: File): Uint8Array[] {
  const { text } = writeCsv(table, style)
  const bytes = Buffer.from(hasMark ? `\ufeff${text}` : text, encoding === 'utf-8' ? 'utf8' : 'utf16le')
  return cut(new Uint8Array(bytes), places)
}

function optionsFor({ style, decimal, encoding, batchSize }: File): ImportOptions {
  const columns = { score: { type: 'number' }, born: { type: 'day' }, likes: { type: 'list' } } as const
  return {
    id: 'id',
    delimiter: style.delimiter,
    encoding,
    decimal,
    dateOrder: 'DMY',
    split: '/',
    columns: { ...columns, ['__proto__']: 'note' },
    tags: { column: 'tags', add: ['file'], by: 'test' },
    segment: 'list',
    batchSize,
  }
}

/** All that can be seen of an engine's contacts. */
function seen(engine: Engine): unknown {
  const members = engine.segments.get('list')?.members() ?? []
  return { contacts: engine.contacts.ids().map((id) => engine.contacts.get(id)), members: [...members] }
}

function putOneByOne(engine: Engine, all: readonly Person[]): void {
  engine.segments.define({ id: 'list', kind: 'static' })
  for (const { id, note, score, born, likes, tags } of all) {
    const list = likes.length === 0 ? undefined : likes
    const attributes = { note, score, born: born === undefined ? undefined : { day: born }, likes: list }
    engine.contacts.put({ id, attributes })
    engine.tags.add(id, ['file', ...tags], { kind: 'import', by: 'test' })
    engine.members.include('list', id)
  }
}

const engineOf = (): Engine => createEngine({ now: 0 })

describe('an import', () => {
  it('gives what putting the contacts one by one gives', async () => {
    await fc.assert(
      fc.asyncProperty(people, files, async (all, file) => {
        const byHand = engineOf()
        putOneByOne(byHand, all)
        const engine = engineOf()
        const table = [header, ...all.map((person) => rowOf(person, file.decimal))]
        const report = await importContacts(engine, partsOf(table, file), optionsFor(file))
        expect(report.refusals).toEqual([])
        expect(seen(engine)).toEqual(seen(byHand))
      }),
      { numRuns: runs(200) },
    )
  })

  it('reports what its dry run reported, and changes nothing the second time', async () => {
    // The same few ids in both files and in several rows, so that rows meet contacts that are there.
    const few = fc.array(
      fc.record({
        id: fc.constantFrom('1', '2', '3', ''),
        note: fc.constantFrom('', 'x', 'y'),
        score: fc.constantFrom('', '1', '2', 'bad'),
        tags: fc.constantFrom('', 'a', 'a/b'),
      }),
      { maxLength: 6 },
    )
    const options = fc.record({
      mode: fc.constantFrom('patch', 'put'),
      batchSize: fc.integer({ min: 1, max: 4 }),
      replace: fc.boolean(),
      hybrid: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(few, few, options, async (first, second, { mode, batchSize, replace, hybrid }) => {
        const engine = engineOf()
        if (hybrid) engine.segments.define({ id: 'list', kind: 'hybrid', rule: { op: 'hasTag', tag: 'a' } })
        const csv = (rows: typeof first): string =>
          writeCsv(
            [['id', 'note', 'score', 'tags'], ...rows.map(({ id, note, score, tags }) => [id, note, score, tags])],
            { delimiter: ',', newlines: ['\n'], quotesAll: false, blanks: [], endsWithNewline: true },
          ).text
        const chosen: ImportOptions = {
          id: 'id',
          split: '/',
          columns: { note: 'note', score: { type: 'number' } },
          tags: { column: 'tags' },
          segment: { id: 'list', replace },
          mode,
          batchSize,
        }
        await importContacts(engine, csv(first), chosen)
        const before = { state: seen(engine), revision: engine.revision }
        const told: [ImportedRow[], ImportedRow[]] = [[], []]
        const dry = await importContacts(engine, csv(second), {
          ...chosen,
          dryRun: true,
          onRow: (row) => told[0].push(row),
        })
        expect({ state: seen(engine), revision: engine.revision }).toEqual(before)
        const real = await importContacts(engine, csv(second), { ...chosen, onRow: (row) => told[1].push(row) })
        expect({ ...real, dryRun: true }).toEqual(dry)
        expect(told[1]).toEqual(told[0])
        // All at once, since of rows that contradict each other the first says something that is so no more.
        const { revision } = engine
        const heard: unknown[] = []
        engine.on('transition', (transition) => heard.push(transition))
        engine.on('tag', (event) => heard.push(event))
        const again = await importContacts(engine, csv(second), { ...chosen, batchSize: 1000 })
        expect(heard).toEqual([])
        expect(engine.revision).toBe(revision)
        expect(again.created).toBe(0)
        if (again.repeated === 0) expect(again.changed).toBe(0)
      }),
      { numRuns: runs(300) },
    )
  })

  it('is that of the file without the rows that do not fit', async () => {
    const misfit = fc.constantFrom<readonly string[]>(
      ['', '', 'x1', 'misfit', '', ''],
      ['', '', '', '', '', ''],
      ['too', 'few'],
      ['', '', '', 'misfit', '32.1.2000', ''],
    )
    await fc.assert(
      fc.asyncProperty(
        people,
        files,
        fc.array(fc.tuple(misfit, fc.nat({ max: 6 })), { minLength: 1, maxLength: 3 }),
        async (all, file, misfits) => {
          const rows = all.map((person) => rowOf(person, file.decimal))
          const mixed: (readonly string[])[] = [...rows]
          for (const [row, place] of misfits) mixed.splice(place, 0, row)
          const engine = engineOf()
          const report = await importContacts(engine, partsOf([header, ...mixed], file), optionsFor(file))
          const sound = engineOf()
          await importContacts(sound, partsOf([header, ...rows], file), optionsFor(file))
          expect(seen(engine)).toEqual(seen(sound))
          expect(report.refused).toBe(misfits.length)
          expect(new Set(report.refusals.map(({ line }) => line)).size).toBe(misfits.length)
        },
      ),
      { numRuns: runs(150) },
    )
  })
})

describe('a large file', () => {
  it('is read in many stretches, cut anywhere', async () => {
    const count = 6000
    const name = (place: number): string => `${'é'.repeat(place % 7)}, "😀"\n${'x'.repeat(place % 50)}`
    const table = [['id', 'name'], ...Array.from({ length: count }, (_, place) => [String(place), name(place)])]
    const style: CsvStyle = {
      delimiter: ',',
      newlines: ['\n', '\r\n'],
      quotesAll: false,
      blanks: [0, 0, 1],
      endsWithNewline: true,
    }
    const { text, lines } = writeCsv(table, style)
    const bytes = new TextEncoder().encode(`\ufeff${text}`)
    expect(bytes.length).toBeGreaterThan(3 * 65_536)
    for (const size of [997, 65_537, bytes.length]) {
      const engine = engineOf()
      const rows: ImportedRow[] = []
      const parts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
        bytes.slice(at * size, (at + 1) * size),
      )
      const report = await importContacts(engine, parts, { id: 'id', onRow: (row) => rows.push(row) })
      expect(report).toMatchObject({ rows: count, created: count, refused: 0 })
      expect(rows.map(({ line }) => line)).toEqual(lines.slice(1).map(([line]) => line))
      const wrong = Array.from({ length: count }, (_, place) => place).filter(
        (place) => engine.contacts.get(String(place))?.attributes['name'] !== name(place),
      )
      expect(wrong).toEqual([])
    }
  })
})
