import { describe, expect, it } from 'vitest'
import { lastDays, onDay, thisMonth, today as todayPeriod } from '../../src/base/calendar-names.js'
import { DAY } from '../../src/base/civil.js'
import { durationOf, type DurationText } from '../../src/base/duration.js'
import { timeZone } from '../../src/base/time-zone.js'
import { edgesOf, intervalAt, type Window } from '../../src/base/window.js'
import { FIRST_INSTANT, LAST_INSTANT } from '../../src/base/zone-offsets.js'
import { instantOfText } from './zones.js'

describe('windows', () => {
  const berlin = timeZone('Europe/Berlin')
  const at = instantOfText
  const shown = (window: Window, now: string, zone = berlin): string => {
    const { from, to } = intervalAt(window, zone, at(now))
    return [from, to].map((end) => (Number.isFinite(end) ? new Date(end).toISOString() : String(end))).join(' ')
  }
  const duration = (text: DurationText) => durationOf(text)

  it('leave exactly when the duration has passed', () => {
    const { from } = edgesOf({ window: 'inLast', duration: duration('60d') }, berlin)
    const purchase = at('2026-01-01T00:00:00Z')
    expect(from.crossing(purchase)).toBe(purchase + 60 * DAY)
  })

  it('with an exact duration keep their distance from now', () => {
    const now = '2026-11-23T12:00:00Z'
    expect(shown({ window: 'inLast', duration: duration('1d') }, now)).toBe(
      '2026-11-22T12:00:00.001Z 2026-11-23T12:00:00.001Z',
    )
    expect(shown({ window: 'inNext', duration: duration('1d') }, now)).toBe(
      '2026-11-23T12:00:00.001Z 2026-11-24T12:00:00.001Z',
    )
    expect(shown({ window: 'moreThanAgo', duration: duration('1d') }, now)).toBe('-Infinity 2026-11-22T12:00:00.001Z')
    expect(shown({ window: 'betweenAgo', from: duration('1d'), to: duration('2d') }, now)).toBe(
      '2026-11-21T12:00:00.001Z 2026-11-22T12:00:00.001Z',
    )
  })

  it('with a calendar duration hold whole local days', () => {
    const now = '2026-03-31T12:00:00Z'
    expect(shown({ window: 'inLast', duration: duration('P1M') }, now)).toBe(
      '2026-02-27T23:00:00.000Z 2026-03-31T12:00:00.001Z',
    )
    expect(shown({ window: 'inNext', duration: duration('P1M') }, now)).toBe(
      '2026-03-31T12:00:00.001Z 2026-04-30T22:00:00.000Z',
    )
    expect(shown({ window: 'moreThanAgo', duration: duration('P1Y') }, now)).toBe('-Infinity 2025-03-30T22:00:00.000Z')
    expect(shown({ window: 'betweenAgo', from: duration('P1M'), to: duration('P2M') }, now)).toBe(
      '2026-01-30T23:00:00.000Z 2026-02-27T23:00:00.000Z',
    )
    expect(shown({ window: 'inLast', duration: duration('P0M') }, now)).toBe(
      '2026-03-30T22:00:00.000Z 2026-03-31T12:00:00.001Z',
    )
  })

  it('hold 23 and 25 hours on the days of the change', () => {
    const window: Window = { window: 'calendar', period: todayPeriod, weekStartsOn: 'monday' }
    expect(shown(window, '2026-03-29T12:00:00Z')).toBe('2026-03-28T23:00:00.000Z 2026-03-29T22:00:00.000Z')
    expect(shown(window, '2026-10-25T12:00:00Z')).toBe('2026-10-24T22:00:00.000Z 2026-10-25T23:00:00.000Z')
  })

  it('turn at local midnight in Kolkata', () => {
    const kolkata = timeZone('Asia/Kolkata')
    const window: Window = { window: 'calendar', period: thisMonth, weekStartsOn: 'monday' }
    expect(shown(window, '2026-01-31T18:29:59.999Z', kolkata)).toBe('2025-12-31T18:30:00.000Z 2026-01-31T18:30:00.000Z')
    expect(shown(window, '2026-01-31T18:30:00Z', kolkata)).toBe('2026-01-31T18:30:00.000Z 2026-02-28T18:30:00.000Z')
    expect(edgesOf(window, kolkata).from.crossing(at('2026-01-15T00:00:00Z'))).toBe(at('2026-01-31T18:30:00Z'))
  })

  it('count an empty day as a day without length', () => {
    const apia = timeZone('Pacific/Apia')
    const window: Window = { window: 'calendar', period: lastDays(2, { current: true }), weekStartsOn: 'monday' }
    expect(shown(window, '2011-12-30T12:00:00Z', apia)).toBe('2011-12-30T10:00:00.000Z 2011-12-31T10:00:00.000Z')
    const empty: Window = { window: 'calendar', period: onDay('2011-12-30'), weekStartsOn: 'monday' }
    expect(shown(empty, '2011-12-30T12:00:00Z', apia)).toBe('2011-12-30T10:00:00.000Z 2011-12-30T10:00:00.000Z')
  })

  it('are open where no end is written', () => {
    const window: Window = { window: 'absolute', from: 5, to: undefined }
    expect(intervalAt(window, berlin, 0)).toEqual({ from: 5, to: Infinity })
    const { from, to } = edgesOf(window, berlin)
    expect([from.crossing(4), from.crossing(5), to.crossing(5)]).toEqual([-Infinity, Infinity, -Infinity])
  })

  it('end with time', () => {
    const longest = duration('100000000d')
    for (const window of ['inLast', 'inNext', 'moreThanAgo'] as const) {
      for (const span of [longest, duration('P10000Y'), duration('P1M'), duration('1ms')]) {
        const { from, to } = edgesOf({ window, duration: span }, berlin)
        for (const edge of [from, to]) {
          for (const value of [FIRST_INSTANT, FIRST_INSTANT + 1, 0, LAST_INSTANT - 1, LAST_INSTANT]) {
            const crossing = edge.crossing(value)
            expect(Number.isFinite(crossing) && (crossing <= FIRST_INSTANT || crossing > LAST_INSTANT)).toBe(false)
            for (const now of [FIRST_INSTANT, FIRST_INSTANT + 1, 0, LAST_INSTANT - 1, LAST_INSTANT])
              expect(edge.boundAt(now) > value).toBe(now >= crossing)
          }
        }
      }
    }
    const window: Window = { window: 'calendar', period: todayPeriod, weekStartsOn: 'monday' }
    expect(intervalAt(window, timeZone('UTC'), LAST_INSTANT)).toEqual({ from: LAST_INSTANT, to: LAST_INSTANT + 1 })
    expect(intervalAt({ window: 'inLast', duration: longest }, berlin, LAST_INSTANT)).toEqual({
      from: 1,
      to: LAST_INSTANT + 1,
    })
    expect(intervalAt({ window: 'inNext', duration: longest }, berlin, LAST_INSTANT)).toEqual({
      from: LAST_INSTANT + 1,
      to: LAST_INSTANT + 1,
    })
  })
})
