import { describe, expect, it } from 'vitest'
import { isCoterieError } from '../../src/base/errors.js'
import { defineSchema, field } from '../../src/contacts/schema.js'
import { readRule, ruleOf, type RuleOptions } from '../../src/rules/read-rule.js'

const schema = defineSchema({
  attributes: {
    plan: field.oneOf('free', 'pro'),
    name: field.text(),
    score: field.number(),
    optedIn: field.boolean(),
    since: field.instant(),
    birthday: field.day(),
    labels: field.list(field.text()),
    sizes: field.list(field.number()),
    colours: field.list(field.oneOf('red', 'green')),
  },
})
const timeZone = 'Europe/Berlin'
const attribute = (name: string) => ({ get: 'attribute', name })
const at = Date.UTC(2026, 0, 1)
const everyone = { op: 'everyone' }

/** Code and place of all that is wrong, with the nearest name where there is one. */
function issues(input: unknown, options: RuleOptions = {}): string[] {
  const result = readRule(input, options)
  if (result.ok) return []
  return result.issues.map(({ code, path, nearest }) =>
    [code, path.join('.'), ...(nearest === undefined ? [] : [nearest])].join(' '),
  )
}

describe('what comes out', () => {
  it('is frozen plain JSON in the order of the table', () => {
    const rule = ruleOf({ rules: [{ right: ['a', 'b'], left: attribute('labels'), op: 'containsAny' }], op: 'all' })
    expect(JSON.stringify(rule)).toBe(
      '{"op":"all","rules":[{"op":"containsAny","left":{"get":"attribute","name":"labels"},"right":["a","b"]}]}',
    )
    const parts: unknown[] = []
    JSON.stringify(rule, (_, value: unknown) => {
      parts.push(value)
      return value
    })
    expect(parts.every(Object.isFrozen)).toBe(true)
  })

  it.each<[string, object, object]>([
    ['durations are written one way', { op: 'inLast', left: attribute('a'), duration: 'P2W' }, { duration: '14d' }],
    ['calendar durations too', { op: 'inNext', left: attribute('a'), duration: 'P18M' }, { duration: 'P1Y6M' }],
    [
      'a flag that is off is left out',
      { op: 'contains', left: attribute('a'), right: 'x', ignoreCase: false },
      { ignoreCase: undefined },
    ],
    [
      'a flag that is on stays',
      { op: 'contains', left: attribute('a'), right: 'x', ignoreCase: true },
      { ignoreCase: true },
    ],
    [
      'the usual leap day is left out',
      { op: 'anniversaryIn', left: attribute('a'), days: 7, current: false, leapDay: 'feb28' },
      { leapDay: undefined, current: false },
    ],
    [
      'undefined is left out',
      { op: 'inLast', left: attribute('a'), duration: '1d', timeZone: undefined },
      { timeZone: undefined },
    ],
    ['tags stand once', { op: 'hasAnyTag', tags: ['b', 'a', 'b'] }, { tags: ['b', 'a'] }],
    [
      'options stand once',
      { op: 'in', left: attribute('a'), right: [1, 2, 1, [1, 2], [2, 1]] },
      { right: [1, 2, [1, 2]] },
    ],
    ['a Date is an instant', { op: 'after', left: attribute('a'), right: new Date(at) }, { right: { instant: at } }],
    ['−0 is 0', { op: 'inSample', salt: 's', from: -0, to: 1 }, { from: 0 }],
  ])('%s', (_, input, part) => {
    const rule = ruleOf(input) as object
    const defined = Object.entries(part).filter(([, value]) => value !== undefined)
    expect(rule).toMatchObject(Object.fromEntries(defined))
    for (const [name, value] of Object.entries(part)) if (value === undefined) expect(rule).not.toHaveProperty(name)
  })
})

describe('literals', () => {
  const right = (op: string, name: string, literal: unknown): unknown =>
    (ruleOf({ op, left: attribute(name), right: literal }, { schema, timeZone }) as { right?: unknown }).right

  it('are read by the type of the other side', () => {
    const berlin = { instant: at - 3_600_000 }
    expect(right('before', 'since', '2026-01-01')).toEqual(berlin)
    expect(right('after', 'since', at)).toEqual({ instant: at })
    expect(right('equals', 'since', '2026-01-01T00:00Z')).toEqual({ instant: at })
    expect(right('in', 'since', ['2026-01-01', at])).toEqual([berlin, { instant: at }])
    expect(right('equals', 'birthday', '2026-01-01')).toEqual({ day: '2026-01-01' })
    expect(right('equals', 'name', '2026-01-01')).toBe('2026-01-01')
    expect(right('equals', 'sizes', [2, 2, 1])).toEqual([2, 1])
  })

  it('on either side', () => {
    const rule = ruleOf({ op: 'before', left: '2026-01-01', right: attribute('since') }, { schema, timeZone })
    expect(rule).toMatchObject({ left: { instant: at - 3_600_000 } })
    const later = { get: 'later', of: { instant: at }, duration: 'P0M' }
    expect(ruleOf({ op: 'before', left: -1, right: later })).toMatchObject({ left: { instant: -1 } })
    const last = ruleOf({ op: 'in', left: '2026-01-01', right: [attribute('birthday')] }, { schema, timeZone })
    expect(last).toMatchObject({ left: { day: '2026-01-01' } })
  })

  it('of both kinds beside each other, where what is asked is which comes first', () => {
    for (const op of ['before', 'after', 'on'])
      expect(issues({ op, left: attribute('since'), right: attribute('birthday') }, { schema, timeZone })).toEqual([])
    expect(issues({ op: 'equals', left: attribute('since'), right: attribute('birthday') }, { schema })).toEqual([
      'TYPE_MISMATCH right',
    ])
  })

  it('in the zone of their own node where it has one', () => {
    const input = { op: 'before', left: attribute('since'), right: '2026-01-01', timeZone: 'Asia/Tokyo' }
    expect(ruleOf(input, { schema, timeZone })).toMatchObject({
      right: { instant: at - 9 * 3_600_000 },
      timeZone: 'Asia/Tokyo',
    })
  })

  it('against a value that is computed', () => {
    expect(right('after', 'since', '2026-01-01T00:00Z')).toEqual({ instant: at })
    const later = { get: 'later', of: attribute('since'), duration: '1d' }
    expect(ruleOf({ op: 'after', left: later, right: at }, { schema })).toMatchObject({ right: { instant: at } })
    const added = { get: 'tagAdded', tag: 'VIP' }
    expect(ruleOf({ op: 'after', left: added, right: '2026-01-01' })).toMatchObject({ right: { instant: at } })
    const moved = { get: 'plus', left: attribute('since'), right: 1000 }
    expect(ruleOf({ op: 'after', left: moved, right: at }, { schema })).toMatchObject({
      left: { right: 1000 },
      right: { instant: at },
    })
  })

  it('a written day is a day where it is asked what lies on it', () => {
    expect(right('on', 'since', '2026-01-01')).toEqual({ day: '2026-01-01' })
    expect(right('on', 'since', '2026-01-01T00:00')).toEqual({ instant: at - 3_600_000 })
  })

  it('a date with a time is an instant also against a day', () => {
    expect(right('before', 'birthday', '2026-01-01')).toEqual({ day: '2026-01-01' })
    expect(right('before', 'birthday', '2026-01-01T00:00Z')).toEqual({ instant: at })
    expect(right('before', 'birthday', at)).toEqual({ instant: at })
    expect(right('on', 'since', { day: '2026-01-01' })).toEqual({ day: '2026-01-01' })
    expect(issues({ op: 'equals', left: attribute('birthday'), right: at }, { schema })).toEqual([
      'TYPE_MISMATCH right',
    ])
    expect(issues({ op: 'equals', left: attribute('birthday'), right: '2026-01-01T00:00' }, { schema })).toEqual([
      'DATE_INVALID right',
    ])
  })

  it('are what they are without a schema', () => {
    expect(ruleOf({ op: 'equals', left: attribute('a'), right: '2026-01-01' })).toMatchObject({ right: '2026-01-01' })
    expect(issues({ op: 'before', left: attribute('a'), right: '2026-01-01' })).toEqual(['TYPE_MISMATCH right'])
  })

  it('must be one of the texts that the field can hold, as a whole', () => {
    expect(issues({ op: 'equals', left: attribute('plan'), right: 'fre' }, { schema })).toEqual([
      'VALUE_INVALID right free',
    ])
    expect(issues({ op: 'notIn', left: attribute('plan'), right: ['pro', 'fre'] }, { schema })).toEqual([
      'VALUE_INVALID right.1 free',
    ])
    expect(issues({ op: 'containsAny', left: attribute('colours'), right: ['gren'] }, { schema })).toEqual([
      'VALUE_INVALID right.0 green',
    ])
    expect(issues({ op: 'startsWith', left: attribute('plan'), right: 'fr' }, { schema })).toEqual([])
  })

  it.each([null, Number.NaN, {}, [1, 'a'], { day: '2026-02-30' }, 'a\0', () => 1, { op: 'everyone' }])(
    'cannot be %j',
    (literal) => {
      const [issue, ...more] = issues({ op: 'equals', left: attribute('a'), right: literal })
      expect(issue).toMatch(/^(VALUE|DATE)_INVALID right/)
      expect(more).toEqual([])
    },
  )
})

describe('zones and weeks', () => {
  const window = { op: 'inLast', left: attribute('a'), duration: '60d' }
  const zoneOf = (input: object, options: RuleOptions = { timeZone }): unknown =>
    (ruleOf(input, options) as { timeZone?: unknown }).timeZone

  it('are written into every node that needs them', () => {
    expect(zoneOf(window)).toBe(timeZone)
    expect(zoneOf({ op: 'anniversaryIn', left: attribute('a'), days: 1, current: true })).toBe(timeZone)
    for (const op of ['before', 'after', 'on'])
      expect(zoneOf({ op, left: attribute('a'), right: { day: '2026-01-01' } })).toBe(timeZone)
    const shifted = { get: 'later', of: attribute('a'), duration: 'P1M' }
    expect(ruleOf({ op: 'exists', left: shifted }, { timeZone })).toMatchObject({ left: { timeZone } })
  })

  it('stay as they are where they are written', () => {
    expect(zoneOf({ ...window, timeZone: 'UTC' })).toBe('UTC')
  })

  it('are not written without one to write', () => {
    expect(zoneOf(window, {})).toBeUndefined()
  })

  it('are left out where they cannot matter', () => {
    const shifted = { get: 'earlier', of: attribute('a'), duration: '1d', timeZone: 'UTC' }
    expect(ruleOf({ op: 'exists', left: shifted }, { timeZone })).toEqual({
      op: 'exists',
      left: { get: 'earlier', of: attribute('a'), duration: '1d' },
    })
    const between = { op: 'between', left: attribute('score'), low: 1, high: attribute('score'), timeZone: 'UTC' }
    expect(zoneOf(between, { timeZone, schema })).toBeUndefined()
    expect(zoneOf({ ...between, low: { get: 'tagCount' } })).toBeUndefined()
    expect(zoneOf({ ...between, low: attribute('score') }, { timeZone: 'Asia/Tokyo' })).toBe('UTC')
    expect(
      zoneOf({ op: 'between', left: attribute('since'), low: at, high: attribute('birthday') }, { timeZone, schema }),
    ).toBe(timeZone)
  })

  it('are left out where they say only what is so anyway, and nothing else is', () => {
    const anniversary = { op: 'anniversaryIn', left: attribute('a'), days: 1, current: false }
    expect(ruleOf({ ...anniversary, leapDay: 'feb28' })).toEqual(anniversary)
    expect(ruleOf({ ...anniversary, leapDay: 'mar1' })).toEqual({ ...anniversary, leapDay: 'mar1' })
    const contains = { op: 'contains', left: attribute('a'), right: 'x' }
    expect(ruleOf({ ...contains, ignoreCase: false })).toEqual(contains)
    expect(ruleOf({ ...contains, ignoreCase: true })).toEqual({ ...contains, ignoreCase: true })
    expect(ruleOf({ op: 'hasTag', tag: 'feb28' })).toEqual({ op: 'hasTag', tag: 'feb28' })
    const zoned = { get: 'distinctPeriods', of: { events: 'visit' }, unit: 'day' }
    expect(ruleOf({ op: 'exists', left: zoned }, { timeZone })).toMatchObject({ left: { timeZone } })
    const of = { events: 'visit', window: { window: 'inLast', duration: 'P1M' } }
    expect(ruleOf({ op: 'some', of }, { timeZone })).toMatchObject({ of: { window: { timeZone } } })
  })

  it('carry a zone whether or not a schema tells that they compare numbers, so that they read the same without it', () => {
    const score = attribute('score')
    const between = { op: 'between', left: score, low: score, high: score }
    const read = ruleOf(between, { timeZone: 'UTC', schema })
    expect(zoneOf(between, { timeZone: 'UTC', schema })).toBe('UTC')
    expect(ruleOf(read, { timeZone: 'UTC' })).toStrictEqual(read)
    const moved = { ...between, left: { get: 'plus', left: score, right: 1 } }
    expect(zoneOf(moved, { timeZone: 'UTC', schema })).toBe('UTC')
    expect(
      zoneOf({ ...moved, left: { get: 'times', left: score, right: 1 } }, { timeZone: 'UTC', schema }),
    ).toBeUndefined()
  })

  it('say when weeks begin where periods are of weeks', () => {
    const of = (period: object, options: RuleOptions, more: object = {}): unknown =>
      (ruleOf({ op: 'inCalendar', left: attribute('a'), period, ...more }, options) as { weekStartsOn?: unknown })
        .weekStartsOn
    const week = { period: 'this', unit: 'week' }
    expect(of(week, { timeZone })).toBe('monday')
    expect(of(week, { timeZone, weekStartsOn: 'sunday' })).toBe('sunday')
    expect(of(week, { weekStartsOn: 'sunday' })).toBe('sunday')
    expect(of(week, { weekStartsOn: 'sunday' }, { weekStartsOn: 'friday' })).toBe('friday')
    expect(of(week, {})).toBeUndefined()
    expect(of({ period: 'this', unit: 'month' }, { timeZone }, { weekStartsOn: 'friday' })).toBeUndefined()
  })
})

describe('types', () => {
  it.each<[string, object, string[]]>([
    [
      'an operator on a type that it is not about',
      { op: 'greaterThan', left: attribute('name'), right: 3 },
      ['TYPE_MISMATCH left'],
    ],
    ['a literal of another type', { op: 'equals', left: attribute('score'), right: '3' }, ['TYPE_MISMATCH right']],
    [
      'an attribute of another type',
      { op: 'equals', left: attribute('score'), right: attribute('name') },
      ['TYPE_MISMATCH right'],
    ],
    [
      'an instant and a day are never equal',
      { op: 'equals', left: attribute('since'), right: attribute('birthday') },
      ['TYPE_MISMATCH right'],
    ],
    ['but they have an order', { op: 'before', left: attribute('since'), right: attribute('birthday') }, []],
    [
      'and ends of either type',
      { op: 'between', left: attribute('since'), low: attribute('birthday'), high: '2026-01-01' },
      [],
    ],
    [
      'a number is between numbers',
      { op: 'between', left: attribute('score'), low: 1, high: attribute('since') },
      ['TYPE_MISMATCH high'],
    ],
    [
      'one of several options',
      { op: 'in', left: attribute('score'), right: [1, 'a', attribute('name')] },
      ['TYPE_MISMATCH right.1', 'TYPE_MISMATCH right.2'],
    ],
    ['a window over a number', { op: 'inLast', left: attribute('score'), duration: '1d' }, ['TYPE_MISMATCH left']],
    [
      'the length of a text',
      { op: 'equals', left: { get: 'length', of: attribute('name') }, right: 1 },
      ['TYPE_MISMATCH left.of'],
    ],
    [
      'a sum of texts',
      { op: 'equals', left: { get: 'plus', left: attribute('name'), right: 'a' }, right: 1 },
      ['TYPE_MISMATCH left.left', 'TYPE_MISMATCH left.right'],
    ],
    [
      'a date plus a number',
      {
        op: 'before',
        left: { get: 'plus', left: attribute('birthday'), right: attribute('score') },
        right: '2026-01-01',
      },
      [],
    ],
    [
      'a date plus a date',
      { op: 'before', left: { get: 'minus', left: attribute('since'), right: attribute('since') }, right: 1 },
      ['TYPE_MISMATCH left.right'],
    ],
    [
      'a date times a number',
      { op: 'exists', left: { get: 'times', left: attribute('since'), right: 2 } },
      ['TYPE_MISMATCH left.left'],
    ],
    [
      'a text moved by a duration',
      { op: 'exists', left: { get: 'later', of: attribute('name'), duration: '1d' } },
      ['TYPE_MISMATCH left.of'],
    ],
    ['emptiness of a number', { op: 'isEmpty', left: attribute('score') }, ['TYPE_MISMATCH left']],
    ['whether a flag is there', { op: 'exists', left: attribute('optedIn') }, []],
    [
      'a list of numbers among texts',
      { op: 'containsAny', left: attribute('labels'), right: [1] },
      ['VALUE_INVALID right.0'],
    ],
  ])('%s', (_, rule, expected) => {
    expect(issues(rule, { schema })).toEqual(expected)
  })

  it.each<[string, object, string[]]>([
    ['attributes are of any type', { op: 'greaterThan', left: attribute('a'), right: attribute('b') }, []],
    ['literals are not', { op: 'greaterThan', left: attribute('a'), right: 'b' }, ['TYPE_MISMATCH right']],
    ['nor are counts', { op: 'contains', left: { get: 'tagCount' }, right: 'b' }, ['TYPE_MISMATCH left']],
    ['nor is the id', { op: 'atLeast', left: { get: 'contactId' }, right: 1 }, ['TYPE_MISMATCH left']],
    [
      'nor is a length',
      { op: 'equals', left: { get: 'length', of: attribute('a') }, right: 'b' },
      ['TYPE_MISMATCH right'],
    ],
    ['two literals', { op: 'equals', left: 1, right: 'a' }, ['TYPE_MISMATCH right']],
    ['options of several types', { op: 'in', left: attribute('a'), right: [1, 'a', { day: '2026-01-01' }] }, []],
    [
      'bounds of two types',
      { op: 'between', left: attribute('a'), low: 1, high: { day: '2026-01-01' } },
      ['TYPE_MISMATCH high'],
    ],
    [
      'bounds in the wrong order are never true, and allowed',
      { op: 'between', left: attribute('a'), low: 2, high: 1 },
      [],
    ],
    [
      'a sum can be a number or a date',
      { op: 'contains', left: { get: 'plus', left: attribute('a'), right: 1 }, right: 'b' },
      ['TYPE_MISMATCH left'],
    ],
  ])('without a schema: %s', (_, rule, expected) => {
    expect(issues(rule)).toEqual(expected)
  })

  it('say what they are and what they should be', () => {
    const result = readRule({ op: 'before', left: attribute('score'), right: true }, { schema })
    expect(result).toMatchObject({
      issues: [
        { code: 'TYPE_MISMATCH', path: ['left'], received: 'number', expected: 'instant or day' },
        { code: 'TYPE_MISMATCH', path: ['right'], received: 'boolean', expected: 'instant or day' },
      ],
    })
  })
})

describe('what is wrong', () => {
  it.each<[string, unknown, string[]]>([
    ['no object', 'everyone', ['RULE_INVALID ']],
    ['a list', [everyone], ['RULE_INVALID ']],
    ['no op', {}, ['RULE_INVALID ']],
    ['an operand', attribute('a'), ['RULE_INVALID ']],
    ['an unknown op', { op: 'greaterThen' }, ['RULE_INVALID op greaterThan']],
    ['an op from a prototype', { op: 'toString' }, ['RULE_INVALID op']],
    ['an unknown operand', { op: 'exists', left: { get: 'atribute', name: 'a' } }, ['RULE_INVALID left.get attribute']],
    ['an unknown property', { op: 'hasTag', tag: 'a', tags: ['a'] }, ['RULE_INVALID tags tag']],
    [
      'an unknown property of an operand',
      { op: 'exists', left: { ...attribute('a'), nmae: 1 } },
      ['RULE_INVALID left.nmae name'],
    ],
    ['a property called __proto__', JSON.parse('{ "op": "everyone", "__proto__": 1 }'), ['RULE_INVALID __proto__']],
    ['a missing property', { op: 'hasTag' }, ['RULE_INVALID tag']],
    ['a missing operand', { op: 'equals', left: attribute('a') }, ['RULE_INVALID right']],
    ['no list of rules', { op: 'all', rules: everyone }, ['RULE_INVALID rules']],
    ['no rule', { op: 'not', rule: true }, ['RULE_INVALID rule']],
    ['no rule among rules', { op: 'all', rules: [everyone, 1] }, ['RULE_INVALID rules.1']],
    ['an empty name', { op: 'exists', left: attribute('') }, ['RULE_INVALID left.name']],
    ['no duration', { op: 'inLast', left: attribute('a'), duration: 60 }, ['DURATION_INVALID duration']],
    [
      'a duration of two kinds',
      { op: 'inLast', left: attribute('a'), duration: 'P1M1D' },
      ['DURATION_INVALID duration'],
    ],
    [
      'no zone',
      { op: 'inLast', left: attribute('a'), duration: '1d', timeZone: 'Europe/Berln' },
      ['TIME_ZONE_UNKNOWN timeZone Europe/Berlin'],
    ],
    ['a pattern', { op: 'matches', left: attribute('a'), pattern: 'a{2' }, ['PATTERN_INVALID pattern']],
    ['a flag', { op: 'contains', left: attribute('a'), right: 'b', ignoreCase: 'yes' }, ['RULE_INVALID ignoreCase']],
    ['a holder', { op: 'tagHeldBy', tag: 'a', holder: 'persn' }, ['RULE_INVALID holder person']],
    ['an empty glob', { op: 'hasTagLike', pattern: '' }, ['RULE_INVALID pattern']],
    ['a tag', { op: 'hasAllTags', tags: ['a', 7, ''] }, ['RULE_INVALID tags.1', 'RULE_INVALID tags.2']],
    [
      'a leap day',
      { op: 'anniversaryIn', left: attribute('a'), days: 1, current: true, leapDay: 'mar2' },
      ['RULE_INVALID leapDay mar1'],
    ],
    ['no days', { op: 'anniversaryIn', left: attribute('a'), days: 0, current: true }, ['RULE_INVALID days']],
    [
      'too many days',
      { op: 'anniversaryIn', left: attribute('a'), days: 100_001, current: true },
      ['RULE_INVALID days'],
    ],
    ['current not said', { op: 'anniversaryIn', left: attribute('a'), days: 1 }, ['RULE_INVALID current']],
  ])('%s', (_, rule, expected) => {
    expect(issues(rule)).toEqual(expected)
  })

  it('is said all at once, each with its place', () => {
    const rule = {
      op: 'all',
      rules: [
        { op: 'hasTag', tag: '' },
        { op: 'not', rule: { op: 'any', rules: [{ op: 'equals', left: attribute('paln'), right: 'pro' }] } },
        { op: 'inLast', left: attribute('since'), duration: 'soon' },
      ],
    }
    expect(issues(rule, { schema })).toEqual([
      'RULE_INVALID rules.0.tag',
      'ATTRIBUTE_UNKNOWN rules.1.rule.rules.0.left.name plan',
      'DURATION_INVALID rules.2.duration',
    ])
  })

  it('has the position in a pattern', () => {
    expect(readRule({ op: 'matches', left: attribute('a'), pattern: 'ab(' })).toMatchObject({
      issues: [{ code: 'PATTERN_INVALID', path: ['pattern'], position: 3 }],
    })
  })

  it('is thrown by ruleOf as one error', () => {
    try {
      ruleOf({ op: 'all', rules: [{ op: 'hasTag' }, { op: 'nobdy' }] })
      expect.unreachable()
    } catch (error) {
      if (!isCoterieError(error)) throw error
      expect(error).toMatchObject({ code: 'RULE_INVALID', path: ['rules', 0, 'tag'] })
      expect(error.message).toBe('The rule cannot be read: "hasTag" lacks its tag (and 1 more)')
      expect(error.issues).toHaveLength(2)
    }
  })
})

describe('what is empty', () => {
  it.each<[object, string, string]>([
    [{ op: 'all', rules: [] }, 'rules', 'everyone'],
    [{ op: 'any', rules: [] }, 'rules', 'nobody'],
    [{ op: 'someOf', count: 1, rules: [] }, 'rules', 'nobody'],
    [{ op: 'in', left: attribute('a'), right: [] }, 'right', 'nobody'],
    [{ op: 'notIn', left: attribute('a'), right: [] }, 'right', 'everyone'],
    [{ op: 'containsAny', left: attribute('a'), right: [] }, 'right', 'nobody'],
    [{ op: 'containsAll', left: attribute('a'), right: [] }, 'right', 'exists'],
    [{ op: 'containsNone', left: attribute('a'), right: [] }, 'right', 'everyone'],
    [{ op: 'hasAnyTag', tags: [] }, 'tags', 'nobody'],
    [{ op: 'hasAllTags', tags: [] }, 'tags', 'everyone'],
    [{ op: 'hasNoneOfTags', tags: [] }, 'tags', 'everyone'],
  ])('%j would mean something else', (rule, place, meant) => {
    expect(readRule({ op: 'not', rule })).toMatchObject({
      issues: [{ code: 'RULE_EMPTY', path: ['rule', place], message: expect.stringContaining(meant) as string }],
    })
  })

  it('may be a list that is compared as a whole', () => {
    expect(issues({ op: 'equals', left: attribute('a'), right: [] })).toEqual([])
    expect(issues({ op: 'in', left: attribute('a'), right: [[]] })).toEqual([])
  })
})

describe('numbers that belong together', () => {
  const rules = [everyone, everyone]

  it.each<[string, object, string[]]>([
    ['some of as many as there are', { op: 'someOf', count: 2, rules }, []],
    ['some of fewer', { op: 'someOf', count: 3, rules }, ['RULE_INVALID count']],
    ['none of them', { op: 'someOf', count: 0, rules }, ['RULE_INVALID count']],
    ['half a rule', { op: 'someOf', count: 1.5, rules }, ['RULE_INVALID count']],
    ['a whole sample', { op: 'inSample', salt: 's', from: 0, to: 10_000 }, []],
    ['an empty sample', { op: 'inSample', salt: 's', from: 5, to: 5 }, ['RULE_INVALID to']],
    [
      'a sample beyond all places',
      { op: 'inSample', salt: 's', from: -1, to: 10_001 },
      ['RULE_INVALID from', 'RULE_INVALID to'],
    ],
    ['a sample without salt', { op: 'inSample', from: 0, to: 1 }, ['RULE_INVALID salt']],
    ['exact ends', { op: 'betweenAgo', left: attribute('a'), from: '0d', to: '1d' }, []],
    ['calendar ends', { op: 'betweenAgo', left: attribute('a'), from: 'P1M', to: 'P1Y' }, []],
    ['ends of two kinds', { op: 'betweenAgo', left: attribute('a'), from: '1d', to: 'P1M' }, ['DURATION_INVALID to']],
    [
      'ends the wrong way round',
      { op: 'betweenAgo', left: attribute('a'), from: '2d', to: '1d' },
      ['DURATION_INVALID to'],
    ],
    ['equal ends', { op: 'betweenAgo', left: attribute('a'), from: 'P12M', to: 'P1Y' }, ['DURATION_INVALID to']],
  ])('%s', (_, rule, expected) => {
    expect(issues(rule)).toEqual(expected)
  })
})

describe('periods', () => {
  const read = (period: unknown): string[] => issues({ op: 'inCalendar', left: attribute('a'), period })

  it.each([
    { period: 'this', unit: 'quarter' },
    { period: 'last', unit: 'day', count: 7, current: true },
    { period: 'next', unit: 'year', count: 10_000, current: false },
    { period: 'day', day: '2024-02-29' },
    { period: 'month', year: 0, month: 12 },
    { period: 'quarter', year: 9999, quarter: 4 },
    { period: 'year', year: 2026 },
  ])('%j', (period) => {
    expect(read(period)).toEqual([])
    const backwards = Object.fromEntries(Object.entries(period).reverse())
    expect(JSON.stringify(ruleOf({ op: 'inCalendar', left: attribute('a'), period: backwards }))).toContain(
      JSON.stringify(period),
    )
  })

  it.each<[unknown, string[]]>([
    ['today', ['RULE_INVALID period']],
    [{ period: 'ths', unit: 'day' }, ['RULE_INVALID period.period this']],
    [{ period: 'this' }, ['RULE_INVALID period.unit']],
    [{ period: 'this', unit: 'weeks' }, ['RULE_INVALID period.unit week']],
    [{ period: 'this', unit: 'week', count: 2 }, ['RULE_INVALID period.count']],
    [{ period: 'last', unit: 'week', count: 2 }, ['RULE_INVALID period.current']],
    [{ period: 'last', unit: 'year', count: 10_001, current: true }, ['RULE_INVALID period.count']],
    [{ period: 'day', day: '2026-02-29' }, ['DATE_INVALID period.day']],
    [{ period: 'day', day: { day: '2026-02-28' } }, ['DATE_INVALID period.day']],
    [{ period: 'month', year: 10_000, month: 13 }, ['RULE_INVALID period.year', 'RULE_INVALID period.month']],
    [{ period: 'quarter', year: 2026, quarter: 0 }, ['RULE_INVALID period.quarter']],
  ])('%j is none', (period, expected) => {
    expect(read(period)).toEqual(expected)
  })
})

describe('segments', () => {
  const rule = { op: 'inSegment', segment: 'vp' }

  it('may be any where nobody says which there are', () => {
    expect(issues(rule)).toEqual([])
  })

  it('are looked up where there is a list, and the nearest is named', () => {
    expect(issues({ op: 'inSegment', segment: 'vip' }, { segments: ['vip'] })).toEqual([])
    expect(issues(rule, { segments: ['vip', 'late'].values() })).toEqual(['SEGMENT_UNKNOWN segment vip'])
  })

  it('are asked for where there is a function', () => {
    expect(issues(rule, { segments: (id) => id === 'vp' })).toEqual([])
    expect(issues(rule, { segments: () => false })).toEqual(['SEGMENT_UNKNOWN segment'])
  })
})

describe('options', () => {
  it.each<[RuleOptions, string]>([
    [{ timeZone: 'Nowhere' }, 'TIME_ZONE_UNKNOWN'],
    [{ weekStartsOn: 'mon' as never }, 'OPTION_INVALID'],
    [{ limits: { depth: 0 } }, 'OPTION_INVALID'],
  ])('%j are the host’s mistake, and thrown', (options, code) => {
    expect(() => readRule(everyone, options)).toThrow(expect.objectContaining({ code }))
  })
})
