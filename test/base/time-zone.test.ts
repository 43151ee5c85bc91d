import { describe, expect, it } from 'vitest'
import { DAY, readDay } from '../../src/base/civil.js'
import { isCoterieError } from '../../src/base/errors.js'
import { isTimeZone, TimeZone, timeZone } from '../../src/base/time-zone.js'
import { FIRST_INSTANT, LAST_INSTANT, zoneOffsets, type ZoneOffsets } from '../../src/base/zone-offsets.js'
import { instantOfText, plainDate, temporalDayOf, temporalStartOfDay, zoned, zoneNames } from './zones.js'

const HOUR = 3_600_000

const day = (text: string): number => readDay(text) ?? NaN
const iso = (instant: number): string => new Date(instant).toISOString()
const hoursOf = (zone: string, text: string): number =>
  (timeZone(zone).startOfDay(day(text) + 1) - timeZone(zone).startOfDay(day(text))) / HOUR

const offsetsOf = (name: string): ZoneOffsets => {
  const offsets = zoneOffsets(name)
  if (offsets === undefined) throw new Error(`no zone ${name}`)
  return offsets
}

const freshZone = (name: string): TimeZone => new TimeZone(name, offsetsOf(name))

describe('names of zones', () => {
  it('give the same zone each time', () => {
    expect(timeZone('Europe/Berlin')).toBe(timeZone('Europe/Berlin'))
    expect(timeZone('Europe/Berlin').name).toBe('Europe/Berlin')
    expect(timeZone('Asia/Kolkata').name).toBe('Asia/Kolkata')
  })

  it.each(['UTC', 'Europe/Berlin', 'Asia/Kolkata', 'Asia/Calcutta', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5'])(
    'include %s',
    (name) => {
      expect(isTimeZone(name)).toBe(true)
    },
  )

  it.each(['', 'Mars/Olympus', '+01:00', '-0530', ' UTC', '__proto__', 'Europe/Berlin\u0000', null, 5, ['UTC']])(
    'do not include %j',
    (name) => {
      expect(isTimeZone(name as string)).toBe(false)
      try {
        timeZone(name as string)
        expect.unreachable()
      } catch (error) {
        expect(isCoterieError(error) && error.code).toBe('TIME_ZONE_UNKNOWN')
        expect(error).toMatchObject({ expected: expect.stringContaining('IANA') as string })
      }
    },
  )

  it('are forgotten where there are more than a thousand, and the zones are the same', () => {
    const before = timeZone('Asia/Kolkata')
    for (const name of spellings('Antarctica/Vostok', 1_001)) expect(timeZone(name).name).toBe(name)
    const after = timeZone('Asia/Kolkata')
    expect(after).not.toBe(before)
    expect(after.offsetAt(0)).toBe(before.offsetAt(0))
    expect(timeZone('Asia/Kolkata')).toBe(after)
  })
})

/** A name with capitals here and there, which a zone does not mind. */
const spellings = (name: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, bits) =>
    Array.from(name, (letter, place) => ((bits >> place) & 1 ? letter.toUpperCase() : letter.toLowerCase())).join(''),
  )

describe('local days', () => {
  it('has 23 and 25 hours in Berlin', () => {
    expect(hoursOf('Europe/Berlin', '2026-03-29')).toBe(23)
    expect(hoursOf('Europe/Berlin', '2026-10-25')).toBe(25)
    expect(hoursOf('Europe/Berlin', '2026-10-26')).toBe(24)
  })

  it('begins at half past six in the evening in Kolkata, seen from Greenwich', () => {
    const zone = timeZone('Asia/Kolkata')
    expect(iso(zone.startOfDay(day('2026-01-05')))).toBe('2026-01-04T18:30:00.000Z')
    expect(zone.dayOf(instantOfText('2026-01-04T18:29:59.999Z'))).toBe(day('2026-01-04'))
    expect(zone.dayOf(instantOfText('2026-01-04T18:30:00Z'))).toBe(day('2026-01-05'))
    expect(zone.offsetAt(0)).toBe(5.5 * HOUR)
  })

  it('begins at one where midnight does not exist, in São Paulo', () => {
    const zone = timeZone('America/Sao_Paulo')
    expect(iso(zone.startOfDay(day('2018-11-04')))).toBe('2018-11-04T03:00:00.000Z')
    expect(iso(zone.instantOf(day('2018-11-04'), 0))).toBe('2018-11-04T03:00:00.000Z')
    expect(iso(zone.instantOf(day('2018-11-04'), HOUR / 2))).toBe('2018-11-04T03:30:00.000Z')
    expect(iso(zone.instantOf(day('2018-11-04'), HOUR))).toBe('2018-11-04T03:00:00.000Z')
    expect(zone.dayOf(instantOfText('2018-11-04T02:59:59.999Z'))).toBe(day('2018-11-03'))
    expect(hoursOf('America/Sao_Paulo', '2018-11-04')).toBe(23)
    expect(hoursOf('America/Sao_Paulo', '2018-02-17')).toBe(25)
  })

  it('begins at the first midnight of two, in Havana', () => {
    const zone = timeZone('America/Havana')
    expect(iso(zone.startOfDay(day('2025-11-02')))).toBe('2025-11-02T04:00:00.000Z')
    expect(iso(zone.instantOf(day('2025-11-02'), HOUR / 2))).toBe('2025-11-02T04:30:00.000Z')
    expect(hoursOf('America/Havana', '2025-11-02')).toBe(25)
  })

  it('stays begun when the clock goes back across midnight, in St Johns', () => {
    const zone = timeZone('America/St_Johns')
    expect(iso(zone.startOfDay(day('2010-11-07')))).toBe('2010-11-07T02:30:00.000Z')
    // A minute later it is 23:01 on the 6th again.
    const again = instantOfText('2010-11-07T02:31:00Z')
    expect(zoned(again, 'America/St_Johns').toPlainDateTime().toString()).toBe('2010-11-06T23:01:00')
    expect(zone.dayOf(again - 60_001)).toBe(day('2010-11-06'))
    expect(zone.dayOf(again - 60_000)).toBe(day('2010-11-07'))
    expect(zone.dayOf(again)).toBe(day('2010-11-07'))
    expect(zone.dayOf(again + 30 * 60_000)).toBe(day('2010-11-07'))
    expect(hoursOf('America/St_Johns', '2010-11-06')).toBe(24)
    expect(hoursOf('America/St_Johns', '2010-11-07')).toBe(25)
  })

  it('is empty in Samoa on 30 December 2011', () => {
    const zone = timeZone('Pacific/Apia')
    expect(iso(zone.startOfDay(day('2011-12-30')))).toBe('2011-12-30T10:00:00.000Z')
    expect(zone.startOfDay(day('2011-12-31'))).toBe(zone.startOfDay(day('2011-12-30')))
    expect(zone.dayOf(instantOfText('2011-12-30T09:59:59.999Z'))).toBe(day('2011-12-29'))
    expect(zone.dayOf(instantOfText('2011-12-30T10:00:00Z'))).toBe(day('2011-12-31'))
    expect(iso(zone.instantOf(day('2011-12-30'), 12 * HOUR))).toBe('2011-12-30T22:00:00.000Z')
    expect(hoursOf('Pacific/Apia', '2011-12-30')).toBe(0)
  })

  it('begins at half past midnight where the clock jumps over it, in Toronto in 1919', () => {
    const zone = timeZone('America/Toronto')
    expect(iso(zone.startOfDay(day('1919-03-31')))).toBe('1919-03-31T04:30:00.000Z')
  })

  it('lasts nearly two days in Juneau in October 1867', () => {
    expect(hoursOf('America/Juneau', '1867-10-19')).toBe(48)
  })

  it('keeps the seconds of local mean time', () => {
    const zone = timeZone('Europe/Berlin')
    expect(zone.offsetAt(Date.UTC(1890, 0, 1))).toBe(53 * 60_000 + 28_000)
    expect(iso(zone.startOfDay(day('1890-01-01')))).toBe('1889-12-31T23:06:32.000Z')
  })

  it('moves a time in the gap forward by the gap, and takes the first of two', () => {
    const zone = timeZone('Europe/Berlin')
    expect(iso(zone.instantOf(day('2026-03-29'), 2.5 * HOUR))).toBe('2026-03-29T01:30:00.000Z')
    expect(iso(zone.instantOf(day('2026-10-25'), 2.5 * HOUR))).toBe('2026-10-25T00:30:00.000Z')
    const lordHowe = timeZone('Australia/Lord_Howe')
    expect(iso(lordHowe.instantOf(day('2026-10-04'), 2.25 * HOUR))).toBe('2026-10-03T15:45:00.000Z')
  })
})

describe('tables of days', () => {
  const TABLE = 512

  /** A zone that counts its questions about offsets. */
  const counting = (name: string): { zone: TimeZone; asked: () => number } => {
    const offsets = offsetsOf(name)
    let count = 0
    const zone = new TimeZone(name, {
      spansBetween(from, to) {
        count += 1
        return offsets.spansBetween(from, to)
      },
    })
    return { zone, asked: () => count }
  }

  it('are made once, one for 512 days', () => {
    const { zone, asked } = counting('Europe/Berlin')
    for (let round = 0; round < 2; round++) {
      for (let d = 0; d < 4 * TABLE; d++) {
        zone.startOfDay(d)
        zone.instantOf(d, 5 * HOUR)
        zone.dayOf(d * DAY)
        zone.offsetAt(d * DAY)
      }
      expect(asked()).toBe(4)
    }
  })

  it('are forgotten, the one made first first, beyond 512', () => {
    const { zone, asked } = counting('UTC')
    for (let place = 0; place < 513; place++) zone.startOfDay(place * TABLE)
    expect(asked()).toBe(513)
    zone.startOfDay(512 * TABLE)
    zone.startOfDay(TABLE)
    expect(asked()).toBe(513)
    zone.startOfDay(0)
    zone.startOfDay(TABLE)
    expect(asked()).toBe(515)
  })

  it('do not show at their edges', () => {
    for (const name of zoneNames) {
      const zone = freshZone(name)
      for (const edge of [-60 * TABLE, 0, 38 * TABLE, 100 * TABLE]) {
        for (let d = edge - 2; d <= edge + 2; d++) {
          expect(zone.startOfDay(d)).toBe(temporalStartOfDay(name, d))
          expect(zone.dayOf(d * DAY)).toBe(temporalDayOf(name, d * DAY))
          expect(zone.instantOf(d, HOUR)).toBe(
            plainDate(d).toPlainDateTime('01:00').toZonedDateTime(name).epochMilliseconds,
          )
        }
      }
    }
  })
})

describe('the ends of time', () => {
  it.each(zoneNames)('are saturated in %s', (name) => {
    const zone = freshZone(name)
    const first = zone.dayOf(FIRST_INSTANT)
    const last = zone.dayOf(LAST_INSTANT)
    expect(zone.dayOf(-Infinity)).toBe(first)
    expect(zone.dayOf(LAST_INSTANT * 2)).toBe(last)
    expect(zone.dayOf(Infinity)).toBe(last)
    expect(zone.startOfDay(first)).toBe(FIRST_INSTANT)
    expect(zone.startOfDay(first + 1)).toBeGreaterThan(FIRST_INSTANT)
    expect(zone.startOfDay(first - 1)).toBe(FIRST_INSTANT)
    expect(zone.startOfDay(-Infinity)).toBe(FIRST_INSTANT)
    expect(zone.startOfDay(last)).toBeLessThanOrEqual(LAST_INSTANT)
    expect(zone.startOfDay(last + 1)).toBe(LAST_INSTANT + 1)
    expect(zone.startOfDay(1e12)).toBe(LAST_INSTANT + 1)
    expect(zone.startOfDay(Infinity)).toBe(LAST_INSTANT + 1)
    expect(zone.instantOf(last + 2, 0)).toBe(LAST_INSTANT)
    expect(zone.instantOf(first - 2, 0)).toBe(FIRST_INSTANT)
    const firstLocal = FIRST_INSTANT + zone.offsetAt(FIRST_INSTANT)
    expect(zone.instantOf(0, firstLocal - 1)).toBe(FIRST_INSTANT)
    expect(zone.instantOf(0, firstLocal + 1)).toBe(FIRST_INSTANT + 1)
    const lastLocal = LAST_INSTANT + zone.offsetAt(LAST_INSTANT)
    expect(zone.instantOf(0, lastLocal - 1)).toBe(LAST_INSTANT - 1)
    expect(zone.instantOf(0, lastLocal + 1)).toBe(LAST_INSTANT)
    expect(zone.offsetAt(Infinity)).toBe(zone.offsetAt(LAST_INSTANT))
    expect(zone.offsetAt(-Infinity)).toBe(zone.offsetAt(FIRST_INSTANT))
  })
})
