import { describe, expectTypeOf, it } from 'vitest'
import { days, hours, type DurationInput } from '../../src/base/duration.js'
import { lastDays, thisWeek } from '../../src/base/calendar-names.js'
import { defineSchema, field, type Schema } from '../../src/contacts/schema.js'
import type { DayValue, InstantValue } from '../../src/contacts/value.js'
import type { Rule } from '../../src/rules/ast.js'
import type { Expression } from '../../src/rules/builders/comparisons.js'
import type { ExpressionOf } from '../../src/rules/builders/expression-of.js'
import type {
  AnyExpression,
  BooleanExpression,
  ChoiceExpression,
  DateExpression,
  ListExpression,
  NumberExpression,
  TextExpression,
} from '../../src/rules/builders/expressions.js'
import * as untyped from '../../src/rules/builders/groups.js'
import type { ComparisonOp } from '../../src/rules/builders/operand-expression.js'
import { rulesFor } from '../../src/rules/builders/rules-for.js'
import { attribute as anyAttribute } from '../../src/rules/builders/values.js'

const schema = defineSchema({
  attributes: {
    email: field.text(),
    city: field.text(),
    leadScore: field.number(),
    lifetimeValue: field.number(),
    trialLength: field.number(),
    subscribed: field.boolean(),
    createdAt: field.instant(),
    lastSeen: field.instant(),
    birthday: field.day(),
    plan: field.oneOf('free', 'pro', 'team'),
    formerPlan: field.oneOf('free', 'pro'),
    topics: field.list(field.text()),
    sizes: field.list(field.number()),
    colours: field.list(field.oneOf('red', 'blue')),
  },
  events: { purchase: { amount: field.number() } },
})

const { all, any, attribute, contactId, everyone, hasAnyTag, hasTag, inSample, inSegment, not, someOf, tag, tagCount } =
  rulesFor(schema)

const duration = days(7) as DurationInput

describe('the type of an attribute', () => {
  it('follows from the schema', () => {
    expectTypeOf(attribute('email')).toEqualTypeOf<TextExpression>()
    expectTypeOf(attribute('leadScore')).toEqualTypeOf<NumberExpression>()
    expectTypeOf(attribute('subscribed')).toEqualTypeOf<BooleanExpression>()
    expectTypeOf(attribute('createdAt')).toEqualTypeOf<DateExpression<InstantValue>>()
    expectTypeOf(attribute('birthday')).toEqualTypeOf<DateExpression<DayValue>>()
    expectTypeOf(attribute('plan')).toEqualTypeOf<ChoiceExpression<'free' | 'pro' | 'team'>>()
    expectTypeOf(attribute('topics')).toEqualTypeOf<ListExpression<string>>()
    expectTypeOf(attribute('sizes')).toEqualTypeOf<ListExpression<number>>()
    expectTypeOf(attribute('colours')).toEqualTypeOf<ListExpression<'red' | 'blue'>>()
    expectTypeOf<Parameters<typeof attribute>[0]>().toEqualTypeOf<keyof (typeof schema)['attributes']>()
  })

  it('is anything where nothing is known', () => {
    expectTypeOf(rulesFor().attribute('whatever')).toEqualTypeOf<AnyExpression>()
    expectTypeOf(anyAttribute('whatever')).toEqualTypeOf<AnyExpression>()
    expectTypeOf(rulesFor(schema as Schema).attribute('whatever')).toEqualTypeOf<AnyExpression>()
    expectTypeOf<ExpressionOf<{ readonly type: 'text' }>>().toEqualTypeOf<AnyExpression>()
  })

  it('is refused where the schema has no such attribute', () => {
    // @ts-expect-error a misspelled name
    attribute('emial')
    // @ts-expect-error an event is no attribute
    attribute('purchase')
    // @ts-expect-error no attributes at all
    rulesFor(defineSchema({})).attribute('email')
    // @ts-expect-error a name is a text
    rulesFor().attribute(7)
    // @ts-expect-error not a type of fields
    defineSchema({ attributes: { email: { type: 'string' } } })
    // @ts-expect-error a list holds texts or numbers
    field.list(field.boolean())
    // @ts-expect-error what rulesFor takes is a schema
    rulesFor({ attributes: { email: 'text' } })
  })
})

describe('every value', () => {
  it('is compared with its like', () => {
    expectTypeOf(attribute('email').equals('ada@example.com')).toEqualTypeOf<Rule>()
    attribute('email').notEquals(attribute('city'))
    attribute('email').in(['a', attribute('city'), contactId()])
    attribute('leadScore').notIn([1, 2, attribute('lifetimeValue')])
    attribute('subscribed').equals(true)
    attribute('plan').equals('pro')
    attribute('plan').in(['free', 'team'])
    attribute('plan').equals(attribute('formerPlan'))
    attribute('city').equals(attribute('plan'))
    attribute('plan').equals(attribute('city'))
    attribute('topics').equals(['boots', 'hats'])
    attribute('topics').exists()
    attribute('createdAt').missing()
    attribute('createdAt').in([new Date(0), 1_767_225_600_000, '2026-01-01'])
    attribute('birthday').equals('1990-05-17')
    attribute('birthday').equals({ day: '1990-05-17' })
  })

  it('is not compared with another type', () => {
    // @ts-expect-error a text is no number
    attribute('email').equals(3)
    // @ts-expect-error nor is an attribute of texts one of numbers
    attribute('email').equals(attribute('leadScore'))
    // @ts-expect-error a misspelled choice
    attribute('plan').equals('fre')
    // @ts-expect-error a misspelled choice among others
    attribute('plan').in(['free', 'por'])
    // @ts-expect-error a list where one value is asked for
    attribute('email').equals(['a'])
    // @ts-expect-error one value where several are asked for
    attribute('email').in('a')
    // @ts-expect-error 'true' is a text
    attribute('subscribed').equals('true')
    // @ts-expect-error missing is asked for by missing()
    attribute('email').equals(null)
    // @ts-expect-error or by exists()
    attribute('email').notEquals(undefined)
    // @ts-expect-error numbers among texts
    attribute('topics').equals(['boots', 3])
    // @ts-expect-error a list of numbers
    attribute('topics').equals(attribute('sizes'))
    // @ts-expect-error a day is never equal to an instant
    attribute('birthday').equals(new Date())
    // @ts-expect-error nor is an instant to a day
    attribute('createdAt').equals(attribute('birthday'))
    // @ts-expect-error a rule is no value
    attribute('subscribed').equals(hasTag('VIP'))
  })
})

describe('numbers', () => {
  it('have an order and arithmetic', () => {
    attribute('leadScore').greaterThan(80)
    attribute('leadScore').atLeast(attribute('lifetimeValue').dividedBy(2))
    attribute('leadScore').between(1, attribute('lifetimeValue'))
    tagCount().lessThan(attribute('topics').length())
    expectTypeOf(attribute('leadScore').plus(1).minus(tagCount()).times(3)).toEqualTypeOf<NumberExpression>()
  })

  it('are not texts or dates', () => {
    // @ts-expect-error a number in quotes
    attribute('leadScore').greaterThan('80')
    // @ts-expect-error a number has no parts
    attribute('leadScore').contains('8')
    // @ts-expect-error a number is no date
    attribute('leadScore').inLast('7d')
    // @ts-expect-error ends of two types
    attribute('leadScore').between(1, '2')
    // @ts-expect-error ends of two types
    attribute('leadScore').between(attribute('email'), 2)
    // @ts-expect-error a number is not moved by a duration
    attribute('leadScore').plus('7d')
    // @ts-expect-error a text is no summand
    attribute('leadScore').plus(attribute('email'))
  })
})

describe('texts', () => {
  it('have parts', () => {
    attribute('email').endsWith('@example.com', { ignoreCase: true })
    attribute('email').contains(attribute('city'))
    attribute('email').matches('^a+$', { ignoreCase: true })
    attribute('email').isEmpty()
    contactId().startsWith('c-')
  })

  it('have no order, and no sum', () => {
    // @ts-expect-error texts have no order
    attribute('email').greaterThan(3)
    // @ts-expect-error texts have no order
    attribute('email').between('a', 'b')
    // @ts-expect-error a sum of texts
    attribute('email').plus('x')
    // @ts-expect-error a choice is compared as a whole
    attribute('plan').contains('pr')
    // @ts-expect-error a choice has no order
    attribute('plan').greaterThan(3)
    // @ts-expect-error a text contains a text
    attribute('email').contains(3)
    // @ts-expect-error a misspelled option
    attribute('email').contains('a', { ignorecase: true })
    // @ts-expect-error a pattern is a text of the library's own language
    attribute('email').matches(/a/)
  })
})

describe('lists', () => {
  it('are asked for their elements', () => {
    attribute('topics').containsAny(['boots'])
    attribute('topics').containsAll(attribute('colours'))
    attribute('colours').containsNone(['red'])
    attribute('sizes').containsAny([1, 2])
    attribute('sizes').length().greaterThan(3)
    attribute('sizes').isEmpty()
  })

  it('are not asked for others', () => {
    // @ts-expect-error elements of another type
    attribute('topics').containsAny([1])
    // @ts-expect-error a misspelled choice
    attribute('colours').containsAny(['gren'])
    // @ts-expect-error one element is no list
    attribute('topics').containsAny('boots')
    // @ts-expect-error a list of numbers
    attribute('topics').containsAll(attribute('sizes'))
    // @ts-expect-error a text has no elements
    attribute('email').length()
  })
})

describe('dates', () => {
  it('are compared with dates', () => {
    attribute('createdAt').before(new Date())
    attribute('createdAt').after('2026-01-01')
    attribute('createdAt').after(1_767_225_600_000)
    attribute('createdAt').on({ day: '2026-01-01' }, { timeZone: 'Europe/Berlin' })
    attribute('createdAt').on(attribute('birthday'))
    attribute('birthday').before(attribute('createdAt'))
    attribute('createdAt').between('2026-01-01', attribute('lastSeen'), { timeZone: 'UTC' })
    attribute('lastSeen').after(attribute('createdAt').plus('P1M', { timeZone: 'UTC' }))
    attribute('lastSeen').after(attribute('createdAt').plus(attribute('trialLength').times(days(1))))
    expectTypeOf(attribute('birthday').minus(days(7))).toEqualTypeOf<DateExpression<DayValue>>()
    expectTypeOf(attribute('createdAt').plus(duration)).toEqualTypeOf<DateExpression<InstantValue>>()
  })

  it('are asked for windows', () => {
    attribute('lastSeen').inLast('7d')
    attribute('lastSeen').notInLast(days(60), { timeZone: 'UTC' })
    attribute('lastSeen').moreThanAgo(duration)
    attribute('lastSeen').betweenAgo('P1M', 'P1Y2M')
    attribute('createdAt').inNext(hours(36))
    attribute('createdAt').inCalendar(thisWeek, { weekStartsOn: 'sunday', timeZone: 'UTC' })
    attribute('birthday').inCalendar(lastDays(7, { current: true }))
    attribute('birthday').anniversaryIn({ days: 7, current: true, leapDay: 'mar1' })
    tag('VIP').addedInLast('7d')
    tag('VIP').added().before(attribute('createdAt').plus('30d'))
    tag('VIP').heldBy('campaign', 'spring')
  })

  it('are nothing else', () => {
    // @ts-expect-error a bare number is no duration
    attribute('lastSeen').inLast(7)
    // @ts-expect-error a unit there is not
    attribute('lastSeen').inLast('7y')
    // @ts-expect-error a text that is no duration
    attribute('lastSeen').inLast('seven days')
    // @ts-expect-error a bare number is no duration
    attribute('lastSeen').plus(7)
    // @ts-expect-error a date has no factor
    attribute('lastSeen').times(2)
    // @ts-expect-error a date is no number
    attribute('lastSeen').greaterThan(3)
    // @ts-expect-error a date is no number
    attribute('leadScore').greaterThan(attribute('lastSeen'))
    // @ts-expect-error a text is no date
    attribute('lastSeen').before(attribute('email'))
    // @ts-expect-error a misspelled option
    attribute('lastSeen').inLast('7d', { timezone: 'UTC' })
    // @ts-expect-error a period is made by a function or constant, not written
    attribute('lastSeen').inCalendar('this week')
    // @ts-expect-error whether today counts is always said
    attribute('birthday').anniversaryIn({ days: 7 })
    // @ts-expect-error not a kind of holder
    tag('VIP').heldBy('company')
    // @ts-expect-error a bare number is no duration
    tag('VIP').addedInLast(7)
  })
})

describe('rules', () => {
  it('make rules', () => {
    const rules: readonly Rule[] = [hasTag('VIP'), everyone]
    expectTypeOf(all(hasTag('VIP'), any(...rules), not(everyone))).toEqualTypeOf<Rule>()
    someOf(2, rules)
    inSegment('vip')
    inSegment({ id: 'vip' })
    inSample({ salt: 'spring', from: 0, to: 2500 })
    hasAnyTag('VIP', 'vip')
    expectTypeOf(rulesFor(schema).all).toEqualTypeOf(untyped.all)
  })

  it('are not made of other things', () => {
    // @ts-expect-error a value is no rule
    all(attribute('subscribed'))
    // @ts-expect-error rules are given one by one
    all([hasTag('VIP')])
    // @ts-expect-error one rule
    not(hasTag('VIP'), hasTag('vip'))
    // @ts-expect-error how many first
    someOf([hasTag('VIP')], 1)
    // @ts-expect-error everyone is a rule, not a function
    everyone()
    // @ts-expect-error the salt is required
    inSample({ from: 0, to: 2500 })
    // @ts-expect-error tags are given one by one
    hasAnyTag(['VIP'])
    // @ts-expect-error a handle has an id
    inSegment({ name: 'VIP' })
    // @ts-expect-error rules are frozen
    all(hasTag('VIP')).op = 'any'
  })
})

describe('a value of which nothing is known', () => {
  const { attribute } = rulesFor()

  it('has every method', () => {
    expectTypeOf<Exclude<ComparisonOp, keyof AnyExpression>>().toEqualTypeOf<never>()
    expectTypeOf<
      Exclude<'plus' | 'minus' | 'times' | 'dividedBy' | 'length', keyof AnyExpression>
    >().toEqualTypeOf<never>()
    attribute('a').equals(3)
    attribute('a').equals('3')
    attribute('a').equals(new Date())
    attribute('a').in([1, 'a', true])
    attribute('a').greaterThan(attribute('b').plus(1))
    attribute('a').between(1, 2)
    attribute('a').between(new Date(0), attribute('b'))
    attribute('a').contains('x', { ignoreCase: true })
    attribute('a').containsAny([1, 2])
    attribute('a').length().equals(2)
    attribute('a').plus('7d').before(attribute('b'))
    attribute('a').plus(days(7))
    attribute('a').inLast('7d')
    attribute('a').anniversaryIn({ days: 1, current: true })
  })

  it('can stand where any type is asked for', () => {
    rulesFor(schema).attribute('leadScore').greaterThan(attribute('b'))
    rulesFor(schema).attribute('createdAt').before(attribute('b'))
    rulesFor(schema).attribute('plan').equals(attribute('b'))
    rulesFor(schema).attribute('topics').containsAny(attribute('b'))
    expectTypeOf(attribute('b')).toExtend<Expression<boolean>>()
    expectTypeOf(rulesFor(schema).attribute('email')).not.toExtend<Expression<number>>()
  })

  it('still has methods that take one type', () => {
    // @ts-expect-error ends of two types
    attribute('a').between(1, new Date())
    // @ts-expect-error a text has no order
    attribute('a').greaterThan('3')
    // @ts-expect-error without a schema a text is a text, never a date
    attribute('a').before('2026-01-01')
    // @ts-expect-error a bare number is no duration
    attribute('a').inLast(7)
    // @ts-expect-error a text that is no duration
    attribute('a').plus('x')
    // @ts-expect-error the length of a list is a number
    attribute('a').length().contains('1')
    // @ts-expect-error not a method
    attribute('a').greater(3)
  })
})
