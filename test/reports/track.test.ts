import { createEngine, days, events, hasTag } from 'coterie'
import { conversion, dwell, growth, retention, track } from 'coterie/reports'
import { describe, expect, it } from 'vitest'
import { refusal } from '../engine/scene.js'

const day = 86_400_000

function vipEngine(): ReturnType<typeof createEngine> {
  const engine = createEngine({ now: 0, timeZone: 'Europe/Berlin' })
  engine.segments.define({ id: 'vip', rule: hasTag('VIP') })
  engine.segments.define({ id: 'other', rule: hasTag('other') })
  for (const id of ['ada', 'bob']) engine.contacts.put({ id })
  return engine
}

describe('a tracker', () => {
  it('says since when it counts, and counts from there on', () => {
    const engine = vipEngine()
    engine.tags.add('ada', 'VIP')
    engine.advanceTo(days(3))
    const tracker = track(engine)
    engine.tags.add('bob', 'VIP')
    engine.advanceTo(days(4))
    engine.tags.remove('ada', 'VIP')
    expect([tracker.since, tracker.daily.since]).toEqual([3 * day, 3 * day])
    const [vip] = growth(engine, tracker).rows
    expect(vip?.periods.map(({ label, entered, left, size }) => [label, entered, left, size])).toEqual([
      ['1970-01-04', 1, 0, 2],
      ['1970-01-05', 0, 1, 1],
    ])
    expect(refusal(() => growth(engine, tracker, { from: days(2) })).code).toBe('OPTION_INVALID')
  })

  it('hears only of the segments it is told, and of nothing once it is stopped', () => {
    const engine = vipEngine()
    const tracker = track(engine, { segments: ['vip'] })
    engine.tags.add('ada', ['VIP', 'other'])
    tracker.stop()
    engine.tags.add('bob', ['VIP', 'other'])
    expect(tracker.moves).toEqual([
      { type: 'enter', segmentId: 'vip', contactId: 'ada', at: 0, cause: { kind: 'tag' } },
    ])
  })

  it('forgets who moved after the time it is to keep, and goes on counting', () => {
    const engine = vipEngine()
    const tracker = track(engine, { keep: '10d' })
    for (let n = 0; n < 400; n++) {
      engine.advanceTo(n * day)
      if (n % 2 === 0) engine.tags.add('ada', 'VIP')
      else engine.tags.remove('ada', 'VIP')
    }
    expect(tracker.since).toBe(389 * day)
    expect(tracker.moves.map(({ at }) => at / day)).toEqual([389, 390, 391, 392, 393, 394, 395, 396, 397, 398, 399])
    const months = growth(engine, tracker, { period: 'year', segments: ['vip'] }).rows[0]?.periods
    expect(months?.reduce((sum, { entered }) => sum + entered, 0)).toBe(200)
    expect(refusal(() => growth(engine, tracker, { within: hasTag('VIP'), from: days(1) })).code).toBe('OPTION_INVALID')
    expect(dwell(engine, tracker, { segments: ['vip'] }).rows[0]).toMatchObject({ ended: 6, average: day, unknown: 0 })
  })

  it('takes part in conversion and retention: from entering a segment to an event, or to another segment', () => {
    const engine = vipEngine()
    const tracker = track(engine)
    engine.tags.add('ada', 'VIP')
    engine.advanceTo(days(1))
    engine.tags.add('ada', 'other')
    engine.tags.add('bob', 'VIP')
    engine.events.record('bob', { type: 'purchase', at: days(1) + 5 })
    engine.advanceTo(days(40))
    const entered = { entered: 'vip', history: tracker }
    const toEvent = conversion(engine, { from: entered, goal: events('purchase').exists(), time: '7d' })
    expect(toEvent.all).toMatchObject({ started: 2, reached: 1, median: 5, open: 0 })
    const toSegment = conversion(engine, { from: entered, goal: { entered: 'other', history: tracker }, time: '1d' })
    expect(toSegment.all).toMatchObject({ started: 2, reached: 1, median: day })
    const { cohorts } = retention(engine, { start: entered, active: events('purchase').exists() })
    expect(cohorts[0]).toMatchObject({ label: '1970-01-01', size: 2, active: [1, null] })
  })

  it('refuses what is no time to keep', () => {
    const engine = vipEngine()
    expect(refusal(() => track(engine, { keep: 'P1M' })).code).toBe('OPTION_INVALID')
    expect(refusal(() => track(engine, { segments: 'vip' as never })).code).toBe('OPTION_INVALID')
  })
})

describe('stays that began before anybody counted', () => {
  it('are known where the segment keeps visits, and unknown where it does not', () => {
    const engine = createEngine({ now: 0 })
    engine.contacts.put({ id: 'ada' })
    engine.tags.add('ada', 'VIP')
    engine.segments.define({ id: 'with', rule: hasTag('VIP') })
    engine.segments.define({ id: 'without', rule: hasTag('VIP'), visits: false })
    engine.advanceTo(days(2))
    const tracker = track(engine)
    engine.advanceTo(days(5))
    engine.tags.remove('ada', 'VIP')
    const { rows } = dwell(engine, tracker)
    expect(rows.map(({ ended, unknown, average }) => [ended, unknown, average])).toEqual([
      [1, 0, 5 * day],
      [0, 1, undefined],
    ])
  })
})
