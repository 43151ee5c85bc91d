import fc from 'fast-check'

/** How a table is written as CSV. */
export interface CsvStyle {
  readonly delimiter: string
  /** The line break behind each row, by turns. */
  readonly newlines: readonly ('\n' | '\r\n' | '\r')[]
  /** Whether all cells are quoted, or only those that must be. */
  readonly quotesAll: boolean
  /** Blank lines behind each row, by turns. */
  readonly blanks: readonly number[]
  readonly endsWithNewline: boolean
}

/** A table as CSV, and for each row of it the line that it begins in and the one that it ends in, from 1. */
export interface WrittenCsv {
  readonly text: string
  readonly lines: readonly (readonly [number, number])[]
}

/** Writes a table; the lines are counted by the line break of the file: `\r` where all of them are that, or else `\n`. */
export function writeCsv(table: readonly (readonly string[])[], style: CsvStyle): WrittenCsv {
  const { newlines, blanks, endsWithNewline } = style
  const counted = newlines.every((newline) => newline === '\r') ? '\r' : '\n'
  let text = ''
  let line = 1
  const lines: [number, number][] = []
  for (const [place, row] of table.entries()) {
    const written = row.map((cell) => writeCell(cell, row.length, style)).join(style.delimiter)
    const inside = written.split(counted).length - 1
    lines.push([line, line + inside])
    const newline = newlines[place % newlines.length] ?? '\n'
    const isLast = place === table.length - 1
    const breaks = isLast ? (endsWithNewline ? 1 : 0) : 1 + (blanks[place % blanks.length] ?? 0)
    text += written + newline.repeat(breaks)
    line += inside + breaks
  }
  return { text, lines }
}

function writeCell(cell: string, width: number, { delimiter, quotesAll }: CsvStyle): string {
  const must =
    /["\r\n]/.test(cell) ||
    Array.from(delimiter).some((character) => cell.includes(character)) ||
    (cell === '' && width === 1)
  return quotesAll || must ? `"${cell.replaceAll('"', '""')}"` : cell
}

/** Ways to write a table, with `\n` and `\r\n` as they come. */
export const styles: fc.Arbitrary<CsvStyle> = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|', '::'),
  newlines: fc.array(fc.constantFrom('\n', '\r\n'), { minLength: 1, maxLength: 3 }),
  quotesAll: fc.boolean(),
  blanks: fc.array(fc.nat({ max: 2 }), { maxLength: 3 }),
  endsWithNewline: fc.boolean(),
})

/** Texts of cells, of the characters that matter to CSV and some of several bytes. */
export const cells = fc
  .array(
    fc.constantFrom('a', 'b', '7', ' ', ',', ';', '\t', '|', ':', '"', '\n', '\r', "'", 'é', '😀', '\ufeff', '\ufffd'),
    {
      maxLength: 6,
    },
  )
  .map((characters) => characters.join(''))

/** Cuts a text or bytes at places given as parts of the whole. */
export function cut<T extends { readonly length: number; slice(from: number, to: number): T }>(
  whole: T,
  places: readonly number[],
): T[] {
  const at = [0, ...places.map((place) => Math.floor(place * (whole.length + 1))).sort((a, b) => a - b), whole.length]
  return at.slice(1).map((to, index) => whole.slice(at[index] ?? 0, to))
}

/** Places to cut at, as parts of the whole. */
export const cuts = fc.array(
  fc.nat({ max: 999 }).map((thousandths) => thousandths / 1000),
  { maxLength: 6 },
)
