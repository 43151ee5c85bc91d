import fc from 'fast-check'
import type { DurationText } from '../../src/base/duration.js'
import { defineSchema, field } from '../../src/contacts/schema.js'
import type { EventItems, Items, Operand, Rule } from '../../src/rules/ast.js'

/*
 * Rules with a contradiction planted in them: some conditions that can never hold together, each true by itself now and
 * then, among conditions that have nothing to do with them. From a contradiction the other plants grow: what never holds
 * together makes "not all of these" always true, and the first of two of them inside the opposite of the second.
 */

export const schema = defineSchema({
  attributes: {
    score: field.number(),
    low: field.number(),
    high: field.number(),
    name: field.text(),
    city: field.text(),
    town: field.text(),
    plan: field.oneOf('free', 'pro', 'team'),
    isActive: field.boolean(),
    createdAt: field.instant(),
    seenAt: field.instant(),
    paidAt: field.instant(),
    birthday: field.day(),
    due: field.day(),
    topics: field.list(field.text()),
    noise1: field.number(),
    noise2: field.text(),
    noise3: field.boolean(),
  },
  events: { purchase: { amount: field.number(), product: field.text() }, visit: {} },
  records: { deals: { value: field.number(), open: field.boolean() } },
})

const attribute = (name: string): Operand => ({ get: 'attribute', name })
const property = (name: string): Operand => ({ get: 'property', name })
const compare = (op: 'greaterThan' | 'atLeast' | 'lessThan' | 'atMost', left: Operand, right: Operand): Rule => ({
  op,
  left,
  right,
})
const equals = (left: Operand, right: Operand): Rule => ({ op: 'equals', left, right })
const notEquals = (left: Operand, right: Operand): Rule => ({ op: 'notEquals', left, right })
const not = (rule: Rule): Rule => ({ op: 'not', rule })
const days = (n: number): DurationText => `${n}d`
const inLast = (left: Operand, n: number): Rule => ({ op: 'inLast', left, duration: days(n) })
const moreThanAgo = (left: Operand, n: number): Rule => ({ op: 'moreThanAgo', left, duration: days(n) })
const on = (left: Operand, right: string): { left: Operand; right: Operand } => ({
  left,
  right: { instant: Date.parse(right) },
})
const purchases = (n: number | undefined, above?: number): EventItems => ({
  events: 'purchase',
  ...(n === undefined ? undefined : { window: { window: 'inLast', duration: days(n) } }),
  ...(above === undefined ? undefined : { where: compare('greaterThan', property('amount'), above) }),
})
const count = (of: Items): Operand => ({ get: 'count', of })
const hasTag = (tag: string): Rule => ({ op: 'hasTag', tag })

/** Two numbers, the second at least the first. */
const twoNumbers = fc.tuple(fc.integer({ min: -50, max: 50 }), fc.nat(30)).map(([a, more]) => [a, a + more] as const)
/** Two lengths in days, the second the longer or the same. */
const twoLengths = fc.tuple(fc.integer({ min: 1, max: 90 }), fc.nat(60)).map(([a, more]) => [a, a + more] as const)

const score = attribute('score')
const name = attribute('name')
const plan = attribute('plan')
const topics = attribute('topics')
const createdAt = attribute('createdAt')
const birthday = attribute('birthday')
const calendar = (left: Operand, period: object): Rule => ({ op: 'inCalendar', left, period: period as never })

/** What can never hold together, about one field. */
export const withinOneField: Readonly<Record<string, fc.Arbitrary<readonly Rule[]>>> = {
  bounds: twoNumbers.map(([a, b]) => [compare('greaterThan', score, b), compare('lessThan', score, a)]),
  touching: twoNumbers.map(([a]) => [compare('greaterThan', score, a), compare('atMost', score, a)]),
  values: twoNumbers.map(([a, b]) => [equals(score, a), equals(score, b + 1)]),
  between: twoNumbers.map(([a, b]) => [
    { op: 'between', left: score, low: a, high: b },
    compare('greaterThan', score, b),
  ]),
  options: twoNumbers.map(([a, b]) => [{ op: 'in', left: score, right: [a, b] }, compare('lessThan', score, a)]),
  outside: twoNumbers.map(([a, b]) => [equals(score, a), { op: 'notIn', left: score, right: [a, b] }]),
  missing: twoNumbers.map(([a]) => [{ op: 'missing', left: score }, compare('atLeast', score, a)]),
  texts: fc.constant([equals(name, 'Ada'), equals(name, 'Bob')]),
  textStart: fc.constant([equals(name, 'Ada'), { op: 'startsWith', left: name, right: 'B' }]),
  textStarts: fc.constant([
    { op: 'startsWith', left: name, right: 'Al' },
    { op: 'startsWith', left: name, right: 'AB', ignoreCase: true },
  ]),
  textInside: fc.constant([
    { op: 'startsWith', left: name, right: 'Smith' },
    { op: 'notContains', left: name, right: 'mit' },
  ]),
  textCase: fc.constant([
    { op: 'endsWith', left: name, right: 'Son' },
    not({ op: 'contains', left: name, right: 'SO', ignoreCase: true }),
  ]),
  textPattern: fc.constant([
    { op: 'in', left: name, right: ['Ada', 'Bob'] },
    { op: 'matches', left: name, pattern: '^C' },
  ]),
  textEmpty: fc.constant([
    { op: 'isEmpty', left: name },
    { op: 'contains', left: name, right: 'a' },
  ]),
  choices: fc.constant([
    { op: 'exists', left: plan },
    { op: 'notIn', left: plan, right: ['free', 'pro', 'team'] },
  ]),
  choicesOneByOne: fc.constant([
    { op: 'exists', left: plan },
    notEquals(plan, 'free'),
    notEquals(plan, 'pro'),
    notEquals(plan, 'team'),
  ]),
  choicesText: fc.constant([
    { op: 'startsWith', left: plan, right: 'p' },
    { op: 'in', left: plan, right: ['free', 'team'] },
  ]),
  booleans: fc.constant([equals(attribute('isActive'), true), equals(attribute('isActive'), false)]),
  booleanThird: fc.constant([
    { op: 'exists', left: attribute('isActive') },
    notEquals(attribute('isActive'), true),
    notEquals(attribute('isActive'), false),
  ]),
  instants: fc.constant([
    { op: 'before', ...on(createdAt, '2025-01-01T00:00Z') },
    { op: 'after', ...on(createdAt, '2025-06-01T00:00Z') },
  ]),
  instantOnDay: fc.constant([
    { op: 'on', left: createdAt, right: { day: '2025-03-01' }, timeZone: 'Europe/Berlin' },
    { op: 'before', ...on(createdAt, '2025-02-20T00:00Z') },
  ]),
  windows: twoLengths.map(([a, b]) => [inLast(createdAt, a), moreThanAgo(createdAt, b)]),
  windowsIn: twoLengths.map(([a, b]) => [
    inLast(createdAt, a),
    { op: 'notInLast', left: createdAt, duration: days(b) },
  ]),
  ahead: twoLengths.map(([a]) => [{ op: 'inNext', left: createdAt, duration: days(a) }, moreThanAgo(createdAt, a)]),
  betweenAgo: twoLengths.map(([a, b]) => [
    { op: 'betweenAgo', left: createdAt, from: days(b), to: days(b + 5) },
    inLast(createdAt, a),
  ]),
  months: fc.constant([
    calendar(createdAt, { period: 'this', unit: 'month' }),
    calendar(createdAt, { period: 'last', unit: 'month', count: 2, current: false }),
  ]),
  monthAndYear: fc.constant([
    calendar(createdAt, { period: 'last', unit: 'year', count: 1, current: false }),
    calendar(createdAt, { period: 'this', unit: 'month' }),
  ]),
  calendarAndDays: fc.constant([inLast(createdAt, 7), { op: 'moreThanAgo', left: createdAt, duration: 'P1M' }]),
  years: fc.constant([
    calendar(createdAt, { period: 'year', year: 2024 }),
    { op: 'after', ...on(createdAt, '2025-02-01T00:00Z') },
  ]),
  daysInOrder: fc.constant([
    { op: 'before', left: birthday, right: { day: '1990-01-01' } },
    calendar(birthday, { period: 'year', year: 1995 }),
  ]),
  dayWindows: twoLengths.map(([a, b]) => [inLast(birthday, a), moreThanAgo(birthday, b)]),
  anniversaries: twoLengths.map(([a, b]) => [
    { op: 'anniversaryIn', left: birthday, days: a, current: false },
    not({ op: 'anniversaryIn', left: birthday, days: b + 1, current: true }),
  ]),
  lists: fc.constant([
    { op: 'containsAll', left: topics, right: ['boots', 'hats'] },
    { op: 'containsNone', left: topics, right: ['hats', 'ties'] },
  ]),
  listLength: fc.constant([
    { op: 'containsAll', left: topics, right: ['boots', 'hats'] },
    compare('lessThan', { get: 'length', of: topics }, 2),
  ]),
  listEmpty: fc.constant([
    { op: 'isEmpty', left: topics },
    { op: 'containsAny', left: topics, right: ['boots'] },
  ]),
  listWhole: fc.constant([
    equals(topics, ['boots', 'hats']),
    not({ op: 'containsAny', left: topics, right: ['hats'] }),
  ]),
  tags: fc.constant([hasTag('VIP'), { op: 'hasNoneOfTags', tags: ['VIP', 'new'] }]),
  tagsAll: fc.constant([{ op: 'hasAllTags', tags: ['VIP', 'new'] }, not(hasTag('new'))]),
  tagHeld: fc.constant([{ op: 'tagHeldBy', tag: 'VIP', holder: 'campaign', by: 'spring' }, not(hasTag('VIP'))]),
  counts: twoNumbers.map(([a, b]) => [
    compare('greaterThan', count(purchases(30)), Math.abs(b)),
    compare('atMost', count(purchases(30)), Math.min(Math.abs(a), Math.abs(b))),
  ]),
  countNone: fc.constant([compare('atLeast', count(purchases(30)), 1), { op: 'none', of: purchases(30) }]),
  countBelowZero: fc.constant([compare('lessThan', count({ records: ['deals'] }), 0)]),
  countBetween: fc.constant([
    compare('greaterThan', count(purchases(7)), 2),
    compare('lessThan', count(purchases(7)), 3),
  ]),
  samples: fc.constant([
    { op: 'inSample', salt: 'a', from: 0, to: 3000 },
    { op: 'inSample', salt: 'a', from: 3000, to: 10_000 },
  ]),
}

/** What can never hold together, through several fields. */
export const acrossFields: Readonly<Record<string, fc.Arbitrary<readonly Rule[]>>> = {
  orderOfThree: fc.constant([
    compare('lessThan', attribute('low'), score),
    compare('lessThan', score, attribute('high')),
    compare('atMost', attribute('high'), attribute('low')),
  ]),
  orderAndBounds: twoNumbers.map(([a, b]) => [
    compare('lessThan', attribute('low'), attribute('high')),
    compare('atLeast', attribute('low'), b),
    compare('atMost', attribute('high'), a),
  ]),
  equalNumbers: twoNumbers.map(([a, b]) => [
    equals(attribute('low'), attribute('high')),
    compare('atLeast', attribute('low'), b + 1),
    compare('lessThan', attribute('high'), a),
  ]),
  equalTexts: fc.constant([
    equals(attribute('city'), attribute('town')),
    equals(attribute('city'), 'Bonn'),
    equals(attribute('town'), 'Kiel'),
  ]),
  equalThrice: fc.constant([
    equals(attribute('city'), attribute('town')),
    equals(attribute('town'), name),
    notEquals(attribute('city'), name),
  ]),
  datesInOrder: fc.constant([
    { op: 'before', left: createdAt, right: attribute('seenAt') },
    { op: 'before', left: attribute('seenAt'), right: attribute('paidAt') },
    not({ op: 'before', left: createdAt, right: attribute('paidAt') }),
  ]),
  datesAndWindows: twoLengths.map(([a, b]) => [
    { op: 'before', left: attribute('seenAt'), right: createdAt },
    inLast(attribute('seenAt'), a),
    moreThanAgo(createdAt, b),
  ]),
  daysInOrder: fc.constant([
    { op: 'after', left: birthday, right: attribute('due') },
    { op: 'before', left: birthday, right: { day: '2000-01-01' } },
    { op: 'after', left: attribute('due'), right: { day: '2001-01-01' } },
  ]),
  windowsOfItems: twoLengths.map(([a, b]) => [
    { op: 'some', of: purchases(a) },
    { op: 'none', of: purchases(b) },
  ]),
  whereOfItems: twoNumbers.map(([a, b]) => [
    compare('atLeast', count(purchases(30, b)), 3),
    compare('lessThan', count(purchases(60, a)), 3),
  ]),
  countsCompared: twoLengths.map(([a, b]) => [compare('greaterThan', count(purchases(a)), count(purchases(b)))]),
  sumOfNone: twoLengths.map(([a]) => [
    compare('greaterThan', { get: 'sum', of: purchases(a), value: property('amount') }, 0),
    { op: 'none', of: purchases(a) },
  ]),
  averageOfNone: twoLengths.map(([a, b]) => [
    { op: 'exists', left: { get: 'average', of: purchases(a), value: property('amount') } },
    { op: 'none', of: purchases(b) },
  ]),
  lastAndNone: twoLengths.map(([a, b]) => [
    inLast({ get: 'last', of: purchases(undefined) }, a),
    { op: 'none', of: purchases(b) },
  ]),
  lastLongAgo: twoLengths.map(([a, b]) => [
    moreThanAgo({ get: 'last', of: purchases(undefined) }, b),
    { op: 'some', of: purchases(a) },
  ]),
  everyAndSome: fc.constant([
    { op: 'every', of: { records: ['deals'] }, rule: compare('atLeast', property('value'), 10) },
    { op: 'some', of: { records: ['deals'], where: compare('lessThan', property('value'), 5) } },
  ]),
  sequenceOfNone: fc.constant([
    { op: 'sequence', steps: [{ of: { events: 'visit' } }, { of: purchases(undefined), within: '1d' }] },
    { op: 'none', of: purchases(undefined) },
  ]),
  tagCount: fc.constant([
    { op: 'hasAllTags', tags: ['VIP', 'new', 'warm'] },
    compare('lessThan', { get: 'tagCount' }, 3),
  ]),
  tagTime: fc.constant([inLast({ get: 'tagAdded', tag: 'VIP' }, 7), not(hasTag('VIP'))]),
  tagLike: fc.constant([hasTag('source-web'), not({ op: 'hasTagLike', pattern: 'source-*' })]),
  tagsLike: fc.constant([
    { op: 'hasTagLike', pattern: 'source-web-*' },
    not({ op: 'hasTagLike', pattern: 'source-*' }),
  ]),
  cases: fc.constant([
    { op: 'any', rules: [hasTag('VIP'), compare('greaterThan', score, 5)] },
    { op: 'any', rules: [not(hasTag('VIP')), compare('greaterThan', score, 7)] },
    compare('lessThan', score, 5),
  ]),
  someOf: fc.constant([
    { op: 'someOf', count: 2, rules: [hasTag('VIP'), compare('greaterThan', score, 5), equals(plan, 'pro')] },
    { op: 'notEquals', left: plan, right: 'pro' },
    compare('atMost', score, 3),
  ]),
  segment: twoNumbers.map(([a, b]) => [
    { op: 'inSegment', segment: 'scored' },
    compare('lessThan', score, Math.min(a, b, 60)),
  ]),
  segmentOfSegment: fc.constant([{ op: 'inSegment', segment: 'best' }, not({ op: 'inSegment', segment: 'scored' })]),
  presence: fc.constant([
    compare('greaterThan', { get: 'plus', left: score, right: attribute('low') }, 10),
    { op: 'missing', left: attribute('low') },
  ]),
  // Out of reach, and so counted as missed: sums of fields are not taken apart, and neither are patterns.
  arithmetic: fc.constant([
    compare('greaterThan', { get: 'plus', left: attribute('low'), right: 1 }, attribute('high')),
    compare('lessThan', { get: 'plus', left: attribute('low'), right: 2 }, attribute('high')),
  ]),
}

/** The segments that plants refer to. */
export const segments: Readonly<Record<string, Rule>> = {
  scored: compare('greaterThan', score, 60),
  best: { op: 'all', rules: [{ op: 'inSegment', segment: 'scored' }, hasTag('best')] },
}

const noise: fc.Arbitrary<Rule> = fc.oneof(
  fc.integer({ min: 0, max: 9 }).map((n) => compare('greaterThan', attribute('noise1'), n)),
  fc.constantFrom('a', 'b', 'c').map((text) => equals(attribute('noise2'), text)),
  fc.boolean().map((value) => equals(attribute('noise3'), value)),
  fc.constantFrom('x', 'y').map(hasTag),
  fc
    .constantFrom(10, 20)
    .map((n): Rule => ({ op: 'some', of: { events: 'visit', window: { window: 'inLast', duration: days(n) } } })),
)

/** A rule of about `size` nodes in which each of its plants must hold, in the one branch or the other. */
export function around(plants: readonly Rule[], size: number): fc.Arbitrary<Rule> {
  return fc.array(noise, { minLength: 4, maxLength: Math.max(4, size - plants.length) }).map((parts): Rule => {
    const half = Math.floor(parts.length / 2)
    const [one, other] = [parts.slice(0, half), parts.slice(half)]
    const [first, ...rest] = plants
    const branch = (some: readonly Rule[]): Rule => ({ op: 'all', rules: [...some, ...rest] })
    const either: Rule =
      rest.length === 0 ? { op: 'any', rules: parts } : { op: 'any', rules: [branch(one), branch(other)] }
    return { op: 'all', rules: [...(first === undefined ? [] : [first]), either, { op: 'any', rules: parts }] }
  })
}
