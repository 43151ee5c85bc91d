import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY } from '../../src/base/civil.js'
import { viewOf } from '../../src/contacts/contact-view.js'
import type { Contact } from '../../src/contacts/contact.js'
import type { LeafRule, Rule } from '../../src/rules/ast.js'
import { holds } from '../../src/rules/evaluate.js'
import { leafMovesAfter } from '../../src/rules/moves.js'
import { during, remembered } from '../../src/rules/timed-parts.js'
import { nextFlip, timedRule, type Timed } from '../../src/rules/timed.js'
import { runs } from '../runs.js'
import { attr, contactOf, ms } from './asking.js'
import { gridWorlds, movingOps, QUARTER, type SmallWorld } from './small-rules.js'

/*
 * Rules in time against the plain evaluator, asked at every quarter of an hour, on which everything flips:
 *
 * 1. A timed rule holds at an instant just when the rule does.
 * 2. `mayFlipAfter` is after the instant asked for, and no flip comes before it.
 * 3. From flip to flip, `nextFlip` finds exactly the flips, to the millisecond, from wherever it is asked.
 * 4. It says `never` only where none comes, and stops at its horizon.
 */

interface Case {
  readonly world: SmallWorld
  readonly contact: Contact
  readonly rule: Rule
  /** The rule of the segment `other`. */
  readonly other: Rule
}

const cases = (ruleOf: (world: SmallWorld) => fc.Arbitrary<Rule>): fc.Arbitrary<Case> =>
  fc
    .constantFrom(...gridWorlds)
    .chain((world) =>
      fc.record({ world: fc.constant(world), contact: world.contact, rule: ruleOf(world), other: world.lively() }),
    )

function truthOf({ world, contact, rule, other }: Case): (now: number) => boolean {
  const view = viewOf(contact)
  const { timeZone } = world.scene
  const isIn = (now: number): boolean => holds(other, { contact: view, now, timeZone, inSegment: () => false })
  return (now) => holds(rule, { contact: view, now, timeZone, inSegment: () => isIn(now) })
}

function timedOf({ world, contact, rule, other }: Case): Timed {
  const view = viewOf(contact)
  const { timeZone } = world.scene
  const isIn = remembered(timedRule(other, view, timeZone, () => during(0, 0)))
  return timedRule(rule, view, timeZone, () => isIn)
}

/** The flips of a truth in `(from, to]`, by asking at every quarter of an hour. */
function flipsOf(truth: (now: number) => boolean, from: number, to: number): number[] {
  const flips: number[] = []
  let last = truth(from)
  for (let now = from + QUARTER; now <= to; now += QUARTER) {
    if (truth(now) === last) continue
    last = !last
    flips.push(now)
  }
  return flips
}

/** All flips in `(from, to]` that `nextFlip` finds. */
function chain(timed: Timed, from: number, to: number): number[] {
  const flips: number[] = []
  for (let next = nextFlip(timed, from, to); 'at' in next; next = nextFlip(timed, next.at, to)) flips.push(next.at)
  return flips
}

function checkExact(one: Case, offset: number): void {
  const { from, to } = one.world.scene
  const truth = truthOf(one)
  const timed = timedOf(one)
  const flips = flipsOf(truth, from, to)
  expect(chain(timed, from, to)).toEqual(flips)
  for (const flip of flips) {
    for (const now of [flip - 1, flip, flip + 1]) expect(timed.holdsAt(now)).toBe(truth(now))
    expect(truth(flip - 1)).not.toBe(truth(flip))
    expect(nextFlip(timed, flip - 1, to)).toEqual({ at: flip })
    expect(nextFlip(timed, flip - 1, flip - 1)).toEqual({ notBefore: flip - 1 })
  }
  const wrong: number[] = []
  for (let now = from; now < to; now += QUARTER) {
    for (const asked of [now, now + offset]) if (timed.holdsAt(asked) !== truth(asked)) wrong.push(asked)
  }
  expect(wrong).toEqual([])
  const asked = from + offset
  const next = nextFlip(timed, asked, to)
  const first = flips.find((flip) => flip > asked)
  if (first === undefined) expect([{ never: true }, { notBefore: to }]).toContainEqual(next)
  else expect(next).toEqual({ at: first })
  const mayFlip = timed.mayFlipAfter(asked)
  expect(mayFlip).toBeGreaterThan(asked)
  expect(mayFlip).toBeLessThanOrEqual(first ?? Infinity)
}

describe('a rule in time', () => {
  const offset = fc.nat({ max: QUARTER - 1 })

  it('flips when its leaf does', () => {
    fc.assert(
      fc.property(
        cases((world) => world.leaf(movingOps)),
        offset,
        checkExact,
      ),
      { numRuns: runs(60) },
    )
  })

  it('flips when the plain evaluator says so, segments and all', () => {
    fc.assert(
      fc.property(
        cases((world) => world.lively(['other'])),
        offset,
        checkExact,
      ),
      { numRuns: runs(150) },
    )
  })

  it('flips no more where it is said never to, or not before an instant', () => {
    const law = (one: Case, offset: number): void => {
      const { from, to } = one.world.scene
      const timed = timedOf(one)
      const truth = truthOf(one)
      const horizon = to + 1500 * DAY
      const next = nextFlip(timed, from + offset, horizon)
      if ('at' in next) {
        expect(truth(next.at)).not.toBe(truth(next.at - 1))
        return
      }
      const held = truth(from + offset)
      for (let now = from + DAY; now <= horizon; now += DAY) expect(truth(now)).toBe(held)
    }
    fc.assert(
      fc.property(
        cases((world) => world.lively(['other'])),
        offset,
        law,
      ),
      { numRuns: runs(60) },
    )
  })
})

describe('over months and years', () => {
  const leaf = (rule: object, attributes: Contact['attributes'], timeZone: string): Timed =>
    timedRule({ left: attr('x'), ...rule } as Rule, viewOf(contactOf({ attributes })), timeZone, () => during(0, 0))
  const flips = (timed: Timed, from: string, to: string): string[] =>
    chain(timed, ms(from), ms(to)).map((flip) => new Date(flip).toISOString())

  it('an instant leaves the last month at a local midnight', () => {
    const timed = leaf({ op: 'inLast', duration: 'P1M' }, { x: { instant: ms('2026-01-31T12:00Z') } }, 'Europe/Berlin')
    expect(flips(timed, '2026-01-01T00:00Z', '2027-01-01T00:00Z')).toEqual([
      '2026-01-31T12:00:00.000Z',
      '2026-02-28T23:00:00.000Z',
    ])
  })

  it('a birthday comes every year', () => {
    const timed = leaf({ op: 'anniversaryIn', days: 3, current: true }, { x: { day: '1990-03-30' } }, 'Europe/Berlin')
    expect(flips(timed, '2026-01-01T00:00Z', '2028-01-01T00:00Z')).toEqual([
      '2026-03-27T23:00:00.000Z',
      '2026-03-30T22:00:00.000Z',
      '2027-03-27T23:00:00.000Z',
      '2027-03-30T22:00:00.000Z',
    ])
  })

  it('an anniversary of 29 February may be left out of 365 days', () => {
    const timed = leaf({ op: 'anniversaryIn', days: 365, current: true }, { x: { day: '2000-02-29' } }, 'UTC')
    expect(flips(timed, '2025-01-01T00:00Z', '2033-01-01T00:00Z')).toEqual([
      '2027-03-01T00:00:00.000Z',
      '2027-03-02T00:00:00.000Z',
      '2031-03-01T00:00:00.000Z',
      '2031-03-02T00:00:00.000Z',
    ])
  })

  it('a date that is missing, or no date, never flips', () => {
    for (const attributes of [{}, { x: 5 }, { x: 'text' }]) {
      for (const op of ['inLast', 'notInLast']) {
        const timed = leaf({ op, duration: '1d' }, attributes, 'UTC')
        expect(timed.holdsAt(0)).toBe(op === 'notInLast')
        expect(nextFlip(timed, 0, 1)).toEqual({ never: true })
      }
      expect(nextFlip(leaf({ op: 'anniversaryIn', days: 3, current: true }, attributes, 'UTC'), 0, 1)).toEqual({
        never: true,
      })
    }
  })

  it('has no next move where nothing in it is a value', () => {
    const scope = { contact: viewOf(contactOf({})), now: 0, timeZone: 'UTC', inSegment: () => false }
    const asked = { get: 'last', of: { events: 'visit' } } as const
    const alone: readonly LeafRule[] = [
      { op: 'hasTag', tag: 'x' },
      { op: 'inSample', salt: 's', from: 0, to: 1 },
    ]
    for (const each of alone) expect(leafMovesAfter(each, scope)).toBe(Infinity)
    const view = viewOf({ ...contactOf({}), events: [{ type: 'visit', at: 7, properties: {} }] })
    expect(leafMovesAfter({ op: 'exists', left: asked }, { ...scope, contact: view })).toBe(7)
  })

  it('stops at the end of time', () => {
    const timed = leaf({ op: 'anniversaryIn', days: 3, current: true }, { x: { day: '1990-03-30' } }, 'UTC')
    expect(timed.mayFlipAfter(8.64e15)).toBe(Infinity)
    expect(leaf({ op: 'inLast', duration: '1d' }, { x: { instant: 8.64e15 } }, 'UTC').mayFlipAfter(8.64e15)).toBe(
      Infinity,
    )
  })
})

describe('parts that decide the whole', () => {
  const birthday: Rule = { op: 'anniversaryIn', left: { day: '1960-03-30' }, days: 3, current: true }
  const next = (rule: Rule): unknown =>
    nextFlip(
      timedRule(rule, viewOf(contactOf({})), 'UTC', () => during(0, 0)),
      0,
      400 * DAY,
    )

  it('end the search', () => {
    expect(next(birthday)).toEqual({ at: 86 * DAY })
    expect(next({ op: 'all', rules: [birthday, { op: 'hasTag', tag: 'none' }] })).toEqual({ never: true })
    expect(next({ op: 'any', rules: [{ op: 'everyone' }, birthday] })).toEqual({ never: true })
    expect(next({ op: 'someOf', count: 2, rules: [birthday, { op: 'nobody' }, { op: 'nobody' }] })).toEqual({
      never: true,
    })
    expect(next({ op: 'someOf', count: 2, rules: [birthday, { op: 'everyone' }, { op: 'nobody' }] })).toEqual({
      at: 86 * DAY,
    })
  })

  it('leave open what only stays the same by chance', () => {
    expect(next({ op: 'any', rules: [birthday, { op: 'not', rule: birthday }] })).toEqual({ notBefore: 400 * DAY })
  })
})
