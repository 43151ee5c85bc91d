import { all, any, not, rulesFor, someOf } from 'coterie'
import { cdnowSchema, quietRule } from './cdnow-engine.js'
import { angeles, customersHaving, paulo } from './cdnow-oracle.js'
import { DAY, localDay } from './local-days.js'
import type { Question } from './questions.js'

const { attribute, events } = rulesFor(cdnowSchema)
const purchases = events('purchase')
const recent = `p.at > :now - 60 * ${DAY}`

/** Every aggregate over all purchases, with conditions on them, and against one another. */
export const cdnowAggregates: readonly Question[] = [
  {
    asks: 'at least three purchases ever',
    rule: purchases.count().atLeast(3),
    sql: customersHaving('COUNT(p.number) >= 3'),
  },
  {
    asks: 'two or five purchases ever',
    rule: purchases.count().in([2, 5]),
    sql: customersHaving('COUNT(p.number) IN (2, 5)'),
  },
  {
    asks: 'never two pieces for more than 30 at once',
    rule: purchases.where((p) => all(p.property('quantity').atLeast(2), p.property('amount').greaterThan(30))).none(),
    sql: customersHaving('COUNT(p.number) = 0', 'p.quantity >= 2 AND p.cents > 3000'),
  },
  {
    asks: 'exactly one piece at least twice',
    rule: purchases.where({ quantity: 1 }).count().atLeast(2),
    sql: customersHaving('COUNT(p.number) >= 2', 'p.quantity = 1'),
  },
  {
    asks: 'nothing spent',
    rule: purchases.sum('amount').atMost(0),
    sql: customersHaving('COALESCE(SUM(p.cents), 0) <= 0'),
  },
  {
    asks: 'spent nothing but the first time',
    rule: purchases.sum('amount').equals(purchases.first('amount')),
    sql: customersHaving(`SUM(p.cents) = ${nthCents('ASC', 1)}`),
  },
  {
    asks: 'spent nothing since June 1997',
    rule: purchases.to('1997-06-01T00:00:00Z').sum('amount').equals(purchases.sum('amount')),
    sql: customersHaving(
      `COALESCE(SUM(CASE WHEN p.at >= ${Date.parse('1997-06-01T00:00:00Z')} THEN p.cents END), 0) = 0`,
    ),
  },
  {
    asks: 'on average at least 35 spent',
    rule: purchases.average('amount').atLeast(35),
    sql: customersHaving('COUNT(p.number) > 0 AND SUM(p.cents) >= 3500 * COUNT(p.number)'),
  },
  {
    asks: 'not on average at least 35 spent, or nothing bought',
    rule: not(purchases.average('amount').atLeast(35)),
    sql: customersHaving('COUNT(p.number) = 0 OR SUM(p.cents) < 3500 * COUNT(p.number)'),
  },
  {
    asks: 'no average',
    rule: purchases.where({ quantity: 2 }).average('amount').missing(),
    sql: customersHaving('COUNT(p.number) = 0', 'p.quantity = 2'),
  },
  {
    asks: 'once less than 10 spent',
    rule: purchases.minimum('amount').lessThan(10),
    sql: customersHaving('MIN(p.cents) < 1000'),
  },
  {
    asks: 'the largest amount is the last one',
    rule: purchases.maximum('amount').equals(purchases.last('amount')),
    sql: customersHaving(`MAX(p.cents) = ${nthCents('DESC', 1)}`),
  },
  {
    asks: 'three different quantities',
    rule: purchases.distinct('quantity').atLeast(3),
    sql: customersHaving('COUNT(DISTINCT p.quantity) >= 3'),
  },
  {
    asks: 'two pieces most often',
    rule: purchases.mostFrequent('quantity').equals(2),
    sql: `SELECT c.id FROM customers c WHERE 2 = (SELECT quantity FROM purchases WHERE customer = c.id AND at <= :now
      GROUP BY quantity ORDER BY COUNT(*) DESC, quantity LIMIT 1)`,
  },
  {
    asks: 'on three days of California',
    rule: purchases.distinctDays({ timeZone: angeles }).atLeast(3),
    sql: customersHaving(`COUNT(DISTINCT ${localDay(angeles, 'p.at')}) >= 3`),
  },
  {
    asks: 'in fewer weeks than days',
    rule: purchases.distinctWeeks().lessThan(purchases.distinctDays()),
    sql: customersHaving(`COUNT(DISTINCT date(${localDay('UTC', 'p.at')}, '-6 days', 'weekday 1'))
      < COUNT(DISTINCT date(p.at / 1000, 'unixepoch'))`),
  },
  {
    asks: 'in three weeks that begin on Sunday',
    rule: purchases.distinctWeeks({ timeZone: angeles, weekStartsOn: 'sunday' }).atLeast(3),
    sql: customersHaving(`COUNT(DISTINCT date(${localDay(angeles, 'p.at')}, '-6 days', 'weekday 0')) >= 3`),
  },
  {
    asks: 'in four months of São Paulo',
    rule: purchases.distinctMonths({ timeZone: paulo }).atLeast(4),
    sql: customersHaving(`COUNT(DISTINCT substr(${localDay(paulo, 'p.at')}, 1, 7)) >= 4`),
  },
  {
    asks: 'first bought before February',
    rule: purchases.first().before(new Date('1997-02-01T00:00:00Z')),
    sql: customersHaving(`MIN(p.at) < ${Date.parse('1997-02-01T00:00:00Z')}`),
  },
  {
    asks: 'spent more the last time than the first',
    rule: purchases.last('amount').greaterThan(purchases.first('amount')),
    sql: customersHaving(`${nthCents('DESC', 1)} > ${nthCents('ASC', 1)}`),
  },
  {
    asks: 'the third time less than 20',
    rule: purchases.nth(3, 'amount').lessThan(20),
    sql: customersHaving(`${nthCents('ASC', 3)} < 2000`),
  },
  {
    asks: 'more than 40 for each purchase, by division',
    rule: purchases.sum('amount').dividedBy(purchases.count()).greaterThan(40),
    sql: customersHaving('SUM(p.cents) > 4000 * COUNT(p.number)'),
  },
  {
    asks: 'pieces times amounts',
    rule: purchases.sum((p) => p.property('quantity').times(p.property('amount'))).greaterThan(500.005),
    sql: customersHaving('SUM(p.quantity * p.cents) > 50000.5'),
  },
  {
    asks: 'once less than 9 for a piece',
    rule: purchases
      .where((p) => p.property('quantity').greaterThan(0))
      .minimum((p) => p.property('amount').dividedBy(p.property('quantity')))
      .lessThan(9),
    sql: customersHaving('COUNT(p.number) > 0', 'p.quantity > 0 AND p.cents < 900 * p.quantity'),
  },
  {
    asks: 'once more than their own limit',
    rule: purchases.where((p) => p.property('amount').greaterThan(attribute('limit'))).exists(),
    sql: customersHaving('COUNT(p.number) > 0', 'p.cents > c.own_limit'),
  },
  {
    asks: 'four times their own limit in all',
    rule: purchases.sum('amount').greaterThan(attribute('limit').times(4)),
    sql: customersHaving('SUM(p.cents) > 4 * c.own_limit'),
  },
  {
    asks: 'more than 80 spent and nothing in the last 60 days',
    rule: all(purchases.sum('amount').greaterThan(80), quietRule),
    sql: customersHaving(`SUM(p.cents) > 8000 AND COUNT(CASE WHEN ${recent} THEN 1 END) = 0`),
  },
  {
    asks: 'two of: in the sample, three purchases, bought lately',
    rule: someOf(2, [attribute('inSample').equals(true), purchases.count().atLeast(3), not(quietRule)]),
    sql: customersHaving(`c.in_sample + (COUNT(p.number) >= 3) + (COUNT(CASE WHEN ${recent} THEN 1 END) > 0) >= 2`),
  },
  {
    asks: 'in the sample, or once more than 100',
    rule: any(attribute('inSample').equals(true), purchases.maximum('amount').greaterThan(100)),
    sql: customersHaving('c.in_sample OR MAX(p.cents) > 10000'),
  },
]

/** The amount of the nth purchase of the customer `c` from one end. */
function nthCents(order: 'ASC' | 'DESC', n: number): string {
  return `(SELECT cents FROM purchases WHERE customer = c.id AND at <= :now
    ORDER BY at ${order}, number ${order} LIMIT 1 OFFSET ${n - 1})`
}
