import { describe, expect, it } from 'vitest'
import { defineSchema, field } from '../../src/contacts/schema.js'
import { readRule, ruleOf, type RuleOptions } from '../../src/rules/read-rule.js'

const schema = defineSchema({
  attributes: { score: field.number(), plan: field.oneOf('free', 'pro'), since: field.instant() },
  events: {
    purchase: {
      amount: field.number(),
      product: field.oneOf('boots', 'hats'),
      shipped: field.instant(),
      labels: field.list(field.text()),
    },
    open: {},
  },
  records: {
    orders: {
      total: field.number(),
      placedAt: field.instant(),
      due: field.day(),
      status: field.oneOf('open', 'won'),
      lines: field.records({
        id: field.number(),
        amount: field.number(),
        sent: field.day(),
        parts: field.records({ amount: field.number() }),
      }),
    },
    tickets: { subject: field.text() },
  },
})
const timeZone = 'Europe/Berlin'
const typed: RuleOptions = { schema }
const at = Date.UTC(2026, 0, 1)

const property = (name: string) => ({ get: 'property', name })
const attribute = (name: string) => ({ get: 'attribute', name })
const purchases = (more: object = {}) => ({ events: 'purchase', ...more })
const orders = (more: object = {}) => ({ records: ['orders'], ...more })
const some = (of: unknown) => ({ op: 'some', of })
const count = (of: unknown) => ({ get: 'count', of })
const exists = (left: unknown) => ({ op: 'exists', left })
const above = (left: unknown, right: unknown = 1) => ({ op: 'greaterThan', left, right })
const everyone = { op: 'everyone' }

/** Code and place of all that is wrong, with the nearest name where there is one. */
function issues(input: unknown, options: RuleOptions = {}): string[] {
  const result = readRule(input, options)
  if (result.ok) return []
  return result.issues.map(({ code, path, nearest }) =>
    [code, path.join('.'), ...(nearest === undefined ? [] : [nearest])].join(' '),
  )
}

function messages(input: unknown, options: RuleOptions = {}): string {
  const result = readRule(input, options)
  return result.ok ? '' : result.issues.map(({ message }) => message).join('\n')
}

describe('what comes out', () => {
  it('is frozen plain JSON in one order', () => {
    const where = { right: 1, left: property('amount'), op: 'greaterThan' }
    const window = { duration: 'P2W', window: 'inLast' }
    const rule = ruleOf({ of: { where, window, by: 'placedAt', records: ['orders', 'lines'] }, op: 'some' })
    expect(JSON.stringify(rule)).toBe(
      '{"op":"some","of":{"records":["orders","lines"],"by":"placedAt","window":{"window":"inLast","duration":"14d"},' +
        '"where":{"op":"greaterThan","left":{"get":"property","name":"amount"},"right":1}}}',
    )
    const parts: unknown[] = []
    JSON.stringify(rule, (_, value: unknown) => {
      parts.push(value)
      return value
    })
    expect(parts.every(Object.isFrozen)).toBe(true)
  })

  it('of an aggregate is its items, its number and its value', () => {
    const nth = { value: property('amount'), n: 2, of: { where: everyone, events: 'purchase' }, get: 'nth' }
    expect(JSON.stringify(ruleOf(above(nth)))).toBe(
      '{"op":"greaterThan","left":{"get":"nth","of":{"events":"purchase","where":{"op":"everyone"}},"n":2,' +
        '"value":{"get":"property","name":"amount"}},"right":1}',
    )
  })
})

describe('zones and weeks', () => {
  const windowOf = (window: object, of: object = purchases(), options: RuleOptions = { timeZone }): unknown =>
    (ruleOf(some({ ...of, window }), options) as unknown as { of: { window: unknown } }).of.window

  it('are written into the windows that need them', () => {
    expect(windowOf({ window: 'inLast', duration: 'P1M' })).toEqual({ window: 'inLast', duration: 'P1M', timeZone })
    const ago = { window: 'betweenAgo', from: 'P1M', to: 'P1Y' }
    expect(windowOf(ago)).toEqual({ ...ago, timeZone })
    const week = { window: 'inCalendar', period: { period: 'this', unit: 'week' } }
    expect(windowOf(week)).toEqual({ ...week, weekStartsOn: 'monday', timeZone })
    const month = { window: 'inCalendar', period: { period: 'this', unit: 'month' }, weekStartsOn: 'sunday' }
    expect(windowOf(month)).toEqual({ window: 'inCalendar', period: month.period, timeZone })
  })

  it('stay as they are where they are written, and are not written without one to write', () => {
    const window = { window: 'inLast', duration: 'P1M', timeZone: 'UTC' }
    expect(windowOf(window)).toEqual(window)
    expect(windowOf({ window: 'inLast', duration: 'P1M' }, purchases(), {})).toEqual({
      window: 'inLast',
      duration: 'P1M',
    })
  })

  it('do not matter to events in an exact duration, but to records, whose date may be a day', () => {
    const window = { window: 'moreThanAgo', duration: '60d', timeZone: 'UTC' }
    expect(windowOf(window)).toEqual({ window: 'moreThanAgo', duration: '60d' })
    expect(windowOf({ window: 'betweenAgo', from: '1d', to: '2d', timeZone: 'UTC' })).toEqual({
      window: 'betweenAgo',
      from: '1d',
      to: '2d',
    })
    expect(windowOf(window, orders({ by: 'due' }))).toEqual(window)
    expect(windowOf({ window: 'inNext', duration: '1d' }, orders({ by: 'due' }))).toEqual({
      window: 'inNext',
      duration: '1d',
      timeZone,
    })
  })

  it('are written into the periods that are counted', () => {
    const read = (unit: string, more: object = {}, options: RuleOptions = { timeZone }): object => {
      const left = { get: 'distinctPeriods', of: purchases(), unit, ...more }
      return (ruleOf(above(left), options) as unknown as { left: object }).left
    }
    expect(read('week')).toEqual({
      get: 'distinctPeriods',
      of: purchases(),
      unit: 'week',
      weekStartsOn: 'monday',
      timeZone,
    })
    expect(read('day', { weekStartsOn: 'sunday' })).not.toHaveProperty('weekStartsOn')
    expect(read('day')).toHaveProperty('timeZone', timeZone)
    expect(read('month', { timeZone: 'UTC' })).toHaveProperty('timeZone', 'UTC')
    expect(read('week', {}, {})).toEqual({ get: 'distinctPeriods', of: purchases(), unit: 'week' })
  })

  it('are those of the conditions inside, too', () => {
    const where = { op: 'inLast', left: property('shipped'), duration: '1d' }
    expect(ruleOf(some(purchases({ where })), { timeZone })).toMatchObject({ of: { where: { timeZone } } })
  })
})

describe('absolute windows', () => {
  const read = (window: object, options: RuleOptions = { timeZone }): unknown =>
    (
      ruleOf(some(purchases({ window: { window: 'absolute', ...window } })), options) as unknown as {
        of: { window: object }
      }
    ).of.window

  it('are resolved to milliseconds, written dates in the zone', () => {
    const berlin = at - 3_600_000
    expect(read({ from: '2026-01-01', to: '2026-01-01T12:00Z' })).toEqual({
      window: 'absolute',
      from: berlin,
      to: at + 12 * 3_600_000,
    })
    expect(read({ from: new Date(at) })).toEqual({ window: 'absolute', from: at })
    expect(read({ to: { instant: at + 0.5 } })).toEqual({ window: 'absolute', to: at })
    expect(read({ to: '2026-01-01' }, {})).toEqual({ window: 'absolute', to: at })
  })

  it.each<[string, object, string[]]>([
    ['without ends', {}, ['RULE_INVALID of.window']],
    ['of nothing', { from: at, to: at }, ['RULE_INVALID of.window.to']],
    ['the wrong way round', { from: at, to: 0 }, ['RULE_INVALID of.window.to']],
    ['of no dates', { from: 'soon', to: true }, ['DATE_INVALID of.window.from', 'VALUE_INVALID of.window.to']],
    ['of a day', { from: { day: '2026-01-01' } }, ['VALUE_INVALID of.window.from']],
    ['with a zone of their own', { from: at, timeZone: 'UTC' }, ['RULE_INVALID of.window.timeZone']],
  ])('%s are refused', (_, window, expected) => {
    expect(issues(some(purchases({ window: { window: 'absolute', ...window } })))).toEqual(expected)
  })
})

describe('windows', () => {
  it.each<[string, unknown, string[]]>([
    ['no object', 'inLast', ['RULE_INVALID of.window']],
    ['no name', { duration: '1d' }, ['RULE_INVALID of.window.window']],
    ['an unknown name', { window: 'inLst', duration: '1d' }, ['RULE_INVALID of.window.window inLast']],
    ['a name from a prototype', { window: 'toString' }, ['RULE_INVALID of.window.window']],
    ['a missing duration', { window: 'inLast' }, ['RULE_INVALID of.window.duration']],
    ['another’s property', { window: 'inLast', duration: '1d', period: 1 }, ['RULE_INVALID of.window.period']],
    ['a date', { window: 'inLast', duration: '1d', left: 1 }, ['RULE_INVALID of.window.left']],
    ['no duration', { window: 'inLast', duration: 60 }, ['DURATION_INVALID of.window.duration']],
    ['ends of two kinds', { window: 'betweenAgo', from: '1d', to: 'P1M' }, ['DURATION_INVALID of.window.to']],
    ['ends the wrong way round', { window: 'betweenAgo', from: '2d', to: '1d' }, ['DURATION_INVALID of.window.to']],
    ['no zone', { window: 'inLast', duration: '1d', timeZone: 'Nowhere' }, ['TIME_ZONE_UNKNOWN of.window.timeZone']],
    ['no period', { window: 'inCalendar', period: 'today' }, ['RULE_INVALID of.window.period']],
  ])('%s', (_, window, expected) => {
    expect(issues(some(purchases({ window })))).toEqual(expected)
  })

  it('are not in the future for events', () => {
    const window = { window: 'inNext', duration: '1d' }
    expect(issues(some(purchases({ window })))).toEqual(['RULE_INVALID of.window.window'])
    expect(messages(some(purchases({ window })))).toContain('has not happened')
    expect(issues(some(orders({ by: 'due', window })))).toEqual([])
  })
})

describe('items', () => {
  it.each<[string, unknown, string[]]>([
    ['no object', 'purchase', ['RULE_INVALID of']],
    ['a list', [purchases()], ['RULE_INVALID of']],
    ['neither', {}, ['RULE_INVALID of']],
    ['both', { events: 'purchase', records: ['orders'] }, ['RULE_INVALID of.records']],
    ['an unknown property', purchases({ wher: everyone }), ['RULE_INVALID of.wher where']],
    ['a date of events', purchases({ by: 'shipped' }), ['RULE_INVALID of.by']],
    ['an empty type', { events: '' }, ['RULE_INVALID of.events']],
    ['no list of names', { records: 'orders' }, ['RULE_INVALID of.records']],
    ['no names', { records: [] }, ['RULE_INVALID of.records']],
    ['an empty name', { records: ['orders', ''] }, ['RULE_INVALID of.records.1']],
    ['too many names', { records: ['a', 'b', 'c', 'd', 'e'] }, ['RULE_INVALID of.records.3']],
    ['no rule', purchases({ where: true }), ['RULE_INVALID of.where']],
    ['an empty group', purchases({ where: { op: 'all', rules: [] } }), ['RULE_EMPTY of.where.rules']],
    ['no name of a date', orders({ by: 7 }), ['RULE_INVALID of.by']],
  ])('%s', (_, of, expected) => {
    expect(issues(some(of))).toEqual(expected)
  })

  it('of `every` are records', () => {
    expect(issues({ op: 'every', of: purchases(), rule: everyone })).toEqual([
      'RULE_INVALID of.events',
      'RULE_INVALID of.records',
    ])
    expect(issues({ op: 'every', of: orders() })).toEqual(['RULE_INVALID rule'])
    expect(issues({ op: 'every', of: orders(), rule: exists(property('a')) })).toEqual([])
  })

  it('are needed', () => {
    expect(issues({ op: 'some' })).toEqual(['RULE_INVALID of'])
    expect(issues(above({ get: 'count' }))).toEqual(['RULE_INVALID left.of'])
    expect(issues(above({ get: 'sum', of: purchases() }))).toEqual(['RULE_INVALID left.value'])
  })

  it.each<[unknown, string[]]>([
    [0, ['RULE_INVALID left.n']],
    [1.5, ['RULE_INVALID left.n']],
    [1_000_001, ['RULE_INVALID left.n']],
    ['1', ['RULE_INVALID left.n']],
    [1, []],
    [1_000_000, []],
  ])('the nth of which is %j', (n, expected) => {
    expect(issues(exists({ get: 'nth', of: purchases(), n }))).toEqual(expected)
  })

  it('are counted by days, weeks and months', () => {
    expect(issues(above({ get: 'distinctPeriods', of: purchases(), unit: 'weeks' }))).toEqual([
      'RULE_INVALID left.unit week',
    ])
  })
})

describe('the time of records', () => {
  it.each<[string, unknown]>([
    ['a window', some(orders({ window: { window: 'inLast', duration: '1d' } }))],
    ['the first', exists({ get: 'first', of: orders() })],
    ['the last', exists({ get: 'last', of: orders(), value: property('total') })],
    ['the second', exists({ get: 'nth', of: orders(), n: 2 })],
    ['their days', exists({ get: 'distinctPeriods', of: orders(), unit: 'day' })],
  ])('is that of a field, which %s needs', (_, rule) => {
    const [issue, ...more] = issues(rule)
    expect(issue).toMatch(/^RULE_INVALID (left\.)?of\.by$/)
    expect(more).toEqual([])
  })

  it('is a date', () => {
    const last = (by: string, options?: RuleOptions) => issues(exists({ get: 'last', of: orders({ by }) }), options)
    expect(last('placedAt', typed)).toEqual([])
    expect(last('due', typed)).toEqual([])
    expect(last('total', typed)).toEqual(['TYPE_MISMATCH left.of.by'])
    expect(last('id', typed)).toEqual(['TYPE_MISMATCH left.of.by'])
    expect(last('lines', typed)).toEqual(['TYPE_MISMATCH left.of.by'])
    expect(last('placdAt', typed)).toEqual(['PROPERTY_UNKNOWN left.of.by placedAt'])
    expect(last('whatever')).toEqual([])
  })
})

describe('conditions on an event or record', () => {
  const beside: [string, object][] = [
    ['a tag', { op: 'hasTag', tag: 'VIP' }],
    ['tags', { op: 'hasAnyTag', tags: ['VIP'] }],
    ['tags by a pattern', { op: 'hasTagLike', pattern: '*' }],
    ['a holder', { op: 'tagHeldBy', tag: 'VIP', holder: 'person' }],
    ['a segment', { op: 'inSegment', segment: 'vip' }],
    ['a sample', { op: 'inSample', salt: 's', from: 0, to: 1 }],
    ['a sequence', { op: 'sequence', steps: [{ of: purchases() }, { of: purchases() }] }],
    ['the id', exists({ get: 'contactId' })],
    ['the number of tags', above({ get: 'tagCount' })],
    ['the time of a tag', exists({ get: 'tagAdded', tag: 'VIP' })],
    ['other events', some(purchases())],
    ['the number of other events', above(count({ events: 'open' }))],
  ]

  it.each(beside)('are not about %s, which stands beside', (_, where) => {
    for (const rule of [
      some(purchases({ where })),
      some(orders({ where: { op: 'not', rule: where } })),
      { op: 'every', of: orders(), rule: where },
      above(count(orders({ where }))),
      some(orders({ where: some({ records: ['lines'], where }) })),
    ]) {
      expect(issues(rule)).toHaveLength(1)
      expect(messages(rule)).toContain('beside an aggregate, not in it')
    }
    expect(issues({ op: 'all', rules: [where, some(purchases())] })).toEqual([])
  })

  it('are not about records, where they are about an event', () => {
    expect(issues(some(purchases({ where: some(orders()) })))).toEqual(['RULE_INVALID of.where.of.records'])
    expect(messages(some(purchases({ where: some(orders()) })))).toContain('beside an aggregate, not in it')
  })

  it('are about records inside, not about the contact’s others', () => {
    expect(issues(some(orders({ where: some({ records: ['lines', 'parts'] }) })), typed)).toEqual([])
    expect(issues(some(orders({ where: some({ records: ['tickets'] }) })), typed)).toEqual([
      'COLLECTION_UNKNOWN of.where.of.records.0',
    ])
    expect(messages(some(orders({ where: some({ records: ['tickets'] }) })), typed)).toContain(
      'beside an aggregate, not in it',
    )
  })

  it('are as deep as records are', () => {
    const inside = (names: string[], rule: unknown): unknown => some({ records: names, where: rule })
    expect(issues(inside(['a'], inside(['b'], inside(['c'], everyone))))).toEqual([])
    expect(issues(inside(['a', 'b'], inside(['c'], everyone)))).toEqual([])
    expect(issues(inside(['a', 'b'], inside(['c', 'd'], everyone)))).toEqual(['RULE_INVALID of.where.of.records.1'])
    expect(issues(inside(['a', 'b', 'c'], inside(['d'], everyone)))).toEqual(['RULE_INVALID of.where.of.records.0'])
  })

  it('may be about attributes, and compare them with properties', () => {
    const where = above(property('amount'), attribute('score'))
    expect(issues(some(purchases({ where })), typed)).toEqual([])
    expect(issues(some(purchases({ where: above(property('amount'), attribute('scor')) })), typed)).toEqual([
      'ATTRIBUTE_UNKNOWN of.where.right.name score',
    ])
  })

  it('have properties, which nothing else has', () => {
    expect(issues(exists(property('amount')))).toEqual(['RULE_INVALID left.get'])
    expect(
      issues({ op: 'all', rules: [some(purchases({ where: exists(property('a')) })), exists(property('a'))] }),
    ).toEqual(['RULE_INVALID rules.1.left.get'])
    expect(issues(above({ get: 'plus', left: count(purchases()), right: property('amount') }))).toEqual([
      'RULE_INVALID left.right.get',
    ])
  })

  it('may have groups, and records inside with a time of their own', () => {
    const line = { records: ['lines'], by: 'sent', window: { window: 'inLast', duration: 'P1M' } }
    const where = {
      op: 'any',
      rules: [
        { op: 'not', rule: some(line) },
        { op: 'someOf', count: 1, rules: [everyone] },
      ],
    }
    expect(issues(some(orders({ where })), typed)).toEqual([])
  })
})

describe('with a schema', () => {
  it.each<[string, unknown, string[]]>([
    ['an unknown event', some({ events: 'purchse' }), ['EVENT_TYPE_UNKNOWN of.events purchase']],
    ['an event from a prototype', some({ events: '__proto__' }), ['EVENT_TYPE_UNKNOWN of.events']],
    ['an unknown collection', some({ records: ['order'] }), ['COLLECTION_UNKNOWN of.records.0 orders']],
    ['unknown records inside', some({ records: ['orders', 'line'] }), ['COLLECTION_UNKNOWN of.records.1 lines']],
    ['values where records should be', some({ records: ['orders', 'total'] }), ['COLLECTION_UNKNOWN of.records.1']],
    ['records inside what has none', some({ records: ['tickets', 'lines'] }), ['COLLECTION_UNKNOWN of.records.1']],
    [
      'an unknown property of an event',
      some(purchases({ where: exists(property('amont')) })),
      ['PROPERTY_UNKNOWN of.where.left.name amount'],
    ],
    [
      'a property of an event that has none',
      some({ events: 'open', where: exists(property('amount')) }),
      ['PROPERTY_UNKNOWN of.where.left.name'],
    ],
    [
      'the records inside as a property',
      some(orders({ where: exists(property('lines')) })),
      ['TYPE_MISMATCH of.where.left.name'],
    ],
    [
      'a property of the records around',
      some({ records: ['orders', 'lines'], where: exists(property('total')) }),
      ['PROPERTY_UNKNOWN of.where.left.name'],
    ],
    [
      'a property of records inside records inside',
      some({ records: ['orders', 'lines', 'parts'], where: above(property('amount')) }),
      [],
    ],
    [
      'an attribute of another type',
      some(purchases({ where: above(attribute('plan')) })),
      ['TYPE_MISMATCH of.where.left'],
    ],
    [
      'what is about an unknown event',
      some({ events: 'x', where: exists(property('any')) }),
      ['EVENT_TYPE_UNKNOWN of.events'],
    ],
  ])('%s', (_, rule, expected) => {
    expect(issues(rule, typed)).toEqual(expected)
  })

  it('literals are read by the properties beside them', () => {
    const where = (right: unknown, name: string, op = 'equals') => {
      const rule = ruleOf(some(orders({ where: { op, left: property(name), right } })), { schema, timeZone })
      return (rule as unknown as { of: { where: { right: unknown } } }).of.where.right
    }
    expect(where('2026-01-01', 'placedAt', 'before')).toEqual({ instant: at - 3_600_000 })
    expect(where('2026-01-01', 'due')).toEqual({ day: '2026-01-01' })
    expect(where('2026-01-01', 'id')).toBe('2026-01-01')
    expect(issues(some(orders({ where: { op: 'equals', left: property('status'), right: 'opn' } })), typed)).toEqual([
      'VALUE_INVALID of.where.right open',
    ])
  })

  it('the id of a record is a text; records inside have one only where they say so', () => {
    const where = { op: 'startsWith', left: property('id'), right: 'A' }
    expect(issues(some(orders({ where })), typed)).toEqual([])
    expect(issues(some(orders({ where })))).toEqual([])
    expect(issues(some(orders({ where: above(property('id')) })))).toEqual(['TYPE_MISMATCH of.where.left'])
    expect(issues(some({ records: ['orders', 'lines'], where }), typed)).toEqual(['TYPE_MISMATCH of.where.left'])
    expect(issues(some({ records: ['orders', 'lines'], where: above(property('id')) }), typed)).toEqual([])
    expect(issues(some({ records: ['orders', 'lines', 'parts'], where }), typed)).toEqual([
      'PROPERTY_UNKNOWN of.where.left.name',
    ])
    expect(issues(some(purchases({ where })), typed)).toEqual(['PROPERTY_UNKNOWN of.where.left.name'])
  })

  it('says what a property is of', () => {
    expect(messages(some(purchases({ where: exists(property('amont')) })), typed)).toBe(
      'In the event "purchase" there is no property "amont"; did you mean "amount"?',
    )
    expect(messages(some({ records: ['orders', 'lines'], where: exists(property('amont')) }), typed)).toBe(
      'In the records "orders.lines" there is no property "amont"; did you mean "amount"?',
    )
  })
})

describe('what aggregates are of and give', () => {
  const of = purchases()
  const aggregate = (get: string, name?: string, more: object = {}) => ({
    get,
    of,
    ...more,
    ...(name === undefined ? {} : { value: property(name) }),
  })

  it.each<[string, unknown, string[]]>([
    ['the sum of texts', above(aggregate('sum', 'product')), ['TYPE_MISMATCH left.value']],
    ['the average of dates', above(aggregate('average', 'shipped')), ['TYPE_MISMATCH left.value']],
    ['the least text', exists(aggregate('minimum', 'product')), ['TYPE_MISMATCH left.value']],
    ['the greatest list', exists(aggregate('maximum', 'labels')), ['TYPE_MISMATCH left.value']],
    ['the latest date', exists(aggregate('maximum', 'shipped')), []],
    ['the most frequent list', exists(aggregate('mostFrequent', 'labels')), ['TYPE_MISMATCH left.value']],
    ['different lists', above(aggregate('distinct', 'labels')), []],
    ['an unknown property', above(aggregate('sum', 'amont')), ['PROPERTY_UNKNOWN left.value.name amount']],
    ['a number among texts', { op: 'contains', left: aggregate('sum', 'amount'), right: 'a' }, ['TYPE_MISMATCH left']],
    ['a sum compared with a text', above(aggregate('sum', 'amount'), 'a'), ['TYPE_MISMATCH right']],
    ['the last product', { op: 'contains', left: aggregate('last', 'product'), right: 'oo' }, []],
    ['the last product as a number', above(aggregate('last', 'product')), ['TYPE_MISMATCH left']],
    ['when the last was, as a number', above(aggregate('last')), ['TYPE_MISMATCH left']],
    ['when the last was', { op: 'inLast', left: aggregate('last'), duration: '1d' }, []],
    [
      'a most frequent product that there is not',
      { op: 'equals', left: aggregate('mostFrequent', 'product'), right: 'boot' },
      ['VALUE_INVALID right boots'],
    ],
    ['the sum of a sum', above({ get: 'plus', left: aggregate('sum', 'amount'), right: count(of) }), []],
    ['one sum and another', above(aggregate('sum', 'amount'), aggregate('average', 'amount')), []],
    ['the length of the first list', above({ get: 'length', of: aggregate('first', 'labels') }), []],
    [
      'days after the first',
      { op: 'before', left: { get: 'later', of: aggregate('first'), duration: '7d' }, right: attribute('since') },
      [],
    ],
    ['a value for a count', above({ ...count(of), value: property('amount') }), ['RULE_INVALID left.value']],
  ])('%s', (_, rule, expected) => {
    expect(issues(rule, typed)).toEqual(expected)
  })

  it('a value may be computed, or a literal', () => {
    const product = { get: 'times', left: property('amount'), right: attribute('score') }
    expect(issues(above({ get: 'sum', of, value: product }), typed)).toEqual([])
    expect(issues(above({ get: 'sum', of, value: 2 }), typed)).toEqual([])
    expect(issues(above({ get: 'sum', of, value: 'a' }))).toEqual(['TYPE_MISMATCH left.value'])
    expect(issues(above({ get: 'sum', of, value: null }))).toEqual(['VALUE_INVALID left.value'])
    expect(issues(above({ get: 'sum', of, value: everyone }))).toEqual(['VALUE_INVALID left.value'])
    expect(issues(above({ get: 'sum', of, value: { get: 'tagCount' } }))).toEqual(['RULE_INVALID left.value.get'])
    const lines = { get: 'sum', of: { records: ['lines'] }, value: property('amount') }
    expect(issues(above({ get: 'maximum', of: orders(), value: lines }), typed)).toEqual([])
  })

  it('literals are read by what they give', () => {
    const after = { op: 'after', left: aggregate('last'), right: '2026-01-01' }
    expect(ruleOf(after, { timeZone })).toMatchObject({ right: { instant: at - 3_600_000 } })
    const due = { op: 'equals', left: { get: 'maximum', of: orders(), value: property('due') }, right: '2026-01-01' }
    expect(ruleOf(due, { schema, timeZone })).toMatchObject({ right: { day: '2026-01-01' } })
  })

  it('without a schema is anything', () => {
    expect(issues({ op: 'contains', left: aggregate('last', 'product'), right: 'a' })).toEqual([])
    expect(issues({ op: 'contains', left: aggregate('maximum', 'product'), right: 'a' })).toEqual([
      'TYPE_MISMATCH left',
    ])
    expect(issues({ op: 'containsAny', left: aggregate('mostFrequent', 'product'), right: ['a'] })).toEqual([
      'TYPE_MISMATCH left',
    ])
    expect(issues({ op: 'containsAny', left: aggregate('first', 'product'), right: ['a'] })).toEqual([])
  })
})
