/*
 * Laws, for 22 zones and instants near their changes, in the last two centuries and anywhere in time:
 * 1. offsetAt, startOfDay, dayOf and instantOf agree with Temporal.
 * 2. startOfDay(d) <= t just when d <= dayOf(t): the days part time, and none goes back.
 * 3. What was asked before makes no difference: a zone that answered a thousand questions answers as a fresh one.
 */
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { DAY, readDay } from '../../src/base/civil.js'
import { TimeZone, timeZone } from '../../src/base/time-zone.js'
import { zoneOffsets } from '../../src/base/zone-offsets.js'
import { runs } from '../runs.js'
import {
  instantIn,
  plainDate,
  temporalDayOf,
  temporalStartOfDay,
  transitionsOf,
  zoneAndInstant,
  zoned,
  zoneNames,
} from './zones.js'

const HOUR = 3_600_000

const day = (text: string): number => readDay(text) ?? NaN

const freshZone = (name: string): TimeZone => {
  const offsets = zoneOffsets(name)
  if (offsets === undefined) throw new Error(`no zone ${name}`)
  return new TimeZone(name, offsets)
}

describe('against Temporal', () => {
  it.each(zoneNames)('agrees on every day from 2007 to 2022 in %s', (name) => {
    const zone = timeZone(name)
    const wrong: string[] = []
    for (let d = day('2007-01-01'); d < day('2023-01-01'); d++) {
      const date = plainDate(d)
      const start = date.toZonedDateTime({ timeZone: name }).epochMilliseconds
      if (zone.startOfDay(d) !== start) wrong.push(date.toString())
    }
    expect(wrong).toEqual([])
  })

  it.each(zoneNames)('agrees at every change from 1850 to 2045 in %s', (name) => {
    const zone = timeZone(name)
    const seen: number[] = []
    for (const at of transitionsOf(name)) {
      for (const instant of [at - 1, at, at + 1]) {
        expect(zone.offsetAt(instant)).toBe(zoned(instant, name).offsetNanoseconds / 1e6)
        expect(zone.dayOf(instant)).toBe(temporalDayOf(name, instant))
      }
      seen.push(zone.offsetAt(at) - zone.offsetAt(at - 1))
    }
    expect(seen.filter((change) => change === 0)).toEqual([])
  })

  it('agrees on offsets, days and their starts', () => {
    fc.assert(
      fc.property(zoneAndInstant, ([name, instant]) => {
        const zone = timeZone(name)
        expect(zone.offsetAt(instant)).toBe(zoned(instant, name).offsetNanoseconds / 1e6)
        const today = zone.dayOf(instant)
        expect(today).toBe(temporalDayOf(name, instant))
        for (const near of [today - 1, today, today + 1])
          expect(zone.startOfDay(near)).toBe(temporalStartOfDay(name, near))
      }),
      { numRuns: runs(2000) },
    )
  })

  it('agrees on local times', () => {
    fc.assert(
      fc.property(zoneAndInstant, fc.integer({ min: -2 * HOUR, max: 2 * HOUR }), ([name, instant], shift) => {
        const local = zoned(instant, name).toPlainDateTime().add({ milliseconds: shift })
        const localDay = Temporal.PlainDate.from('1970-01-01').until(local.toPlainDate()).days
        const msOfDay = Temporal.PlainTime.from('00:00').until(local.toPlainTime()).total('milliseconds')
        expect(timeZone(name).instantOf(localDay, msOfDay)).toBe(
          local.toZonedDateTime(name, { disambiguation: 'compatible' }).epochMilliseconds,
        )
      }),
      { numRuns: runs(2000) },
    )
  })
})

describe('laws of local days', () => {
  it('part time', () => {
    fc.assert(
      fc.property(zoneAndInstant, fc.integer({ min: -3, max: 3 }), ([name, instant], by) => {
        const zone = timeZone(name)
        const other = zone.dayOf(instant) + by
        expect(zone.startOfDay(other) <= instant).toBe(by <= 0)
        expect(zone.startOfDay(other)).toBeLessThanOrEqual(zone.startOfDay(other + 1))
        expect(zone.dayOf(instant - 1)).toBeLessThanOrEqual(zone.dayOf(instant))
      }),
      { numRuns: runs(1000) },
    )
  })

  it('do not depend on what was asked before', () => {
    fc.assert(
      fc.property(
        fc
          .constantFrom(...zoneNames)
          .chain((name) => fc.tuple(fc.constant(name), fc.array(instantIn(name), { minLength: 2, maxLength: 6 }))),
        ([name, instants]) => {
          const used = freshZone(name)
          for (const instant of instants) {
            const fresh = freshZone(name)
            const local = Math.floor(instant / DAY)
            expect(used.startOfDay(local)).toBe(fresh.startOfDay(local))
            expect(used.offsetAt(instant)).toBe(fresh.offsetAt(instant))
            expect(used.dayOf(instant)).toBe(fresh.dayOf(instant))
            expect(used.instantOf(local, 0)).toBe(fresh.instantOf(local, 0))
          }
        },
      ),
      { numRuns: runs(30) },
    )
  })
})
