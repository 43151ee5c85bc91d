import { describe, expect, it } from 'vitest'
import type { CalendarPeriod, Weekday } from '../../src/base/calendar-period.js'
import {
  lastDays,
  lastMonths,
  nextDays,
  nextWeek,
  onDay,
  thisWeek,
  today,
  yesterday,
} from '../../src/base/calendar-names.js'
import type { DurationText } from '../../src/base/duration.js'
import type { Value } from '../../src/contacts/value.js'
import type { Operand, Rule } from '../../src/rules/ast.js'
import { ask, at, attr, ms } from './asking.js'

const berlin = 'Europe/Berlin'

describe('before, on and after', () => {
  /** Which of the three hold. */
  const order = (left: Operand, right: Operand, timeZone = 'UTC'): string =>
    (['before', 'on', 'after'] as const).filter((op) => ask({ op, left, right, timeZone })).join()

  it('an instant is on a day from its start until the start of the next, in the zone', () => {
    const day = { day: '2026-06-01' }
    expect(order(at('2026-05-31T21:59:59.999Z'), day, berlin)).toBe('before')
    expect(order(at('2026-05-31T22:00Z'), day, berlin)).toBe('on')
    expect(order(at('2026-06-01T21:59:59.999Z'), day, berlin)).toBe('on')
    expect(order(at('2026-06-01T22:00Z'), day, berlin)).toBe('after')
    expect(order(day, at('2026-06-01T22:00Z'), berlin)).toBe('before')
    expect(order(at('2026-06-01T22:00Z'), day, 'UTC')).toBe('on')
  })

  it('a day has 23 or 25 hours where clocks are put forward or back', () => {
    const short = { day: '2026-03-29' }
    expect(order(at('2026-03-28T23:00Z'), short, berlin)).toBe('on')
    expect(order(at('2026-03-29T21:59:59.999Z'), short, berlin)).toBe('on')
    expect(order(at('2026-03-29T22:00Z'), short, berlin)).toBe('after')
    const long = { day: '2026-10-25' }
    expect(order(at('2026-10-24T22:00Z'), long, berlin)).toBe('on')
    expect(order(at('2026-10-25T22:59:59.999Z'), long, berlin)).toBe('on')
    expect(order(at('2026-10-25T23:00Z'), long, berlin)).toBe('after')
  })

  it('nothing is on a day that a zone left out', () => {
    expect(order(at('2011-12-30T09:59:59.999Z'), { day: '2011-12-30' }, 'Pacific/Apia')).toBe('before')
    expect(order(at('2011-12-30T10:00Z'), { day: '2011-12-30' }, 'Pacific/Apia')).toBe('after')
  })

  it('an instant is on an instant when they are equal, a day on a day', () => {
    expect(order(at('2026-01-01T00:00Z'), at('2026-01-01T00:00:00.001Z'))).toBe('before')
    expect(order(at('2026-01-01T00:00Z'), at('2026-01-01T00:00Z'))).toBe('on')
    expect(order({ day: '2026-01-02' }, { day: '2026-01-01' })).toBe('after')
    expect(order({ day: '2026-01-02' }, { day: '2026-01-02' })).toBe('on')
  })

  it('is of dates only, and of those that are there', () => {
    for (const other of [1, '2026-01-01', true, attr('none')]) {
      expect(order(at('2026-01-01T00:00Z'), other)).toBe('')
      expect(order(other, { day: '2026-01-01' })).toBe('')
    }
  })

  it('between holds at both ends, a day being whole', () => {
    const rule: Rule = {
      op: 'between',
      left: attr('x'),
      low: { day: '2026-06-01' },
      high: { day: '2026-06-02' },
      timeZone: berlin,
    }
    const between = (iso: string): boolean => ask(rule, { attributes: { x: at(iso) } })
    expect(between('2026-05-31T21:59:59.999Z')).toBe(false)
    expect(between('2026-05-31T22:00Z')).toBe(true)
    expect(between('2026-06-02T21:59:59.999Z')).toBe(true)
    expect(between('2026-06-02T22:00Z')).toBe(false)
  })
})

type Rolling = 'inLast' | 'notInLast' | 'inNext' | 'moreThanAgo'

describe('windows of an exact duration', () => {
  const now = ms('2026-06-15T12:00Z')
  const day = 86_400_000
  const rolling = (op: Rolling, duration: DurationText, offset: number): boolean =>
    ask({ op, left: { instant: now + offset }, duration }, { now })

  it('inLast is (now − D, now]: left at exactly t + D', () => {
    expect(rolling('inLast', '1d', 1)).toBe(false)
    expect(rolling('inLast', '1d', 0)).toBe(true)
    expect(rolling('inLast', '1d', 1 - day)).toBe(true)
    expect(rolling('inLast', '1d', -day)).toBe(false)
    expect(rolling('inLast', '0ms', 0)).toBe(false)
  })

  it('inNext is (now, now + D]', () => {
    expect(rolling('inNext', '1d', 0)).toBe(false)
    expect(rolling('inNext', '1d', 1)).toBe(true)
    expect(rolling('inNext', '1d', day)).toBe(true)
    expect(rolling('inNext', '1d', day + 1)).toBe(false)
  })

  it('moreThanAgo is at or before now − D', () => {
    expect(rolling('moreThanAgo', '1d', 1 - day)).toBe(false)
    expect(rolling('moreThanAgo', '1d', -day)).toBe(true)
    expect(rolling('moreThanAgo', '1d', -1000 * day)).toBe(true)
    expect(rolling('moreThanAgo', '0ms', 0)).toBe(true)
  })

  it('betweenAgo is (now − B, now − A]', () => {
    const between = (offset: number): boolean =>
      ask({ op: 'betweenAgo', left: { instant: now + offset }, from: '1d', to: '2d' }, { now })
    expect([1 - day, -day, 1 - 2 * day, -2 * day].map(between)).toEqual([false, true, true, false])
  })

  it('of a missing value nothing holds but notInLast', () => {
    const of = (op: Rolling, left: Operand): boolean => ask({ op, left, duration: '1d' }, { now })
    for (const left of [attr('none'), 5, 'text']) {
      expect((['inLast', 'inNext', 'moreThanAgo'] as const).map((op) => of(op, left))).toEqual([false, false, false])
      expect(of('notInLast', left)).toBe(true)
    }
  })

  it('a day stands for its local start', () => {
    const rule: Rule = { op: 'inLast', left: { day: '2026-06-15' }, duration: '1h', timeZone: berlin }
    expect(ask(rule, { now: '2026-06-14T21:59:59.999Z' })).toBe(false)
    expect(ask(rule, { now: '2026-06-14T22:00Z' })).toBe(true)
    expect(ask(rule, { now: '2026-06-14T23:00Z' })).toBe(false)
  })

  it('24 hours are no local day where clocks are put forward', () => {
    const rule: Rule = { op: 'inLast', left: at('2026-03-28T22:30Z'), duration: '1d', timeZone: berlin }
    expect(ask(rule, { now: '2026-03-29T22:29:59.999Z' })).toBe(true)
    expect(ask(rule, { now: '2026-03-29T22:30Z' })).toBe(false)
  })
})

describe('windows of months', () => {
  const rolling = (op: Rolling, duration: DurationText, x: string, now: string): boolean =>
    ask({ op, left: at(x), duration, timeZone: berlin }, { now })

  it('inLast goes from the start of the day a month earlier up to now', () => {
    expect(rolling('inLast', 'P1M', '2026-05-14T22:00Z', '2026-06-15T12:00Z')).toBe(true)
    expect(rolling('inLast', 'P1M', '2026-05-14T21:59:59.999Z', '2026-06-15T12:00Z')).toBe(false)
    expect(rolling('inLast', 'P1M', '2026-06-15T12:00Z', '2026-06-15T12:00Z')).toBe(true)
    expect(rolling('inLast', 'P1M', '2026-06-15T12:00:00.001Z', '2026-06-15T12:00Z')).toBe(false)
  })

  it('clamps to the end of the month', () => {
    expect(rolling('inLast', 'P1M', '2026-02-27T23:00Z', '2026-03-31T12:00Z')).toBe(true)
    expect(rolling('inLast', 'P1M', '2026-02-27T22:59:59.999Z', '2026-03-31T12:00Z')).toBe(false)
    expect(rolling('inLast', 'P1Y', '2027-02-27T23:00Z', '2028-02-29T12:00Z')).toBe(true)
  })

  it('moreThanAgo is what came before', () => {
    expect(rolling('moreThanAgo', 'P1M', '2026-05-14T22:00Z', '2026-06-15T12:00Z')).toBe(false)
    expect(rolling('moreThanAgo', 'P1M', '2026-05-14T21:59:59.999Z', '2026-06-15T12:00Z')).toBe(true)
  })

  it('inNext goes to the end of the day a month later', () => {
    expect(rolling('inNext', 'P1M', '2026-06-15T12:00Z', '2026-06-15T12:00Z')).toBe(false)
    expect(rolling('inNext', 'P1M', '2026-06-15T12:00:00.001Z', '2026-06-15T12:00Z')).toBe(true)
    expect(rolling('inNext', 'P1M', '2026-07-15T21:59:59.999Z', '2026-06-15T12:00Z')).toBe(true)
    expect(rolling('inNext', 'P1M', '2026-07-15T22:00Z', '2026-06-15T12:00Z')).toBe(false)
  })

  it('betweenAgo is half-open at local midnights', () => {
    const between = (x: string): boolean =>
      ask({ op: 'betweenAgo', left: at(x), from: 'P1M', to: 'P2M', timeZone: berlin }, { now: '2026-06-15T12:00Z' })
    expect(between('2026-04-14T21:59:59.999Z')).toBe(false)
    expect(between('2026-04-14T22:00Z')).toBe(true)
    expect(between('2026-05-14T21:59:59.999Z')).toBe(true)
    expect(between('2026-05-14T22:00Z')).toBe(false)
  })
})

describe('windows of the calendar', () => {
  const inPeriod = (period: CalendarPeriod, x: Value, now: string, weekStartsOn?: Weekday): boolean =>
    ask(
      { op: 'inCalendar', left: x, period, timeZone: berlin, ...(weekStartsOn === undefined ? {} : { weekStartsOn }) },
      { now },
    )

  it('are whole local days, of 23 hours too', () => {
    const now = '2026-03-29T10:00Z'
    expect(inPeriod(today, at('2026-03-28T22:59:59.999Z'), now)).toBe(false)
    expect(inPeriod(today, at('2026-03-28T23:00Z'), now)).toBe(true)
    expect(inPeriod(today, at('2026-03-29T21:59:59.999Z'), now)).toBe(true)
    expect(inPeriod(today, at('2026-03-29T22:00Z'), now)).toBe(false)
    expect(inPeriod(yesterday, at('2026-03-28T22:59:59.999Z'), now)).toBe(true)
  })

  it('weeks begin on Monday, or where the rule says', () => {
    const sunday = '2026-06-14T12:00Z'
    expect(inPeriod(thisWeek, { day: '2026-06-08' }, sunday)).toBe(true)
    expect(inPeriod(thisWeek, { day: '2026-06-07' }, sunday)).toBe(false)
    expect(inPeriod(thisWeek, { day: '2026-06-08' }, sunday, 'sunday')).toBe(false)
    expect(inPeriod(thisWeek, { day: '2026-06-20' }, sunday, 'sunday')).toBe(true)
    expect(inPeriod(nextWeek, { day: '2026-06-15' }, sunday)).toBe(true)
  })

  it('count the current unit as one of the n, where it is written', () => {
    const now = '2026-06-15T12:00Z'
    const days = (period: CalendarPeriod): string[] =>
      ['12', '13', '14', '15', '16', '17'].filter((day) => inPeriod(period, { day: `2026-06-${day}` }, now))
    expect(days(lastDays(2, { current: true }))).toEqual(['14', '15'])
    expect(days(lastDays(2, { current: false }))).toEqual(['13', '14'])
    expect(days(nextDays(2, { current: true }))).toEqual(['15', '16'])
    expect(days(nextDays(2, { current: false }))).toEqual(['16', '17'])
    expect(inPeriod(lastMonths(1, { current: false }), { day: '2026-05-31' }, now)).toBe(true)
    expect(inPeriod(onDay('2026-05-31'), at('2026-05-30T22:00Z'), now)).toBe(true)
  })

  it('hold of no missing value', () => {
    expect(ask({ op: 'inCalendar', left: attr('none'), period: today })).toBe(false)
    expect(ask({ op: 'inCalendar', left: 0, period: today })).toBe(false)
  })
})

describe('anniversaries', () => {
  const soon = (left: Operand, now: string, days: number, current: boolean, leapDay?: 'feb28' | 'mar1'): boolean =>
    ask(
      { op: 'anniversaryIn', left, days, current, timeZone: berlin, ...(leapDay === undefined ? {} : { leapDay }) },
      { now },
    )

  it('are looked for among the next n local days', () => {
    const birthday = { day: '1990-06-17' }
    expect(soon(birthday, '2026-06-14T21:59:59.999Z', 2, false)).toBe(false)
    expect(soon(birthday, '2026-06-14T22:00Z', 2, false)).toBe(true)
    expect(soon(birthday, '2026-06-16T21:59:59.999Z', 2, false)).toBe(true)
    expect(soon(birthday, '2026-06-16T22:00Z', 2, false)).toBe(false)
    expect(soon(birthday, '2026-06-16T22:00Z', 1, true)).toBe(true)
    expect(soon(birthday, '2026-06-17T22:00Z', 1, true)).toBe(false)
  })

  it('begin a year after the date', () => {
    expect(soon({ day: '2026-06-17' }, '2026-06-17T10:00Z', 1, true)).toBe(false)
    expect(soon({ day: '2026-06-17' }, '2027-06-17T10:00Z', 1, true)).toBe(true)
    expect(soon({ day: '2030-06-17' }, '2026-06-17T10:00Z', 1, true)).toBe(false)
  })

  it('of 29 February fall on the 28th, or on 1 March where the rule says so', () => {
    const leap = { day: '2000-02-29' }
    expect(soon(leap, '2026-02-28T10:00Z', 1, true)).toBe(true)
    expect(soon(leap, '2026-03-01T10:00Z', 1, true)).toBe(false)
    expect(soon(leap, '2026-02-28T10:00Z', 1, true, 'mar1')).toBe(false)
    expect(soon(leap, '2026-03-01T10:00Z', 1, true, 'mar1')).toBe(true)
    expect(soon(leap, '2028-02-29T10:00Z', 1, true)).toBe(true)
  })

  it('of an instant are those of its local day', () => {
    expect(soon(at('2020-06-16T22:30Z'), '2026-06-17T10:00Z', 1, true)).toBe(true)
    expect(soon(at('2020-06-16T21:30Z'), '2026-06-17T10:00Z', 1, true)).toBe(false)
  })

  it('are of dates only', () => {
    for (const left of [attr('none'), 5, 'text']) expect(soon(left, '2026-06-17T10:00Z', 366, true)).toBe(false)
  })
})

describe('moved dates', () => {
  const later = (of: Operand, duration: DurationText, timeZone = berlin): Operand => ({
    get: 'later',
    of,
    duration,
    timeZone,
  })
  const earlier = (of: Operand, duration: DurationText, timeZone = berlin): Operand => ({
    get: 'earlier',
    of,
    duration,
    timeZone,
  })
  const is = (left: Operand, right: Operand): boolean => ask({ op: 'equals', left, right })
  const isMissing = (left: Operand): boolean => ask({ op: 'missing', left })

  it('by months keep the local time and clamp to the month’s end', () => {
    expect(is(later({ day: '2026-01-31' }, 'P1M'), { day: '2026-02-28' })).toBe(true)
    expect(is(earlier({ day: '2028-02-29' }, 'P1Y'), { day: '2027-02-28' })).toBe(true)
    expect(is(later(at('2026-03-15T11:00Z'), 'P1M'), at('2026-04-15T10:00Z'))).toBe(true)
    expect(is(later(at('2026-01-31T23:30Z'), 'P1M'), at('2026-02-28T23:30Z'))).toBe(true)
  })

  it('move forward by a gap, take the first of two, and stay where they are by none', () => {
    expect(is(later(at('2026-02-28T01:30Z'), 'P1M'), at('2026-03-28T01:30Z'))).toBe(true)
    expect(is(earlier(at('2026-04-29T00:30Z'), 'P1M'), at('2026-03-29T01:30Z'))).toBe(true)
    expect(is(later(at('2026-09-25T00:30Z'), 'P1M'), at('2026-10-25T00:30Z'))).toBe(true)
    expect(is(later(at('2026-10-25T01:30Z'), 'P0M'), at('2026-10-25T01:30Z'))).toBe(true)
  })

  it('by exact durations move instants exactly, and days by whole days only', () => {
    expect(is(later(at('2026-03-28T12:00Z'), '1d'), at('2026-03-29T12:00Z'))).toBe(true)
    expect(is(earlier({ day: '2026-03-01' }, '24h'), { day: '2026-02-28' })).toBe(true)
    expect(isMissing(later({ day: '2026-03-01' }, '25h'))).toBe(true)
    expect(isMissing(later(5, '1d'))).toBe(true)
    expect(isMissing(later(attr('none'), 'P1M'))).toBe(true)
    expect(isMissing(later('2026-03-01', 'P1M'))).toBe(true)
  })

  it('plus and minus a number are milliseconds, cut off towards the past', () => {
    const plus = (left: Operand, right: Operand): Operand => ({ get: 'plus', left, right })
    const minus = (left: Operand, right: Operand): Operand => ({ get: 'minus', left, right })
    const noon = at('2026-03-01T12:00Z')
    expect(is(plus(noon, 86_400_000), at('2026-03-02T12:00Z'))).toBe(true)
    expect(is(plus(noon, 1.9), at('2026-03-01T12:00:00.001Z'))).toBe(true)
    expect(is(plus(noon, 0.99999999), noon)).toBe(true)
    expect(is(minus(noon, 0.5), at('2026-03-01T11:59:59.999Z'))).toBe(true)
    expect(is(minus(noon, 1e-9), at('2026-03-01T11:59:59.999Z'))).toBe(true)
    expect(is(minus({ day: '2026-03-01' }, 86_400_000), { day: '2026-02-28' })).toBe(true)
    expect(isMissing(plus({ day: '2026-03-01' }, 1))).toBe(true)
  })

  it('are missing beyond the last instant and the days of four digits', () => {
    expect(isMissing(later({ instant: 8.64e15 }, '1ms'))).toBe(true)
    expect(isMissing(earlier({ instant: -8.64e15 }, 'P1M'))).toBe(true)
    expect(isMissing(later({ instant: 8.64e15 }, 'P1M'))).toBe(true)
    expect(isMissing(later({ day: '9999-12-31' }, '1d'))).toBe(true)
    expect(isMissing(earlier({ day: '0000-01-01' }, 'P1M'))).toBe(true)
    expect(is(later({ day: '9999-12-30' }, '1d'), { day: '9999-12-31' })).toBe(true)
    expect(isMissing({ get: 'plus', left: { instant: 0 }, right: 1e300 })).toBe(true)
  })

  it('can be compared with other dates of the contact', () => {
    const rule: Rule = { op: 'before', left: later(attr('signup'), '7d'), right: attr('firstOrder') }
    const attributes = { signup: at('2026-01-01T00:00Z'), firstOrder: at('2026-01-08T00:00:00.001Z') }
    expect(ask(rule, { attributes })).toBe(true)
    expect(ask(rule, { attributes: { ...attributes, firstOrder: at('2026-01-08T00:00Z') } })).toBe(false)
  })
})

it('a window takes the zone of the asking where it has none of its own', () => {
  const rule: Rule = { op: 'inCalendar', left: at('2026-06-14T22:30Z'), period: today }
  expect(ask(rule, { now: '2026-06-15T10:00Z', timeZone: berlin })).toBe(true)
  expect(ask(rule, { now: '2026-06-15T10:00Z', timeZone: 'UTC' })).toBe(false)
})
