import type { Store } from './chinook-rows.js'
import { DAY } from './local-days.js'
import { Oracle } from './oracle.js'

export const tokyo = 'Asia/Tokyo'

/** Tables `listeners`, `invoices` and `tracks`, amounts in cents. */
export function chinookOracle({ listeners, invoices }: Store): Oracle {
  return new Oracle()
    .table(
      'listeners',
      ['id', 'country'],
      listeners.map(({ id, country }) => [id, country]),
    )
    .table(
      'invoices',
      ['number', 'customer', 'at', 'cents', 'year'],
      invoices.map(({ number, customer, at, cents }) => [number, customer, at, cents, new Date(at).getUTCFullYear()]),
    )
    .table(
      'tracks',
      ['number', 'track', 'cents', 'quantity'],
      invoices.flatMap(({ number, tracks }) =>
        tracks.map(({ track, cents, quantity }) => [number, track, cents, quantity]),
      ),
    )
    .index('invoices', 'customer', 'at')
    .index('tracks', 'number')
    .localDays([tokyo], '2020-01-01', '2026-01-31')
}

/** Where the clock begins. */
export const chinookStart = Date.parse('2020-12-31T00:00:00Z')

/** Instants to ask at: some of them where midnights leave a window. */
export const chinookInstants: readonly number[] = [
  Date.parse('2021-06-30T15:00:00Z'),
  Date.parse('2022-05-10T00:00:00Z') + 90 * DAY - 1,
  Date.parse('2022-05-10T00:00:00Z') + 90 * DAY,
  Date.parse('2023-12-31T15:00:00Z') - 1,
  Date.parse('2024-02-29T12:00:00Z'),
  Date.parse('2025-12-25T00:00:00Z'),
]

/** Customers whose invoices up to now, those that satisfy `where`, satisfy `having` together. */
export function listenersHaving(having: string, where = 'TRUE'): string {
  return listenersHavingEver(having, `i.at <= :now AND (${where})`)
}

/** The same with the invoices to come: records count whether their dates have come or not. */
export function listenersHavingEver(having: string, where = 'TRUE'): string {
  return `SELECT c.id FROM listeners c LEFT JOIN invoices i ON i.customer = c.id AND (${where})
    GROUP BY c.id HAVING ${having}`
}

/** Customers of whose years, those that satisfy `having` alone, so many are there as `count` says. */
export function listenersHavingYears(count: string, having: string): string {
  return `SELECT c.id FROM listeners c WHERE (SELECT COUNT(*) FROM
    (SELECT 1 FROM invoices i WHERE i.customer = c.id GROUP BY i.year HAVING ${having})) ${count}`
}

/** What an aggregate is over the tracks of the invoice `i`. */
export function ofTracks(aggregate: string, where = 'TRUE'): string {
  return `(SELECT ${aggregate} FROM tracks t WHERE t.number = i.number AND (${where}))`
}
