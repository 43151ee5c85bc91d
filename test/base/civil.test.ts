/*
 * Laws, for days between the years −9999 and 19999:
 * 1. civilOf and epochDayOf are each other's inverse, and agree with Temporal.
 * 2. weekdayOf, daysInMonth and addMonths agree with Temporal; addMonths never goes back.
 * 3. formatDay agrees with Temporal, and readDay reads it back; every other text is refused.
 */
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { addMonths, civilOf, daysInMonth, epochDayOf, formatDay, readDay, weekdayOf } from '../../src/base/civil.js'
import { runs } from '../runs.js'
import { epochDayOfPlain, plainDate } from './zones.js'

const anyDay = fc.oneof(fc.integer({ min: -60_000, max: 60_000 }), fc.integer({ min: -4_371_587, max: 6_585_000 }))

describe('days and dates', () => {
  it('walks through four centuries day by day', () => {
    let expected = { year: 1800, month: 1, day: 1 }
    const wrong: number[] = []
    for (let day = epochDayOf(1800, 1, 1); day < epochDayOf(2200, 1, 1); day++) {
      const found = civilOf(day)
      if (found.year !== expected.year || found.month !== expected.month || found.day !== expected.day) wrong.push(day)
      const isLast = expected.day === daysInMonth(expected.year, expected.month)
      if (!isLast) expected = { ...expected, day: expected.day + 1 }
      else if (expected.month < 12) expected = { year: expected.year, month: expected.month + 1, day: 1 }
      else expected = { year: expected.year + 1, month: 1, day: 1 }
    }
    expect(wrong).toEqual([])
    expect(expected).toEqual({ year: 2200, month: 1, day: 1 })
  })

  it('agrees with Temporal, both ways', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const { year, month, day: dayOfMonth } = civilOf(day)
        const date = plainDate(day)
        expect([year, month, dayOfMonth]).toEqual([date.year, date.month, date.day])
        expect(epochDayOf(year, month, dayOfMonth)).toBe(day)
        expect(daysInMonth(year, month)).toBe(date.daysInMonth)
        expect(weekdayOf(day)).toBe(date.dayOfWeek)
      }),
      { numRuns: runs(500) },
    )
  })

  it('begins at a Thursday', () => {
    expect(civilOf(0)).toEqual({ year: 1970, month: 1, day: 1 })
    expect(weekdayOf(0)).toBe(4)
    expect(weekdayOf(-1)).toBe(3)
    expect(weekdayOf(-4)).toBe(7)
  })

  it('has whole numbers as far as time goes', () => {
    expect(civilOf(100_000_000)).toEqual({ year: 275_760, month: 9, day: 13 })
    expect(civilOf(-100_000_000)).toEqual({ year: -271_821, month: 4, day: 20 })
    expect(epochDayOf(275_760, 9, 13)).toBe(100_000_000)
    expect(epochDayOf(-271_821, 4, 20)).toBe(-100_000_000)
  })
})

describe('adding months', () => {
  const shifted = (text: string, months: number) => formatDay(addMonths(readDay(text) ?? NaN, months))

  it('keeps the day of the month, or takes the last one', () => {
    expect(shifted('2026-01-31', 1)).toBe('2026-02-28')
    expect(shifted('2024-01-31', 1)).toBe('2024-02-29')
    expect(shifted('2024-02-29', 12)).toBe('2025-02-28')
    expect(shifted('2024-02-29', -48)).toBe('2020-02-29')
    expect(shifted('2026-03-31', -1)).toBe('2026-02-28')
    expect(shifted('2026-01-15', -1)).toBe('2025-12-15')
    expect(shifted('2026-12-31', 0)).toBe('2026-12-31')
    expect(shifted('0000-01-31', -1)).toBe('-000001-12-31')
  })

  it('agrees with Temporal and never goes back', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -2000, max: 2000 }), (day, months) => {
        const result = addMonths(day, months)
        expect(result).toBe(epochDayOfPlain(plainDate(day).add({ months }, { overflow: 'constrain' })))
        expect(addMonths(day + 1, months)).toBeGreaterThanOrEqual(result)
      }),
      { numRuns: runs(500) },
    )
  })
})

describe('written days', () => {
  it('agree with Temporal and read back', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const text = formatDay(day)
        expect(text).toBe(plainDate(day).toString())
        expect(readDay(text)).toBe(text.length === 10 ? day : undefined)
      }),
      { numRuns: runs(500) },
    )
  })

  it('are real and nothing else', () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.nat(14), fc.nat(33), (year, month, day) => {
        const text = [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join(
          '-',
        )
        let expected: number | undefined
        try {
          expected = year > 9999 ? undefined : epochDayOfPlain(Temporal.PlainDate.from(text))
        } catch {
          expected = undefined
        }
        expect(readDay(text)).toBe(expected)
      }),
      { numRuns: runs(500) },
    )
  })

  it.each([
    '',
    '2026-1-05',
    '26-01-05',
    '2026-01-5',
    '2026/01/05',
    '20260105',
    ' 2026-01-05',
    '2026-01-05 ',
    '2026-01-05\n',
    '2026-01-05T00:00',
    '+002026-01-05',
    '-0001-01-05',
    '2025-02-29',
    '1900-02-29',
    '2026-04-31',
    '2026-00-01',
    '2026-13-01',
    '2026-01-00',
    '2026-W02-1',
    '٢٠٢٦-٠١-٠٥',
  ])('refuses %j', (text) => {
    expect(readDay(text)).toBeUndefined()
  })

  it('reach from the year 0 to 9999', () => {
    expect(readDay('0000-02-29')).toBe(epochDayOf(0, 2, 29))
    expect(readDay('9999-12-31')).toBe(epochDayOf(9999, 12, 31))
  })
})
