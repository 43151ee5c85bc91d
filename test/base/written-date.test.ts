/*
 * Laws:
 * 1. With an offset, readInstant is the instant Temporal reads, cut off to whole milliseconds towards the past.
 * 2. Without one, it is the local time that Temporal reads, in 22 zones.
 * 3. A bare date is the start of that local day.
 * 4. formatInstant reads back as the instant.
 */
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { formatDay } from '../../src/base/civil.js'
import { timeZone } from '../../src/base/time-zone.js'
import { formatInstant, readInstant } from '../../src/base/written-date.js'
import { runs } from '../runs.js'
import { anyZone, instantIn, temporalStartOfDay, zoned } from './zones.js'

const utc = timeZone('UTC')
const berlin = timeZone('Europe/Berlin')

const two = (n: number): string => String(n).padStart(2, '0')
const anyDate = fc.integer({ min: -719_528, max: 2_932_896 }).map(formatDay)
const anyFraction = fc.stringMatching(/^[0-9]{1,12}$/).map((digits) => `.${digits}`)
const anyClock = fc
  .tuple(fc.nat(23), fc.nat(59), fc.option(fc.nat(59)), fc.option(anyFraction))
  .map(([h, m, s, fraction]) => `${two(h)}:${two(m)}${s === null ? '' : `:${two(s)}${fraction ?? ''}`}`)

describe('reading instants', () => {
  it.each([
    ['2026-01-05', '2026-01-04T23:00:00.000Z'],
    ['2026-01-05T12:30', '2026-01-05T11:30:00.000Z'],
    ['2026-01-05T12:30:15', '2026-01-05T11:30:15.000Z'],
    ['2026-01-05T12:30:15.5', '2026-01-05T11:30:15.500Z'],
    ['2026-01-05T12:30:15.1239', '2026-01-05T11:30:15.123Z'],
    ['2026-01-05T12:30:15.000999999999Z', '2026-01-05T12:30:15.000Z'],
    ['2026-01-05T12:30Z', '2026-01-05T12:30:00.000Z'],
    ['2026-01-05T12:30+05:30', '2026-01-05T07:00:00.000Z'],
    ['2026-01-05T12:30-00:30', '2026-01-05T13:00:00.000Z'],
    ['2026-01-05T12:30-00:00', '2026-01-05T12:30:00.000Z'],
    ['2026-01-05T00:30+23:59', '2026-01-04T00:31:00.000Z'],
    ['2026-03-29T02:30', '2026-03-29T01:30:00.000Z'],
    ['2026-10-25T02:30', '2026-10-25T00:30:00.000Z'],
    ['1890-01-01T00:00', '1889-12-31T23:06:32.000Z'],
    ['1969-12-31T23:59:59.9999Z', '1969-12-31T23:59:59.999Z'],
    ['1960-06-01T00:00:00.0009Z', '1960-06-01T00:00:00.000Z'],
    ['0000-01-01T00:00Z', '0000-01-01T00:00:00.000Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
    ['0000-01-01T00:00+12:00', '-000001-12-31T12:00:00.000Z'],
  ])('reads %s in Berlin', (text, expected) => {
    const instant = readInstant(text, berlin)
    expect(instant).toBeDefined()
    expect(formatInstant(instant ?? NaN)).toBe(expected)
  })

  it.each([
    '',
    '2026',
    '2026-01',
    '2026-01-05Z',
    '2026-01-05T',
    '2026-01-05T12',
    '2026-01-05T12Z',
    '2026-01-05T1:30',
    '2026-01-05 12:30',
    '2026-01-05t12:30',
    '2026-01-05T12:30z',
    '2026-01-05T12:30 Z',
    ' 2026-01-05T12:30',
    '2026-01-05T12:30\n',
    '2026-01-05T24:00',
    '2026-01-05T24:00Z',
    '2026-01-05T12:60',
    '2026-01-05T23:59:60Z',
    '2026-01-05T12:30:15.',
    '2026-01-05T12:30:15,5',
    '2026-01-05T12:30.5',
    '2026-01-05T12:30+05',
    '2026-01-05T12:30+0530',
    '2026-01-05T12:30+24:00',
    '2026-01-05T12:30+05:60',
    '2026-01-05T12:30+05:30:00',
    '2026-01-05T12:30[Europe/Berlin]',
    '20260105T123000Z',
    '2026-02-30T12:30Z',
    '2026-13-01T12:30',
    '12026-01-05T12:30Z',
    '+012026-01-05T12:30Z',
    '05.01.2026',
    '01/05/2026',
    '1767225600000',
    'today',
  ])('refuses %j', (text) => {
    expect(readInstant(text, berlin)).toBeUndefined()
    expect(readInstant(text, utc)).toBeUndefined()
  })

  it('agrees with Temporal where an offset is written', () => {
    const anyOffset = fc.oneof(
      fc.constant('Z'),
      fc.tuple(fc.constantFrom('+', '-'), fc.nat(23), fc.nat(59)).map(([sign, h, m]) => `${sign}${two(h)}:${two(m)}`),
    )
    fc.assert(
      fc.property(anyDate, anyClock, anyOffset, (date, clock, offset) => {
        // Temporal knows no more than nine digits of a fraction.
        const nine = clock.replace(/(\.\d{9})\d*/, '$1')
        const nanoseconds = Temporal.Instant.from(`${date}T${nine}${offset}`).epochNanoseconds
        const past = (nanoseconds - (((nanoseconds % 1_000_000n) + 1_000_000n) % 1_000_000n)) / 1_000_000n
        expect(readInstant(`${date}T${clock}${offset}`, berlin)).toBe(Number(past))
      }),
      { numRuns: runs(1000) },
    )
  })

  it('agrees with Temporal on local times and on bare dates', () => {
    fc.assert(
      fc.property(
        anyZone.chain((name) => fc.tuple(fc.constant(name), fc.oneof(anyDate, instantIn(name)))),
        anyClock,
        ([name, when], clock) => {
          const date = typeof when === 'string' ? when : zoned(when, name).toPlainDate().toString()
          fc.pre(date.length === 10)
          const nine = clock.replace(/(\.\d{3})\d*/, '$1')
          const local = Temporal.PlainDateTime.from(`${date}T${nine}`)
          const zone = timeZone(name)
          expect(readInstant(`${date}T${clock}`, zone)).toBe(local.toZonedDateTime(name).epochMilliseconds)
          const day = Temporal.PlainDate.from('1970-01-01').until(local.toPlainDate(), { largestUnit: 'days' }).days
          expect(readInstant(date, zone)).toBe(temporalStartOfDay(name, day))
        },
      ),
      { numRuns: runs(1000) },
    )
  })

  it('takes time linear in the text', () => {
    expect(readInstant(`2026-01-05T12:30:15.${'9'.repeat(1_000_000)}Z`, utc)).toBe(
      Date.UTC(2026, 0, 5, 12, 30, 15, 999),
    )
    expect(readInstant(`2026-01-05T12:30:15.${'9'.repeat(1_000_000)}`.concat('!'), utc)).toBeUndefined()
  })
})

describe('writing instants', () => {
  it('writes what reads back', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(0, 0, 1), max: Date.UTC(9999, 11, 31) }), (instant) => {
        expect(readInstant(formatInstant(instant), berlin)).toBe(instant)
      }),
      { numRuns: runs(300) },
    )
  })

  it('writes anything else as the number it is', () => {
    expect(formatInstant(-Infinity)).toBe('-Infinity')
    expect(formatInstant(8.64e15 + 1)).toBe('8640000000000001')
    expect(formatInstant(8.64e15)).toBe('+275760-09-13T00:00:00.000Z')
  })
})
