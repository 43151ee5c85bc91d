import { all, rulesFor } from 'coterie'
import { DAY } from './local-days.js'
import { northwindSchema, york } from './northwind-engine.js'
import { beginsIn, clientsHaving, clientsHavingLines, ofLines } from './northwind-oracle.js'
import type { Question } from './questions.js'

const { records } = rulesFor(northwindSchema)
const orders = records('orders')
const lines = records('orders.lines')

/** Rules about the lines of orders: those of one order, and those of all. */
export const northwindLines: readonly Question[] = [
  {
    asks: 'an order with a line of 20 pieces',
    rule: orders.where((o) => o.records('lines').where({ quantity: 20 }).exists()).exists(),
    sql: clientsHavingLines('COUNT(l.number) > 0', 'l.quantity = 20'),
  },
  {
    asks: 'two lines of 20 pieces',
    rule: lines.where({ quantity: 20 }).count().atLeast(2),
    sql: clientsHavingLines('COUNT(l.number) >= 2', 'l.quantity = 20'),
  },
  {
    asks: 'an order with two lines of 20 pieces or more and no discount',
    rule: orders
      .where((o) =>
        o
          .records('lines')
          .where((l) => all(l.property('quantity').atLeast(20), l.property('discount').equals(0)))
          .count()
          .atLeast(2),
      )
      .exists(),
    sql: clientsHaving('COUNT(o.number) > 0', `${ofLines('COUNT(*)', 'l.quantity >= 20 AND l.percent = 0')} >= 2`),
  },
  {
    asks: 'a line of 30 pieces with more than 20 percent off',
    rule: lines.where((l) => all(l.property('quantity').atLeast(30), l.property('discount').greaterThan(0.2))).exists(),
    sql: clientsHavingLines('COUNT(l.number) > 0', 'l.quantity >= 30 AND l.percent > 20'),
  },
  {
    asks: 'never a discount',
    rule: lines.every({ discount: 0 }),
    sql: clientsHavingLines('COUNT(l.number) = 0', 'l.percent <> 0'),
  },
  {
    asks: 'pieces times prices above 5,000',
    rule: lines.sum((l) => l.property('quantity').times(l.property('unitPrice'))).greaterThan(5_000.005),
    sql: clientsHavingLines('SUM(l.quantity * l.cents) > 500000.5'),
  },
  {
    asks: 'the same with discounts taken off',
    rule: lines
      .sum((l) => {
        const price = l.property('quantity').times(l.property('unitPrice'))
        return price.minus(price.times(l.property('discount')))
      })
      .greaterThan(4_000.000_05),
    sql: clientsHavingLines('SUM(l.quantity * l.cents * (100 - l.percent)) > 40000000.5'),
  },
  {
    asks: 'an order above 2,000',
    rule: orders
      .where((o) =>
        o
          .records('lines')
          .sum((l) => l.property('quantity').times(l.property('unitPrice')))
          .greaterThan(2_000.005),
      )
      .exists(),
    sql: clientsHaving('COUNT(o.number) > 0', `${ofLines('SUM(l.quantity * l.cents)')} > 200000.5`),
  },
  {
    asks: 'all orders above 300',
    rule: orders.every((o) =>
      o
        .records('lines')
        .sum((l) => l.property('quantity').times(l.property('unitPrice')))
        .greaterThan(300.005),
    ),
    sql: clientsHaving('COUNT(o.number) = 0', `COALESCE(${ofLines('SUM(l.quantity * l.cents)')}, 0) <= 30000.5`),
  },
  {
    asks: 'every order with at least two lines',
    rule: orders.every((o) => o.records('lines').count().atLeast(2)),
    sql: clientsHaving('COUNT(o.number) = 0', `${ofLines('COUNT(*)')} < 2`),
  },
  {
    asks: 'an order of 150 pieces',
    rule: orders.maximum((o) => o.records('lines').sum('quantity')).atLeast(150),
    sql: clientsHaving(`MAX(${ofLines('SUM(l.quantity)')}) >= 150`),
  },
  {
    asks: 'orders of 60 pieces on average',
    rule: orders.average((o) => o.records('lines').sum('quantity')).atLeast(60),
    sql: clientsHaving(
      `SUM(COALESCE(${ofLines('SUM(l.quantity)')}, 0)) >= 60 * COUNT(o.number) AND COUNT(o.number) > 0`,
    ),
  },
  {
    asks: 'lines of 25 pieces on average',
    rule: lines.average('quantity').atLeast(25),
    sql: clientsHavingLines('SUM(l.quantity) >= 25 * COUNT(l.number)'),
  },
  {
    asks: 'the dearest piece above 100, the cheapest below 5',
    rule: all(lines.maximum('unitPrice').greaterThan(100), lines.minimum('unitPrice').lessThan(5)),
    sql: clientsHavingLines('MAX(l.cents) > 10000 AND MIN(l.cents) < 500'),
  },
  {
    asks: 'twenty products',
    rule: lines.distinct('product').atLeast(20),
    sql: clientsHavingLines('COUNT(DISTINCT l.product) >= 20'),
  },
  {
    asks: 'a product below 20 most often',
    rule: lines.mostFrequent('product').lessThan(20),
    sql: `SELECT c.id FROM clients c WHERE 20 > (SELECT l.product FROM orders o JOIN lines l USING (number)
      WHERE o.customer = c.id GROUP BY l.product ORDER BY COUNT(*) DESC, l.product LIMIT 1)`,
  },
  {
    asks: 'more than twice as many lines as orders',
    rule: lines.count().greaterThan(orders.count().times(2.5)),
    sql: `SELECT c.id FROM clients c WHERE
      (SELECT COUNT(*) FROM orders o JOIN lines l USING (number) WHERE o.customer = c.id)
        > 2.5 * (SELECT COUNT(*) FROM orders o WHERE o.customer = c.id)`,
  },
  {
    asks: 'products 31 to 40 ordered in the last 120 days',
    rule: orders
      .by('ordered')
      .where((o) =>
        o
          .records('lines')
          .where((l) => l.property('product').between(31, 40))
          .exists(),
      )
      .inLast('120d')
      .exists(),
    sql: clientsHaving(
      'COUNT(o.number) > 0',
      `${beginsIn(york, 'o.ordered', `:now - 120 * ${DAY}`)} AND ${ofLines('COUNT(*)', 'l.product BETWEEN 31 AND 40')} > 0`,
    ),
  },
  {
    asks: 'more pieces in the last 180 days than in the 180 before',
    rule: orders
      .by('ordered')
      .inLast('180d')
      .sum((o) => o.records('lines').sum('quantity'))
      .greaterThan(
        orders
          .by('ordered')
          .betweenAgo('180d', '360d')
          .sum((o) => o.records('lines').sum('quantity')),
      ),
    sql: clientsHaving(
      `COALESCE(SUM(${ofLines('SUM(l.quantity)')}) FILTER (WHERE ${beginsIn(york, 'o.ordered', `:now - 180 * ${DAY}`)}), 0)
        > COALESCE(SUM(${ofLines('SUM(l.quantity)')}) FILTER
          (WHERE ${beginsIn(york, 'o.ordered', `:now - 360 * ${DAY}`, `:now - 180 * ${DAY}`)}), 0)`,
    ),
  },
  {
    asks: 'the last order of more than two lines',
    rule: orders
      .by('ordered')
      .last((o) => o.records('lines').count())
      .greaterThan(2),
    sql: `SELECT c.id FROM clients c WHERE 2 < (SELECT ${ofLines('COUNT(*)')} FROM orders o WHERE o.customer = c.id
      ORDER BY o.ordered DESC, o.number DESC LIMIT 1)`,
  },
]
