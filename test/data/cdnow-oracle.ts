import { closing, opening, type Shop } from './cdnow-rows.js'
import { DAY } from './local-days.js'
import { Oracle } from './oracle.js'
import type { Random } from './random.js'

/** Zones whose days begin elsewhere than in UTC; in São Paulo some do not begin at midnight. */
export const angeles = 'America/Los_Angeles'
export const paulo = 'America/Sao_Paulo'

/** Tables `customers` and `purchases`, amounts in cents. */
export function cdnowOracle({ customers, purchases }: Shop): Oracle {
  return new Oracle()
    .table(
      'customers',
      ['id', 'in_sample', 'own_limit'],
      customers.map(({ id, inSample, limit }) => [id, inSample, limit]),
    )
    .table(
      'purchases',
      ['number', 'customer', 'at', 'quantity', 'cents'],
      purchases.map(({ number, customer, at, quantity, cents }) => [number, customer, at, quantity, cents]),
    )
    .index('purchases', 'customer', 'at')
    .localDays([angeles, paulo, 'UTC'], '1996-06-01', '1998-08-31')
}

/** Instants to ask at: soon after the opening, around where something falls due for somebody, at the end of a month, at the closing. */
export function cdnowInstants({ purchases }: Shop, random: Random): readonly number[] {
  const edges = [60, 90].flatMap((days) => {
    const at = (purchases[random.whole(0, purchases.length - 1)]?.at ?? opening) + days * DAY
    return [at - 1, at]
  })
  const others = [
    opening + 20 * DAY,
    Date.parse('1997-10-06T02:59:59.999Z'),
    Date.parse('1998-03-31T18:00:00Z'),
    closing,
  ]
  return [...edges.filter((at) => at < closing), ...others].sort((a, b) => a - b)
}

/** Customers whose purchases up to now, those that satisfy `where`, satisfy `having` together; none is a group of its own. */
export function customersHaving(having: string, where = 'TRUE'): string {
  return `SELECT c.id FROM customers c
    LEFT JOIN purchases p ON p.customer = c.id AND p.at <= :now AND (${where})
    GROUP BY c.id HAVING ${having}`
}

/** Customers of whom a query beginning with FROM finds something: about the customer `c`, the purchases `p`, `q` and `r`. */
export function customersWith(query: string): string {
  return `SELECT c.id FROM customers c WHERE EXISTS (SELECT 1 ${query})`
}
