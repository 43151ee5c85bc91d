/*
 * "No purchase in the last 60 days" over eighteen months of a real shop: every exit and enter at its exact instant, however
 * the clock is moved and whenever the engine learns of the purchases.
 */

import { beforeAll, describe, expect, it } from 'vitest'
import { quietAtClosing, quietMoves, type Known, type Move } from './cdnow-quiet.js'
import {
  dayByDay,
  fromEventToEvent,
  monthByMonth,
  recordAhead,
  recordLate,
  recordThen,
  replay,
  sorted,
  type Replay,
} from './cdnow-replay.js'
import { cdnowFiles, closing, generatedCdnow, partOf, type Purchase, type Shop } from './cdnow-rows.js'
import { DAY } from './local-days.js'
import { Random } from './random.js'
import { oneIn, patience, sizeOf } from './share.js'

const files = cdnowFiles()
const whole = files ?? generatedCdnow(1, sizeOf(23_570, 20))

/** The data that costly runs are over. */
const shops: readonly (readonly [string, Shop])[] = [
  ['a small copy', generatedCdnow(2, 60)],
  [files === undefined ? 'a copy' : 'the files', files === undefined ? whole : partOf(files, oneIn(20))],
]

const inTime = ({ purchases }: Shop): readonly Known[] => purchases.map((each) => ({ ...each, learnt: each.at }))

function expectMoves(shop: Shop, found: Replay, moves: readonly Move[], expected: readonly Move[]): void {
  expect(found.folding.faults).toEqual([])
  expect(found.atStart).toBe(shop.customers.length)
  expect(moves).toEqual(expected)
  expect(found.members).toEqual(quietAtClosing(shop, expected))
  expect(found.folding.members('quiet')).toEqual(found.members)
}

describe('all customers', () => {
  let found: Replay
  beforeAll(() => {
    found = replay(whole, (engine) => {
      recordAhead(engine, whole.purchases)
      monthByMonth(engine)
    })
  }, patience)

  it('come and go at their instants, in order', () => {
    expectMoves(whole, found, found.moves, quietMoves(whole, inTime(whole), 'ahead'))
  })

  it.skipIf(files === undefined)('are as many as were counted', () => {
    const count = (type: Move['type']): number => found.moves.filter((move) => move.type === type).length
    expect([found.atStart, count('exit'), count('enter'), found.members.length]).toEqual([
      23_570, 39_309, 36_814, 21_075,
    ])
  })

  it('are moved by time, which says what fell due', () => {
    const others = found.folding.moves.filter(({ at, cause }) => cause.kind !== 'time' || cause.dueAt !== at)
    expect(others).toEqual([])
    const enters = found.folding.moves.filter(({ type }) => type === 'enter')
    expect(enters.filter(({ cause }) => cause.window?.length !== 0)).toEqual([])
  })
})

describe.each(shops)('%s', (_, shop) => {
  const expected = quietMoves(shop, inTime(shop), 'ahead')

  it.each([
    ['from event to event', fromEventToEvent],
    ['day by day', dayByDay],
    ['month by month', monthByMonth],
  ])('with the clock moved %s', { timeout: patience }, (_, move) => {
    const found = replay(shop, (engine) => {
      recordAhead(engine, shop.purchases)
      move(engine)
    })
    expectMoves(shop, found, found.moves, expected)
  })

  it('with each purchase recorded at its instant', { timeout: patience }, () => {
    const found = replay(shop, (engine) => recordThen(engine, shop.purchases))
    expectMoves(shop, found, found.moves, expected)
    const exits = found.folding.moves.filter(({ type }) => type === 'exit')
    expect(new Set(exits.map(({ cause }) => `${cause.kind} ${String(cause.late)}`))).toEqual(
      new Set(['event undefined']),
    )
  })

  it.each([
    ['at the end, in any order', () => closing],
    [
      'up to a hundred days late',
      ({ at }: Purchase, random: Random) => Math.min(at + random.whole(1, 100 * DAY), closing),
    ],
  ])('with all purchases recorded late: %s', { timeout: patience }, (_, learntAt) => {
    const random = new Random(3)
    const late = random.shuffled(shop.purchases).map((each) => ({ ...each, learnt: learntAt(each, random) }))
    const found = replay(shop, (engine) => recordLate(engine, late))
    expectMoves(shop, found, sorted(shop, found), quietMoves(shop, late, 'then'))
    expect(found.members).toEqual(quietAtClosing(shop, expected))
    const exits = found.folding.moves.filter(({ type }) => type === 'exit')
    const times = new Set(late.map(({ customer, at, learnt }) => `${customer} ${at} ${learnt}`))
    expect(exits.filter(({ cause }) => cause.late !== true)).toEqual([])
    expect(exits.filter(({ at, contactId, cause }) => !times.has(`${contactId} ${cause.eventAt ?? 0} ${at}`))).toEqual(
      [],
    )
  })
})
