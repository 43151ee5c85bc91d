import { dataFiles } from './data-folder.js'
import { DAY } from './local-days.js'
import { Random } from './random.js'
import { readCsv } from './read-csv.js'

/** A customer of the CDNOW data, put with what purchases can be compared with. */
export interface Customer {
  readonly id: string
  readonly inSample: boolean
  /** An amount in cents that is the customer's own: not in the files, made of the id. */
  readonly limit: number
}

export interface Purchase {
  /** The place in the file, from 1: events of one instant are in this order. */
  readonly number: number
  readonly customer: string
  readonly at: number
  readonly quantity: number
  readonly cents: number
}

/** Customers and what they bought; of each the purchases are in order. */
export interface Shop {
  readonly customers: readonly Customer[]
  readonly purchases: readonly Purchase[]
}

/** Where the clock begins, and the last instant to which it is taken. */
export const opening = Date.parse('1997-01-01T00:00:00Z')
export const closing = Date.parse('1998-07-01T00:00:00Z') - 1

/** The data as it is; undefined where the files are not there. */
export function cdnowFiles(): Shop | undefined {
  const [contacts, events] = dataFiles('cdnow', 'contacts.csv', 'events.csv') ?? []
  if (contacts === undefined || events === undefined) return undefined
  return {
    customers: readCsv(contacts, (row) => customerOf(row.text('customer_id'), row.text('in_sample') === 'true')),
    purchases: readCsv(events, (row) =>
      purchaseOf(row.number('event_id'), row.text('customer_id'), Date.parse(`${row.text('date')}T00:00:00Z`), {
        quantity: row.number('quantity'),
        cents: row.scaled('amount', 2),
      }),
    ),
  }
}

/**
 * Data of the same shape: all customers bought first in the first quarter of 1997, most of them never again; some on one day
 * twice, and some after exactly sixty days.
 */
export function generatedCdnow(seed: number, count: number): Shop {
  const random = new Random(seed)
  const customers: Customer[] = []
  const purchases: Purchase[] = []
  for (let place = 1; place <= count; place += 1) {
    const { id } = customerOf(String(place).padStart(5, '0'), false)
    customers.push(customerOf(id, random.chance(0.1)))
    const rate = random.pick([0.2, 0.6, 0.9])
    let day = random.whole(0, 89)
    for (let left = random.often(rate); left > 0 && day < (closing - opening) / DAY; left -= 1) {
      const quantity = random.often(0.5)
      const cents = random.chance(0.02) ? 0 : quantity * random.pick([999, 1199, 1249, 1477, 2999]) + random.whole(0, 3)
      purchases.push(purchaseOf(purchases.length + 1, id, opening + day * DAY, { quantity, cents }))
      day += random.chance(0.15) ? random.pick([0, 1, 7, 30, 60]) : random.wait(60)
    }
  }
  return { customers, purchases }
}

/** The part of some customers. */
export function partOf({ customers, purchases }: Shop, takesPart: (id: string) => boolean): Shop {
  return {
    customers: customers.filter(({ id }) => takesPart(id)),
    purchases: purchases.filter(({ customer }) => takesPart(customer)),
  }
}

/** A copy with all purchases at the beginning of their day, so that many are of one instant. */
export function roundedToDays({ customers, purchases }: Shop): Shop {
  return { customers, purchases: purchases.map((each) => ({ ...each, at: Math.floor(each.at / DAY) * DAY })) }
}

function customerOf(id: string, inSample: boolean): Customer {
  return { id, inSample, limit: (1 + (Number(id) % 7)) * 1_000 }
}

/** Purchases are made in the order of the file, half a second after one another. */
function purchaseOf(
  number: number,
  customer: string,
  day: number,
  { quantity, cents }: Pick<Purchase, 'quantity' | 'cents'>,
): Purchase {
  return { number, customer, at: day + number * 500, quantity, cents }
}
