import { dataFiles } from './data-folder.js'
import { DAY } from './local-days.js'
import { Random } from './random.js'
import { readCsv } from './read-csv.js'

/** A customer of the Northwind sample. */
export interface Client {
  readonly id: string
  readonly country: string
  readonly region: string | undefined
}

/** An order; its dates are days, `YYYY-MM-DD`. */
export interface Order {
  readonly number: number
  readonly customer: string
  readonly employee: number
  readonly ordered: string
  readonly required: string
  readonly shipped: string | undefined
  readonly via: number
  readonly freightCents: number
  readonly country: string
  readonly lines: readonly Line[]
}

export interface Line {
  readonly product: number
  readonly cents: number
  readonly quantity: number
  /** The discount in percent. */
  readonly percent: number
}

export interface Trade {
  readonly clients: readonly Client[]
  readonly orders: readonly Order[]
}

/** The data as it is; undefined where the files are not there. A missing cell reads `NULL`. */
export function northwindFiles(): Trade | undefined {
  const [customers, orders, details] = dataFiles('northwind', 'customers.csv', 'orders.csv', 'order_details.csv') ?? []
  if (customers === undefined || orders === undefined || details === undefined) return undefined
  const lines = new Map<number, Line[]>()
  readCsv(details, (row) => {
    const number = row.number('orderID')
    const line = {
      product: row.number('productID'),
      cents: row.scaled('unitPrice', 2),
      quantity: row.number('quantity'),
      percent: row.scaled('discount', 2),
    }
    lines.set(number, [...(lines.get(number) ?? []), line])
    return undefined
  })
  return {
    clients: readCsv(customers, (row) => ({
      id: row.text('customerID'),
      country: row.text('country'),
      region: unlessNull(row.text('region')),
    })),
    orders: readCsv(orders, (row) => ({
      number: row.number('orderID'),
      customer: row.text('customerID'),
      employee: row.number('employeeID'),
      ordered: row.text('orderDate').slice(0, 10),
      required: row.text('requiredDate').slice(0, 10),
      shipped: unlessNull(row.text('shippedDate').slice(0, 10)),
      via: row.number('shipVia'),
      freightCents: row.scaled('freight', 2),
      country: row.text('shipCountry'),
      lines: lines.get(row.number('orderID')) ?? [],
    })),
  }
}

/** Data of the same shape; some orders go abroad, and some have no lines. */
export function generatedNorthwind(seed: number, count: number): Trade {
  const random = new Random(seed)
  const countries = ['Germany', 'USA', 'Brazil', 'UK'] as const
  const clients = Array.from({ length: count }, (_, place) => ({
    id: `C${String(place).padStart(4, '0')}`,
    country: random.pick(countries),
    region: random.chance(0.3) ? random.pick(['SP', 'WA']) : undefined,
  }))
  const first = Date.parse('1996-07-04T00:00:00Z')
  const days = Array.from({ length: count * 9 }, () => first + random.whole(0, 671) * DAY).sort((a, b) => a - b)
  const orders = days.map((day, place): Order => {
    // The last of them orders nothing.
    const client = clients[Math.floor(random.next() ** 2 * (count - 1))]
    if (client === undefined) throw new Error('No clients')
    return {
      number: 10_248 + place,
      customer: client.id,
      employee: random.whole(1, 9),
      ordered: dayOf(day),
      required: dayOf(day + random.pick([14, 28, 42]) * DAY),
      shipped: random.chance(0.05) ? undefined : dayOf(day + random.whole(1, 35) * DAY),
      via: random.whole(1, 3),
      freightCents: random.whole(0, 30_000),
      country: random.chance(0.9) ? client.country : random.pick(countries),
      lines: random.chance(0.02) ? [] : generatedLines(random),
    }
  })
  return { clients, orders }
}

function generatedLines(random: Random): readonly Line[] {
  return Array.from({ length: random.often(0.6) }, () => ({
    product: random.whole(1, 77),
    cents: random.pick([250, 999, 1_400, 3_480, 26_350]),
    quantity: random.whole(1, 12) * 5,
    percent: random.pick([0, 0, 5, 10, 15, 25]),
  }))
}

function unlessNull(cell: string): string | undefined {
  return cell === 'NULL' ? undefined : cell
}

function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10)
}
