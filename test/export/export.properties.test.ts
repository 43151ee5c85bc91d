// Laws:
//   1. Importing what was exported changes nothing, into the engine that it came from; into an empty one it gives the same
//      attributes: whatever values, delimiters and line breaks, with a schema and without.
//   2. No cell is one that a spreadsheet would run.
//   3. The lines of JSON hold the same, and so do the rows.

import { createEngine, isCoterieError, type Engine } from 'coterie'
import {
  exportCsv,
  exportJsonLines,
  exportRows,
  importContacts,
  type ColumnOptions,
  type ImportOptions,
} from 'coterie/import'
import fc from 'fast-check'
import papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { attributesOf, contactIds } from '../arbitraries/contacts.js'
import { fullSchema } from '../arbitraries/schemas.js'
import { onAnyStage } from '../arbitraries/stages.js'
import { engineIn } from '../properties/playing.js'
import { runs } from '../runs.js'

const everyone = { op: 'everyone' } as const
const texts = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 8 }).filter((text) => !text.includes('\0')),
  fc.constantFrom(
    '',
    "'",
    "''",
    '=1+1',
    '+1',
    '-x',
    '@a',
    '\tx',
    '\rx',
    "'=1",
    ' ',
    ' a ',
    'a|b',
    '"',
    'a,b',
    'a;b',
    '\n',
    '\r\n',
    '\ufeff',
    'true',
    '1',
  ),
)
const styles = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '||'),
  split: fc.constantFrom('|', '/', '; '),
  newline: fc.constantFrom('\r\n' as const, '\n' as const),
  mark: fc.boolean(),
})

const attributesNow = (engine: Engine): unknown =>
  engine.contacts.ids().map((id) => [id, engine.contacts.get(id)?.attributes])

/** The text, or undefined where a list cannot be written. */
function written(engine: Engine, options: Parameters<typeof exportCsv>[2]): string | undefined {
  try {
    return [...exportCsv(engine, everyone, options)].join('')
  } catch (error) {
    if (isCoterieError(error) && error.code === 'VALUE_INVALID') return undefined
    throw error
  }
}

async function expectUnchanged(engine: Engine, text: string, options: Partial<ImportOptions>): Promise<void> {
  const { revision } = engine
  const report = await importContacts(engine, text, { id: 'id', ...options })
  expect(report.refusals).toEqual([])
  expect(report.unchanged).toBe(engine.contacts.count)
  expect(engine.revision).toBe(revision)
}

describe('what was exported', () => {
  it('changes nothing when it is imported, with a schema', async () => {
    const games = onAnyStage((stage) =>
      fc.record({
        contacts: fc.array(attributesOf(fullSchema.kinds, stage), { minLength: 1, maxLength: contactIds.length }),
        style: styles,
      }),
    )
    await fc.assert(
      fc.asyncProperty(games, async ([stage, { contacts, style }]) => {
        const engine = engineIn(stage)
        for (const [place, attributes] of contacts.entries())
          engine.contacts.put({ id: contactIds[place] ?? '', attributes })
        const text = written(engine, style)
        fc.pre(text !== undefined)
        const { delimiter, split } = style
        await expectUnchanged(engine, text, { delimiter, split })
        const fresh = engineIn(stage)
        await importContacts(fresh, text, { id: 'id', delimiter, split })
        expect(attributesNow(fresh)).toEqual(attributesNow(engine))
      }),
      { numRuns: runs(150) },
    )
  })

  it('changes nothing when it is imported, of any text, without a schema', async () => {
    const contacts = fc.uniqueArray(
      fc.record({
        id: texts.filter((text) => text !== ''),
        note: fc.option(texts, { nil: undefined }),
        score: fc.option(fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })), {
          nil: undefined,
        }),
        list: fc.option(fc.uniqueArray(texts, { maxLength: 3 }), { nil: undefined }),
        numbers: fc.option(fc.uniqueArray(fc.integer(), { maxLength: 3 }), { nil: undefined }),
        isOn: fc.option(fc.boolean(), { nil: undefined }),
      }),
      { selector: ({ id }) => id, minLength: 1, maxLength: 5 },
    )
    const columns: Record<string, ColumnOptions> = {
      note: {},
      '=score': { attribute: 'score', type: 'number' },
      list: { type: 'list' },
      numbers: { type: 'list', of: 'number' },
      isOn: { type: 'boolean' },
    }
    await fc.assert(
      fc.asyncProperty(contacts, styles, async (all, style) => {
        const engine = createEngine({ now: 0 })
        for (const { id, ...attributes } of all) engine.contacts.put({ id, attributes })
        const chosen = [
          { header: 'id', value: 'id' as const },
          'note',
          { header: '=score', value: { attribute: 'score' } },
          'list',
          'numbers',
          'isOn',
        ]
        const text = written(engine, { ...style, columns: chosen })
        fc.pre(text !== undefined)
        const { delimiter, split } = style
        await expectUnchanged(engine, text, { delimiter, split, columns })
        const { data } = papa.parse<string[]>(text.replace(/^\ufeff/, ''), { delimiter, newline: style.newline })
        for (const cell of data.flat())
          if (/^[=+\-@\t\r]/.test(cell)) expect(Number.isFinite(Number(cell)), JSON.stringify(cell)).toBe(true)
      }),
      { numRuns: runs(250) },
    )
  })

  it('changes nothing when its lines of JSON are put back, and rows hold the same', () => {
    const games = onAnyStage((stage) =>
      fc.array(attributesOf(fullSchema.kinds, stage), { minLength: 1, maxLength: contactIds.length }),
    )
    fc.assert(
      fc.property(games, ([stage, contacts]) => {
        const engine = engineIn(stage)
        for (const [place, attributes] of contacts.entries())
          engine.contacts.put({ id: contactIds[place] ?? '', attributes })
        const lines = [...exportJsonLines(engine, everyone)].map((line) => JSON.parse(line) as Record<string, unknown>)
        expect(lines).toEqual([...exportRows(engine, everyone)])
        const before = attributesNow(engine)
        for (const { id, ...attributes } of lines) {
          const [outcome] = engine.contacts.put({ id: id as string, attributes: attributes as never }).outcomes
          expect(outcome).toMatchObject({ created: false, changed: [] })
        }
        expect(attributesNow(engine)).toEqual(before)
      }),
      { numRuns: runs(150) },
    )
  })
})
