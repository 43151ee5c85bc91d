import { york } from './northwind-engine.js'
import type { Trade } from './northwind-rows.js'
import { DAY, startOf } from './local-days.js'
import { Oracle } from './oracle.js'

export const sydney = 'Australia/Sydney'

/** Tables `clients`, `orders` and `lines`; amounts in cents, discounts in percent, dates as days. */
export function northwindOracle({ clients, orders }: Trade): Oracle {
  return new Oracle()
    .table(
      'clients',
      ['id', 'country', 'region'],
      clients.map(({ id, country, region }) => [id, country, region ?? null]),
    )
    .table(
      'orders',
      ['number', 'customer', 'employee', 'ordered', 'required', 'shipped', 'via', 'freight', 'country'],
      orders.map((o) => [
        ...[o.number, o.customer, o.employee, o.ordered, o.required],
        ...[o.shipped ?? null, o.via, o.freightCents, o.country],
      ]),
    )
    .table(
      'lines',
      ['number', 'product', 'cents', 'quantity', 'percent'],
      orders.flatMap(({ number, lines }) =>
        lines.map(({ product, cents, quantity, percent }) => [number, product, cents, quantity, percent]),
      ),
    )
    .index('orders', 'customer')
    .index('lines', 'number')
    .localDays([york, sydney], '1995-12-01', '1998-12-31')
}

/** Where the clock begins. */
export const northwindStart = Date.parse('1996-07-01T00:00:00Z')

/** Instants to ask at: some of them where the day of an order leaves a window, in New York and in Sydney. */
export const northwindInstants: readonly number[] = [
  Date.parse('1996-12-31T23:30:00Z'),
  Date.parse('1997-04-01T04:59:59.999Z') + 90 * DAY,
  Date.parse('1997-04-01T05:00:00Z') + 90 * DAY,
  Date.parse('1997-10-25T14:00:00Z') - 1,
  Date.parse('1998-02-28T15:00:00Z'),
  Date.parse('1998-05-06T04:00:00Z'),
]

/** Clients whose orders, those that satisfy `where`, satisfy `having` together; none is a group of its own. */
export function clientsHaving(having: string, where = 'TRUE'): string {
  return `SELECT c.id FROM clients c LEFT JOIN orders o ON o.customer = c.id AND (${where})
    GROUP BY c.id HAVING ${having}`
}

/** The same of the lines of all their orders. */
export function clientsHavingLines(having: string, where = 'TRUE'): string {
  return `SELECT c.id FROM clients c
    LEFT JOIN (SELECT o.customer, l.* FROM orders o JOIN lines l USING (number)) l ON l.customer = c.id AND (${where})
    GROUP BY c.id HAVING ${having}`
}

/** What an aggregate is over the lines of the order `o`. */
export function ofLines(aggregate: string, where = 'TRUE'): string {
  return `(SELECT ${aggregate} FROM lines l WHERE l.number = o.number AND (${where}))`
}

/** Whether the day of an order begins in a stretch: after one instant, and not after another. */
export function beginsIn(zone: string, day: string, after: string, until = ':now'): string {
  return `${startOf(zone, day)} > ${after} AND ${startOf(zone, day)} <= ${until}`
}

/** Whether a day is one of those from one to before another. */
export function isFrom(day: string, from: string, to?: string): string {
  return `${day} >= ${from}${to === undefined ? '' : ` AND ${day} < ${to}`}`
}
