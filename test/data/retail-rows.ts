import { dataFiles } from './data-folder.js'
import { DAY } from './local-days.js'
import { Random } from './random.js'
import { readCsv, type CsvRow } from './read-csv.js'

/** A customer of the Online Retail data. */
export interface Buyer {
  readonly id: string
  readonly country: string
}

/** A line of an order, or of a cancellation, whose quantity is below 0. */
export interface OrderLine {
  /** The place in the file: lines of one instant are in this order. */
  readonly number: number
  readonly customer: string
  readonly invoice: string
  readonly at: number
  readonly product: string
  readonly description: string | undefined
  readonly quantity: number
  /** The price of a piece in tenths of a penny. */
  readonly mills: number
}

export interface Retail {
  readonly buyers: readonly Buyer[]
  readonly lines: readonly OrderLine[]
}

/** Whether a line takes something back: its invoice begins with C. */
export function isCancellation({ invoice }: OrderLine): boolean {
  return invoice.startsWith('C')
}

/**
 * The lines of those customers who take part; undefined where the file is not there. A customer's number reads `17850.0`, and
 * lines without one are left out.
 */
export function retailFiles(takesPart: (id: string) => boolean): Retail | undefined {
  const [path] = dataFiles('online-retail', 'online_retail.csv.gz') ?? []
  if (path === undefined) return undefined
  const countries = new Map<string, string>()
  let number = 0
  const lines = readCsv(path, (row) => {
    number += 1
    const customer = row.text('CustomerID').replace(/\.0$/, '')
    if (customer === '' || !takesPart(customer)) return undefined
    if (!countries.has(customer)) countries.set(customer, row.text('Country'))
    return lineOf(row, number, customer)
  })
  return { buyers: [...countries].map(([id, country]) => ({ id, country })), lines }
}

function lineOf(row: CsvRow, number: number, customer: string): OrderLine {
  return {
    number,
    customer,
    invoice: row.text('InvoiceNo'),
    at: Date.parse(`${row.text('InvoiceDate').replace(' ', 'T')}Z`),
    product: row.text('StockCode'),
    description: row.text('Description') || undefined,
    quantity: row.number('Quantity'),
    mills: row.scaled('UnitPrice', 3),
  }
}

/** Products as they are called there. */
const products: readonly (readonly [code: string, description: string, mills: number])[] = [
  ['85123A', 'WHITE HANGING HEART T-LIGHT HOLDER', 2_550],
  ['71053', 'WHITE METAL LANTERN', 3_390],
  ['22423', 'REGENCY CAKESTAND 3 TIER', 12_750],
  ['84879', 'ASSORTED COLOUR BIRD ORNAMENT', 1_690],
  ['20725', 'LUNCH BAG RED RETROSPOT', 1_650],
  ['22086', "PAPER CHAIN KIT 50'S CHRISTMAS", 2_950],
  ['21034', 'REX CASH+CARRY JUMBO SHOPPER', 950],
  ['16216', 'LETTER SHAPE PENCIL SHARPENER', 60],
]

/**
 * Data of the same shape: orders of many lines at one instant, among few products, some of whose lines are cancelled later,
 * some of them exactly seven days later.
 */
export function generatedRetail(seed: number, count: number): Retail {
  const random = new Random(seed)
  const buyers = Array.from({ length: count }, (_, place) => ({
    id: String(12_346 + place),
    country: random.chance(0.8) ? 'United Kingdom' : random.pick(['France', 'EIRE']),
  }))
  const first = Date.parse('2010-12-01T08:00:00Z')
  const unordered: OrderLine[] = []
  for (const { id: customer } of buyers) {
    for (let orders = random.often(0.75); orders > 0; orders -= 1) {
      const at = first + random.whole(0, 370) * DAY + random.whole(0, 40) * 900_000
      for (let lines = random.often(0.8); lines > 0; lines -= 1) {
        const line = generatedLine(random, customer, at)
        unordered.push(line)
        if (random.chance(0.1)) unordered.push({ ...line, ...cancelled(line, random) })
      }
    }
  }
  const lines = unordered.sort((a, b) => a.at - b.at).map((line, place) => ({ ...line, number: place + 1 }))
  return { buyers, lines }
}

function generatedLine(random: Random, customer: string, at: number): OrderLine {
  const [product, description, mills] = products[Math.floor(random.next() ** 2 * products.length)] ?? ['M', 'Manual', 1]
  return {
    number: 0,
    customer,
    invoice: String(Math.floor(at / 900_000)),
    at,
    product,
    description: random.chance(0.05) ? undefined : description,
    quantity: random.pick([1, 2, 6, 12, 24, 48]),
    mills,
  }
}

function cancelled({ invoice, at, quantity }: OrderLine, random: Random): Partial<OrderLine> {
  return { invoice: `C${invoice}`, at: at + random.pick([1, 7, 7, 30]) * DAY, quantity: -quantity }
}
