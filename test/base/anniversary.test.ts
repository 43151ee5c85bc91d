/*
 * Laws:
 * 1. anniversaryHolds just when one of the n days is an anniversary, looked at one by one.
 * 2. anniversaryFlip is the first later day with another answer, found by walking; undefined where a walk over nine
 *    years past the first anniversary meets none.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anniversaryFlip, anniversaryHolds, type LeapAnniversary } from '../../src/base/anniversary.js'
import { civilOf, epochDayOf, formatDay, isLeapYear, readDay } from '../../src/base/civil.js'
import { runs } from '../runs.js'

const day = (text: string): number => readDay(text) ?? NaN

function isAnniversary(dateDay: number, candidate: number, leap: LeapAnniversary): boolean {
  const date = civilOf(dateDay)
  const { year, month, day: dayOfMonth } = civilOf(candidate)
  if (year <= date.year) return false
  if (date.month === 2 && date.day === 29 && !isLeapYear(year)) {
    return leap === 'feb28' ? month === 2 && dayOfMonth === 28 : month === 3 && dayOfMonth === 1
  }
  return month === date.month && dayOfMonth === date.day
}

function holdsByWalking(dateDay: number, today: number, n: number, current: boolean, leap: LeapAnniversary): boolean {
  for (let i = 0; i < n; i++) if (isAnniversary(dateDay, today + i + (current ? 0 : 1), leap)) return true
  return false
}

const anyDate = fc.oneof(
  fc
    .constantFrom('2000-02-29', '2024-02-29', '2024-02-28', '2024-03-01', '2023-12-31', '2023-01-01', '1896-02-29')
    .map(day),
  fc.integer({ min: day('1890-01-01'), max: day('2060-01-01') }),
)
const anyCount = fc.oneof(fc.nat(40), fc.integer({ min: 360, max: 370 }), fc.nat(1200))
const anyLeap = fc.constantFrom<LeapAnniversary>('feb28', 'mar1')

const anySample = fc
  .tuple(anyDate, fc.integer({ min: -800, max: 5000 }), anyCount, fc.boolean(), anyLeap)
  .map(([dateDay, later, n, current, leap]) => ({ dateDay, today: dateDay + later, n, current, leap }))

describe('anniversaries', () => {
  it('hold when one of the days is one', () => {
    fc.assert(
      fc.property(anySample, ({ dateDay, today, n, current, leap }) => {
        expect(anniversaryHolds(dateDay, today, n, current, leap)).toBe(
          holdsByWalking(dateDay, today, n, current, leap),
        )
      }),
      { numRuns: runs(2000) },
    )
  })

  it('flip on the first day with another answer', () => {
    fc.assert(
      fc.property(anySample, ({ dateDay, today, n, current, leap }) => {
        const flip = anniversaryFlip(dateDay, today, n, current, leap)
        const before = anniversaryHolds(dateDay, today, n, current, leap)
        const end = flip ?? Math.max(today, dateDay) + 10 * 366
        for (let later = today + 1; later < end; later++) {
          if (anniversaryHolds(dateDay, later, n, current, leap) !== before) expect.unreachable(formatDay(later))
        }
        if (flip !== undefined) {
          expect(flip).toBeGreaterThan(today)
          expect(anniversaryHolds(dateDay, flip, n, current, leap)).toBe(!before)
        }
      }),
      { numRuns: runs(1000) },
    )
  })

  it('begin a year after the date', () => {
    const born = day('2026-01-05')
    expect(anniversaryHolds(born, born, 7, true, 'feb28')).toBe(false)
    expect(anniversaryHolds(born, day('2026-12-29'), 7, true, 'feb28')).toBe(false)
    expect(anniversaryHolds(born, day('2026-12-30'), 7, true, 'feb28')).toBe(true)
    expect(anniversaryHolds(born, day('2027-01-05'), 7, true, 'feb28')).toBe(true)
    expect(anniversaryHolds(born, day('2027-01-06'), 7, true, 'feb28')).toBe(false)
    expect(anniversaryHolds(born, day('2027-01-05'), 7, false, 'feb28')).toBe(false)
    expect(anniversaryHolds(born, day('2026-12-29'), 7, false, 'feb28')).toBe(true)
    expect(anniversaryFlip(born, born, 7, true, 'feb28')).toBe(day('2026-12-30'))
    expect(anniversaryFlip(born, day('2026-12-30'), 7, true, 'feb28')).toBe(day('2027-01-06'))
    expect(anniversaryFlip(born, day('2026-12-30'), 7, false, 'feb28')).toBe(day('2027-01-05'))
  })

  it('of 29 February fall where the rule says', () => {
    const born = day('2024-02-29')
    const onDays = (year: number, leap: LeapAnniversary): string[] => {
      const found: string[] = []
      for (let d = epochDayOf(year, 1, 1); d < epochDayOf(year + 1, 1, 1); d++) {
        if (anniversaryHolds(born, d, 1, true, leap)) found.push(formatDay(d))
      }
      return found
    }
    expect(onDays(2024, 'feb28')).toEqual([])
    expect(onDays(2025, 'feb28')).toEqual(['2025-02-28'])
    expect(onDays(2025, 'mar1')).toEqual(['2025-03-01'])
    expect(onDays(2028, 'feb28')).toEqual(['2028-02-29'])
    expect(onDays(2028, 'mar1')).toEqual(['2028-02-29'])
    expect(onDays(2100, 'feb28')).toEqual(['2100-02-28'])
    expect(onDays(2100, 'mar1')).toEqual(['2100-03-01'])
  })

  it('are always near once a year fits into the days', () => {
    const born = day('2026-01-05')
    expect(anniversaryHolds(born, born, 365, true, 'feb28')).toBe(false)
    expect(anniversaryHolds(born, born, 366, true, 'feb28')).toBe(true)
    expect(anniversaryFlip(born, born, 366, true, 'feb28')).toBeUndefined()
    expect(anniversaryFlip(born, day('2020-01-01'), 1_000_000, true, 'feb28')).toBeUndefined()
    expect(anniversaryFlip(born, day('1000-01-01'), 366, true, 'feb28')).toBe(day('2027-01-05') - 365)
    // With 365 days, the day after an anniversary is left out when 29 February comes before the next.
    expect(anniversaryFlip(born, day('2026-06-01'), 365, true, 'feb28')).toBe(day('2028-01-06'))
    expect(anniversaryFlip(born, day('2028-01-06'), 365, true, 'feb28')).toBe(day('2028-01-07'))
    // 2100 is no leap year: the longest wait there is.
    expect(anniversaryFlip(born, day('2096-06-01'), 365, true, 'feb28')).toBe(day('2104-01-06'))
  })

  it('never hold among no days', () => {
    const born = day('2026-01-05')
    expect(anniversaryHolds(born, day('2027-01-05'), 0, true, 'feb28')).toBe(false)
    expect(anniversaryFlip(born, day('2027-01-05'), 0, true, 'feb28')).toBeUndefined()
  })
})
