import { all, followedBy, lastMonth, lastQuarter, notFollowedBy, rulesFor, sequence, thisQuarter } from 'coterie'
import { DAY, fromToday, localDay, quarterOf, startOf } from './local-days.js'
import type { Question } from './questions.js'
import { london, retailSchema } from './retail-engine.js'
import { buyersHaving, end, ofCancellations } from './retail-oracle.js'

const { attribute, events } = rulesFor(retailSchema)
const lines = events('line')
const cancellations = events('cancellation')
const inLast = (days: number): string => `l.at > :now - ${days} * ${DAY}`
const quarterStarts = startOf(london, quarterOf(localDay(london, ':now')))
const lastQuarterStarts = startOf(london, quarterOf(localDay(london, ':now')), '-3 months')

/** Aggregates over lines and cancellations. */
export const retailAggregates: readonly Question[] = [
  {
    asks: 'more than 300 after cancellations',
    rule: lines
      .sum((l) => l.property('quantity').times(l.property('price')))
      .plus(cancellations.sum((l) => l.property('quantity').times(l.property('price'))))
      .greaterThan(300.0005),
    sql: buyersHaving(
      `COALESCE(SUM(l.quantity * l.mills), 0) + COALESCE(${ofCancellations('SUM(quantity * mills)')}, 0) > 300000.5`,
    ),
  },
  {
    asks: 'one line above 60',
    rule: lines.maximum((l) => l.property('quantity').times(l.property('price'))).greaterThan(60.0005),
    sql: buyersHaving('MAX(l.quantity * l.mills) > 60000.5'),
  },
  {
    asks: 'prices of more than 20 in all',
    rule: lines.sum('price').greaterThan(20),
    sql: buyersHaving('SUM(l.mills) > 20000'),
  },
  {
    asks: 'seven products',
    rule: lines.distinct('product').atLeast(7),
    sql: buyersHaving('COUNT(DISTINCT l.product) >= 7'),
  },
  {
    asks: 'three orders within 100 days',
    rule: lines.inLast('100d').distinct('invoice').atLeast(3),
    sql: buyersHaving('COUNT(DISTINCT l.invoice) >= 3', inLast(100)),
  },
  {
    asks: 'a product whose code begins with 2 most often',
    rule: lines.mostFrequent('product').startsWith('2'),
    sql: `SELECT c.id FROM buyers c WHERE '2' = substr((SELECT product FROM lines WHERE customer = c.id AND at <= :now
      GROUP BY product ORDER BY COUNT(*) DESC, product LIMIT 1), 1, 1)`,
  },
  {
    asks: 'on three days of London',
    rule: lines.distinctDays().atLeast(3),
    sql: buyersHaving(`COUNT(DISTINCT ${localDay(london, 'l.at')}) >= 3`),
  },
  {
    asks: 'three lines of 12 pieces below 2 each',
    rule: lines
      .where((l) => all(l.property('quantity').atLeast(12), l.property('price').lessThan(2)))
      .count()
      .atLeast(3),
    sql: buyersHaving('COUNT(l.number) >= 3', 'l.quantity >= 12 AND l.mills < 2000'),
  },
  {
    asks: 'something with a heart',
    rule: lines.where((l) => l.property('description').contains('heart', { ignoreCase: true })).exists(),
    sql: buyersHaving('COUNT(l.number) > 0', "instr(upper(l.description), 'HEART') > 0"),
  },
  {
    asks: 'five lines that say nothing of white or red, or nothing at all',
    rule: lines
      .where((l) => all(l.property('description').notContains('WHITE'), l.property('description').notContains('RED')))
      .count()
      .atLeast(5),
    sql: buyersHaving(
      'COUNT(l.number) >= 5',
      "COALESCE(instr(l.description, 'WHITE'), 0) = 0 AND COALESCE(instr(l.description, 'RED'), 0) = 0",
    ),
  },
  {
    asks: 'all of one order',
    rule: lines.first('invoice').equals(lines.last('invoice')),
    sql: `SELECT c.id FROM buyers c WHERE ${end('invoice', 'ASC')} = ${end('invoice', 'DESC')}`,
  },
  {
    asks: 'the last line dearer than the first',
    rule: lines.last('price').greaterThan(lines.first('price')),
    sql: `SELECT c.id FROM buyers c WHERE ${end('mills', 'DESC')} > ${end('mills', 'ASC')}`,
  },
  {
    asks: 'a tenth line',
    rule: lines.nth(10).exists(),
    sql: buyersHaving('COUNT(l.number) >= 10'),
  },
  {
    asks: 'the tenth line in the last 150 days',
    rule: lines.nth(10).inLast('150d'),
    sql: `SELECT c.id FROM buyers c WHERE :now - 150 * ${DAY} < (SELECT at FROM lines
      WHERE customer = c.id AND at <= :now ORDER BY at, number LIMIT 1 OFFSET 9)`,
  },
  {
    asks: 'more than one cancellation to thirty lines',
    rule: cancellations
      .count()
      .dividedBy(lines.count())
      .greaterThan(1 / 30),
    sql: buyersHaving(`COUNT(l.number) > 0 AND 30 * ${ofCancellations('COUNT(*)')} > COUNT(l.number)`),
  },
  {
    asks: 'a cancellation, and no line in 60 days',
    rule: all(cancellations.exists(), lines.inLast('60d').none()),
    sql: buyersHaving(`COUNT(l.number) = 0 AND ${ofCancellations('COUNT(*)')} > 0`, inLast(60)),
  },
  {
    asks: 'more pieces in 60 days than in the 60 before, from the United Kingdom',
    rule: all(
      attribute('country').equals('United Kingdom'),
      lines.inLast('60d').sum('quantity').greaterThan(lines.betweenAgo('60d', '120d').sum('quantity')),
    ),
    sql: buyersHaving(
      `c.country = 'United Kingdom' AND SUM(CASE WHEN ${inLast(60)} THEN l.quantity ELSE -l.quantity END) > 0`,
      inLast(120),
    ),
  },
  {
    asks: 'a line of last month in London',
    rule: lines.inCalendar(lastMonth).exists(),
    sql: buyersHaving(
      'COUNT(l.number) > 0',
      `l.at >= ${fromToday(london, 'start of month', '-1 month')} AND l.at < ${fromToday(london, 'start of month')}`,
    ),
  },
  {
    asks: 'fewer lines this quarter than the one before',
    rule: lines.inCalendar(thisQuarter).count().lessThan(lines.inCalendar(lastQuarter).count()),
    sql: buyersHaving(
      `COUNT(CASE WHEN l.at >= ${quarterStarts} THEN 1 END)
        < COUNT(CASE WHEN l.at >= ${lastQuarterStarts} AND l.at < ${quarterStarts} THEN 1 END)`,
    ),
  },
  {
    asks: 'less than 10 pieces a line on average, three months back',
    rule: lines.inLast('P3M').average('quantity').lessThan(10),
    sql: buyersHaving('SUM(l.quantity) < 10 * COUNT(l.number)', `l.at >= ${fromToday(london, '-3 months', 'floor')}`),
  },
]

/** Lines and cancellations one after another. */
export const retailSequences: readonly Question[] = [
  {
    asks: 'a product cancelled before 7 days are over',
    rule: sequence(lines, followedBy(cancellations, { within: '7d' }), { same: 'product' }),
    sql: `SELECT DISTINCT l.customer FROM lines l JOIN cancellations x USING (customer, product)
      WHERE x.at <= :now AND ${rises('l', 'x')} AND x.at < l.at + 7 * ${DAY}`,
  },
  {
    asks: 'a product bought twice within 14 days, but not at once',
    rule: sequence(lines, followedBy(lines, { after: '1ms', within: '14d' }), { same: 'product' }),
    sql: `SELECT DISTINCT l.customer FROM lines l JOIN lines m USING (customer, product)
      WHERE m.at <= :now AND m.at > l.at AND m.at < l.at + 14 * ${DAY}`,
  },
  {
    asks: 'a product twice in an order',
    rule: sequence(lines, followedBy(lines, { within: '1ms' }), { same: 'product' }),
    sql: `SELECT DISTINCT l.customer FROM lines l JOIN lines m USING (customer, product)
      WHERE m.at <= :now AND m.at = l.at AND l.number < m.number`,
  },
  {
    asks: 'a product cancelled and not bought again within 30 days',
    rule: sequence(cancellations, notFollowedBy(lines, { within: '30d' }), { same: 'product' }),
    sql: `SELECT DISTINCT x.customer FROM cancellations x WHERE x.at + 30 * ${DAY} <= :now AND NOT EXISTS
      (SELECT 1 FROM lines l WHERE l.customer = x.customer AND l.product = x.product
        AND ${rises('x', 'l')} AND l.at < x.at + 30 * ${DAY})`,
  },
  {
    asks: 'a product bought, cancelled and bought again within 60 days of the first',
    rule: sequence(
      lines,
      followedBy(cancellations, { within: '60d', from: 'start' }),
      followedBy(lines, { within: '60d', from: 'start' }),
      { same: 'product' },
    ),
    sql: `SELECT DISTINCT l.customer FROM lines l JOIN cancellations x USING (customer, product)
      JOIN lines m USING (customer, product)
      WHERE m.at <= :now AND ${rises('l', 'x')} AND ${rises('x', 'm')} AND m.at < l.at + 60 * ${DAY}`,
  },
  {
    asks: '24 pieces or more, and nothing at all for 90 days',
    rule: sequence(
      lines.where((l) => l.property('quantity').atLeast(24)),
      notFollowedBy(lines, { within: '90d' }),
    ),
    sql: `SELECT DISTINCT l.customer FROM lines l WHERE l.quantity >= 24 AND l.at + 90 * ${DAY} <= :now AND NOT EXISTS
      (SELECT 1 FROM lines m WHERE m.customer = l.customer AND ${rises('l', 'm')} AND m.at < l.at + 90 * ${DAY})`,
  },
]

function rises(earlier: string, later: string): string {
  return `(${earlier}.at, ${earlier}.number) < (${later}.at, ${later}.number)`
}
