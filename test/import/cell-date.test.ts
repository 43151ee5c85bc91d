// Law: a date that is written in an order is read back in that order.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDay } from '../../src/base/civil.js'
import { timeZone } from '../../src/base/time-zone.js'
import { readCellDay, readCellInstant } from '../../src/import/cell-date.js'
import type { DateOrder } from '../../src/import/cell-format.js'
import { runs } from '../runs.js'

const orders: readonly DateOrder[] = ['YMD', 'DMY', 'MDY']
const utc = timeZone('UTC')
const berlin = timeZone('Europe/Berlin')
const iso = (text: string, order: DateOrder = 'YMD', zone = utc): string | undefined => {
  const instant = readCellInstant(text, order, zone)
  return instant === undefined ? undefined : new Date(instant).toISOString()
}

describe('a day', () => {
  it('is read back in the order in which it was written', () => {
    const days = fc.integer({ min: -719_000, max: 2_900_000 })
    const style = fc.record({
      order: fc.constantFrom(...orders),
      separator: fc.constantFrom('-', '/', '.'),
      pads: fc.boolean(),
    })
    fc.assert(
      fc.property(days, style, (day, { order, separator, pads }) => {
        const [year = '', month = '', date = ''] = formatDay(day).split('-')
        const [m, d] = pads ? [month, date] : [String(Number(month)), String(Number(date))]
        const parts = order === 'YMD' ? [year, m, d] : order === 'DMY' ? [d, m, year] : [m, d, year]
        expect(readCellDay(parts.join(separator), order)).toBe(formatDay(day))
      }),
      { numRuns: runs(300) },
    )
  })

  it('may have a midnight behind it, and no other time', () => {
    expect(readCellDay('1948-12-08 00:00:00.000', 'YMD')).toBe('1948-12-08')
    expect(readCellDay('08.12.1948 0:00', 'DMY')).toBe('1948-12-08')
    expect(readCellDay('12/8/1948 12:00 AM', 'MDY')).toBe('1948-12-08')
    expect(readCellDay('1948-12-08 00:00:01', 'YMD')).toBeUndefined()
    expect(readCellDay('1948-12-08T00:00Z', 'YMD')).toBeUndefined()
  })

  it.each<[string, DateOrder]>([
    ['2026-02-29', 'YMD'],
    ['31.12.2026', 'MDY'],
    ['12/31/2026', 'DMY'],
    ['2026-12-31', 'DMY'],
    ['01.02.26', 'DMY'],
    ['26-01-02', 'YMD'],
    ['2026/01-02', 'YMD'],
    ['2026-1', 'YMD'],
    ['', 'YMD'],
    ['2026-01-02 ', 'YMD'],
    ['0000-00-00', 'YMD'],
    ['1 Jan 2026', 'DMY'],
  ])('is not %j as %s', (text, order) => {
    expect(readCellDay(text, order)).toBeUndefined()
    expect(readCellInstant(text, order, utc)).toBeUndefined()
  })
})

describe('an instant', () => {
  it.each<[string, DateOrder, string]>([
    ['2026-01-02', 'YMD', '2026-01-02T00:00:00.000Z'],
    ['2026-01-02T03:04:05.678Z', 'YMD', '2026-01-02T03:04:05.678Z'],
    ['2026-01-02 03:04', 'YMD', '2026-01-02T03:04:00.000Z'],
    ['2026/1/2 3:04:05,5', 'YMD', '2026-01-02T03:04:05.500Z'],
    ['02.01.2026 03:04', 'DMY', '2026-01-02T03:04:00.000Z'],
    ['1/2/2026 3:04 PM', 'MDY', '2026-01-02T15:04:00.000Z'],
    ['1/2/2026 12:30am', 'MDY', '2026-01-02T00:30:00.000Z'],
    ['1/2/2026 12:30 p.m.', 'MDY', '2026-01-02T12:30:00.000Z'],
    ['2026-01-02 03:04:05+0200', 'YMD', '2026-01-02T01:04:05.000Z'],
    ['2026-01-02 03:04:05 -05:30', 'YMD', '2026-01-02T08:34:05.000Z'],
  ])('is %j as %s', (text, order, instant) => {
    expect(iso(text, order)).toBe(instant)
  })

  it('without an offset is read in the zone', () => {
    expect(iso('02.07.2026 00:00', 'DMY', berlin)).toBe('2026-07-01T22:00:00.000Z')
    expect(iso('2026-07-02T00:00Z', 'YMD', berlin)).toBe('2026-07-02T00:00:00.000Z')
  })

  it.each([
    '2026-01-02 24:00',
    '2026-01-02 03:60',
    '2026-01-02 13:00 PM',
    '2026-01-02 0:00 AM',
    '2026-01-02 03:04:05 UTC',
    '2026-01-02T',
    '2026-01-02 3',
  ])('is not %j', (text) => {
    expect(iso(text)).toBeUndefined()
  })
})
