import { CoterieError, show, type ErrorDetails } from '../base/errors.js'
import { nearestName } from '../base/nearest.js'
import { unescaped } from './cell-reader.js'
import type { CsvRow } from './row-reader.js'

/** The columns of a file: the place of each by its name. Names are keys of a map, so that `__proto__` is one like others. */
export interface CsvHeader {
  /** All headers, in order; an empty one names nothing. */
  readonly names: readonly string[]
  readonly places: ReadonlyMap<string, number>
}

/** How headers are read. */
export interface HeaderOptions {
  readonly trim: boolean
  readonly unescapeFormulas: boolean
}

/**
 * Reads the first row of a file as its header.
 *
 * @throws CoterieError `IMPORT_INVALID` where there is none, it cannot be read, or a name comes twice.
 */
export function readHeader(row: CsvRow | undefined, { trim, unescapeFormulas }: HeaderOptions): CsvHeader {
  if (row === undefined)
    throw invalid('The file has no header', { received: 'an empty file', expected: 'a row of headers' })
  if (row.fault !== undefined)
    throw invalid('The quotes of the header are not in order', {
      received: 'a quote that is not closed or not doubled',
    })
  if (row.isBroken)
    throw invalid('The header holds bytes that are not of the encoding', { expected: 'the option encoding' })
  const names = row.cells.map((cell) => {
    const name = unescapeFormulas ? unescaped(cell) : cell
    return trim ? name.trim() : name
  })
  const places = new Map<string, number>()
  for (const [place, name] of names.entries()) {
    if (name === '') continue
    const first = places.get(name)
    if (first !== undefined) {
      const columns = `columns ${String(first + 1)} and ${String(place + 1)}`
      throw invalid(`Two columns have the header ${show(name)}`, { received: columns, expected: 'different headers' })
    }
    places.set(name, place)
  }
  return { names, places }
}

/** The place of a column that an option names. Throws `IMPORT_INVALID` where there is none, with the nearest name. */
export function placeOf(header: CsvHeader, column: string, option: string): number {
  const place = header.places.get(column)
  if (place !== undefined) return place
  const nearest = nearestName(column, header.places.keys())
  const [only = '', ...more] = header.names
  const other = more.length > 0 ? undefined : [';', '\t', '|', ','].find((delimiter) => only.includes(delimiter))
  const hint = other === undefined ? '' : `; the header is one cell with ${show(other)} in it: is that the delimiter?`
  const expected = nearest === undefined ? [...header.places.keys()].slice(0, 10).map(show).join(', ') : show(nearest)
  throw invalid(`The file has no column ${show(column)}, which the option ${option} names${hint}`, {
    received: show(column),
    expected: expected === '' ? 'a header' : expected,
  })
}

function invalid(message: string, details: ErrorDetails): CoterieError {
  return new CoterieError('IMPORT_INVALID', message, details)
}
