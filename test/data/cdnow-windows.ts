import { any, inQuarter, lastDays, lastQuarter, lastWeeks, onDay, rulesFor, thisMonth, thisQuarter } from 'coterie'
import { cdnowSchema, quietRule } from './cdnow-engine.js'
import { angeles, customersHaving, paulo } from './cdnow-oracle.js'
import { DAY, fromToday, localDay, quarterOf, startOf } from './local-days.js'
import type { Question } from './questions.js'

const { events } = rulesFor(cdnowSchema)
const purchases = events('purchase')
const inLast = (days: number): string => `p.at > :now - ${days} * ${DAY}`
const from = (start: string): string => `p.at >= ${start}`
const before = (end: string): string => `p.at < ${end}`

const tenDays = Array.from({ length: 10 }, (_, place) => `1997-02-1${String(place)}`)

const thisQuarterStarts = startOf('UTC', quarterOf(localDay('UTC', ':now')))
const lastQuarterStarts = startOf('UTC', quarterOf(localDay('UTC', ':now')), '-3 months')

/** Purchases in windows of every kind. */
export const cdnowWindows: readonly Question[] = [
  {
    asks: 'no purchase in the last 60 days',
    rule: quietRule,
    sql: customersHaving('COUNT(p.number) = 0', inLast(60)),
  },
  {
    asks: 'at most one purchase in 90 days',
    rule: purchases.inLast('90d').count().atMost(1),
    sql: customersHaving('COUNT(p.number) <= 1', inLast(90)),
  },
  {
    asks: 'two or three purchases in 120 days',
    rule: purchases.inLast('120d').count().between(2, 3),
    sql: customersHaving('COUNT(p.number) BETWEEN 2 AND 3', inLast(120)),
  },
  {
    asks: 'more than 100 spent in 180 days',
    rule: purchases.inLast('180d').sum('amount').greaterThan(100),
    sql: customersHaving('SUM(p.cents) > 10000', inLast(180)),
  },
  {
    asks: 'on average less than 15 in 90 days, pieces counted',
    rule: purchases
      .where((p) => p.property('quantity').atLeast(1))
      .inLast('90d')
      .average('amount')
      .lessThan(15),
    sql: customersHaving('SUM(p.cents) < 1500 * COUNT(p.number)', `${inLast(90)} AND p.quantity >= 1`),
  },
  {
    asks: 'two quantities in 150 days',
    rule: purchases.inLast('150d').distinct('quantity').equals(2),
    sql: customersHaving('COUNT(DISTINCT p.quantity) = 2', inLast(150)),
  },
  {
    asks: 'the largest of three months of São Paulo above 50',
    rule: purchases.inLast('P3M', { timeZone: paulo }).maximum('amount').greaterThan(50),
    sql: customersHaving('MAX(p.cents) > 5000', from(fromToday(paulo, '-3 months', 'floor'))),
  },
  {
    asks: 'the first of the last 100 days was of more than one piece',
    rule: purchases.inLast('100d').first('quantity').greaterThan(1),
    sql: `SELECT c.id FROM customers c WHERE 1 < (SELECT quantity FROM purchases p
      WHERE customer = c.id AND at <= :now AND ${inLast(100)} ORDER BY at, number LIMIT 1)`,
  },
  {
    asks: 'the second purchase was in the last 90 days',
    rule: purchases.nth(2).inLast('90d'),
    sql: `SELECT c.id FROM customers c WHERE :now - 90 * ${DAY} < (SELECT at FROM purchases
      WHERE customer = c.id AND at <= :now ORDER BY at, number LIMIT 1 OFFSET 1)`,
  },
  {
    asks: 'bought, and the last time more than 90 days ago',
    rule: purchases.last().moreThanAgo('90d'),
    sql: customersHaving(`MAX(p.at) <= :now - 90 * ${DAY}`),
  },
  {
    asks: 'two purchases between 30 and 90 days ago',
    rule: purchases.betweenAgo('30d', '90d').count().atLeast(2),
    sql: customersHaving('COUNT(p.number) >= 2', `${inLast(90)} AND p.at <= :now - 30 * ${DAY}`),
  },
  {
    asks: 'a purchase between one and three months of São Paulo ago',
    rule: purchases.betweenAgo('P1M', 'P3M', { timeZone: paulo }).exists(),
    sql: customersHaving(
      'COUNT(p.number) > 0',
      `${from(fromToday(paulo, '-3 months', 'floor'))} AND ${before(fromToday(paulo, '-1 month', 'floor'))}`,
    ),
  },
  {
    asks: 'two purchases more than half a year of California ago',
    rule: purchases.moreThanAgo('P6M', { timeZone: angeles }).count().atLeast(2),
    sql: customersHaving('COUNT(p.number) >= 2', before(fromToday(angeles, '-6 months', 'floor'))),
  },
  {
    asks: 'a purchase more than 300 days ago',
    rule: purchases.moreThanAgo('300d').exists(),
    sql: customersHaving('COUNT(p.number) > 0', `p.at <= :now - 300 * ${DAY}`),
  },
  {
    asks: 'less than 10 spent at once from March to August',
    rule: purchases.from('1997-03-01T00:00:00Z').to('1997-09-01T00:00:00Z').minimum('amount').lessThan(10),
    sql: customersHaving(
      'MIN(p.cents) < 1000',
      `p.at >= ${Date.parse('1997-03-01T00:00:00Z')} AND p.at < ${Date.parse('1997-09-01T00:00:00Z')}`,
    ),
  },
  {
    asks: 'nothing bought since April',
    rule: purchases.to(new Date('1997-04-01T00:00:00Z')).count().equals(purchases.count()),
    sql: customersHaving(`COUNT(p.number) = COUNT(CASE WHEN p.at < ${Date.parse('1997-04-01T00:00:00Z')} THEN 1 END)`),
  },
  {
    asks: 'a purchase in this month of California',
    rule: purchases.inCalendar(thisMonth, { timeZone: angeles }).exists(),
    sql: customersHaving('COUNT(p.number) > 0', from(fromToday(angeles, 'start of month'))),
  },
  {
    asks: 'a purchase in the last three whole weeks from Sunday',
    rule: purchases
      .inCalendar(lastWeeks(3, { current: false }), { timeZone: angeles, weekStartsOn: 'sunday' })
      .exists(),
    sql: customersHaving(
      'COUNT(p.number) > 0',
      `${from(fromToday(angeles, '-6 days', 'weekday 0', '-21 days'))}
        AND ${before(fromToday(angeles, '-6 days', 'weekday 0'))}`,
    ),
  },
  {
    asks: 'a purchase in 45 days with today, of São Paulo',
    rule: purchases.inCalendar(lastDays(45, { current: true }), { timeZone: paulo }).exists(),
    sql: customersHaving('COUNT(p.number) > 0', from(fromToday(paulo, '-44 days'))),
  },
  {
    asks: 'a purchase in the first quarter of 1998',
    rule: purchases.inCalendar(inQuarter(1998, 1), { timeZone: angeles }).exists(),
    sql: customersHaving(
      'COUNT(p.number) > 0',
      `${from(startOf(angeles, "'1998-01-01'"))} AND ${before(startOf(angeles, "'1998-04-01'"))}`,
    ),
  },
  {
    asks: 'a purchase on one of ten days of California',
    rule: any(...tenDays.map((day) => purchases.inCalendar(onDay(day), { timeZone: angeles }).exists())),
    sql: customersHaving('COUNT(p.number) > 0', `${localDay(angeles, 'p.at')} BETWEEN '1997-02-10' AND '1997-02-19'`),
  },
  {
    asks: 'fewer purchases this quarter than the one before',
    rule: purchases.inCalendar(thisQuarter).count().lessThan(purchases.inCalendar(lastQuarter).count()),
    sql: customersHaving(
      `COUNT(CASE WHEN ${from(thisQuarterStarts)} THEN 1 END)
        < COUNT(CASE WHEN ${from(lastQuarterStarts)} AND ${before(thisQuarterStarts)} THEN 1 END)`,
    ),
  },
  {
    asks: 'spent at least 20 more in 90 days than in the 90 before',
    rule: purchases
      .inLast('90d')
      .sum('amount')
      .minus(purchases.betweenAgo('90d', '180d').sum('amount'))
      .greaterThan(20.005),
    sql: customersHaving(`SUM(CASE WHEN ${inLast(90)} THEN p.cents ELSE -p.cents END) > 2000.5`, inLast(180)),
  },
]
