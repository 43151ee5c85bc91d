import { describe, expect, it } from 'vitest'
import { days } from '../../src/base/duration.js'
import { isCoterieError, type CoterieError } from '../../src/base/errors.js'
import type { ItemWindow, Rule } from '../../src/rules/ast.js'
import type { EventItem, RecordItem, StepEvents } from '../../src/rules/builders/item-expressions.js'
import { rulesFor } from '../../src/rules/builders/rules-for.js'
import { readRule } from '../../src/rules/read-rule.js'
import { untyped } from './refused.js'

const builders = rulesFor()
const { all, any, attribute, contactId, everyone, events, followedBy, hasTag } = builders
const { inSample, inSegment, not, notFollowedBy, records, sequence, tag, tagCount } = builders

const buys = events('buy')
const orders = records('orders')

function errorOf(call: () => unknown): CoterieError {
  try {
    call()
  } catch (error) {
    if (isCoterieError(error)) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

const made = untyped(builders)

describe('an expression of events or records', () => {
  it('is the beginning of several, and never changes', () => {
    const before = JSON.stringify(buys.items)
    const boots = buys.where({ product: 'boots' })
    expect(boots.inLast('7d').items).toEqual({
      ...boots.items,
      window: { window: 'inLast', duration: '7d' },
    })
    expect(boots.moreThanAgo('7d').items.window).toEqual({ window: 'moreThanAgo', duration: '7d' })
    expect(JSON.stringify(buys.items)).toBe(before)
    expect(Object.isFrozen(buys)).toBe(true)
    expect(Object.isFrozen(buys.items)).toBe(true)
  })

  it('stands in rules as it is', () => {
    const late = buys.moreThanAgo('7d')
    expect((late.exists() as { readonly of: unknown }).of).toBe(late.items)
    expect((late.count().operand as { readonly of: unknown }).of).toBe(late.items)
  })

  it('takes copies of what it is given', () => {
    const match = { sizes: [1, 2] }
    const path = ['orders', 'lines']
    const rule = all(buys.where(match).exists(), records(path).exists())
    match.sizes.push(3)
    path.push('parts')
    expect(JSON.stringify(rule)).toContain('[1,2]')
    expect(JSON.stringify(rule)).not.toContain('parts')
  })

  it('is taken from another copy of the library', () => {
    const foreign = { items: { events: 'see' } } as unknown as StepEvents
    expect(sequence(foreign, followedBy(foreign))).toEqual({
      op: 'sequence',
      steps: [{ of: { events: 'see' } }, { of: { events: 'see' } }],
    })
  })

  it('lets no name reach a prototype', () => {
    const match = JSON.parse('{"__proto__": 1}') as { readonly [name: string]: number }
    const left = { get: 'property', name: '__proto__' }
    expect(events('__proto__').where(match).exists()).toEqual({
      op: 'some',
      of: { events: '__proto__', where: { op: 'equals', left, right: 1 } },
    })
    expect(records(['constructor']).exists()).toEqual({ op: 'some', of: { records: ['constructor'] } })
  })

  it('is read into the rule that it is', () => {
    const rule = all(
      buys.where({ a: 1 }).inLast('P1M').count().greaterThan(2),
      orders
        .by('placedAt')
        .last((o) => o.records('lines').sum('price'))
        .atLeast(3),
      sequence(buys, notFollowedBy(events('see'), { within: '1d' }), { same: 'cart' }),
    )
    expect(readRule(rule)).toEqual({ ok: true, rule })
  })
})

describe('an absolute window', () => {
  const windowOf = (rule: Rule): ItemWindow | undefined =>
    (rule as { readonly of: { readonly window?: ItemWindow } }).of.window

  it('keeps a written date, for its zone is that of the rule', () => {
    const rule = buys.from('2026-01-01').to('2026-02-01T12:00').exists()
    expect(windowOf(rule)).toEqual({ window: 'absolute', from: '2026-01-01', to: '2026-02-01T12:00' })
    const read = readRule(rule, { timeZone: 'Europe/Berlin' })
    expect(read.ok && windowOf(read.rule)).toEqual({
      window: 'absolute',
      from: Date.parse('2025-12-31T23:00Z'),
      to: Date.parse('2026-02-01T11:00Z'),
    })
  })

  it('takes a written date as an instant too', () => {
    const written = { instant: '2026-01-01' } as unknown as { readonly instant: number }
    expect(windowOf(buys.from(written).exists())).toEqual({ window: 'absolute', from: '2026-01-01' })
  })
})

/** What a function of an item is given, kept for later. */
function kept<I>(give: (condition: (item: I) => Rule) => unknown): I {
  const items: I[] = []
  give((item) => {
    items.push(item)
    return everyone
  })
  const [item] = items
  if (item === undefined) throw new Error('the function was not called')
  return item
}

const event = kept<EventItem>((condition) => buys.where(condition))
const order = kept<RecordItem>((condition) => orders.where(condition))
const line = kept<RecordItem>((condition) => orders.where((o) => o.records('lines').where(condition).exists()))

describe('a condition on an item', () => {
  it('is given the item, and of events no records', () => {
    expect(Object.keys(event)).toEqual(['property'])
    expect(Object.keys(order)).toEqual(['property', 'records'])
    expect(Object.isFrozen(order)).toBe(true)
  })

  it.each([
    ['a tag', 'where.op', () => buys.where(() => hasTag('x'))],
    ['a tag in a group', 'where.rules.1.rule.op', () => buys.where(() => all(everyone, not(hasTag('x'))))],
    ['a segment', 'where.op', () => orders.where(() => inSegment('vip'))],
    ['a sample', 'where.op', () => orders.where(() => inSample({ salt: 's', from: 0, to: 1 }))],
    ['a sequence', 'where.op', () => buys.where(() => sequence(buys, followedBy(buys)))],
    ['the id of the contact', 'where.left.get', () => buys.where(() => contactId().equals('ada'))],
    ['the number of tags', 'where.right.left.get', () => buys.where((e) => e.property('a').equals(tagCount().plus(1)))],
    [
      'when a tag was added',
      'where.low.get',
      () => buys.where((e) => e.property('a').between(tag('x').added(), new Date())),
    ],
    ['other events', 'where.of.events', () => buys.where(() => events('see').exists())],
    ['other events in a record', 'where.left.of.events', () => orders.where(() => events('see').count().equals(1))],
    ['records in an event', 'where.of.records', () => buys.where(() => orders.exists())],
    ['other records in a record', 'where.of.records', () => orders.where(() => records('deals').exists())],
    [
      'records of the record outside',
      'where.of.records',
      () =>
        orders.where((o) =>
          o
            .records('lines')
            .where(() => o.records('notes').exists())
            .exists(),
        ),
    ],
    [
      'a property of the record outside',
      'where.right',
      () =>
        orders.where((o) =>
          o
            .records('lines')
            .where((l) => l.property('price').greaterThan(o.property('limit')))
            .exists(),
        ),
    ],
    [
      'a property of the record outside, by its name',
      'where.price',
      () =>
        orders.where((o) =>
          o
            .records('lines')
            .where({ price: o.property('limit') })
            .exists(),
        ),
    ],
    ['a property of a record inside', 'where.left', () => orders.where(() => line.property('price').exists())],
    ['a property of another event', 'where.rules.0.left', () => buys.where(() => any(event.property('a').exists()))],
    ['a tag in a rule of records', 'rule.op', () => orders.every(() => hasTag('x'))],
    ['a tag in a value', 'value.right.get', () => buys.sum((e) => e.property('a').plus(tagCount()))],
    ['other events in a value', 'value.of.events', () => orders.sum(() => events('see').count())],
    ['a property of another item in a value', 'value.left', () => buys.sum(() => order.property('a').plus(1))],
  ] as const)('is not about %s (at %s)', (_, path, call) => {
    const error = errorOf(call)
    expect([error.code, error.path?.join('.')]).toEqual(['RULE_INVALID', path])
    expect(error.received).toBeDefined()
    expect(error.expected).toBeDefined()
  })

  it('is refused when it is read where it is about no items at all', () => {
    const wrong = orders.where(() => ({ op: 'some', of: 7 }) as never).exists()
    expect(readRule(wrong)).toMatchObject({
      ok: false,
      issues: [{ code: 'RULE_INVALID', path: ['of', 'where', 'of'], received: '7' }],
    })
  })

  it('may be about the contact’s attributes, as often as it likes', () => {
    const shared = attribute('limit').greaterThan(3)
    const rule = orders.where((o) => all(shared, o.property('a').exists(), shared)).exists()
    expect(readRule(rule).ok).toBe(true)
  })

  it('is looked through once, however often a rule stands in it', () => {
    const nested = buys.where((e) => {
      let rule: Rule = e.property('a').exists()
      for (let level = 0; level < 40; level++) rule = all(rule, rule)
      return rule
    })
    expect(Object.keys(nested.items)).toEqual(['events', 'where'])
  })
})

describe('a condition of nothing', () => {
  it.each([
    ['where', () => buys.where({})],
    ['rule', () => orders.every({})],
  ])('is refused at once, as %s', (path, call) => {
    const error = errorOf(call)
    expect([error.code, error.path?.join('.')]).toEqual(['RULE_EMPTY', path])
  })
})

describe('an argument that is wrong', () => {
  const windowed = untyped(buys.inLast('7d'))
  const begun = untyped(buys.from(5))

  it.each([
    ['RULE_INVALID', 'events', () => events('')],
    ['RULE_INVALID', 'events', () => made['events']?.(['buy'])],
    ['RULE_INVALID', 'records.0', () => records('')],
    ['RULE_INVALID', 'records.1', () => records('orders..lines')],
    ['RULE_INVALID', 'records', () => records([])],
    ['RULE_INVALID', 'records', () => made['records']?.(7)],
    ['RULE_INVALID', 'records.0', () => made['records']?.([7])],
    ['RULE_INVALID', 'records.0', () => untyped(order)['records']?.('')],
    ['RULE_INVALID', 'name', () => event.property('')],

    ['RULE_INVALID', 'where', () => untyped(buys)['where']?.()],
    ['RULE_INVALID', 'where', () => untyped(buys)['where']?.(null)],
    ['RULE_INVALID', 'where', () => untyped(buys)['where']?.('product')],
    ['RULE_INVALID', 'where', () => untyped(buys)['where']?.([{ a: 1 }])],
    ['RULE_INVALID', 'where', () => untyped(buys)['where']?.(new Date())],
    ['RULE_INVALID', 'where', () => untyped(buys)['where']?.(hasTag('x'))],
    ['RULE_INVALID', 'where', () => untyped(buys)['where']?.(() => true)],
    ['RULE_INVALID', 'where', () => untyped(buys)['where']?.((e: EventItem) => e.property('a'))],
    ['RULE_INVALID', 'where', () => untyped(buys)['where']?.(async () => Promise.resolve(everyone))],
    ['VALUE_INVALID', 'where.a', () => untyped(buys)['where']?.({ a: undefined })],
    ['VALUE_INVALID', 'where.a', () => untyped(buys)['where']?.({ a: null })],
    ['VALUE_INVALID', 'where.a', () => buys.where({ a: Number.NaN })],
    ['VALUE_INVALID', 'where.a', () => untyped(buys)['where']?.({ a: () => 1 })],
    ['RULE_INVALID', 'rule', () => untyped(orders)['every']?.(everyone)],
    ['RULE_INVALID', 'of', () => untyped(buys)['every']?.({ a: 1 })],
    ['RULE_INVALID', 'of', () => Reflect.apply(untyped(buys)['exists'] as () => unknown, {}, [])],

    ['RULE_INVALID', 'value', () => untyped(buys)['sum']?.()],
    ['RULE_INVALID', 'value', () => untyped(buys)['sum']?.(7)],
    ['RULE_INVALID', 'value', () => untyped(buys)['sum']?.(attribute('a'))],
    ['RULE_INVALID', 'value', () => untyped(buys)['sum']?.(() => 7)],
    ['RULE_INVALID', 'value', () => untyped(buys)['sum']?.(() => hasTag('x'))],
    ['RULE_INVALID', 'value', () => untyped(buys)['first']?.(null)],
    ['RULE_INVALID', 'value', () => untyped(buys)['first']?.(() => ({ operand: { get: 'constructor' } }))],
    ['RULE_INVALID', 'value', () => untyped(buys)['first']?.(() => 5)],
    ['RULE_INVALID', 'value', () => untyped(buys)['first']?.(() => null)],
    ['RULE_INVALID', 'name', () => buys.sum('')],
    ['RULE_INVALID', 'n', () => buys.nth(0)],
    ['RULE_INVALID', 'n', () => buys.nth(1.5)],
    ['RULE_INVALID', 'n', () => untyped(buys)['nth']?.('a')],
    ['RULE_INVALID', 'n', () => untyped(buys)['nth']?.()],
    ['RULE_INVALID', 'weekStartsOn', () => untyped(buys)['distinctDays']?.({ weekStartsOn: 'sunday' })],
    ['RULE_INVALID', 'weekStartsOn', () => untyped(buys)['distinctWeeks']?.({ weekStartsOn: 'Sunday' })],
    ['RULE_INVALID', '', () => untyped(buys)['distinctMonths']?.('UTC')],

    ['DURATION_INVALID', 'duration', () => buys.inLast('7y' as '7d')],
    ['RULE_INVALID', 'duration', () => untyped(buys)['inLast']?.()],
    ['RULE_INVALID', 'timezone', () => untyped(buys)['inLast']?.('7d', { timezone: 'UTC' })],
    ['RULE_INVALID', 'duration', () => untyped(buys)['inLast']?.('7d', { duration: '8d' })],
    ['RULE_INVALID', '', () => untyped(buys)['inLast']?.('7d', 'UTC')],
    ['TIME_ZONE_UNKNOWN', 'timeZone', () => buys.moreThanAgo('P1M', { timeZone: 'Berlin' })],
    ['DURATION_INVALID', 'to', () => buys.betweenAgo('60d', '30d')],
    ['DURATION_INVALID', 'to', () => buys.betweenAgo('30d', 'P2M')],
    ['RULE_INVALID', 'period', () => untyped(buys)['inCalendar']?.('today')],
    ['RULE_INVALID', 'window', () => untyped(buys)['inNext']?.('7d')],
    ['DATE_INVALID', 'from', () => buys.from('2026-02-30')],
    ['DATE_INVALID', 'to', () => buys.to(new Date(Number.NaN))],
    ['VALUE_INVALID', 'from', () => untyped(buys)['from']?.()],
    ['VALUE_INVALID', 'from', () => untyped(buys)['from']?.(attribute('a'))],
    ['RULE_INVALID', 'to', () => buys.from(5).to(5)],
    ['RULE_INVALID', 'from', () => buys.to(5).from(new Date(6))],

    ['RULE_INVALID', 'window', () => windowed['inLast']?.('7d')],
    ['RULE_INVALID', 'window', () => windowed['from']?.(5)],
    ['RULE_INVALID', 'window', () => windowed['to']?.(5)],
    ['RULE_INVALID', 'window', () => begun['from']?.(6)],
    ['RULE_INVALID', 'window', () => begun['to']?.(7)['to']?.(8)],
    ['RULE_INVALID', 'window', () => begun['moreThanAgo']?.('7d')],

    ['RULE_INVALID', 'by', () => orders.by('')],
    ['RULE_INVALID', 'by', () => untyped(orders.by('a'))['by']?.('b')],
    ['RULE_INVALID', 'by', () => untyped(buys)['by']?.('a')],
    ['RULE_INVALID', 'by', () => untyped(orders)['first']?.()],
    ['RULE_INVALID', 'by', () => untyped(orders)['last']?.('a')],
    ['RULE_INVALID', 'by', () => untyped(orders)['nth']?.(1)],
    ['RULE_INVALID', 'by', () => untyped(orders)['distinctWeeks']?.()],
    ['RULE_INVALID', 'by', () => untyped(orders)['inNext']?.('7d')],
    ['RULE_INVALID', 'by', () => untyped(orders)['to']?.(5)],

    ['RULE_INVALID', 'steps', () => sequence(buys)],
    ['RULE_INVALID', 'steps', () => made['sequence']?.(buys, { same: 'a' })],
    ['RULE_INVALID', 'steps', () => made['sequence']?.()],
    ['RULE_INVALID', 'steps.0', () => made['sequence']?.(followedBy(buys), followedBy(buys))],
    ['RULE_INVALID', 'steps.0', () => made['sequence']?.(orders, followedBy(buys))],
    ['RULE_INVALID', 'steps.0', () => made['sequence']?.(buys.exists(), followedBy(buys))],
    ['RULE_INVALID', 'steps.1', () => made['sequence']?.(buys, buys)],
    ['RULE_INVALID', 'steps.1', () => made['sequence']?.(buys, { same: 'a' }, followedBy(buys))],
    ['RULE_INVALID', 'same', () => sequence(buys, followedBy(buys), { same: '' })],
    ['RULE_INVALID', 'some', () => made['sequence']?.(buys, followedBy(buys), { some: 'a' })],
    ['RULE_INVALID', '', () => made['sequence']?.(buys, followedBy(buys), 'a')],
    ['RULE_INVALID', 'of', () => made['followedBy']?.(orders)],
    ['RULE_INVALID', 'of', () => made['followedBy']?.(buys.count())],
    ['RULE_INVALID', '', () => made['followedBy']?.(buys, '1d')],
    ['RULE_INVALID', 'form', () => made['followedBy']?.(buys, { form: 'start' })],
    ['RULE_INVALID', 'from', () => made['followedBy']?.(buys, { from: 'begin' })],
    ['DURATION_INVALID', 'within', () => followedBy(buys, { within: 'P1M' })],
    ['DURATION_INVALID', 'after', () => followedBy(buys, { after: 'P1Y' })],
    ['DURATION_INVALID', 'after', () => followedBy(buys, { within: '1d', after: days(1) })],
    ['RULE_INVALID', 'within', () => made['notFollowedBy']?.(buys)],
    ['RULE_INVALID', 'within', () => made['notFollowedBy']?.(buys, { within: undefined })],
    ['RULE_INVALID', 'after', () => made['notFollowedBy']?.(buys, { within: '1d', after: '1h' })],
  ] as const)('is refused with %s at %s: %s', (code, path, call) => {
    const error = errorOf(call)
    expect([error.code, error.path?.join('.')]).toEqual([code, path])
    expect(error.received).toBeDefined()
    expect(error.expected).toBeDefined()
  })

  it('is answered with all that is wrong', () => {
    const error = errorOf(() => untyped(buys)['where']?.({ a: undefined, b: 1, c: null }))
    expect(error.issues).toMatchObject([
      { code: 'VALUE_INVALID', path: ['where', 'a'] },
      { code: 'VALUE_INVALID', path: ['where', 'c'] },
    ])
    expect(error.message).toContain('where: undefined is not a value')
  })
})
