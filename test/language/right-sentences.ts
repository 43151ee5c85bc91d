import {
  inMonth,
  inQuarter,
  inYear,
  lastMonth,
  lastMonths,
  nextDays,
  onDay,
  thisWeek,
  today,
  yesterday,
} from '../../src/base/calendar-names.js'
import { rulesFor } from '../../src/rules/builders/rules-for.js'
import type { Rule } from '../../src/rules/ast.js'
import { corpusSchema } from './corpus-schema.js'

const {
  all,
  any,
  attribute,
  contactId,
  events,
  everyone,
  followedBy,
  hasAllTags,
  hasAnyTag,
  hasNoneOfTags,
  hasTag,
  hasTagLike,
  inSample,
  inSegment,
  nobody,
  not,
  notFollowedBy,
  records,
  sequence,
  someOf,
  tag,
  tagCount,
} = rulesFor(corpusSchema)

const score = attribute('leadScore')
const created = attribute('createdAt')
const plan = attribute('plan')
const openDeals = records('deals').where({ status: 'open' })
const boots = events('purchase').where({ product: 'boots' })
const day = (text: string): { readonly day: string } => ({ day: text })

/** Sentences that people would say, and what each of them means. */
export const rightSentences: readonly (readonly [text: string, rule: Rule])[] = [
  // What the language was made for.
  ['lifetimeValue > 5000 or has tag "VIP"', any(attribute('lifetimeValue').greaterThan(5000), hasTag('VIP'))],
  ['last conversation more than 30 days ago', events('conversation').last().moreThanAgo('30d')],
  ['leadScore > 80 and has deals where status = "open"', all(score.greaterThan(80), openDeals.exists())],
  ['createdAt in the last 7 days', created.inLast('7d')],
  [
    'count of tickets > 3 and no purchase in the last 60 days',
    all(records('tickets').count().greaterThan(3), events('purchase').inLast('60d').none()),
  ],
  ['email ends with "@company.com"', attribute('email').endsWith('@company.com')],
  ['name contains "Smith" ignoring case', attribute('name').contains('Smith', { ignoreCase: true })],
  [
    'tag in ("hot-lead", "warm-lead") and not in segment "Customers"',
    all(hasAnyTag('hot-lead', 'warm-lead'), not(inSegment('c1'))),
  ],
  [
    'sum of amount of purchase in the last 90 days > 500',
    events('purchase').inLast('90d').sum('amount').greaterThan(500),
  ],
  [
    'at least 2 of (plan = "pro", has tag "VIP", leadScore >= 50)',
    someOf(2, [plan.equals('pro'), hasTag('VIP'), score.atLeast(50)]),
  ],
  ['purchase where product = "boots" at least 3 times in the last 90 days', boots.inLast('90d').count().atLeast(3)],
  [
    'checkout then no purchase within 1 day',
    sequence(events('checkout'), notFollowedBy(events('purchase'), { within: '1d' })),
  ],
  [
    'anniversary of birthday in the next 7 days including today',
    attribute('birthday').anniversaryIn({ days: 7, current: true }),
  ],
  [
    'count of purchase in the last 90 days < count of purchase between 90 and 180 days ago',
    events('purchase').inLast('90d').count().lessThan(events('purchase').betweenAgo('90d', '180d').count()),
  ],
  ['tag added "VIP" in the last 7 days', tag('VIP').addedInLast('7d')],
  ['first purchase in January 1997', events('purchase').first().inCalendar(inMonth(1997, 1))],

  // Comparisons and the other ways to say them.
  ['leadScore is 80', score.equals(80)],
  ['leadScore equals 80', score.equals(80)],
  ['leadScore is not 80', score.notEquals(80)],
  ['leadScore != 80', score.notEquals(80)],
  ['leadScore is greater than 80', score.greaterThan(80)],
  ['leadScore over 80', score.greaterThan(80)],
  ['leadScore is at least 80', score.atLeast(80)],
  ['leadScore ≥ 80', score.atLeast(80)],
  ['leadScore is under 80', score.lessThan(80)],
  ['leadScore at most -0.5', score.atMost(-0.5)],
  ['leadScore between 50 and 80', score.between(50, 80)],
  ['leadScore is not between 50 and 80', not(score.between(50, 80))],
  ['80 < leadScore', { op: 'lessThan', left: 80, right: { get: 'attribute', name: 'leadScore' } }],
  ['plan in ("pro", "team")', plan.in(['pro', 'team'])],
  ["plan is one of ('pro', 'team')", plan.in(['pro', 'team'])],
  ['plan is not in ("free")', plan.notIn(['free'])],
  ['email exists', attribute('email').exists()],
  ['email is not missing', attribute('email').exists()],
  ['email is missing', attribute('email').missing()],
  ["email isn't set", attribute('email').missing()],
  ['email is empty', attribute('email').isEmpty()],
  ['email is not empty', not(attribute('email').isEmpty())],
  ['email starts with "a"', attribute('email').startsWith('a')],
  ["email doesn't contain “spam”", attribute('email').notContains('spam')],
  ['email does not end with "x"', not(attribute('email').endsWith('x'))],
  ['email matches "^[a-z]+@"', attribute('email').matches('^[a-z]+@')],
  ['email matches "\\\\d" ignoring case', attribute('email').matches('\\d', { ignoreCase: true })],
  ['`first name` = "Ada"', attribute('first name').equals('Ada')],
  ['attribute plan = "pro"', plan.equals('pro')],
  ['topics contains "boots"', attribute('topics').containsAny(['boots'])],
  ['topics does not contain "boots"', attribute('topics').containsNone(['boots'])],
  ['topics contains any of ("boots", "hats")', attribute('topics').containsAny(['boots', 'hats'])],
  ['topics contains all of ["boots", "hats"]', attribute('topics').containsAll(['boots', 'hats'])],
  ['topics contains none of ("boots")', attribute('topics').containsNone(['boots'])],
  ['length of topics >= 2', attribute('topics').length().atLeast(2)],
  ['subscribed', attribute('subscribed').equals(true)],
  ['not subscribed', not(attribute('subscribed').equals(true))],
  ['subscribed = false', attribute('subscribed').equals(false)],
  ['contact id starts with "a"', contactId().startsWith('a')],
  [
    'lifetimeValue > leadScore * 10 + limit',
    attribute('lifetimeValue').greaterThan(score.times(10).plus(attribute('limit'))),
  ],
  ['(leadScore + limit) / 2 > 10', score.plus(attribute('limit')).dividedBy(2).greaterThan(10)],

  // Groups.
  ['everyone', everyone],
  ['nobody', nobody],
  [
    'leadScore > 1 and subscribed or plan = "pro"',
    any(all(score.greaterThan(1), attribute('subscribed').equals(true)), plan.equals('pro')),
  ],
  [
    'leadScore > 1 AND (subscribed OR plan = "pro")',
    all(score.greaterThan(1), any(attribute('subscribed').equals(true), plan.equals('pro'))),
  ],
  ['not (leadScore > 1 and subscribed)', not(all(score.greaterThan(1), attribute('subscribed').equals(true)))],
  ['all of (leadScore > 1)', all(score.greaterThan(1))],
  ['any of (leadScore > 1, subscribed)', any(score.greaterThan(1), attribute('subscribed').equals(true))],
  ['none of (leadScore > 1, subscribed)', not(any(score.greaterThan(1), attribute('subscribed').equals(true)))],
  ['is in segment vip', inSegment('vip')],
  ['not in segment "customers"', not(inSegment('c1'))],
  ['in sample "june" from 0 to 1000', inSample({ salt: 'june', from: 0, to: 1000 })],

  // Tags.
  ['has tag VIP', hasTag('VIP')],
  ["has the tag 'VIP'", hasTag('VIP')],
  ['doesn\'t have tag "VIP"', not(hasTag('VIP'))],
  ['tag = "VIP"', hasTag('VIP')],
  ['tags contain "VIP"', hasTag('VIP')],
  ['tag not in ("a", "b")', hasNoneOfTags('a', 'b')],
  ['has none of the tags ("a", "b")', hasNoneOfTags('a', 'b')],
  ['has any of the tags ("a", "b")', hasAnyTag('a', 'b')],
  ['has all tags ("a", "b")', hasAllTags('a', 'b')],
  ['has tag like "source-*"', hasTagLike('source-*')],
  ['number of tags > 3', tagCount().greaterThan(3)],
  ['tag "VIP" held by a campaign "spring"', tag('VIP').heldBy('campaign', 'spring')],
  ['tag "VIP" added more than 7 days ago', tag('VIP').addedMoreThanAgo('7d')],

  // Dates.
  ['createdAt before 2026-01-31', created.before(day('2026-01-31'))],
  ['createdAt is after 2026-01-31T10:00:00Z', created.after('2026-01-31T10:00:00Z')],
  ['createdAt on 2026-01-31', created.on('2026-01-31')],
  ['createdAt = 2026-01-31', created.on('2026-01-31')],
  ['createdAt >= 2026-01-31', any(created.on('2026-01-31'), created.after(day('2026-01-31')))],
  ['createdAt between 2026-01-01 and 2026-01-31', created.between(day('2026-01-01'), day('2026-01-31'))],
  ['createdAt in the last month', created.inLast('P1M')],
  ['createdAt last month', created.inCalendar(lastMonth)],
  ['createdAt in last 90d', created.inLast('90d')],
  ['createdAt less than 7 days ago', created.inLast('7d')],
  ['createdAt not in the last 7 days', created.notInLast('7d')],
  ['createdAt older than a year', created.moreThanAgo('P1Y')],
  ['createdAt at least 2 weeks ago', created.moreThanAgo('14d')],
  ['createdAt between 1 month and 2 years ago', created.betweenAgo('P1M', 'P2Y')],
  ['createdAt today', created.inCalendar(today)],
  ['createdAt was yesterday', created.inCalendar(yesterday)],
  ['createdAt this week with weeks from sunday', created.inCalendar(thisWeek, { weekStartsOn: 'sunday' })],
  ['createdAt in the last 3 calendar months including this one', created.inCalendar(lastMonths(3, { current: true }))],
  ['createdAt in the next 2 calendar days', created.inCalendar(nextDays(2, { current: false }))],
  ['createdAt in Q1 2026', created.inCalendar(inQuarter(2026, 1))],
  ['createdAt in 2026', created.inCalendar(inYear(2026))],
  ['createdAt on the day 2026-01-31', created.inCalendar(onDay('2026-01-31'))],
  ['createdAt today in time zone "Asia/Tokyo"', created.inCalendar(today, { timeZone: 'Asia/Tokyo' })],
  ['lastSeen in the next 2 hours', attribute('lastSeen').inNext('2h')],
  ['lastSeen after createdAt + 1 month', attribute('lastSeen').after(created.plus('P1M'))],
  ['anniversary of birthday today', attribute('birthday').anniversaryIn({ days: 1, current: true })],
  [
    'anniversary of birthday in the next 30 days with leap days in March',
    attribute('birthday').anniversaryIn({ days: 30, current: false, leapDay: 'mar1' }),
  ],

  // Events and records.
  ['has purchase', events('purchase').exists()],
  ['purchase in the last 7 days', events('purchase').inLast('7d').exists()],
  ['no event visits', events('visits').none()],
  ['has records visits where page = "home"', records('visits').where({ page: 'home' }).exists()],
  ['orders > 3', attribute('orders').greaterThan(3)],
  ['count of event orders > 3', events('orders').count().greaterThan(3)],
  ['count of records orders > 3', records('orders').count().greaterThan(3)],
  ['purchase exactly twice', events('purchase').count().equals(2)],
  ['purchase more than 3 times this week', events('purchase').inCalendar(thisWeek).count().greaterThan(3)],
  ['purchase since 2026-01-01', events('purchase').from('2026-01-01').exists()],
  ['purchase from 2026-01-01 to 2026-02-01', events('purchase').from('2026-01-01').to('2026-02-01').exists()],
  ['purchase between 2026-01-01 and 2026-01-31', events('purchase').from('2026-01-01').to('2026-02-01').exists()],
  ['purchase after 2026-01-31', events('purchase').from('2026-02-01').exists()],
  ['average of amount of purchase > 50', events('purchase').average('amount').greaterThan(50)],
  ['maximum of amount of purchase <= 50', events('purchase').maximum('amount').atMost(50)],
  ['number of different product of purchase > 2', events('purchase').distinct('product').greaterThan(2)],
  ['distinct days of conversation >= 5', events('conversation').distinctDays().atLeast(5)],
  ['most frequent product of purchase = "boots"', events('purchase').mostFrequent('product').equals('boots')],
  ['last amount of purchase > 100', events('purchase').last('amount').greaterThan(100)],
  ['the 2nd purchase in the last 7 days', events('purchase').nth(2).inLast('7d')],
  [
    'has purchase where (product = "boots" and amount > limit)',
    events('purchase')
      .where((e) => all(e.property('product').equals('boots'), e.property('amount').greaterThan(attribute('limit'))))
      .exists(),
  ],
  [
    'sum of quantity * price of orders.lines > 100',
    {
      op: 'greaterThan',
      left: {
        get: 'sum',
        of: { records: ['orders', 'lines'] },
        value: { get: 'times', left: { get: 'property', name: 'quantity' }, right: { get: 'property', name: 'price' } },
      },
      right: 100,
    },
  ],
  [
    'has records orders where lines where product = "boots"',
    records('orders')
      .where((o) => o.records('lines').where({ product: 'boots' }).exists())
      .exists(),
  ],
  [
    'orders.lines where quantity > 1',
    records('orders.lines')
      .where((l) => l.property('quantity').greaterThan(1))
      .exists(),
  ],
  ['every deals has value > 10', records('deals').every((d) => d.property('value').greaterThan(10))],
  ['last records orders by placedAt more than 30 days ago', records('orders').by('placedAt').last().moreThanAgo('30d')],
  ['has deals by closesAt in the next 7 days', records('deals').by('closesAt').inNext('7d').exists()],
  [
    'checkout then payment after 1 minute within 1 hour with the same cartId',
    sequence(events('checkout'), followedBy(events('payment'), { after: '1m', within: '1h' }), { same: 'cartId' }),
  ],
]
