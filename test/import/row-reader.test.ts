// Laws:
//   1. A table that is written as CSV is read back, each row with the lines it begins and ends in.
//   2. Where the text is cut does not matter.
//   3. A row that is longer than the bound is refused, with the same rows before it, wherever the text is cut.
//   4. Whatever the text, reading it ends, and where it is cut does not matter.

import fc from 'fast-check'
import papaparse from 'papaparse'
import { describe, expect, it } from 'vitest'
import { RowReader, type CsvRow } from '../../src/import/csv-rows.js'
import type { Papa } from '../../src/import/papaparse.js'
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

  it('are refused where they are longer than the bound, wherever the text is cut', () => {
    fc.assert(
      fc.property(tables, styles, cuts, fc.integer({ min: 1, max: 12 }), (body, style, places, mostInRow) => {
        const table = [header(body), ...body]
        const { text } = writeCsv(table, style)
        const reading = { delimiter: style.delimiter, mostInRow }
        const whole = rowsOf([text], reading)
        const first = text.indexOf('\n') + 1
        expect(rowsOf(cut(text, places), { ...reading, first, stretch: 3 })).toEqual(whole)
        const all = rowsOf([text], { delimiter: style.delimiter })
        const long = whole.findIndex(({ fault }) => fault === 'long')
        expect(whole.slice(0, long < 0 ? all.length : long)).toEqual(all.slice(0, long < 0 ? all.length : long))
        expect(long).toBe(long < 0 ? -1 : whole.length - 1)
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
    expect(read('a,b\r\n1,2\n3,"4\r"\r\n"5","6"\r\n7,8\r')).toEqual([
      [1, 1, 'a', 'b'],
      [2, 2, '1', '2'],
      [3, 3, '3', '4\r'],
      [4, 4, '5', '6'],
      [5, 5, '7', '8'],
    ])
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

  it('say what is wrong with their quotes', () => {
    const faults = (text: string): unknown => rowsOf([text]).map(({ line, lastLine, fault }) => [line, lastLine, fault])
    expect(faults('a,b\n1,"x "y" z"\n2,ok\n')).toEqual([
      [1, 1, undefined],
      [2, 2, 'quote'],
      [3, 3, undefined],
    ])
    expect(faults('a,b\n1,"x\n2,y\n3,z\n')).toEqual([
      [1, 1, undefined],
      [2, 4, 'unclosed'],
    ])
  })

  it('are marked where they hold what could not be decoded, whether cut or not', () => {
    const text = 'a,b\n1,\ufffd\n"2\n\ufffd",x\n3,\ufffd\n'
    const spans = [
      { from: text.indexOf('1'), to: text.indexOf('"2') },
      { from: text.indexOf('\ufffd",x'), to: text.indexOf('3') },
    ]
    const reader = new RowReader(papa, { delimiter: ',', mostInRow: 1e6 })
    const rows = [...reader.push(text, spans), ...reader.end()]
    expect(rows.map(({ line, isBroken }) => [line, isBroken])).toEqual([
      [1, false],
      [2, true],
      [3, true],
      [5, false],
    ])
    const pieces = new RowReader(papa, { delimiter: ',', mostInRow: 1e6 }, { first: 4, stretch: 1 })
    const cutRows = [...text].flatMap((character, at) =>
      pieces.push(
        character,
        spans.filter(({ from, to }) => at >= from && at < to).map(() => ({ from: 0, to: 1 })),
      ),
    )
    expect([...cutRows, ...pieces.end()]).toEqual(rows)
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
  it('is linear in the file where a quote is never closed', () => {
    let parsed = 0
    const counting: Papa = {
      parse: (text, config) => {
        parsed += text.length
        return papa.parse(text, config)
      },
    }
    const reader = new RowReader(counting, { delimiter: ',', mostInRow: 1e9 }, { first: 16, stretch: 16 })
    const part = 'x,"y",\n'
    const count = 20_000
    reader.push('a,"')
    for (let at = 0; at < count; at++) reader.push(part.replaceAll('"', '""'))
    reader.end()
    expect(parsed).toBeLessThan(4 * count * (part.length + 2))
  })
})
