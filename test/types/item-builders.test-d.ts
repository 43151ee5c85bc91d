import { describe, expectTypeOf, it } from 'vitest'
import { lastDays, thisWeek } from '../../src/base/calendar-names.js'
import { days, type DurationInput } from '../../src/base/duration.js'
import { defineSchema, field, type Schema } from '../../src/contacts/schema.js'
import type { DayValue, InstantValue } from '../../src/contacts/value.js'
import type { Rule } from '../../src/rules/ast.js'
import * as untyped from '../../src/rules/builders/collections.js'
import type {
  AnyExpression,
  BooleanExpression,
  ChoiceExpression,
  DateExpression,
  ListExpression,
  NumberExpression,
  TextExpression,
} from '../../src/rules/builders/expressions.js'
import type {
  EventExpression,
  EventItem,
  FollowingStep,
  RecordExpression,
  WindowedEvents,
} from '../../src/rules/builders/item-expressions.js'
import { rulesFor } from '../../src/rules/builders/rules-for.js'
import type { CollectionPath, EventShape, PropertyNames } from '../../src/rules/builders/shape-names.js'

const schema = defineSchema({
  attributes: {
    leadScore: field.number(),
    favourite: field.text(),
    plan: field.oneOf('free', 'pro'),
    lastSeen: field.instant(),
  },
  events: {
    purchase: {
      amount: field.number(),
      quantity: field.number(),
      product: field.text(),
      gift: field.boolean(),
      deliveredAt: field.instant(),
      until: field.day(),
      labels: field.list(field.text()),
      cartId: field.text(),
      channel: field.oneOf('web', 'shop'),
    },
    checkout: { cartId: field.text(), amount: field.text() },
    conversation: {},
  },
  records: {
    deals: { status: field.oneOf('open', 'won', 'lost'), value: field.number(), closesOn: field.day() },
    orders: {
      placedAt: field.instant(),
      note: field.text(),
      limit: field.number(),
      lines: field.records({
        product: field.number(),
        quantity: field.number(),
        unitPrice: field.number(),
        shippedOn: field.day(),
        parts: field.records({ name: field.text(), weight: field.number() }),
      }),
    },
    'odd.name': { x: field.text(), inner: field.records({ y: field.number() }) },
  },
})

const { all, any, attribute, events, followedBy, hasTag, notFollowedBy, records, sequence } = rulesFor(schema)

const purchases = events('purchase')
const orders = records('orders')
const lines = records('orders.lines')
const duration = days(7) as DurationInput

describe('the names of events and records', () => {
  it('follow from the schema', () => {
    expectTypeOf<Parameters<typeof events>[0]>().toEqualTypeOf<'purchase' | 'checkout' | 'conversation'>()
    expectTypeOf(events('purchase')).toEqualTypeOf<EventExpression<(typeof schema)['events']['purchase']>>()
    expectTypeOf(events('purchase').inLast('7d')).toEqualTypeOf<WindowedEvents<(typeof schema)['events']['purchase']>>()
    expectTypeOf<Extract<CollectionPath<(typeof schema)['records']>, string>>().toEqualTypeOf<
      'deals' | 'orders' | 'orders.lines' | 'orders.lines.parts'
    >()
    expectTypeOf(records(['orders', 'lines'])).toEqualTypeOf<typeof lines>()
    records('orders.lines.parts')
    records(['odd.name'])
    records(['odd.name', 'inner']).sum('y')
    records(['orders', 'lines', 'parts']).sum('weight')
  })

  it('are no others', () => {
    // @ts-expect-error a misspelled type
    events('purchas')
    // @ts-expect-error records are no events
    events('orders')
    // @ts-expect-error events are no records
    records('purchase')
    // @ts-expect-error a misspelled collection
    records('order')
    // @ts-expect-error records inside a record are reached through it
    records('lines')
    // @ts-expect-error a misspelled collection inside
    records('orders.line')
    // @ts-expect-error a field is no collection
    records('orders.note')
    // @ts-expect-error a misspelled collection two levels inside
    records('orders.lines.part')
    // @ts-expect-error a misspelled collection in a list of names
    records(['orders', 'line'])
    // @ts-expect-error a name with a dot in it is given in a list
    records('odd.name')
    // @ts-expect-error a path of nothing
    records([])
    // @ts-expect-error a schema without events
    rulesFor(defineSchema({})).events('purchase')
    // @ts-expect-error a schema without records
    rulesFor(defineSchema({ events: {} })).records('orders')
  })
})

describe('aggregates', () => {
  it('have the type of what they are made of', () => {
    expectTypeOf(purchases.exists()).toEqualTypeOf<Rule>()
    expectTypeOf(purchases.none()).toEqualTypeOf<Rule>()
    expectTypeOf(purchases.count()).toEqualTypeOf<NumberExpression>()
    expectTypeOf(purchases.sum('amount')).toEqualTypeOf<NumberExpression>()
    expectTypeOf(purchases.average('quantity')).toEqualTypeOf<NumberExpression>()
    expectTypeOf(purchases.minimum('amount')).toEqualTypeOf<NumberExpression>()
    expectTypeOf(purchases.minimum('deliveredAt')).toEqualTypeOf<DateExpression<InstantValue>>()
    expectTypeOf(purchases.maximum('until')).toEqualTypeOf<DateExpression<DayValue>>()
    expectTypeOf(purchases.distinct('product')).toEqualTypeOf<NumberExpression>()
    expectTypeOf(purchases.distinct('labels')).toEqualTypeOf<NumberExpression>()
    expectTypeOf(purchases.mostFrequent('product')).toEqualTypeOf<TextExpression>()
    expectTypeOf(purchases.mostFrequent('gift')).toEqualTypeOf<BooleanExpression>()
    expectTypeOf(records('deals').mostFrequent('status')).toEqualTypeOf<ChoiceExpression<'open' | 'won' | 'lost'>>()
    expectTypeOf(purchases.first()).toEqualTypeOf<DateExpression<InstantValue>>()
    expectTypeOf(purchases.first('product')).toEqualTypeOf<TextExpression>()
    expectTypeOf(purchases.last('labels')).toEqualTypeOf<ListExpression<string>>()
    expectTypeOf(purchases.nth(2)).toEqualTypeOf<DateExpression<InstantValue>>()
    expectTypeOf(purchases.nth(2, 'channel')).toEqualTypeOf<ChoiceExpression<'web' | 'shop'>>()
    expectTypeOf(purchases.distinctDays({ timeZone: 'UTC' })).toEqualTypeOf<NumberExpression>()
    expectTypeOf(purchases.distinctWeeks({ weekStartsOn: 'sunday' })).toEqualTypeOf<NumberExpression>()
    expectTypeOf(purchases.distinctMonths()).toEqualTypeOf<NumberExpression>()
    expectTypeOf(events('conversation').count()).toEqualTypeOf<NumberExpression>()
    expectTypeOf(lines.sum('quantity')).toEqualTypeOf<NumberExpression>()
  })

  it('have the type that a function of the item gives', () => {
    expectTypeOf(
      purchases.sum((e) => e.property('quantity').times(e.property('amount'))),
    ).toEqualTypeOf<NumberExpression>()
    expectTypeOf(purchases.first((e) => e.property('product'))).toEqualTypeOf<TextExpression>()
    expectTypeOf(purchases.maximum((e) => e.property('until').plus('7d'))).toEqualTypeOf<DateExpression<DayValue>>()
    expectTypeOf(purchases.nth(1, (e) => e.property('labels').length())).toEqualTypeOf<NumberExpression>()
    expectTypeOf(orders.sum((o) => o.records('lines').sum('unitPrice'))).toEqualTypeOf<NumberExpression>()
    purchases.distinct((e) => e.property('amount').minus(attribute('leadScore')))
  })

  it('are values like others', () => {
    purchases.inLast('90d').count().lessThan(purchases.betweenAgo('90d', '180d').count())
    purchases
      .sum('amount')
      .plus(lines.sum('unitPrice'))
      .dividedBy(purchases.count())
      .greaterThan(attribute('leadScore'))
    purchases.first().before(attribute('lastSeen'))
    purchases.last('product').equals(attribute('favourite'))
    purchases.last('product').in(['boots', attribute('favourite')])
    purchases.last().inLast('60d')
    attribute('lastSeen').after(purchases.last().plus(days(7)))
    attribute('leadScore').greaterThan(records('deals').where({ status: 'won' }).sum('value'))
    all(purchases.exists(), any(orders.none(), hasTag('VIP')))
  })

  it('are not of other things', () => {
    // @ts-expect-error a sum of texts
    purchases.sum('product')
    // @ts-expect-error a sum of dates
    purchases.sum('until')
    // @ts-expect-error an average of choices
    records('deals').average('status')
    // @ts-expect-error texts have no order
    purchases.minimum('product')
    // @ts-expect-error true is not more than false
    purchases.maximum('gift')
    // @ts-expect-error lists are counted whole by none
    purchases.mostFrequent('labels')
    // @ts-expect-error a misspelled property
    purchases.first('produkt')
    // @ts-expect-error a misspelled property
    purchases.distinct('amont')
    // @ts-expect-error records have no value
    orders.distinct('lines')
    // @ts-expect-error what is added up is said
    purchases.sum()
    // @ts-expect-error a count is of all
    purchases.count('amount')
    // @ts-expect-error a place is a number
    purchases.nth('2')
    // @ts-expect-error which one
    purchases.nth()
    // @ts-expect-error a sum of texts, by a function
    purchases.sum((e) => e.property('product'))
    // @ts-expect-error texts have no order, by a function
    purchases.minimum((e) => e.property('product'))
    // @ts-expect-error a rule is no value
    purchases.sum((e) => e.property('amount').exists())
    // @ts-expect-error a literal is the same for each
    purchases.sum(() => 3)
    // @ts-expect-error a value of the contact is the same for each
    purchases.sum(attribute('leadScore'))
    // @ts-expect-error days do not begin on a weekday
    purchases.distinctDays({ weekStartsOn: 'sunday' })
  })

  it('are not compared with another type', () => {
    // @ts-expect-error a number with a text
    purchases.count().equals('3')
    // @ts-expect-error a number with a date
    purchases.count().lessThan(purchases.first())
    // @ts-expect-error a number has no parts
    purchases.sum('amount').contains('1')
    // @ts-expect-error a text with a number
    purchases.first('product').equals(purchases.first('amount'))
    // @ts-expect-error a text has no order
    purchases.last('product').greaterThan(3)
    // @ts-expect-error a day is never equal to an instant
    purchases.minimum('until').equals(purchases.first())
    // @ts-expect-error a misspelled choice
    records('deals').mostFrequent('status').equals('wan')
    // @ts-expect-error events are no value
    attribute('leadScore').greaterThan(purchases)
    // @ts-expect-error events are no rule
    all(purchases)
    // @ts-expect-error a value is no rule
    all(purchases.count())
  })
})

describe('conditions on items', () => {
  it('are about their properties', () => {
    purchases.where({ product: 'boots' })
    purchases.where({ product: 'boots', amount: 120, gift: true, channel: 'web' })
    purchases.where({ until: '2026-01-01', deliveredAt: new Date(), labels: ['a'] })
    purchases.where({ product: attribute('favourite'), amount: attribute('leadScore') })
    purchases.where((e) => e.property('amount').greaterThan(50))
    purchases.where((e) => all(e.property('gift').equals(true), e.property('amount').atLeast(attribute('leadScore'))))
    purchases.where((e) => e.property('deliveredAt').inLast('7d'))
    purchases
      .where({ gift: true })
      .where((e) => e.property('amount').greaterThan(50))
      .count()
    events('conversation').where(() => attribute('leadScore').greaterThan(3))
    records('deals').where({ status: 'open' }).exists()
    records('deals').where({ id: 'd1' }).none()
    records('deals').where((d) => d.property('id').startsWith('d'))
    records('deals').every({ status: 'won' })
    records('deals').every((d) => d.property('value').greaterThan(3))
    orders.where((o) => o.records('lines').where({ product: 11 }).exists())
    orders.where((o) => o.records('lines').sum('quantity').greaterThan(o.property('limit')))
    orders.where((o) =>
      o
        .records('lines')
        .where((l) => l.records('parts').where({ name: 'x' }).exists())
        .exists(),
    )
    orders.where((o) => o.records('lines.parts').sum('weight').greaterThan(3))
    orders.where((o) => o.records(['lines', 'parts']).every({ name: 'x' }))
    orders.where((o) => o.records('lines').by('shippedOn').inNext('7d').exists())
    expectTypeOf(purchases.where({ gift: true })).toEqualTypeOf<typeof purchases>()
    expectTypeOf<Parameters<EventItem<(typeof schema)['events']['checkout']>['property']>[0]>().toEqualTypeOf<
      'cartId' | 'amount'
    >()
  })

  it('are not about anything else', () => {
    // @ts-expect-error a misspelled property
    purchases.where({ produkt: 'boots' })
    // @ts-expect-error a number where a text is
    purchases.where({ product: 3 })
    // @ts-expect-error a misspelled choice
    purchases.where({ channel: 'wep' })
    // @ts-expect-error a text of the contact where a number is
    purchases.where({ amount: attribute('favourite') })
    // @ts-expect-error one of several is asked for by in()
    purchases.where({ product: ['boots', 'hats'] })
    // @ts-expect-error missing is asked for by missing()
    purchases.where({ product: null })
    // @ts-expect-error an event has no id to speak of
    purchases.where({ id: 'e1' })
    // @ts-expect-error a line has no id but those of the schema
    lines.where({ id: 'l1' })
    // @ts-expect-error records have no value
    orders.where({ lines: [] })
    // @ts-expect-error there is no property
    events('conversation').where({})
    // @ts-expect-error a rule is given by a function
    purchases.where(hasTag('VIP'))
    // @ts-expect-error a name says nothing
    purchases.where('gift')
    // @ts-expect-error one condition at a time
    purchases.where([{ gift: true }])
    // @ts-expect-error a value is no condition
    purchases.where((e) => e.property('gift'))
    // @ts-expect-error a misspelled property
    purchases.where((e) => e.property('amont').greaterThan(3))
    // @ts-expect-error a text has no order
    purchases.where((e) => e.property('product').greaterThan(3))
    // @ts-expect-error an event has no records
    purchases.where((e) => e.records('lines').exists())
    // @ts-expect-error an item has no attributes: the contact's are at hand
    purchases.where((e) => e.attribute('leadScore').exists())
    // @ts-expect-error a record has no collections of the contact
    orders.where((o) => o.records('orders').exists())
    // @ts-expect-error nor records inside its lines without the way there
    orders.where((o) => o.records('parts').exists())
    // @ts-expect-error a line has no records of that name
    lines.where((l) => l.records('lines').exists())
    // @ts-expect-error a record of deals has none inside
    records('deals').where((d) => d.records('lines').exists())
    // @ts-expect-error every is asked of records
    purchases.every({ gift: true })
    // @ts-expect-error a misspelled choice
    records('deals').every({ status: 'open ' })
  })
})

describe('windows', () => {
  it('say when events are, and records with a time', () => {
    purchases.inLast('90d').count()
    purchases.inLast(duration, { timeZone: 'UTC' }).where({ gift: true }).sum('amount')
    purchases.moreThanAgo('P1Y').exists()
    purchases.betweenAgo('P1M', 'P2M').none()
    purchases.inCalendar(thisWeek, { weekStartsOn: 'sunday', timeZone: 'UTC' }).count()
    purchases.inCalendar(lastDays(7, { current: true })).count()
    purchases.from('2026-01-01').to(new Date()).count()
    purchases.to(1_767_225_600_000).from({ instant: 3 }).count()
    purchases.from('2026-01-01').where({ gift: true }).to('2026-02-01').count()
    orders.by('placedAt').inLast('7d').first('note')
    orders
      .by('placedAt')
      .inNext('7d')
      .every((o) => o.property('note').exists())
    orders.where({ note: 'x' }).by('placedAt').first()
    records('deals').by('closesOn').inNext('30d').sum('value')
    lines.by('shippedOn').distinctDays()
    expectTypeOf(orders.by('placedAt').first()).toEqualTypeOf<DateExpression<InstantValue>>()
    expectTypeOf(orders.by('placedAt').last('note')).toEqualTypeOf<TextExpression>()
  })

  it('are one at most, of what has a time', () => {
    // @ts-expect-error a second window
    purchases.inLast('7d').inLast('8d')
    // @ts-expect-error a second window
    purchases.inLast('7d').from('2026-01-01')
    // @ts-expect-error a second beginning
    purchases.from('2026-01-01').from('2026-02-01')
    // @ts-expect-error a second window
    purchases.from('2026-01-01').inLast('7d')
    // @ts-expect-error a third end
    purchases.from('2026-01-01').to('2026-02-01').to('2026-03-01')
    // @ts-expect-error events of the future have not happened
    purchases.inNext('7d')
    // @ts-expect-error a bare number is no duration
    purchases.inLast(7)
    // @ts-expect-error a text that is no duration
    purchases.inLast('a week')
    // @ts-expect-error a misspelled option
    purchases.inLast('7d', { timezone: 'UTC' })
    // @ts-expect-error a period is made by a function or constant
    purchases.inCalendar('this week')
    // @ts-expect-error ends are written, not looked up
    purchases.from(attribute('lastSeen'))
    // @ts-expect-error events have a time of their own
    purchases.by('deliveredAt')
    // @ts-expect-error records without a time
    orders.inLast('7d')
    // @ts-expect-error records without a time have no first
    orders.first()
    // @ts-expect-error nor days
    orders.distinctDays()
    // @ts-expect-error a number is no time
    orders.by('limit')
    // @ts-expect-error a misspelled date
    orders.by('placedOn')
    // @ts-expect-error one time
    orders.by('placedAt').by('placedAt')
  })
})

describe('sequences', () => {
  it('are of steps', () => {
    expectTypeOf(sequence(purchases, followedBy(purchases))).toEqualTypeOf<Rule>()
    expectTypeOf(followedBy(purchases)).toEqualTypeOf<FollowingStep<(typeof schema)['events']['purchase']>>()
    sequence(events('checkout'), notFollowedBy(purchases, { within: '1d' }))
    sequence(events('checkout'), notFollowedBy(purchases, { within: days(1), from: 'start' }), { same: 'cartId' })
    sequence(
      events('checkout').where({ cartId: 'c' }).inLast('30d'),
      followedBy(events('conversation'), { within: '1d', after: '1h' }),
      followedBy(
        purchases.where((e) => e.property('gift').equals(true)),
        { from: 'start', within: '7d' },
      ),
      {},
    )
    sequence(purchases, followedBy(purchases), { same: 'product' })
    const more: readonly FollowingStep<unknown>[] = [followedBy(purchases), followedBy(events('checkout'))]
    sequence(purchases, ...more)
  })

  it('are of nothing else', () => {
    // @ts-expect-error the first step is of events
    sequence(followedBy(purchases), followedBy(purchases))
    // @ts-expect-error nothing comes before the first step
    sequence(notFollowedBy(purchases, { within: '1d' }), followedBy(purchases))
    // @ts-expect-error the others say how they follow
    sequence(purchases, purchases)
    // @ts-expect-error records do not happen
    sequence(orders, followedBy(purchases))
    // @ts-expect-error nor do they follow
    followedBy(orders.by('placedAt'))
    // @ts-expect-error a rule is no step
    followedBy(purchases.exists())
    // @ts-expect-error a count is no step
    sequence(purchases.count(), followedBy(purchases))
    // @ts-expect-error within how long is always said
    notFollowedBy(purchases)
    // @ts-expect-error a stretch of time begins with the step before
    notFollowedBy(purchases, { within: '1d', after: '1h' })
    // @ts-expect-error a bare number is no duration
    followedBy(purchases, { within: 7 })
    // @ts-expect-error not where limits begin
    followedBy(purchases, { within: '1d', from: 'first' })
    // @ts-expect-error not a property of a step
    sequence(events('checkout'), followedBy(events('conversation')), { same: 'cartId' })
    // @ts-expect-error a property of one step only
    sequence(purchases, followedBy(events('checkout')), { same: 'product' })
    // @ts-expect-error a number in one step, a text in the other
    sequence(purchases, followedBy(events('checkout')), { same: 'amount' })
    // @ts-expect-error a misspelled option
    sequence(purchases, followedBy(purchases), { some: 'cartId' })
    // @ts-expect-error options come last
    sequence(purchases, { same: 'cartId' }, followedBy(purchases))
  })
})

describe('events and records of which nothing is known', () => {
  it('have every name, and values of any type', () => {
    for (const { events, followedBy, records, sequence } of [rulesFor(), rulesFor(schema as Schema)]) {
      expectTypeOf(events('whatever')).toEqualTypeOf<EventExpression>()
      expectTypeOf(records('whatever')).toEqualTypeOf<RecordExpression>()
      expectTypeOf(records('what.ever')).toEqualTypeOf<RecordExpression>()
      expectTypeOf(events('a').first('b')).toEqualTypeOf<AnyExpression>()
      expectTypeOf(events('a').minimum('b')).toEqualTypeOf<AnyExpression>()
      expectTypeOf(events('a').sum('b')).toEqualTypeOf<NumberExpression>()
      events('a').where({ b: 'x', c: 3, d: new Date() }).inLast('7d').count().greaterThan(3)
      events('a')
        .where((e) => e.property('b').greaterThan(3))
        .mostFrequent('c')
        .equals('x')
      events('a').sum((e) => e.property('b').times(e.property('c')))
      records('a')
        .where((r) => r.records('b.c').where({ d: 1 }).exists())
        .every({ e: 'x' })
      records(['a', 'b'] as readonly string[])
        .by('c')
        .inNext('7d')
        .first('d')
      sequence(events('a'), followedBy(events('b')), { same: 'c' })
    }
    expectTypeOf(untyped.events('a')).toEqualTypeOf<EventExpression>()
    expectTypeOf(untyped.records('a')).toEqualTypeOf<RecordExpression>()
    expectTypeOf<PropertyNames<EventShape>>().toEqualTypeOf<string>()
  })

  it('can stand where any type is asked for', () => {
    attribute('leadScore').greaterThan(untyped.events('a').first('b'))
    purchases.where({ product: untyped.events('a').first('b') })
    sequence(purchases, followedBy(untyped.events('a')), { same: 'cartId' })
  })

  it('still have methods that take one type', () => {
    // @ts-expect-error a bare number is no duration
    untyped.events('a').inLast(7)
    // @ts-expect-error records without a time
    untyped.records('a').inLast('7d')
    // @ts-expect-error a count is a number
    untyped.events('a').count().contains('1')
    // @ts-expect-error a condition is given by a function
    untyped.events('a').where(hasTag('VIP'))
    // @ts-expect-error a name is a text
    untyped.events(7)
    // @ts-expect-error the properties of an event hold no records
    untyped.events('a').where((e) => e.records('b').exists())
  })
})
