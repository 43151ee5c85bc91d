import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Prover } from '../../src/analysis/prover.js'
import { not, type Literal } from '../../src/analysis/solver.js'
import { WEEKDAYS, type CalendarUnit } from '../../src/base/calendar-period.js'
import { addMonths, DAY, formatDay } from '../../src/base/civil.js'
import { durationOf, type DurationText } from '../../src/base/duration.js'
import { timeZone } from '../../src/base/time-zone.js'
import { viewOf } from '../../src/contacts/contact-view.js'
import type { Contact } from '../../src/contacts/contact.js'
import { defineSchema, field } from '../../src/contacts/schema.js'
import type { Value } from '../../src/contacts/value.js'
import type { LeafRule, Operand, Rule } from '../../src/rules/ast.js'
import { holds } from '../../src/rules/evaluate.js'
import { leafMovesAfter } from '../../src/rules/moves.js'
import { ruleOf } from '../../src/rules/read-rule.js'
import { runs } from '../runs.js'

/*
 * What is proved about dates is so. Conditions on a few dates, over windows of every kind, in one zone or in two, are taken one
 * by one, in pairs and by three, each also denied; each claim that they cannot be together is looked at by contacts whose
 * dates lie at the edges of the windows, at instants around the changes of clocks, the ends of months and leap days, and at the
 * very instants at which the plain evaluator says that a condition may turn over, and one before.
 *
 * 1. What never holds together, does not.
 * 2. Likewise from an instant on, at and after which all of the search is.
 */

const zones = ['UTC', 'Europe/Berlin', 'Pacific/Apia', 'America/Sao_Paulo', 'Asia/Kathmandu'] as const
const schema = defineSchema({
  attributes: { a: field.instant(), b: field.instant(), day: field.day() },
  events: { visit: {} },
})
const attributes: readonly Operand[] = ['a', 'b', 'day'].map((name) => ({ get: 'attribute', name }))
/** What a game is about: one date, or two. */
const subjects: fc.Arbitrary<readonly Operand[]> = fc.uniqueArray(
  fc.constantFrom<Operand>(
    ...attributes,
    { get: 'last', of: { events: 'visit' } },
    { get: 'first', of: { events: 'visit' } },
  ),
  { minLength: 1, maxLength: 2 },
)

const exact: readonly DurationText[] = [
  '0ms',
  '1ms',
  '12h',
  '1d',
  '2d',
  '7d',
  '27d',
  '28d',
  '29d',
  '30d',
  '31d',
  '92d',
  '365d',
]
const durations: readonly DurationText[] = [...exact, 'P1M', 'P2M', 'P12M']
const units: readonly CalendarUnit[] = ['day', 'week', 'month', 'quarter', 'year']
const written = ['2024-02-29', '2025-12-31', '2026-01-01', '2026-03-29', '2026-11-01'] as const

const periods = fc.oneof(
  fc.record({ period: fc.constant('this' as const), unit: fc.constantFrom(...units) }),
  fc.record({
    period: fc.constantFrom('last' as const, 'next' as const),
    unit: fc.constantFrom(...units),
    count: fc.integer({ min: 1, max: 3 }),
    current: fc.boolean(),
  }),
  fc.constantFrom(
    { period: 'year' as const, year: 2026 },
    { period: 'month' as const, year: 2026, month: 3 },
    { period: 'day' as const, day: '2026-03-29' },
  ),
)

/** A zone of a condition's own now and then. */
const zoned = fc.option(fc.constantFrom(...zones), { freq: 4, nil: undefined })
const inZone = <T extends object>([leaf, zone]: readonly [T, string | undefined]): T & { timeZone?: string } =>
  zone === undefined ? leaf : { ...leaf, timeZone: zone }

function leavesOf(of: readonly Operand[]): fc.Arbitrary<Rule> {
  const operands = fc.constantFrom(...of)
  return fc.oneof(
    fc
      .tuple(
        fc.record({
          op: fc.constantFrom('inLast' as const, 'notInLast' as const, 'inNext' as const, 'moreThanAgo' as const),
          left: operands,
          duration: fc.constantFrom(...durations),
        }),
        zoned,
      )
      .map(inZone),
    fc
      .tuple(operands, fc.uniqueArray(fc.constantFrom(...exact), { minLength: 2, maxLength: 2 }))
      .map(([left, lengths]): Rule => {
        const [from, to] = [...lengths].sort((one, other) => length(one) - length(other))
        return { op: 'betweenAgo', left, from: from as DurationText, to: to as DurationText }
      }),
    fc
      .tuple(
        fc.record({
          op: fc.constant('inCalendar' as const),
          left: operands,
          period: periods,
          weekStartsOn: fc.constantFrom(...WEEKDAYS.slice(0, 2)),
        }),
        zoned,
      )
      .map((made) => inZone(made) as Rule),
    fc
      .tuple(
        fc.record({
          op: fc.constantFrom('before' as const, 'after' as const, 'on' as const),
          left: operands,
          right: fc.oneof(fc.constantFrom(...of), fc.constantFrom(...written.map((day) => ({ day })))),
        }),
        zoned,
      )
      .map(inZone),
    fc.record({ op: fc.constantFrom('exists' as const, 'missing' as const), left: operands }),
    fc.record({
      op: fc.constantFrom('some' as const, 'none' as const),
      of: fc.record({
        events: fc.constant('visit'),
        window: fc.record({ window: fc.constant('inLast' as const), duration: fc.constantFrom(...durations) }),
      }),
    }),
    fc.record({
      op: fc.constant('anniversaryIn' as const),
      left: fc.constant<Operand>({ get: 'attribute', name: 'day' }),
      days: fc.integer({ min: 1, max: 40 }),
      current: fc.boolean(),
    }),
  )
}

function length(text: DurationText): number {
  const duration = durationOf(text)
  return duration.kind === 'exact' ? duration.ms : duration.months * 30 * DAY
}

const turns = [
  '2011-12-29',
  '2024-02-28',
  '2024-12-31',
  '2025-02-28',
  '2025-03-31',
  '2025-12-30',
  '2026-01-29',
  '2026-03-28',
  '2026-10-24',
].map((day) => Date.parse(day))

const games = fc.record({
  given: subjects.chain((of) => fc.array(leavesOf(of), { minLength: 3, maxLength: 6 })),
  zone: fc.constantFrom(...zones),
  since: fc.option(fc.constantFrom(...turns), { nil: undefined }),
  seed: fc.nat(),
})

/** A set of conditions that cannot all be so: each by its place, from 1 on, below 0 where it is denied. */
type Claim = readonly number[]

let claims = 0
let seen = 0

describe('proofs about dates', () => {
  it('survive a search for a counterexample', { timeout: 900_000 }, () => {
    fc.assert(
      fc.property(games, ({ given, zone, since, seed }) => {
        const rules = given.map((rule) => ruleOf(rule, { schema, timeZone: zone }) as LeafRule)
        const found = claimsOf(rules, zone, since)
        claims += found.length
        if (found.length === 0) return
        const draw = drawFrom(seed)
        for (let n = 0; n < 60; n += 1) {
          const { contact, now } = momentOf(draw, zone, since)
          const scopeAt = (at: number) => ({
            contact: viewOf(contact),
            now: at,
            timeZone: zone,
            inSegment: (): boolean => false,
          })
          const moves = rules.map((rule) => leafMovesAfter(rule, scopeAt(now))).filter(Number.isFinite)
          for (const at of new Set([now, ...moves.flatMap((move) => [Math.max(now, move - 1), move])])) {
            const truths = rules.map((rule) => holds(rule, scopeAt(at)))
            seen += 1
            const broken = found.find((claim) => claim.every((one) => truths[Math.abs(one) - 1] === one > 0))
            if (broken !== undefined) throw brokenBy(broken, rules, contact, at, since)
          }
        }
      }),
      { numRuns: runs(400) },
    )
    expect(claims).toBeGreaterThan(runs(400))
    expect(seen).toBeGreaterThan(runs(400) * 50)
  })
})

/** All that is proved not to be together, of up to three conditions; those that hold a smaller one are left out. */
function claimsOf(rules: readonly Rule[], zone: string, since: number | undefined): readonly Claim[] {
  const prover = new Prover({ schema, timeZone: zone, since })
  const literals = rules.map((rule) => prover.literalOf(rule))
  const literalOf = (one: number): Literal => {
    const literal = literals[Math.abs(one) - 1] as Literal
    return one > 0 ? literal : not(literal)
  }
  const found: Claim[] = []
  const look = (claim: Claim): void => {
    const isKnown = found.some((smaller) => smaller.every((one) => claim.includes(one)))
    if (!isKnown && prover.never(...claim.map(literalOf))) found.push(claim)
  }
  const all = rules.flatMap((_, place) => [place + 1, -place - 1])
  for (const one of all) look([one])
  const after = (one: number): readonly number[] => all.filter((other) => Math.abs(other) > Math.abs(one))
  for (const one of all) for (const other of after(one)) look([one, other])
  for (const one of all) for (const other of after(one)) for (const third of after(other)) look([one, other, third])
  return found
}

function brokenBy(
  claim: Claim,
  rules: readonly Rule[],
  contact: Contact,
  now: number,
  since: number | undefined,
): Error {
  const parts = claim.map((one) => `${one > 0 ? '' : 'not '}${JSON.stringify(rules[Math.abs(one) - 1])}`)
  const from = since === undefined ? '' : ` since ${new Date(since).toISOString()}`
  return new Error(
    `${parts.join(' and ')}${from} are together at ${new Date(now).toISOString()} in ${JSON.stringify(contact)}`,
  )
}

type Draw = <T>(list: readonly T[]) => T

function drawFrom(seed: number): Draw {
  let state = (seed ^ 0x9e3779b9) >>> 0
  return (list) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return list[Math.floor((state / 0x1_0000_0000) * list.length)] as never
  }
}

/** A contact whose dates lie at edges, seen from now. */
function momentOf(draw: Draw, zone: string, since: number | undefined): { contact: Contact; now: number } {
  const around = Array.from({ length: 12 }, (_, place) => place)
  const turn = draw(turns) + draw(around) * DAY * draw([0, 0.25, 1]) + draw(around) * 3_600_000 + draw([-1, 0, 0, 1])
  const now = Math.max(turn, since ?? -Infinity)
  const instant = (): number => {
    const of = timeZone(draw([zone, ...zones]))
    const today = of.dayOf(now)
    const step = draw([-1, 0, 0, 1])
    const sign = draw([-1, -1, -1, 1])
    switch (draw(['ago', 'day', 'month', 'written', 'near'] as const)) {
      case 'ago':
        return now + sign * length(draw(exact)) + step
      case 'day':
        return of.startOfDay(today + draw([-366, -92, -31, -30, -8, -7, -6, -1, 0, 1, 2, 7, 8])) + step
      case 'month': {
        const first = today - (Number(formatDay(today).slice(8)) - 1)
        return of.startOfDay(addMonths(draw([first, today]), draw([-12, -3, -2, -1, 0, 1, 2, 3]))) + step
      }
      case 'written':
        return of.startOfDay(Date.parse(draw(written)) / DAY) + draw([0, DAY]) + step
      case 'near':
        return now + draw([-3, -1, 1, 2]) * draw([3_600_000, 6 * 3_600_000, DAY]) + step
    }
  }
  const shared = instant()
  const date = (): number => (draw([true, false, false, false]) ? shared : instant())
  const has = (): boolean => draw([true, true, true, true, false])
  const values: Record<string, Value> = {}
  for (const name of ['a', 'b']) if (has()) values[name] = { instant: date() }
  if (has()) values['day'] = { day: formatDay(timeZone(zone).dayOf(date()) + draw([-1, 0, 0, 1])) }
  const visits = Array.from({ length: draw([0, 1, 1, 2]) }, date).sort((one, other) => one - other)
  return {
    contact: {
      id: 'ada',
      attributes: values,
      tags: [],
      events: visits.map((at) => ({ type: 'visit', at, properties: {} })),
      records: {},
    },
    now,
  }
}
