import { followedBy, notFollowedBy, rulesFor, sequence } from 'coterie'
import { cdnowSchema } from './cdnow-engine.js'
import { customersWith } from './cdnow-oracle.js'
import { DAY } from './local-days.js'
import type { Question } from './questions.js'

const { events } = rulesFor(cdnowSchema)
const purchases = events('purchase')
const large = purchases.where((p) => p.property('amount').greaterThan(30))

/** Two purchases `p` and `q` of the customer `c`, in their order; of three, `r` comes after `q`. */
const first = 'FROM purchases p WHERE p.customer = c.id AND p.at <= :now'
const pair = `FROM purchases p JOIN purchases q ON q.customer = p.customer AND q.at <= :now AND ${rises('p', 'q')}
  WHERE p.customer = c.id`
const three = `FROM purchases p JOIN purchases q ON q.customer = p.customer AND ${rises('p', 'q')}
  JOIN purchases r ON r.customer = q.customer AND r.at <= :now AND ${rises('q', 'r')}
  WHERE p.customer = c.id`

/** Purchases one after another. */
export const cdnowSequences: readonly Question[] = [
  {
    asks: 'bought twice within 7 days',
    rule: sequence(purchases, followedBy(purchases, { within: '7d' })),
    sql: customersWith(`${pair} AND q.at < p.at + 7 * ${DAY}`),
  },
  {
    asks: 'bought again within 60 days, but not before 30',
    rule: sequence(large, followedBy(purchases.where({ quantity: 1 }), { after: '30d', within: '60d' })),
    sql: customersWith(
      `${pair} AND p.cents > 3000 AND q.quantity = 1 AND q.at >= p.at + 30 * ${DAY} AND q.at < p.at + 60 * ${DAY}`,
    ),
  },
  {
    asks: 'once nothing for 100 days after a large purchase',
    rule: sequence(large, notFollowedBy(purchases, { within: '100d' })),
    sql: customersWith(
      `${first} AND p.cents > 3000 AND p.at + 100 * ${DAY} <= :now AND NOT EXISTS (SELECT 1 FROM purchases q
        WHERE q.customer = c.id AND ${rises('p', 'q')} AND q.at < p.at + 100 * ${DAY})`,
    ),
  },
  {
    asks: 'three purchases within 45 days of the first',
    rule: sequence(
      purchases,
      followedBy(purchases, { within: '45d', from: 'start' }),
      followedBy(purchases, { within: '45d', from: 'start' }),
    ),
    sql: customersWith(`${three} AND r.at < p.at + 45 * ${DAY}`),
  },
  {
    asks: 'three purchases, each within 30 days, the last not within 20 of the first',
    rule: sequence(
      purchases,
      followedBy(purchases, { within: '30d' }),
      followedBy(purchases, { after: '20d', from: 'start' }),
    ),
    sql: customersWith(`${three} AND q.at < p.at + 30 * ${DAY} AND r.at >= p.at + 20 * ${DAY}`),
  },
  {
    asks: 'three times the same quantity, each within 60 days',
    rule: sequence(purchases, followedBy(purchases, { within: '60d' }), followedBy(purchases, { within: '60d' }), {
      same: 'quantity',
    }),
    sql: customersWith(
      `${three} AND q.at < p.at + 60 * ${DAY} AND r.at < q.at + 60 * ${DAY}
        AND p.quantity = q.quantity AND q.quantity = r.quantity`,
    ),
  },
  {
    asks: 'a large purchase of the last 90 days followed by another of the last 60',
    rule: sequence(large.inLast('90d'), followedBy(purchases.inLast('60d'))),
    sql: customersWith(`${pair} AND p.cents > 3000 AND p.at > :now - 90 * ${DAY} AND q.at > :now - 60 * ${DAY}`),
  },
  {
    asks: 'nothing for 20 days after a purchase, and then one before 60',
    rule: sequence(purchases, notFollowedBy(purchases, { within: '20d' }), followedBy(purchases, { within: '60d' })),
    sql: customersWith(
      `${pair} AND q.at < p.at + 60 * ${DAY} AND p.at + 20 * ${DAY} <= :now AND NOT EXISTS (SELECT 1 FROM purchases r
        WHERE r.customer = c.id AND ${rises('p', 'r')} AND r.at < p.at + 20 * ${DAY})`,
    ),
  },
  {
    asks: 'two purchases within 30 days, and nothing large in the 90 after the first',
    rule: sequence(
      purchases,
      followedBy(purchases, { within: '30d' }),
      notFollowedBy(large, { within: '90d', from: 'start' }),
    ),
    sql: customersWith(
      `${pair} AND q.at < p.at + 30 * ${DAY} AND p.at + 90 * ${DAY} <= :now AND NOT EXISTS (SELECT 1 FROM purchases r
        WHERE r.customer = c.id AND ${rises('q', 'r')} AND r.at < p.at + 90 * ${DAY} AND r.cents > 3000)`,
    ),
  },
]

function rises(earlier: string, later: string): string {
  return `(${earlier}.at, ${earlier}.number) < (${later}.at, ${later}.number)`
}
