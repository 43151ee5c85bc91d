import { describe, expect, it } from 'vitest'
import { inQuarter, lastWeeks, thisWeek } from '../../src/base/calendar-names.js'
import { days, hours } from '../../src/base/duration.js'
import { isCoterieError, type CoterieError } from '../../src/base/errors.js'
import { defineSchema, field } from '../../src/contacts/schema.js'
import type { ComputedOperand, Rule } from '../../src/rules/ast.js'
import type { AnyExpression } from '../../src/rules/builders/expressions.js'
import { rulesFor } from '../../src/rules/builders/rules-for.js'
import { windowNames } from '../../src/rules/item-window-fields.js'
import { operands, operators, type OperandRow, type OperatorRow } from '../../src/rules/operator-table.js'
import { itemRules, itemValues } from './item-rows.js'

const builders = rulesFor()
const { all, any, attribute, contactId, everyone, hasAllTags, hasAnyTag, hasNoneOfTags, hasTag, hasTagLike } = builders
const { inSample, inSegment, nobody, not, someOf, tag, tagCount } = builders

const a = attribute('a')
const b = attribute('b')
const left = { get: 'attribute', name: 'a' } as const
const right = { get: 'attribute', name: 'b' } as const
const zone = { timeZone: 'Europe/Berlin' } as const

/** Each builder of a rule with the rule that it makes. */
const rules: readonly (readonly [Rule, Rule])[] = [
  [everyone, { op: 'everyone' }],
  [nobody, { op: 'nobody' }],
  [all(hasTag('x'), everyone), { op: 'all', rules: [{ op: 'hasTag', tag: 'x' }, { op: 'everyone' }] }],
  [any(hasTag('x')), { op: 'any', rules: [{ op: 'hasTag', tag: 'x' }] }],
  [not(nobody), { op: 'not', rule: { op: 'nobody' } }],
  [someOf(1, [everyone, nobody]), { op: 'someOf', count: 1, rules: [{ op: 'everyone' }, { op: 'nobody' }] }],
  [inSegment('vip'), { op: 'inSegment', segment: 'vip' }],
  [inSegment({ id: 'vip' }), { op: 'inSegment', segment: 'vip' }],
  [inSample({ to: 2500, salt: 's', from: 0 }), { op: 'inSample', salt: 's', from: 0, to: 2500 }],

  [a.equals('x'), { op: 'equals', left, right: 'x' }],
  [a.notEquals(b), { op: 'notEquals', left, right }],
  [a.in(['x', 2, b]), { op: 'in', left, right: ['x', 2, right] }],
  [a.notIn([true]), { op: 'notIn', left, right: [true] }],
  [a.exists(), { op: 'exists', left }],
  [a.missing(), { op: 'missing', left }],
  [a.isEmpty(), { op: 'isEmpty', left }],

  [a.greaterThan(1), { op: 'greaterThan', left, right: 1 }],
  [a.atLeast(b), { op: 'atLeast', left, right }],
  [a.lessThan(-1.5), { op: 'lessThan', left, right: -1.5 }],
  [a.atMost(0), { op: 'atMost', left, right: 0 }],
  [a.between(1, b), { op: 'between', left, low: 1, high: right }],
  [
    a.between(new Date(0), { day: '2026-01-01' }, zone),
    { op: 'between', left, low: { instant: 0 }, high: { day: '2026-01-01' }, ...zone },
  ],

  [a.contains('x'), { op: 'contains', left, right: 'x' }],
  [a.notContains('x', { ignoreCase: true }), { op: 'notContains', left, right: 'x', ignoreCase: true }],
  [a.startsWith(''), { op: 'startsWith', left, right: '' }],
  [a.endsWith(b), { op: 'endsWith', left, right }],
  [a.matches('^x', { ignoreCase: true }), { op: 'matches', left, pattern: '^x', ignoreCase: true }],

  [a.containsAny(['x', 'y']), { op: 'containsAny', left, right: ['x', 'y'] }],
  [a.containsAll([1, 2]), { op: 'containsAll', left, right: [1, 2] }],
  [a.containsNone(b), { op: 'containsNone', left, right }],

  [a.before(new Date(5)), { op: 'before', left, right: { instant: 5 } }],
  [a.after(b, zone), { op: 'after', left, right, ...zone }],
  [a.on({ day: '2026-01-01' }), { op: 'on', left, right: { day: '2026-01-01' } }],
  [a.inLast('7d'), { op: 'inLast', left, duration: '7d' }],
  [a.notInLast('1w', zone), { op: 'notInLast', left, duration: '7d', ...zone }],
  [a.inNext(hours(36)), { op: 'inNext', left, duration: '36h' }],
  [a.moreThanAgo('P12M'), { op: 'moreThanAgo', left, duration: 'P1Y' }],
  [a.betweenAgo('30d', days(60)), { op: 'betweenAgo', left, from: '30d', to: '60d' }],
  [a.betweenAgo('P1M', 'P1Y', zone), { op: 'betweenAgo', left, from: 'P1M', to: 'P1Y', ...zone }],
  [a.inCalendar(thisWeek), { op: 'inCalendar', left, period: { period: 'this', unit: 'week' } }],
  [
    a.inCalendar(lastWeeks(2, { current: true }), { ...zone, weekStartsOn: 'sunday' }),
    {
      op: 'inCalendar',
      left,
      period: { period: 'last', unit: 'week', count: 2, current: true },
      weekStartsOn: 'sunday',
      ...zone,
    },
  ],
  [
    a.inCalendar({ period: 'quarter', year: 2026, quarter: 1 }),
    { op: 'inCalendar', left, period: { period: 'quarter', year: 2026, quarter: 1 } },
  ],
  [a.anniversaryIn({ days: 7, current: false }), { op: 'anniversaryIn', left, days: 7, current: false }],
  [
    a.anniversaryIn({ leapDay: 'mar1', current: true, days: 1, ...zone }),
    { op: 'anniversaryIn', left, days: 1, current: true, leapDay: 'mar1', ...zone },
  ],

  [
    a.anniversaryIn({ leapDay: 'feb28', current: true, days: 1 }),
    { op: 'anniversaryIn', left, days: 1, current: true },
  ],
  [a.contains('x', { ignoreCase: false }), { op: 'contains', left, right: 'x' }],

  [hasTag('VIP'), { op: 'hasTag', tag: 'VIP' }],
  [hasAnyTag('x', 'y'), { op: 'hasAnyTag', tags: ['x', 'y'] }],
  [hasAllTags('x'), { op: 'hasAllTags', tags: ['x'] }],
  [hasNoneOfTags('x', 'y'), { op: 'hasNoneOfTags', tags: ['x', 'y'] }],
  [hasTagLike('source-*'), { op: 'hasTagLike', pattern: 'source-*' }],
  [tag('x').heldBy('campaign'), { op: 'tagHeldBy', tag: 'x', holder: 'campaign' }],
  [tag('x').heldBy('person', 'ada'), { op: 'tagHeldBy', tag: 'x', holder: 'person', by: 'ada' }],
  [tag('x').addedInLast('7d'), { op: 'inLast', left: { get: 'tagAdded', tag: 'x' }, duration: '7d' }],
  [
    tag('x').addedMoreThanAgo(days(7), zone),
    { op: 'moreThanAgo', left: { get: 'tagAdded', tag: 'x' }, duration: '7d', ...zone },
  ],
]

/** Each builder of an operand with the operand that it makes. */
const values: readonly (readonly [{ readonly operand: ComputedOperand }, ComputedOperand])[] = [
  [a, left],
  [contactId(), { get: 'contactId' }],
  [tagCount(), { get: 'tagCount' }],
  [tag('x').added(), { get: 'tagAdded', tag: 'x' }],
  [a.length(), { get: 'length', of: left }],
  [a.plus(1), { get: 'plus', left, right: 1 }],
  [a.plus(days(7)), { get: 'plus', left, right: 604_800_000 }],
  [a.plus('1w'), { get: 'later', of: left, duration: '7d' }],
  [a.plus('P1M', zone), { get: 'later', of: left, duration: 'P1M', ...zone }],
  [a.minus(b), { get: 'minus', left, right }],
  [a.minus('36h'), { get: 'earlier', of: left, duration: '36h' }],
  [a.times(b), { get: 'times', left, right }],
  [a.dividedBy(3), { get: 'dividedBy', left, right: 3 }],
  [
    a.minus(b.times(2)).plus('1h'),
    {
      get: 'later',
      of: { get: 'minus', left, right: { get: 'times', left: right, right: 2 } },
      duration: '1h',
    },
  ],
]

function frozenToTheBottom(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true
  return Object.isFrozen(value) && Object.values(value).every(frozenToTheBottom)
}

function errorOf(call: () => unknown): CoterieError {
  try {
    call()
  } catch (error) {
    if (isCoterieError(error)) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('what builders make', () => {
  it.each([...rules, ...itemRules].map(([made, expected]) => [JSON.stringify(expected), made, expected] as const))(
    'the rule %s, frozen, with its fields in the order of the table',
    (json, made, expected) => {
      expect(made).toStrictEqual(expected)
      expect(JSON.stringify(made)).toBe(json)
      expect(frozenToTheBottom(made)).toBe(true)
    },
  )

  it.each(
    [...values, ...itemValues].map(([made, expected]) => [JSON.stringify(expected), made.operand, expected] as const),
  )('the operand %s, frozen', (json, made, expected) => {
    expect(made).toStrictEqual(expected)
    expect(JSON.stringify(made)).toBe(json)
    expect(frozenToTheBottom(made)).toBe(true)
  })

  it('is every operator of the table', () => {
    expect(new Set([...rules, ...itemRules].map(([made]) => made.op))).toEqual(new Set(Object.keys(operators)))
    const gets = [...values, ...itemValues].map(([made]) => made.operand.get)
    expect(new Set([...gets, 'property'])).toEqual(new Set(Object.keys(operands)))
  })
})

describe('the table of operators and the builders', () => {
  const fieldsOf = (row: OperandRow | OperatorRow): readonly string[] => Object.values(row.fields)
  const areItems = (row: OperandRow | OperatorRow): boolean =>
    fieldsOf(row).some((kind) => kind === 'items' || kind === 'recordItems')
  const compares = (row: OperandRow | OperatorRow): boolean =>
    !areItems(row) && ('left' in row.fields || 'of' in row.fields)
  const named = (which: (row: OperandRow | OperatorRow) => boolean): string[] =>
    [...Object.entries(operators), ...Object.entries(operands)].flatMap(([name, row]) => (which(row) ? [name] : []))
  const methodsOf = (face: object): string[] =>
    Object.getOwnPropertyNames(Object.getPrototypeOf(face)).filter((name) => name !== 'constructor')

  it('have the same names, of methods of a value', () => {
    const shifts = ['later', 'earlier'] // plus and minus with a duration
    const known = named(compares).filter((name) => !shifts.includes(name))
    expect(methodsOf(a).sort()).toEqual(known.sort())
  })

  it('have the same names, of methods of events and records', () => {
    const said: Readonly<Record<string, readonly string[]>> = {
      some: ['exists'],
      distinctPeriods: ['distinctDays', 'distinctWeeks', 'distinctMonths'],
      absolute: ['from', 'to'],
    }
    const known = [...named(areItems), ...windowNames, 'where', 'by'].flatMap((name) => said[name] ?? [name])
    expect(methodsOf(builders.events('a')).sort()).toEqual(known.sort())
    expect(methodsOf(builders.records('a'))).toEqual(methodsOf(builders.events('a')))
  })

  it('have the same names, of functions', () => {
    const ofTag = { tagHeldBy: 'tag', tagAdded: 'tag' } as Readonly<Record<string, string>> // tag(…).heldBy, .added
    const others = named((row) => !compares(row) && !areItems(row)).filter((name) => name !== 'property') // of an item
    const ofItems = ['events', 'records', 'followedBy', 'notFollowedBy']
    expect(new Set(Object.keys(builders))).toEqual(new Set([...others.map((name) => ofTag[name] ?? name), ...ofItems]))
  })
})

describe('literals', () => {
  it('stand in a rule as values do', () => {
    const literal = (value: Parameters<AnyExpression['equals']>[0]): unknown =>
      (a.equals(value) as { readonly right: unknown }).right
    expect(literal(new Date('2026-01-01T00:00:00Z'))).toEqual({ instant: 1_767_225_600_000 })
    expect(literal({ instant: 7.9 })).toEqual({ instant: 7 })
    expect(literal({ instant: -7.1 })).toEqual({ instant: -8 })
    expect(literal({ day: '1990-05-17' })).toEqual({ day: '1990-05-17' })
    expect(literal(-0)).toBe(0)
    expect(literal(['x', 'y', 'x'])).toEqual(['x', 'y'])
    expect(literal([1, -0, 0])).toEqual([1, 0])
    expect(literal([])).toEqual([])
  })

  it('may be written dates: a schema tells whether they are', () => {
    const { attribute } = rulesFor(defineSchema({ attributes: { a: field.instant() } }))
    expect(attribute('a').after('2026-01-01')).toEqual({ op: 'after', left, right: '2026-01-01' })
    expect(attribute('a').between(0, '2026-01-01')).toEqual({ op: 'between', left, low: 0, high: '2026-01-01' })
  })

  it('are copied', () => {
    const list = ['x']
    const instant = { instant: 5 }
    const rule = all(a.equals(list), a.equals(instant), a.in(list))
    list.push('y')
    instant.instant = 6
    expect(rule).toEqual({
      op: 'all',
      rules: [
        { op: 'equals', left, right: ['x'] },
        { op: 'equals', left, right: { instant: 5 } },
        { op: 'in', left, right: ['x'] },
      ],
    })
  })
})

describe('rules of rules', () => {
  it('hold what builders made as it is', () => {
    const inner = hasTag('x')
    expect((all(inner) as { readonly rules: readonly Rule[] }).rules[0]).toBe(inner)
    expect((not(all(inner)) as { readonly rule: { readonly rules: readonly Rule[] } }).rule.rules[0]).toBe(inner)
  })

  it('hold a frozen copy of plain JSON', () => {
    const tags = ['x']
    const json: Rule = { op: 'not', rule: { op: 'hasAnyTag', tags } }
    const rule = any(json)
    tags.push('y')
    expect(rule).toEqual({ op: 'any', rules: [{ op: 'not', rule: { op: 'hasAnyTag', tags: ['x'] } }] })
    expect(frozenToTheBottom(rule)).toBe(true)
    expect(Object.isFrozen(json)).toBe(false)
  })

  it('take expressions of another copy of the library', () => {
    const foreign = { operand: { get: 'attribute', name: 'b' } }
    expect(a.equals(foreign as unknown as AnyExpression)).toEqual({ op: 'equals', left, right })
  })

  it('let no key of theirs reach a prototype', () => {
    const json = JSON.parse('{"op":"hasTag","tag":"x","__proto__":{"polluted":true}}') as Rule
    const [copy] = (all(json) as { readonly rules: readonly Rule[] }).rules
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype)
    expect(JSON.stringify(copy)).toBe(JSON.stringify(json))
    expect(attribute('__proto__').exists()).toEqual({ op: 'exists', left: { get: 'attribute', name: '__proto__' } })
  })
})

describe('rulesFor', () => {
  it('gives the same functions whatever the schema', () => {
    const schema = defineSchema({ attributes: { plan: field.oneOf('free', 'pro') } })
    expect(rulesFor(schema)).toBe(rulesFor())
    expect(Object.isFrozen(builders)).toBe(true)
    expect(Object.isFrozen(a)).toBe(true)
    expect(Object.isFrozen(tag('x'))).toBe(true)
  })
})

describe('an empty group or list', () => {
  it.each([
    ['all', 'everyone', () => all()],
    ['any', 'nobody', () => any()],
    ['someOf', 'nobody', () => someOf(1, [])],
    ['in', 'nobody', () => a.in([])],
    ['notIn', 'everyone', () => a.notIn([])],
    ['containsAny', 'nobody', () => a.containsAny([])],
    ['containsAll', 'everyone who has a list there', () => a.containsAll([])],
    ['containsNone', 'everyone', () => a.containsNone([])],
    ['hasAnyTag', 'nobody', () => hasAnyTag()],
    ['hasAllTags', 'everyone', () => hasAllTags()],
    ['hasNoneOfTags', 'everyone', () => hasNoneOfTags()],
  ])('is refused at once by %s, which says that it would mean %s', (name, meant, call) => {
    const error = errorOf(call)
    expect(error.code).toBe('RULE_EMPTY')
    expect(error.message).toContain(name)
    expect(error.message).toContain(meant)
  })
})

/** The builders as somebody without types calls them. */
type Untyped = Readonly<Record<string, (...given: unknown[]) => unknown>>
const value = a as unknown as Untyped
const made = builders as unknown as Untyped

const loop: Record<string, unknown> = { op: 'not' }
loop['rule'] = loop

describe('an argument that is wrong', () => {
  it.each([
    ['RULE_INVALID', 'rules.1', () => made['all']?.(hasTag('x'), a)],
    ['RULE_INVALID', 'rules.0', () => made['any']?.([hasTag('x')])],
    ['RULE_INVALID', 'rules.0', () => made['all']?.({ op: 'toString' })],
    ['RULE_INVALID', 'rules.0.right', () => made['all']?.({ op: 'equals', left, right: new Date() })],
    ['RULE_INVALID', 'rules.0.tag', () => made['all']?.({ op: 'hasTag', tag: null })],
    ['RULE_INVALID', 'rule', () => made['not']?.(undefined)],
    ['RULE_INVALID', 'rules', () => made['someOf']?.(1, hasTag('x'))],
    ['RULE_INVALID', 'count', () => someOf(0, [everyone])],
    ['RULE_INVALID', 'count', () => someOf(1.5, [everyone])],
    ['RULE_INVALID', 'count', () => someOf(2, [everyone])],
    ['RULE_INVALID', 'segment', () => inSegment('')],
    ['RULE_INVALID', 'segment', () => made['inSegment']?.({ name: 'VIP' })],
    ['RULE_INVALID', 'salt', () => made['inSample']?.()],
    ['RULE_INVALID', 'salt', () => inSample({ salt: '', from: 0, to: 1 })],
    ['RULE_INVALID', 'to', () => inSample({ salt: 's', from: 0, to: 10_001 })],
    ['RULE_INVALID', 'to', () => inSample({ salt: 's', from: 2, to: 1 })],
    ['RULE_INVALID', 'form', () => made['inSample']?.({ salt: 's', form: 0, to: 1 })],

    ['RULE_INVALID', 'name', () => attribute('')],
    ['RULE_INVALID', 'name', () => made['attribute']?.(7)],
    ['RULE_INVALID', 'tag', () => hasTag('')],
    ['RULE_INVALID', 'tag', () => hasTag('\uD800')],
    ['RULE_INVALID', 'tags.0', () => made['hasAnyTag']?.(['x'])],
    ['RULE_INVALID', 'pattern', () => hasTagLike('')],
    ['RULE_INVALID', 'tag', () => tag('')],
    ['RULE_INVALID', 'holder', () => tag('x').heldBy('company' as 'person')],
    ['RULE_INVALID', 'by', () => tag('x').heldBy('person', '')],

    ['RULE_INVALID', 'right', () => value['equals']?.(undefined)],
    ['VALUE_INVALID', 'right', () => value['equals']?.(null)],
    ['VALUE_INVALID', 'right', () => value['equals']?.({})],
    ['VALUE_INVALID', 'right', () => value['equals']?.(10n)],
    ['VALUE_INVALID', 'right', () => value['equals']?.(() => 1)],
    ['VALUE_INVALID', 'right', () => a.equals(Number.NaN)],
    ['VALUE_INVALID', 'right', () => a.equals('a\0b')],
    ['VALUE_INVALID', 'right.1', () => value['equals']?.(['x', 1])],
    ['VALUE_INVALID', 'right.0', () => value['equals']?.([true])],
    ['VALUE_INVALID', 'right.1', () => value['in']?.(['x', null])],
    ['RULE_INVALID', 'right', () => value['in']?.('x')],
    ['RULE_INVALID', 'right', () => value['equals']?.({ operand: { get: 'constructor' } })],
    ['DATE_INVALID', 'right', () => a.equals(new Date(Number.NaN))],
    ['DATE_INVALID', 'right', () => a.equals({ instant: 8.64e15 + 2 })],
    ['VALUE_INVALID', 'right', () => value['before']?.({ instant: '2026-01-01' })],
    ['DATE_INVALID', 'right', () => a.equals({ day: '2026-02-29' })],

    ['TYPE_MISMATCH', 'right', () => value['greaterThan']?.('3')],
    ['TYPE_MISMATCH', 'low', () => value['between']?.(true, false)],
    ['TYPE_MISMATCH', 'right', () => value['contains']?.(3)],
    ['TYPE_MISMATCH', 'right', () => value['containsAny']?.('x')],
    ['TYPE_MISMATCH', 'right', () => value['before']?.(true)],
    ['TYPE_MISMATCH', 'right', () => value['times']?.('3')],
    ['TYPE_MISMATCH', 'right', () => value['plus']?.(new Date())],

    ['RULE_INVALID', 'ignoreCase', () => value['contains']?.('x', { ignoreCase: 'yes' })],
    ['RULE_INVALID', 'ignorecase', () => value['contains']?.('x', { ignorecase: true })],
    ['RULE_INVALID', 'right', () => value['contains']?.('x', { right: 'y' })],
    ['RULE_INVALID', '', () => value['contains']?.('x', true)],
    ['VALUE_INVALID', 'pattern', () => value['matches']?.(/x/)],
    ['RULE_INVALID', 'timeZone', () => value['plus']?.(3, { timeZone: 'UTC' })],
    ['RULE_INVALID', 'period', () => value['inCalendar']?.('today')],
    ['RULE_INVALID', 'period.current', () => value['inCalendar']?.({ period: 'last', unit: 'day', count: 7 })],
    ['RULE_INVALID', 'period.quarter', () => value['inCalendar']?.({ ...inQuarter(2026, 1), quarter: 5 })],
    ['RULE_INVALID', 'weekStartsOn', () => value['inCalendar']?.(thisWeek, { weekStartsOn: 'Sunday' })],
    ['RULE_INVALID', 'current', () => value['anniversaryIn']?.({ days: 7 })],
    ['RULE_INVALID', 'days', () => a.anniversaryIn({ days: days(7), current: true })],
    ['RULE_INVALID', 'leapDay', () => value['anniversaryIn']?.({ days: 7, current: true, leapDay: 'feb29' })],
    ['DURATION_INVALID', 'to', () => a.betweenAgo('60d', '30d')],
    ['DURATION_INVALID', 'to', () => a.betweenAgo('30d', '30d')],
    ['DURATION_INVALID', 'to', () => a.betweenAgo('30d', 'P2M')],
    ['RULE_INVALID', 'to', () => inSample({ salt: 's', from: 2, to: 2 })],
  ] as const)('is refused with %s at %s: %s', (code, path, call) => {
    const error = errorOf(call)
    expect([error.code, error.path?.join('.')]).toEqual([code, path])
    expect(error.received).toBeDefined()
    expect(error.expected).toBeDefined()
  })

  it.each([
    ['DURATION_INVALID', () => a.inLast('7y' as '7d')],
    ['DURATION_INVALID', () => a.betweenAgo('30d', '1.5d')],
    ['DURATION_INVALID', () => a.plus('x' as '7d')],
    ['DURATION_INVALID', () => value['inLast']?.(new Date())],
    ['DURATION_INVALID', () => value['inLast']?.(-1)],
    ['RULE_INVALID', () => value['inLast']?.(undefined)],
    ['DURATION_INVALID', () => tag('x').addedInLast('7' as '7d')],
    ['TIME_ZONE_UNKNOWN', () => a.inLast('7d', { timeZone: 'Berlin' })],
    ['RULE_INVALID', () => value['on']?.(b, { timeZone: 7 })],
    ['RULE_INVALID', () => value['equals']?.({ operand: 7 })],
    ['RULE_INVALID', () => value['equals']?.({ operand: null })],
    ['RULE_INVALID', () => value['equals']?.({ operand: {} })],
    ['RULE_INVALID', () => value['equals']?.({ operand: { get: 'toString' } })],
    ['PATTERN_INVALID', () => a.matches('(')],
    ['LIMIT_EXCEEDED', () => made['all']?.(loop)],
  ] as const)('is refused with %s: %s', (code, call) => {
    expect(errorOf(call).code).toBe(code)
  })

  it('is answered with all that is wrong, and what would have been right', () => {
    const error = errorOf(() => value['contains']?.(3, { ignorecase: true }))
    expect(error.issues).toMatchObject([
      { code: 'RULE_INVALID', path: ['ignorecase'], expected: 'ignoreCase', nearest: 'ignoreCase' },
      { code: 'TYPE_MISMATCH', path: ['right'], expected: 'text', received: 'number' },
    ])
    expect(error.message).toContain('contains: "ignorecase" is no property of the options of "contains"')
  })

  it('ends soon where a rule holds itself many times', () => {
    const many: Record<string, unknown> = { op: 'all' }
    many['rules'] = [many, many, many]
    expect(errorOf(() => made['any']?.(many)).code).toBe('LIMIT_EXCEEDED')
  })
})
