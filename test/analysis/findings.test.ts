import { analyseRule, type AnalysisOptions, type Finding } from 'coterie/analysis'
import {
  all,
  any,
  attribute,
  defineSchema,
  events,
  everyone,
  field,
  hasTag,
  inSample,
  lastDays,
  not,
  rulesFor,
  someOf,
  thisMonth,
  type Rule,
} from 'coterie/rules'
import { describe, expect, it } from 'vitest'

const schema = defineSchema({
  attributes: {
    leadScore: field.number(),
    plan: field.oneOf('free', 'pro'),
    city: field.text(),
    createdAt: field.instant(),
    birthday: field.day(),
  },
  events: { purchase: { amount: field.number() } },
})
const typed = rulesFor(schema)

const found = (rule: Rule, options: AnalysisOptions = { timeZone: 'UTC' }): readonly Finding[] =>
  analyseRule(rule, options).findings
const brief = (rule: Rule, options?: AnalysisOptions) =>
  found(rule, options).map(({ code, path }) => [code, path.join('.')])

describe('what never or always holds', () => {
  it('is told of the whole rule, with what contradicts what', () => {
    const rule = all(hasTag('VIP'), attribute('leadScore').greaterThan(80), attribute('leadScore').lessThan(50))
    const analysis = analyseRule(rule)
    expect(analysis.truth).toBe('never')
    expect(analysis.simplified).toEqual({ op: 'nobody' })
    expect(analysis.findings).toEqual([
      {
        code: 'NEVER_HOLDS',
        severity: 'error',
        path: [],
        message: 'No contact can ever satisfy this: parts 2 and 3 contradict each other',
        related: [
          ['rules', 1],
          ['rules', 2],
        ],
      },
    ])
  })

  it('is told of the smallest part that is to blame', () => {
    const never = all(attribute('leadScore').greaterThan(80), attribute('leadScore').lessThan(50))
    expect(brief(any(hasTag('VIP'), all(hasTag('a'), never)))).toEqual([['NEVER_HOLDS', 'rules.1.rules.1']])
    expect(brief(all(hasTag('VIP'), not(never)))).toEqual([['NEVER_HOLDS', 'rules.1.rule']])
    expect(brief(all(hasTag('VIP'), events('purchase').count().atLeast(0)))).toEqual([['ALWAYS_HOLDS', 'rules.1']])
    const [finding] = found(all(hasTag('VIP'), events('purchase').count().atLeast(0)))
    expect(finding?.fix).toEqual({ title: 'Leave out what is not needed', rule: hasTag('VIP'), keepsMeaning: true })
  })

  it('knows how long ago now is, where it is told', () => {
    const rule = all(typed.attribute('createdAt').before('2020-01-01'), typed.attribute('createdAt').inLast('30d'))
    expect(analyseRule(rule, { schema, timeZone: 'UTC' }).truth).toBe('open')
    expect(analyseRule(rule, { schema, timeZone: 'UTC', since: '2019-12-31' }).truth).toBe('open')
    expect(analyseRule(rule, { schema, timeZone: 'UTC', since: '2026-01-01' }).truth).toBe('never')
  })

  it('looks into segments', () => {
    const rule = all({ op: 'inSegment', segment: 'good' }, attribute('leadScore').lessThan(50))
    expect(analyseRule(rule, { segments: { good: attribute('leadScore').greaterThan(80) } }).truth).toBe('never')
    expect(analyseRule(rule).truth).toBe('open')
  })
})

describe('what is needless', () => {
  it('is told with the part that makes it so, and the rule without it', () => {
    const rule = all(hasTag('VIP'), attribute('leadScore').greaterThan(50), attribute('leadScore').greaterThan(80))
    expect(found(rule)).toEqual([
      {
        code: 'REDUNDANT',
        severity: 'warning',
        path: ['rules', 1],
        message: 'This adds nothing: it holds wherever part 3 does',
        related: [['rules', 2]],
        fix: {
          title: 'Leave out what is not needed',
          rule: { op: 'all', rules: [hasTag('VIP'), attribute('leadScore').greaterThan(80)] },
          keepsMeaning: true,
        },
      },
    ])
  })

  it('is told of branches, and of parts that only several others make needless', () => {
    const branch = any(hasTag('VIP'), all(hasTag('VIP'), hasTag('a')))
    expect(found(branch)).toMatchObject([
      { code: 'REDUNDANT', path: ['rules', 1], message: 'This adds nothing: where it holds, part 1 does too' },
    ])
    const three = all(any(hasTag('a'), hasTag('b')), not(hasTag('a')), hasTag('b'))
    expect(analyseRule(three).simplified).toEqual({ op: 'all', rules: [hasTag('b'), not(hasTag('a'))] })
    const two = someOf(2, [hasTag('a'), hasTag('b'), everyone])
    expect(analyseRule(two).simplified).toEqual(any(hasTag('a'), hasTag('b')))
  })

  it('is not told of rules that need all they say', () => {
    const rule = all(hasTag('VIP'), any(attribute('leadScore').greaterThan(80), events('purchase').exists()))
    expect(analyseRule(rule).findings).toEqual([])
    expect(analyseRule(rule).simplified).toEqual(rule)
  })
})

describe('slips', () => {
  it('"not a or not b" about one value', () => {
    const rule = any(attribute('city').notEquals('Bonn'), attribute('city').notEquals('Kiel'))
    expect(found(rule)).toMatchObject([
      {
        code: 'NEGATIONS_JOINED_BY_ANY',
        severity: 'error',
        path: [],
        fix: { rule: { op: 'all', rules: rule.op === 'any' ? rule.rules : [] }, keepsMeaning: false },
      },
    ])
    const texts = any(not(attribute('city').contains('a')), attribute('city').notContains('b'), hasTag('x'))
    expect(found(texts)).toMatchObject([{ code: 'NEGATIONS_JOINED_BY_ANY', severity: 'warning' }])
  })

  it('bounds the wrong way round', () => {
    expect(found(attribute('leadScore').between(80, 50))).toMatchObject([
      { code: 'BOUNDS_REVERSED', severity: 'error', fix: { rule: attribute('leadScore').between(50, 80) } },
    ])
    const dates = typed.attribute('birthday').between('2001-01-01', '2000-01-01')
    expect(brief(dates, { schema, timeZone: 'UTC' })).toEqual([['BOUNDS_REVERSED', '']])
  })

  it('dates without a zone, where nobody says which', () => {
    const rule = typed.attribute('createdAt').inCalendar(thisMonth)
    expect(brief(rule, { schema })).toEqual([['DATE_WITHOUT_ZONE', '']])
    expect(found(rule, { schema })[0]?.fix?.rule).toMatchObject({ timeZone: 'UTC' })
    expect(brief(rule, { schema, timeZone: 'Europe/Berlin' })).toEqual([])
    const written = {
      op: 'after',
      left: { get: 'attribute', name: 'createdAt' },
      right: '2026-01-01',
    } as unknown as Rule
    expect(brief(written, { schema })).toEqual([['DATE_WITHOUT_ZONE', 'right']])
    expect(brief({ ...written, right: '2026-01-01T00:00:00Z' } as unknown as Rule, { schema })).toEqual([])
    expect(brief(typed.attribute('createdAt').inLast('30d'), { schema })).toEqual([])
  })

  it('unknown names and values, with the nearest', () => {
    const misspelled = { op: 'greaterThan', left: { get: 'attribute', name: 'leadscore' }, right: 5 } as const
    expect(found(misspelled, { schema })).toMatchObject([
      {
        code: 'ATTRIBUTE_UNKNOWN',
        severity: 'error',
        path: ['left', 'name'],
        fix: { rule: { ...misspelled, left: { get: 'attribute', name: 'leadScore' } }, keepsMeaning: false },
      },
    ])
    const value = { op: 'equals', left: { get: 'attribute', name: 'plan' }, right: 'fre' } as const
    expect(found(value, { schema })).toMatchObject([
      { code: 'VALUE_INVALID', fix: { rule: { ...value, right: 'free' } } },
    ])
    expect(found(attribute('scor').exists(), { known: { attributes: ['score'] } })).toMatchObject([
      { code: 'ATTRIBUTE_UNKNOWN', severity: 'warning', fix: { rule: attribute('score').exists() } },
    ])
    expect(found(hasTag('Vip'), { known: { tags: ['VIP', 'new'] } })).toMatchObject([
      { code: 'TAG_UNKNOWN', fix: { rule: hasTag('VIP') } },
    ])
    expect(found(hasTag('zzzzzz'), { known: { tags: ['VIP'] } })[0]).not.toHaveProperty('fix')
  })
})

describe('what has to do with the contacts there are', () => {
  it('negations over values that are often missing', () => {
    const rule = all(hasTag('VIP'), attribute('city').notEquals('Bonn'))
    const known = { missing: { city: 0.4 } }
    expect(found(rule, { known })).toMatchObject([
      {
        code: 'MISSING_INCLUDED',
        path: ['rules', 1],
        fix: {
          rule: all(hasTag('VIP'), all(attribute('city').exists(), attribute('city').notEquals('Bonn'))),
          keepsMeaning: false,
        },
      },
    ])
    expect(brief(not(attribute('city').equals('Bonn')), { known })).toEqual([['MISSING_INCLUDED', '']])
    expect(found(rule, { known: { missing: { city: 0.1 } } })).toEqual([])
    expect(found(all(attribute('city').notEquals('Bonn'), attribute('city').exists()), { known })).toEqual([])
  })

  it('absences of those who have just come', () => {
    const quiet = typed.events('purchase').inLast('60d').none()
    const options = { schema, timeZone: 'UTC' }
    expect(found(quiet, options)).toMatchObject([
      {
        code: 'ABSENCE_OF_NEWCOMERS',
        severity: 'hint',
        fix: { rule: { op: 'all', rules: [{ op: 'none' }, { op: 'moreThanAgo', duration: '60d' }] } },
      },
    ])
    expect(found(all(quiet, typed.attribute('createdAt').moreThanAgo('90d')), options)).toEqual([])
    expect(brief(typed.events('purchase').inLast('60d').count().atMost(2), options)).toEqual([
      ['ABSENCE_OF_NEWCOMERS', ''],
    ])
    expect(found(quiet, { timeZone: 'UTC' })).toEqual([])
  })
})

describe('what a rule costs', () => {
  it('is told where it is much, with the part that costs most', () => {
    const dear = events('purchase')
      .where((e) => e.property('note').matches('(a|b){200}'))
      .exists()
    const analysis = analyseRule(all(hasTag('VIP'), dear))
    expect(analysis.cost).toBeGreaterThan(2_000)
    expect(analysis.findings).toMatchObject([{ code: 'RULE_EXPENSIVE', path: ['rules', 1] }])
    expect(analyseRule(all(hasTag('VIP'), dear), { maxCost: 1e9 }).findings).toEqual([])
  })

  it('is told of patterns near their bound', () => {
    expect(brief(attribute('city').matches('a{999}b{700}'))).toContainEqual(['PATTERN_LARGE', 'pattern'])
  })
})

it('is silent beyond its effort, and refuses one that is none', () => {
  const rule = all(attribute('leadScore').greaterThan(80), attribute('leadScore').lessThan(50))
  expect(analyseRule(rule, { effort: 1 }).truth).toBe('open')
  expect(() => analyseRule(rule, { effort: 0 })).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }))
})

it('gives plain JSON', () => {
  const rule = any(
    inSample({ salt: 'a', from: 0, to: 10_000 }),
    attribute('at').inCalendar(lastDays(3, { current: true })),
  )
  const analysis = analyseRule(rule)
  expect(JSON.parse(JSON.stringify(analysis))).toEqual(analysis)
  expect(analysis.truth).toBe('always')
})
