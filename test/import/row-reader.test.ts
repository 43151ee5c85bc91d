// Laws:
//   1. A table that is written as CSV is read back, each row with the lines it begins and ends in.
//   2. Where the text is cut does not matter.
//   3. A row that is longer than the bound is given up, wherever the text is cut; those before it are read.
//   4. Whatever the text, reading it ends, and where it is cut does not matter.

import fc from 'fast-check'
import papaparse from 'papaparse'
import { describe, expect, it } from 'vitest'
import type { Papa } from '../../src/import/papa.js'
import { RowReader, type CsvRow } from '../../src/import/row-reader.js'
import { runs } from '../runs.js'
import { cells, cut, cuts, styles, writeCsv } from './written-csv.js'

const papa = papaparse as unknown as Papa

interface Reading {
  readonly delimiter?: string | undefined
  readonly mostInRow?: number
  readonly first?: number
  readonly stretch?: number
}

function rowsOf(parts: readonly string[], { delimiter = ',', mostInRow = 1e6, ...sizes }: Reading = {}): CsvRow[] {
  const reader = new RowReader(papa, { delimiter, mostInRow }, sizes)
  const rows: CsvRow[] = []
  for (const part of parts) {
    rows.push(...reader.push(part))
    if (reader.isOver) return rows
  }
  return [...rows, ...reader.end()]
}

function read(text: string, reading?: Reading): (readonly [number, number, ...string[]])[] {
  return rowsOf([text], reading).map(({ line, lastLine, cells: row }) => [line, lastLine, ...row])
}

const tables = fc
  .integer({ min: 1, max: 4 })
  .chain((width) => fc.array(fc.array(cells, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }))

/** A header without line breaks stands first, so that the line break of the file is known early. */
const header = (table: readonly (readonly string[])[]): string[] => (table[0] ?? []).map((_, place) => `h${place}`)

describe('rows', () => {
  it('are those that were written, at their lines, wherever the text is cut', () => {
    fc.assert(
      fc.property(tables, styles, cuts, fc.integer({ min: 1, max: 12 }), (body, style, places, stretch) => {
        const table = [header(body), ...body]
        const { text, lines } = writeCsv(table, style)
        const first = text.indexOf('\n') + 1
        const rows = rowsOf(cut(text, places), { delimiter: style.delimiter, first, stretch })
        expect(rows.map((row) => row.cells)).toEqual(table)
        expect(rows.map((row) => [row.line, row.lastLine])).toEqual(lines)
        expect(rows.every((row) => row.fault === undefined && !row.isBroken)).toBe(true)
      }),
      { numRuns: runs(500) },
    )
  })

  it('are those that were written where all lines end in a carriage return', () => {
    const noBreaks = tables.map((table) => table.map((row) => row.map((cell) => cell.replaceAll('\n', ''))))
    fc.assert(
      fc.property(noBreaks, styles, cuts, (body, style, places) => {
        const table = [header(body), ...body]
        const { text, lines } = writeCsv(table, { ...style, newlines: ['\r'] })
        const rows = rowsOf(cut(text, places), { delimiter: style.delimiter })
        expect(rows.map((row) => row.cells)).toEqual(table)
        expect(rows.map((row) => [row.line, row.lastLine])).toEqual(lines)
      }),
      { numRuns: runs(200) },
    )
  })

  it('do not depend on where a text is cut, whatever it is', () => {
    fc.assert(
      fc.property(
        cells,
        fc.array(cells, { maxLength: 12 }),
        cuts,
        fc.integer({ min: 1, max: 9 }),
        (a, more, places, stretch) => {
          const text = `h,i\n${a}${more.join('')}`
          expect(rowsOf(cut(text, places), { first: 4, stretch })).toEqual(rowsOf([text]))
        },
      ),
      { numRuns: runs(500) },
    )
  })

  it('are given up where they are longer than the bound, wherever the text is cut', () => {
    fc.assert(
      fc.property(tables, styles, cuts, fc.integer({ min: 1, max: 12 }), (body, style, places, mostInRow) => {
        const table = [header(body), ...body]
        const { text } = writeCsv(table, style)
        const reading = { delimiter: style.delimiter, mostInRow }
        const whole = rowsOf([text], reading)
        const first = text.indexOf('\n') + 1
        expect(rowsOf(cut(text, places), { ...reading, first, stretch: 3 })).toEqual(whole)
        const all = rowsOf([text], { delimiter: style.delimiter })
        const long = whole.findIndex(({ fault }) => fault !== undefined)
        const before = long < 0 ? all.length : long
        expect(whole.slice(0, before)).toEqual(all.slice(0, before))
        if (long >= 0) expect(whole[long]).toMatchObject({ fault: 'long', line: all[long]?.line, cells: [] })
      }),
      { numRuns: runs(300) },
    )
  })

  it('begin in the line where their first cell does', () => {
    expect(read('a,b\n"1\n2\r\n3",x\n\n\r\ny,"z\n"\nlast,"one"')).toEqual([
      [1, 1, 'a', 'b'],
      [2, 4, '1\n2\r\n3', 'x'],
      [7, 8, 'y', 'z\n'],
      [9, 9, 'last', 'one'],
    ])
  })

  it('may end in either line break, and keep what a quoted cell ends in', () => {
    expect(read('a,b\r\n1,2\n3,"4\r"\r\n"5","6"\r\n7,8\r\n9,"0"\r')).toEqual([
      [1, 1, 'a', 'b'],
      [2, 2, '1', '2'],
      [3, 3, '3', '4\r'],
      [4, 4, '5', '6'],
      [5, 5, '7', '8'],
      [6, 6, '9', '0'],
    ])
    expect(read('a,b\n7,8\r').at(-1)).toEqual([2, 2, '7', '8'])
    expect(read('a\r\n"\r"\r\n"x""\r"\r\n"\r""\r"\r\ny"\r\n')).toEqual([
      [1, 1, 'a'],
      [2, 2, '\r'],
      [3, 3, 'x"\r'],
      [4, 4, '\r"\r'],
      [5, 5, 'y"'],
    ])
  })

  it('are none in a blank line, but one in a line with an empty quoted cell', () => {
    expect(read('\n\r\na\n\n""\n\nb\n\n')).toEqual([
      [3, 3, 'a'],
      [5, 5, ''],
      [7, 7, 'b'],
    ])
    expect(read('')).toEqual([])
  })

  it('keep a mark that stands inside the file', () => {
    const text = 'a,b\n\ufeff1,2\n\ufeff3,4'
    const rows = [
      ['a', 'b'],
      ['\ufeff1', '2'],
      ['\ufeff3', '4'],
    ]
    expect(rowsOf([text]).map((row) => row.cells)).toEqual(rows)
    expect(rowsOf(text.split(''), { first: 4, stretch: 1 }).map((row) => row.cells)).toEqual(rows)
  })

  const faults = (text: string, reading?: Reading): unknown =>
    rowsOf([text], reading).map(({ line, lastLine, fault }) => [
      line,
      lastLine,
      ...(fault === undefined ? [] : [fault]),
    ])

  it('of which the quotes are out of order are given up as a whole where their end may be right', () => {
    expect(faults('a,b\n1,"x "y" z"\n2,ok\n')).toEqual([
      [1, 1],
      [2, 2, 'quote'],
      [3, 3],
    ])
    expect(faults('a,b,c\n1,"x "y" w\n\nand z",c\n2,ok,c\n')).toEqual([
      [1, 1],
      [2, 4, 'quote'],
      [5, 5],
    ])
  })

  it('of which the quotes are out of order are given up by the line where their end cannot be right', () => {
    expect(faults('a,b\n1,"x\n2,y\n3,z\n')).toEqual([
      [1, 1],
      [2, 2, 'unclosed'],
      [3, 3],
      [4, 4],
    ])
    expect(faults('a,b\n1,"say "hi""\n2,ok\n3,"ok"\n4,ok')).toEqual([
      [1, 1],
      [2, 2, 'quote'],
      [3, 3],
      [4, 4],
      [5, 5],
    ])
    expect(faults('a,b,c\n1,"x,c\n2,"y",c\n"3",z,c\n')).toEqual([
      [1, 1],
      [2, 2, 'quote'],
      [3, 3],
      [4, 4],
    ])
    expect(faults('a,b,c\n1,"x "y\nand z"\n2,ok,c\n')).toEqual([
      [1, 1],
      [2, 2, 'quote'],
      [3, 3],
      [4, 4],
    ])
    expect(faults('a,b,c\n1,"x" y","c\n2,y,c\n3,"z",c\n')).toEqual([
      [1, 1],
      [2, 2, 'quote'],
      [3, 3],
      [4, 4],
    ])
  })

  it('of which the quotes are out of order end the reading of a header', () => {
    expect(faults('a,"b\n1,2\n')).toEqual([
      [1, 1, 'unclosed'],
      [2, 2],
    ])
    expect(faults('a,"b"c\n",d\n1,2\n')).toMatchObject([
      [1, 2, 'quote'],
      [3, 3],
    ])
  })

  it('that are too long are passed over up to the next line', () => {
    expect(faults(`a,b\n1,${'x'.repeat(30)}\n2,y\n"${'z'.repeat(30)}\n3,z",\n4,z`, { mostInRow: 10 })).toEqual([
      [1, 1],
      [2, 2, 'long'],
      [3, 3],
      [4, 4, 'long'],
      [5, 5],
      [6, 6],
    ])
  })

  it('are marked where they hold what could not be decoded, wherever the text is cut', () => {
    const marks = fc.array(fc.boolean(), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(marks, styles, cuts, fc.integer({ min: 1, max: 12 }), (isBroken, style, places, stretch) => {
        const table = [['h', 'i'], ...isBroken.map((_, place) => [`${place}`, `"\n☃${place}`])]
        const { text } = writeCsv(table, style)
        const spans = isBroken.flatMap((broken, place) => {
          const from = text.indexOf(`☃${place}`)
          return broken ? [{ from, to: from + 2 }] : []
        })
        const reader = new RowReader(
          papa,
          { delimiter: style.delimiter, mostInRow: 1e6 },
          { first: text.indexOf('\n') + 1, stretch },
        )
        let start = 0
        const rows = cut(text, places).flatMap((part) => {
          const [from, to] = [start, (start += part.length)]
          const own = spans.filter((span) => span.from < to && span.to > from)
          return reader.push(
            part,
            own.map((span) => ({ from: Math.max(span.from, from) - from, to: Math.min(span.to, to) - from })),
          )
        })
        expect([...rows, ...reader.end()].map((row) => row.isBroken)).toEqual([false, ...isBroken])
      }),
      { numRuns: runs(200) },
    )
  })
})

describe('the delimiter', () => {
  it.each([',', ';', '\t', '|'])('is guessed where none is given: %j', (delimiter) => {
    const text = [
      ['a', 'b', 'c'],
      ['1', '"x, y; z"', '3'],
      ['4', '5', '6'],
    ]
      .map((row) => row.join(delimiter))
      .join('\n')
    const reader = new RowReader(papa, { delimiter: undefined, mostInRow: 1e6 })
    reader.push(text)
    reader.end()
    expect(reader.delimiter).toBe(delimiter)
  })

  it('is a comma where there is one column', () => {
    const reader = new RowReader(papa, { delimiter: undefined, mostInRow: 1e6 })
    expect(reader.push('a\n1\n')).toEqual([])
    expect(reader.end()).toHaveLength(2)
    expect(reader.delimiter).toBe(',')
  })
})

describe('the cost', () => {
  /** The characters that the parser is given, all together. */
  function parsedIn(parts: Iterable<string>, mostInRow: number): readonly [parsed: number, rows: readonly CsvRow[]] {
    let parsed = 0
    const counting: Papa = {
      parse: (text, config) => {
        const before = parsed
        parsed += text.length
        const step: typeof config.step = (row, parser) => {
          config.step?.(row, {
            abort: () => {
              parsed = before + row.meta.cursor
              parser.abort()
            },
          })
        }
        return papa.parse(text, { ...config, step })
      },
    }
    const reader = new RowReader(counting, { delimiter: ',', mostInRow }, { first: 16, stretch: 16 })
    const rows: CsvRow[] = []
    for (const part of parts) if (!reader.isOver) rows.push(...reader.push(part))
    return [parsed, [...rows, ...reader.end()]]
  }

  it('of a row is linear in its length', () => {
    const part = 'x,""y"",\n'
    const count = 20_000
    const [parsed, rows] = parsedIn(['a,b,"', ...Array.from({ length: count }, () => part), '"'], 1e9)
    expect(rows).toHaveLength(1)
    expect(parsed).toBeLessThan(4 * count * part.length)
  })

  it('of a line without end is bounded, in time and in memory', () => {
    const parts = ['a,b\n', ...Array.from({ length: 1000 }, () => 'x'.repeat(100))]
    const [parsed, rows] = parsedIn(parts, 1000)
    expect(rows.map(({ line, fault }) => [line, fault])).toEqual([
      [1, undefined],
      [2, 'long'],
    ])
    expect(parsed).toBeLessThan(10_000)
  })

  it('of a file with a quote out of order in each line is linear in the file, which is given up in time', () => {
    const part = '1,"x "y""\n'
    const count = 5000
    const [parsed, rows] = parsedIn(['a,b\n', ...Array.from({ length: count }, () => part)], 1 << 17)
    expect(rows.at(-1)?.fault).toBe('rest')
    expect(rows.filter(({ fault }) => fault !== undefined)).toHaveLength(rows.length - 1)
    expect(rows.length).toBeGreaterThan(50)
    expect(parsed).toBeLessThan(2 * (16 * count * part.length + 2 ** 22))
  })
})
