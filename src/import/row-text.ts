import type { PapaError } from './papa.js'

/** The first part of a file, by which line break and delimiter are known. In UTF-16 code units. */
export const firstPart = 1 << 16

/** What ends lines in a file: `\n`, also behind `\r`, or `\r` where the first part of the file has no `\n`. */
export function newlineOf(text: string): '\n' | '\r' {
  const part = text.slice(0, firstPart)
  return part.includes('\n') || !part.includes('\r') ? '\n' : '\r'
}

/** How many line breaks a stretch of text holds. */
export function breaksIn(text: string, from: number, to: number, newline: string): number {
  let count = 0
  for (let at = text.indexOf(newline, from); at >= 0 && at < to; at = text.indexOf(newline, at + 1)) count += 1
  return count
}

/** Whether a line, with its line break or without, holds no other character. */
export function isBlank(text: string, from: number, to: number): boolean {
  return to - from <= 2 && /^\r?\n?$/.test(text.slice(from, to))
}

/** What the parser found wrong with the quotes of a row. */
export function quoteFault(errors: readonly PapaError[]): 'quote' | 'unclosed' | undefined {
  const quotes = errors.filter(({ type }) => type === 'Quotes')
  if (quotes.some(({ code }) => code === 'MissingQuotes')) return 'unclosed'
  return quotes.length > 0 ? 'quote' : undefined
}

/**
 * The cells of a row that ends in `\r`, without it. It belongs to the last cell only where that was quoted: an unquoted
 * cell stands in the row as it is, behind a delimiter or at the start. (A quoted one cannot look like that: it would have
 * to end in `\r"\r`, which stands there as `\r""\r"\r`, so it would have to go on as itself without end.)
 */
export function withoutReturn(cells: readonly string[], raw: string, delimiter: string): readonly string[] {
  const last = cells.at(-1)
  if (last?.endsWith('\r') !== true || !raw.endsWith(last)) return cells
  const before = raw.length - last.length
  if (before > 0 && !raw.endsWith(delimiter, before)) return cells
  return [...cells.slice(0, -1), last.slice(0, -1)]
}
