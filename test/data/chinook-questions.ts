import { all, followedBy, lastQuarter, notFollowedBy, rulesFor, sequence, thisQuarter } from 'coterie'
import { chinookSchema } from './chinook-engine.js'
import { listenersHaving, listenersHavingEver, listenersHavingYears, ofTracks, tokyo } from './chinook-oracle.js'
import { DAY, localDay, quarterOf, startOf } from './local-days.js'
import type { Question } from './questions.js'

const { attribute, events, records } = rulesFor(chinookSchema)
const invoices = events('invoice')
const years = records('years')
const written = records('years.invoices')
const tracks = records('years.invoices.lines')
/** What an even number of tracks costs, at 0.99 each, in cents. */
const evenPrices = Array.from({ length: 40 }, (_, pairs) => (pairs + 1) * 198)

const quarterStarts = startOf(tokyo, quarterOf(localDay(tokyo, ':now')))
const lastQuarterStarts = startOf(tokyo, quarterOf(localDay(tokyo, ':now')), '-3 months')

/** Rules about invoices as events. */
export const invoiceQuestions: readonly Question[] = [
  {
    asks: 'no invoice in 90 days',
    rule: invoices.inLast('90d').none(),
    sql: listenersHaving('COUNT(i.number) = 0', `i.at > :now - 90 * ${DAY}`),
  },
  {
    asks: 'above 25 in all',
    rule: invoices.sum('total').greaterThan(25),
    sql: listenersHaving('SUM(i.cents) > 2500'),
  },
  {
    asks: 'five tracks on average, from Brazil or Germany',
    rule: all(invoices.average('tracks').atLeast(5), attribute('country').in(['Brazil', 'Germany'])),
    sql: listenersHaving(
      `c.country IN ('Brazil', 'Germany') AND SUM(${ofTracks('COUNT(*)')}) >= 5 * COUNT(i.number) AND COUNT(i.number) > 0`,
    ),
  },
  {
    asks: 'the last invoice below the first',
    rule: invoices.last('total').lessThan(invoices.first('total')),
    sql: `SELECT c.id FROM listeners c WHERE ${nthCents('DESC', 1)} < ${nthCents('ASC', 1)}`,
  },
  {
    asks: 'a fourth invoice',
    rule: invoices.nth(4).exists(),
    sql: listenersHaving('COUNT(i.number) >= 4'),
  },
  {
    asks: 'in five months of Tokyo',
    rule: invoices.distinctMonths({ timeZone: tokyo }).atLeast(5),
    sql: listenersHaving(`COUNT(DISTINCT substr(${localDay(tokyo, 'i.at')}, 1, 7)) >= 5`),
  },
  {
    asks: 'fewer invoices this quarter of Tokyo than the one before',
    rule: invoices
      .inCalendar(thisQuarter, { timeZone: tokyo })
      .count()
      .lessThan(invoices.inCalendar(lastQuarter, { timeZone: tokyo }).count()),
    sql: listenersHaving(
      `COUNT(i.number) FILTER (WHERE i.at >= ${quarterStarts})
        < COUNT(i.number) FILTER (WHERE i.at >= ${lastQuarterStarts} AND i.at < ${quarterStarts})`,
    ),
  },
  {
    asks: 'two invoices within 100 days',
    rule: sequence(invoices, followedBy(invoices, { within: '100d' })),
    sql: `SELECT i.customer FROM invoices i JOIN invoices j ON j.customer = i.customer AND j.at <= :now
      AND (i.at, i.number) < (j.at, j.number) AND j.at < i.at + 100 * ${DAY} GROUP BY i.customer`,
  },
  {
    asks: 'nothing for a year after an invoice above 5',
    rule: sequence(
      invoices.where((i) => i.property('total').greaterThan(5)),
      notFollowedBy(invoices, { within: '365d' }),
    ),
    sql: listenersHaving(
      'COUNT(i.number) > 0',
      `i.cents > 500 AND i.at + 365 * ${DAY} <= :now AND NOT EXISTS (SELECT 1 FROM invoices j
        WHERE j.customer = c.id AND (i.at, i.number) < (j.at, j.number) AND j.at < i.at + 365 * ${DAY})`,
    ),
  },
]

/** Rules about invoices as records inside the records of years. */
export const yearQuestions: readonly Question[] = [
  {
    asks: 'more than 36 tracks in all',
    rule: tracks.count().greaterThan(36),
    sql: listenersHavingEver(`SUM(${ofTracks('COUNT(*)')}) > 36`),
  },
  {
    asks: 'a track for 1.99',
    rule: tracks.where({ unitPrice: 1.99 }).exists(),
    sql: listenersHavingEver('COUNT(i.number) > 0', `${ofTracks('COUNT(*)', 't.cents = 199')} > 0`),
  },
  {
    asks: 'exactly what an even number of tracks costs',
    rule: tracks
      .sum((t) => t.property('unitPrice').times(t.property('quantity')))
      .in(evenPrices.map((cents) => cents / 100)),
    sql: listenersHavingEver(`SUM(${ofTracks('SUM(t.cents * t.quantity)')}) IN (${evenPrices.join(', ')})`),
  },
  {
    asks: 'a year of 20 tracks',
    rule: years.where((y) => y.records('invoices.lines').count().atLeast(20)).exists(),
    sql: listenersHavingYears('> 0', `SUM(${ofTracks('COUNT(*)')}) >= 20`),
  },
  {
    asks: 'two years with an invoice of nine tracks',
    rule: years
      .where((y) =>
        y
          .records('invoices')
          .where((i) => i.records('lines').count().atLeast(9))
          .exists(),
      )
      .count()
      .atLeast(2),
    sql: listenersHavingYears('>= 2', `MAX(${ofTracks('COUNT(*)')}) >= 9`),
  },
  {
    asks: 'every year above 4',
    rule: years.every((y) => y.records('invoices').sum('total').greaterThan(4)),
    sql: listenersHavingYears('= 0', 'SUM(i.cents) <= 400'),
  },
  {
    asks: 'the best year above 18',
    rule: years.maximum((y) => y.records('invoices').sum('total')).greaterThan(18),
    sql: listenersHavingYears('> 0', 'SUM(i.cents) > 1800'),
  },
  {
    asks: 'the largest invoice of each year above 3',
    rule: years.minimum((y) => y.records('invoices').maximum('total')).greaterThan(3),
    sql: `SELECT c.id FROM listeners c WHERE 300 < (SELECT MIN(largest) FROM
      (SELECT MAX(i.cents) AS largest FROM invoices i WHERE i.customer = c.id GROUP BY i.year))`,
  },
  {
    asks: 'eight tracks a year on average',
    rule: years.average((y) => y.records('invoices').sum((i) => i.records('lines').count())).atLeast(8),
    sql: listenersHavingEver(`SUM(${ofTracks('COUNT(*)')}) >= 8 * COUNT(DISTINCT i.year) AND COUNT(i.number) > 0`),
  },
  {
    asks: 'three invoices written in 400 days, those to come left out',
    rule: written.by('at').inLast('400d').count().atLeast(3),
    sql: listenersHaving('COUNT(i.number) >= 3', `i.at > :now - 400 * ${DAY}`),
  },
  {
    asks: 'an invoice to come within 30 days',
    rule: written.by('at').inNext('30d').exists(),
    sql: listenersHavingEver('COUNT(i.number) > 0', `i.at > :now AND i.at <= :now + 30 * ${DAY}`),
  },
  {
    asks: 'a year with an invoice of the last 200 days above 5',
    rule: years
      .where((y) =>
        y
          .records('invoices')
          .by('at')
          .where((i) => i.property('total').greaterThan(5))
          .inLast('200d')
          .exists(),
      )
      .exists(),
    sql: listenersHaving('COUNT(i.number) > 0', `i.cents > 500 AND i.at > :now - 200 * ${DAY}`),
  },
  {
    asks: 'the second invoice of all above 5',
    rule: written.by('at').nth(2, 'total').greaterThan(5),
    sql: `SELECT c.id FROM listeners c WHERE 500 < (SELECT cents FROM invoices WHERE customer = c.id
      ORDER BY at, number LIMIT 1 OFFSET 1)`,
  },
  {
    asks: 'the last year of one invoice',
    rule: years
      .where((y) => y.property('year').equals(2025))
      .sum((y) => y.records('invoices').count())
      .equals(1),
    sql: listenersHavingEver('COUNT(i.number) = 1', 'i.year = 2025'),
  },
]

/** The amount of the nth invoice of the customer `c` from one end. */
function nthCents(order: 'ASC' | 'DESC', n: number): string {
  return `(SELECT cents FROM invoices WHERE customer = c.id AND at <= :now
    ORDER BY at ${order}, number ${order} LIMIT 1 OFFSET ${n - 1})`
}
