import { all, followedBy, notFollowedBy, rulesFor, sequence } from 'coterie'
import { checkoutSchema } from './checkout-engine.js'
import { HOUR } from './checkout-rows.js'
import { DAY } from './local-days.js'
import type { Question } from './questions.js'

const { events, records } = rulesFor(checkoutSchema)
const checkouts = events('checkout')
const purchases = events('purchase')
const opened = events('opened')
const tickets = records('tickets')

/** What has happened and is known, of a type. */
const known = (type: string): string =>
  `(SELECT * FROM happenings WHERE type = '${type}' AND at <= :now AND learnt <= :now)`

/** Rules about checkouts, purchases and tickets. */
export const checkoutQuestions: readonly Question[] = [
  {
    asks: 'a checkout without a purchase of the same cart within a day',
    rule: sequence(checkouts, notFollowedBy(purchases, { within: '1d' }), { same: 'cart' }),
    sql: visitorsWith(
      `FROM ${known('checkout')} p WHERE p.visitor = v.id AND p.cart IS NOT NULL AND p.at + ${DAY} <= :now
        AND NOT EXISTS (SELECT 1 FROM ${known('purchase')} q WHERE q.visitor = v.id AND q.cart = p.cart
          AND ${rises('p', 'q')} AND q.at < p.at + ${DAY})`,
    ),
  },
  {
    asks: 'a checkout without any purchase within a day',
    rule: sequence(checkouts, notFollowedBy(purchases, { within: '1d' })),
    sql: visitorsWith(
      `FROM ${known('checkout')} p WHERE p.visitor = v.id AND p.at + ${DAY} <= :now
        AND NOT EXISTS (SELECT 1 FROM ${known('purchase')} q WHERE q.visitor = v.id
          AND ${rises('p', 'q')} AND q.at < p.at + ${DAY})`,
    ),
  },
  {
    asks: 'a checkout above 100, and the cart bought within an hour',
    rule: sequence(
      checkouts.where((c) => c.property('amount').greaterThan(100)),
      followedBy(purchases, { within: '1h' }),
      { same: 'cart' },
    ),
    sql: visitorsWith(
      `FROM ${known('checkout')} p JOIN ${known('purchase')} q USING (visitor, cart)
        WHERE visitor = v.id AND p.cents > 10000 AND ${rises('p', 'q')} AND q.at < p.at + ${HOUR}`,
    ),
  },
  {
    asks: 'a purchase a day or more after a checkout, but before three are over',
    rule: sequence(checkouts, followedBy(purchases, { after: '1d', within: '3d' })),
    sql: visitorsWith(
      `FROM ${known('checkout')} p JOIN ${known('purchase')} q USING (visitor)
        WHERE visitor = v.id AND ${rises('p', 'q')} AND q.at >= p.at + ${DAY} AND q.at < p.at + 3 * ${DAY}`,
    ),
  },
  {
    asks: 'a cart twice at the checkout and then bought, all within two days',
    rule: sequence(
      checkouts,
      followedBy(checkouts, { within: '2d', from: 'start' }),
      followedBy(purchases, { within: '2d', from: 'start' }),
      { same: 'cart' },
    ),
    sql: visitorsWith(
      `FROM ${known('checkout')} p JOIN ${known('checkout')} q USING (visitor, cart)
        JOIN ${known('purchase')} r USING (visitor, cart)
        WHERE visitor = v.id AND ${rises('p', 'q')} AND ${rises('q', 'r')} AND r.at < p.at + 2 * ${DAY}`,
    ),
  },
  {
    asks: 'a checkout, no e-mail opened for twelve hours, and a purchase within two days',
    rule: sequence(checkouts, notFollowedBy(opened, { within: '12h' }), followedBy(purchases, { within: '2d' })),
    sql: visitorsWith(
      `FROM ${known('checkout')} p JOIN ${known('purchase')} q USING (visitor)
        WHERE visitor = v.id AND ${rises('p', 'q')} AND q.at < p.at + 2 * ${DAY} AND p.at + 12 * ${HOUR} <= :now
          AND NOT EXISTS (SELECT 1 FROM ${known('opened')} r WHERE r.visitor = v.id
            AND ${rises('p', 'r')} AND r.at < p.at + 12 * ${HOUR})`,
    ),
  },
  {
    asks: 'an e-mail opened and a purchase after it, and no checkout within a day of that',
    rule: sequence(opened, followedBy(purchases), notFollowedBy(checkouts, { within: '1d' })),
    sql: visitorsWith(
      `FROM ${known('opened')} p JOIN ${known('purchase')} q USING (visitor)
        WHERE visitor = v.id AND ${rises('p', 'q')} AND q.at + ${DAY} <= :now
          AND NOT EXISTS (SELECT 1 FROM ${known('checkout')} r WHERE r.visitor = v.id
            AND ${rises('q', 'r')} AND r.at < q.at + ${DAY})`,
    ),
  },
  {
    asks: 'an e-mail opened in the last 7 days',
    rule: opened.inLast('7d').exists(),
    sql: visitorsWith(`FROM ${known('opened')} p WHERE p.visitor = v.id AND p.at > :now - 7 * ${DAY}`),
  },
  {
    asks: 'more than 3 tickets and no purchase in 60 days',
    rule: all(tickets.count().greaterThan(3), purchases.inLast('60d').none()),
    sql: `SELECT v.id FROM visitors v WHERE (SELECT COUNT(*) FROM tickets t WHERE t.visitor = v.id) > 3
      AND NOT EXISTS (SELECT 1 FROM ${known('purchase')} p WHERE p.visitor = v.id AND p.at > :now - 60 * ${DAY})`,
  },
  {
    asks: 'two tickets of the last 10 days, not both solved',
    rule: all(
      tickets.by('opened').inLast('10d').count().atLeast(2),
      tickets.by('opened').where({ isSolved: false }).inLast('10d').exists(),
    ),
    sql: `SELECT v.id FROM visitors v WHERE (SELECT COUNT(*) >= 2 AND SUM(is_solved) < COUNT(*) FROM tickets t
      WHERE t.visitor = v.id AND t.opened <= :now AND t.opened > :now - 10 * ${DAY})`,
  },
  {
    asks: 'more tickets than purchases',
    rule: tickets.count().greaterThan(purchases.count()),
    sql: `SELECT v.id FROM visitors v WHERE (SELECT COUNT(*) FROM tickets t WHERE t.visitor = v.id)
      > (SELECT COUNT(*) FROM ${known('purchase')} p WHERE p.visitor = v.id)`,
  },
  {
    asks: 'two purchases in 120 hours',
    rule: purchases.inLast('120h').count().atLeast(2),
    sql: visitorsHaving('purchase', 'COUNT(*) >= 2', `p.at > :now - 120 * ${HOUR}`),
  },
  {
    asks: 'exactly as much spent as at the largest checkout',
    rule: purchases.sum('amount').equals(checkouts.maximum('amount')),
    sql: `SELECT v.id FROM visitors v WHERE (SELECT SUM(cents) FROM ${known('purchase')} p WHERE p.visitor = v.id)
      = (SELECT MAX(cents) FROM ${known('checkout')} p WHERE p.visitor = v.id)`,
  },
  {
    asks: 'the last purchase after the last checkout',
    rule: purchases.last().after(checkouts.last()),
    sql: `SELECT v.id FROM visitors v WHERE (SELECT MAX(at) FROM ${known('purchase')} p WHERE p.visitor = v.id)
      > (SELECT MAX(at) FROM ${known('checkout')} p WHERE p.visitor = v.id)`,
  },
  {
    asks: 'the first purchase within a day of the first checkout',
    rule: purchases.first().before(checkouts.first().plus('1d')),
    sql: `SELECT v.id FROM visitors v WHERE (SELECT MIN(at) FROM ${known('purchase')} p WHERE p.visitor = v.id)
      < ${DAY} + (SELECT MIN(at) FROM ${known('checkout')} p WHERE p.visitor = v.id)`,
  },
  {
    asks: 'the last cart bought is the first at the checkout',
    rule: purchases.last('cart').equals(checkouts.first('cart')),
    sql: `SELECT v.id FROM visitors v WHERE ${cart('purchase', 'DESC', 1)} = ${cart('checkout', 'ASC', 1)}`,
  },
  {
    asks: 'the second checkout of cart b',
    rule: checkouts.nth(2, 'cart').equals('b'),
    sql: `SELECT v.id FROM visitors v WHERE ${cart('checkout', 'ASC', 2)} = 'b'`,
  },
]

function visitorsWith(query: string): string {
  return `SELECT v.id FROM visitors v WHERE EXISTS (SELECT 1 ${query})`
}

function visitorsHaving(type: string, having: string, where: string): string {
  return `SELECT p.visitor FROM ${known(type)} p WHERE ${where} GROUP BY p.visitor HAVING ${having}`
}

/** The order of events: by instant, then by id, then those without an id as they came. */
function place(of: string): string {
  return `(${of}.at, ${of}.id IS NULL, COALESCE(${of}.id, ''), ${of}.arrival)`
}

function rises(earlier: string, later: string): string {
  return `${place(earlier)} < ${place(later)}`
}

/** The cart of the nth event of a type from one end. */
function cart(type: string, order: 'ASC' | 'DESC', n: number): string {
  const columns = ['at', 'id IS NULL', "COALESCE(id, '')", 'arrival'].map((column) => `${column} ${order}`)
  return `(SELECT cart FROM ${known(type)} p WHERE p.visitor = v.id ORDER BY ${columns.join(', ')} LIMIT 1 OFFSET ${n - 1})`
}
