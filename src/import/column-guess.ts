import { lowerCase } from '../base/text.js'
import { timeZone } from '../base/time-zone.js'
import { readCellDay, readCellInstant } from './cell-date.js'
import type { BooleanWords, DateOrder } from './cell-format.js'
import { numberReader } from './cell-number.js'
import type { ColumnOptions } from './import-options.js'

/*
 * What a column could be. Every reading that there is begins as possible, and each cell strikes out those that it does
 * not fit. What is left fits every cell. Where several are left they are all told, as with 01/02/2026: which one it is
 * cannot be known from the file.
 */

/** A way to read a column, and whether a cell fits it. */
interface Candidate {
  readonly options: ColumnOptions
  readonly fits: (cell: string) => boolean
  /** Characters of which the column must hold one: else a simpler way says the same. */
  readonly needs?: string
}

const booleanPairs: readonly (readonly [string, string])[] = [
  ['true', 'false'],
  ['yes', 'no'],
  ['y', 'n'],
  ['t', 'f'],
  ['1', '0'],
]

const dateOrders: readonly DateOrder[] = ['YMD', 'DMY', 'MDY']

/** Strikes out what a column cannot be, cell by cell. */
export class ColumnGuess {
  #left: readonly Candidate[] = candidates()
  #cells = 0
  #characters = new Set<string>()

  /** Looks at a cell that is not missing. */
  see(cell: string): void {
    this.#cells += 1
    if (this.#left.length === 0) return
    this.#left = this.#left.filter(({ fits }) => fits(cell))
    for (const character of [',', '.', ' ', ':']) if (cell.includes(character)) this.#characters.add(character)
  }

  /** The ways to read all cells but as text; none where there were no cells. */
  get could(): readonly ColumnOptions[] {
    if (this.#cells === 0) return []
    return this.#left
      .filter(({ needs }) => needs === undefined || this.#characters.has(needs))
      .map(({ options }) => options)
  }
}

function candidates(): readonly Candidate[] {
  return [
    number({}),
    number({ decimal: ',' }, ','),
    number({ thousands: ',' }, ','),
    number({ decimal: ',', thousands: '.' }, '.'),
    number({ decimal: ',', thousands: ' ' }, ' '),
    ...booleanPairs.map(([yes, no]) => boolean({ true: [yes], false: [no] })),
    ...dateOrders.flatMap((order) => [day(order), instant(order)]),
  ]
}

/** Numbers that would not come out as they went in, such as post codes with a zero in front, are none. */
function number(format: Pick<ColumnOptions, 'decimal' | 'thousands'>, needs?: string): Candidate {
  const read = numberReader({ decimal: format.decimal ?? '.', thousands: format.thousands })
  return {
    options: Object.freeze({ type: 'number', ...format }),
    fits: (cell) => !/^[+]|^-?0\d/.test(cell) && read(cell) !== undefined,
    ...(needs === undefined ? undefined : { needs }),
  }
}

function boolean(booleans: BooleanWords): Candidate {
  const words = [...booleans.true, ...booleans.false]
  return { options: Object.freeze({ type: 'boolean', booleans }), fits: (cell) => words.includes(lowerCase(cell)) }
}

function day(dateOrder: DateOrder): Candidate {
  return {
    options: Object.freeze({ type: 'day', dateOrder }),
    fits: (cell) => readCellDay(cell, dateOrder) !== undefined,
  }
}

/** Only with times: dates without are days. */
function instant(dateOrder: DateOrder): Candidate {
  const utc = timeZone('UTC')
  return {
    options: Object.freeze({ type: 'instant', dateOrder }),
    fits: (cell) => readCellInstant(cell, dateOrder, utc) !== undefined,
    needs: ':',
  }
}
