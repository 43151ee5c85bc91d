import { dataFiles } from './data-folder.js'
import { DAY } from './local-days.js'
import { Random } from './random.js'
import { readCsv } from './read-csv.js'

/** A customer of the Chinook sample. */
export interface Listener {
  readonly id: string
  readonly country: string
}

export interface Invoice {
  readonly number: number
  readonly customer: string
  readonly at: number
  readonly cents: number
  readonly tracks: readonly Track[]
}

export interface Track {
  readonly track: number
  readonly cents: number
  readonly quantity: number
}

export interface Store {
  readonly listeners: readonly Listener[]
  readonly invoices: readonly Invoice[]
}

/** The data as it is; undefined where the files are not there. */
export function chinookFiles(): Store | undefined {
  const [customers, invoices, lines] = dataFiles('chinook', 'Customer.csv', 'Invoice.csv', 'InvoiceLine.csv') ?? []
  if (customers === undefined || invoices === undefined || lines === undefined) return undefined
  const tracks = new Map<number, Track[]>()
  readCsv(lines, (row) => {
    const number = row.number('InvoiceId')
    const track = {
      track: row.number('TrackId'),
      cents: row.scaled('UnitPrice', 2),
      quantity: row.number('Quantity'),
    }
    tracks.set(number, [...(tracks.get(number) ?? []), track])
    return undefined
  })
  return {
    listeners: readCsv(customers, (row) => ({ id: row.text('CustomerId'), country: row.text('Country') })),
    invoices: readCsv(invoices, (row) => ({
      number: row.number('InvoiceId'),
      customer: row.text('CustomerId'),
      at: Date.parse(`${row.text('InvoiceDate').replace(' ', 'T')}Z`),
      cents: row.scaled('Total', 2),
      tracks: tracks.get(row.number('InvoiceId')) ?? [],
    })),
  }
}

/** Data of the same shape: about seven invoices for each customer in five years, at midnight mostly. */
export function generatedChinook(seed: number, count: number): Store {
  const random = new Random(seed)
  const listeners = Array.from({ length: count }, (_, place) => ({
    id: String(place + 1),
    country: random.pick(['Brazil', 'Germany', 'Canada', 'India']),
  }))
  const first = Date.parse('2021-01-01T00:00:00Z')
  // One a day: records of one instant have no order but that of their ids or places.
  const everyDay = Array.from({ length: 1_820 }, (_, day) => day)
  const days = [...random.shuffled(everyDay).slice(0, count * 7)].sort((a, b) => a - b)
  const invoices = days.map((day, place): Invoice => {
    const tracks = Array.from({ length: random.pick([1, 2, 2, 4, 6, 9, 14]) }, () => ({
      track: random.whole(1, 3_500),
      cents: random.chance(0.01) ? 199 : 99,
      quantity: 1,
    }))
    return {
      number: place + 1,
      customer: String(random.whole(1, count - 1)),
      at: first + day * DAY + (random.chance(0.3) ? random.whole(0, DAY - 1) : 0),
      cents: tracks.reduce((sum, { cents }) => sum + cents, 0),
      tracks,
    }
  })
  return { listeners, invoices }
}
