import { all, lastMonth, lastYear, not, rulesFor, thisYear } from 'coterie'
import { DAY, localDay, startOf } from './local-days.js'
import { northwindSchema, york } from './northwind-engine.js'
import { beginsIn, clientsHaving, isFrom, sydney } from './northwind-oracle.js'
import type { Question } from './questions.js'

const { attribute, records } = rulesFor(northwindSchema)
const orders = records('orders')
const placed = orders.by('ordered')
const today = (zone: string): string => localDay(zone, ':now')

/** Rules about orders alone. */
export const northwindOrders: readonly Question[] = [
  {
    asks: 'ten orders',
    rule: orders.count().atLeast(10),
    sql: clientsHaving('COUNT(o.number) >= 10'),
  },
  {
    asks: 'an order not shipped',
    rule: orders.where((o) => o.property('shipped').missing()).exists(),
    sql: clientsHaving('COUNT(o.number) > 0', 'o.shipped IS NULL'),
  },
  {
    asks: 'every order shipped in time, or not yet',
    rule: orders.every((o) => not(o.property('shipped').after(o.property('required')))),
    sql: clientsHaving('COUNT(o.number) = 0', 'o.shipped > o.required'),
  },
  {
    asks: 'every order shipped, and in time',
    rule: orders.every((o) => o.property('shipped').before(o.property('required'))),
    sql: clientsHaving('COUNT(o.number) = 0', 'o.shipped IS NULL OR o.shipped >= o.required'),
  },
  {
    asks: 'an order shipped more than 20 days after it was placed',
    rule: orders.where((o) => o.property('shipped').after(o.property('ordered').plus('20d'))).exists(),
    sql: clientsHaving('COUNT(o.number) > 0', "o.shipped > date(o.ordered, '20 days')"),
  },
  {
    asks: 'no order with a freight above 200',
    rule: orders.where((o) => o.property('freight').greaterThan(200)).none(),
    sql: clientsHaving('COUNT(o.number) = 0', 'o.freight > 20000'),
  },
  {
    asks: 'a freight of at least 80 on average',
    rule: orders.average('freight').atLeast(80),
    sql: clientsHaving('COUNT(o.number) > 0 AND SUM(o.freight) >= 8000 * COUNT(o.number)'),
  },
  {
    asks: 'a freight between 100 and 500 in all',
    rule: orders.sum('freight').between(100, 500),
    sql: clientsHaving('SUM(o.freight) BETWEEN 10000 AND 50000'),
  },
  {
    asks: 'first ordered before October 1996',
    rule: orders.minimum('ordered').before('1996-10-01'),
    sql: clientsHaving("MIN(o.ordered) < '1996-10-01'"),
  },
  {
    asks: 'last shipped in March 1998 or later',
    rule: not(orders.maximum('shipped').before('1998-03-01')),
    sql: clientsHaving("MAX(o.shipped) IS NULL OR MAX(o.shipped) >= '1998-03-01'"),
  },
  {
    asks: 'three shippers',
    rule: orders.distinct('via').equals(3),
    sql: clientsHaving('COUNT(DISTINCT o.via) = 3'),
  },
  {
    asks: 'the second shipper most often',
    rule: orders.mostFrequent('via').equals(2),
    sql: `SELECT c.id FROM clients c WHERE 2 =
      (SELECT via FROM orders WHERE customer = c.id GROUP BY via ORDER BY COUNT(*) DESC, via LIMIT 1)`,
  },
  {
    asks: 'an order to their own country',
    rule: orders.where((o) => o.property('country').equals(attribute('country'))).exists(),
    sql: clientsHaving('COUNT(o.number) > 0', 'o.country = c.country'),
  },
  {
    asks: 'no region, and eight orders',
    rule: all(attribute('region').missing(), orders.count().atLeast(8)),
    sql: clientsHaving('c.region IS NULL AND COUNT(o.number) >= 8'),
  },
  {
    asks: 'an order whose number begins with 103',
    rule: orders.where((o) => o.property('id').startsWith('103')).exists(),
    sql: clientsHaving('COUNT(o.number) > 0', 'o.number BETWEEN 10300 AND 10399'),
  },
  {
    asks: 'more freight for the first order than for the last',
    rule: placed.first('freight').greaterThan(placed.last('freight')),
    sql: `SELECT c.id FROM clients c WHERE ${nth('freight', 'ASC', 1)} > ${nth('freight', 'DESC', 1)}`,
  },
  {
    asks: 'the third order with the second shipper',
    rule: placed.nth(3, 'via').equals(2),
    sql: `SELECT c.id FROM clients c WHERE ${nth('via', 'ASC', 3)} = 2`,
  },
  {
    asks: 'the second order more than 100 days ago',
    rule: placed.nth(2).moreThanAgo('100d'),
    sql: `SELECT c.id FROM clients c WHERE ${startOf(york, nth('ordered', 'ASC', 2))} <= :now - 100 * ${DAY}`,
  },
  {
    asks: 'shipped in six different months',
    rule: orders.by('shipped').distinctMonths().atLeast(6),
    sql: clientsHaving('COUNT(DISTINCT substr(o.shipped, 1, 7)) >= 6'),
  },
  {
    asks: 'two orders within 90 days, in New York',
    rule: placed.inLast('90d').count().atLeast(2),
    sql: clientsHaving('COUNT(o.number) >= 2', beginsIn(york, 'o.ordered', `:now - 90 * ${DAY}`)),
  },
  {
    asks: 'no order within two months, in Sydney',
    rule: placed.inLast('P2M', { timeZone: sydney }).none(),
    sql: clientsHaving(
      'COUNT(o.number) = 0',
      `${isFrom('o.ordered', `date(${today(sydney)}, '-2 months', 'floor')`)} AND o.ordered <= ${today(sydney)}`,
    ),
  },
  {
    asks: 'an order between 30 and 120 days ago',
    rule: placed.betweenAgo('30d', '120d').exists(),
    sql: clientsHaving('COUNT(o.number) > 0', beginsIn(york, 'o.ordered', `:now - 120 * ${DAY}`, `:now - 30 * ${DAY}`)),
  },
  {
    asks: 'two orders more than half a year ago, in Sydney',
    rule: placed.moreThanAgo('P6M', { timeZone: sydney }).count().atLeast(2),
    sql: clientsHaving('COUNT(o.number) >= 2', `o.ordered < date(${today(sydney)}, '-6 months', 'floor')`),
  },
  {
    asks: 'an order required within 14 days',
    rule: orders.by('required').inNext('14d').exists(),
    sql: clientsHaving('COUNT(o.number) > 0', beginsIn(york, 'o.required', ':now', `:now + 14 * ${DAY}`)),
  },
  {
    asks: 'an order required within a month, in Sydney',
    rule: orders.by('required').inNext('P1M', { timeZone: sydney }).exists(),
    sql: clientsHaving(
      'COUNT(o.number) > 0',
      `o.required > ${today(sydney)} AND o.required <= date(${today(sydney)}, '1 month', 'floor')`,
    ),
  },
  {
    asks: 'an order with the first shipper that is required within a week',
    rule: orders.where((o) => all(o.property('via').equals(1), o.property('required').inNext('7d'))).exists(),
    sql: clientsHaving(
      'COUNT(o.number) > 0',
      `o.via = 1 AND ${beginsIn(york, 'o.required', ':now', `:now + 7 * ${DAY}`)}`,
    ),
  },
  {
    asks: 'an order of last month, in Sydney',
    rule: placed.inCalendar(lastMonth, { timeZone: sydney }).exists(),
    sql: clientsHaving(
      'COUNT(o.number) > 0',
      isFrom(
        'o.ordered',
        `date(${today(sydney)}, 'start of month', '-1 month')`,
        `date(${today(sydney)}, 'start of month')`,
      ),
    ),
  },
  {
    asks: 'less freight this year than last',
    rule: placed.inCalendar(thisYear).sum('freight').lessThan(placed.inCalendar(lastYear).sum('freight')),
    sql: clientsHaving(
      `COALESCE(SUM(o.freight) FILTER (WHERE strftime('%Y', o.ordered) = strftime('%Y', ${today(york)})), 0)
        < COALESCE(SUM(o.freight) FILTER (WHERE strftime('%Y', o.ordered) = strftime('%Y', ${today(york)}, '-1 year')), 0)`,
    ),
  },
  {
    asks: 'five orders in 1997',
    rule: placed.from('1997-01-01').to('1998-01-01').count().atLeast(5),
    sql: clientsHaving('COUNT(o.number) >= 5', isFrom('o.ordered', "'1997-01-01'", "'1998-01-01'")),
  },
]

/** A field of the nth order of the client `c` from one end. */
function nth(column: string, order: 'ASC' | 'DESC', n: number): string {
  return `(SELECT ${column} FROM orders WHERE customer = c.id
    ORDER BY ordered ${order}, number ${order} LIMIT 1 OFFSET ${n - 1})`
}
