import { lastDays, thisMonth, thisWeek } from '../../src/base/calendar-names.js'
import { days, hours } from '../../src/base/duration.js'
import type { ComputedOperand, Items, Operand, Rule } from '../../src/rules/ast.js'
import { rulesFor } from '../../src/rules/builders/rules-for.js'

/** What builders make of events and records, each with what it is to be. */

const { all, attribute, events, followedBy, notFollowedBy, records, sequence } = rulesFor()

const zone = { timeZone: 'Europe/Berlin' } as const
const property = (name: string): Operand => ({ get: 'property', name })
const equals = (name: string, right: Operand): Rule => ({ op: 'equals', left: property(name), right })

const buys = events('buy')
const orders = records('orders')
const timed = orders.by('placedAt')

const some = (of: Items): Rule => ({ op: 'some', of })

/** Each rule with the rule that it is to be. */
export const itemRules: readonly (readonly [Rule, Rule])[] = [
  [buys.exists(), { op: 'some', of: { events: 'buy' } }],
  [buys.none(), { op: 'none', of: { events: 'buy' } }],
  [orders.exists(), { op: 'some', of: { records: ['orders'] } }],
  [records('orders.lines').none(), { op: 'none', of: { records: ['orders', 'lines'] } }],
  [records(['a.b', 'lines']).none(), { op: 'none', of: { records: ['a.b', 'lines'] } }],
  [records('a.b.c').exists(), some({ records: ['a', 'b', 'c'] })],

  // where
  [buys.where({ a: 1 }).exists(), some({ events: 'buy', where: equals('a', 1) })],
  [
    buys.where({ b: 'x', a: new Date(5) }).exists(),
    some({ events: 'buy', where: { op: 'all', rules: [equals('b', 'x'), equals('a', { instant: 5 })] } }),
  ],
  [
    buys.where({ a: attribute('b') }).exists(),
    some({ events: 'buy', where: equals('a', { get: 'attribute', name: 'b' }) }),
  ],
  [
    buys.where((e) => e.property('a').greaterThan(attribute('b'))).exists(),
    some({
      events: 'buy',
      where: { op: 'greaterThan', left: property('a'), right: { get: 'attribute', name: 'b' } },
    }),
  ],
  [
    buys
      .where({ a: 1, b: 2 })
      .where((e) => all(e.property('c').equals(3)))
      .where({ d: 4 })
      .exists(),
    some({
      events: 'buy',
      where: {
        op: 'all',
        rules: [equals('a', 1), equals('b', 2), { op: 'all', rules: [equals('c', 3)] }, equals('d', 4)],
      },
    }),
  ],
  [
    orders.where((o) => o.records('lines').where({ product: 11 }).exists()).exists(),
    some({ records: ['orders'], where: some({ records: ['lines'], where: equals('product', 11) }) }),
  ],
  [
    orders.where((o) => o.records('lines.parts').count().greaterThan(o.property('n'))).none(),
    {
      op: 'none',
      of: {
        records: ['orders'],
        where: {
          op: 'greaterThan',
          left: { get: 'count', of: { records: ['lines', 'parts'] } },
          right: property('n'),
        },
      },
    },
  ],
  [
    orders.where((o) => o.records('lines').by('sentAt').inLast('7d').exists()).exists(),
    some({
      records: ['orders'],
      where: some({ records: ['lines'], by: 'sentAt', window: { window: 'inLast', duration: '7d' } }),
    }),
  ],
  // As from JSON: nothing says of which item its properties are.
  [buys.where(() => equals('a', 1)).exists(), some({ events: 'buy', where: equals('a', 1) })],

  // every
  [orders.every({ a: 1 }), { op: 'every', of: { records: ['orders'] }, rule: equals('a', 1) }],
  [
    orders.every({ a: 1, b: 2 }),
    { op: 'every', of: { records: ['orders'] }, rule: { op: 'all', rules: [equals('a', 1), equals('b', 2)] } },
  ],
  [
    timed
      .inNext('1w')
      .where({ a: 1 })
      .every((o) => o.property('b').missing()),
    {
      op: 'every',
      of: {
        records: ['orders'],
        by: 'placedAt',
        window: { window: 'inNext', duration: '7d' },
        where: equals('a', 1),
      },
      rule: { op: 'missing', left: property('b') },
    },
  ],

  // windows
  [buys.inLast('90d').exists(), some({ events: 'buy', window: { window: 'inLast', duration: '90d' } })],
  [buys.inLast(days(7)).exists(), some({ events: 'buy', window: { window: 'inLast', duration: '7d' } })],
  [buys.inLast('P1M', zone).exists(), some({ events: 'buy', window: { window: 'inLast', duration: 'P1M', ...zone } })],
  [
    buys.where({ a: 1 }).moreThanAgo('60d').where({ b: 2 }).exists(),
    some({
      events: 'buy',
      window: { window: 'moreThanAgo', duration: '60d' },
      where: { op: 'all', rules: [equals('a', 1), equals('b', 2)] },
    }),
  ],
  [
    buys.betweenAgo('90d', days(180)).exists(),
    some({ events: 'buy', window: { window: 'betweenAgo', from: '90d', to: '180d' } }),
  ],
  [
    timed.betweenAgo('P1M', 'P2M', zone).exists(),
    some({
      records: ['orders'],
      by: 'placedAt',
      window: { window: 'betweenAgo', from: 'P1M', to: 'P2M', ...zone },
    }),
  ],
  [
    buys.inCalendar(thisWeek, { ...zone, weekStartsOn: 'sunday' }).exists(),
    some({
      events: 'buy',
      window: { window: 'inCalendar', period: { period: 'this', unit: 'week' }, weekStartsOn: 'sunday', ...zone },
    }),
  ],
  [
    timed.inCalendar(lastDays(7, { current: true })).exists(),
    some({
      records: ['orders'],
      by: 'placedAt',
      window: { window: 'inCalendar', period: { period: 'last', unit: 'day', count: 7, current: true } },
    }),
  ],
  [
    buys.inCalendar(thisMonth, { weekStartsOn: 'monday' }).exists(),
    some({ events: 'buy', window: { window: 'inCalendar', period: { period: 'this', unit: 'month' } } }),
  ],
  [
    timed.inNext(hours(36)).exists(),
    some({ records: ['orders'], by: 'placedAt', window: { window: 'inNext', duration: '36h' } }),
  ],
  [buys.from(5).exists(), some({ events: 'buy', window: { window: 'absolute', from: 5 } })],
  [buys.to(new Date(5)).exists(), some({ events: 'buy', window: { window: 'absolute', to: 5 } })],
  [
    buys.from({ instant: -0.5 }).to(new Date(7)).exists(),
    some({ events: 'buy', window: { window: 'absolute', from: -1, to: 7 } }),
  ],
  [
    timed.to(7).where({ a: 1 }).from(-0).exists(),
    some({
      records: ['orders'],
      by: 'placedAt',
      window: { window: 'absolute', from: 0, to: 7 },
      where: equals('a', 1),
    }),
  ],

  // one value against another
  [
    buys.inLast('90d').count().lessThan(buys.betweenAgo('90d', '180d').count()),
    {
      op: 'lessThan',
      left: { get: 'count', of: { events: 'buy', window: { window: 'inLast', duration: '90d' } } },
      right: { get: 'count', of: { events: 'buy', window: { window: 'betweenAgo', from: '90d', to: '180d' } } },
    },
  ],

  // sequences
  [
    sequence(buys, followedBy(events('see'))),
    { op: 'sequence', steps: [{ of: { events: 'buy' } }, { of: { events: 'see' } }] },
  ],
  [
    sequence(
      buys.where({ a: 1 }),
      followedBy(events('see').inLast('7d'), { after: '1h', within: days(1), from: 'start' }),
      notFollowedBy(buys, { within: '2w' }),
      { same: 'cart' },
    ),
    {
      op: 'sequence',
      steps: [
        { of: { events: 'buy', where: equals('a', 1) } },
        {
          of: { events: 'see', window: { window: 'inLast', duration: '7d' } },
          within: '1d',
          after: '1h',
          from: 'start',
        },
        { of: { events: 'buy' }, not: true, within: '14d' },
      ],
      same: 'cart',
    },
  ],
  // What says only the default is left out.
  [
    sequence(buys, followedBy(buys, { from: 'start' }), notFollowedBy(buys, { within: '1d', from: 'previous' }), {}),
    {
      op: 'sequence',
      steps: [{ of: { events: 'buy' } }, { of: { events: 'buy' } }, { of: { events: 'buy' }, not: true, within: '1d' }],
    },
  ],
]

const of = { events: 'buy' } as const
const value = property('a')
const product: Operand = { get: 'times', left: property('quantity'), right: property('price') }

/** Each value with the operand that it is to be. */
export const itemValues: readonly (readonly [{ readonly operand: ComputedOperand }, ComputedOperand])[] = [
  [buys.count(), { get: 'count', of }],
  [buys.sum('a'), { get: 'sum', of, value }],
  [buys.average('a'), { get: 'average', of, value }],
  [buys.minimum('a'), { get: 'minimum', of, value }],
  [buys.maximum('a'), { get: 'maximum', of, value }],
  [buys.distinct('a'), { get: 'distinct', of, value }],
  [buys.mostFrequent('a'), { get: 'mostFrequent', of, value }],
  [buys.first(), { get: 'first', of }],
  [buys.first('a'), { get: 'first', of, value }],
  [buys.last(), { get: 'last', of }],
  [buys.last('a'), { get: 'last', of, value }],
  [buys.nth(2), { get: 'nth', of, n: 2 }],
  [buys.nth(3, 'a'), { get: 'nth', of, n: 3, value }],
  [buys.distinctDays(), { get: 'distinctPeriods', of, unit: 'day' }],
  [buys.distinctDays(zone), { get: 'distinctPeriods', of, unit: 'day', ...zone }],
  [
    buys.distinctWeeks({ ...zone, weekStartsOn: 'sunday' }),
    { get: 'distinctPeriods', of, unit: 'week', weekStartsOn: 'sunday', ...zone },
  ],
  [buys.distinctMonths(zone), { get: 'distinctPeriods', of, unit: 'month', ...zone }],
  [buys.sum((e) => e.property('quantity').times(e.property('price'))), { get: 'sum', of, value: product }],
  [
    buys.nth(1, (e) => e.property('a').plus(attribute('b'))),
    { get: 'nth', of, n: 1, value: { get: 'plus', left: value, right: { get: 'attribute', name: 'b' } } },
  ],
  [
    orders.sum((o) => o.records('lines').sum((l) => l.property('quantity').times(l.property('price')))),
    {
      get: 'sum',
      of: { records: ['orders'] },
      value: { get: 'sum', of: { records: ['lines'] }, value: product },
    },
  ],
  [timed.last('a'), { get: 'last', of: { records: ['orders'], by: 'placedAt' }, value }],
  [
    timed.inLast('30d').distinctDays(),
    {
      get: 'distinctPeriods',
      of: { records: ['orders'], by: 'placedAt', window: { window: 'inLast', duration: '30d' } },
      unit: 'day',
    },
  ],
  [
    buys.count().dividedBy(buys.distinctDays()),
    { get: 'dividedBy', left: { get: 'count', of }, right: { get: 'distinctPeriods', of, unit: 'day' } },
  ],
]
