import { DAY } from './local-days.js'
import { Oracle } from './oracle.js'
import { london } from './retail-engine.js'
import { isCancellation, type OrderLine, type Retail } from './retail-rows.js'

/** Tables `buyers`, `lines` and `cancellations`, prices in tenths of a penny. */
export function retailOracle({ buyers, lines }: Retail): Oracle {
  const columns = ['number', 'customer', 'at', 'invoice', 'product', 'description', 'quantity', 'mills']
  const rows = (of: readonly OrderLine[]): (number | string | null)[][] =>
    of.map((l) => [l.number, l.customer, l.at, l.invoice, l.product, l.description ?? null, l.quantity, l.mills])
  return new Oracle()
    .table(
      'buyers',
      ['id', 'country'],
      buyers.map(({ id, country }) => [id, country]),
    )
    .table('lines', columns, rows(lines.filter((each) => !isCancellation(each))))
    .table('cancellations', columns, rows(lines.filter(isCancellation)))
    .index('lines', 'customer', 'product', 'at')
    .index('lines', 'customer', 'at')
    .index('cancellations', 'customer', 'product', 'at')
    .localDays([london], '2010-01-01', '2012-12-31')
}

/** Where the clock begins: what was bought before is recorded late, what comes after ahead. */
export const retailStart = Date.parse('2011-09-01T00:00:00Z')

/** Instants to ask at: some of them where what was bought on 1 August leaves a window; the clock of London goes back in between. */
export const retailInstants: readonly number[] = [
  retailStart,
  Date.parse('2011-08-01T10:30:00Z') + 60 * DAY - 1,
  Date.parse('2011-08-01T10:30:00Z') + 60 * DAY,
  Date.parse('2011-10-31T23:59:59Z'),
  Date.parse('2011-12-10T12:00:00Z'),
]

/** Customers whose lines up to now, those that satisfy `where`, satisfy `having` together. */
export function buyersHaving(having: string, where = 'TRUE', table = 'lines'): string {
  return `SELECT c.id FROM buyers c LEFT JOIN ${table} l ON l.customer = c.id AND l.at <= :now AND (${where})
    GROUP BY c.id HAVING ${having}`
}

/** What an aggregate is over the cancellations of the customer `c` up to now. */
export function ofCancellations(aggregate: string): string {
  return `(SELECT ${aggregate} FROM cancellations WHERE customer = c.id AND at <= :now)`
}

/** What the line of the customer `c` has in a column that is the first or last up to now. */
export function end(column: string, order: 'ASC' | 'DESC'): string {
  return `(SELECT ${column} FROM lines WHERE customer = c.id AND at <= :now ORDER BY at ${order}, number ${order} LIMIT 1)`
}
